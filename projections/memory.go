package projections

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/policy"
)

// relation is what the read models remember of one customer between events: the fold of what happened,
// where they stand, and where they belong. Its JSON form is kept in customer_memory.
type relation struct {
	Facts    facts.Customer `json:"facts"`
	Revision int64          `json:"revision"`
	judgement.Standing
	// Charges are what they cost, and those for whom they stand.
	Charges charges `json:"charges,omitzero"`
	// Into is who stands for the customer; Absorbed are those for whom the customer stood at any time.
	Into     *uuid.UUID  `json:"into,omitempty"`
	Absorbed []uuid.UUID `json:"absorbed,omitempty"`
	// ErasedOn is the business day from which on nothing personal of them is left; nil while they are somebody.
	ErasedOn *domain.Day `json:"erased_on,omitempty"`

	wake  domain.Day // the day on which time alone next changes an answer about the customer
	wakes bool
}

// models is the memory behind one schema of read models. It is right only as long as every transaction
// that changed it committed; otherwise it is read anew.
type models struct {
	log   logReader
	clock clock
	rules judgement.Rules
	costs *policy.Costs // of activities; nil before any are in force
	bands priceBands

	relations map[uuid.UUID]*relation
	// complete: whoever is not in relations does not exist, so nothing needs to be read.
	complete bool
	limit    int // relations kept between pages
	agenda   agenda
	judged   int // judgements made, to tell what a closed day costs

	caches map[any]interface{ forget(limit int) } // of keyed tables
}

func newModels(log logReader, limit int) *models {
	return &models{log: log, clock: clock{zone: time.UTC}, rules: judgement.Rules{Segments: map[string]*judgement.Segment{}},
		relations: map[uuid.UUID]*relation{}, agenda: agenda{}, limit: limit,
		caches: map[any]interface{ forget(int) }{}}
}

// loadModels reads the memory that a schema holds, customers apart: those are read when they are needed.
func loadModels(p *page) error {
	if err := p.loadClock(); err != nil {
		return err
	}
	if err := p.loadLadders(); err != nil {
		return err
	}
	if err := p.loadSegments(); err != nil {
		return err
	}
	if err := p.loadCosts(); err != nil {
		return err
	}
	if err := p.loadPriceBands(); err != nil {
		return err
	}
	if err := p.loadModel(); err != nil {
		return err
	}
	rows, err := p.tx.Query(p.ctx, "SELECT customer_id, wake_on FROM customer_memory WHERE wake_on IS NOT NULL")
	if err != nil {
		return fmt.Errorf("read the agenda: %w", err)
	}
	var id uuid.UUID
	var on time.Time
	_, err = pgx.ForEachRow(rows, []any{&id, &on}, func() error {
		p.agenda.add(domain.DayOf(on, time.UTC), id)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the agenda: %w", err)
	}
	var known bool
	if err := p.tx.QueryRow(p.ctx, "SELECT EXISTS (SELECT FROM customer_memory)").Scan(&known); err != nil {
		return fmt.Errorf("read the memory: %w", err)
	}
	p.complete = !known
	return nil
}

// relation answers what is remembered of a customer, who may be new.
func (p *page) relation(id uuid.UUID) (*relation, error) {
	if c := p.relations[id]; c != nil {
		return c, nil
	}
	if err := p.load([]uuid.UUID{id}); err != nil {
		return nil, err
	}
	c := p.relations[id]
	if c == nil {
		c = &relation{Facts: facts.Customer{ID: id}, Standing: judgement.Unjudged()}
		p.relations[id] = c
	}
	return c, nil
}

// load reads customers that are not in memory yet, at one go.
func (p *page) load(ids []uuid.UUID) error {
	if p.complete {
		return nil
	}
	missing := make([][16]byte, 0, len(ids))
	for _, id := range ids {
		if p.relations[id] == nil {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	rows, err := p.tx.Query(p.ctx,
		"SELECT customer_id, state, wake_on FROM customer_memory WHERE customer_id = ANY($1)", missing)
	if err != nil {
		return fmt.Errorf("read the memory: %w", err)
	}
	return p.remember(rows)
}

// remember takes rows of customer_memory into memory; whoever is there already stays as they are.
func (p *page) remember(rows pgx.Rows) error {
	var id uuid.UUID
	var state []byte
	var wake *time.Time
	_, err := pgx.ForEachRow(rows, []any{&id, &state, &wake}, func() error {
		if p.relations[id] != nil {
			return nil
		}
		c, err := recall(id, state)
		if err != nil {
			return err
		}
		if wake != nil {
			c.wake, c.wakes = domain.DayOf(*wake, time.UTC), true
		}
		p.relations[id] = c
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the memory: %w", err)
	}
	return nil
}

// recall reads what is remembered of a customer.
func recall(id uuid.UUID, state []byte) (*relation, error) {
	c := &relation{}
	if err := json.Unmarshal(state, c); err != nil {
		return nil, fmt.Errorf("customer %s: %w", id, err)
	}
	c.Facts.ID = id
	return c, nil
}

// forget lets go of customers beyond the limit. It may be called when every row is written.
func (m *models) forget() {
	for _, c := range m.caches {
		c.forget(m.limit)
	}
	if shed(m.relations, m.limit) {
		m.complete = false
	}
}

// agenda says whom time alone will change, by day.
type agenda map[domain.Day]map[uuid.UUID]struct{}

func (a agenda) add(on domain.Day, id uuid.UUID) {
	if a[on] == nil {
		a[on] = map[uuid.UUID]struct{}{}
	}
	a[on][id] = struct{}{}
}

func (a agenda) remove(on domain.Day, id uuid.UUID) {
	delete(a[on], id)
	if len(a[on]) == 0 {
		delete(a, on)
	}
}
