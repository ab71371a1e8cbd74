package rules

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
)

// MaxExpression bounds the bytes of an expression. The language has no loops, so it bounds the cost of
// judging too.
const MaxExpression = 4096

// ErrMalformed refuses an expression that is no rule. Its reason says where, as line:column, and why.
var ErrMalformed = &domain.Rejection{Kind: domain.Invalid, Code: "rule_malformed", Field: "rule",
	Reason: "the rule must be a CEL expression over facts that is true or false"}

// Compile checks an expression; ErrMalformed where it is no rule. The same expression is compiled once.
func Compile(expression string) (*Rule, error) {
	if rule := compiled.get(expression); rule != nil {
		return rule, nil
	}
	rule, err := compile(expression)
	if err == nil {
		compiled.put(expression, rule)
	}
	return rule, err
}

func compile(expression string) (*Rule, error) {
	checked, err := checkRule(expression)
	if err != nil {
		return nil, err
	}
	return plan(expression, checked)
}

// checkRule reads an expression and finds whether it is a rule.
func checkRule(expression string) (*celast.AST, error) {
	checked, err := check(expression)
	if err != nil {
		return nil, err
	}
	if t := checked.GetType(checked.Expr().ID()); !t.IsExactType(types.BoolType) {
		return nil, ErrMalformed.Because("the rule answers %s, but must answer bool: true or false", t)
	}
	return checked, nil
}

// check reads an expression and finds whether it makes sense.
func check(expression string) (*celast.AST, error) {
	switch {
	case strings.TrimSpace(expression) == "":
		return nil, ErrMalformed.Because("the rule is empty; true holds for everybody")
	case len(expression) > MaxExpression:
		return nil, ErrMalformed.Because("the rule has %d bytes, at most %d are read", len(expression), MaxExpression)
	case !domain.PlainText(expression):
		return nil, ErrMalformed.Because("the rule is not plain text: valid UTF-8 without the NUL character")
	}
	env := language()
	parsed, issues := env.Parse(expression)
	if issues.Err() != nil {
		return nil, malformed(issues)
	}
	if err := checkNames(parsed.NativeRep()); err != nil {
		return nil, err
	}
	checked, issues := env.Check(parsed)
	if issues.Err() != nil {
		return nil, malformed(issues)
	}
	return checked.NativeRep(), nil
}

// nameTerms makes names of the calls of windows and of the entries of maps, so that evaluating looks them up as it does
// any other fact.
func nameTerms(ast *celast.AST) {
	fresh := celast.NewExprFactory()
	celast.PostOrderVisit(ast.Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		name := ""
		if call := windowCall(e); call != nil {
			name = fmt.Sprintf("%s(%d)", call.FunctionName(), call.Args()[0].AsLiteral())
		} else if of, entry := entryOf(e); of != nil {
			name = fmt.Sprintf("%s[%q]", of.AsIdent(), entry)
		}
		if name != "" {
			e.SetKindCase(fresh.NewIdent(e.ID(), name))
			ast.SetReference(e.ID(), celast.NewIdentReference(name, nil))
		}
	}))
}

// plan makes the checked tree ready to judge.
func plan(expression string, ast *celast.AST) (*Rule, error) {
	nameTerms(ast)
	rule := &Rule{expression: expression, terms: termsOf(ast.Expr())}
	for _, t := range rule.terms {
		if t.fact.IsWindow() || t.fact.IsStep() {
			rule.moving = append(rule.moving, t)
		}
	}
	if err := rule.classify(ast); err != nil {
		return nil, err
	}
	var err error
	rule.program, err = program(ast, ast.Expr())
	return rule, err
}

func program(ast *celast.AST, e celast.Expr) (cel.Program, error) {
	part := celast.NewCheckedAST(celast.NewAST(e, ast.SourceInfo()), ast.TypeMap(), ast.ReferenceMap())
	p, err := language().PlanProgram(part, cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return nil, ErrMalformed.Because("the rule cannot be judged: %v", err)
	}
	return p, nil
}

// classify finds out how the rule uses each fact that drifts: in a comparison with something that does not, whose turns
// can be foreseen, or in another way.
func (r *Rule) classify(ast *celast.AST) error {
	foreseen := map[int64]bool{} // ids of the drifting facts in such comparisons
	var failed error
	celast.PreOrderVisit(ast.Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		drift, operator, operand := comparedDrift(e)
		if drift == nil {
			return
		}
		foreseen[drift.ID()] = true
		x := crossing{drift: facts.Find(drift.AsIdent()), operator: operator, terms: termsOf(operand)}
		var err error
		if x.operand, err = program(ast, operand); err != nil {
			failed = err
		}
		r.crossings = append(r.crossings, x)
	}))
	celast.PreOrderVisit(ast.Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		if drifts(e) && !foreseen[e.ID()] {
			r.daily = append(r.daily, termOf(e))
		}
	}))
	return failed
}

// comparedDrift takes a comparison of a fact that drifts with an operand that does not apart, as with the fact on the left.
func comparedDrift(e celast.Expr) (drift celast.Expr, operator string, operand celast.Expr) {
	if e.Kind() != celast.CallKind || mirrored[e.AsCall().FunctionName()] == "" {
		return nil, "", nil
	}
	left, right, operator := e.AsCall().Args()[0], e.AsCall().Args()[1], e.AsCall().FunctionName()
	if drifts(right) {
		left, right, operator = right, left, mirrored[operator]
	}
	if !drifts(left) || slices.ContainsFunc(termsOf(right), func(t term) bool { return drifting(t.fact) }) {
		return nil, "", nil
	}
	return left, operator, right
}

// drifts tells whether an expression is a fact that changes by itself day after day.
func drifts(e celast.Expr) bool {
	if e.Kind() != celast.IdentKind {
		return false
	}
	f := facts.Find(e.AsIdent())
	return f != nil && drifting(f)
}

func drifting(f *facts.Fact) bool { return f.IsAge() || f.IsFading() }

// termsOf answers the facts that a planned expression names, once each, sorted by name.
func termsOf(e celast.Expr) []term {
	var terms []term
	celast.PreOrderVisit(e, celast.NewExprVisitor(func(e celast.Expr) {
		if e.Kind() == celast.IdentKind {
			terms = append(terms, termOf(e))
		}
	}))
	slices.SortFunc(terms, func(a, b term) int { return strings.Compare(a.name, b.name) })
	return slices.CompactFunc(terms, func(a, b term) bool { return a.name == b.name })
}

func termOf(ident celast.Expr) term {
	t := term{name: ident.AsIdent()}
	if name, entry, mapped := strings.Cut(strings.TrimSuffix(t.name, "]"), "["); mapped {
		t.fact = facts.Find(name)
		fmt.Sscanf(entry, "%q", &t.entry)
		return t
	}
	name, days, windowed := strings.Cut(strings.TrimSuffix(t.name, ")"), "(")
	t.fact = facts.Find(name)
	if windowed {
		fmt.Sscan(days, &t.days)
	}
	return t
}

// cache keeps compiled rules. Rules are few; when there are more than fit, it begins anew.
type cache struct {
	mu    sync.RWMutex
	rules map[string]*Rule
}

const cacheSize = 1024

var compiled cache

func (c *cache) get(expression string) *Rule {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.rules[expression]
}

func (c *cache) put(expression string, rule *Rule) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rules == nil || len(c.rules) >= cacheSize {
		c.rules = map[string]*Rule{}
	}
	c.rules[expression] = rule
}
