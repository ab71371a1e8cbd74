package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Promises keeps what we promised customers, and whether we did it.
var Promises = Projector{
	Name: "promises",
	Schema: `
-- Every promise that was made to a customer.
CREATE TABLE promises (
	customer_id uuid NOT NULL, -- to whom
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	promise_id uuid NOT NULL, -- the promise
	what text NOT NULL, -- Personal: what was promised
	made_on date NOT NULL, -- business day of the promise
	due_on date NOT NULL, -- last business day on which it can be kept
	state text NOT NULL CHECK (state IN ('open', 'kept', 'broken', 'erased')), -- open, kept or broken; erased where it was open when the customer was erased
	ended_on date, -- business day on which it was kept or broken, or the customer erased
	overdue boolean NOT NULL, -- broken because its day was over
	reason text, -- Personal: why it was broken
	department text, -- that promised
	actor text, -- who promised
	PRIMARY KEY (customer_id, promise_id)
);
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

func (p *fold) endPromise(id uuid.UUID, change func(*promiseRow)) error {
	row := rowOf(p, promiseRows, promiseKey{p.id, id})
	on := p.day
	row.EndedOn = &on
	change(row)
	return nil
}

type promiseRow struct {
	CustomerID  uuid.UUID   `db:"customer_id"`
	PromiseID   uuid.UUID   `db:"promise_id"`
	What        string      `db:"what"`
	MadeOn      domain.Day  `db:"made_on"`
	DueOn       domain.Day  `db:"due_on"`
	State       string      `db:"state"`
	EndedOn     *domain.Day `db:"ended_on"`
	Overdue     bool        `db:"overdue"`
	Reason      *string     `db:"reason"`
	Department  *string     `db:"department"`
	Actor       *string     `db:"actor"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
}

type promiseKey struct{ customer, promise uuid.UUID }

var promiseRows = keyedRows("promises", 2, func(k promiseKey) promiseRow {
	return promiseRow{CustomerID: k.customer, PromiseID: k.promise}
})
