package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Cases keeps what customers want of service, and how well it serves them.
var Cases = Projector{
	Name: "cases",
	Schema: `
-- Every case as it stands: one row for each.
CREATE TABLE case_current (
	customer_id uuid NOT NULL, -- whose
	case_id uuid NOT NULL, -- the case
	type text NOT NULL, -- question, incident, complaint or service
	category text, -- what it is about
	priority text NOT NULL, -- low, normal, high or urgent
	state text NOT NULL CHECK (state IN ('open', 'paused', 'resolved', 'closed')), -- open, paused, resolved or closed
	queue text, -- where it waits
	assignee text, -- who has it
	escalated_to text, -- before whom it was brought last
	subject text, -- in a line
	asset_id uuid, -- the equipment that it is about
	purchase_id uuid, -- the purchase that it is about
	repeat_of uuid, -- the complaint of the same category in the 90 days before
	opened_at timestamptz NOT NULL, -- when it was opened
	opened_on date NOT NULL, -- on which business day
	responses bigint NOT NULL, -- how often we answered
	reopened bigint NOT NULL, -- how often it was taken up again
	resolved_at timestamptz, -- when it was resolved; null while it is open
	resolved_on date, -- on which business day
	closed_on date, -- business day on which it was put away
	root_cause text, -- why there was a case
	action text, -- corrective: this one case was put right; preventive: its cause was removed
	first_contact boolean, -- resolved by one answer at most, neither escalated nor reopened
	compensation_minor bigint, -- what the customer got for their trouble, minor units of compensation_currency
	compensation_currency text, -- ISO 4217
	department text, -- that opened it
	channel text, -- through which it came
	PRIMARY KEY (customer_id, case_id)
);
CREATE INDEX ON case_current (opened_on);
CREATE INDEX ON case_current (resolved_on);
-- The clocks of the cases: one for the first response, one for the resolution. They stop while a case is paused.
CREATE TABLE case_clock (
	customer_id uuid NOT NULL, -- whose case
	case_id uuid NOT NULL, -- the case
	clock text NOT NULL CHECK (clock IN ('response', 'resolution')), -- response or resolution
	target_s bigint NOT NULL, -- what the priority allows, s
	due_at timestamptz, -- when it runs out; null while it does not run, and once it was breached
	ran_s bigint NOT NULL, -- how long it ran until running_since, or in all, s
	running_since timestamptz, -- null while it does not run
	ended_at timestamptz, -- when we answered or resolved; null before
	breached boolean NOT NULL, -- it ran out
	breached_on date, -- business day on which that was found
	PRIMARY KEY (customer_id, case_id, clock)
);
CREATE INDEX ON case_clock (due_at) WHERE due_at IS NOT NULL;
-- What customers complain of again and again: one row for each category.
CREATE VIEW complaint_recurrence AS
SELECT category, -- what the complaints are about
	count(*) AS complaints, -- how many there were
	count(DISTINCT customer_id) AS customers, -- who made them
	count(repeat_of) AS repeats, -- of the same customer and category within 90 days
	count(repeat_of)::numeric / count(*) AS repeat_share, -- share of those, 0 to 1
	count(*) FILTER (WHERE resolved_on IS NULL) AS open, -- not resolved yet
	count(*) FILTER (WHERE action = 'preventive') AS prevented, -- whose cause was removed
	max(opened_on) AS last_opened_on -- business day of the latest
FROM case_current WHERE type = 'complaint' GROUP BY category;
-- How service did, for each business day on which a case was opened, answered, resolved or breached.
CREATE VIEW service_kpi_daily AS
SELECT day, -- business day
	sum(opened)::bigint AS opened, -- cases opened
	sum(complaints)::bigint AS complaints, -- of them complaints
	sum(repeats)::bigint AS repeats, -- of them made again within 90 days
	sum(resolved)::bigint AS resolved, -- cases resolved, as they stand now
	sum(first_contact)::numeric / nullif(sum(resolved), 0) AS first_contact_share, -- of the resolved: at first contact, 0 to 1
	sum(reopened)::numeric / nullif(sum(resolved), 0) AS reopened_share, -- of the resolved: taken up again before, 0 to 1
	sum(resolution_s) / nullif(sum(resolved), 0) AS resolution_s_mean, -- mean time to resolve, pauses apart, s
	sum(response_s) / nullif(sum(answered), 0) AS response_s_mean, -- mean time to the first answer, pauses apart, s
	sum(breaches)::bigint AS breaches, -- clocks that were found to have run out
	sum(sum(opened) - sum(resolved)) OVER (ORDER BY day)::bigint AS backlog -- cases open at the end of the day
FROM (
	SELECT opened_on AS day, 1 AS opened, (type = 'complaint')::int AS complaints, (repeat_of IS NOT NULL)::int AS repeats,
		0 AS resolved, 0 AS first_contact, 0 AS reopened, 0 AS resolution_s, 0 AS answered, 0 AS response_s, 0 AS breaches
	FROM case_current
	UNION ALL
	SELECT c.resolved_on, 0, 0, 0, 1, c.first_contact::int, (c.reopened > 0)::int, k.ran_s, 0, 0, 0
	FROM case_current c JOIN case_clock k USING (customer_id, case_id)
	WHERE c.resolved_on IS NOT NULL AND k.clock = 'resolution'
	UNION ALL
	SELECT (k.ended_at AT TIME ZONE d.time_zone)::date, 0, 0, 0, 0, 0, 0, 0, 1, k.ran_s, 0
	FROM case_clock k CROSS JOIN business_date d WHERE k.clock = 'response' AND k.ended_at IS NOT NULL
	UNION ALL
	SELECT breached_on, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 FROM case_clock WHERE breached
) of_a_day GROUP BY day;
`,
	On: []Handler{
		On(openedCase),
		On(func(e customer.CaseAssigned, _ domain.Recorded, p *page) error {
			return p.changeCase(e.CaseID, func(row *caseRow) {
				row.Assignee, row.Queue = optional(e.Assignee), optional(e.Queue)
			})
		}),
		On(func(e customer.CaseResponded, r domain.Recorded, p *page) error {
			if e.First {
				if err := p.changeClock(e.CaseID, customer.ResponseClock, func(row *clockOfCaseRow) { row.end(r) }); err != nil {
					return err
				}
			}
			return p.changeCase(e.CaseID, func(row *caseRow) { row.Responses++ })
		}),
		On(func(e customer.CaseEscalated, _ domain.Recorded, p *page) error {
			return p.changeCase(e.CaseID, func(row *caseRow) { row.EscalatedTo = &e.To })
		}),
		On(func(e customer.CasePaused, r domain.Recorded, p *page) error {
			if err := p.changeClocks(e.CaseID, func(row *clockOfCaseRow) { row.stop(r) }); err != nil {
				return err
			}
			return p.changeCase(e.CaseID, func(row *caseRow) { row.State = "paused" })
		}),
		On(func(e customer.CaseResumed, r domain.Recorded, p *page) error {
			due := map[string]*time.Time{string(customer.ResponseClock): e.RespondBy, string(customer.ResolutionClock): e.ResolveBy}
			if err := p.changeClocks(e.CaseID, func(row *clockOfCaseRow) { row.run(r, due[row.Clock]) }); err != nil {
				return err
			}
			return p.changeCase(e.CaseID, func(row *caseRow) { row.State = "open" })
		}),
		On(func(e customer.CaseBreached, _ domain.Recorded, p *page) error {
			on := p.day
			return p.changeClock(e.CaseID, e.Clock, func(row *clockOfCaseRow) {
				row.DueAt, row.Breached, row.BreachedOn = nil, true, &on
			})
		}),
		On(resolvedCase),
		On(func(e customer.CaseReopened, r domain.Recorded, p *page) error {
			err := p.changeClock(e.CaseID, customer.ResolutionClock, func(row *clockOfCaseRow) {
				row.EndedAt = nil
				row.run(r, e.ResolveBy)
			})
			if err != nil {
				return err
			}
			return p.changeCase(e.CaseID, func(row *caseRow) {
				row.State, row.ResolvedAt, row.ResolvedOn, row.ClosedOn = "open", nil, nil, nil
				row.FirstContact = nil
				row.Reopened++
			})
		}),
		On(func(e customer.CaseClosed, _ domain.Recorded, p *page) error {
			on := p.day
			return p.changeCase(e.CaseID, func(row *caseRow) { row.State, row.ClosedOn = "closed", &on })
		}),
	},
}

