package judgement

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/policy"
)

// Scale is a ladder on which customers stand.
type Scale int

const (
	Stages Scale = iota // of loyalty
	Tiers               // of the loyalty programme
)

// scales are the policies that the scales are published as.
var scales = [...]string{Stages: policy.LadderName, Tiers: policy.TiersName}

// Policy names the policy of the scale.
func (s Scale) Policy() string { return scales[s] }

// ScaleOf answers the scale of a policy; false where the policy is none.
func ScaleOf(name string) (Scale, bool) {
	for i, of := range scales {
		if of == name {
			return Scale(i), true
		}
	}
	return 0, false
}

// Ladder is a version of a scale.
type Ladder struct {
	*policy.CompiledLadder
	Version int64
}

// Stand is a customer's place on a scale.
type Stand struct {
	Stage   string     `json:"stage"`
	Since   domain.Day `json:"since"`
	Version int64      `json:"version"`
	Reason  string     `json:"reason"` // of the step there
}

// Step is a customer's way from one place on a scale to another.
type Step struct {
	On       domain.Day
	From     string // empty: they became known, or the scale was new
	To       string
	Reason   string
	Version  int64
	Evidence map[string]any // the facts that the rule speaks of
}

// at answers where a customer's place on a scale is remembered, and the place as the day began.
func (s *Standing) at(scale Scale) (now, before **Stand) {
	if scale == Tiers {
		return &s.Tier, &s.TierBefore
	}
	return &s.Stage, &s.Before
}

// stand finds where the customer stands on a scale. Several steps of a day are one, from where it began.
func (j *judging) stand(scale Scale, l *Ladder) error {
	at, before := j.at(scale)
	stage, _ := l.Stage(j.customer, j.date)
	now := &Stand{Stage: stage, Since: j.On, Version: l.Version}
	steppedToday := *at != nil && (*at).Since == j.On
	from := *at
	if steppedToday {
		from = *before // nil when they became known today
	}
	if from != nil && from.Stage == stage {
		now.Since, now.Reason = from.Since, from.Reason
		if steppedToday {
			j.journal.StepTakenBack(scale, j.On)
		}
		*at, *before = now, nil
		return nil
	}
	now.Reason = j.reason(l, from, stage)
	if steppedToday && (*at).Stage == stage {
		now.Reason = (*at).Reason
	}
	step := Step{On: j.On, To: stage, Reason: now.Reason, Version: l.Version, Evidence: l.Evidence(j.customer, j.date)}
	if from != nil {
		step.From = from.Stage
	}
	*at, *before = now, from
	return j.journal.Stepped(scale, step)
}

func (j *judging) reason(l *Ladder, from *Stand, to string) string {
	switch {
	case from == nil:
		return "became_known"
	case j.why == ByRule:
		return "policy_changed"
	case j.why == ByFit:
		return "model_fitted"
	case j.why == ByTime:
		return "time_passed"
	case l.Away(from.Stage) && !l.Away(to):
		return "won_back"
	}
	return "own_doing"
}
