package webhook

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/ext"
)

// What an evaluation may take. CEL counts steps, and a step may copy a megabyte: so a step is charged by the texts that
// it reads and makes, and functions whose result can be much longer than what they are given are refused before they
// begin. One evaluation then makes at most stepBytes × maxSteps = 16 MB of texts, however it is written.
const (
	maxSteps      = 1_000_000
	stepBytes     = 16        // of texts that one step reads or makes
	maxTextBytes  = 8 << 20   // of one text that replace, join or format make
	maxLiteral    = 64        // members of one list or object that is written down in an expression
	maxResult     = 4 << 20   // bytes of texts in what an expression answers, each counted as often as it stands there
	maxValues     = 200_000   // lists, objects, numbers and texts in it
	maxWaiting    = 16        // deliveries that wait for the one that is evaluated
	memberCost    = 1         // of a list, for functions that go through it
	maxAggregated = 1_000_000 // members that are counted of two values that are compared
)

// bounds limit one program.
func bounds() []cel.ProgramOption {
	return []cel.ProgramOption{cel.CostLimit(maxSteps), cel.CostTracking(bySize{}), cel.InterruptCheckFrequency(100)}
}

// bySize charges a call by the size of what it reads and makes. CEL's own charges depend on the overload, which is not
// known for what comes from a payload: a call on it would cost one step, whatever its size.
type bySize struct{}

func (bySize) CallCost(function, _ string, args []ref.Val, result ref.Val) *uint64 {
	bytes, members := size(result)
	deep := function == operators.Equals || function == operators.NotEquals || function == operators.In
	for _, arg := range args {
		b, m := size(arg)
		if deep {
			m = aggregate(arg)
		} else if function == operators.Add { // lists are chained, not copied
			m = 0
		}
		bytes, members = bytes+b, members+m
	}
	if function == operators.Add {
		if _, list := result.(traits.Lister); list {
			members = 0
		}
	}
	cost := 1 + bytes/stepBytes + members*memberCost
	if function == "matches" && len(args) == 2 { // as CEL charges it: every place of the text against the pattern
		pattern, _ := size(args[1])
		cost += bytes / 10 * (pattern / 4)
	}
	return &cost
}

// size returns how long a text is, or how many members a list or an object has, without looking into them.
func size(v ref.Val) (bytes, members uint64) {
	switch v := v.(type) {
	case types.String:
		return uint64(len(v)), 0
	case types.Bytes:
		return uint64(len(v)), 0
	case traits.Sizer:
		if n, ok := v.Size().(types.Int); ok {
			return 0, uint64(n)
		}
	}
	return 0, 0
}

// aggregate returns about how much is looked at where a value is compared.
func aggregate(v ref.Val) uint64 {
	return uint64(min(types.NewSizeCalculator().ApproximateAggregateSize(v).Size, maxAggregated))
}

// checkLiterals refuses an expression with a list or an object so large that making it in a loop, which costs as much as
// making a small one, would take all memory.
func checkLiterals(field string, checked *cel.Ast) error {
	var largest int
	ast.PostOrderVisit(checked.NativeRep().Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		switch e.Kind() {
		case ast.ListKind:
			largest = max(largest, e.AsList().Size())
		case ast.MapKind:
			largest = max(largest, e.AsMap().Size())
		}
	}))
	if largest > maxLiteral {
		return ErrExpression.At("%s", field).Because("a list or an object in the expression has %d members, more than %d",
			largest, maxLiteral)
	}
	return nil
}

// texts are CEL's functions on texts. Those that can make a long text of short ones are replaced by ones that refuse.
func texts() []cel.EnvOption {
	list, text := cel.ListType(cel.StringType), cel.StringType
	return []cel.EnvOption{
		ext.Strings(),
		cel.Function("replace",
			cel.MemberOverload("string_replace_string_string", []*cel.Type{text, text, text}, text,
				cel.FunctionBinding(replace)),
			cel.MemberOverload("string_replace_string_string_int", []*cel.Type{text, text, text, cel.IntType}, text,
				cel.FunctionBinding(replace))),
		cel.Function("join",
			cel.MemberOverload("list_join", []*cel.Type{list}, text,
				cel.UnaryBinding(func(list ref.Val) ref.Val { return join(list, types.String("")) })),
			cel.MemberOverload("list_join_string", []*cel.Type{list, text}, text, cel.BinaryBinding(join))),
		cel.Function("format",
			cel.MemberOverload("string_format", []*cel.Type{text, cel.ListType(cel.DynType)}, text, cel.BinaryBinding(format))),
	}
}

