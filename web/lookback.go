package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// moment is the end of a day, in the time zone of the business.
func (v *visit) moment(day string) string {
	t, err := time.ParseInLocation(time.DateOnly, day, v.zone)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, 1).Add(-time.Second).Format(time.RFC3339)
}

// lookBack shows a customer as they were on a day, with what was believed then: from the log alone.
func (v *visit) lookBack() (*Page, error) {
	id, q := v.r.PathValue("id"), v.r.URL.Query()
	p, err := v.ofCustomer(id, "asof")
	if err != nil && problemOf(err).Status == http.StatusServiceUnavailable {
		p = &Page{} // the log is asked alone
		v.customerHead(p, row{"customer_id": id, "kind": "customer"}, "asof")
	} else if err != nil {
		return nil, err
	}
	asOf, knownAt := q.Get("as_of"), q.Get("known_at")
	ask := url.Values{"limit": {"200"}}
	if m := v.moment(asOf); m != "" {
		ask.Set("as_of", m)
	}
	if m := v.moment(knownAt); m != "" {
		ask.Set("known_at", m)
	}
	base := "/customers/" + id + "/asof"
	p.add(Panel{Title: "Which day", Note: "As of: what had happened by the end of that day. Known at: what the log held by then. Both may be given.",
		Custom: v.fragment("asof", map[string]any{"Action": base, "AsOf": asOf, "KnownAt": knownAt, "Today": v.now().In(v.zone).Format(time.DateOnly), "Diff": base + "?diff=yes&as_of=" + url.QueryEscape(asOf)})}, nil)
	if q.Get("diff") != "" {
		p.add(v.diffPanel(id, asOf, q.Get("to")))
		return p, nil
	}
	var object map[string]any
	if err := v.get("/v1/customers/"+url.PathEscape(id)+"/history?"+ask.Encode(), &object); err != nil {
		p.add(Panel{Title: "As of that day"}, err)
		return p, nil
	}
	h := rowOf(object)
	currency := h["currency"]
	value := func(column string) string {
		if !h.has(column) || currency == "" {
			return "–"
		}
		return v.Money(h.int(column), currency)
	}
	p.add(Panel{Figures: []Figure{{Label: "Stage", Value: words(cmp.Or(h["stage"], "–")), Note: cmp.Or(v.Day(h["stage_since"]), "")}, {Label: "Orders", Value: v.Int(h.int("orders"))},
		{Label: "Net revenue", Value: value("net_revenue_minor")}, {Label: "Last purchase", Value: cmp.Or(v.Day(h["last_purchase_on"]), "never")},
		{Label: "Business date", Value: v.Day(h["business_date"]), Note: "position " + h["position"]}}}, nil)
	p.add(v.believedPanel(object), nil)
	p.add(factsPanel(object), nil)
	entries, _ := object["entries"].([]any)
	timeline := Panel{Title: "What had happened", Note: "From the log, the newest first: " + v.Int(h.int("entries_total")) + " events in all."}
	for i := len(entries) - 1; i >= 0 && len(timeline.Entries) < 100; i-- {
		if one, ok := entries[i].(map[string]any); ok {
			timeline.Entries = append(timeline.Entries, v.logEntry(rowOf(one)))
		}
	}
	p.add(timeline, nil)
	return p, nil
}

func (v *visit) logEntry(r row) Entry {
	e := Entry{When: v.Time(r["occurred_at"]), Title: cmp.Or(r["summary"], r["type"]), Kind: noun(r["type"]), By: r["actor"], Department: words(r["department"]), Channel: words(r["channel"]), Struck: r.has("voided_by")}
	e.Text = "position " + r["position"]
	e.Href = "/audit?position=" + r["position"]
	return e
}

