package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// ContactPoints keeps by what customers can be reached.
var ContactPoints = Projector{
	Name:   "contact_points",
	Tables: tables{contactPointRows},
	Schema: `
CREATE INDEX ON contact_points (kind, value) WHERE removed_on IS NULL; -- whose an address or a number is
`,
	On: []Handler{
		On(func(e customer.ContactPointAdded, r domain.Recorded, p *fold) error {
			return p.contactPoint(e.ContactPointID, func(row *contactPointRow) {
				row.Kind, row.Value, row.Label, row.AddedOn = string(e.Kind), e.Value, optional(e.Label), p.day
				row.Source, row.Department = optional(r.Metadata.Source), optional(r.Metadata.Department)
				row.Actor = optional(r.Metadata.Actor)
				if a := e.Address; a != nil {
					row.Street, row.More, row.PostalCode = optional(a.Street), optional(a.More), optional(a.PostalCode)
					row.City, row.Region, row.Country = optional(a.City), optional(a.Region), optional(a.Country)
				}
			})
		}),
		On(func(e customer.ContactPointPreferred, _ domain.Recorded, p *fold) error {
			var kind string
			if err := p.contactPoint(e.ContactPointID, func(row *contactPointRow) {
				kind, row.Preferred = row.Kind, row.RemovedOn == nil
			}); err != nil {
				return err
			}
			return each(p, contactPointRows, func(row *contactPointRow) error {
				row.Preferred = row.Preferred && (row.Kind != kind || row.ContactPointID == e.ContactPointID)
				return nil
			})
		}),
		On(func(e customer.ContactPointVerified, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.contactPoint(e.ContactPointID, func(row *contactPointRow) {
				row.VerifiedOn, row.VerifiedBy = &on, &e.Method
			})
		}),
		On(func(e customer.ContactPointRemoved, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.contactPoint(e.ContactPointID, func(row *contactPointRow) {
				row.RemovedOn, row.Reason, row.Preferred = &on, optional(e.Reason), false
			})
		}),
	},
}

func (f *fold) contactPoint(id uuid.UUID, change func(*contactPointRow)) error {
	row := rowOf(f, contactPointRows, contactPointKey{f.id, id})
	change(row)
	return nil
}

type contactPointRow struct {
	CustomerID     uuid.UUID   `db:"customer_id,key" note:"who"`
	RecordedFor    *uuid.UUID  `db:"recorded_for"`
	ContactPointID uuid.UUID   `db:"contact_point_id,key" note:"the contact point"`
	Kind           string      `db:"kind" note:"the channel: email, phone, post, social or messenger"`
	Value          string      `db:"value" note:"Personal: address, number or name"`
	Street         *string     `db:"street" note:"Personal: of an address: street and number, or a box"`
	More           *string     `db:"more" note:"Personal: such as c/o, the floor, the department"`
	PostalCode     *string     `db:"postal_code" note:"Personal: postal code"`
	City           *string     `db:"city" note:"Personal: city"`
	Region         *string     `db:"region" note:"Personal: such as a state or a province"`
	Country        *string     `db:"country" note:"of the address"`
	Label          *string     `db:"label" note:"Personal: what for or whose"`
	Preferred      bool        `db:"preferred" note:"to be used before others of its kind"`
	AddedOn        domain.Day  `db:"added_on" note:"business day on which we knew of it"`
	VerifiedOn     *domain.Day `db:"verified_on" note:"business day on which it was verified; null: it never was"`
	VerifiedBy     *string     `db:"verified_by" note:"how it was verified"`
	RemovedOn      *domain.Day `db:"removed_on" note:"business day from which it cannot be used any more; null while it can"`
	Reason         *string     `db:"reason" note:"Personal: why not"`
	Source         *string     `db:"source" note:"the system that it came through"`
	Department     *string     `db:"department" note:"that recorded it"`
	Actor          *string     `db:"actor" note:"who recorded it"`
}

type contactPointKey struct{ customer, contactPoint uuid.UUID }

var contactPointRows = keyedRows("contact_points",
	"Everything by which a customer can be reached, or could be before.", func(k contactPointKey) contactPointRow {
		return contactPointRow{CustomerID: k.customer, ContactPointID: k.contactPoint}
	})
