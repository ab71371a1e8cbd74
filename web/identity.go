package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// What changes who a customer is is shown before it is done: a merge, a split, an erasure.

// mergePage shows two customers side by side before they are merged.
func (v *visit) mergePage() (*Page, error) {
	id, other := v.r.PathValue("id"), strings.TrimSpace(v.r.URL.Query().Get("other"))
	p, err := v.ofCustomer(id, "merge")
	if err != nil {
		return nil, err
	}
	one, err := v.command("merge_customers")
	if err != nil {
		return nil, err
	}
	p.Title, p.Lead = "Merge another customer into this one", "This customer then stands for both. No event is rewritten, so the two can be split again."
	p.add(Panel{Title: "Who is the same?", Custom: v.fragment("other", map[string]any{"Action": "/customers/" + id + "/merge", "Other": other})}, nil)
	if merges, err := v.of(id, "merges", "customer_merges"); err == nil && len(merges) > 0 {
		p.add(listed(Panel{Title: "Merges and splits"}, merges, "", v.nameds("What", "happened"), v.texts("Absorbed", "absorbed_id"), v.days("On", "happened_on"), left("", func(r row) Cell {
			if r["happened"] != "merged" || !v.may("split_customers") {
				return Cell{}
			}
			return Cell{Text: "Split off…", Href: "/customers/" + id + "/split?" + url.Values{"absorbed": {r["absorbed_id"]}}.Encode()}
		})), nil)
	}
	if other == "" {
		return p, nil
	}
	both := make([]row, 2)
	for i, one := range []string{id, other} {
		var object map[string]any
		if err := v.get("/v1/customers/"+url.PathEscape(one), &object); err != nil {
			p.add(Panel{Title: "Preview"}, err)
			return p, nil
		}
		both[i] = rowOf(object)
	}
	p.add(Panel{Title: "Preview", Table: v.together(both[0], both[1]), Form: v.form(one, values{"customer_id": {id}, "absorbed_id": {other}}, nil)}, nil)
	return p, nil
}

// together is what two customers come to as one.
func (v *visit) together(a, b row) *Table {
	t := &Table{Caption: "Preview", Heads: []Head{{Text: ""}, {Text: "This one"}, {Text: "The other"}, {Text: "Both together"}}}
	line := func(name, column, together string) {
		t.Rows = append(t.Rows, []Cell{{Text: name, Tone: "dim"}, text(a, column), text(b, column), {Text: together}})
	}
	line("Name", "name", a["name"])
	line("Country", "country", cmp.Or(a["country"], b["country"]))
	line("Stage", "stage", "worked out anew")
	for _, c := range [][2]string{{"Orders", "orders"}, {"Returns", "returns"}, {"Contacts", "interactions"}} {
		line(c[0], c[1], v.Int(a.int(c[1])+b.int(c[1])))
	}
	money := func(r row, minor int64) Cell {
		return Cell{Text: v.Money(minor, cmp.Or(r["currency"], a["currency"], b["currency"]))}
	}
	t.Rows = append(t.Rows, []Cell{{Text: "Net revenue", Tone: "dim"}, money(a, a.int("net_revenue_minor")), money(b, b.int("net_revenue_minor")),
		money(a, a.int("net_revenue_minor")+b.int("net_revenue_minor"))})
	return t
}

// kept are the lists that a page shows of what there is of a customer, with what they are called.
var kept = []struct{ list, table, name string }{{"purchases", "purchases", "Purchases"}, {"interactions", "interactions", "Contacts"}, {"cases", "case_current", "Cases"},
	{"promises", "promises", "Promises"}, {"handovers", "handovers", "Hand-overs"}, {"recommendations", "recommendation", "Recommendations"},
	{"opportunities", "opportunity", "Opportunities"}, {"attributes", "attribute_current", "Attributes"}, {"contact-points", "contact_points", "Addresses and numbers"},
	{"consents", "consent_current", "Consents"}}

// listMost is how many of each are counted.
const listMost = 200

