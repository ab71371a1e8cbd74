// Package judgement finds where a customer stands and belongs by the rules in force: on which stage of the ladder, in
// which tier, in which segments, and at what risk to be lost. It is pure. It must not know where that is kept, or how
// one finds out who is to be judged.
//
// Customers are judged by the business day: where someone stands and belongs is what holds at the end of the day, and
// what a day does and undoes leaves no trace. Judging twice, or at a moment in between, changes nothing.
package judgement

import (
	"math"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/value"
)

// Trigger is why a customer is judged.
type Trigger int

const (
	ByEvent Trigger = iota
	ByTime
	ByRule
	ByFit
)

// Rules are those in force.
type Rules struct {
	Ladders  [2]*Ladder // by scale; nil while there is none
	Segments map[string]*Segment
	Model    *Model // nil while there is none
}

// Standing is where a customer stands and belongs, as far as they were judged.
type Standing struct {
	// On is the business day of the last judgement. Before is the stage as that day began, if the day
	// changed it; Out are the memberships that ended that day. They undo what a day takes back.
	On     domain.Day `json:"on"`
	Stage  *Stand     `json:"stage,omitempty"`
	Before *Stand     `json:"before,omitempty"`
	// Tier and TierBefore are the same of the tiers.
	Tier       *Stand          `json:"tier,omitempty"`
	TierBefore *Stand          `json:"tier_before,omitempty"`
	In         map[string]Stay `json:"in,omitempty"`
	Out        map[string]Stay `json:"out,omitempty"`
	// Risk is of the predictions; nil while there are none.
	Risk *Risk `json:"risk,omitempty"`
	// Revalued: what they bought or returned changed since they were last judged.
	Revalued bool `json:"-"`
}

// never is before every day.
const never = domain.Day(math.MinInt32)

// Unjudged is the standing of who was never judged.
func Unjudged() Standing { return Standing{On: never} }

// Effective answers the day to which a judgement of a customer now belongs: the business date, or the newest day of
// their own if that is later.
func (s *Standing) Effective(c *facts.Customer, date domain.Day) domain.Day {
	on := max(date, s.On)
	if touched, ok := c.Touched(); ok {
		on = max(on, touched)
	}
	return on
}

// Begin begins the business day to which a judgement of a customer now belongs.
func (s *Standing) Begin(c *facts.Customer, date domain.Day) {
	if day := s.Effective(c, date); day > s.On {
		s.On, s.Before, s.TierBefore, s.Out = day, nil, nil, nil
	}
}

// Journal is told what judgements change: a row for each step and each stay, and the predictions of today.
type Journal interface {
	// Stepped: the step of its day is this one, whatever was said of that day before.
	Stepped(Scale, Step) error
	// StepTakenBack: there is none on that day.
	StepTakenBack(Scale, domain.Day)
	// Entered: a stay begins, or the one that began on this day has other reasons.
	Entered(segment string, s Stay, evidence map[string]any) error
	// Left: a stay ends on a day.
	Left(segment string, s Stay, on domain.Day)
	// Remained: a stay that was said to have ended has not.
	Remained(segment string, s Stay)
	// StayTakenBack: a stay that was said to have begun has not.
	StayTakenBack(segment string, s Stay)
	// Crossed: the customer belongs, or belongs no more, if only for a part of the day.
	Crossed(segment string, of *Segment, belongs bool)
	// Predicted: this is expected of the customer as of a business date.
	Predicted(on domain.Day, p value.Prediction)
	// Risked: the customer is at that risk as of a business date; at a greater one on next, unless that is nil.
	Risked(on domain.Day, p value.Prediction, next *domain.Day)
}

// Unheard is a journal that keeps nothing, for those that keep some of it to build on.
type Unheard struct{}

func (Unheard) Stepped(Scale, Step) error                        { return nil }
func (Unheard) StepTakenBack(Scale, domain.Day)                  {}
func (Unheard) Entered(string, Stay, map[string]any) error       { return nil }
func (Unheard) Left(string, Stay, domain.Day)                    {}
func (Unheard) Remained(string, Stay)                            {}
func (Unheard) StayTakenBack(string, Stay)                       {}
func (Unheard) Crossed(string, *Segment, bool)                   {}
func (Unheard) Predicted(domain.Day, value.Prediction)           {}
func (Unheard) Risked(domain.Day, value.Prediction, *domain.Day) {}

// judging is the judgement of one customer.
type judging struct {
	*Standing
	customer *facts.Customer
	date     domain.Day
	why      Trigger
	journal  Journal
}

// Judge finds where a customer stands and belongs as of a business date, and tells the journal what changed. It returns
// the next day on which time alone will change any of it; false if none will come by a day. A caller that judges again on
// a day anyway says so by until: what lies behind it is not looked for.
func (r *Rules) Judge(s *Standing, c *facts.Customer, date, until domain.Day, why Trigger, journal Journal) (
	next domain.Day, found bool, err error) {
	j := &judging{s, c, date, why, journal}
	s.Begin(c, date)
	j.foresee(r.Model)
	for scale, l := range r.Ladders {
		if l == nil {
			continue
		}
		if err := j.stand(Scale(scale), l); err != nil {
			return 0, false, err
		}
	}
	for name, segment := range r.Segments {
		if err := j.belong(name, segment); err != nil {
			return 0, false, err
		}
	}
	next, found = r.Next(s, c, date, until)
	return next, found, nil
}

// JudgeScale finds where a customer stands on one scale whose rules came into force.
func (r *Rules) JudgeScale(s *Standing, c *facts.Customer, date domain.Day, scale Scale, journal Journal) error {
	s.Begin(c, date)
	r.predict(c)
	return (&judging{s, c, date, ByRule, journal}).stand(scale, r.Ladders[scale])
}

// JudgeSegment finds whether a customer belongs to one segment whose definition came into force, or ended.
func (r *Rules) JudgeSegment(s *Standing, c *facts.Customer, date domain.Day, name string, of *Segment, journal Journal) error {
	s.Begin(c, date)
	r.predict(c)
	return (&judging{s, c, date, ByRule, journal}).belong(name, of)
}

// predict lets rules speak of what the model in force predicts.
func (r *Rules) predict(c *facts.Customer) {
	if r.Model != nil {
		c.Predictor = r.Model.Predictor
	}
}

// Next returns the next day after a business date, and not behind another, on which time alone changes an answer about
// a customer who was judged on that date; false if there is none.
func (r *Rules) Next(s *Standing, c *facts.Customer, date, until domain.Day) (next domain.Day, found bool) {
	sooner := func(day domain.Day, ok bool) {
		if ok && (!found || day < next) {
			next, found = day, true
		}
	}
	if s.Risk != nil && s.Risk.Next != nil {
		sooner(*s.Risk.Next, true)
	}
	if until <= date {
		return next, found
	}
	for _, l := range r.Ladders {
		if l != nil {
			sooner(l.NextChange(c, date, until))
		}
	}
	for _, segment := range r.Segments {
		sooner(segment.Rule.NextFlip(c, date, until))
	}
	return next, found && next <= until
}
