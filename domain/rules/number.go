package rules

import (
	"math"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
)

// Number is a checked expression over the facts that answers a number, such as
//
//	0.2 * net_revenue_in(365)
//
// It is safe for concurrent use.
type Number struct {
	program cel.Program
	terms   []term
}

// CompileNumber checks an expression; ErrMalformed where it answers no number.
func CompileNumber(expression string) (*Number, error) {
	if strings.TrimSpace(expression) == "" {
		return nil, ErrMalformed.Because("the expression is empty")
	}
	checked, err := check(expression)
	if err != nil {
		return nil, err
	}
	if t := checked.GetType(checked.Expr().ID()); !t.IsExactType(types.IntType) && !t.IsExactType(types.DoubleType) {
		return nil, ErrMalformed.Because("the expression answers %s, but must answer a number", t)
	}
	nameTerms(checked)
	n := &Number{terms: termsOf(checked.Expr())}
	n.program, err = program(checked, checked.Expr())
	return n, err
}

// Value answers the number for a customer as of a business date; false where it hangs on a fact that the customer
// does not have, and where there is no such number, as with a division by 0.
func (n *Number) Value(c *facts.Customer, on domain.Day) (float64, bool) {
	v, _, err := n.program.Eval(&asked{terms: n.terms, customer: c, on: on})
	if err != nil {
		return 0, false
	}
	number, ok := v.ConvertToType(types.DoubleType).(types.Double)
	return float64(number), ok && !math.IsNaN(float64(number)) && !math.IsInf(float64(number), 0)
}

// Evidence answers the values of the facts that the expression speaks of, as with a rule.
func (n *Number) Evidence(c *facts.Customer, on domain.Day) map[string]any {
	return evidence(n.terms, c, on)
}
