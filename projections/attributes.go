package projections

import (
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Attributes keeps what departments hold to be so of customers, and held before.
var Attributes = Projector{
	Name:   "attributes",
	Tables: tables{attributeRows},
	Schema: `
CREATE INDEX ON customer_attributes (customer_id, name) WHERE valid_to IS NULL; -- what holds of a customer now, without what was replaced
CREATE INDEX ON customer_attributes (name, md5(value)) WHERE valid_to IS NULL; -- of whom an attribute says something
-- The value in force of each attribute: what was upheld, else the surest, else what holds since the latest day, else what was said last. What was overruled is not in force.
CREATE VIEW attribute_current AS
SELECT DISTINCT ON (customer_id, name) customer_id, -- of whom
	name, -- of the attribute
	value, -- Personal: what is so
	department, -- who says so; empty where nobody was named
	source, -- the system that it came through
	confidence, -- how sure they are, from 0 to 1
	valid_from, -- first business day on which it held
	expires_on -- last business day on which it holds; null: until they say otherwise
FROM customer_attributes WHERE valid_to IS NULL AND resolution IS DISTINCT FROM 'overruled'
ORDER BY customer_id, name, resolution IS NOT NULL DESC, confidence DESC, valid_from DESC, position DESC;
-- What waits to be settled: everything that departments say of an attribute of which they say different things.
CREATE VIEW attribute_conflicts AS
SELECT a.customer_id, -- of whom
	a.name, -- of the attribute
	a.department, -- who says so; empty where nobody was named
	a.value, -- Personal: what they say
	a.confidence, -- how sure they are, from 0 to 1
	a.source, -- the system that it came through
	a.valid_from AS since, -- first business day on which it held
	a.resolution -- upheld where it was before another department said otherwise
FROM customer_attributes a WHERE a.valid_to IS NULL AND a.resolution IS DISTINCT FROM 'overruled' AND EXISTS (
	SELECT FROM customer_attributes b WHERE b.customer_id = a.customer_id AND b.name = a.name
	AND b.valid_to IS NULL AND b.resolution IS DISTINCT FROM 'overruled' AND b.value <> a.value);
`,
	On: []Handler{
		On(func(e customer.AttributeSet, r domain.Recorded, p *fold) error {
			if err := p.endAttribute(e.AttributeKey, e.ValidFrom, "replaced"); err != nil {
				return err
			}
			latest := rowOf(p, latestAttributeRows, attributeKey{p.id, e.AttributeKey})
			latest.position = int64(r.Position)
			row := rowOf(p, attributeRows, attributeAt{p.id, latest.position})
			row.Revision = int64(r.Revision)
			row.Name, row.Value, row.Department, row.Source = e.Name, e.Value, e.Department, optional(e.Source)
			row.Confidence, row.ValidFrom, row.ExpiresOn = e.Confidence, e.ValidFrom, e.ExpiresOn
			row.Actor = optional(r.Metadata.Actor)
			return nil
		}),
		On(func(e customer.AttributeRemoved, _ domain.Recorded, p *fold) error {
			return p.endAttribute(e.AttributeKey, e.RemovedOn, "removed")
		}),
		On(func(e customer.AttributeExpired, _ domain.Recorded, p *fold) error {
			return p.endAttribute(e.AttributeKey, e.ExpiredOn+1, "expired")
		}),
		On(func(e customer.AttributeResolved, r domain.Recorded, p *fold) error {
			for _, department := range e.Upheld {
				if err := p.resolveAttribute(e, department, "upheld", r); err != nil {
					return err
				}
			}
			for _, department := range e.Overruled {
				if err := p.resolveAttribute(e, department, "overruled", r); err != nil {
					return err
				}
			}
			return nil
		}),
	},
}

// latestAttribute answers what a department last said of an attribute; nil where it never said anything.
func (f *fold) latestAttribute(key customer.AttributeKey) *attributeRow {
	latest := rowOf(f, latestAttributeRows, attributeKey{f.id, key})
	if latest.position == 0 {
		return nil
	}
	return rowOf(f, attributeRows, attributeAt{f.id, latest.position})
}

func (f *fold) endAttribute(key customer.AttributeKey, on domain.Day, by string) error {
	row := f.latestAttribute(key)
	if row == nil || row.ValidTo != nil {
		return nil
	}
	row.ValidTo, row.EndedBy = &on, &by
	return nil
}

func (f *fold) resolveAttribute(e customer.AttributeResolved, department, resolution string, r domain.Recorded) error {
	row := f.latestAttribute(customer.AttributeKey{Name: e.Name, Department: department})
	if row == nil {
		return nil
	}
	on := f.day
	row.Resolution, row.ResolvedOn = &resolution, &on
	row.ResolvedBy, row.Reason = optional(r.Metadata.Actor), optional(e.Reason)
	return nil
}

type attributeRow struct {
	CustomerID  uuid.UUID       `db:"customer_id,key" note:"of whom"`
	RecordedFor *uuid.UUID      `db:"recorded_for"`
	Position    int64           `db:"position,key" note:"place in the log of it"`
	Revision    int64           `db:"revision" note:"place in the customer's stream at which it was said"`
	Name        string          `db:"name" note:"of the attribute: income, owns_house, …"`
	Value       string          `db:"value" note:"Personal: what is so"`
	Department  string          `db:"department" note:"who says so; empty where nobody was named"`
	Source      *string         `db:"source" note:"the system that it came through"`
	Confidence  decimal.Decimal `db:"confidence" note:"how sure they are, from 0 to 1"`
	ValidFrom   domain.Day      `db:"valid_from" note:"first business day on which it held"`
	ValidTo     *domain.Day     `db:"valid_to" check:"valid_to >= valid_from" note:"first business day on which it did not any more; null while they say so"`
	ExpiresOn   *domain.Day     `db:"expires_on" note:"last business day on which it was to hold; null: until they say otherwise"`
	EndedBy     *string         `db:"ended_by" among:"replaced,removed,expired" note:"what ended it"`
	Resolution  *string         `db:"resolution" among:"upheld,overruled" note:"what became of it when the attribute was last settled; null: it was not"`
	ResolvedOn  *domain.Day     `db:"resolved_on" note:"business day of that"`
	ResolvedBy  *string         `db:"resolved_by" note:"who settled it"`
	Reason      *string         `db:"reason" note:"Personal: why they settled it so"`
	Actor       *string         `db:"actor" note:"who recorded it"`
}

// latestAttributeRow says where the latest is that a department said of an attribute. It is for the fold alone.
type latestAttributeRow struct{ position int64 }

type (
	attributeAt struct {
		customer uuid.UUID
		position int64
	}
	attributeKey struct {
		customer uuid.UUID
		said     customer.AttributeKey
	}
)

var (
	attributeRows = keyedRows("customer_attributes",
		"Everything that departments ever said of customers: a row each time.", func(k attributeAt) attributeRow {
			return attributeRow{CustomerID: k.customer, Position: k.position}
		})
	latestAttributeRows = keyedRows("", "", func(attributeKey) latestAttributeRow { return latestAttributeRow{} })
)
