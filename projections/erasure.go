package projections

import (
	"fmt"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Erasures keeps who was erased. Their rows, and those of all with whom they were merged, are written anew from the log
// as it is without what was personal: so the tables are what a rebuild makes, to which the destroyed key leaves no
// more. What they bought and did stays, and counts as before.
var Erasures = Projector{
	Name: "erasures",
	Schema: `
-- Everybody who was erased: nothing personal of them is left in any table; what they bought and did stays.
CREATE TABLE erasures (
	customer_id uuid PRIMARY KEY, -- who
	erased_on date NOT NULL, -- business day
	reason text NOT NULL, -- why, as a code
	survivor_id uuid, -- who stood for them and all who were erased with them; null where it was one alone
	position bigint NOT NULL -- place in the log
);
CREATE INDEX ON erasures (position); -- the newest erasure
`,
	On: []Handler{On(func(e customer.Erased, r domain.Recorded, p *page) error {
		on := p.day
		p.customer.ErasedOn = &on
		row := erasureRow{CustomerID: p.id, ErasedOn: on, Reason: e.Reason, Position: int64(r.Position)}
		if e.SurvivorID != uuid.Nil {
			row.SurvivorID = &e.SurvivorID
		}
		add(p, erasureRows, row)
		if !p.replaying {
			p.erased = append(p.erased, p.id)
		}
		return nil
	})},
}

type erasureRow struct {
	CustomerID uuid.UUID  `db:"customer_id"`
	ErasedOn   domain.Day `db:"erased_on"`
	Reason     string     `db:"reason"`
	SurvivorID *uuid.UUID `db:"survivor_id"`
	Position   int64      `db:"position"`
}

var erasureRows = added[erasureRow]("erasures")

// concerns tells whether an event needs whoever was erased before it to be written anew. Those who are erased one after
// the other are so at once.
func (p *page) concerns(r domain.Recorded) bool {
	if _, erases := r.Event.(customer.Erased); erases {
		return false
	}
	_, of := customer.IDOf(r.Stream)
	return of || len(p.handlers.byType[r.Event.EventType()]) > 0
}

// rewriteErased writes whoever was erased anew, and takes what was personal out of what the log does not make.
func (p *page) rewriteErased() error {
	erased := p.erased
	p.erased = nil
	var concerned []uuid.UUID
	for _, id := range erased {
		c, err := p.relation(id)
		if err != nil {
			return err
		}
		concerned = append(append(concerned, id), c.Absorbed...)
		if c.Into == nil {
			continue
		}
		survivor, err := p.relation(*c.Into)
		if err != nil {
			return err
		}
		concerned = append(append(concerned, *c.Into), survivor.Absorbed...)
	}
	if err := p.rewrite(concerned); err != nil {
		return err
	}
	return p.forgetBeside(erased)
}

// forgetBeside takes what was personal out of what waits for other systems, and of what is said of faults.
func (p *page) forgetBeside(erased []uuid.UUID) error {
	streams, ids := make([]string, len(erased)), make([][16]byte, len(erased))
	for i, id := range erased {
		streams[i], ids[i] = customer.Stream(id), id
	}
	_, err := p.tx.Exec(p.ctx, "UPDATE projection_failures SET error = 'erased' WHERE stream = ANY($1)", streams)
	if err != nil {
		return fmt.Errorf("forget what was said of faults: %w", err)
	}
	var announcing bool
	if err := p.tx.QueryRow(p.ctx, "SELECT to_regclass('integration.outbox') IS NOT NULL").Scan(&announcing); err != nil {
		return fmt.Errorf("look for the outbox: %w", err)
	}
	if !announcing {
		return nil
	}
	_, err = p.tx.Exec(p.ctx, `UPDATE integration.outbox SET data = (data::jsonb - 'evidence')::json
		WHERE subject = ANY($1) AND data::jsonb ? 'evidence'`, ids)
	if err != nil {
		return fmt.Errorf("forget what is announced: %w", err)
	}
	return nil
}
