package projections

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/jackc/pgx/v5"
)

// keyed maps a table whose rows are found by a key and changed by facts, such as an opportunity that goes
// through its stages. A row is read when it is first needed, remembered between pages, and written once a
// page. K identifies a row; R is its struct, whose first columns are the primary key.
type keyed[K comparable, R any] struct {
	*table[R]
	fresh     func(K) R // the row of a key that is not there yet
	keys      int
	selectOne string
}

// keyedRows maps a table by a key; fresh makes a row that holds nothing but its key.
func keyedRows[K comparable, R any](name string, keys int, fresh func(K) R) *keyed[K, R] {
	t := &keyed[K, R]{table: kept[R](name, keys), fresh: fresh, keys: keys}
	names := t.names()
	where := make([]string, keys)
	for i := range where {
		where[i] = fmt.Sprintf("%s = $%d", names[i], i+1)
	}
	t.selectOne = fmt.Sprintf("SELECT %s FROM %s WHERE %s", strings.Join(names, ", "), name, strings.Join(where, " AND "))
	return t
}

// rowOf answers the row of a key, to be changed: it is written at the end of the page.
func rowOf[K comparable, R any](p *page, t *keyed[K, R], key K) (*R, error) {
	s, err := keyedSetOf(p, t)
	if err != nil {
		return nil, err
	}
	row, known := s.cache.rows[key]
	if !known {
		if row, err = s.read(p, key); err != nil {
			return nil, err
		}
		s.cache.rows[key] = row
	}
	s.changed[key] = row
	return row, nil
}

// rowCache remembers the rows of one table between pages.
type rowCache[K comparable, R any] struct {
	rows     map[K]*R
	complete bool // what is not in rows is not in the table
}

func (c *rowCache[K, R]) forget(limit int) {
	if shed(c.rows, limit) {
		c.complete = false
	}
}

// shed lets go of some of what a map holds beyond a limit, and tells whether it did.
func shed[K comparable, V any](m map[K]V, limit int) bool {
	if len(m) <= limit {
		return false
	}
	for key := range m {
		if len(m) <= limit*9/10 {
			break
		}
		delete(m, key)
	}
	return true
}

// keyedSet is the rows that a page changed.
type keyedSet[K comparable, R any] struct {
	*keyed[K, R]
	cache   *rowCache[K, R]
	changed map[K]*R
}

func keyedSetOf[K comparable, R any](p *page, t *keyed[K, R]) (*keyedSet[K, R], error) {
	if s, ok := p.sets[t]; ok {
		return s.(*keyedSet[K, R]), nil
	}
	cache, ok := p.caches[t].(*rowCache[K, R])
	if !ok {
		var any bool
		if err := p.tx.QueryRow(p.ctx, "SELECT EXISTS (SELECT FROM "+t.name+")").Scan(&any); err != nil {
			return nil, fmt.Errorf("look into %s: %w", t.name, err)
		}
		cache = &rowCache[K, R]{rows: map[K]*R{}, complete: !any}
		p.caches[t] = cache
	}
	return setOf(p, t, func() *keyedSet[K, R] {
		return &keyedSet[K, R]{keyed: t, cache: cache, changed: map[K]*R{}}
	}), nil
}

// read answers a row of the table, or a fresh one.
func (s *keyedSet[K, R]) read(p *page, key K) (*R, error) {
	row := s.fresh(key)
	if s.cache.complete {
		return &row, nil
	}
	values := (&rowSet[R]{table: s.table}).values(reflect.ValueOf(&row).Elem())
	rows, err := p.tx.Query(p.ctx, s.selectOne, values[:s.keys]...)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", s.name, err)
	}
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToAddrOfStructByName[R])
	if errors.Is(err, pgx.ErrNoRows) {
		return &row, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", s.name, err)
	}
	return found, nil
}

func (s *keyedSet[K, R]) write(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
	rows := rowSet[R]{table: s.table, rows: make([]R, 0, len(s.changed))}
	for _, row := range s.changed {
		rows.rows = append(rows.rows, *row)
	}
	clear(s.changed)
	return rows.write(ctx, tx, b)
}
