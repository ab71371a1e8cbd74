package domaintest

import (
	"fmt"
	"math/bits"
	"reflect"
	"strings"

	"github.com/google/uuid"
	"github.com/govalues/decimal"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/product"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/domain/webhook"
)

// Customers are those that commands are drawn for.
var Customers = []uuid.UUID{named("customer", 0), named("customer", 1), named("customer", 2)}

// Asked is a command and the stream that it goes to.
type Asked struct {
	Stream  string
	Command any
}

// Asking draws one of Commands, as an app might ask for it on a day. Its members come from a small world (words), so
// that commands often speak of the same things; most make sense on their own, and now and then one is malformed.
func Asking(on domain.Day) *rapid.Generator[Asked] {
	return rapid.Custom(func(t *rapid.T) Asked {
		v := reflect.New(reflect.TypeOf(Commands[index(t, len(Commands))])).Elem()
		sketch{t: t, command: v.Type().Name(), on: on}.members(v)
		return Asked{streamOf(t, v.Interface()), v.Interface()}
	})
}

func streamOf(t *rapid.T, command any) (stream string) {
	switch c := command.(type) {
	case customer.Command:
		stream = customer.Stream(drawID(t, "customer"))
	case segment.Define:
		stream = segment.Stream(c.Name)
	case segment.Retire:
		stream = segment.Stream(c.Name)
	case guidance.Define:
		stream = guidance.Stream(c.Name)
	case guidance.Retire:
		stream = guidance.Stream(c.Name)
	case campaign.Plan:
		stream = campaign.Stream(c.Campaign)
	case campaign.Launch:
		stream = campaign.Stream(c.Campaign)
	case campaign.RecordCost:
		stream = campaign.Stream(c.Campaign)
	case campaign.Close:
		stream = campaign.Stream(c.Campaign)
	case product.List:
		stream = product.Stream(c.SKU)
	case product.ChangePrice:
		stream = product.Stream(c.SKU)
	case product.Delist:
		stream = product.Stream(c.SKU)
	case questionnaire.Publish:
		stream = questionnaire.Stream(c.ID)
	case policy.PublishLadder:
		stream = policy.Stream(policy.LadderName)
	case policy.PublishTiers:
		stream = policy.Stream(policy.TiersName)
	case policy.PublishRFM:
		stream = policy.Stream(policy.RFMName)
	case policy.PublishService:
		stream = policy.Stream(policy.ServiceName)
	case policy.PublishCosts:
		stream = policy.Stream(policy.CostsName)
	case policy.PublishPriceBands:
		stream = policy.Stream(policy.PriceBandsName)
	case policy.PublishRetention:
		stream = policy.Stream(policy.RetentionName)
	case policy.PublishPhones:
		stream = policy.Stream(policy.PhonesName)
	case subscription.Publish:
		stream = subscription.Stream(c.Subscription)
	case subscription.RotateSecret:
		stream = subscription.Stream(c.Subscription)
	case subscription.Retire:
		stream = subscription.Stream(c.Subscription)
	case webhook.Publish:
		stream = webhook.Stream(c.Webhook)
	case webhook.Retire:
		stream = webhook.Stream(c.Webhook)
	case calendar.Command:
		stream = calendar.Stream
	case business.Command:
		stream = business.Stream
	default:
		t.Fatalf("%T: say in domaintest which stream it goes to", command)
	}
	return stream
}

// index draws a number below n, each as often, where rapid would favour the small ones.
func index(t *rapid.T, n int) (i int) {
	for range bits.Len(uint(n)) + 3 {
		i *= 2
		if rapid.Bool().Draw(t, "bit") {
			i++
		}
	}
	return i % n
}

// sketch is a command in the making.
type sketch struct {
	t       *rapid.T
	command string
	on      domain.Day
}

// members draws all that the command's JSON form has; what it has not is filled in by whoever handles the command.
func (s sketch) members(v reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case !f.IsExported() || name == "-":
		case strings.Contains(options, "omitempty") && f.Type.Kind() != reflect.Pointer && s.chance(3):
		case name == "":
			s.value(v.Field(i), f.Type.Name())
		default:
			s.value(v.Field(i), name)
		}
	}
}

// chance is one in n.
func (s sketch) chance(n int) bool { return index(s.t, n) == n-1 }

func (s sketch) value(v reflect.Value, name string) {
	choice, known := words[s.command+"."+name]
	if !known {
		choice, known = words[name]
	}
	switch {
	case v.Kind() == reflect.Pointer:
		if s.chance(3) {
			v.Set(reflect.New(v.Type().Elem()))
			s.value(v.Elem(), name)
		}
		return
	case known && reflect.TypeOf(choice[0]).ConvertibleTo(v.Type()) && !s.chance(40):
		v.Set(reflect.ValueOf(choice[index(s.t, len(choice))]).Convert(v.Type()))
		return
	}
	switch v.Interface().(type) {
	case uuid.UUID:
		v.Set(reflect.ValueOf(s.id(name)))
		return
	case domain.Day:
		v.Set(reflect.ValueOf(s.day(name)))
		return
	case decimal.Decimal:
		v.Set(reflect.ValueOf(oneOf(s, numbers, decimal.One.Neg())))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(oneOf(s, texts, "", "\x00"))
	case reflect.Int, reflect.Int64:
		v.SetInt(oneOf(s, []int64{1, 2, 30}, -1, 0, 1<<60))
	case reflect.Uint64: // a revision, of short streams and of long ones
		v.SetUint(uint64(index(s.t, oneOf(s, []int{4, 16, 64, 256}, 1))))
	case reflect.Interface:
		v.Set(s.ofCustomer())
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(s.t, name))
	case reflect.Struct:
		s.members(v)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), oneOf(s, []int{1, 1, 2}, 0), 2))
		for i := range v.Len() {
			s.value(v.Index(i), name)
		}
	default:
		s.t.Fatalf("%s.%s: domaintest draws no %s", s.command, name, v.Type())
	}
}

// ofCustomer draws a command within another one.
func (s sketch) ofCustomer() reflect.Value {
	for {
		v := reflect.New(reflect.TypeOf(Commands[index(s.t, len(Commands))])).Elem()
		if _, ok := v.Interface().(customer.Command); ok && v.Type() != reflect.TypeFor[customer.CorrectFact]() {
			sketch{t: s.t, command: v.Type().Name(), on: s.on}.members(v)
			return v
		}
	}
}

// oneOf draws what makes sense, and now and then what does not.
func oneOf[V any](s sketch, sensible []V, malformed ...V) V {
	if s.chance(40) {
		sensible = malformed
	}
	return sensible[index(s.t, len(sensible))]
}

func (s sketch) id(name string) uuid.UUID {
	if s.chance(60) {
		return uuid.Nil
	}
	if of, ok := kin[name]; ok {
		name = of
	}
	return drawID(s.t, name)
}

// drawID draws one of the three things of a kind that there are, the first ones more often.
func drawID(t *rapid.T, kind string) uuid.UUID {
	return named(kind, []int{0, 0, 0, 0, 0, 1, 1, 2}[index(t, 8)])
}

func named(kind string, n int) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, kind, n))
}

// day draws one around the command's own: what begins lies back, what ends or falls due ahead.
func (s sketch) day(name string) domain.Day {
	span, ok := spans[name]
	switch {
	case s.chance(40):
		span = [2]int{-9000, 9000}
	case !ok:
		span = [2]int{-1, 20}
	}
	return s.on + domain.Day(span[0]+index(s.t, span[1]-span[0]+1))
}
