package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Leads keeps the signs that customers may want something, and how they went from marketing to sales.
var Leads = Projector{
	Name:   "leads",
	Tables: tables{leadRows},
	Schema: `
CREATE INDEX ON lead (status); -- the leads that wait
CREATE INDEX ON lead (captured_on); -- the leads of a span of days, for the funnel
CREATE INDEX ON lead (owner, captured_on) WHERE owner IS NOT NULL; -- the leads of a colleague
-- How far leads come, by what they came by.
CREATE VIEW lead_funnel AS
SELECT source, -- what they came by
	count(*) AS captured, -- leads that were captured
	count(qualified_at) AS qualified, -- of these, qualified, whatever came after
	count(accepted_at) AS accepted, -- of the qualified, taken over by sales
	count(rejected_at) AS rejected, -- of the captured, rejected, qualified or not
	count(*) FILTER (WHERE status IN ('captured', 'qualified')) AS open, -- of the captured, neither accepted nor rejected nor erased
	count(opportunity_id) AS opportunities, -- of the accepted, those that name the opportunity they became
	count(qualified_at)::numeric / count(*) AS qualification_rate, -- qualified of captured, 0 to 1
	count(accepted_at)::numeric / nullif(count(qualified_at), 0) AS acceptance_rate, -- accepted of qualified, 0 to 1; null where none is
	count(rejected_at)::numeric / count(*) AS rejection_rate, -- rejected of captured, 0 to 1
	percentile_cont(0.5) WITHIN GROUP (ORDER BY qualification_hours) AS median_qualification_hours, -- of the qualified
	percentile_cont(0.5) WITHIN GROUP (ORDER BY handover_hours) AS median_handover_hours -- of the accepted
FROM lead GROUP BY source;
`,
	On: []Handler{
		On(func(e customer.LeadCaptured, r domain.Recorded, p *fold) error {
			return p.lead(e.LeadID, func(row *leadRow) {
				row.Source, row.Campaign, row.Interest = e.LeadSource, optional(e.Campaign), optional(e.Interest)
				row.Owner, row.Status, row.CapturedAt, row.CapturedOn = optional(e.Owner), "captured", e.At, p.day
				row.Department = optional(r.Metadata.Department)
			})
		}),
		On(func(e customer.LeadQualified, _ domain.Recorded, p *fold) error {
			return p.lead(e.LeadID, func(row *leadRow) {
				row.Status, row.QualifiedAt, row.QualifiedBecause = "qualified", &e.At, optional(e.Reason)
				row.QualificationHours = hoursFrom(row.CapturedAt, e.At)
				if e.Score != nil {
					score := int64(*e.Score)
					row.Score = &score
				}
			})
		}),
		On(func(e customer.LeadAccepted, _ domain.Recorded, p *fold) error {
			return p.lead(e.LeadID, func(row *leadRow) {
				row.Status, row.AcceptedAt, row.OpportunityID = "accepted", &e.At, e.OpportunityID
				if row.QualifiedAt != nil {
					row.HandoverHours = hoursFrom(*row.QualifiedAt, e.At)
				}
			})
		}),
		On(func(e customer.LeadRejected, _ domain.Recorded, p *fold) error {
			return p.lead(e.LeadID, func(row *leadRow) {
				row.Status, row.RejectedAt, row.RejectedBecause = "rejected", &e.At, optional(e.Reason)
			})
		}),
		On(func(_ customer.Erased, _ domain.Recorded, p *fold) error {
			return each(p, leadRows, func(row *leadRow) error {
				if row.Status == "captured" || row.Status == "qualified" {
					row.Status = "erased"
				}
				return nil
			})
		}),
	},
}

func (f *fold) lead(id uuid.UUID, change func(*leadRow)) error {
	row := rowOf(f, leadRows, leadKey{f.id, id})
	change(row)
	return nil
}

// hoursFrom answers the hours between two moments, to the microsecond, which is all that a table holds of them.
func hoursFrom(from, to time.Time) *float64 {
	hours := to.Truncate(time.Microsecond).Sub(from.Truncate(time.Microsecond)).Hours()
	return &hours
}

type leadRow struct {
	CustomerID         uuid.UUID  `db:"customer_id,key" note:"who may want something"`
	RecordedFor        *uuid.UUID `db:"recorded_for"`
	LeadID             uuid.UUID  `db:"lead_id,key" note:"the lead"`
	Source             string     `db:"source" note:"what it came by"`
	Campaign           *string    `db:"campaign" note:"that caused it"`
	Interest           *string    `db:"interest" note:"Personal: what the customer may want"`
	Owner              *string    `db:"owner" note:"who works on it"`
	Status             string     `db:"status" among:"captured,qualified,accepted,rejected,erased" note:"how far it is; erased where it was open when the customer was erased"`
	Score              *int64     `db:"score" note:"how good it is, 0 to 100; null where nobody said"`
	CapturedAt         time.Time  `db:"captured_at" note:"when it was captured"`
	CapturedOn         domain.Day `db:"captured_on" note:"on which business day"`
	QualifiedAt        *time.Time `db:"qualified_at" note:"when it was found worth the work of sales"`
	QualifiedBecause   *string    `db:"qualified_because" note:"Personal: why"`
	AcceptedAt         *time.Time `db:"accepted_at" note:"when sales took it over"`
	OpportunityID      *uuid.UUID `db:"opportunity_id" note:"that it became"`
	RejectedAt         *time.Time `db:"rejected_at" note:"when it was rejected"`
	RejectedBecause    *string    `db:"rejected_because" note:"Personal: why"`
	QualificationHours *float64   `db:"qualification_hours" note:"hours from capture to qualification"`
	HandoverHours      *float64   `db:"handover_hours" note:"hours from qualification until sales took it over"`
	Department         *string    `db:"department" note:"that captured it"`
}

type leadKey struct{ customer, lead uuid.UUID }

var leadRows = keyedRows("lead",
	"Every lead: a sign that a customer may want something.", func(k leadKey) leadRow {
		return leadRow{CustomerID: k.customer, LeadID: k.lead}
	})
