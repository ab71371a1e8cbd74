package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Roles keeps what customers are to us, and were before.
var Roles = Projector{
	Name:   "roles",
	Tables: tables{roleRows},
	Schema: `
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
	CustomerID  uuid.UUID   `db:"customer_id,key" note:"who"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
	Role        string      `db:"role,key" note:"buyer, payer, end_user, partner, supplier, referrer, influencer, employee or recruit"`
	ValidFrom   domain.Day  `db:"valid_from,key" note:"first business day on which they had it"`
	ValidTo     *domain.Day `db:"valid_to" check:"valid_to >= valid_from" note:"first business day on which they did not any more; null while they have it"`
	Reason      *string     `db:"reason" note:"Personal: why it ended"`
	Department  *string     `db:"department" note:"that recorded it"`
	Actor       *string     `db:"actor" note:"who recorded it"`
}

type roleKey struct {
	customer uuid.UUID
	role     customer.Role
	from     domain.Day
}

var roleRows = keyedRows("customer_roles",
	"Every role that a customer has or had, a row for each time.", func(k roleKey) roleRow {
		return roleRow{CustomerID: k.customer, Role: string(k.role), ValidFrom: k.from}
	})
