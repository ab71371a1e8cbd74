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
	revision bigint NOT NULL, -- place in their stream
	happened text NOT NULL CHECK (happened IN ('archived', 'restored')), -- archived (set aside) or restored
	happened_on date NOT NULL, -- business day
	rule text, -- of the retention policy that asked for it; null where a person did
	reason text, -- Personal: why
	actor text, -- who asked for it
	PRIMARY KEY (customer_id, revision)
);
`,
	On: []Handler{
		On(func(e customer.Archived, r domain.Recorded, p *page) error {
			add(p, archivingRows, archivingRow{p.id, int64(r.Revision), "archived", p.day, optional(e.Rule),
				optional(e.Reason), optional(r.Metadata.Actor)})
			return nil
		}),
		On(func(e customer.Restored, r domain.Recorded, p *page) error {
			add(p, archivingRows, archivingRow{p.id, int64(r.Revision), "restored", p.day, nil,
				optional(e.Reason), optional(r.Metadata.Actor)})
			return nil
		}),
	},
}

type archivingRow struct {
	CustomerID uuid.UUID  `db:"customer_id"`
	Revision   int64      `db:"revision"`
	Happened   string     `db:"happened"`
	HappenedOn domain.Day `db:"happened_on"`
	Rule       *string    `db:"rule"`
	Reason     *string    `db:"reason"`
	Actor      *string    `db:"actor"`
}

var archivingRows = added[archivingRow]("customer_archivings")
