package rules

import (
	"math"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
)

// maxLooks bounds how many candidates one question may look at.
const maxLooks = 2000

// NextCandidate answers the next day after a day on which Holds might answer otherwise if nothing happens
// to the customer; false if none will come. No day on which it does is ever left out. Beyond the answered
// day, ask again from there.
func (r *Rule) NextCandidate(c *facts.Customer, after domain.Day) (domain.Day, bool) {
	var first earliest
	for _, t := range r.moving {
		first.consider(t.fact.NextChange(c, after, t.days))
	}
	for _, t := range r.daily {
		first.consider(t.fact.NextChange(c, after, t.days))
	}
	for i := range r.crossings {
		first.consider(r.crossings[i].next(c, after))
	}
	return first.day, first.found
}

// NextFlip answers the first day after on upon which Holds answers otherwise than on that day, if nothing
// happens to the customer; false if none will come. When that is not found within a bounded search, or not before until,
// it answers a later day to look again from.
func (r *Rule) NextFlip(c *facts.Customer, on, until domain.Day) (domain.Day, bool) {
	if day, ok := r.NextCandidate(c, on); !ok || day > until {
		return day, ok
	}
	held := r.Holds(c, on)
	return FirstChange(on, until,
		func(after domain.Day) (domain.Day, bool) { return r.NextCandidate(c, after) },
		func(day domain.Day) bool { return r.Holds(c, day) != held })
}

// Daily tells whether the rule must be judged anew every day, because it does more with what drifts than
// compare it with what does not.
func (r *Rule) Daily() bool { return len(r.daily) > 0 }

// Ever is after every day.
const Ever = domain.Day(math.MaxInt32)

// FirstChange goes from candidate to candidate, beginning after a day, up to the first that changed says
// yes to; false when the candidates end. Its search is bounded, by until too: at worst it answers the day to look
// again from.
func FirstChange(after, until domain.Day, next func(domain.Day) (domain.Day, bool), changed func(domain.Day) bool) (
	domain.Day, bool) {
	for range maxLooks {
		day, ok := next(after)
		if !ok || day > until || changed(day) {
			return day, ok
		}
		after = day
	}
	return after, true
}

// earliest keeps the first of some days.
type earliest struct {
	day   domain.Day
	found bool
}

func (e *earliest) consider(day domain.Day, ok bool) {
	if ok && (!e.found || day < e.day) {
		*e = earliest{day: day, found: true}
	}
}

// crossing is the comparison of a fact that drifts, an age or a fading figure, with an operand that does not. While
// the operand stands still, the comparison changes on at most two days: those on which the fact reaches its value
// and passes it. When a window moves the operand, that day is a candidate of its own and the operand is looked at anew.
type crossing struct {
	drift    *facts.Fact
	operator string // as with the drift on the left
	operand  cel.Program
	terms    []term // of the operand
}

func (x *crossing) next(c *facts.Customer, after domain.Day) (domain.Day, bool) {
	out, _, err := x.operand.Eval(&asked{terms: x.terms, customer: c, on: after})
	if err != nil {
		return 0, false
	}
	value := number(out)
	if x.drift.IsFading() {
		return x.drift.NextPassing(c, after, value)
	}
	since, ok := x.drift.Since(c)
	if !ok || !(math.Abs(value) < math.MaxInt32) { // so far off, or not a number: never
		return 0, false
	}
	reached, passed := int64(math.Ceil(value)), int64(math.Floor(value))+1
	var first earliest
	for _, age := range x.turns(reached, passed) {
		day := int64(since) + age
		first.consider(domain.Day(day), age > 0 && day > int64(after) && day <= math.MaxInt32)
	}
	return first.day, first.found
}

// turns answers the ages at which the comparison changes.
func (x *crossing) turns(reached, passed int64) [2]int64 {
	switch x.operator {
	case operators.Less, operators.GreaterEquals:
		return [2]int64{reached, reached}
	case operators.LessEquals, operators.Greater:
		return [2]int64{passed, passed}
	}
	return [2]int64{reached, passed}
}

// mirrored is the operator for the same comparison with its sides exchanged. It lists those that there are.
var mirrored = map[string]string{
	operators.Less: operators.Greater, operators.LessEquals: operators.GreaterEquals,
	operators.Greater: operators.Less, operators.GreaterEquals: operators.LessEquals,
	operators.Equals: operators.Equals, operators.NotEquals: operators.NotEquals,
}

func number(v ref.Val) float64 {
	switch n := v.(type) {
	case types.Int:
		return float64(n)
	case types.Uint:
		return float64(n)
	case types.Double:
		return float64(n)
	}
	return math.NaN()
}
