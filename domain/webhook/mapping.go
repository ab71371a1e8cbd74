package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Limits of a mapping: bytes of its expressions, commands for one delivery, bytes of a delivery's id.
const (
	maxKeyExpression      = 1_000
	maxCommandsExpression = 16_000
	MaxCommands           = 1_000
	maxKey                = 128
)

// Mapping turns deliveries into commands.
type Mapping struct {
	key, commands cel.Program
	turn          turn
}

// Delivery is what a delivery says: the sender's id of it, and commands as lines of a batch.
type Delivery struct {
	Key      string
	Commands []map[string]any
}

// Compile checks the two expressions of a mapping, but for what a payload holds: that shows when one arrives.
func Compile(key, commands string) (*Mapping, error) {
	m := &Mapping{turn: newTurn()}
	var err error
	if m.key, err = program("key", key, maxKeyExpression, types.StringType, types.IntType); err != nil {
		return nil, err
	}
	m.commands, err = program("commands", commands, maxCommandsExpression, types.NewListType(types.DynType))
	return m, err
}

func program(field, expression string, most int, answers ...*cel.Type) (cel.Program, error) {
	switch {
	case expression == "" || len(expression) > most:
		return nil, ErrExpression.At("%s", field).Because("the expression has %d bytes, not 1 to %d", len(expression), most)
	case !domain.PlainText(expression):
		return nil, domain.ErrText.At("%s", field)
	}
	checked, issues := language().Compile(expression)
	if issues.Err() != nil {
		fault := issues.Errors()[0]
		return nil, ErrExpression.At("%s", field).Because("%d:%d: %s", fault.Location.Line(), fault.Location.Column()+1,
			fault.Message)
	}
	fits := checked.OutputType().Kind() == types.DynKind
	for _, t := range answers {
		fits = fits || t.IsAssignableType(checked.OutputType())
	}
	if !fits {
		return nil, ErrExpression.At("%s", field).Because("the expression answers %s, but must answer %s",
			checked.OutputType(), answers[0])
	}
	if err := checkLiterals(field, checked); err != nil {
		return nil, err
	}
	p, err := language().Program(checked, bounds()...)
	if err != nil {
		return nil, ErrExpression.At("%s", field).Because("the expression cannot be carried out: %v", err)
	}
	return p, nil
}

// Map answers what a delivery says. Whole numbers of a payload are ints, or texts where an int cannot hold them;
// names of headers are in lower case. Deliveries are evaluated one after the other; ErrBusy refuses one where too many
// wait.
func (m *Mapping) Map(ctx context.Context, body []byte, headers map[string]string) (Delivery, error) {
	giveBack, err := m.turn.take(ctx)
	if err != nil {
		return Delivery{}, err
	}
	defer giveBack()
	payload, err := decode(body)
	if err != nil {
		return Delivery{}, ErrPayload
	}
	known := map[string]any{"payload": payload, "headers": headers}
	var d Delivery
	key, err := evaluate(ctx, m.key, known)
	if err != nil {
		return d, unmappable("key: %v", err)
	}
	switch key := key.(type) {
	case string:
		d.Key = key
	case int64:
		d.Key = strconv.FormatInt(key, 10)
	}
	if d.Key == "" || len(d.Key) > maxKey || !domain.PlainText(d.Key) {
		return d, unmappable("key: the id of a delivery is a text of 1 to %d bytes", maxKey)
	}
	commands, err := evaluate(ctx, m.commands, known)
	if err != nil {
		return d, unmappable("commands: %v", err)
	}
	list, ok := commands.([]any)
	if !ok || len(list) > MaxCommands {
		return d, unmappable("commands: they are a list of at most %d", MaxCommands)
	}
	for i, one := range list {
		command, ok := one.(map[string]any)
		if !ok {
			return d, unmappable("commands: number %d is not an object", i+1)
		}
		d.Commands = append(d.Commands, command)
	}
	return d, nil
}

func unmappable(reason string, args ...any) error {
	return fmt.Errorf("%w: "+reason, append([]any{ErrUnmappable}, args...)...)
}

