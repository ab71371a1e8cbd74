package rules

import (
	"fmt"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
)

// Part is one part of a rule, with what it comes to for a customer: something that is true or false of
// itself, or what joins other parts. The whole rule is the outermost part.
type Part struct {
	Expression string `json:"expression"` // as CEL writes it
	// Holds is absent where the answer hangs on a fact that the customer does not have.
	Holds *bool `json:"holds,omitempty"`
	// Joins is "all", "any" or "not" of Parts; empty for a part without parts.
	Joins string `json:"joins,omitempty"`
	Parts []Part `json:"parts,omitempty"`
	// Values are the facts that a part without parts speaks of; null for those that the customer does not have.
	Values map[string]any `json:"values,omitempty"`
}

// Explain says of each part of the rule whether it holds for a customer as of a business date, and with
// which values. The outermost part holds if and only if Holds answers true.
func (r *Rule) Explain(c *facts.Customer, on domain.Day) (Part, error) {
	checked, err := checkRule(r.expression)
	if err != nil {
		return Part{}, err
	}
	texts := map[int64]string{} // before the windows get names of their own
	celast.PreOrderVisit(checked.Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		if text, err := cel.ExprToString(e, checked.SourceInfo()); err == nil {
			texts[e.ID()] = text
		}
	}))
	nameTerms(checked)
	return (&explanation{checked, texts, c, on}).of(checked.Expr())
}

type explanation struct {
	ast      *celast.AST
	texts    map[int64]string
	customer *facts.Customer
	on       domain.Day
}

// joins are the operators that join parts.
var joins = map[string]string{operators.LogicalAnd: "all", operators.LogicalOr: "any", operators.LogicalNot: "not"}

func (x *explanation) of(e celast.Expr) (Part, error) {
	out := Part{Expression: x.texts[e.ID()]}
	p, err := program(x.ast, e)
	if err != nil {
		return out, err
	}
	terms := termsOf(e)
	if held, _, err := p.Eval(&asked{terms: terms, customer: x.customer, on: x.on}); err == nil {
		holds := held == types.True
		out.Holds = &holds
	}
	if e.Kind() == celast.CallKind {
		out.Joins = joins[e.AsCall().FunctionName()]
	}
	if out.Joins == "" {
		out.Values = evidence(terms, x.customer, x.on)
		return out, nil
	}
	return out, x.join(&out, e)
}

// join explains the parts of a part. CEL joins two at a time: a && b && c is one "all" of three here.
func (x *explanation) join(out *Part, e celast.Expr) error {
	for _, operand := range e.AsCall().Args() {
		same := operand.Kind() == celast.CallKind && out.Joins != "not" &&
			operand.AsCall().FunctionName() == e.AsCall().FunctionName()
		if same {
			if err := x.join(out, operand); err != nil {
				return err
			}
			continue
		}
		part, err := x.of(operand)
		if err != nil {
			return fmt.Errorf("explain %s: %w", x.texts[operand.ID()], err)
		}
		out.Parts = append(out.Parts, part)
	}
	return nil
}
