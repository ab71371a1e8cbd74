package projections

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/policy"
)

// Loyalty keeps on which stage of the ladder each customer stands, and every step they took.
var Loyalty = Projector{
	Name: "loyalty",
	Schema: `
-- The loyalty ladder, every version that was in force.
CREATE TABLE loyalty_ladder (
	version bigint PRIMARY KEY, -- counts from 1
	stages jsonb NOT NULL, -- the stages from the top, each with its rule; the first that holds is the customer's
	published_on date -- business date from which it is in force
);
-- Every step on the ladder, by the day at whose end the customer stood there.
CREATE TABLE loyalty_stage_history (
	customer_id uuid NOT NULL, -- whose step
	changed_on date NOT NULL, -- the business day of the step
	from_stage text, -- where they stood before; null when they became known
	to_stage text NOT NULL, -- where they stand since
	reason text NOT NULL, -- became_known, own_doing, time_passed, won_back or policy_changed
	policy_version bigint NOT NULL, -- version of the ladder that decided
	evidence jsonb NOT NULL, -- the facts that the stage's rule speaks of, as they were
	PRIMARY KEY (customer_id, changed_on)
);
CREATE INDEX ON loyalty_stage_history (changed_on);
-- On which stage of the ladder each customer stands: one row for each customer.
CREATE VIEW loyalty_stage AS
SELECT customer_id, -- who
	stage, -- the stage of the ladder
	stage_since AS since, -- the business day on which they stepped there
	stage_policy_version AS policy_version -- version of the ladder that says so
FROM customer_summary WHERE stage IS NOT NULL AND merged_into IS NULL;
`,
	On: []Handler{
		On(func(e policy.Published, _ domain.Recorded, p *page) error {
			if e.Policy != policy.LadderName || e.Ladder == nil {
				return nil
			}
			return p.publishLadder(int64(e.Version), *e.Ladder)
		}),
	},
}

type ladderRow struct {
	Version     int64           `db:"version"`
	Stages      json.RawMessage `db:"stages"`
	PublishedOn *domain.Day     `db:"published_on"`
}

var ladderRows = added[ladderRow]("loyalty_ladder")

func (p *page) publishLadder(version int64, l policy.Ladder) error {
	if err := p.judgeAllStirred(); err != nil {
		return err
	}
	compiled, err := policy.CompileLadder(l)
	if err != nil {
		return err
	}
	stages, err := json.Marshal(l.Stages)
	if err != nil {
		return fmt.Errorf("write down the ladder: %w", err)
	}
	row := ladderRow{Version: version, Stages: stages}
	if p.clock.started {
		on := p.clock.on
		row.PublishedOn = &on
	}
	if !p.replaying {
		add(p, ladderRows, row)
	}
	p.ladder, p.ladderVersion = compiled, version
	return p.judgeEveryone(byRule)
}

func (p *page) loadLadder() error {
	var version int64
	var stages []byte
	err := p.tx.QueryRow(p.ctx, "SELECT version, stages FROM loyalty_ladder ORDER BY version DESC LIMIT 1").
		Scan(&version, &stages)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	var l policy.Ladder
	if err == nil {
		err = json.Unmarshal(stages, &l.Stages)
	}
	if err == nil {
		p.ladder, err = policy.CompileLadder(l)
	}
	if err != nil {
		return fmt.Errorf("read the ladder: %w", err)
	}
	p.ladderVersion = version
	return nil
}

type stepRow struct {
	CustomerID    uuid.UUID       `db:"customer_id"`
	ChangedOn     domain.Day      `db:"changed_on"`
	FromStage     *string         `db:"from_stage"`
	ToStage       string          `db:"to_stage"`
	Reason        string          `db:"reason"`
	PolicyVersion int64           `db:"policy_version"`
	Evidence      json.RawMessage `db:"evidence"`
}

var stepRows = kept[stepRow]("loyalty_stage_history", 2)

// judgeStage finds where a customer stands, and writes down, changes or takes back the step of this day.
func (p *page) judgeStage(id uuid.UUID, c *relation, why trigger) error {
	if p.ladder == nil {
		return nil
	}
	stage, _ := p.ladder.Stage(&c.Facts, p.clock.on)
	now := &stand{Stage: stage, Since: c.On, Version: p.ladderVersion}
	steppedToday := c.Stage != nil && c.Stage.Since == c.On
	from := c.Stage
	if steppedToday {
		from = c.Before // nil when they became known today
	}
	if from != nil && from.Stage == stage {
		now.Since, now.Reason = from.Since, from.Reason
		if steppedToday {
			stepsOf(p).takeBack(id, c.On)
		}
		c.Stage, c.Before = now, nil
		return nil
	}
	facts, err := evidence(p.ladder.Evidence(&c.Facts, p.clock.on))
	if err != nil {
		return err
	}
	now.Reason = p.reason(from, stage, why)
	if steppedToday && c.Stage.Stage == stage {
		now.Reason = c.Stage.Reason
	}
	row := stepRow{CustomerID: id, ChangedOn: c.On, ToStage: stage, PolicyVersion: p.ladderVersion,
		Reason: now.Reason, Evidence: facts}
	if from != nil {
		row.FromStage = &from.Stage
	}
	stepsOf(p).put(row)
	c.Stage, c.Before = now, from
	return nil
}

func (p *page) reason(from *stand, to string, why trigger) string {
	switch {
	case from == nil:
		return "became_known"
	case why == byRule:
		return "policy_changed"
	case why == byTime:
		return "time_passed"
	case p.ladder.Away(from.Stage) && !p.ladder.Away(to):
		return "won_back"
	}
	return "own_doing"
}

// stepSet folds the steps of a page: one a customer and day, the last one counts, nil takes it back.
type stepSet struct {
	steps map[stepKey]*stepRow
}

type stepKey struct {
	id uuid.UUID
	on domain.Day
}

func stepsOf(p *page) *stepSet {
	return setOf(p, stepRows, func() *stepSet { return &stepSet{steps: map[stepKey]*stepRow{}} })
}

func (s *stepSet) put(r stepRow)                        { s.steps[stepKey{r.CustomerID, r.ChangedOn}] = &r }
func (s *stepSet) takeBack(id uuid.UUID, on domain.Day) { s.steps[stepKey{id, on}] = nil }

func (s *stepSet) write(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
	rows := rowSet[stepRow]{table: stepRows}
	var ids [][16]byte
	var days []domain.Day
	for key, row := range s.steps {
		if row != nil {
			rows.rows = append(rows.rows, *row)
			continue
		}
		ids, days = append(ids, key.id), append(days, key.on)
	}
	clear(s.steps)
	if len(ids) > 0 {
		b.Queue(`DELETE FROM loyalty_stage_history h USING unnest($1::uuid[], $2::date[]) AS d (customer_id, changed_on)
			WHERE h.customer_id = d.customer_id AND h.changed_on = d.changed_on`, ids, dates(days))
	}
	slices.SortFunc(rows.rows, func(a, b stepRow) int { return slices.Compare(a.CustomerID[:], b.CustomerID[:]) })
	return rows.write(ctx, tx, b)
}
