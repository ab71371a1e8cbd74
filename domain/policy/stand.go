package policy

import (
	"fmt"
	"maps"
	"slices"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/rules"
)

// CompiledLadder is a ladder ready to say where customers stand. It is safe for concurrent use.
type CompiledLadder struct {
	stages []Stage
	rules  []*rules.Rule
}

// CompileLadder makes a ladder ready. One that was published always compiles.
func CompileLadder(l Ladder) (*CompiledLadder, error) {
	c := &CompiledLadder{stages: slices.Clone(l.Stages)}
	for i, stage := range l.Stages {
		rule, err := rules.Compile(stage.Rule)
		if err != nil {
			return nil, fmt.Errorf("stage %d of the ladder, %s: %w", i, stage.Name, err)
		}
		c.rules = append(c.rules, rule)
	}
	return c, nil
}

// Stage answers where a customer stands as of a business date, by name and by place from the top. On a
// ladder without an open last stage it may be nowhere: "" at the place behind the last.
func (l *CompiledLadder) Stage(c *facts.Customer, on domain.Day) (name string, index int) {
	for i, rule := range l.rules {
		if rule.Holds(c, on) {
			return l.stages[i].Name, i
		}
	}
	return "", len(l.rules)
}

// Evidence answers the facts that decided the stage: those of its rule and of the rules above it.
func (l *CompiledLadder) Evidence(c *facts.Customer, on domain.Day) map[string]any {
	_, index := l.Stage(c, on)
	evidence := map[string]any{}
	for _, rule := range l.deciding(index) {
		maps.Copy(evidence, rule.Evidence(c, on))
	}
	return evidence
}

// NextChange answers the first day after on upon which the customer stands on another stage than on that
// day, if nothing happens to them; false if none will come. When that is not found within a bounded
// search, or not before until, it answers a later day to look again from.
func (l *CompiledLadder) NextChange(c *facts.Customer, on, until domain.Day) (domain.Day, bool) {
	_, index := l.Stage(c, on)
	deciding := l.deciding(index)
	next := func(after domain.Day) (first domain.Day, found bool) {
		for _, rule := range deciding {
			if day, ok := rule.NextCandidate(c, after); ok && (!found || day < first) {
				first, found = day, true
			}
		}
		return first, found
	}
	return rules.FirstChange(on, until, next, func(day domain.Day) bool {
		_, then := l.Stage(c, day)
		return then != index
	})
}

// deciding answers the rules that make a stage the customer's: its own and those above. As long as they
// answer the same, those below do not matter.
func (l *CompiledLadder) deciding(index int) []*rules.Rule {
	return l.rules[:min(index+1, len(l.rules))]
}

// Away tells whether a stage is one of customers who have gone.
func (l *CompiledLadder) Away(name string) bool {
	return slices.ContainsFunc(l.stages, func(s Stage) bool { return s.Away && s.Name == name })
}
