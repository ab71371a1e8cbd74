package value_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/value"
)

// simulated answers customers who behave as the BG/NBD says: they buy at rates of their own and leave by chance.
func simulated(n int, chance *rand.Rand) []value.Customer {
	customers := make([]value.Customer, n)
	for i := range customers {
		rate := 0.02 + 0.2*chance.ExpFloat64() // a week
		leaves := 0.1 + 0.5*chance.Float64()
		age := 200 + chance.Int64N(200)
		repeats, last := int64(0), int64(0)
		for day := int64(0); ; {
			day += 1 + int64(chance.ExpFloat64()/rate*7)
			if day > age {
				break
			}
			repeats, last = repeats+1, day
			if chance.Float64() < leaves {
				break
			}
		}
		customers[i] = value.Customer{History: value.HistoryOf(repeats, last, age)}
		scale := 60 / gamma(4, chance)
		for range repeats {
			customers[i].Mean += scale * gamma(2, chance) / 2 / float64(repeats)
		}
	}
	return customers
}

// gamma draws from a gamma distribution of a whole shape.
func gamma(shape int, chance *rand.Rand) (sum float64) {
	for range shape {
		sum += chance.ExpFloat64()
	}
	return sum
}

// once answers customers who never bought again.
func once(n int) []value.Customer {
	return slices.Repeat([]value.Customer{{History: value.HistoryOf(0, 0, 100)}}, n)
}

func base(customers []value.Customer) value.Base {
	return value.Base{AsOf: 19_800, Position: 7, Currency: "EUR", Customers: customers, ReturnedShare: 0.05}
}

// on asks for a fit to what customers bought.
func on(b value.Base, c value.Fit) value.Command {
	return domaintest.In(c, func(g *value.Given) { g.Needs.Base = b })
}

// fitted answers the fact that follows.
func fitted(t *testing.T, c value.Command, given ...value.Event) value.Fitted {
	t.Helper()
	var s value.State
	for _, e := range given {
		e.Evolve(&s, domain.Metadata{})
	}
	events, err := domaintest.Decide(&s, c)
	if err != nil || len(events) != 1 {
		t.Fatal(events, err)
	}
	return events[0].(value.Fitted)
}

func with[T any](v T) *T { return &v }

func TestFit(t *testing.T) {
	sound := base(simulated(400, rand.New(rand.NewPCG(1, 2))))
	fit := on(sound, value.Fit{HoldoutDays: with(0)})
	first := fitted(t, fit)
	older := first
	older.AsOf -= 30
	mbg := on(sound, value.Fit{Model: value.MBGNBD, MonthlyDiscount: with(0.02)})
	stories := []domaintest.Story[value.State, value.Needs]{
		{Name: "a first fit", When: fit, Then: []value.Event{first}},
		{Name: "the same again, read later", Given: []value.Event{first}, When: on(later(sound), value.Fit{})},
		{Name: "after another day", Given: []value.Event{older}, When: fit, Then: []value.Event{first}},
		{Name: "another model", Given: []value.Event{first}, When: mbg, Then: []value.Event{fitted(t, mbg)}},
		{Name: "a model that there is not", When: on(sound, value.Fit{Model: "crystal_ball"}), Refused: value.ErrModel},
		{Name: "too long a hold-out", When: on(sound, value.Fit{HoldoutDays: with(1831)}), Refused: value.ErrHoldout},
		{Name: "a hold-out before time", When: on(sound, value.Fit{HoldoutDays: with(-1)}), Refused: value.ErrHoldout},
		{Name: "a discount beyond reason", When: on(sound, value.Fit{MonthlyDiscount: with(0.5)}),
			Refused: value.ErrDiscount},
		{Name: "nobody", When: value.Fit{}, Refused: value.ErrFewRepeaters, Because: "no model is in force"},
		{Name: "nobody comes back", Given: []value.Event{first}, When: on(base(once(500)), value.Fit{}),
			Refused: value.ErrFewRepeaters, Because: "the bg_nbd model of 2024-03-18 stays in force"},
		{Name: "no likelihood", When: on(base(endless(500)), value.Fit{}), Refused: value.ErrNoFit},
	}
	domaintest.Tell(t, stories)
	apitest.Suite[value.State, value.Needs]{Stories: stories, Stream: value.Stream, Unreachable: map[string]string{
		"value_model_does_not_converge": "whatever apps record has a likelihood"}}.Refusals(t)
}

// later is the same base as it would be read after more happened that is no purchase.
func later(b value.Base) value.Base {
	b.Position += 100
	return b
}

