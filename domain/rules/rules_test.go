package rules_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/rules"
)

func compile(t testing.TB, expression string) *rules.Rule {
	t.Helper()
	rule, err := rules.Compile(expression)
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return rule
}

// bought is a French customer of the shop with a high income, who bought for 600.00 on each of the days and never called.
func bought(on ...domain.Day) *facts.Customer {
	history := []domaintest.Happening{{On: 900, Event: customer.Registered{Kind: customer.Person, Country: "France",
		ExternalIDs: []customer.ExternalID{{System: "shop", ID: "1"}}}},
		{On: 900, Event: customer.AttributeSet{AttributeKey: customer.AttributeKey{Name: "income"}, Value: "high"}}}
	for _, day := range on {
		history = append(history, domaintest.Happening{On: day, Event: customer.PurchaseRecorded{
			ReportingCurrency: "EUR", ReportingTotalMinor: 60_000}})
	}
	c := domaintest.Fold(history)
	return &c
}

func TestHolds(t *testing.T) {
	c := bought(950, 1000)
	for _, k := range []struct {
		rule string
		want bool
	}{
		{`true`, true},
		{`orders == 2`, true},
		{`orders == 2.0`, true},
		{`2.5 > orders`, true},
		{`net_revenue >= 1200`, true},
		{`net_revenue > 1200.00`, false},
		{`recency_days <= 30 && net_revenue >= 1000.0`, true},
		{`recency_days == 10`, true},
		{`purchase_days_in(61) == 2 && purchase_days_in(60) == 1`, true},
		{`net_revenue_in(30) == 600`, true},
		{`avg_interpurchase_days * 2 > 99 && 100 == 2 * avg_interpurchase_days`, true},
		{`number("9") < number("24") && number(" 1.5 ") == 1.5`, true},
		{`number(attributes["income"]) > 1.0`, false}, // "high" is no number
		{`date("2024-01-02") - date("2023-12-31") == 2`, true},
		{`avg_order_value / 0.0 > 1.0`, false},
		{`!(avg_order_value / 0.0 > 1.0)`, false},
		{`orders / 2 == 1 && orders / 4.0 == 0.5 && -orders + 2 == 0 && orders % 2 == 0`, true},
		{`country in ["France", "Spain"]`, true},
		{`"till" in external_systems || size(external_systems) == 1`, true},
		{`country.startsWith("Fr") && !country.matches("[0-9]")`, true},
		{`kind == "person" ? orders == 2 : false`, true},
		// What the customer does not have makes no rule true, and no rule false that another part decides.
		{`days_since_contact > 3`, false},
		{`!(days_since_contact > 3)`, false},
		{`days_since_contact > 3 || orders == 2`, true},
		{`orders == 2 || days_since_contact > 3`, true},
		{`!(days_since_contact > 3 && orders == 3)`, true},
		{`locale != "fr-FR"`, false},
		{`attributes["income"] == "high" && size(attributes["income"]) == 4`, true},
		{`attributes["income"] in ["high", "higher"]`, true},
		{`attributes["children"] == "2"`, false},
		{`!(attributes["children"] == "2")`, false},
		{`attributes["children"] == "2" || attributes["income"] != "low"`, true},
		{`"income" in attribute_names && !("children" in attribute_names)`, true},
		{`orders / (returns + interactions) > 1`, false},
	} {
		if got := compile(t, k.rule).Holds(c, 1010); got != k.want {
			t.Errorf("%s: %v", k.rule, got)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, k := range []struct{ rule, reason string }{
		{"", "the rule is empty"},
		{" \n", "the rule is empty"},
		{strings.Repeat("true || ", 600) + "true", "the rule has 4804 bytes, at most 4096 are read"},
		{"orders", "answers int, but must answer bool"},
		{"net_revenue", "answers double, but must answer bool"},
		{"recncy_days > 3", `1:1: there is no fact "recncy_days"; did you mean recency_days?`},
		{"orders > 3 &&\n  contry == 'x'", `2:3: there is no fact "contry"; did you mean country?`},
		{"purchase_day > 3", "did you mean purchase_days or"},
		{"name == 'Ann'", `1:1: there is no fact "name"`},
		{"recency_days(3) > 1", "recency_days is a fact, not a function"},
		{"purchase_days_in > 3", "purchase_days_in needs the number of days to look at, as in purchase_days_in(365)"},
		{"orders_in(0) > 3", "orders_in takes a number of days from 1 to 1830"},
		{"orders_in(1831) > 3", "orders_in takes a number of days from 1 to 1830"},
		{"orders_in(-1) > 3", "orders_in takes a number of days from 1 to 1830"},
		{"orders_in(30.0) > 3", "orders_in takes a number of days from 1 to 1830"},
		{"orders_in(orders) > 3", "orders_in takes a number of days from 1 to 1830"},
		{"orders_in(1, 2) > 3", "orders_in takes a number of days from 1 to 1830"},
		{"orders_inn(30) > 3", `there is no function "orders_inn"; did you mean orders_in(365) or orders?`},
		{"kind.orders_in(30) > 3", "orders_in takes a number of days from 1 to 1830"},
		{"attributes == attributes", `1:1: attributes needs the name of an entry, written out, as in attributes["income"]`},
		{"'income' in attributes", "attributes needs the name of an entry"},
		{"attributes[country] == 'high'", "attributes needs the name of an entry"},
		{"attributes[1] == 'high'", "attributes needs the name of an entry"},
		{"attributes['income'] > 3", "> cannot take string and int"},
		{"external_systems[0] == 'shop'", "cannot take list(string) and int"},
		{"now() > 3", `there is no function "now"`},
		{"timestamp('2011-01-01T00:00:00Z') > 3", `there is no function "timestamp"`},
		{"external_systems.exists(x, x == 'a')", `there is no function "exists"`},
		{"country > 3", "1:9: > cannot take string and int"},
		{"country == 3", "1:9: == cannot take string and int"},
		{"orders && true", "1:1: expected type 'bool' but found 'int'"},
		{"country == \"UK", "1:12: Syntax error"},
		{"orders >", "1:9: Syntax error: mismatched input '<EOF>'"},
		{"country.matches('[')", "invalid matches argument"},
		{"orders in [1, 'a']", "expected type 'int' but found 'string'"},
		{"country == 'a\x00'", "the rule is not plain text"},
		{"country == '\xff'", "the rule is not plain text"},
		{strings.Repeat("(", 1000) + "true" + strings.Repeat(")", 1000), "recursion"},
	} {
		_, err := rules.Compile(k.rule)
		var r *domain.Rejection
		if !errors.As(err, &r) || !errors.Is(err, rules.ErrMalformed) || r.Kind != domain.Invalid || r.Field != "rule" {
			t.Errorf("%s: %v", k.rule, err)
		} else if !strings.Contains(r.Reason, k.reason) || strings.HasPrefix(r.Reason, "-") {
			t.Errorf("%s: %s; want %s", k.rule, r.Reason, k.reason)
		}
	}
}

func TestJudgingAtOnce(t *testing.T) {
	rule, c := compile(t, "days_since_contact > 3 || orders == 2 && days_since_contact == 1"), bought(950, 1000)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for day := range domain.Day(100) {
				if rule.Holds(c, 1000+day) {
					t.Error("holds, though there was no contact")
				}
			}
		})
	}
	all.Wait()
}

