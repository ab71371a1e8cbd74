package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// ContactPoints keeps by what customers can be reached.
var ContactPoints = Projector{
	Name: "contact_points",
	Schema: `
-- Everything by which a customer can be reached, or could be before.
CREATE TABLE contact_points (
	customer_id uuid NOT NULL, -- who
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	contact_point_id uuid NOT NULL, -- the contact point
	kind text NOT NULL, -- the channel: email, phone, post, social or messenger
	value text NOT NULL, -- Personal: address, number or name
	label text, -- Personal: what for or whose
	preferred boolean NOT NULL, -- to be used before others of its kind
	added_on date NOT NULL, -- business day on which we knew of it
	verified_on date, -- business day on which it was verified; null: it never was
	verified_by text, -- how it was verified
	removed_on date, -- business day from which it cannot be used any more; null while it can
	reason text, -- Personal: why not
	source text, -- the system that it came through
	department text, -- that recorded it
	actor text, -- who recorded it
	PRIMARY KEY (customer_id, contact_point_id)
);
CREATE INDEX ON contact_points (kind, value) WHERE removed_on IS NULL; -- whose an address or a number is
`,
	On: []Handler{
		On(func(e customer.ContactPointAdded, r domain.Recorded, p *fold) error {
			return p.contactPoint(e.ContactPointID, func(row *contactPointRow) {
				row.Kind, row.Value, row.Label, row.AddedOn = string(e.Kind), e.Value, optional(e.Label), p.day
				row.Source, row.Department = optional(r.Metadata.Source), optional(r.Metadata.Department)
				row.Actor = optional(r.Metadata.Actor)
			})
		}),
		On(func(e customer.ContactPointPreferred, _ domain.Recorded, p *fold) error {
			if e.Instead != nil {
				if err := p.contactPoint(*e.Instead, func(row *contactPointRow) { row.Preferred = false }); err != nil {
					return err
				}
			}
			return p.contactPoint(e.ContactPointID, func(row *contactPointRow) { row.Preferred = true })
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

func (p *fold) contactPoint(id uuid.UUID, change func(*contactPointRow)) error {
	row := rowOf(p, contactPointRows, contactPointKey{p.id, id})
	change(row)
	return nil
}

type contactPointRow struct {
	CustomerID     uuid.UUID   `db:"customer_id"`
	ContactPointID uuid.UUID   `db:"contact_point_id"`
	Kind           string      `db:"kind"`
	Value          string      `db:"value"`
	Label          *string     `db:"label"`
	Preferred      bool        `db:"preferred"`
	AddedOn        domain.Day  `db:"added_on"`
	VerifiedOn     *domain.Day `db:"verified_on"`
	VerifiedBy     *string     `db:"verified_by"`
	RemovedOn      *domain.Day `db:"removed_on"`
	Reason         *string     `db:"reason"`
	Source         *string     `db:"source"`
	Department     *string     `db:"department"`
	Actor          *string     `db:"actor"`
	RecordedFor    *uuid.UUID  `db:"recorded_for"`
}

type contactPointKey struct{ customer, contactPoint uuid.UUID }

var contactPointRows = keyedRows("contact_points", 2, func(k contactPointKey) contactPointRow {
	return contactPointRow{CustomerID: k.customer, ContactPointID: k.contactPoint}
})
