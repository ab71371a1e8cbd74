package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Archiving keeps who was set aside, and taken up again. Who is at present stands in customer_360.
var Archiving = Projector{
	Name:   "archiving",
	Tables: tables{archivingRows},
	On: []Handler{
		On(func(e customer.Archived, r domain.Recorded, p *fold) error {
			row := archived(p, r, "archived", e.Reason)
			row.Rule = optional(e.Rule)
			add(p, archivingRows, row)
			return nil
		}),
		On(func(e customer.Restored, r domain.Recorded, p *fold) error {
			add(p, archivingRows, archived(p, r, "restored", e.Reason))
			return nil
		}),
	},
}

func archived(p *fold, r domain.Recorded, happened, reason string) archivingRow {
	return archivingRow{CustomerID: p.id, Position: int64(r.Position), Revision: int64(r.Revision), Happened: happened,
		HappenedOn: p.day, Reason: optional(reason), Actor: optional(r.Metadata.Actor)}
}

type archivingRow struct {
	CustomerID  uuid.UUID  `db:"customer_id,key" note:"who"`
	RecordedFor *uuid.UUID `db:"recorded_for"`
	Position    int64      `db:"position,key" note:"place in the log of it"`
	Revision    int64      `db:"revision" note:"place in their stream"`
	Happened    string     `db:"happened" among:"archived,restored" note:"archived (set aside) or restored"`
	HappenedOn  domain.Day `db:"happened_on" note:"business day"`
	Rule        *string    `db:"rule" note:"of the retention policy that asked for it; null where a person did"`
	Reason      *string    `db:"reason" note:"Personal: why"`
	Actor       *string    `db:"actor" note:"who asked for it"`
}

var archivingRows = added[archivingRow]("customer_archivings",
	"Every time that a customer was set aside or taken up again.")
