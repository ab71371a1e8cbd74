package facts_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
)

func purchase(minor int64, on domain.Day) domaintest.Happening {
	return domaintest.Happening{On: on, Event: customer.PurchaseRecorded{ReportingCurrency: "GBP",
		ReportingTotalMinor: minor, Lines: []customer.PurchasedLine{{ReportingMinor: minor}}}}
}

func refund(minor int64, on domain.Day) domaintest.Happening {
	return domaintest.Happening{On: on, Event: customer.ReturnRecorded{
		ReportingCurrency: "GBP", ReportingTotalMinor: minor}}
}

func call(on domain.Day) domaintest.Happening {
	return domaintest.Happening{On: on, Event: customer.InteractionRecorded{Kind: "call"}}
}

func registered(on domain.Day) domaintest.Happening {
	return domaintest.Happening{On: on, Event: customer.Registered{Kind: customer.Person, Country: "France",
		ExternalIDs: []customer.ExternalID{
			{System: "shop", ID: "1"}, {System: "shop", ID: "2"}, {System: "till", ID: "1"}},
		Acquired: &customer.Acquisition{Source: "search", Campaign: "spring"}}}
}

func costed(minor, cost int64, on domain.Day) domaintest.Happening {
	return domaintest.Happening{On: on, Event: customer.PurchaseRecorded{
		ReportingCurrency: "GBP", ReportingTotalMinor: 2 * minor,
		Lines: []customer.PurchasedLine{{ReportingMinor: minor, CostMinor: &cost}, {ReportingMinor: minor}}}}
}