func (v *visit) upTo(n int) string { return v.some(n, n >= listMost) }

// splitPage shows what goes back to a customer who is split off.
func (v *visit) splitPage() (*Page, error) {
	id, absorbed := v.r.PathValue("id"), strings.TrimSpace(v.r.URL.Query().Get("absorbed"))
	p, err := v.ofCustomer(id, "merge")
	if err != nil {
		return nil, err
	}
	one, err := v.command("split_customers")
	if err != nil {
		return nil, err
	}
	p.Title, p.Lead = "Split a customer off", "What was recorded of the other goes back to them, also what was recorded here for them meanwhile. No event is rewritten, so the two can be merged again."
	t := &Table{Caption: "Preview", Heads: []Head{{Text: ""}, {Text: "Stays", Right: true}, {Text: "Goes back", Right: true}}}
	for _, k := range kept {
		rows, err := v.of(id, k.list, k.table)
		if err != nil {
			continue // it is not for the visitor's role
		}
		back := len(slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return absorbed == "" || r["recorded_for"] != absorbed }))
		if len(rows) > 0 {
			t.Rows = append(t.Rows, []Cell{{Text: k.name, Tone: "dim"}, {Text: v.upTo(len(rows) - back), Right: true}, {Text: v.upTo(back), Right: true}})
		}
	}
	preview := Panel{Title: "Preview", Note: "Figures, stage and segments of both are worked out anew.", Form: v.form(one, values{"customer_id": {id}, "absorbed_id": {absorbed}}, nil)}
	if len(t.Rows) > 0 {
		preview.Table = t
	}
	p.add(preview, nil)
	return p, nil
}

// open reports whether something waits to be done, by its state.
func open(r row) bool { return r["state"] == "open" || r["state"] == "paused" }

// erasePage says what an erasure does before it is done.
func (v *visit) erasePage() (*Page, error) {
	id := v.r.PathValue("id")
	object, err := v.whole(id)
	if err != nil {
		return nil, err
	}
	one, err := v.command("erase_customer")
	if err != nil {
		return nil, err
	}
	p := &Page{}
	v.customerHead(p, rowOf(object), "erase")
	p.Title, p.Lead = "Erase "+p.Title, "For good: nobody can undo it, and the customer cannot be registered again under this id."
	p.add(Panel{Title: "What it does", Wide: 6, Custom: v.fragment("erasing", nil)}, nil)
	t := &Table{Caption: "Of this customer", Heads: []Head{{Text: ""}, {Text: "There are", Right: true}, {Text: "Open, and end", Right: true}}}
	for _, k := range kept {
		rows, err := v.of(id, k.list, k.table)
		if err != nil || len(rows) == 0 {
			continue // there is none, or it is not for the visitor's role
		}
		waiting := len(slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return !open(r) }))
		t.Rows = append(t.Rows, []Cell{{Text: k.name, Tone: "dim"}, {Text: v.upTo(len(rows)), Right: true}, {Text: v.upTo(waiting), Right: true}})
	}
	of := Panel{Title: "Of this customer", Wide: 6, Note: "Texts, names and addresses in them go; what was bought stays as figures."}
	if of.Table = t; len(t.Rows) == 0 {
		of.Table, of.Empty = nil, "Nothing but their name is recorded."
	}
	p.add(of, nil)
	if merges, err := v.of(id, "merges", "customer_merges"); err == nil && len(merges) > 0 {
		p.add(listed(Panel{Title: "Erased with them", Wide: 6, Note: "Who was merged into this customer and is not to be erased is split off first."}, merges, "", v.nameds("What", "happened"), v.texts("Absorbed", "absorbed_id"), v.days("On", "happened_on")), nil)
	}
	p.add(Panel{Title: "Erase", Wide: 6, Form: v.form(one, values{"customer_id": {id}}, nil)}, nil)
	return p, nil
}

// forbids is the problem of who may not.
func forbids(detail string) *Problem {
	return &Problem{Status: http.StatusForbidden, Title: "Not for your role", Detail: detail}
}
