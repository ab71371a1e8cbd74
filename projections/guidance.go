package projections

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/guidance"
)

// Guidance keeps what guidance is in force, for whom it is due, and what came of what it recommended.
var Guidance = Projector{
	Name: "guidance",
	Schema: `
-- Every version of every guidance.
CREATE TABLE guidance_definition (
	guidance text NOT NULL, -- its name
	version bigint NOT NULL, -- counts from 1
	segment text NOT NULL, -- for whoever enters it
	action text NOT NULL, -- what a colleague should do
	reason text NOT NULL, -- why
	assignee text NOT NULL, -- who should do it: a person, or a role
	department text, -- on whose behalf
	due_days bigint NOT NULL, -- days after which a recommendation is overdue
	cooldown_days bigint NOT NULL, -- days in which it is not recommended again for the same customer
	suggests text, -- category, where each recommendation names one beside; null where it names nothing
	expected_value text, -- CEL expression over the catalogue of facts: a number, major units of the reporting currency
	outcome text NOT NULL, -- what counts as success: none, purchase, complaint_resolved, maintenance_performed, points_spent or contact
	outcome_days bigint NOT NULL, -- days within which it does
	status text NOT NULL CHECK (status IN ('active', 'superseded', 'retired')), -- whether it is in force
	since date NOT NULL, -- first business date on which stays in the segment count: that on which the guidance came in force, in whatever version
	PRIMARY KEY (guidance, version)
);
-- The stays in segments for which guidance in force has recommended nothing yet. Stays count that began since it came in
-- force and since the log follows live business; a customer for whom it recommended something rests for its cooldown,
-- and until that was answered. Who is set aside or was erased gets none.
CREATE VIEW guidance_due AS
SELECT g.guidance, -- the guidance
	g.version, -- in force
	m.customer_id, -- who is in the segment
	m.valid_from AS stay_from -- business day on which the stay began
FROM guidance_definition g CROSS JOIN business_date d
	JOIN segment_membership m ON m.segment = g.segment AND m.valid_to IS NULL
		AND m.valid_from >= g.since AND m.valid_from >= d.live_since
	JOIN customer_summary s ON s.customer_id = m.customer_id AND s.archived_on IS NULL AND s.erased_on IS NULL
WHERE g.status = 'active' AND NOT EXISTS (SELECT FROM recommendation r
	WHERE r.customer_id = m.customer_id AND r.guidance = g.guidance AND (r.stay_from = m.valid_from
		OR r.state = 'open' OR r.issued_on + g.cooldown_days::int > d.business_date));
`,
	On: []Handler{
		OnLog(func(e guidance.Defined, r domain.Recorded, p *page) error {
			since := p.timeline.Date
			if !p.timeline.Started {
				since = p.dayOfFact(r)
			}
			if e.Version > 1 {
				before, err := rowIn(p, guidanceRows, guidanceKey{e.Name, e.Version - 1})
				if err != nil {
					return err
				}
				if before.Status == "active" {
					before.Status, since = "superseded", before.Since
				}
			}
			row, err := rowIn(p, guidanceRows, guidanceKey{e.Name, e.Version})
			if err != nil {
				return err
			}
			row.Segment, row.Action, row.Reason, row.Assignee = e.Segment, e.Action, e.Reason, e.Assignee
			row.Department, row.DueDays, row.CooldownDays = optional(e.ForDepartment), int64(e.DueDays), int64(e.CooldownDays)
			row.Suggests, row.ExpectedValue = optional(e.Suggests), optional(e.ExpectedValue)
			row.Outcome, row.OutcomeDays = string(e.Outcome), int64(e.OutcomeDays)
			row.Status, row.Since = "active", since
			return nil
		}),
		OnLog(func(e guidance.Retired, _ domain.Recorded, p *page) error {
			row, err := rowIn(p, guidanceRows, guidanceKey{e.Name, e.Version})
			if err != nil {
				return err
			}
			row.Status = "retired"
			return nil
		}),
	},
}

type guidanceRow struct {
	Guidance      string     `db:"guidance"`
	Version       int64      `db:"version"`
	Segment       string     `db:"segment"`
	Action        string     `db:"action"`
	Reason        string     `db:"reason"`
	Assignee      string     `db:"assignee"`
	Department    *string    `db:"department"`
	DueDays       int64      `db:"due_days"`
	CooldownDays  int64      `db:"cooldown_days"`
	Suggests      *string    `db:"suggests"`
	ExpectedValue *string    `db:"expected_value"`
	Outcome       string     `db:"outcome"`
	OutcomeDays   int64      `db:"outcome_days"`
	Status        string     `db:"status"`
	Since         domain.Day `db:"since"`
}

type guidanceKey struct {
	guidance string
	version  int
}

var guidanceRows = keyedRows("guidance_definition", 2, func(k guidanceKey) guidanceRow {
	return guidanceRow{Guidance: k.guidance, Version: int64(k.version)}
})
