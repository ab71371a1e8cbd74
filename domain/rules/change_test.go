package rules_test

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/domain/value"
)

// drawRule draws a rule. Where foreseen, what drifts is only compared with what does not.
func drawRule(t *rapid.T, depth int, foreseen bool) string {
	if depth == 0 || rapid.IntRange(0, 2).Draw(t, "shape") == 0 {
		return drawComparison(t, foreseen)
	}
	a, b := drawRule(t, depth-1, foreseen), drawRule(t, depth-1, foreseen)
	switch rapid.IntRange(0, 3).Draw(t, "joined by") {
	case 0:
		return "(" + a + " && " + b + ")"
	case 1:
		return "(" + a + " || " + b + ")"
	case 2:
		return "!" + "(" + a + ")"
	}
	return "(" + drawComparison(t, foreseen) + " ? " + a + " : " + b + ")"
}

func drawComparison(t *rapid.T, foreseen bool) string {
	operator := rapid.SampledFrom([]string{"<", "<=", ">", ">=", "==", "!="}).Draw(t, "operator")
	left := rapid.SampledFrom([]func(*rapid.T) string{drawAge, drawFading, drawWindow, drawStatic}).Draw(t, "left")(t)
	right := drawOperand(t, 2)
	if !foreseen {
		switch rapid.IntRange(0, 3).Draw(t, "age in other ways") {
		case 0:
			right = drawAge(t) + " - " + drawOperand(t, 0)
		case 1:
			left = "2 * " + drawAge(t)
		case 2:
			return drawAge(t) + " in [3, 40, 41]"
		}
	}
	if rapid.Bool().Draw(t, "turned around") {
		left, right = right, left
	}
	return left + " " + operator + " " + right
}

func drawOperand(t *rapid.T, depth int) string {
	if depth > 0 && rapid.Bool().Draw(t, "compound") {
		operator := rapid.SampledFrom([]string{"+", "-", "*", "/"}).Draw(t, "arithmetic")
		return "(" + drawOperand(t, depth-1) + " " + operator + " " + drawOperand(t, depth-1) + ")"
	}
	drawn := []func(*rapid.T) string{drawLiteral, drawLiteral, drawStatic, drawWindow}
	return rapid.SampledFrom(drawn).Draw(t, "operand")(t)
}

func drawLiteral(t *rapid.T) string {
	if rapid.Bool().Draw(t, "part") {
		return fmt.Sprintf("%.2f", rapid.Float64Range(0, 1).Draw(t, "literal"))
	}
	if rapid.Bool().Draw(t, "whole") {
		return fmt.Sprint(rapid.IntRange(-3, 500).Draw(t, "literal"))
	}
	return fmt.Sprintf("%.2f", rapid.Float64Range(-3, 500).Draw(t, "literal"))
}

func drawAge(t *rapid.T) string {
	ages := []string{"recency_days", "t_age", "days_since_registration", "days_since_contact"}
	return rapid.SampledFrom(ages).Draw(t, "age")
}

func drawFading(t *rapid.T) string {
	figures := []string{"p_alive", "expected_purchases_365d", "clv_12m"}
	return rapid.SampledFrom(figures).Draw(t, "fading")
}

func drawStatic(t *rapid.T) string {
	facts := []string{"orders", "t_x", "frequency", "avg_interpurchase_days", "net_revenue"}
	return rapid.SampledFrom(facts).Draw(t, "static")
}

func drawWindow(t *rapid.T) string {
	windows := []string{"purchase_days_in", "orders_in", "net_revenue_in", "returns_in", "interactions_in"}
	return fmt.Sprintf("%s(%d)", rapid.SampledFrom(windows).Draw(t, "window"), rapid.IntRange(1, 200).Draw(t, "days"))
}

var driftPattern = regexp.MustCompile(`recency_days|t_age|days_since_|p_alive|expected_|clv_`)

// predictors are models of value of the three kinds.
var predictors = []*value.Predictor{
	nil,
	value.Fitted{Model: value.BGNBD, Parameters: value.Parameters{R: .24, Alpha: 4.4, A: .79, B: 2.43}, Spend: spend}.Predictor(),
	value.Fitted{Model: value.MBGNBD, Parameters: value.Parameters{R: .52, Alpha: 6.2, A: .89, B: 1.6}, Spend: spend}.Predictor(),
	value.Fitted{Model: value.ParetoNBD, Parameters: value.Parameters{R: .55, Alpha: 10.6, S: .61, Beta: 11.7}, Spend: spend}.Predictor(),
}

var spend = value.Spend{Model: value.GammaGamma, P: 6.25, Q: 3.74, V: 15.44}

const firstDay, lastDay, beyond = domain.Day(1000), domain.Day(1300), domain.Day(2100)

