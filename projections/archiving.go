package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Archiving keeps who was set aside, and taken up again. Who is at present stands in customer_360.
var Archiving = Projector{
	Name: "archiving",
	Schema: `
-- Every time that a customer was set aside or taken up again.
CREATE TABLE customer_archivings (
	customer_id uuid NOT NULL, -- who
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	position bigint NOT NULL, -- place in the log of it
	revision bigint NOT NULL, -- place in their stream
	happened text NOT NULL CHECK (happened IN ('archived', 'restored')), -- archived (set aside) or restored
	happened_on date NOT NULL, -- business day
	rule text, -- of the retention policy that asked for it; null where a person did
	reason text, -- Personal: why
	actor text, -- who asked for it
	PRIMARY KEY (customer_id, position)
);
`,
	On: []Handler{
		On(func(e customer.Archived, r domain.Recorded, p *fold) error {
			add(p, archivingRows, archivingRow{p.id, int64(r.Position), int64(r.Revision), "archived", p.day, optional(e.Rule),
				optional(e.Reason), optional(r.Metadata.Actor), nil})
			return nil
		}),
		On(func(e customer.Restored, r domain.Recorded, p *fold) error {
			add(p, archivingRows, archivingRow{p.id, int64(r.Position), int64(r.Revision), "restored", p.day, nil,
				optional(e.Reason), optional(r.Metadata.Actor), nil})
			return nil
		}),
	},
}

type archivingRow struct {
	CustomerID  uuid.UUID  `db:"customer_id"`
	Position    int64      `db:"position"`
	Revision    int64      `db:"revision"`
	Happened    string     `db:"happened"`
	HappenedOn  domain.Day `db:"happened_on"`
	Rule        *string    `db:"rule"`
	Reason      *string    `db:"reason"`
	Actor       *string    `db:"actor"`
	RecordedFor *uuid.UUID `db:"recorded_for"`
}

var archivingRows = added[archivingRow]("customer_archivings", 2)
