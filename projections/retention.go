package projections

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/policy"
)

// Retention keeps the rules by which customers are set aside or erased, and whom they concern. It decides on
// nobody: a rule is carried out by commands, when its day is closed.
var Retention = Projector{
	Name:   "retention",
	Tables: tables{retentionRows},
	Schema: `
-- The stays in segments that retention rules in force will end: archived or erased when due_on is closed, unless they leave
-- the segment before; whoever was erased stays in their segments, as nobody. A rule rests while its segment is not defined as it was when the rule was published.
CREATE VIEW retention_due AS
SELECT r.rule, -- the rule
	p.version, -- of the policy in force
	r.action, -- archive or erase
	r.segment, -- the segment that it is for
	m.customer_id, -- who belongs to it
	m.valid_from AS stay_from, -- business day on which the stay began
	m.valid_from + r.after_days AS due_on -- business day at whose end the rule is carried out
FROM (SELECT version, rules FROM retention_policy ORDER BY version DESC LIMIT 1) p
	CROSS JOIN LATERAL jsonb_to_recordset(p.rules) AS r (rule text, segment text, segment_version bigint, after_days int, action text)
	JOIN segment_membership m ON m.segment = r.segment AND m.version = r.segment_version AND m.valid_to IS NULL
	JOIN customer_summary s ON s.customer_id = m.customer_id AND s.erased_on IS NULL
WHERE r.action = 'erase' OR NOT EXISTS (SELECT FROM customer_archivings a
	WHERE a.customer_id = m.customer_id AND a.rule = r.rule AND a.happened_on >= m.valid_from);
`,
	On: []Handler{OnLog(func(e policy.Published, _ domain.Recorded, p *page) error {
		if e.Retention == nil {
			return nil
		}
		row := retentionRow{Version: int64(e.Version)}
		row.PublishedOn = p.today()
		var err error
		if row.Rules, err = json.Marshal(e.Retention.Rules); err != nil {
			return fmt.Errorf("write down the retention policy: %w", err)
		}
		insert(p, retentionRows, row)
		return nil
	})},
}

type retentionRow struct {
	Version     int64           `db:"version,key" note:"counts from 1"`
	PublishedOn *domain.Day     `db:"published_on" note:"business date from which it is in force"`
	Rules       json.RawMessage `db:"rules" note:"each with its name, segment, the version of its definition, days and action"`
}

var retentionRows = added[retentionRow]("retention_policy",
	"The retention policy, every version that was published; the newest is in force.")

// RetentionDue is a stay in a segment that a retention rule ends: a row of crm.retention_due.
type RetentionDue struct {
	Rule       string                 `json:"rule" db:"rule"`
	Version    int64                  `json:"version" db:"version"` // of the policy
	Action     policy.RetentionAction `json:"action" db:"action"`
	Segment    string                 `json:"segment" db:"segment"`
	CustomerID uuid.UUID              `json:"customer_id" db:"customer_id"`
	StayFrom   domain.Day             `json:"stay_from" db:"stay_from"`
	DueOn      domain.Day             `json:"due_on" db:"due_on"`
}

const retentionDueSQL = `SELECT v.rule, v.version, v.action, v.segment, v.customer_id, v.stay_from, v.due_on
	FROM retention_due v CROSS JOIN business_date b WHERE v.due_on <= b.last_closed_on AND v.action = ANY (@actions)
	ORDER BY v.due_on, v.rule, v.customer_id LIMIT @limit`

// RetentionDue returns what the retention policy has to end by the last closed day, at most limit of it, the longest
// overdue first; only what certain actions end, where such are given.
func (r *Reader) RetentionDue(ctx context.Context, limit int, actions ...policy.RetentionAction) ([]RetentionDue, error) {
	if len(actions) == 0 {
		actions = []policy.RetentionAction{policy.ArchiveAction, policy.EraseAction}
	}
	return all[RetentionDue](ctx, r, retentionDueSQL, pgx.NamedArgs{"limit": limit, "actions": actions})
}

// RetentionForecast is what a rule would come to by a day.
type RetentionForecast struct {
	Segment        string     `json:"segment"`
	SegmentVersion int64      `json:"segment_version"` // in force; 0 where none is
	AfterDays      int        `json:"after_days"`
	On             domain.Day `json:"on"`            // the day that is asked about
	BusinessDate   domain.Day `json:"business_date"` // on which the memberships rest
	Position       int64      `json:"position"`      // in the log, on which the answer rests
	Members        int64      `json:"members"`       // of the segment
	Due            int64      `json:"due"`           // of them by that day, if nobody leaves the segment before
	// Sample are some of those, the longest overdue first.
	Sample []RetentionStay `json:"sample"`
}

// RetentionStay is a stay in a segment, and the day on which a rule would end it.
type RetentionStay struct {
	CustomerID uuid.UUID  `json:"customer_id" db:"customer_id"`
	StayFrom   domain.Day `json:"stay_from" db:"stay_from"`
	DueOn      domain.Day `json:"due_on" db:"due_on"`
}

const (
	retentionClockSQL = `SELECT b.business_date, coalesce(@on, b.last_closed_on, b.business_date), c.position, d.version
	FROM business_date b CROSS JOIN projection_checkpoint c CROSS JOIN segment_definition d
	WHERE d.segment = @segment AND d.status = 'active'`
	retentionCountSQL = `SELECT count(*), count(*) FILTER (WHERE valid_from + @days::int <= @on)
	FROM segment_membership WHERE segment = @segment AND valid_to IS NULL`
	retentionSampleSQL = `SELECT customer_id, valid_from AS stay_from, valid_from + @days::int AS due_on FROM segment_membership
	WHERE segment = @segment AND valid_to IS NULL AND valid_from + @days::int <= @on
	ORDER BY valid_from, customer_id LIMIT @sample`
)

// ForecastRetention answers what a rule over a segment would come to by a day, the last closed one unless another is
// given; ErrNotFound where no such segment is in force.
func (r *Reader) ForecastRetention(ctx context.Context, segment string, afterDays int, on *domain.Day, sample int) (
	RetentionForecast, error) {
	out := RetentionForecast{Segment: segment, AfterDays: afterDays, Sample: []RetentionStay{}}
	args := pgx.NamedArgs{"segment": segment, "days": afterDays, "on": on, "sample": sample}
	err := pgx.BeginTxFunc(ctx, r.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly},
		func(tx pgx.Tx) error {
			var today, asked *domain.Day
			err := tx.QueryRow(ctx, retentionClockSQL, args).Scan(&today, &asked, &out.Position, &out.SegmentVersion)
			if err != nil || today == nil {
				return err // where nothing ever happened, nothing is due
			}
			out.BusinessDate, out.On, args["on"] = *today, *asked, *asked
			if err := tx.QueryRow(ctx, retentionCountSQL, args).Scan(&out.Members, &out.Due); err != nil {
				return err
			}
			rows, err := tx.Query(ctx, retentionSampleSQL, args)
			if err != nil {
				return err
			}
			stays, err := pgx.CollectRows(rows, pgx.RowToStructByName[RetentionStay])
			out.Sample = append(out.Sample, stays...)
			return err
		})
	return out, unavailable(err)
}
