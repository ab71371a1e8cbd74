package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Relationships keeps what customers are to each other.
var Relationships = Projector{
	Name:   "relationships",
	Tables: tables{relationshipRows},
	Schema: `
CREATE INDEX ON relationships (other_id); -- relationships read from their other end
-- The same, to be read from both ends: two rows for each relationship.
CREATE VIEW customer_relationships AS
SELECT customer_id, -- at whose end
	other_id, -- who is at the other end
	kind, -- what one is to the other
	true AS declared, -- whether this end is what the kind says to the other end, or the other way round
	relationship_id, -- the relationship
	since, -- first business day of it; null where nobody said
	declared_on, -- business day on which it was declared
	ended_on -- business day from which it was no more; null while it is
FROM relationships
UNION ALL
SELECT other_id, customer_id, kind, false, relationship_id, since, declared_on, ended_on FROM relationships;
`,
	On: []Handler{
		On(func(e customer.RelationshipDeclared, r domain.Recorded, p *fold) error {
			row := rowOf(p, relationshipRows, relationshipKey{p.id, e.RelationshipID})
			row.Kind, row.OtherID, row.Since, row.DeclaredOn = string(e.Kind), e.OtherID, e.Since, p.day
			row.Department, row.Actor = optional(r.Metadata.Department), optional(r.Metadata.Actor)
			return nil
		}),
		On(func(e customer.RelationshipEnded, _ domain.Recorded, p *fold) error {
			row := rowOf(p, relationshipRows, relationshipKey{p.id, e.RelationshipID})
			on := p.day
			row.EndedOn, row.Reason = &on, optional(e.Reason)
			return nil
		}),
	},
}

type relationshipRow struct {
	CustomerID     uuid.UUID   `db:"customer_id,key" note:"of whom it was declared"`
	RecordedFor    *uuid.UUID  `db:"recorded_for"`
	RelationshipID uuid.UUID   `db:"relationship_id,key" note:"the relationship"`
	Kind           string      `db:"kind" note:"what they are to the other one: employee_of, household, …"`
	OtherID        uuid.UUID   `db:"other_id" note:"the other customer"`
	Since          *domain.Day `db:"since" note:"first business day of it; null where nobody said"`
	DeclaredOn     domain.Day  `db:"declared_on" note:"business day on which it was declared"`
	EndedOn        *domain.Day `db:"ended_on" note:"business day from which it was no more; null while it is"`
	Reason         *string     `db:"reason" note:"Personal: why it ended"`
	Department     *string     `db:"department" note:"that recorded it"`
	Actor          *string     `db:"actor" note:"who recorded it"`
}

type relationshipKey struct{ customer, relationship uuid.UUID }

var relationshipRows = keyedRows("relationships",
	"Everything that a customer is or was to another one, as it was declared.", func(k relationshipKey) relationshipRow {
		return relationshipRow{CustomerID: k.customer, RelationshipID: k.relationship}
	})