func evaluate(ctx context.Context, p cel.Program, known map[string]any) (any, error) {
	v, _, err := p.ContextEval(ctx, known)
	if err != nil {
		return nil, err
	}
	return plain(v, &room{})
}

// plain answers a value as JSON has it, as long as there is room for it: a value that is used many times is small until
// it is written out.
func plain(v ref.Val, r *room) (any, error) {
	bytes, _ := size(v)
	if err := r.take(int(bytes)); err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case types.String, types.Bool, types.Int, types.Uint:
		return v.Value(), nil
	case types.Double:
		if f := float64(v); !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f, nil
		}
	case types.Null:
		return nil, nil
	case types.Timestamp:
		return v.UTC().Format(time.RFC3339Nano), nil
	case traits.Mapper:
		return object(v, r)
	case traits.Lister:
		out := []any{}
		for it := v.Iterator(); it.HasNext() == types.True; {
			member, err := plain(it.Next(), r)
			if err != nil {
				return nil, err
			}
			out = append(out, member)
		}
		return out, nil
	}
	return nil, fmt.Errorf("%v has no place in a command", v.Type())
}

func object(v traits.Mapper, r *room) (any, error) {
	out := map[string]any{}
	for it := v.Iterator(); it.HasNext() == types.True; {
		key := it.Next()
		name, ok := key.(types.String)
		if !ok {
			return nil, fmt.Errorf("a member is named by a text, not by %v", key.Type())
		}
		if err := r.take(len(name)); err != nil {
			return nil, err
		}
		member, err := plain(v.Get(key), r)
		if err != nil {
			return nil, err
		}
		out[string(name)] = member
	}
	return out, nil
}

// decode reads one JSON value.
func decode(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, ErrPayload
	}
	return numbered(v), nil
}

// numbered makes ints and doubles of the numbers in a JSON value.
func numbered(v any) any {
	switch v := v.(type) {
	case json.Number:
		if whole, err := v.Int64(); err == nil {
			return whole
		}
		if f, err := v.Float64(); err == nil && strings.ContainsAny(v.String(), ".eE") {
			return f
		}
		return v.String()
	case map[string]any:
		for name := range v {
			v[name] = numbered(v[name])
		}
	case []any:
		for i := range v {
			v[i] = numbered(v[i])
		}
	}
	return v
}

// language is CEL as it is, with its functions on texts, and what payloads need beside: whose id another system's is
// (customer_id("shop", "4711")), and amounts that are given in minor units (major(1250, 2) is "12.50").
var language = sync.OnceValue(func() *cel.Env {
	env, err := cel.NewEnv(append(texts(),
		cel.Variable("payload", cel.DynType),
		cel.Variable("headers", cel.MapType(cel.StringType, cel.StringType)),
		cel.OptionalTypes(),
		cel.Function("customer_id", cel.Overload("customer_id_string_string", []*cel.Type{cel.StringType, cel.StringType},
			cel.StringType, cel.BinaryBinding(func(system, id ref.Val) ref.Val {
				return types.String(customer.IDFrom(customer.ExternalID{
					System: string(system.(types.String)), ID: string(id.(types.String))}).String())
			}))),
		cel.Function("major", cel.Overload("major_int_int", []*cel.Type{cel.IntType, cel.IntType}, cel.StringType,
			cel.BinaryBinding(func(amount, digits ref.Val) ref.Val {
				d, err := decimal.New(int64(amount.(types.Int)), int(digits.(types.Int)))
				if err != nil {
					return types.WrapErr(err)
				}
				return types.String(d.String())
			}))))...)
	if err != nil {
		panic("webhook: the language contradicts itself: " + err.Error())
	}
	return env
})

// What is wrong with a delivery that cannot be understood.
var (
	ErrPayload    = errors.New("the payload is not one JSON value")
	ErrUnmappable = errors.New("the payload is not what the webhook's mapping expects")
	ErrBusy       = errors.New("too many deliveries of this webhook wait")
)

// ErrExpression refuses a mapping. Its reason says where, as line:column, and why.
var ErrExpression = &domain.Rejection{Kind: domain.Invalid, Code: "mapping_malformed",
	Reason: "the mapping must be CEL over payload and headers"}