// endless answers customers of whom nothing can be said.
func endless(n int) []value.Customer {
	return slices.Repeat([]value.Customer{{History: value.History{X: 1, TX: 1, T: math.Inf(1)}}}, n)
}

func TestAFitSaysWhatItRestsOn(t *testing.T) {
	customers := simulated(400, rand.New(rand.NewPCG(3, 4)))
	e := fitted(t, on(base(customers), value.Fit{}))
	if e.Model != value.BGNBD || e.Customers != 400 || e.Repeaters < value.LeastRepeaters || e.AsOf != 19_800 ||
		e.Position != 7 || e.MonthlyDiscount != 0.01 || e.Spend.Model != value.GammaGamma || e.Fallback != "" {
		t.Errorf("%+v", e)
	}
	p := e.Predictor()
	for _, c := range customers {
		got := p.Predict(c)
		if again := p.Predict(c); got != again || got.Alive != p.Alive(c) {
			t.Fatalf("%+v: %+v, and again %+v", c, got, again)
		}
		if !(got.Purchases30 <= got.Purchases90 && got.Purchases90 <= got.Purchases365 && got.CLV12 <= got.CLV36) {
			t.Fatalf("%+v: %+v", c, got)
		}
	}
}

func TestSpendingFallsBackToMeans(t *testing.T) {
	generous := simulated(400, rand.New(rand.NewPCG(5, 6)))
	for i := range generous {
		generous[i].Mean = 0 // everything was a gift
	}
	e := fitted(t, on(base(generous), value.Fit{}))
	if e.Spend.Model != value.PlainMean || !strings.Contains(e.Spend.Fallback, "too few customers") {
		t.Errorf("%+v", e.Spend)
	}
	if got := e.Predictor().Predict(generous[0]).CLV12; got != 0 {
		t.Errorf("gifts are worth %g", got)
	}
	same := simulated(400, rand.New(rand.NewPCG(7, 8)))
	for i := range same {
		if same[i].X > 0 {
			same[i].Mean = 12.5
		}
	}
	e = fitted(t, on(base(same), value.Fit{}))
	if got := e.Predictor().Average(value.Customer{}); got < 12 || got > 13 {
		t.Errorf("who all spend 12.5 are expected to spend %g (%+v)", got, e.Spend)
	}
}

func TestHoldoutByDefault(t *testing.T) {
	for days, want := range map[int]int{0: 0, 90: 30, 2000: 273} {
		if got := (value.Fit{}).Holdout(days); got != want {
			t.Errorf("%d of %d days are held out, want %d", got, days, want)
		}
	}
	few := base(simulated(400, rand.New(rand.NewPCG(1, 2))))
	few.HoldoutDays = 30
	if h := fitted(t, on(few, value.Fit{})).Holdout; h == nil || h.Reason == "" {
		t.Errorf("nobody is tested, yet %+v", h)
	}
}

// Where customers hardly differ, shapes grow without bound, and predictions stay what they should be.
func TestCustomersWhoAreAllAlike(t *testing.T) {
	weekly := slices.Repeat([]value.Customer{{History: value.HistoryOf(20, 140, 140), Mean: 10}}, 500)
	for _, kind := range []value.Kind{value.BGNBD, value.MBGNBD, value.ParetoNBD} {
		p := fitted(t, on(base(weekly), value.Fit{Model: kind})).Predictor()
		if n := p.Predict(weekly[0]).Purchases365; n < 45 || n > 53 {
			t.Errorf("%s: who bought once a week is expected to buy %g times a year", kind, n)
		}
	}
}

// Of customers who came days ago, a model may conclude that they will buy several times a day for a year.
func TestWhatCannotBeIsNotInForce(t *testing.T) {
	chance := rand.New(rand.NewPCG(9, 10))
	impossible := 0
	for range 20 {
		young := make([]value.Customer, 60)
		for i := range young {
			age := 1 + chance.Int64N(10)
			repeats := chance.Int64N(1 + min(age, 1+chance.Int64N(20)))
			last := min(age, max(repeats, chance.Int64N(age+1)))
			if repeats == 0 {
				last = 0
			}
			young[i] = value.Customer{History: value.HistoryOf(repeats, last, age), Mean: 10}
		}
		e := fitted(t, on(base(young), value.Fit{Model: value.MBGNBD}))
		if strings.Contains(e.Fallback, "more days with a purchase than there are") {
			impossible++
		}
		for _, c := range young {
			if n := e.Predictor().Predict(c).Purchases365; !(n <= 365) {
				t.Errorf("%s expects purchases on %g days of a year of %+v", e.Model, n, c.History)
			}
		}
	}
	if impossible == 0 {
		t.Error("the model that was asked for was always possible")
	}
}
