package projections

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Cases keeps what customers want of service, and how well it serves them.
var Cases = Projector{
	Name:   "cases",
	Tables: tables{caseRows, clockOfCaseRows, caseResolutionRows},
	Schema: `
CREATE INDEX ON case_current (opened_on); -- the cases of a span of days
CREATE INDEX ON case_current (state, opened_on); -- the open cases, the newest first
CREATE INDEX ON case_current (assignee, opened_on) WHERE assignee IS NOT NULL; -- the cases of a colleague
CREATE INDEX ON case_current (queue, opened_on) WHERE queue IS NOT NULL; -- the cases that wait in a queue
CREATE INDEX ON case_current (resolved_on); -- the cases that a span of days resolved, for the indicators of service
CREATE INDEX ON case_clock (due_at) WHERE due_at IS NOT NULL; -- the clocks that run out next
CREATE INDEX ON case_resolution (resolved_on); -- the complaints that a span of days resolved
-- How justly customers feel that their complaints were handled: one row for each category and month.
CREATE VIEW complaint_justice AS
SELECT c.category, -- what the complaints were about
	date_trunc('month', r.rated_on)::date AS month, -- first day of the month of the ratings
	count(*) AS ratings, -- how many there were
	avg(r.distributive) AS distributive_mean, -- mean rating of what they got, 1 (not just at all) to 7 (entirely just)
	avg(r.procedural) AS procedural_mean, -- of how it was decided, 1 to 7
	avg(r.interactional) AS interactional_mean, -- of how they were treated, 1 to 7
	avg(r.distributive + r.procedural + r.interactional) / 3 AS justice_mean -- of the three together, 1 to 7
FROM case_resolution r JOIN case_current c USING (customer_id, case_id)
WHERE r.rated_on IS NOT NULL GROUP BY 1, 2;
-- What customers complain of again and again: one row for each category.
CREATE VIEW complaint_recurrence AS
SELECT category, -- what the complaints are about
	count(*) AS complaints, -- how many there were
	count(DISTINCT customer_id) AS customers, -- who made them
	count(repeat_of) AS repeats, -- of the same customer and category, within the days that the terms of service say
	count(repeat_of)::numeric / count(*) AS repeat_share, -- share of those, 0 to 1
	count(*) FILTER (WHERE state IN ('open', 'paused')) AS open, -- not resolved yet
	count(*) FILTER (WHERE action = 'preventive') AS prevented, -- whose cause was removed
	max(opened_on) AS last_opened_on -- business day of the latest
FROM case_current WHERE type = 'complaint' GROUP BY category;
-- How service did, for each business day on which a case was opened, answered, resolved, reopened or breached.
CREATE VIEW service_kpi_daily AS
SELECT day, -- business day
	sum(opened)::bigint AS opened, -- cases opened
	sum(complaints)::bigint AS complaints, -- of them complaints
	sum(repeats)::bigint AS repeats, -- of them made again
	sum(resolved)::bigint AS resolved, -- times that a case was resolved
	sum(first_contact)::numeric / nullif(sum(resolved), 0) AS first_contact_share, -- of the resolved: at first contact, and not taken up again since, 0 to 1
	sum(taken_up)::numeric / nullif(sum(resolved), 0) AS reopened_share, -- of the resolved: taken up again since, 0 to 1
	sum(reopened)::bigint AS reopened, -- times that a case was taken up again, whenever it was resolved
	sum(resolution_s) / nullif(sum(resolved), 0) AS resolution_s_mean, -- mean time to resolve, pauses apart, s
	sum(response_s) / nullif(sum(answered), 0) AS response_s_mean, -- mean time to the first answer, pauses apart, s
	sum(next_response_s) / nullif(sum(answered_next), 0) AS next_response_s_mean, -- mean time to a next answer, pauses apart, s
	sum(breaches)::bigint AS breaches, -- clocks that were found to have run out
	sum(response_breaches)::bigint AS response_breaches, -- of them for the first response
	sum(next_response_breaches)::bigint AS next_response_breaches, -- of them for a next response
	sum(resolution_breaches)::bigint AS resolution_breaches, -- of them for the resolution
	sum(erased)::bigint AS erased, -- cases that ended because their customer was erased
	sum(sum(opened) + sum(reopened) - sum(resolved) - sum(erased)) OVER (ORDER BY day)::bigint AS backlog -- cases open at the end of the day
FROM (
	SELECT opened_on AS day, 1 AS opened, (type = 'complaint')::int AS complaints, (repeat_of IS NOT NULL)::int AS repeats,
		0 AS resolved, 0 AS first_contact, 0 AS taken_up, 0 AS resolution_s, 0 AS reopened, 0 AS answered, 0 AS response_s,
		0 AS answered_next, 0 AS next_response_s, 0 AS breaches, 0 AS response_breaches, 0 AS next_response_breaches,
		0 AS resolution_breaches, 0 AS erased
	FROM case_current
	UNION ALL
	SELECT resolved_on, 0, 0, 0, 1, (first_contact AND reopened_on IS NULL)::int, (reopened_on IS NOT NULL)::int, resolution_s,
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	FROM case_resolution
	UNION ALL
	SELECT reopened_on, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM case_resolution WHERE reopened_on IS NOT NULL
	UNION ALL
	SELECT closed_on, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 FROM case_current WHERE state = 'erased'
	UNION ALL
	SELECT (k.ended_at AT TIME ZONE d.time_zone)::date, 0, 0, 0, 0, 0, 0, 0, 0,
		(k.clock = 'response')::int, CASE k.clock WHEN 'response' THEN k.ran_s ELSE 0 END,
		(k.clock = 'next_response')::int, CASE k.clock WHEN 'next_response' THEN k.ran_s ELSE 0 END, 0, 0, 0, 0, 0
	FROM case_clock k CROSS JOIN business_date d WHERE k.clock <> 'resolution' AND k.ended_at IS NOT NULL
	UNION ALL
	SELECT breached_on, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (clock = 'response')::int, (clock = 'next_response')::int,
		(clock = 'resolution')::int, 0
	FROM case_clock WHERE breached
) of_a_day GROUP BY day;
`,
	On: []Handler{
		On(openedCase),
		On(func(e customer.CaseAssigned, _ domain.Recorded, p *fold) error {
			return p.changeCase(e.CaseID, func(row *caseRow) {
				row.Assignee, row.Queue = optional(e.Assignee), optional(e.Queue)
			})
		}),
		On(func(e customer.CaseResponded, r domain.Recorded, p *fold) error {
			k := p.caseOf(e.CaseID)
			k.Responses++
			var err error
			if e.First {
				err = p.changeClock(k, customer.ResponseClock, func(row *clockOfCaseRow) { row.end(r) })
			}
			return cmp.Or(err, p.changeClock(k, customer.NextResponseClock, func(row *clockOfCaseRow) {
				if row.EndedAt == nil {
					row.end(r)
				}
			}))
		}),
		On(repliedToCase),
		On(func(e customer.CaseEscalated, _ domain.Recorded, p *fold) error {
			return p.changeCase(e.CaseID, func(row *caseRow) { row.EscalatedTo = &e.To })
		}),
		On(func(e customer.CasePaused, r domain.Recorded, p *fold) error {
			k := p.caseOf(e.CaseID)
			k.State = "paused"
			return p.changeClocks(k, func(row *clockOfCaseRow) { row.stop(r) })
		}),
		On(func(e customer.CaseResumed, r domain.Recorded, p *fold) error {
			due := map[string]*time.Time{string(customer.ResponseClock): e.RespondBy,
				string(customer.NextResponseClock): e.NextBy, string(customer.ResolutionClock): e.ResolveBy}
			k := p.caseOf(e.CaseID)
			k.State = "open"
			return p.changeClocks(k, func(row *clockOfCaseRow) { row.run(r, due[row.Clock]) })
		}),
		On(func(e customer.CaseBreached, _ domain.Recorded, p *fold) error {
			on := p.day
			k := p.caseOf(e.CaseID)
			return p.changeClock(k, e.Clock, func(row *clockOfCaseRow) {
				row.DueAt, row.Breached, row.BreachedOn = nil, true, &on
			})
		}),
		On(resolvedCase),
		On(reopenedCase),
		On(func(e customer.CaseClosed, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.changeCase(e.CaseID, func(row *caseRow) { row.State, row.ClosedOn = "closed", &on })
		}),
		On(func(_ customer.Erased, r domain.Recorded, p *fold) error {
			on := p.day
			return each(p, caseRows, func(row *caseRow) error {
				if row.State != "open" && row.State != "paused" {
					return nil
				}
				row.State, row.ClosedOn = "erased", &on
				return p.changeClocks(row, func(clock *clockOfCaseRow) { clock.stop(r) })
			})
		}),
		On(func(e customer.ComplaintRated, _ domain.Recorded, p *fold) error {
			return p.changeResolution(e.CaseID, func(row *caseResolutionRow) {
				on, distributive, procedural, interactional := p.day, int64(e.Distributive), int64(e.Procedural), int64(e.Interactional)
				row.RatedOn, row.Distributive, row.Procedural, row.Interactional = &on, &distributive, &procedural, &interactional
			})
		}),
	},
}

