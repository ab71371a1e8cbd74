package projections

import (
	"fmt"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Merges keeps who stands for whom. While a merge lasts, all rows of the absorbed customer are the survivor's, and say
// for whom they were recorded. A split gives each their own again.
var Merges = Projector{
	Name: "merges",
	Schema: `
-- Every merge of two customers, and every split.
CREATE TABLE customer_merges (
	position bigint PRIMARY KEY, -- place in the log
	absorbed_id uuid NOT NULL, -- the absorbed one
	revision bigint NOT NULL, -- place in their stream
	happened text NOT NULL CHECK (happened IN ('merged', 'split')), -- merged or split
	survivor_id uuid NOT NULL, -- who stands for them from then on, or no more
	happened_on date NOT NULL -- business day
);
CREATE INDEX ON customer_merges (absorbed_id); -- with whom a customer was merged
CREATE INDEX ON customer_merges (survivor_id); -- who was merged into a customer
-- Who stands for whom at present: a row for each customer who was merged into another and not split off again.
CREATE TABLE merged_customers (
	absorbed_id uuid PRIMARY KEY, -- the absorbed one
	survivor_id uuid NOT NULL -- who stands for them
);
CREATE INDEX ON merged_customers (survivor_id); -- for whom a customer stands
`,
}

type mergeRow struct {
	Position   int64      `db:"position"`
	AbsorbedID uuid.UUID  `db:"absorbed_id"`
	Revision   int64      `db:"revision"`
	Happened   string     `db:"happened"`
	SurvivorID uuid.UUID  `db:"survivor_id"`
	HappenedOn domain.Day `db:"happened_on"`
}

type mergedRow struct {
	AbsorbedID uuid.UUID `db:"absorbed_id"`
	SurvivorID uuid.UUID `db:"survivor_id"`
}

var (
	mergeRows  = added[mergeRow]("customer_merges", 1)
	mergedRows = kept[mergedRow]("merged_customers", 1)
)

// merged takes that two customers are one person from now on, or no more.
func (p *page) merged(r domain.Recorded, absorbed, survivor uuid.UUID, happened string) {
	insert(p, mergeRows, mergeRow{int64(r.Position), absorbed, int64(r.Revision), happened, survivor, p.dayOfFact(r)})
}

// keepFamilies writes down who stands for whom, of all of whom that may have changed.
func (p *page) keepFamilies(before map[uuid.UUID]uuid.UUID) {
	s := rowsFor(&p.rowSets, mergedRows)
	for id, was := range before {
		now := p.families.survivor(id)
		switch {
		case now == was:
		case now == id:
			s.gone = append(s.gone, mergedRow{AbsorbedID: id})
		default:
			s.put(mergedRow{id, now})
		}
	}
}

// forgetBeside takes what was personal out of what waits for other systems, and of what is said of faults.
func (p *page) forgetBeside() error {
	if len(p.erasedIDs) == 0 {
		return nil
	}
	streams, ids := make([]string, len(p.erasedIDs)), make([][16]byte, len(p.erasedIDs))
	for i, id := range p.erasedIDs {
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