// No day on which a rule changes its answer may be left out, and rules that compare ages only must not be
// looked at often.
func TestNextCandidate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := domaintest.Fold(domaintest.Happenings(t, firstDay, lastDay))
		c.Predictor = rapid.SampledFrom(predictors).Draw(t, "predictor")
		foreseen := rapid.IntRange(0, 3).Draw(t, "foreseen") > 0
		expression := drawRule(t, 2, foreseen)
		rule, err := rules.Compile(expression)
		if err != nil {
			t.Fatalf("%s: %v", expression, err)
		}
		if foreseen && rule.Daily() {
			t.Fatalf("%s would be judged every day", expression)
		}
		candidates, looks := map[domain.Day]bool{}, 0
		for day, ok := rule.NextCandidate(&c, firstDay-10); ok && day < beyond; day, ok = rule.NextCandidate(&c, day) {
			if candidates[day] {
				t.Fatalf("%s: %s is a candidate after itself", expression, day)
			}
			candidates[day] = true
			looks++
		}
		held := rule.Holds(&c, firstDay-10)
		for day := firstDay - 9; day < beyond; day++ {
			holds := rule.Holds(&c, day)
			if holds != held && !candidates[day] {
				t.Fatalf("%s changes to %v on %s, which is no candidate", expression, holds, day)
			}
			held = holds
		}
		// A window changes at most once for each day on which something happened, the comparison of what drifts at
		// most twice for each value of its operand.
		drifting, days := driftPattern.FindAllString(expression, -1), len(c.Value.Days)+len(c.Contacts.Days)
		changes := strings.Count(expression, "_in(") * days
		if most := changes + 2*len(drifting)*(1+changes); foreseen && looks > most {
			t.Fatalf("%s: %d looks, at most %d are needed", expression, looks, most)
		}
	})
}

func TestCandidates(t *testing.T) {
	c := bought(1000, 1010)
	for _, k := range []struct {
		rule  string
		after domain.Day
		want  []domain.Day
	}{
		{"true", 1010, nil},
		{"orders > 3 && net_revenue > 5", 1010, nil},
		{"recency_days > 365", 1010, []domain.Day{1010 + 366}},
		{"recency_days >= 365", 1010, []domain.Day{1010 + 365}},
		{"365 < recency_days", 1010, []domain.Day{1010 + 366}},
		{"365 >= recency_days", 1010, []domain.Day{1010 + 366}},
		{"recency_days == 30", 1010, []domain.Day{1040, 1041}},
		{"recency_days != 30.5", 1010, []domain.Day{1041}},
		{"recency_days > 2 * avg_interpurchase_days", 1010, []domain.Day{1031}},
		{"recency_days >= 0", 1010, nil},
		{"recency_days > -5", 900, nil},
		{"recency_days > 1e300", 1010, nil},
		{"recency_days > 9223372036854775807", 1010, nil},
		{"recency_days > orders / 0.0", 1010, nil},
		{"recency_days > 365", 1010 + 366, nil},
		{"days_since_contact > 3", 1010, nil},
		{"recency_days > 180 && recency_days <= 365", 900, []domain.Day{1010 + 181, 1010 + 366}},
		{"purchase_days_in(365) >= 2", 1010, []domain.Day{1365, 1375}},
		{"purchase_days_in(365) >= 2", 0, []domain.Day{1365, 1375}},
		{"returns_in(365) >= 2", 1010, nil},
		{"recency_days > 10 * purchase_days_in(30)", 1010, []domain.Day{1030, 1040}},
	} {
		rule := compile(t, k.rule)
		if rule.Daily() {
			t.Errorf("%s would be judged every day", k.rule)
		}
		var got []domain.Day
		for day, ok := rule.NextCandidate(c, k.after); ok && len(got) < 10; day, ok = rule.NextCandidate(c, day) {
			got = append(got, day)
		}
		if fmt.Sprint(got) != fmt.Sprint(k.want) {
			t.Errorf("%s after %s: %v, want %v", k.rule, k.after, got, k.want)
		}
	}
}

func TestDaily(t *testing.T) {
	for _, expression := range []string{"recency_days * 2 > 60", "recency_days < t_age", "recency_days in [1, 2]",
		"recency_days > (t_age > 3 ? 4 : 5)", "recency_days > 3 || t_age % 7 == 0"} {
		rule := compile(t, expression)
		if day, ok := rule.NextCandidate(bought(1010), 1020); !rule.Daily() || !ok || day != 1021 {
			t.Errorf("%s is not judged every day, but on %v, %v", expression, day, ok)
		}
	}
}

func TestNextFlip(t *testing.T) {
	for _, k := range []struct {
		rule string
		on   domain.Day
		want domain.Day // 0 for never
	}{
		{"recency_days > 365", 1010, 1376},
		{"recency_days > 365", 1376, 0},
		{"recency_days <= 365", 1010, 1376},
		{"recency_days > 180 && recency_days <= 365", 1010, 1191},
		{"recency_days > 180 && recency_days <= 365", 1191, 1376},
		{"purchase_days_in(365) >= 2", 1010, 1365},
		{"purchase_days_in(365) >= 1", 1010, 1375},
		{"purchase_days_in(365) >= 3", 1010, 0},
		{"recency_days * 2 > 60", 1010, 1041},
		{"recency_days * 2 < 0", 1010, 1010 + 2000}, // never, but only so far is looked
		{"recency_days + days_since_contact > 3", 1010, 1010 + 2000},
		{"orders > 0", 1010, 0},
		{"p_alive < 0.5", 1010, 1071},
		{"p_alive >= 0.9", 1010, 0},
		{"churn_risk == \"high\"", 1010, 1170},
		{"p_alive < 0", 1010, 0},
	} {
		c := bought(1000, 1010)
		c.Predictor = predictors[1]
		day, ok := compile(t, k.rule).NextFlip(c, k.on, rules.Ever)
		if ok != (k.want != 0) || ok && day != k.want {
			t.Errorf("%s on %d: %d, %v; want %d", k.rule, k.on, day, ok, k.want)
		}
	}
}

// A date far off must not wrap around.
func TestNextCandidateAtTheEndOfTime(t *testing.T) {
	c := facts.Customer{Value: facts.Value{PurchaseDays: 1, LastPurchaseOn: math.MaxInt32 - 10}}
	if day, ok := compile(t, "recency_days > 365").NextCandidate(&c, math.MaxInt32-10); ok {
		t.Errorf("%d comes after the end of time", day)
	}
}
