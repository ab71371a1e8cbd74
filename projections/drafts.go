package projections

import (
	"fmt"
)

// A person's rows that later facts may change are drafts: they stay with the fold of the person, so that the next fact
// finds them. What changed since is written once a page. So nothing is read from the tables, and folding a person anew
// needs no more than a comparison of drafts.

// draft is the rows of one person in one table.
type draft interface {
	// flush hands over the rows that changed since the last flush.
	flush(*rowSets)
	// replace hands over what makes of the rows of another draft, nil for none, the rows of this one: those that differ,
	// or all.
	replace(before draft, all bool, w *rowSets)
	// drop hands over the removal of all rows.
	drop(*rowSets)
	count() int
}

// draftOf is the rows of one person in a table, by key.
type draftOf[K comparable, R any] struct {
	*table[R]
	rows    map[K]*R
	changed map[K]struct{}
	gone    map[K]*R // removed since the last flush
}

// draftIn returns the draft of a table, made where it is missing.
func draftIn[K comparable, R any](f *fold, t *table[R]) *draftOf[K, R] {
	if d, ok := f.drafts[t]; ok {
		return d.(*draftOf[K, R])
	}
	d := &draftOf[K, R]{table: t, rows: map[K]*R{}, changed: map[K]struct{}{}}
	f.drafts[t] = d
	return d
}

func (d *draftOf[K, R]) put(key K, row *R) {
	d.rows[key] = row
	d.changed[key] = struct{}{}
	delete(d.gone, key)
}

func (d *draftOf[K, R]) remove(key K) {
	row, known := d.rows[key]
	if !known {
		return
	}
	delete(d.rows, key)
	delete(d.changed, key)
	if d.gone == nil {
		d.gone = map[K]*R{}
	}
	d.gone[key] = row
}

func (d *draftOf[K, R]) count() int { return len(d.rows) }

func (d *draftOf[K, R]) flush(w *rowSets) {
	if d.name != "" && len(d.changed)+len(d.gone) > 0 {
		s := rowsFor(w, d.table)
		for key := range d.changed {
			s.put(*d.rows[key])
		}
		for _, row := range d.gone {
			s.gone = append(s.gone, *row)
		}
	}
	clear(d.changed)
	clear(d.gone)
}

func (d *draftOf[K, R]) replace(before draft, all bool, w *rowSets) {
	clear(d.changed)
	clear(d.gone)
	if d.name == "" {
		return
	}
	s := rowsFor(w, d.table)
	var old map[K]*R
	if before != nil {
		old = before.(*draftOf[K, R]).rows
	}
	for key, row := range d.rows {
		if was := old[key]; all || was == nil || !d.equal(was, row) {
			s.put(*row)
		}
	}
	for key, row := range old {
		if d.rows[key] == nil {
			s.gone = append(s.gone, *row)
		}
	}
}

func (d *draftOf[K, R]) drop(w *rowSets) {
	if d.name == "" {
		return
	}
	s := rowsFor(w, d.table)
	for _, row := range d.rows {
		s.gone = append(s.gone, *row)
	}
}

// each calls change for all rows of a person in a table.
func each[K comparable, R any](f *fold, t *keyed[K, R], change func(*R) error) error {
	d := draftIn[K, R](f, t.table)
	for key, row := range d.rows {
		if err := change(row); err != nil {
			return err
		}
		d.changed[key] = struct{}{}
	}
	return nil
}

// some calls change for all rows of a person in a table; those of which it reports that they changed are written.
func some[K comparable, R any](f *fold, t *keyed[K, R], change func(*R) bool) {
	d, drafted := f.drafts[t.table].(*draftOf[K, R])
	if !drafted {
		return
	}
	for key, row := range d.rows {
		if change(row) {
			d.changed[key] = struct{}{}
		}
	}
}

// keyed maps a table whose rows are found by a key and changed by facts, such as an opportunity that goes
// through its stages. K identifies a row; R is its struct. Without a name the
// rows are for the fold alone.
type keyed[K comparable, R any] struct {
	*table[R]
	fresh func(K) R // the row of a key that is not there yet
}

// keyedRows maps a table by a key; fresh makes a row that holds nothing but its key.
func keyedRows[K comparable, R any](name, note string, fresh func(K) R) *keyed[K, R] {
	return &keyed[K, R]{table: kept[R](name, note), fresh: fresh}
}

// rowOf returns the row of a key, to be changed: it is written at the end of the page.
func rowOf[K comparable, R any](f *fold, t *keyed[K, R], key K) *R {
	d := draftIn[K](f, t.table)
	row := d.rows[key]
	if row == nil {
		fresh := t.fresh(key)
		row = &fresh
		t.owned(row, f.recordedFor)
	}
	d.put(key, row)
	return row
}

// add writes a row that no later fact changes.
func add[R any](f *fold, t *table[R], row R) {
	t.owned(&row, f.recordedFor)
	switch {
	case f.emitting == nil:
		draftIn[string](f, t).put(t.keyOf(&row), &row)
	case f.retracting:
		s := rowsFor(f.emitting, t)
		s.gone = append(s.gone, row)
	default:
		s := rowsFor(f.emitting, t)
		s.rows = append(s.rows, row)
	}
}

// keyOf returns the primary key of a row as a text.
func (t *table[R]) keyOf(row *R) string {
	values := t.row(row)
	var b []byte
	for _, c := range t.columns[:t.keys] {
		b = fmt.Append(b, values.Field(c.field).Interface())
		b = append(b, 0)
	}
	return string(b)
}