func openedCase(e customer.CaseOpened, r domain.Recorded, p *fold) error {
	k := p.caseOf(e.CaseID)
	k.Type, k.Category, k.Priority, k.State = string(e.Type), optional(e.Category), string(e.Priority), "open"
	k.Queue, k.Subject = optional(e.Queue), optional(e.Subject)
	k.AssetID, k.PurchaseID, k.RepeatOf = e.AssetID, e.PurchaseID, e.RepeatOf
	k.OpenedAt, k.OpenedOn, k.PolicyVersion = r.Metadata.OccurredAt, e.OpenedOn, int64(e.PolicyVersion)
	k.Department, k.Channel = optional(r.Metadata.Department), optional(r.Metadata.Channel)
	by := map[string]time.Time{string(customer.ResponseClock): e.RespondBy, string(customer.ResolutionClock): e.ResolveBy}
	return p.changeClocks(k, func(row *clockOfCaseRow) {
		due := by[row.Clock]
		row.TargetS = int64(due.Sub(r.Metadata.OccurredAt) / time.Second)
		row.run(r, &due)
	})
}

func repliedToCase(e customer.CaseReplied, r domain.Recorded, p *fold) error {
	k := p.caseOf(e.CaseID)
	k.Replies++
	if !e.Awaits {
		return nil
	}
	k.Waits++
	return p.changeClock(k, customer.NextResponseClock, func(row *clockOfCaseRow) {
		if e.NextLeftS != nil {
			row.TargetS = *e.NextLeftS
		}
		if e.NextBy != nil {
			row.TargetS = int64(e.NextBy.Sub(r.Metadata.OccurredAt) / time.Second)
			row.run(r, e.NextBy)
		}
	})
}

