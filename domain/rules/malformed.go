package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
)

// checkNames refuses what the catalogue does not have, before CEL does it in words of its own: unknown
// facts and functions, windows without a proper number of days, and maps without the name of an entry.
func checkNames(ast *celast.AST) error {
	var first error
	asked := map[int64]bool{} // ids of maps that are asked for an entry
	celast.PreOrderVisit(ast.Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		if of, _ := entryOf(e); of != nil {
			asked[of.ID()] = true
		}
		if reason := nameFault(e); reason != "" && first == nil && !asked[e.ID()] {
			first = at(ast.SourceInfo().GetStartLocation(e.ID()), reason)
		}
	}))
	return first
}

func nameFault(e celast.Expr) string {
	switch e.Kind() {
	case celast.IdentKind:
		name := e.AsIdent()
		switch f := facts.Find(name); {
		case f == nil:
			return fmt.Sprintf("there is no fact %q%s", name, suggestion(name))
		case f.IsWindow():
			return fmt.Sprintf("%s needs the number of days to look at, as in %s(365)", name, name)
		case f.IsMap():
			return fmt.Sprintf("%s needs the name of an entry, written out, as in %s[\"income\"]", name, name)
		}
	case celast.CallKind:
		name := e.AsCall().FunctionName()
		if call := windowCall(e); call != nil {
			return windowFault(call)
		}
		if _, symbol := operators.FindReverse(name); symbol || slices.Contains(functions, name) {
			return ""
		}
		if facts.Find(name) != nil {
			return fmt.Sprintf("%s is a fact, not a function: write it without brackets", name)
		}
		return fmt.Sprintf("there is no function %q%s", name, suggestion(name))
	}
	return ""
}

// windowCall answers the call of a window fact, or nil.
func windowCall(e celast.Expr) celast.CallExpr {
	if e.Kind() != celast.CallKind {
		return nil
	}
	if f := facts.Find(e.AsCall().FunctionName()); f == nil || !f.IsWindow() {
		return nil
	}
	return e.AsCall()
}

// entryOf takes the entry of a map fact apart, whose name is written out; of is nil where e is none.
func entryOf(e celast.Expr) (of celast.Expr, entry string) {
	if e.Kind() != celast.CallKind || e.AsCall().FunctionName() != operators.Index {
		return nil, ""
	}
	of, name := e.AsCall().Args()[0], e.AsCall().Args()[1]
	if of.Kind() != celast.IdentKind || name.Kind() != celast.LiteralKind {
		return nil, ""
	}
	text, ok := name.AsLiteral().(types.String)
	if f := facts.Find(of.AsIdent()); f == nil || !f.IsMap() || !ok {
		return nil, ""
	}
	return of, string(text)
}

func windowFault(call celast.CallExpr) string {
	name := call.FunctionName()
	if !call.IsMemberFunction() && len(call.Args()) == 1 && call.Args()[0].Kind() == celast.LiteralKind {
		if n, ok := call.Args()[0].AsLiteral().(types.Int); ok && n >= 1 && n <= facts.MaxWindow {
			return ""
		}
	}
	return fmt.Sprintf("%s takes a number of days from 1 to %d, as in %s(365)", name, facts.MaxWindow, name)
}

// malformed puts CEL's first complaint in plain words.
func malformed(issues *cel.Issues) error {
	e := issues.Errors()[0]
	message, _, _ := strings.Cut(e.Message, " expecting {")
	if m := noOverload.FindStringSubmatch(message); m != nil {
		name := m[1]
		if symbol, ok := operators.FindReverse(name); ok && symbol != "" {
			name = symbol
		}
		message = fmt.Sprintf("%s cannot take %s", name, strings.ReplaceAll(m[2], ", ", " and "))
	}
	return at(e.Location, message)
}

var noOverload = regexp.MustCompile(`^found no matching overload for '([^']+)' applied to '\(?([^']*?)\)?'$`)

func at(where common.Location, reason string) *domain.Rejection {
	if where.Line() < 1 { // it is about the rule as a whole
		return ErrMalformed.Because("%s", reason)
	}
	return ErrMalformed.Because("%d:%d: %s", where.Line(), where.Column()+1, reason)
}

// suggestion names the facts that may have been meant, the nearest first.
func suggestion(name string) string {
	type near struct {
		name     string
		distance int
	}
	var nearest []near
	consider := func(known, shown string) {
		if d := distance(strings.ToLower(name), known); d <= 1+len(name)/3 {
			nearest = append(nearest, near{shown, d})
		}
	}
	for _, f := range facts.Catalogue {
		if f.IsWindow() {
			consider(f.Name, f.Name+"(365)")
		} else {
			consider(f.Name, f.Name)
		}
	}
	for _, f := range functions {
		consider(strings.ToLower(f), f)
	}
	if len(nearest) == 0 {
		return ""
	}
	slices.SortStableFunc(nearest, func(a, b near) int { return a.distance - b.distance })
	nearest = nearest[:min(3, len(nearest))]
	names := make([]string, len(nearest))
	for i, n := range nearest {
		names[i] = n.name
	}
	return "; did you mean " + strings.Join(names, " or ") + "?"
}

// distance counts the letters to add, drop or exchange between two words (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			exchanged := diagonal
			if a[i] != b[j] {
				exchanged++
			}
			diagonal = row[j+1]
			row[j+1] = min(exchanged, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
