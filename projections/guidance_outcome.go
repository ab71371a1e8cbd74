package projections

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// GuidanceOutcome finds what came of what guidance recommended, and notes it in the recommendation. A person's facts are
// folded in the order in which they happened, so that what is recorded late, merged or split counts as it should. It comes
// after the projectors of cases, whose rows it looks at.
var GuidanceOutcome = Projector{
	Name: "guidance_outcome",
	Schema: `
-- What came of each recommendation that has an outcome to look for. What customers did counts from the next fact after the
-- recommendation on, in the order in which things happened, up to and with its last day.
CREATE VIEW recommendation_outcome AS
SELECT customer_id, -- for whom it was
	recommendation_id, -- the recommendation
	guidance, -- that recommended it
	guidance_version, -- and in which version
	state, -- open, accepted or dismissed
	outcome, -- what counts as success
	issued_on, -- business day on which it was recommended
	outcome_until, -- last business day on which success counts
	outcome_on, -- business day of the first success; null where there is none
	outcome_on IS NOT NULL OR outcome_until <= d.business_date AS measured, -- whether it is settled: it succeeded, or its days are over
	outcome_revenue_minor AS revenue_minor -- what was bought on those days, minor units of the reporting currency; null where nothing was, or where success is no purchase
FROM recommendation CROSS JOIN business_date d WHERE outcome_until IS NOT NULL;
-- What came of each version of each guidance. A purchase on the days of two recommendations counts for both.
CREATE VIEW guidance_outcome AS
SELECT g.guidance, -- the guidance
	g.version, -- of its definition
	coalesce(r.issued, 0) AS issued, -- recommendations
	coalesce(r.open, 0) AS open, -- of them, not answered yet
	coalesce(r.accepted, 0) AS accepted, -- of them, that a colleague followed
	coalesce(r.dismissed, 0) AS dismissed, -- of them, that a colleague did not follow
	coalesce(r.overdue, 0) AS overdue, -- of them, whose day was over before they were answered
	r.accepted::double precision / nullif(r.accepted + r.dismissed, 0) AS acceptance_rate, -- accepted / (accepted + dismissed), 0 to 1
	coalesce(r.measured, 0) AS measured, -- of those issued, that succeeded or whose days for that are over
	coalesce(r.successes, 0) AS successes, -- of those measured, that succeeded
	r.successes::double precision / nullif(r.measured, 0) AS success_rate, -- successes / measured, 0 to 1
	coalesce(r.accepted_measured, 0) AS accepted_measured, -- of those measured, that a colleague followed
	coalesce(r.accepted_successes, 0) AS accepted_successes, -- of those followed, that succeeded
	r.accepted_successes::double precision / nullif(r.accepted_measured, 0) AS accepted_success_rate, -- accepted_successes / accepted_measured, 0 to 1
	coalesce(r.revenue_minor, 0)::bigint AS revenue_minor, -- what the customers bought on the days on which that counts as success, minor units of the reporting currency
	coalesce(r.expected_minor, 0)::bigint AS expected_minor, -- sum of the expected values, minor units of the reporting currency
	coalesce(r.expected, 0) AS expected -- of those issued, that have an expected value
FROM guidance_definition g
LEFT JOIN (SELECT guidance, guidance_version, count(*) AS issued, count(*) FILTER (WHERE state = 'open') AS open,
		count(*) FILTER (WHERE state = 'accepted') AS accepted, count(*) FILTER (WHERE state = 'dismissed') AS dismissed,
		count(*) FILTER (WHERE overdue) AS overdue, sum(expected_minor) AS expected_minor, count(expected_minor) AS expected,
		count(*) FILTER (WHERE outcome_on IS NOT NULL OR outcome_until <= d.business_date) AS measured,
		count(outcome_on) AS successes,
		count(*) FILTER (WHERE state = 'accepted' AND (outcome_on IS NOT NULL OR outcome_until <= d.business_date)) AS accepted_measured,
		count(outcome_on) FILTER (WHERE state = 'accepted') AS accepted_successes,
		sum(outcome_revenue_minor) AS revenue_minor
	FROM recommendation CROSS JOIN business_date d GROUP BY guidance, guidance_version) r
	ON r.guidance = g.guidance AND r.guidance_version = g.version;
`,
	On: []Handler{
		On(func(e customer.PurchaseRecorded, _ domain.Recorded, p *fold) error {
			if p.Facts.InVain(e) {
				return nil
			}
			return p.cameAbout(customer.PurchaseOutcome, func(row *recommendationRow) {
				sum := e.ReportingTotalMinor
				if row.RevenueMinor != nil {
					sum += *row.RevenueMinor
				}
				row.RevenueMinor = &sum
			})
		}),
		On(func(_ customer.MaintenancePerformed, _ domain.Recorded, p *fold) error {
			return p.cameAbout(customer.MaintenanceCompleted, nil)
		}),
		On(func(_ customer.PointsSpent, _ domain.Recorded, p *fold) error {
			return p.cameAbout(customer.PointsUsed, nil)
		}),
		On(func(_ customer.InteractionRecorded, _ domain.Recorded, p *fold) error {
			return p.cameAbout(customer.ContactOutcome, nil)
		}),
		On(func(_ customer.CaseResolved, _ domain.Recorded, p *fold) error { return p.complaintsResolved() }),
		On(func(_ customer.CaseReopened, _ domain.Recorded, p *fold) error { return p.complaintsResolved() }),
	},
}

// cameAbout notes a success of today in the recommendations that wait for one of its kind, and what else there is to note.
func (f *fold) cameAbout(outcome customer.Outcome, also func(*recommendationRow)) error {
	on := f.day
	some(f, recommendationRows, func(row *recommendationRow) bool {
		if !row.awaits(outcome, on) || row.OutcomeOn != nil && also == nil {
			return false
		}
		if row.OutcomeOn == nil {
			row.OutcomeOn = &on
		}
		if also != nil {
			also(row)
		}
		return true
	})
	return nil
}

// awaits reports whether a day counts for a kind of success.
func (r *recommendationRow) awaits(outcome customer.Outcome, on domain.Day) bool {
	return r.OutcomeUntil != nil && *r.Outcome == string(outcome) && on <= *r.OutcomeUntil
}

// complaintsResolved finds the first complaint that was resolved since each recommendation, and was not taken up again.
func (f *fold) complaintsResolved() error {
	some(f, recommendationRows, func(row *recommendationRow) bool {
		if !row.awaits(customer.ComplaintResolved, row.IssuedOn) {
			return false
		}
		row.OutcomeOn = nil
		some(f, caseRows, func(c *caseRow) bool {
			if c.Type == string(customer.Complaint) && c.ResolvedOn != nil && !c.ResolvedAt.Before(row.IssuedAt) &&
				row.awaits(customer.ComplaintResolved, *c.ResolvedOn) && (row.OutcomeOn == nil || *c.ResolvedOn < *row.OutcomeOn) {
				row.OutcomeOn = c.ResolvedOn
			}
			return false
		})
		return true
	})
	return nil
}