// believedPanel is what the system held of the customer then, and by which rules.
func (v *visit) believedPanel(h map[string]any) Panel {
	p := Panel{Title: "What was believed", Wide: 6}
	facts, _ := h["evidence"].(map[string]any)
	stage, _ := h["stage"].(string)
	p.Facts = append(p.Facts, Fact{Name: "Stage " + words(stage), Value: Cell{Text: evidence(facts)}})
	segments, _ := h["segments"].([]any)
	for _, s := range segments {
		one, _ := s.(map[string]any)
		because, _ := one["evidence"].(map[string]any)
		p.Facts = append(p.Facts, Fact{Name: words(fmt.Sprint(one["segment"])), Value: Cell{Text: "since " + v.Day(fmt.Sprint(one["since"])) + ": " + evidence(because)}})
	}
	if value, ok := h["value"].(map[string]any); ok {
		r := rowOf(value)
		p.Facts = append(p.Facts, Fact{Name: "Next 12 months", Value: Cell{Text: v.MoneyRound(r.float("clv_12m_minor"), r["currency"]) + ", " + v.Percent(r.float("p_alive"), 0) + " likely to buy again"}})
	}
	return p
}

func factsPanel(h map[string]any) Panel {
	p := Panel{Title: "Facts", Wide: 6, Note: "All that rules could speak of, as it was."}
	facts, _ := h["facts"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		text := factText(facts[name])
		if _, object := facts[name].(map[string]any); object {
			b, _ := json.Marshal(facts[name]) // it came from JSON
			text = string(b)
		}
		if text != "" && text != "unknown" && text != "0" && text != "no" && text != "{}" {
			p.Facts = append(p.Facts, Fact{Name: strings.ReplaceAll(name, "_", " "), Value: Cell{Text: text}})
		}
	}
	return p
}

// diffPanel is what became of a customer between two days; until now, unless the second is given.
func (v *visit) diffPanel(id, day, to string) (Panel, error) {
	p := Panel{Title: "What changed since " + v.Day(day)}
	p.Custom = v.fragment("until", map[string]any{"Action": "/customers/" + id + "/asof", "From": day, "To": to})
	ask := url.Values{"from_as_of": {v.moment(day)}, "limit": {"100"}}
	if m := v.moment(to); m != "" {
		p.Title = "What changed from " + v.Day(day) + " to " + v.Day(to)
		ask.Set("to_as_of", m)
	}
	var out map[string]any
	if err := v.get("/v1/customers/"+url.PathEscape(id)+"/diff?"+ask.Encode(), &out); err != nil {
		return p, err
	}
	for _, name := range slices.Sorted(maps.Keys(out)) {
		switch name {
		case "entries", "from", "to", "entries_total", "next_cursor":
			continue
		}
		b, err := json.Marshal(out[name])
		if text := string(b); err == nil && text != "null" && text != "[]" && text != "{}" {
			p.Facts = append(p.Facts, Fact{Name: words(name), Value: Cell{Lines: changes(out[name])}})
		}
	}
	entries, _ := out["entries"].([]any)
	for i := len(entries) - 1; i >= 0; i-- {
		if one, ok := entries[i].(map[string]any); ok {
			p.Entries = append(p.Entries, v.logEntry(rowOf(one)))
		}
	}
	if len(p.Facts)+len(p.Entries) == 0 {
		p.Empty = "Nothing changed."
	}
	return p, nil
}

// changes writes what changed, a line each: "orders: 3 → 5".
func changes(of any) (lines []string) {
	switch of := of.(type) {
	case []any:
		for _, one := range of {
			if m, ok := one.(map[string]any); ok {
				lines = append(lines, change("", m))
			} else {
				lines = append(lines, factText(one))
			}
		}
	case map[string]any:
		if _, both := of["from"]; both {
			return []string{change("", of)}
		}
		for _, name := range slices.Sorted(maps.Keys(of)) {
			if m, ok := of[name].(map[string]any); ok {
				lines = append(lines, change(name, m))
			} else {
				lines = append(lines, strings.ReplaceAll(name, "_", " ")+": "+factText(of[name]))
			}
		}
	default:
		lines = append(lines, factText(of))
	}
	return lines
}

func change(name string, m map[string]any) string {
	for _, key := range []string{"name", "figure", "fact", "field", "segment"} {
		if text, ok := m[key].(string); ok && name == "" {
			name = text
		}
	}
	from, hasFrom := m["from"]
	to, hasTo := m["to"]
	name = strings.ReplaceAll(name, "_", " ")
	if hasFrom || hasTo {
		return name + ": " + factText(from) + " → " + factText(to)
	}
	return strings.TrimSpace(name + " " + evidence(m))
}
