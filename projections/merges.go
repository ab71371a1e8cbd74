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
	Name:   "merges",
	Tables: tables{mergeRows, mergedRows},
	Schema: `
CREATE INDEX ON customer_merges (absorbed_id); -- with whom a customer was merged
CREATE INDEX ON customer_merges (survivor_id); -- who was merged into a customer
CREATE INDEX ON merged_customers (survivor_id); -- for whom a customer stands
`,
}

type mergeRow struct {
	Position   int64      `db:"position,key" note:"place in the log"`
	AbsorbedID uuid.UUID  `db:"absorbed_id" note:"the absorbed one"`
	Revision   int64      `db:"revision" note:"place in their stream"`
	Happened   string     `db:"happened" among:"merged,split" note:"merged or split"`
	SurvivorID uuid.UUID  `db:"survivor_id" note:"who stands for them from then on, or no more"`
	HappenedOn domain.Day `db:"happened_on" note:"business day"`
}

type mergedRow struct {
	AbsorbedID uuid.UUID `db:"absorbed_id,key" note:"the absorbed one"`
	SurvivorID uuid.UUID `db:"survivor_id" note:"who stands for them"`
}

var (
	mergeRows = added[mergeRow]("customer_merges",
		"Every merge of two customers, and every split.")
	mergedRows = kept[mergedRow]("merged_customers",
		"Who stands for whom at present: a row for each customer who was merged into another and not split off again.")
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
