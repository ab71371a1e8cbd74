package projections

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// What customers bought shows in tables that rank or sum up all of them. Such a table is written once a page, for
// the customers whose value changed: what they counted for is taken off before the first change, and added as
// it is at the end.

// changesValue tells whether an event changes what a customer is worth.
func changesValue(e domain.Event) bool {
	switch e.(type) {
	case customer.PurchaseRecorded, customer.ReturnRecorded:
		return true
	}
	return false
}

// revalue must be called before a customer's value changes, or who stands for them.
func (p *page) revalue(id uuid.UUID, c *relation) {
	c.Revalued = true
	s := valuesOf(p)
	if _, again := s.changed[id]; again {
		return
	}
	s.changed[id] = struct{}{}
	s.cohorts.count(c, -1)
}

// devalue takes off what a customer counts for, whose rows are about to be forgotten.
func (p *page) devalue(id uuid.UUID, c *relation) {
	p.revalue(id, c)
	delete(valuesOf(p).changed, id)
}

func valuesOf(p *page) *valueSet {
	return setOf(p, rfmRows, func() *valueSet {
		return &valueSet{page: p, changed: map[uuid.UUID]struct{}{}, cohorts: cohortCounts{}}
	})
}

// valueSet is the customers whose value a page changes.
type valueSet struct {
	*page
	changed map[uuid.UUID]struct{}
	cohorts cohortCounts
}

func (s *valueSet) write(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
	ranked := rowSet[rfmRow]{table: rfmRows}
	var gone [][16]byte
	for id := range s.changed {
		c := s.relations[id]
		s.cohorts.count(c, 1)
		if row, bought := rfmRowOf(id, c); bought {
			ranked.rows = append(ranked.rows, row)
		} else {
			gone = append(gone, id)
		}
	}
	clear(s.changed)
	if len(gone) > 0 {
		b.Queue("DELETE FROM rfm_figures WHERE customer_id = ANY($1)", gone)
	}
	s.cohorts.write(b)
	return ranked.write(ctx, tx, b)
}