func resolvedCase(e customer.CaseResolved, r domain.Recorded, p *fold) error {
	k := p.caseOf(e.CaseID)
	on := p.day
	k.State, k.ResolvedAt, k.ResolvedOn = "resolved", &r.Metadata.OccurredAt, &on
	k.RootCause, k.Action, k.FirstContact = optional(e.RootCause), optional(e.Action), &e.FirstContact
	k.CompensationMinor, k.CompensationCurrency, k.CompensationReportingMinor = nil, nil, nil
	if c := e.Compensation; c != nil {
		k.CompensationMinor, k.CompensationCurrency = &c.AmountMinor, optional(c.Currency)
		if c.ReportingCurrency != "" {
			k.CompensationReportingMinor = &c.ReportingMinor
		}
	}
	var took int64
	err := p.changeClocks(k, func(row *clockOfCaseRow) {
		row.end(r)
		if row.Clock == string(customer.ResolutionClock) {
			took = row.RanS
		}
	})
	return cmp.Or(err, p.changeResolution(e.CaseID, func(row *caseResolutionRow) {
		row.ResolvedOn, row.ResolutionS, row.FirstContact = on, took, e.FirstContact
	}))
}

func reopenedCase(e customer.CaseReopened, r domain.Recorded, p *fold) error {
	k := p.caseOf(e.CaseID)
	on := p.day
	err := cmp.Or(
		p.changeClock(k, customer.ResolutionClock, func(row *clockOfCaseRow) {
			row.EndedAt = nil
			row.run(r, e.ResolveBy)
		}),
		p.changeResolution(e.CaseID, func(row *caseResolutionRow) { row.ReopenedOn = &on }))
	k.State, k.ResolvedAt, k.ResolvedOn, k.ClosedOn, k.FirstContact = "open", nil, nil, nil, nil
	k.Reopened++
	return err
}

func (f *fold) caseOf(id uuid.UUID) *caseRow { return rowOf(f, caseRows, caseKey{f.id, id}) }

func (f *fold) changeCase(id uuid.UUID, change func(*caseRow)) error {
	change(f.caseOf(id))
	return nil
}

// changeResolution changes the last resolution of a case, or the one that just came about.
func (f *fold) changeResolution(id uuid.UUID, change func(*caseResolutionRow)) error {
	k := f.caseOf(id)
	change(rowOf(f, caseResolutionRows, caseResolutionKey{f.id, id, k.Reopened + 1}))
	return nil
}

