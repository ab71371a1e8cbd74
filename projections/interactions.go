package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Interactions keeps the contacts with customers that were not transactions.
var Interactions = Projector{
	Name:    "interactions",
	OneFact: true,
	Tables:  tables{interactionRows},
	Schema: `
CREATE INDEX ON interactions (occurred_on); -- the contacts of a span of days
`,
	On: []Handler{On(func(e customer.InteractionRecorded, r domain.Recorded, p *fold) error {
		add(p, interactionRows, interactionRow{CustomerID: p.id, InteractionID: e.InteractionID,
			OccurredAt: r.Metadata.OccurredAt, OccurredOn: p.day, Kind: string(e.Kind),
			Direction: string(e.Direction), Subject: optional(e.Subject), DurationS: e.DurationS,
			Actor: optional(r.Metadata.Actor), Department: optional(r.Metadata.Department),
			Channel: optional(r.Metadata.Channel)})
		return nil
	})},
}

type interactionRow struct {
	CustomerID    uuid.UUID  `db:"customer_id,key" note:"with whom"`
	RecordedFor   *uuid.UUID `db:"recorded_for"`
	InteractionID uuid.UUID  `db:"interaction_id,key" note:"the contact"`
	OccurredAt    time.Time  `db:"occurred_at" note:"when"`
	OccurredOn    domain.Day `db:"occurred_on" note:"on which business day"`
	Kind          string     `db:"kind" note:"email, call, meeting, …"`
	Direction     string     `db:"direction" note:"inbound: the customer sought it; outbound: we did"`
	Subject       *string    `db:"subject" note:"Personal: what about"`
	DurationS     int64      `db:"duration_s" note:"how long, s; 0 where it has no length"`
	Actor         *string    `db:"actor" note:"who of us"`
	Department    *string    `db:"department" note:"whose"`
	Channel       *string    `db:"channel" note:"through which"`
}

var interactionRows = added[interactionRow]("interactions",
	"Every contact with a customer that was not a transaction.")