func TestEvidence(t *testing.T) {
	c := bought(950, 1000)
	rule := compile(t, `purchase_days_in(365) >= 2 && purchase_days_in(10) == 0
		&& net_revenue > 5 && net_revenue < 9999
		|| days_since_contact < 3 || country == "France" || "shop" in external_systems
		|| attributes['income'] == "low" || attributes["children"] == "2"`)
	want := map[string]any{"purchase_days_in(365)": int64(2), "purchase_days_in(10)": int64(0), "net_revenue": 1200.0,
		"days_since_contact": nil, "country": "France", "external_systems": []string{"shop"},
		`attributes["income"]`: "high", `attributes["children"]`: nil}
	if diff := cmp.Diff(want, rule.Evidence(c, 1010)); diff != "" {
		t.Error(diff)
	}
}

func TestCompiledOnce(t *testing.T) {
	if one, same := compile(t, "orders == 17"), compile(t, "orders == 17"); one != same {
		t.Error("the same expression was compiled twice")
	}
	first := compile(t, "orders == 18")
	for i := range 2000 {
		compile(t, fmt.Sprintf("orders == %d", 1000+i))
	}
	if compile(t, "orders == 18") == first {
		t.Error("the cache grows without bounds")
	}
}

func BenchmarkHolds(b *testing.B) {
	rule := compile(b, "recency_days <= 30 && net_revenue >= 1000.0")
	for name, c := range map[string]*facts.Customer{"there": bought(950, 1000), "absent": bought()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				rule.Holds(c, 1010)
			}
		})
	}
}

// Texts have no order: "9" would come after "24".
func TestTextsHaveNoOrder(t *testing.T) {
	for _, rule := range []string{`attributes["tenure"] >= "24"`, `country < "M"`} {
		if _, err := rules.Compile(rule); !errors.Is(err, rules.ErrMalformed) {
			t.Errorf("%s: %v", rule, err)
		}
	}
}
