package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Timeline keeps every touchpoint of every customer, in words.
var Timeline = Projector{
	Name:    "timeline",
	OneFact: true,
	Schema: `
-- Every touchpoint of every customer, in the order of their stream.
CREATE TABLE customer_timeline (
	customer_id uuid NOT NULL, -- who
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	revision bigint NOT NULL, -- place in the customer's stream, from 0
	position bigint NOT NULL, -- place in the whole log
	occurred_at timestamptz NOT NULL, -- when it happened
	recorded_at timestamptz NOT NULL, -- when the log took it
	type text NOT NULL, -- type of the event
	summary text NOT NULL, -- what happened, in a sentence
	amount_minor bigint, -- money that it moved, minor units of currency; refunds are negative
	currency text, -- ISO 4217
	actor text, -- who recorded it
	voided boolean NOT NULL, -- whether it was recorded by mistake, as a later fact says: it does not count
	voided_by bigint, -- position of the fact that says so
	corrected_by bigint, -- position of the fact that was recorded in its stead; null where none was
	source text, -- the system that it came through
	department text, -- sales, service, marketing, …
	channel text, -- web, store, phone, …
	PRIMARY KEY (customer_id, position)
);
CREATE INDEX ON customer_timeline (occurred_at); -- what happened in a span of time, whoever it was
CREATE INDEX ON customer_timeline (recorded_at); -- of whom anything was recorded since a moment
`,
	On: []Handler{OnCustomer(func(r domain.Recorded, p *fold) error {
		row := timelineRow{CustomerID: p.id, Revision: int64(r.Revision), Position: int64(r.Position),
			OccurredAt: r.Metadata.OccurredAt, RecordedAt: r.RecordedAt, Type: r.Event.EventType(),
			Summary: summaryText(r.Event), Actor: optional(r.Metadata.Actor), Source: optional(r.Metadata.Source),
			Department: optional(r.Metadata.Department), Channel: optional(r.Metadata.Channel),
			Voided: p.voided.By > 0, VoidedBy: unlessZero(p.voided.By), CorrectedBy: unlessZero(p.voided.Instead)}
		switch e := r.Event.(type) {
		case customer.PurchaseRecorded:
			row.AmountMinor, row.Currency = &e.TotalMinor, optional(e.Currency)
		case customer.ReturnRecorded:
			back := -e.TotalMinor
			row.AmountMinor, row.Currency = &back, optional(e.Currency)
		}
		add(p, timelineRows, row)
		return nil
	})},
}

type timelineRow struct {
	CustomerID  uuid.UUID  `db:"customer_id"`
	Position    int64      `db:"position"`
	Revision    int64      `db:"revision"`
	OccurredAt  time.Time  `db:"occurred_at"`
	RecordedAt  time.Time  `db:"recorded_at"`
	Type        string     `db:"type"`
	Voided      bool       `db:"voided"`
	VoidedBy    *int64     `db:"voided_by"`
	CorrectedBy *int64     `db:"corrected_by"`
	Summary     string     `db:"summary"`
	AmountMinor *int64     `db:"amount_minor"`
	Currency    *string    `db:"currency"`
	Actor       *string    `db:"actor"`
	Source      *string    `db:"source"`
	Department  *string    `db:"department"`
	Channel     *string    `db:"channel"`
	RecordedFor *uuid.UUID `db:"recorded_for"`
}

var timelineRows = added[timelineRow]("customer_timeline", 2)

func unlessZero(position uint64) *int64 {
	if position == 0 {
		return nil
	}
	return new(int64(position))
}

// summaryText answers an event in words: its own, if it has any.
func summaryText(e domain.Event) string {
	if s, ok := e.(interface{ Summary() string }); ok {
		return s.Summary()
	}
	return e.EventType()
}