func openedCase(e customer.CaseOpened, r domain.Recorded, p *page) error {
	by := map[string]time.Time{string(customer.ResponseClock): e.RespondBy, string(customer.ResolutionClock): e.ResolveBy}
	err := p.changeClocks(e.CaseID, func(row *clockOfCaseRow) {
		due := by[row.Clock]
		row.TargetS = int64(due.Sub(r.Metadata.OccurredAt) / time.Second)
		row.run(r, &due)
	})
	if err != nil {
		return err
	}
	return p.changeCase(e.CaseID, func(row *caseRow) {
		row.Type, row.Category, row.Priority, row.State = string(e.Type), optional(e.Category), string(e.Priority), "open"
		row.Queue, row.Subject = optional(e.Queue), optional(e.Subject)
		row.AssetID, row.PurchaseID, row.RepeatOf = e.AssetID, e.PurchaseID, e.RepeatOf
		row.OpenedAt, row.OpenedOn = r.Metadata.OccurredAt, e.OpenedOn
		row.Department, row.Channel = optional(r.Metadata.Department), optional(r.Metadata.Channel)
	})
}

func resolvedCase(e customer.CaseResolved, r domain.Recorded, p *page) error {
	if err := p.changeClocks(e.CaseID, func(row *clockOfCaseRow) { row.end(r) }); err != nil {
		return err
	}
	on := p.day
	return p.changeCase(e.CaseID, func(row *caseRow) {
		row.State, row.ResolvedAt, row.ResolvedOn = "resolved", &r.Metadata.OccurredAt, &on
		row.RootCause, row.Action, row.FirstContact = optional(e.RootCause), optional(e.Action), &e.FirstContact
		row.CompensationMinor, row.CompensationCurrency = nil, nil
		if c := e.Compensation; c != nil {
			row.CompensationMinor, row.CompensationCurrency = &c.AmountMinor, optional(c.Currency)
		}
	})
}

