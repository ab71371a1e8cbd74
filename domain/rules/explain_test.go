package rules_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExplain(t *testing.T) {
	c := bought(950, 1000)
	for _, k := range []struct{ rule, want string }{
		{`orders >= 2 && recency_days <= 5 && (country == "Spain" || net_revenue_in(30) > 100)`, `{
			"expression":"orders >= 2 && recency_days <= 5 && (country == \"Spain\" || net_revenue_in(30) > 100)",
			"holds":false,"joins":"all","parts":[
				{"expression":"orders >= 2","holds":true,"values":{"orders":2}},
				{"expression":"recency_days <= 5","holds":false,"values":{"recency_days":10}},
				{"expression":"country == \"Spain\" || net_revenue_in(30) > 100","holds":true,"joins":"any","parts":[
					{"expression":"country == \"Spain\"","holds":false,"values":{"country":"France"}},
					{"expression":"net_revenue_in(30) > 100","holds":true,"values":{"net_revenue_in(30)":600}}]}]}`},
		{`latest_nps > 8`, `{"expression":"latest_nps > 8","values":{"latest_nps":null}}`},
		{`!(latest_nps > 8) || true`, `{"expression":"!(latest_nps > 8) || true","holds":true,"joins":"any","parts":[
			{"expression":"!(latest_nps > 8)","joins":"not","parts":[{"expression":"latest_nps > 8","values":{"latest_nps":null}}]},
			{"expression":"true","holds":true}]}`},
		{`orders > 1 ? orders == 2 : false`,
			`{"expression":"(orders > 1) ? (orders == 2) : false","holds":true,"values":{"orders":2}}`},
	} {
		rule := compile(t, k.rule)
		part, err := rule.Explain(c, 1010)
		if err != nil {
			t.Fatalf("%s: %v", k.rule, err)
		}
		if holds := part.Holds != nil && *part.Holds; holds != rule.Holds(c, 1010) {
			t.Errorf("%s: explained as %v, judged %v", k.rule, holds, !holds)
		}
		got, err := json.Marshal(part)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(compact(t, k.want), string(got)); diff != "" {
			t.Errorf("%s:\n%s", k.rule, diff)
		}
	}
}

// compact writes JSON as Marshal does.
func compact(t *testing.T, text string) string {
	t.Helper()
	var v json.RawMessage
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
