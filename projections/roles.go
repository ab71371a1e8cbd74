package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Roles keeps what customers are to us, and were before.
var Roles = Projector{
	Name: "roles",
	Schema: `
-- Every role that a customer has or had, a row for each time.
CREATE TABLE customer_roles (
	customer_id uuid NOT NULL, -- who
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	role text NOT NULL, -- buyer, payer, end_user, partner, supplier, referrer, influencer, employee or recruit
	valid_from date NOT NULL, -- first business day on which they had it
	valid_to date CHECK (valid_to >= valid_from), -- first business day on which they did not any more; null while they have it
	reason text, -- Personal: why it ended
	department text, -- that recorded it
	actor text, -- who recorded it
	PRIMARY KEY (customer_id, role, valid_from)
);
CREATE INDEX ON customer_roles (role) WHERE valid_to IS NULL; -- who is in a role now
`,
	On: []Handler{
		On(func(e customer.RoleAssigned, r domain.Recorded, p *fold) error {
			row := rowOf(p, roleRows, roleKey{p.id, e.Role, e.AssignedOn})
			row.ValidTo, row.Reason = nil, nil // of the same day on which it ended: as if it had not
			row.Department, row.Actor = optional(r.Metadata.Department), optional(r.Metadata.Actor)
			return nil
		}),
		On(func(e customer.RoleEnded, _ domain.Recorded, p *fold) error {
			row := rowOf(p, roleRows, roleKey{p.id, e.Role, e.AssignedOn})
			row.ValidTo, row.Reason = &e.EndedOn, optional(e.Reason)
			return nil
		}),
	},
}

type roleRow struct {
	CustomerID  uuid.UUID   `db:"customer_id"`
	Role        string      `db:"role"`
	ValidFrom   domain.Day  `db:"valid_from"`
	ValidTo     *domain.Day `db:"valid_to"`
	Reason      *string     `db:"reason"`
	Department  *string     `db:"department"`
	Actor       *string     `db:"actor"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
}

type roleKey struct {
	customer uuid.UUID
	role     customer.Role
	from     domain.Day
}

var roleRows = keyedRows("customer_roles", 3, func(k roleKey) roleRow {
	return roleRow{CustomerID: k.customer, Role: string(k.role), ValidFrom: k.from}
})
