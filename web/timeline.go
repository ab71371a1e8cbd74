package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
)

// touchpoints reads a page of a customer's timeline.
func (v *visit) touchpoints(id string, limit int, cursor string) ([]row, string, error) {
	q := url.Values{}
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	return v.list("/v1/customers/"+url.PathEscape(id)+"/timeline", "entries", limit, q)
}

func (v *visit) entry(id string, r row) Entry {
	e := Entry{When: unbroken(v.Time(r["occurred_at"])), Title: sentence(r["summary"]),
		Department: words(r["department"]), Channel: words(r["channel"]), By: r["actor"], Kind: noun(r["type"]), Struck: r.true("voided")}
	if r.has("amount_minor") {
		e.Amount = v.Money(r.int("amount_minor"), r["currency"])
	}
	if !e.Struck && v.may("void_fact") && r["revision"] != "0" {
		of := cmp.Or(r["recorded_for"], id)
		e.Void = doing("void_fact", "customer_id", of, "revision", r["revision"])
		if one := v.forms.recorder(r["type"]); one != nil && v.is(one.Roles) {
			e.Correct = "/customers/" + of + "/facts/" + r["revision"] + "?" + url.Values{"position": {r["position"]}, "_next": {"/customers/" + id}}.Encode()
		}
	}
	return e
}

// nouns are what touchpoints are about, by the beginnings of their types.
var nouns = []struct{ begins, noun string }{{"purchase", "purchase"}, {"order", "purchase"}, {"return", "return"}, {"interaction", "contact"},
	{"interview", "contact"}, {"case", "case"}, {"complaint", "case"}, {"promise", "promise"}, {"opportunity", "sale"}, {"lead", "sale"}, {"offer", "offer"},
	{"survey", "survey"}, {"consent", "consent"}, {"campaign", "campaign"}, {"points", "points"}, {"tier", "points"}, {"recommendation", "guidance"},
	{"handover", "guidance"}, {"asset", "equipment"}, {"usage", "equipment"}, {"wear", "equipment"}, {"defect", "equipment"}, {"breakdown", "equipment"},
	{"maintenance", "equipment"}, {"merged", "person"}, {"split", "person"}, {"identity", "person"}, {"registered", "person"}, {"attribute", "person"},
	{"contact_point", "person"}, {"erased", "person"}}

func noun(eventType string) string {
	_, name, _ := strings.Cut(eventType, ".")
	for _, n := range nouns {
		if strings.HasPrefix(name, n.begins) {
			return n.noun
		}
	}
	return "other"
}

// timelinePanel is the newest of a customer's timeline.
func (v *visit) timelinePanel(id string, wide, limit int) (Panel, error) {
	p := Panel{Title: "Timeline", Wide: wide, Tall: true, Links: []Link{{Text: "All of it", Href: "/customers/" + id + "/timeline"}}}
	rows, _, err := v.touchpoints(id, limit, "")
	if err != nil {
		return p, err
	}
	for _, r := range rows {
		p.Entries = append(p.Entries, v.entry(id, r))
	}
	return p, nil
}

// timeline shows all that happened to a customer, by noun, department and channel.
func (v *visit) timeline() (*Page, error) {
	id, q := v.r.PathValue("id"), v.r.URL.Query()
	p, err := v.ofCustomer(id, "timeline")
	if err != nil || p == nil {
		return p, err
	}
	choice := func(name, label string) filterChoice {
		return filterChoice{Name: name, Label: label, Value: q.Get(name)}
	}
	filters := []filterChoice{choice("noun", "About"), choice("department", "Department"), choice("channel", "Channel")}
	value := []func(row) string{func(r row) string { return noun(r["type"]) }, func(r row) string { return r["department"] }, func(r row) string { return r["channel"] }}
	panel := Panel{Title: "Timeline", Note: "The newest first, by when it happened in the log. Times are in " + v.zone.String() + ".", CSV: v.csv("customer_timeline", "customer_id="+id)}
	rows, next, err := v.touchpoints(id, 500, q.Get("cursor"))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		shown := true
		for i := range filters {
			own := value[i](r)
			if own != "" && !slices.Contains(filters[i].Options, own) {
				filters[i].Options = append(filters[i].Options, own)
			}
			shown = shown && (filters[i].Value == "" || filters[i].Value == own)
		}
		if shown {
			panel.Entries = append(panel.Entries, v.entry(id, r))
		}
	}
	for i := range filters {
		slices.Sort(filters[i].Options)
	}
	panel.Custom = v.fragment("choices", map[string]any{"Action": "/customers/" + id + "/timeline", "Filters": filters})
	if len(panel.Entries) == 0 {
		panel.Empty = "Nothing of that kind happened in this part of the timeline."
	}
	if next != "" {
		panel.Links = append(panel.Links, Link{Text: "Older ›", Href: with("/customers/"+id+"/timeline", q, "cursor", next)})
	}
	p.Panels = append(p.Panels, panel)
	return p, nil
}