type caseRow struct {
	CustomerID                 uuid.UUID   `db:"customer_id,key" note:"whose"`
	RecordedFor                *uuid.UUID  `db:"recorded_for"`
	CaseID                     uuid.UUID   `db:"case_id,key" note:"the case"`
	Type                       string      `db:"type" note:"question, incident, complaint or service"`
	Category                   *string     `db:"category" note:"what it is about"`
	Priority                   string      `db:"priority" note:"low, normal, high or urgent"`
	State                      string      `db:"state" among:"open,paused,resolved,closed,erased" note:"open, paused, resolved or closed; erased where it was open when the customer was erased"`
	Queue                      *string     `db:"queue" note:"where it waits"`
	Assignee                   *string     `db:"assignee" note:"who has it"`
	EscalatedTo                *string     `db:"escalated_to" note:"before whom it was brought last"`
	Subject                    *string     `db:"subject" note:"Personal: in a line"`
	AssetID                    *uuid.UUID  `db:"asset_id" note:"the equipment that it is about"`
	PurchaseID                 *uuid.UUID  `db:"purchase_id" note:"the purchase that it is about"`
	RepeatOf                   *uuid.UUID  `db:"repeat_of" note:"the complaint of the same category that it repeats"`
	OpenedAt                   time.Time   `db:"opened_at" note:"when it was opened"`
	OpenedOn                   domain.Day  `db:"opened_on" note:"on which business day"`
	Responses                  int64       `db:"responses" note:"how often we answered"`
	Replies                    int64       `db:"replies" note:"how often the customer wrote again"`
	Waits                      int64       `db:"waits" note:"how often they waited for a next response"`
	Reopened                   int64       `db:"reopened" note:"how often it was taken up again"`
	ResolvedAt                 *time.Time  `db:"resolved_at" note:"when it was resolved; null while it is open"`
	ResolvedOn                 *domain.Day `db:"resolved_on" note:"on which business day"`
	ClosedOn                   *domain.Day `db:"closed_on" note:"business day on which it was put away, or the customer erased"`
	RootCause                  *string     `db:"root_cause" note:"why there was a case"`
	Action                     *string     `db:"action" note:"corrective: this one case was put right; preventive: its cause was removed"`
	FirstContact               *bool       `db:"first_contact" note:"resolved by one answer at most, after which they did not come back; neither escalated nor reopened"`
	CompensationMinor          *int64      `db:"compensation_minor" note:"what the customer got for their trouble, minor units of compensation_currency"`
	CompensationCurrency       *string     `db:"compensation_currency" note:"ISO 4217"`
	CompensationReportingMinor *int64      `db:"compensation_reporting_minor" note:"the same, minor units of the reporting currency"`
	PolicyVersion              int64       `db:"policy_version" note:"of the terms of service that set its clocks; 0 for the default ones"`
	Department                 *string     `db:"department" note:"that opened it"`
	Channel                    *string     `db:"channel" note:"through which it came"`
}

type caseResolutionRow struct {
	CustomerID    uuid.UUID   `db:"customer_id,key" note:"whose case"`
	RecordedFor   *uuid.UUID  `db:"recorded_for"`
	CaseID        uuid.UUID   `db:"case_id,key" note:"the case"`
	Number        int64       `db:"number,key" note:"1 for the first time"`
	ResolvedOn    domain.Day  `db:"resolved_on" note:"business day"`
	ResolutionS   int64       `db:"resolution_s" note:"how long the case had been worked on by then, pauses apart, s"`
	FirstContact  bool        `db:"first_contact" note:"by one answer at most, after which they did not come back; neither escalated nor reopened"`
	ReopenedOn    *domain.Day `db:"reopened_on" note:"business day on which it was taken up again; null if it was not"`
	RatedOn       *domain.Day `db:"rated_on" note:"business day on which the customer rated how their complaint was handled"`
	Distributive  *int64      `db:"distributive" note:"their rating of what they got, 1 (not just at all) to 7 (entirely just)"`
	Procedural    *int64      `db:"procedural" note:"of how it was decided, 1 to 7"`
	Interactional *int64      `db:"interactional" note:"of how they were treated, 1 to 7"`
}

type (
	caseKey           struct{ customer, of uuid.UUID }
	caseResolutionKey struct {
		customer, of uuid.UUID
		number       int64
	}
)

var (
	caseRows = keyedRows("case_current",
		"Every case as it stands: one row for each.", func(k caseKey) caseRow {
			return caseRow{CustomerID: k.customer, CaseID: k.of}
		})
	caseResolutionRows = keyedRows("case_resolution",
		"Every time that a case was resolved, the last time or one before it was reopened.", func(k caseResolutionKey) caseResolutionRow {
			return caseResolutionRow{CustomerID: k.customer, CaseID: k.of, Number: k.number}
		})
)
