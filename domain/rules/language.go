package rules

import (
	"math"
	"strconv"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/env"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/overloads"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
)

// language is the part of CEL that rules are written in: logic, comparison, arithmetic, texts and lists,
// over the facts. Whole numbers and fractions mix freely. It has neither loops nor the clock.
var language = sync.OnceValue(func() *cel.Env {
	options := []cel.EnvOption{
		cel.StdLib(cel.StdLibSubset(&env.LibrarySubset{DisableMacros: true, IncludeFunctions: borrowed()})),
		cel.CrossTypeNumericComparisons(true),
		cel.ParserExpressionSizeLimit(MaxExpression),
		cel.ASTValidators(cel.ValidateHomogeneousAggregateLiterals(), cel.ValidateRegexLiterals()),
		arithmetic(operators.Add, func(a, b ref.Val) ref.Val { return a.(traits.Adder).Add(b) }),
		arithmetic(operators.Subtract, func(a, b ref.Val) ref.Val { return a.(traits.Subtractor).Subtract(b) }),
		arithmetic(operators.Multiply, func(a, b ref.Val) ref.Val { return a.(traits.Multiplier).Multiply(b) }),
		arithmetic(operators.Divide, divided),
		ordering(operators.Less, func(c types.Int) bool { return c < 0 }),
		ordering(operators.LessEquals, func(c types.Int) bool { return c <= 0 }),
		ordering(operators.Greater, func(c types.Int) bool { return c > 0 }),
		ordering(operators.GreaterEquals, func(c types.Int) bool { return c >= 0 }),
		reading("number", cel.DoubleType, numberOf), reading("date", cel.IntType, dateOf),
		equality(operators.Equals), equality(operators.NotEquals),
	}
	for _, f := range facts.Catalogue {
		if f.IsWindow() {
			options = append(options, cel.Function(f.Name,
				cel.Overload(f.Name, []*cel.Type{cel.IntType}, kinds[f.Kind])))
			continue
		}
		options = append(options, cel.VariableWithDoc(f.Name, kinds[f.Kind], f.Doc))
	}
	made, err := cel.NewCustomEnv(options...)
	if err != nil {
		panic("rules: the language contradicts itself: " + err.Error())
	}
	return made
})

var kinds = map[facts.Kind]*cel.Type{facts.Int: cel.IntType, facts.Double: cel.DoubleType,
	facts.String: cel.StringType, facts.Bool: cel.BoolType, facts.List: cel.ListType(cel.StringType),
	facts.Map: cel.MapType(cel.StringType, cel.StringType)}

// functions are those that a rule may call by name, beside the windows.
var functions = []string{overloads.Contains, overloads.StartsWith, overloads.EndsWith, overloads.Matches,
	overloads.Size, "number", "date"}

// borrowed are the functions taken from CEL as they are.
func borrowed() []*env.Function {
	names := append([]string{operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot, operators.Conditional,
		operators.In, operators.Modulo, operators.Negate}, functions[:5]...)
	out := make([]*env.Function, len(names))
	for i, name := range names {
		out[i] = env.NewFunction(name)
	}
	entries := env.NewFunction(operators.Index, env.NewOverload(overloads.IndexMap, nil, nil))
	return append(out, entries)
}

// divided divides two numbers. Nothing is known of what is divided by 0, so that no rule holds by it.
func divided(a, b ref.Val) ref.Val {
	if d, fraction := b.(types.Double); fraction && d == 0 {
		return types.NewErr("division by 0")
	}
	return a.(traits.Divider).Divide(b)
}

// ordering declares <, <=, > or >= on numbers. Texts have no order: "9" would come after "24".
func ordering(operator string, holds func(types.Int) bool) cel.EnvOption {
	compare := cel.BinaryBinding(func(a, b ref.Val) ref.Val {
		c, ok := a.(traits.Comparer).Compare(b).(types.Int)
		if !ok {
			return types.NewErr("these have no order")
		}
		return types.Bool(holds(c))
	})
	var options []cel.FunctionOpt
	for _, a := range []*cel.Type{cel.IntType, cel.DoubleType} {
		for _, b := range []*cel.Type{cel.IntType, cel.DoubleType} {
			options = append(options, cel.Overload(operator+a.String()+"_"+b.String(), []*cel.Type{a, b}, cel.BoolType, compare))
		}
	}
	return cel.Function(operator, options...)
}

// reading declares a function that reads a text, such as that of an attribute.
func reading(name string, as *cel.Type, read func(string) ref.Val) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_string", []*cel.Type{cel.StringType}, as,
		cel.UnaryBinding(func(v ref.Val) ref.Val { return read(string(v.(types.String))) })))
}

// numberOf reads a number, such as 24 or 1.5.
func numberOf(text string) ref.Val {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return types.NewErr("%q is not a number", text)
	}
	return types.Double(n)
}

// dateOf reads a date, such as 2024-05-01, as the days since 1970-01-01.
func dateOf(text string) ref.Val {
	day, err := domain.ParseDay(strings.TrimSpace(text))
	if err != nil {
		return types.NewErr("%s", err)
	}
	return types.Int(day)
}

// arithmetic declares an operator on numbers that takes an int for a double where the other is one, which
// CEL's own does not: 2 * avg_interpurchase_days.
func arithmetic(operator string, do func(a, b ref.Val) ref.Val) cel.EnvOption {
	widened := cel.BinaryBinding(func(a, b ref.Val) ref.Val {
		return do(a.ConvertToType(types.DoubleType), b.ConvertToType(types.DoubleType))
	})
	return cel.Function(operator,
		cel.Overload(operator+"int", []*cel.Type{cel.IntType, cel.IntType}, cel.IntType, cel.BinaryBinding(do)),
		cel.Overload(operator+"double", []*cel.Type{cel.DoubleType, cel.DoubleType}, cel.DoubleType,
			cel.BinaryBinding(do)),
		cel.Overload(operator+"int_double", []*cel.Type{cel.IntType, cel.DoubleType}, cel.DoubleType, widened),
		cel.Overload(operator+"double_int", []*cel.Type{cel.DoubleType, cel.IntType}, cel.DoubleType, widened))
}

// equality declares == or != for what rules can compare. CEL's own would not take an int and a double,
// though it can judge them; the judging is CEL's.
func equality(operator string) cel.EnvOption {
	comparable := [][2]*cel.Type{{cel.BoolType, cel.BoolType}, {cel.StringType, cel.StringType},
		{cel.IntType, cel.IntType}, {cel.DoubleType, cel.DoubleType}, {cel.IntType, cel.DoubleType},
		{cel.DoubleType, cel.IntType}, {kinds[facts.List], kinds[facts.List]}}
	options := make([]cel.FunctionOpt, len(comparable))
	for i, pair := range comparable {
		options[i] = cel.Overload(operator+pair[0].String()+"_"+pair[1].String(), pair[:], cel.BoolType)
	}
	return cel.Function(operator, options...)
}
