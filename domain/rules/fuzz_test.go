package rules_test

import (
	"math"
	"testing"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/rules"
)

// FuzzCompile: whatever is written as a rule is refused, or judges everybody on any day without a fault, and its
// explanation comes to the same.
func FuzzCompile(f *testing.F) {
	for _, expression := range []string{"true", "orders >= 3 && recency_days <= 30", `attributes["income"] == "high"`, "net_revenue_in(30) > 10",
		`country in ["France"] || !("shop" in external_systems)`, "orders / 0 == 1", "net_revenue / 0.0 > 1.0", "orders % 0 == 0",
		"9223372036854775807 + orders > 0", "orders_in(99999999999) > 1", "orders_in(-1) > 1", "size(country) > 2", "((((true))))",
		"orders >", "\x00", "'a' < country", "p_alive < 0.5", "[1,2,3].all(x, x > 0)", "orders == 1 ? true : false"} {
		f.Add(expression)
	}
	people := []*facts.Customer{{}, bought(), bought(950, 1000)}
	days := []domain.Day{0, 900, 1000, 1001, 40_000}
	f.Fuzz(func(t *testing.T, expression string) {
		if number, err := rules.CompileNumber(expression); err == nil {
			for _, c := range people {
				if v, ok := number.Value(c, 1000); ok && (math.IsNaN(v) || math.IsInf(v, 0)) {
					t.Fatalf("%s comes to %v", expression, v)
				}
			}
		}
		rule, err := rules.Compile(expression)
		if err != nil {
			return
		}
		for _, c := range people {
			for _, on := range days {
				held := rule.Holds(c, on)
				if again := rule.Holds(c, on); again != held {
					t.Fatalf("%s holds on %s: %t, and again %t", expression, on, held, again)
				}
				why, err := rule.Explain(c, on)
				if err != nil {
					t.Fatalf("%s on %s: %v", expression, on, err)
				}
				if (why.Holds != nil && *why.Holds) != held {
					t.Fatalf("%s on %s: %t, explained as %+v", expression, on, held, why)
				}
				rule.Evidence(c, on)
				if flip, ok := rule.NextFlip(c, on, on+400); ok && flip <= on {
					t.Fatalf("%s flips on %s after %s", expression, flip, on)
				}
			}
		}
	})
}
