// Package rules judges customers by boolean CEL expressions over the catalogue of facts.
package rules

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
)

// Rule is a checked expression, ready to judge. It is safe for concurrent use.
type Rule struct{}

// Compile checks an expression.
func Compile(expression string) (*Rule, error) { panic("TODO") }

// Holds judges a customer as of a business date.
func (r *Rule) Holds(c *facts.Customer, on domain.Day) bool { panic("TODO") }

// Evidence answers the values of the facts that the rule speaks of, by the name used in the rule.
func (r *Rule) Evidence(c *facts.Customer, on domain.Day) map[string]any { panic("TODO") }

// NextCandidate answers the next day after a day on which Holds might answer otherwise if nothing
// happens to the customer; false if none will come.
func (r *Rule) NextCandidate(c *facts.Customer, after domain.Day) (domain.Day, bool) { panic("TODO") }
