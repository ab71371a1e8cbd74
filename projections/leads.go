package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Leads keeps the signs that customers may want something, and how they went from marketing to sales.
var Leads = Projector{
	Name: "leads",
	Schema: `
-- Every lead: a sign that a customer may want something.
CREATE TABLE lead (
	customer_id uuid NOT NULL, -- who may want something
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	lead_id uuid NOT NULL, -- the lead
	source text NOT NULL, -- what it came by
	campaign text, -- that caused it
	interest text, -- Personal: what the customer may want
	owner text, -- who works on it
	status text NOT NULL CHECK (status IN ('captured', 'qualified', 'accepted', 'rejected', 'erased')), -- how far it is; erased where it was open when the customer was erased
	score bigint, -- how good it is, 0 to 100; null where nobody said
	captured_at timestamptz NOT NULL, -- when it was captured
	captured_on date NOT NULL, -- on which business day
	qualified_at timestamptz, -- when it was found worth the work of sales
	qualified_because text, -- Personal: why
	accepted_at timestamptz, -- when sales took it over
	opportunity_id uuid, -- that it became
	rejected_at timestamptz, -- when it was rejected
	rejected_because text, -- Personal: why
	qualification_hours double precision, -- hours from capture to qualification
	handover_hours double precision, -- hours from qualification until sales took it over
	department text, -- that captured it
	PRIMARY KEY (customer_id, lead_id)
);
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

func (p *fold) lead(id uuid.UUID, change func(*leadRow)) error {
	row := rowOf(p, leadRows, leadKey{p.id, id})
	change(row)
	return nil
}

// hoursFrom answers the hours between two moments, to the microsecond, which is all that a table holds of them.
func hoursFrom(from, to time.Time) *float64 {
	hours := to.Truncate(time.Microsecond).Sub(from.Truncate(time.Microsecond)).Hours()
	return &hours
}

type leadRow struct {
	CustomerID         uuid.UUID  `db:"customer_id"`
	LeadID             uuid.UUID  `db:"lead_id"`
	Source             string     `db:"source"`
	Campaign           *string    `db:"campaign"`
	Interest           *string    `db:"interest"`
	Owner              *string    `db:"owner"`
	Status             string     `db:"status"`
	Score              *int64     `db:"score"`
	CapturedAt         time.Time  `db:"captured_at"`
	CapturedOn         domain.Day `db:"captured_on"`
	QualifiedAt        *time.Time `db:"qualified_at"`
	QualifiedBecause   *string    `db:"qualified_because"`
	AcceptedAt         *time.Time `db:"accepted_at"`
	OpportunityID      *uuid.UUID `db:"opportunity_id"`
	RejectedAt         *time.Time `db:"rejected_at"`
	RejectedBecause    *string    `db:"rejected_because"`
	QualificationHours *float64   `db:"qualification_hours"`
	HandoverHours      *float64   `db:"handover_hours"`
	Department         *string    `db:"department"`
	RecordedFor        *uuid.UUID `db:"recorded_for"`
}

type leadKey struct{ customer, lead uuid.UUID }

var leadRows = keyedRows("lead", 2, func(k leadKey) leadRow {
	return leadRow{CustomerID: k.customer, LeadID: k.lead}
})
