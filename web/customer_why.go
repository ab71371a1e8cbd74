package web

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
)

// part is a piece of a rule with whether it holds, as the API explains it.
type part struct {
	Expression string         `json:"expression"`
	Holds      *bool          `json:"holds"`
	Joins      string         `json:"joins"`
	Inner      []part         `json:"parts"`
	Facts      map[string]any `json:"values"`
}

func (p part) Known() bool   { return p.Holds != nil }
func (p part) Held() bool    { return p.Holds != nil && *p.Holds }
func (p part) Parts() []part { return p.Inner }

// Values are the facts that a part speaks of: "orders 12, recency days 3".
func (p part) Values() string { return evidence(p.Facts) }

// evidence writes facts in the order of their names.
func evidence(facts map[string]any) string {
	names := make([]string, 0, len(facts))
	for name := range facts {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		names[i] = strings.ReplaceAll(name, "_", " ") + " " + factText(facts[name])
	}
	return strings.Join(names, ", ")
}

func factText(value any) string {
	switch value := value.(type) {
	case nil:
		return "unknown"
	case []any:
		all := make([]string, len(value))
		for i, one := range value {
			all[i] = fmt.Sprint(one)
		}
		return strings.Join(all, ", ")
	case float64:
		return strings.TrimSuffix(fmt.Sprintf("%.2f", value), ".00")
	case bool:
		return map[bool]string{true: "yes", false: "no"}[value]
	}
	return fmt.Sprint(value)
}

// whyPanel says why a customer stands where they stand: on their stage, and in each segment.
func (v *visit) whyPanel(c row) (Panel, error) {
	p := Panel{Title: "Why they stand where they stand", Wide: 6}
	id := c["customer_id"]
	var b strings.Builder
	if c.has("stage") {
		why := v.stageWhy(id)
		b.WriteString(string(v.fragment("reason", map[string]any{"Title": words(c["stage"]), "Since": v.Day(c["stage_since"]), "Text": why})))
	}
	for _, name := range arrayOf(c["segments"]) {
		var out struct {
			Since   string `json:"since"`
			Because part   `json:"because"`
		}
		if err := v.get("/v1/segments/"+url.PathEscape(name)+"/explain/"+id, &out); err != nil {
			continue // it may have been retired since
		}
		b.WriteString(string(v.fragment("reason", map[string]any{"Title": words(name), "Href": "/segments/" + name, "Since": v.Day(out.Since),
			"Parts": []part{out.Because}})))
	}
	if p.Custom = template.HTML(b.String()); b.Len() == 0 {
		p.Empty = "They are in no segment and on no stage yet."
	}
	return p, nil
}

// stageWhy is the evidence of the newest step on the ladder, for those who may read it.
func (v *visit) stageWhy(id string) string {
	steps, err := v.table("loyalty_stage_history", 200, "customer_id="+id)
	if err != nil || len(steps) == 0 {
		return ""
	}
	newest := latest(steps, "changed_on", 1)[0]
	var facts map[string]any
	if json.Unmarshal([]byte(newest["evidence"]), &facts) != nil {
		return ""
	}
	return evidence(facts)
}

// valuePanel is what the model foresees.
func (v *visit) valuePanel(r row) Panel {
	p := Panel{Title: "What they may be worth", Wide: 6, Note: "By the model " + strings.ToUpper(strings.ReplaceAll(r["model"], "_", "/")) + ", as of " + v.Day(r["as_of"]) + "."}
	money := func(column string) Cell { return Cell{Text: v.MoneyRound(r.float(column), r["currency"])} }
	p.Facts = []Fact{{Name: "Likely to buy again", Value: Cell{Text: v.Percent(r.float("p_alive"), 0)}},
		{Name: "Purchases in 90 days", Value: Cell{Text: v.Number(r.float("expected_purchases_90d"), 1)}},
		{Name: "Purchases in a year", Value: Cell{Text: v.Number(r.float("expected_purchases_365d"), 1)}},
		{Name: "Value of a purchase", Value: money("expected_avg_value_minor")}, {Name: "Next 12 months", Value: money("clv_12m_minor")},
		{Name: "Next 36 months", Value: money("clv_36m_minor")}, {Name: "Until now", Value: money("historic_ltv_minor")},
		{Name: "Risk to be lost", Value: badge(r["churn_risk"])}}
	if r.has("worsens_on") {
		p.Facts = append(p.Facts, Fact{Name: "Grows on", Value: v.day(r, "worsens_on")})
	}
	var reasons []map[string]any
	if json.Unmarshal([]byte(r["churn_reasons"]), &reasons) == nil {
		for _, one := range reasons {
			p.Facts = append(p.Facts, Fact{Name: "Sign", Value: Cell{Text: evidence(one)}})
		}
	}
	return p
}
