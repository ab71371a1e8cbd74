package projections

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Timeline keeps every touchpoint of every customer, in words.
var Timeline = Projector{
	Name:    "timeline",
	OneFact: true,
	Tables:  tables{timelineRows},
	Schema: `
CREATE INDEX ON customer_timeline (occurred_at); -- what happened in a span of time, whoever it was
CREATE INDEX ON customer_timeline (recorded_at); -- of whom anything was recorded since a moment
`,
	On: []Handler{OnCustomer(func(r domain.Recorded, p *fold) error {
		row := timelineRow{CustomerID: p.id, Revision: int64(r.Revision), Position: int64(r.Position),
			OccurredAt: r.Metadata.OccurredAt, RecordedAt: r.RecordedAt, Type: r.Event.EventType(),
			Summary: summaryText(r.Event), IDs: idsOf(r.Event), Actor: optional(r.Metadata.Actor), Source: optional(r.Metadata.Source),
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
	CustomerID  uuid.UUID       `db:"customer_id,key" note:"who"`
	RecordedFor *uuid.UUID      `db:"recorded_for"`
	Revision    int64           `db:"revision" note:"place in the customer's stream, from 0"`
	Position    int64           `db:"position,key" note:"place in the whole log"`
	OccurredAt  time.Time       `db:"occurred_at" note:"when it happened"`
	RecordedAt  time.Time       `db:"recorded_at" note:"when the log took it"`
	Type        string          `db:"type" note:"type of the event"`
	Summary     string          `db:"summary" note:"what happened, in a sentence"`
	IDs         json.RawMessage `db:"ids" note:"of what it tells of, by the names that docs/events.md gives them: {\"purchase_id\": …}"`
	AmountMinor *int64          `db:"amount_minor" note:"money that it moved, minor units of currency; refunds are negative"`
	Currency    *string         `db:"currency" note:"ISO 4217"`
	Actor       *string         `db:"actor" note:"who recorded it"`
	Voided      bool            `db:"voided" note:"whether it was recorded by mistake, as a later fact says: it does not count"`
	VoidedBy    *int64          `db:"voided_by" note:"position of the fact that says so"`
	CorrectedBy *int64          `db:"corrected_by" note:"position of the fact that was recorded in its stead; null where none was"`
	Source      *string         `db:"source" note:"the system that it came through"`
	Department  *string         `db:"department" note:"sales, service, marketing, …"`
	Channel     *string         `db:"channel" note:"web, store, phone, …"`
}

var timelineRows = added[timelineRow]("customer_timeline",
	"Every touchpoint of every customer, in the order of their stream.")

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