func tooLong(function string) ref.Val {
	return types.NewErr("%s would make a text of more than %d bytes", function, maxTextBytes)
}

func replace(args ...ref.Val) ref.Val {
	text, before, after := string(args[0].(types.String)), string(args[1].(types.String)), string(args[2].(types.String))
	count := strings.Count(text, before)
	if len(args) == 4 {
		if limit := int(args[3].(types.Int)); limit >= 0 {
			count = min(count, limit)
		}
	}
	if len(text)+count*max(0, len(after)-len(before)) > maxTextBytes {
		return tooLong("replace")
	}
	return types.String(strings.Replace(text, before, after, count))
}

func join(list, separator ref.Val) ref.Val {
	var parts []string
	total, between := 0, string(separator.(types.String))
	for it := list.(traits.Lister).Iterator(); it.HasNext() == types.True; {
		part, ok := it.Next().(types.String)
		if !ok {
			return types.NewErr("join takes a list of texts")
		}
		if total += len(part) + len(between); total > maxTextBytes+len(between) {
			return tooLong("join")
		}
		parts = append(parts, string(part))
	}
	return types.String(strings.Join(parts, between))
}

// formatting is CEL's own format.
var formatting = sync.OnceValue(func() cel.Program {
	env, err := cel.NewEnv(ext.Strings(), cel.Variable("text", cel.StringType), cel.Variable("args", cel.ListType(cel.DynType)))
	if err != nil {
		panic("webhook: " + err.Error())
	}
	expression, issues := env.Compile("text.format(args)")
	if issues.Err() != nil {
		panic("webhook: " + issues.Err().Error())
	}
	p, err := env.Program(expression)
	if err != nil {
		panic("webhook: " + err.Error())
	}
	return p
})

// format refuses by what each place of the text could become: any of the arguments, with each of its values written out.
func format(text, args ref.Val) ref.Val {
	const written = 400 // bytes of a number with all its digits, at most
	places := strings.Count(string(text.(types.String)), "%")
	longest := 0
	for it := args.(traits.Lister).Iterator(); it.HasNext() == types.True; {
		var r room
		if _, err := plain(it.Next(), &r); err != nil && r.exceeded() {
			return tooLong("format")
		}
		longest = max(longest, 2*r.bytes+written*r.values)
	}
	if len(text.(types.String))+places*longest > maxTextBytes {
		return tooLong("format")
	}
	v, _, err := formatting().Eval(map[string]any{"text": text, "args": args})
	if err != nil {
		return types.WrapErr(err)
	}
	return v
}

// room is how much of what an expression may answer is taken.
type room struct{ bytes, values int }

func (r *room) exceeded() bool { return r.bytes > maxResult || r.values > maxValues }

// take counts a value with the bytes of its text.
func (r *room) take(bytes int) error {
	r.bytes, r.values = r.bytes+bytes, r.values+1
	if r.exceeded() {
		return fmt.Errorf("the answer has more than %d bytes of text, or more than %d values", maxResult, maxValues)
	}
	return nil
}

// turn lets one delivery of a mapping be evaluated at a time, so that what evaluations take together is bounded too.
type turn struct{ waiting, running chan struct{} }

func newTurn() turn { return turn{make(chan struct{}, maxWaiting+1), make(chan struct{}, 1)} }

// take waits for its turn. The caller gives it back.
func (t turn) take(ctx context.Context) (giveBack func(), err error) {
	select {
	case t.waiting <- struct{}{}:
	default:
		return nil, ErrBusy
	}
	select {
	case t.running <- struct{}{}:
		return func() { <-t.running; <-t.waiting }, nil
	case <-ctx.Done():
		<-t.waiting
		return nil, ctx.Err()
	}
}
