package projections

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Verification is what came of comparing the live read models with those that a rebuild makes of the log.
type Verification struct {
	Position    int64             `json:"position"` // of the log, at which both were compared
	Tables      int               `json:"tables"`   // and views
	Rows        int64             `json:"rows"`     // of the live ones
	Differences []TableDifference `json:"differences"`
}

// TableDifference is a table or view whose rows are others than the log makes.
type TableDifference struct {
	Table   string `json:"table"`
	Live    int64  `json:"live_rows"`
	Rebuilt int64  `json:"rebuilt_rows"`
	// Differing counts rows; a view has none of its own, and follows from tables.
	Differing int64           `json:"differing"`
	Rows      []RowDifference `json:"rows"` // the first of them, by key
}

// RowDifference names a row by its primary key, less what is personal in it; what else it holds is not told.
type RowDifference struct {
	Key     json.RawMessage `json:"key" db:"key"`
	What    string          `json:"what" db:"what" enum:"missing,unfounded,other"` // missing from the live table, unfounded by the log, or with other values
	Columns []string        `json:"columns" db:"columns"`                          // that have other values
}

// namedRows is how many differing rows of a table are named.
const namedRows = 20

// VerificationStatus is how far the verification is that was begun last by this process.
type VerificationStatus struct {
	State     string        `json:"state" enum:"verifying,same,different,failed"`
	StartedAt time.Time     `json:"started_at"`
	EndedAt   *time.Time    `json:"ended_at"`
	Error     *string       `json:"error"` // why it failed
	Found     *Verification `json:"found"` // when it has ended
}

// Verification returns the verification that was begun last; ErrNotFound.
func (e *Engine) Verification() (VerificationStatus, error) {
	e.health.mu.Lock()
	defer e.health.mu.Unlock()
	if e.health.verification == nil {
		return VerificationStatus{}, ErrNotFound
	}
	return *e.health.verification, nil
}

// verified has Verification tell of one that began, or ended.
func (e *Engine) verified(began time.Time, ended bool, v *Verification, err error) {
	s := &VerificationStatus{State: "verifying", StartedAt: began.UTC()}
	if ended {
		now := time.Now().UTC()
		s.EndedAt, s.State = &now, "same"
		switch {
		case err != nil:
			s.State, s.Error = "failed", optional(err.Error())
		case len(v.Differences) > 0:
			s.State, s.Found = "different", v
		default:
			s.Found = v
		}
	}
	e.health.set(func() { e.health.verification = s })
}

// Verify makes all read models anew from the log beside the live ones, as a rebuild does, compares the two row by row as of
// one position, and drops what it made. The live ones stay as they are.
func (e *Engine) Verify(ctx context.Context) (v Verification, err error) {
	began := time.Now()
	begin := func(context.Context) error { e.verified(began, false, nil, nil); return nil }
	err = e.beside(ctx, begin, func(r *rebuild) error {
		if v, err = e.compared(ctx, r); err != nil {
			return fmt.Errorf("compare the read models: %w", err)
		}
		return dropRebuild(ctx, r.conn)
	})
	if !errors.Is(err, ErrRebuilding) && !errors.Is(err, ErrStandby) {
		e.verified(began, true, &v, err)
	}
	return v, err
}

// compared holds what a rebuild made against the live tables. The projectors wait until both are seen at one position, not
// until they are compared.
func (e *Engine) compared(ctx context.Context, r *rebuild) (v Verification, err error) {
	tx, err := e.seenTogether(ctx, r)
	if err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, tx.Rollback(ctx)) }() // it only reads
	v.Position, v.Differences = int64(r.writer.position), []TableDifference{}
	live, err := checksums(ctx, tx, liveSchema, ofEverything)
	if err != nil {
		return v, err
	}
	rebuilt, err := checksums(ctx, tx, rebuildSchema, ofEverything)
	if err != nil {
		return v, err
	}
	for _, l := range live {
		v.Tables++
		v.Rows += l.Rows
		at := slices.IndexFunc(rebuilt, func(r Checksum) bool { return r.Table == l.Table })
		if at < 0 {
			return v, fmt.Errorf("the rebuilt schema has no %s", l.Table)
		}
		if l == rebuilt[at] {
			continue
		}
		d := TableDifference{Table: l.Table, Live: l.Rows, Rebuilt: rebuilt[at].Rows, Rows: []RowDifference{}}
		if err := d.name(ctx, tx); err != nil {
			return v, fmt.Errorf("%s: %w", l.Table, err)
		}
		v.Differences = append(v.Differences, d)
	}
	return v, nil
}

