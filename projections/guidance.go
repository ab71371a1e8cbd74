package projections

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/guidance"
)

// Guidance keeps what guidance is in force, for whom it is due, and what came of what it recommended.
var Guidance = Projector{
	Name:   "guidance",
	Tables: tables{guidanceRows},
	Schema: `
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
	Guidance      string     `db:"guidance,key" note:"its name"`
	Version       int64      `db:"version,key" note:"counts from 1"`
	Segment       string     `db:"segment" note:"for whoever enters it"`
	Action        string     `db:"action" note:"what a colleague should do"`
	Reason        string     `db:"reason" note:"why"`
	Assignee      string     `db:"assignee" note:"who should do it: a person, or a role"`
	Department    *string    `db:"department" note:"on whose behalf"`
	DueDays       int64      `db:"due_days" note:"days after which a recommendation is overdue"`
	CooldownDays  int64      `db:"cooldown_days" note:"days in which it is not recommended again for the same customer"`
	Suggests      *string    `db:"suggests" note:"category, where each recommendation names one beside; null where it names nothing"`
	ExpectedValue *string    `db:"expected_value" note:"CEL expression over the catalogue of facts: a number, major units of the reporting currency"`
	Outcome       string     `db:"outcome" note:"what counts as success: none, purchase, complaint_resolved, maintenance_performed, points_spent or contact"`
	OutcomeDays   int64      `db:"outcome_days" note:"days within which it does"`
	Status        string     `db:"status" among:"active,superseded,retired" note:"whether it is in force"`
	Since         domain.Day `db:"since" note:"first business date on which stays in the segment count: that on which the guidance came in force, in whatever version"`
}

type guidanceKey struct {
	guidance string
	version  int
}

var guidanceRows = keyedRows("guidance_definition",
	"Every version of every guidance.", func(k guidanceKey) guidanceRow {
		return guidanceRow{Guidance: k.guidance, Version: int64(k.version)}
	})
