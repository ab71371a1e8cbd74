package rules_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain/rules"
)

func TestNumber(t *testing.T) {
	c := bought(950, 1000)
	for expression, want := range map[string]any{
		`7`:                          7.0,
		`orders`:                     2.0,
		`0.5 * net_revenue_in(30)`:   300.0,
		`net_revenue / orders`:       600.0,
		`orders > 5 ? 1.5 : 0.5`:     0.5,
		`recency_days + 1`:           11.0,
		`avg_interpurchase_days`:     50.0,
		`days_since_contact * 2`:     nil, // they never called
		`net_revenue / interactions`: nil,
		`orders / interactions`:      nil,
	} {
		n, err := rules.CompileNumber(expression)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		got, ok := n.Value(c, 1010)
		if want == nil && ok || want != nil && (!ok || got != want) {
			t.Errorf("%s is %v, %v; want %v", expression, got, ok, want)
		}
	}
	n, err := rules.CompileNumber("0.1 * net_revenue_in(30) + days_since_contact")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"net_revenue_in(30)": 600.0, "days_since_contact": nil}, n.Evidence(c, 1010)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsNoNumber(t *testing.T) {
	for expression, because := range map[string]string{
		` `:                       "the expression is empty",
		`orders > 1`:              "the expression answers bool, but must answer a number",
		`country`:                 "the expression answers string, but must answer a number",
		`net_revenu`:              `1:1: there is no fact "net_revenu"; did you mean net_revenue`,
		`net_revenue * country`:   "* cannot take double and string",
		`1 +`:                     "1:4: Syntax error",
		strings.Repeat("1+", 4e3): "at most 4096 are read",
	} {
		_, err := rules.CompileNumber(expression)
		if !errors.Is(err, rules.ErrMalformed) || !strings.Contains(err.Error(), because) {
			t.Errorf("%.20q: %v, want %q", expression, err, because)
		}
	}
}
