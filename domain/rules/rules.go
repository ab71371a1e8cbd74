// Package rules judges customers by boolean CEL expressions over the catalogue of facts, such as
//
//	recency_days <= 30 && net_revenue_in(365) >= 1000
//
// It decides which expressions are rules, whether one holds for a customer on a business date, and when
// that may change with time alone. It must not know what a rule is used for.
package rules

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
)

// Rule is a checked expression, ready to judge. It is safe for concurrent use.
type Rule struct {
	expression string
	program    cel.Program
	terms      []term // every fact that it speaks of, once, sorted by name
	moving     []term
	crossings  []crossing
	daily      []term // what drifts and is not merely compared
}

// term is a fact as a rule names it: with the days of its window or the name of its entry, where it has one.
type term struct {
	name  string // "orders", "orders_in(30)", `attributes["income"]`
	fact  *facts.Fact
	days  int
	entry string
}

// value answers the fact; false where the customer does not have it.
func (t *term) value(c *facts.Customer, on domain.Day) (any, bool) {
	if t.fact.IsMap() {
		return t.fact.Entry(c, t.entry)
	}
	return t.fact.Value(c, on, t.days)
}

// String answers the expression as it was written.
func (r *Rule) String() string { return r.expression }

// Holds judges a customer as of a business date. Where the answer hangs on a fact that the customer does
// not have, the rule does not hold.
func (r *Rule) Holds(c *facts.Customer, on domain.Day) bool {
	held, _, err := r.program.Eval(&asked{terms: r.terms, customer: c, on: on})
	return err == nil && held == types.True
}

// Evidence answers the values of the facts that the rule speaks of, by the name used in the rule; nil for
// those that the customer does not have.
func (r *Rule) Evidence(c *facts.Customer, on domain.Day) map[string]any {
	return evidence(r.terms, c, on)
}

func evidence(terms []term, c *facts.Customer, on domain.Day) map[string]any {
	values := make(map[string]any, len(terms))
	for _, t := range terms {
		values[t.name] = nil
		if v, ok := t.value(c, on); ok {
			values[t.name] = v
		}
	}
	return values
}

// asked lets an expression look up the facts that it names.
type asked struct {
	terms    []term
	customer *facts.Customer
	on       domain.Day
}

// ResolveName answers a fact's value, or an error where the customer does not have it: && and || absorb
// that when the other side decides, everything else passes it on.
func (a *asked) ResolveName(name string) (any, bool) {
	for i := range a.terms {
		t := &a.terms[i]
		if t.name != name {
			continue
		}
		if v, ok := t.value(a.customer, a.on); ok {
			return v, true
		}
		return absent, true
	}
	return nil, false
}

// Parent answers nil: there is nothing else to ask.
func (a *asked) Parent() cel.Activation { return nil }

// absent has a node of its own, since evaluation writes one into errors that have none, and this one is shared.
var absent = types.NewErrWithNodeID(1, "the customer does not have this fact")