// seenTogether begins a transaction that sees the live tables and the rebuilt ones at one position.
func (e *Engine) seenTogether(ctx context.Context, r *rebuild) (pgx.Tx, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.session == nil || e.writer.models == nil {
		return nil, ErrUnavailable
	}
	if err := r.fill(ctx); err != nil {
		return nil, err
	}
	for more := e.writer.behind(); more; {
		var err error
		if more, err = e.writer.fillOn(ctx, e.session); err != nil {
			return nil, err
		}
	}
	e.filled()
	tx, err := r.conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
	if err != nil {
		return nil, err
	}
	var live int64
	err = tx.QueryRow(ctx, "SELECT position FROM "+liveSchema+".projection_checkpoint").Scan(&live)
	if err == nil && live != int64(r.writer.position) {
		err = fmt.Errorf("the live tables are at position %d, the log goes to %d: they do not follow; see rapport projections status",
			live, r.writer.position)
	}
	if err != nil {
		return nil, errors.Join(err, tx.Rollback(ctx))
	}
	return tx, nil
}

// name finds the rows that differ.
func (d *TableDifference) name(ctx context.Context, tx pgx.Tx) error {
	var keys, columns []string
	var personal []bool // of the keys
	err := tx.QueryRow(ctx, `SELECT coalesce(array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE k.indexrelid IS NOT NULL), '{}'),
		array_agg(a.attname::text ORDER BY a.attnum),
		array_agg(coalesce(col_description(a.attrelid, a.attnum) LIKE 'Personal: %', false) ORDER BY a.attnum) FILTER (WHERE k.indexrelid IS NOT NULL)
		FROM pg_attribute a LEFT JOIN pg_index k ON k.indrelid = a.attrelid AND k.indisprimary AND a.attnum = ANY (k.indkey)
		WHERE a.attrelid = $1::text::regclass AND a.attnum > 0 AND NOT a.attisdropped`, rebuildSchema+"."+d.Table).
		Scan(&keys, &columns, &personal)
	if err != nil || len(keys) == 0 {
		return err // a view's rows have no names
	}
	var pairs, same, differs []string
	for i, k := range keys {
		c := pgx.Identifier{k}.Sanitize()
		value := fmt.Sprintf("coalesce(l.%s, r.%s)", c, c)
		if personal[i] {
			value = "'withheld'"
		}
		pairs = append(pairs, quote(k)+", "+value)
		same = append(same, fmt.Sprintf("l.%s = r.%s", c, c))
	}
	for _, name := range columns {
		c := pgx.Identifier{name}.Sanitize()
		differs = append(differs, fmt.Sprintf("CASE WHEN l.%s::text IS DISTINCT FROM r.%s::text THEN %s END", c, c, quote(name)))
	}
	first := pgx.Identifier{keys[0]}.Sanitize()
	found := fmt.Sprintf(`WITH found AS MATERIALIZED (SELECT jsonb_build_object(%s) AS key,
		CASE WHEN l.%s IS NULL THEN 'missing' WHEN r.%s IS NULL THEN 'unfounded' ELSE 'other' END AS what,
		array_remove(ARRAY[%s], NULL) AS columns
		FROM %s.%s l FULL JOIN %s.%s r ON %s WHERE l::text IS DISTINCT FROM r::text)
		SELECT key, what, CASE what WHEN 'other' THEN columns ELSE '{}' END AS columns, count(*) OVER () AS differing
		FROM found ORDER BY key LIMIT %d`, strings.Join(pairs, ", "), first, first, strings.Join(differs, ", "),
		liveSchema, pgx.Identifier{d.Table}.Sanitize(), rebuildSchema, pgx.Identifier{d.Table}.Sanitize(),
		strings.Join(same, " AND "), namedRows)
	rows, err := tx.Query(ctx, found)
	if err != nil {
		return err
	}
	var row RowDifference
	_, err = pgx.ForEachRow(rows, []any{&row.Key, &row.What, &row.Columns, &d.Differing}, func() error {
		d.Rows = append(d.Rows, row)
		row = RowDifference{}
		return nil
	})
	return err
}
