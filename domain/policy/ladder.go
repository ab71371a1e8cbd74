package policy

import (
	"regexp"
	"slices"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/rules"
)

// LadderName is the policy that says on which stage of loyalty a customer stands, TiersName the one that says
// in which tier of the loyalty programme they are.
const (
	LadderName = "ladder"
	TiersName  = "tiers"
)

// Ladder is stages of loyalty, or tiers: the first stage whose rule holds is the customer's.
type Ladder struct {
	Stages []Stage `json:"stages"` // from the first that is asked to the last
}

// Stage is one rung. Away marks a customer who has gone: leaving such a stage for another that is not
// away, having bought again, is being won back.
type Stage struct {
	Name string `json:"name"`
	Rule string `json:"rule"`           // CEL over the facts
	Away bool   `json:"away,omitempty"` // its customers have gone
}

// The rules of the upper stages hold what those below ask, and more. What few customers have comes first, since
// a rule that fails early costs little.
const (
	clients    = "purchase_days_in(365) >= 3"
	supporters = "(latest_csat >= 4 && days_since_csat < 180 || latest_nps >= 9 && days_since_nps < 180) && " + clients
	advocates  = "(referrals_converted > 0 || recommended_publicly) && " + supporters
	partners   = "agreement_in_force && " + advocates
)

// DefaultLadder is version 1 of a new log.
func DefaultLadder() Ladder {
	return Ladder{Stages: []Stage{
		{Name: "prospect", Rule: "orders == 0"},
		{Name: "lost", Rule: "recency_days > 365", Away: true},
		{Name: "lapsed", Rule: "recency_days > 180", Away: true},
		{Name: "partner", Rule: partners},
		{Name: "advocate", Rule: advocates},
		{Name: "supporter", Rule: supporters},
		{Name: "client", Rule: clients},
		{Name: "customer", Rule: "true"},
	}}
}

// PublishLadder asks that a ladder be in force from now on.
type PublishLadder struct {
	Ladder Ladder `json:"ladder"`
}

func (PublishLadder) Needs() Needs { return founding() }

// Decide yields a new version unless the very same ladder is in force. The last rule must be true, so
// that every customer stands somewhere.
func (c PublishLadder) Decide(s *State, g Given) ([]Event, error) {
	return c.Ladder.publish(s, LadderName)
}

// PublishTiers asks that tiers be in force from now on.
type PublishTiers struct {
	Tiers Ladder `json:"tiers"`
}

func (PublishTiers) Needs() Needs { return founding() }

// Decide is that of PublishLadder: everybody is in a tier, if only in the last.
func (c PublishTiers) Decide(s *State, g Given) ([]Event, error) {
	return c.Tiers.publish(s, TiersName)
}

// publish decides for the policy of that name, which is that of the command's member too.
func (l Ladder) publish(s *State, name string) ([]Event, error) {
	stages := l.Stages
	if len(stages) == 0 || len(stages) > 32 {
		return nil, ErrStages.At("%s.stages", name)
	}
	seen := map[string]bool{}
	for i, stage := range stages {
		if !stageName.MatchString(stage.Name) || seen[stage.Name] {
			return nil, ErrStageName.At("%s.stages[%d].name", name, i)
		}
		seen[stage.Name] = true
		if _, err := rules.Compile(stage.Rule); err != nil {
			if r, ok := err.(*domain.Rejection); ok {
				return nil, r.At("%s.stages[%d].rule", name, i)
			}
			return nil, err
		}
	}
	if stages[len(stages)-1].Rule != "true" {
		return nil, ErrNoLastStage.At("%s.stages[%d].rule", name, len(stages)-1)
	}
	if s.version > 0 && slices.Equal(s.ladder.Stages, stages) {
		return nil, nil
	}
	return []Event{Published{Policy: name, Version: s.version + 1, Ladder: &l}}, nil
}

var stageName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

var (
	ErrStages = &domain.Rejection{Kind: domain.Invalid, Code: "ladder_stages_missing", Field: "ladder.stages",
		Reason: "a ladder has 1 to 32 stages"}
	ErrStageName = &domain.Rejection{Kind: domain.Invalid, Code: "ladder_stage_name", Field: "ladder.stages",
		Reason: "a stage's name is unique and 1 to 32 of a-z, 0-9 and _"}
	ErrNoLastStage = &domain.Rejection{Kind: domain.Invalid, Code: "ladder_open_ended", Field: "ladder.stages",
		Reason: "the last stage's rule must be true, so that every customer stands somewhere"}
)