// ofCustomer begins a page of a customer.
func (v *visit) ofCustomer(id, tab string) (*Page, error) {
	var object map[string]any
	if err := v.get("/v1/customers/"+url.PathEscape(id), &object); err != nil {
		return nil, err
	}
	p := &Page{}
	v.customerHead(p, rowOf(object), tab)
	return p, nil
}

// looks shows who looked at a customer.
func (v *visit) looks() (*Page, error) {
	id, q := v.r.PathValue("id"), v.r.URL.Query()
	p, err := v.ofCustomer(id, "looks")
	if err != nil || p == nil {
		return p, err
	}
	ask := url.Values{}
	if cursor := q.Get("cursor"); cursor != "" {
		ask.Set("cursor", cursor)
	}
	rows, next, err := v.list("/v1/customers/"+url.PathEscape(id)+"/reads", "reads", 100, ask)
	if err != nil {
		return nil, err
	}
	t := &Table{Caption: "Who looked", Heads: []Head{{Text: "When"}, {Text: "Who"}, {Text: "As"}, {Text: "At what"}, {Text: "Why"}, {Text: "Position", Right: true}}}
	for _, r := range rows {
		what := r["operation"]
		if r.has("table") {
			what += " " + r["table"]
		}
		if !r.has("customer_id") {
			what += " (among many)"
		}
		t.Rows = append(t.Rows, []Cell{v.time(r, "read_at"), text(r, "reader"), text(r, "role"), {Text: what}, text(r, "purpose"), {Text: r["position"], Right: true}})
	}
	if next != "" {
		t.Next = with("/customers/"+id+"/looks", q, "cursor", next)
	}
	p.Panels = append(p.Panels, Panel{Title: "Who looked", Note: "Every look at personal data by the API and by this console, the newest first. Who queries the tables by SQL leaves no trace here.",
		Table: t})
	return p, nil
}

// openWork is what waits for somebody at a customer.
func (v *visit) openWork(id string) (Panel, error) {
	p := Panel{Title: "Open", Wide: 5, Links: v.links(link("make_promise", "Promise", id), link("open_case", "Case", id), link("hand_over", "Hand over", id))}
	t := &Table{Caption: "Open work", Heads: []Head{{Text: "What"}, {Text: "For"}, {Text: "Due"}, {Text: ""}}}
	var failed error
	each := func(list, table string, open func(row) bool, cells func(row) []Cell) {
		rows, err := v.of(id, list, table)
		if err != nil && !forbidden(err) {
			failed = err
		}
		for _, r := range rows {
			if open(r) {
				t.Rows = append(t.Rows, cells(r))
			}
		}
	}
	own := func(r row, key string) map[string]string { return map[string]string{"customer_id": id, key: r[key]} }
	each("cases", "case_current", func(r row) bool { return r["state"] != "closed" && r["state"] != "resolved" }, func(r row) []Cell {
		return []Cell{{Text: cmp.Or(r["subject"], words(r["type"])+" case"), Href: "/service/" + id + "/" + r["case_id"]}, text(r, "assignee"), v.dueAt(r), {Text: words(r["state"]), Tone: "dim"}}
	})
	each("promises", "promises", func(r row) bool { return r["state"] == "open" }, func(r row) []Cell {
		return []Cell{{Text: "Promised: " + r["what"]}, text(r, "actor"), v.due(r), v.button("keep_promise", "Kept", own(r, "promise_id"), "")}
	})
	each("handovers", "handovers", func(r row) bool { return !r.has("accepted_at") }, func(r row) []Cell {
		return []Cell{{Text: "Handed over: " + r["what"]}, named(r, "to_department"), v.time(r, "handed_over_at"), v.button("accept_handover", "Accept", own(r, "handover_id"), "")}
	})
	each("recommendations", "recommendation", func(r row) bool { return r["state"] == "open" }, func(r row) []Cell {
		return []Cell{{Text: "Recommended: " + r["action"], Title: r["reason"]}, text(r, "assignee"), v.due(r), v.button("accept_recommendation", "Accept", own(r, "recommendation_id"), "")}
	})
	each("opportunities", "opportunity", func(r row) bool { return r["state"] == "open" }, func(r row) []Cell {
		return []Cell{{Text: "Opportunity: " + cmp.Or(r["name"], r["product"])}, text(r, "owner"), v.day(r, "expected_close_on"), v.money(r, "amount_minor", r["currency"])}
	})
	if p.Table = t; len(t.Rows) == 0 {
		p.Table, p.Empty = nil, "Nothing is open: no case, promise, hand-over or recommendation waits for anybody."
	}
	return p, failed
}

// dueAt is when the next clock of a case runs out.
func (v *visit) dueAt(r row) Cell {
	c := v.time(clockOf(r, nil), "due_at")
	if clock := clockOf(r, nil); clock != nil && v.past(clock["due_at"]) {
		c.Badge, c.Tone = true, "bad"
	}
	return c
}

// due is a day by which something is to be done.
func (v *visit) due(r row) Cell {
	c := v.day(r, "due_on")
	if r.true("overdue") {
		c.Badge, c.Tone, c.Title = true, "bad", "overdue"
	}
	return c
}