func TestWhatTheCatalogueSays(t *testing.T) {
	absent := any(nil)
	story := []domaintest.Happening{registered(95), purchase(3000, 100), call(105), purchase(1050, 110),
		purchase(500, 110), refund(1000, 112), costed(1000, 400, 130), purchase(7, 90)}
	for _, c := range []struct {
		name    string
		history []domaintest.Happening
		on      domain.Day
		days    int
		want    map[string]any
	}{
		{"nothing known", nil, 100, 30, map[string]any{
			"kind": absent, "country": absent, "locale": absent, "currency": absent, "external_systems": []string{},
			"acquisition_source": absent, "acquisition_campaign": absent, "days_since_registration": absent,
			"orders": int64(0), "purchase_days": int64(0), "frequency": int64(0), "returns": int64(0),
			"recency_days": absent, "t_x": absent, "t_age": absent, "avg_interpurchase_days": absent,
			"gross_revenue": 0.0, "returns_value": 0.0, "net_revenue": 0.0, "margin": absent, "avg_order_value": absent,
			"interactions": int64(0), "days_since_contact": absent, "purchase_days_in": int64(0),
			"orders_in": int64(0), "net_revenue_in": 0.0, "returns_in": int64(0), "interactions_in": int64(0)}},
		{"a whole story", story, 135, 26, map[string]any{
			"kind": "person", "country": "France", "locale": absent, "currency": "GBP",
			"external_systems": []string{"shop", "till"}, "acquisition_source": "search", "acquisition_campaign": "spring",
			"days_since_registration": int64(40),
			"orders":                  int64(5), "purchase_days": int64(4), "frequency": int64(3), "returns": int64(1),
			"recency_days": int64(5), "t_x": int64(40), "t_age": int64(45), "avg_interpurchase_days": 40.0 / 3,
			"gross_revenue": 65.57, "returns_value": 10.0, "net_revenue": 55.57, "margin": -4.0,
			"avg_order_value": 13.114, "interactions": int64(1), "days_since_contact": int64(30),
			"purchase_days_in": int64(2), "orders_in": int64(3), "net_revenue_in": 25.5, "returns_in": int64(1),
			"interactions_in": int64(0)}},
		{"what happened after the business date counts at once", story, 109, 5, map[string]any{
			"recency_days": int64(0), "t_age": int64(19), "days_since_contact": int64(4), "orders": int64(5),
			"orders_in": int64(3), "interactions_in": int64(1), "purchase_days_in": int64(2)}},
		{"the window's first day is in, the one before is not", []domaintest.Happening{purchase(1, 10), purchase(2, 11)},
			40, 30, map[string]any{"orders_in": int64(1), "net_revenue_in": 0.02}},
	} {
		t.Run(c.name, func(t *testing.T) {
			folded := domaintest.Fold(c.history)
			got := map[string]any{}
			for name := range c.want {
				got[name] = absent
				if v, ok := facts.Find(name).Value(&folded, c.on, c.days); ok {
					got[name] = v
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEveryFactIsTold(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range facts.Catalogue {
		if f.Name == "" || f.Doc == "" || seen[f.Name] {
			t.Errorf("%q has no name of its own or no documentation", f.Name)
		}
		seen[f.Name] = true
	}
}

// A fold must come to the same whatever the order in which backdated facts arrive, and survive its memory.
func TestFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history := domaintest.Happenings(t, 1000, 1400)
		c := domaintest.Fold(history)
		checkTotals(t, c)

		shuffled := rapid.Permutation(history).Draw(t, "another order")
		if diff := cmp.Diff(c, domaintest.Fold(shuffled)); diff != "" {
			t.Fatalf("another order, other facts:\n%s", diff)
		}

		memory, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var again facts.Customer
		if err := json.Unmarshal(memory, &again); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, again); diff != "" {
			t.Fatalf("%s came back otherwise:\n%s", memory, diff)
		}
	})
}

// checkTotals holds the incremental totals against the days that they sum up.
func checkTotals(t *rapid.T, c facts.Customer) {
	var want facts.Value
	for i, d := range c.Value.Days {
		if i > 0 && c.Value.Days[i-1].On >= d.On {
			t.Fatalf("days out of order: %v", c.Value.Days)
		}
		want.Orders += d.Orders
		want.GrossMinor += d.GrossMinor
		want.Returns += d.Returns
		want.ReturnsMinor += d.ReturnedMinor
		want.CostMinor += d.CostMinor
		if d.Orders > 0 {
			if want.PurchaseDays == 0 {
				want.FirstPurchaseOn = d.On
			}
			want.LastPurchaseOn = d.On
			want.PurchaseDays++
		}
	}
	want.NetMinor = want.GrossMinor - want.ReturnsMinor
	got := c.Value
	got.Currency, got.Digits, got.Days, got.Costed, got.CostedMinor = "", 0, nil, false, 0
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	var interactions int64
	for _, d := range c.Contacts.Days {
		interactions += d.Interactions
	}
	if interactions != c.Contacts.Interactions {
		t.Fatalf("%d interactions on days, %d in all", interactions, c.Contacts.Interactions)
	}
}

// NextChange must be exactly the first later day with another value.
func TestNextChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := domaintest.Fold(domaintest.Happenings(t, 1000, 1400))
		f := rapid.SampledFrom(facts.Catalogue).Draw(t, "fact")
		days := rapid.IntRange(1, 400).Draw(t, "window")
		after := domain.Day(rapid.Int32Range(950, 1500).Draw(t, "after"))
		value, had := f.Value(&c, after, days)
		want, changes := domain.Day(0), false
		for day := after + 1; day < 2000 && !changes; day++ {
			if v, has := f.Value(&c, day, days); has != had || has && !cmp.Equal(v, value) {
				want, changes = day, true
			}
		}
		got, ok := f.NextChange(&c, after, days)
		if ok != changes || changes && got != want {
			t.Fatalf("%s after %s: %v, %v; want %v, %v", f.Name, after, got, ok, want, changes)
		}
	})
}

func TestTouched(t *testing.T) {
	if c := domaintest.Fold(nil); c.Events != 0 {
		t.Error("nothing happened")
	} else if _, ok := c.Touched(); ok {
		t.Error("touched, though nothing happened")
	}
	c := domaintest.Fold([]domaintest.Happening{registered(-3), call(-9)})
	if day, ok := c.Touched(); !ok || day != -3 {
		t.Errorf("touched on %v, %v", day, ok)
	}
}

func BenchmarkFold(b *testing.B) {
	events := make([]domain.Recorded, 10_000)
	for i := range events {
		events[i].Event = purchase(int64(i), 0).Event
	}
	b.ReportAllocs()
	for b.Loop() {
		var c facts.Customer
		for i, e := range events {
			c.Apply(e, domain.Day(i/10))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(events)), "ns/event")
}