func (p *page) changeCase(id uuid.UUID, change func(*caseRow)) error {
	row, err := rowOf(p, caseRows, caseKey{p.id, id})
	if err == nil {
		change(row)
	}
	return err
}

func (p *page) changeClock(id uuid.UUID, clock customer.ServiceClock, change func(*clockOfCaseRow)) error {
	row, err := rowOf(p, clockOfCaseRows, clockOfCaseKey{p.id, id, clock})
	if err == nil {
		change(row)
	}
	return err
}

// changeClocks changes those clocks of a case that have not ended.
func (p *page) changeClocks(id uuid.UUID, change func(*clockOfCaseRow)) error {
	for _, clock := range []customer.ServiceClock{customer.ResponseClock, customer.ResolutionClock} {
		err := p.changeClock(id, clock, func(row *clockOfCaseRow) {
			if row.EndedAt == nil {
				change(row)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *clockOfCaseRow) run(r domain.Recorded, due *time.Time) {
	at := r.Metadata.OccurredAt.Truncate(time.Microsecond)
	c.RunningSince, c.DueAt = &at, due
}

func (c *clockOfCaseRow) stop(r domain.Recorded) {
	if c.RunningSince != nil {
		at := r.Metadata.OccurredAt.Truncate(time.Microsecond)
		c.RanS += max(0, int64(at.Sub(*c.RunningSince)/time.Second))
	}
	c.RunningSince, c.DueAt = nil, nil
}

func (c *clockOfCaseRow) end(r domain.Recorded) {
	c.stop(r)
	c.EndedAt = &r.Metadata.OccurredAt
}

type caseRow struct {
	CustomerID           uuid.UUID   `db:"customer_id"`
	CaseID               uuid.UUID   `db:"case_id"`
	Type                 string      `db:"type"`
	Category             *string     `db:"category"`
	Priority             string      `db:"priority"`
	State                string      `db:"state"`
	Queue                *string     `db:"queue"`
	Assignee             *string     `db:"assignee"`
	EscalatedTo          *string     `db:"escalated_to"`
	Subject              *string     `db:"subject"`
	AssetID              *uuid.UUID  `db:"asset_id"`
	PurchaseID           *uuid.UUID  `db:"purchase_id"`
	RepeatOf             *uuid.UUID  `db:"repeat_of"`
	OpenedAt             time.Time   `db:"opened_at"`
	OpenedOn             domain.Day  `db:"opened_on"`
	Responses            int64       `db:"responses"`
	Reopened             int64       `db:"reopened"`
	ResolvedAt           *time.Time  `db:"resolved_at"`
	ResolvedOn           *domain.Day `db:"resolved_on"`
	ClosedOn             *domain.Day `db:"closed_on"`
	RootCause            *string     `db:"root_cause"`
	Action               *string     `db:"action"`
	FirstContact         *bool       `db:"first_contact"`
	CompensationMinor    *int64      `db:"compensation_minor"`
	CompensationCurrency *string     `db:"compensation_currency"`
	Department           *string     `db:"department"`
	Channel              *string     `db:"channel"`
}

type clockOfCaseRow struct {
	CustomerID   uuid.UUID   `db:"customer_id"`
	CaseID       uuid.UUID   `db:"case_id"`
	Clock        string      `db:"clock"`
	TargetS      int64       `db:"target_s"`
	DueAt        *time.Time  `db:"due_at"`
	RanS         int64       `db:"ran_s"`
	RunningSince *time.Time  `db:"running_since"`
	EndedAt      *time.Time  `db:"ended_at"`
	Breached     bool        `db:"breached"`
	BreachedOn   *domain.Day `db:"breached_on"`
}

type (
	caseKey        struct{ customer, of uuid.UUID }
	clockOfCaseKey struct {
		customer, of uuid.UUID
		clock        customer.ServiceClock
	}
)

var (
	caseRows = keyedRows("case_current", 2, func(k caseKey) caseRow {
		return caseRow{CustomerID: k.customer, CaseID: k.of}
	})
	clockOfCaseRows = keyedRows("case_clock", 3, func(k clockOfCaseKey) clockOfCaseRow {
		return clockOfCaseRow{CustomerID: k.customer, CaseID: k.of, Clock: string(k.clock)}
	})
)
