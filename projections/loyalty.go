package projections

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/policy"
)

// Loyalty keeps on which stage of the ladder each customer stands, and every step they took.
var Loyalty = Projector{
	Name:   "loyalty",
	Tables: tables{stageScale.versions, stageScale.steps},
	Schema: `
CREATE INDEX ON loyalty_stage_history (changed_on, from_stage, to_stage); -- flows between stages by month, from the index alone
-- On which stage of the ladder each customer stands: one row for each customer.
CREATE VIEW loyalty_stage AS
SELECT customer_id, -- who
	stage, -- the stage of the ladder
	stage_since AS since, -- the business day on which they stepped there
	stage_policy_version AS policy_version -- version of the ladder that says so
FROM customer_summary WHERE stage IS NOT NULL;
-- How customers moved between the stages of the ladder: a row for each month and pair of stages between which somebody did.
CREATE VIEW loyalty_stage_flow AS
SELECT date_trunc('month', changed_on::timestamp)::date AS month, -- first day of the month
	from_stage, -- where they stood before; null when they became known
	to_stage, -- where they stood then
	sum(steps)::bigint AS steps -- steps from the one to the other; who took it twice counts twice
FROM (SELECT changed_on, from_stage, to_stage, count(*) AS steps FROM loyalty_stage_history GROUP BY 1, 2, 3) of_a_day
GROUP BY 1, 2, 3;
`,
	On: []Handler{publishedAs(stageScale)},
}

// scale is where the versions of a ladder and the steps on it are kept.
type scale struct {
	of       judgement.Scale
	versions *table[ladderRow]
	steps    *table[stepRow]
}

// scales are those that there are, in the order of the domain.
var scales = [...]*scale{judgement.Stages: stageScale, judgement.Tiers: tierScale}

var stageScale = &scale{
	of:       judgement.Stages,
	versions: added[ladderRow]("loyalty_ladder", "The loyalty ladder, every version that was in force."),
	steps: kept[stepRow]("loyalty_stage_history",
		"Every step on the ladder, by the day at whose end the customer stood there."),
}

func publishedAs(s *scale) Handler {
	return OnLog(func(e policy.Published, _ domain.Recorded, p *page) error {
		if e.Policy != s.of.Policy() || e.Ladder == nil {
			return nil
		}
		return p.publishLadder(s, int64(e.Version), *e.Ladder)
	})
}

type ladderRow struct {
	Version     int64           `db:"version,key" note:"counts from 1"`
	Stages      json.RawMessage `db:"stages" note:"the stages or tiers from the top, each with its rule; the first that holds is the customer's"`
	PublishedOn *domain.Day     `db:"published_on" note:"business date from which it is in force"`
}

func (p *page) publishLadder(s *scale, version int64, l policy.Ladder) error {
	stages, err := json.Marshal(l.Stages)
	if err != nil {
		return fmt.Errorf("write down the ladder: %w", err)
	}
	insert(p, s.versions, ladderRow{Version: version, Stages: stages, PublishedOn: p.today()})
	return nil
}

type stepRow struct {
	CustomerID    uuid.UUID       `db:"customer_id,key" note:"whose step"`
	ChangedOn     domain.Day      `db:"changed_on,key" note:"the business day of the step"`
	FromStage     *string         `db:"from_stage" note:"where they stood before; null when they became known, or with the first tiers"`
	ToStage       string          `db:"to_stage" note:"where they stand since"`
	Reason        string          `db:"reason" note:"became_known, own_doing, time_passed, won_back, policy_changed or model_fitted"`
	PolicyVersion int64           `db:"policy_version" note:"version of the ladder or the tiers that decided"`
	Evidence      json.RawMessage `db:"evidence" note:"Personal: the facts that the rule of the stage or tier speaks of, as they were"`
}

// Stepped implements judgement.Journal.
func (j journal) Stepped(scale judgement.Scale, s judgement.Step) error {
	facts, err := evidence(s.Evidence)
	if err != nil {
		return err
	}
	draftIn[domain.Day](j.fold, scales[scale].steps).put(s.On, &stepRow{CustomerID: j.id, ChangedOn: s.On,
		FromStage: optional(s.From), ToStage: s.To, PolicyVersion: s.Version, Reason: s.Reason, Evidence: facts})
	return nil
}

// StepTakenBack implements judgement.Journal.
func (j journal) StepTakenBack(scale judgement.Scale, on domain.Day) {
	draftIn[domain.Day](j.fold, scales[scale].steps).remove(on)
}
