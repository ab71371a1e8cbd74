package projections

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Rows of what is of no customer are few. A row is read when it is first needed, remembered between pages, and written
// once a page.

// rowIn returns the row of a key, to be changed: it is written at the end of the page.
func rowIn[K comparable, R any](p *page, t *keyed[K, R], key K) (*R, error) {
	cache, ok := p.caches[t].(*rowCache[K, R])
	if !ok {
		cache = &rowCache[K, R]{rows: map[K]*R{}}
		p.caches[t] = cache
	}
	row, known := cache.rows[key]
	if !known {
		var err error
		if row, err = storedRow(p, t, key); err != nil {
			return nil, err
		}
		cache.rows[key] = row
	}
	s := setOf(&p.rowSets, any(t), func() *logRows[K, R] { return &logRows[K, R]{keyed: t, changed: map[K]*R{}} })
	s.changed[key] = row
	return row, nil
}

// insert writes a row that no later event changes.
func insert[R any](p *page, t *table[R], row R) {
	s := rowsFor(&p.rowSets, t)
	s.rows = append(s.rows, row)
}

// rowCache remembers the rows of one table between pages.
type rowCache[K comparable, R any] struct{ rows map[K]*R }

func (c *rowCache[K, R]) forget(limit int) {
	if len(c.rows) > limit {
		clear(c.rows)
	}
}

// logRows is the rows that a page changed.
type logRows[K comparable, R any] struct {
	*keyed[K, R]
	changed map[K]*R
}

// storedRow returns a row of the table, or a fresh one.
func storedRow[K comparable, R any](p *page, t *keyed[K, R], key K) (*R, error) {
	row := t.fresh(key)
	names := t.names()
	where := make([]string, t.keys)
	for i := range where {
		where[i] = fmt.Sprintf("%s = $%d", names[i], i+1)
	}
	sql := fmt.Sprintf("SELECT %s FROM %s WHERE %s", strings.Join(names, ", "), t.name, strings.Join(where, " AND "))
	values := (&rowSet[R]{table: t.table}).values(t.row(&row))
	rows, err := p.tx.Query(p.ctx, sql, values[:t.keys]...)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.name, err)
	}
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToAddrOfStructByName[R])
	if errors.Is(err, pgx.ErrNoRows) {
		return &row, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.name, err)
	}
	return found, nil
}

func (s *logRows[K, R]) write(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
	rows := rowSet[R]{table: s.table}
	for _, row := range s.changed {
		rows.put(*row)
	}
	clear(s.changed)
	return rows.write(ctx, tx, b)
}

func (s *logRows[K, R]) fill(ctx context.Context, tx pgx.Tx) error {
	b := &pgx.Batch{}
	if err := s.write(ctx, tx, b); err != nil || b.Len() == 0 {
		return err
	}
	return tx.SendBatch(ctx, b).Close()
}

func (s *logRows[K, R]) count() int { return len(s.changed) }
