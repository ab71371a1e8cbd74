package projections

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Tables that are not of one customer are sums of what persons contribute. A page takes off what a person contributed
// and adds what they contribute now; the difference is added to the table. So late facts, merges, splits and erasures
// need no way of their own.

// changesValue reports whether an event changes what a person contributes by what they bought.
func changesValue(e domain.Event) bool {
	switch e.(type) {
	case customer.PurchaseRecorded, customer.ReturnRecorded:
		return true
	}
	return false
}

// contributed is what a person adds to tables of all customers, beside what each of their purchases does.
type contributed struct {
	cohorts    []cohortRow
	categories map[string]int64 // what they bought each category for, minor units of the reporting currency
}

func (f *fold) contributes() contributed {
	c := contributed{cohorts: cohortsOf(&f.Facts.Value), categories: make(map[string]int64, len(f.Facts.Tastes))}
	for category, taste := range f.Facts.Tastes {
		c.categories[category] = taste.SpendMinor
	}
	return c
}

// contributions are differences to the tables.
type contributions struct {
	cohorts    *sums[cohortMonth, cohortRow, *cohortRow]
	categories *sums[string, categoryRow, *categoryRow]
	pairs      *sums[categoryPair, categoryPairRow, *categoryPairRow]
	demand     *sums[demandKey, demandRow, *demandRow]
}

func newContributions() contributions {
	return contributions{newSums(cohortTable), newSums(categoryTable), newSums(pairTable), newSums(demandTable)}
}

// replace takes off what a person contributed before, and adds what they contribute now.
func (c contributions) replace(before, after contributed) {
	for i := range before.cohorts {
		c.cohorts.add(before.cohorts[i].key(), &before.cohorts[i], -1)
	}
	for i := range after.cohorts {
		c.cohorts.add(after.cohorts[i].key(), &after.cohorts[i], 1)
	}
	c.categorised(before.categories, after.categories)
}

// addend is a row of a table of sums: it adds the columns behind its key.
type addend[R any] interface {
	*R
	plus(more *R, sign int64)
	zero() bool
}

// sumTable maps a table of sums.
type sumTable[K comparable, R any] struct {
	*table[R]
	fresh      func(K) R
	accumulate string
	vanish     string
}

func sumRows[K comparable, R any](name, note string, fresh func(K) R) *sumTable[K, R] {
	t := &sumTable[K, R]{table: kept[R](name, note), fresh: fresh}
	var set, zero []string
	names := t.names()
	for _, column := range names[t.keys:] {
		set = append(set, fmt.Sprintf("%s = t.%s + EXCLUDED.%s", column, column, column))
		zero = append(zero, "t."+column+" = 0")
	}
	t.accumulate = fmt.Sprintf("%s ON CONFLICT (%s) DO UPDATE SET %s",
		strings.Replace(t.insert, "INSERT INTO "+name, "INSERT INTO "+name+" AS t", 1),
		strings.Join(names[:t.keys], ", "), strings.Join(set, ", "))
	t.vanish = t.remove + " AND " + strings.Join(zero, " AND ")
	return t
}

// sums are differences to the rows of one table.
type sums[K comparable, R any, P addend[R]] struct {
	*sumTable[K, R]
	rows map[K]*R
}

func newSums[K comparable, R any, P addend[R]](t *sumTable[K, R]) *sums[K, R, P] {
	return &sums[K, R, P]{t, map[K]*R{}}
}

func (s *sums[K, R, P]) add(key K, more *R, sign int64) {
	row := s.rows[key]
	if row == nil {
		fresh := s.fresh(key)
		row = &fresh
		s.rows[key] = row
	}
	P(row).plus(more, sign)
}

// write adds the differences to the table, in the order of the keys, removes what came to nothing, and forgets them.
func (s *sums[K, R, P]) write(b *pgx.Batch) {
	set := rowSet[R]{table: s.table}
	byKey := make([]string, 0, len(s.rows))
	rows := make(map[string]*R, len(s.rows))
	for _, row := range s.rows {
		if !P(row).zero() {
			key := s.keyOf(row)
			byKey, rows[key] = append(byKey, key), row
		}
	}
	clear(s.rows)
	if len(byKey) == 0 {
		return
	}
	slices.Sort(byKey) // all who write take the rows in one order
	for _, key := range byKey {
		set.rows = append(set.rows, *rows[key])
	}
	b.Queue(s.accumulate, set.all(len(s.columns))...)
	b.Queue(s.vanish, set.all(s.keys)...)
}

// write adds all differences to the tables.
func (c contributions) write(_ context.Context, b *pgx.Batch) {
	c.cohorts.write(b)
	c.categories.write(b)
	c.pairs.write(b)
	c.demand.write(b)
}
