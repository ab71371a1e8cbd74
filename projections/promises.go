package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Promises keeps what we promised customers, and whether we did it.
var Promises = Projector{
	Name:   "promises",
	Tables: tables{promiseRows},
	Schema: `
CREATE INDEX ON promises (due_on) WHERE state = 'open'; -- the open promises that fall due next
CREATE INDEX ON promises (actor, due_on) WHERE actor IS NOT NULL; -- what a colleague promised
CREATE INDEX ON promises (due_on, promise_id); -- all promises, by when they were to be kept
`,
	On: []Handler{
		On(func(e customer.PromiseMade, r domain.Recorded, p *fold) error {
			row := rowOf(p, promiseRows, promiseKey{p.id, e.PromiseID})
			row.What, row.MadeOn, row.DueOn, row.State = e.What, p.day, e.DueOn, "open"
			row.Department, row.Actor = optional(r.Metadata.Department), optional(r.Metadata.Actor)
			return nil
		}),
		On(func(e customer.PromiseKept, _ domain.Recorded, p *fold) error {
			return p.endPromise(e.PromiseID, func(row *promiseRow) { row.State = "kept" })
		}),
		On(func(e customer.PromiseBroken, _ domain.Recorded, p *fold) error {
			return p.endPromise(e.PromiseID, func(row *promiseRow) {
				row.State, row.Overdue, row.Reason = "broken", e.Overdue, optional(e.Reason)
			})
		}),
		On(func(_ customer.Erased, _ domain.Recorded, p *fold) error {
			on := p.day
			return each(p, promiseRows, func(row *promiseRow) error {
				if row.State == "open" {
					row.State, row.EndedOn = "erased", &on
				}
				return nil
			})
		}),
	},
}

func (f *fold) endPromise(id uuid.UUID, change func(*promiseRow)) error {
	row := rowOf(f, promiseRows, promiseKey{f.id, id})
	on := f.day
	row.EndedOn = &on
	change(row)
	return nil
}

type promiseRow struct {
	CustomerID  uuid.UUID   `db:"customer_id,key" note:"to whom"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
	PromiseID   uuid.UUID   `db:"promise_id,key" note:"the promise"`
	What        string      `db:"what" note:"Personal: what was promised"`
	MadeOn      domain.Day  `db:"made_on" note:"business day of the promise"`
	DueOn       domain.Day  `db:"due_on" note:"last business day on which it can be kept"`
	State       string      `db:"state" among:"open,kept,broken,erased" note:"open, kept or broken; erased where it was open when the customer was erased"`
	EndedOn     *domain.Day `db:"ended_on" note:"business day on which it was kept or broken, or the customer erased"`
	Overdue     bool        `db:"overdue" note:"broken because its day was over"`
	Reason      *string     `db:"reason" note:"Personal: why it was broken"`
	Department  *string     `db:"department" note:"that promised"`
	Actor       *string     `db:"actor" note:"who promised"`
}

type promiseKey struct{ customer, promise uuid.UUID }

var promiseRows = keyedRows("promises",
	"Every promise that was made to a customer.", func(k promiseKey) promiseRow {
		return promiseRow{CustomerID: k.customer, PromiseID: k.promise}
	})
