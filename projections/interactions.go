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
	Schema: `
-- Every contact with a customer that was not a transaction.
CREATE TABLE interactions (
	customer_id uuid NOT NULL, -- with whom
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	interaction_id uuid NOT NULL, -- the contact
	occurred_at timestamptz NOT NULL, -- when
	occurred_on date NOT NULL, -- on which business day
	kind text NOT NULL, -- email, call, meeting, …
	direction text NOT NULL, -- inbound: the customer sought it; outbound: we did
	subject text, -- Personal: what about
	duration_s bigint NOT NULL, -- how long, s; 0 where it has no length
	actor text, -- who of us
	department text, -- whose
	channel text, -- through which
	PRIMARY KEY (customer_id, interaction_id)
);
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
	CustomerID    uuid.UUID  `db:"customer_id"`
	InteractionID uuid.UUID  `db:"interaction_id"`
	OccurredAt    time.Time  `db:"occurred_at"`
	OccurredOn    domain.Day `db:"occurred_on"`
	Kind          string     `db:"kind"`
	Direction     string     `db:"direction"`
	Subject       *string    `db:"subject"`
	DurationS     int64      `db:"duration_s"`
	Actor         *string    `db:"actor"`
	Department    *string    `db:"department"`
	Channel       *string    `db:"channel"`
	RecordedFor   *uuid.UUID `db:"recorded_for"`
}

var interactionRows = added[interactionRow]("interactions", 2)
