package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Erasures keeps who was erased. Their rows, and those of all with whom they were merged, are folded anew from the log
// as it is without what was personal: so the tables are what a rebuild makes, to which the destroyed key leaves no
// more. What they bought and did stays, and counts as before.
var Erasures = Projector{
	Name:   "erasures",
	Tables: tables{erasureRows},
	Schema: `
CREATE INDEX ON erasures (position); -- the newest erasure
`,
}

// erased takes that nothing personal of a customer may be read any more.
func (p *page) erased(r domain.Recorded, id uuid.UUID, e customer.Erased) {
	p.erasedIDs = append(p.erasedIDs, id)
	row := erasureRow{CustomerID: id, ErasedOn: p.dayOfFact(r), Reason: e.Reason, Position: int64(r.Position)}
	if e.SurvivorID != uuid.Nil {
		row.SurvivorID = &e.SurvivorID
	}
	insert(p, erasureRows, row)
	p.announceErased(id, row.ErasedOn)
}

type erasureRow struct {
	CustomerID uuid.UUID  `db:"customer_id,key" note:"who"`
	ErasedOn   domain.Day `db:"erased_on" note:"business day"`
	Reason     string     `db:"reason" note:"why, as a code"`
	SurvivorID *uuid.UUID `db:"survivor_id" note:"who stood for them and all who were erased with them; null where it was one alone"`
	Position   int64      `db:"position" note:"place in the log"`
}

var erasureRows = added[erasureRow]("erasures",
	"Everybody who was erased: nothing personal of them is left in any table; what they bought and did stays.")
