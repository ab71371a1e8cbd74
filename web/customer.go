package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain/access"
)

// customer shows one: who they are, how they may be reached, where they stand and why, what is open, and what happened.
func (v *visit) customer() (*Page, error) {
	id := v.r.PathValue("id")
	object, err := v.whole(id)
	if err != nil {
		return nil, err
	}
	c := rowOf(object)
	if own := c["customer_id"]; own != "" && own != id {
		http.Redirect(v.w, v.r, "/customers/"+own, http.StatusSeeOther) // who was merged stands there
		return nil, nil
	}
	p := &Page{Customer: id}
	v.customerHead(p, c, "")
	prediction := v.prediction(id)
	p.add(Panel{Figures: v.customerFigures(c, prediction)}, nil)
	if c.has("erased_on") {
		p.add(v.erasedPanel(c))
	}
	p.add(v.openWork(id))
	p.add(v.timelinePanel(id, 7, 12))
	p.add(Panel{Title: "Who they are", Wide: 5, Facts: v.whoFacts(c), Links: v.links(link("set_attribute", "Set an attribute", id))}, nil)
	p.add(v.reachPanel(id))
	p.add(v.consentPanel(id))
	p.add(v.whyPanel(c))
	if prediction != nil {
		p.add(v.valuePanel(prediction), nil)
	}
	p.add(v.purchasesPanel(id))
	p.add(v.donePanel(id), nil)
	return p, nil
}

// customerHead is what all pages of a customer begin with.
func (v *visit) customerHead(p *Page, c row, tab string) {
	id := c["customer_id"]
	p.Title, p.Section = c["name"], "customers"
	if p.Title == "" {
		p.Title = words(c["kind"]) + " " + short(id)
	}
	p.Badges = append(p.Badges, badge(c["stage"]))
	for _, s := range arrayOf(c["segments"]) {
		p.Badges = append(p.Badges, Cell{Text: words(s), Badge: true, Href: "/segments/" + s})
	}
	if c.has("erased_on") {
		p.Title, p.Badges = "An erased customer", []Cell{{Text: "Erased", Badge: true, Tone: "bad"}}
	}
	if c.has("archived_on") {
		p.Badges = append(p.Badges, Cell{Text: "Archived", Badge: true, Tone: "dim"})
	}
	base := "/customers/" + id
	tabs := []struct {
		name, text string
		roles      access.Roles
	}{{"", "At a glance", access.Apps | access.Auditors}, {"timeline", "Timeline", access.Apps | access.Auditors},
		{"asof", "As of a day", access.Auditors}, {"looks", "Who looked", access.Auditors}}
	for _, t := range tabs {
		if v.is(t.roles) {
			p.Tabs = append(p.Tabs, Link{Text: t.text, Href: strings.TrimSuffix(base+"/"+t.name, "/"), Current: t.name == tab})
		}
	}
}

func (v *visit) prediction(id string) row {
	var object map[string]any
	if err := v.get("/v1/customers/"+url.PathEscape(id)+"/value", &object); err != nil {
		return nil // no model is in force, or nothing was bought yet
	}
	return rowOf(object)
}

func (v *visit) customerFigures(c, prediction row) []Figure {
	currency := c["currency"]
	all := []Figure{
		{Label: "Net revenue", Value: v.Money(c.int("net_revenue_minor"), currency), Note: v.Int(c.int("orders")) + " orders, " + v.Int(c.int("returns")) + " returns"},
	}
	if !c.has("currency") {
		all[0].Value = "–"
	}
	if n := c.int("orders"); n > 0 {
		all = append(all, Figure{Label: "Average order", Value: v.MoneyRound(c.float("gross_revenue_minor")/float64(n), currency), Note: "before returns"})
	}
	bought := Figure{Label: "Last purchase", Value: "never"}
	if c.has("last_purchase_on") {
		bought.Value, bought.Note = v.Day(c["last_purchase_on"]), c["recency_days"]+" days ago"
	}
	contact := Figure{Label: "Last contact", Value: "never"}
	if c.has("last_contact_on") {
		contact.Value, contact.Note = v.Day(c["last_contact_on"]), v.Int(c.int("interactions"))+" contacts in all"
	}
	all = append(all, bought, contact)
	if prediction != nil {
		all = append(all, Figure{Label: "Next 12 months", Value: v.MoneyRound(prediction.float("clv_12m_minor"), prediction["currency"]),
			Note: v.Percent(prediction.float("p_alive"), 0) + " likely to buy again"},
			Figure{Label: "Risk to be lost", Value: words(prediction["churn_risk"]), Tone: tones[prediction["churn_risk"]]})
	}
	return all
}

func (v *visit) whoFacts(c row) []Fact {
	facts := []Fact{{Name: "Kind", Value: named(c, "kind")}, {Name: "Country", Value: text(c, "country")}, {Name: "Locale", Value: text(c, "locale")},
		{Name: "Registered", Value: v.day(c, "registered_on")}, {Name: "Id", Value: Cell{Text: c["customer_id"], Tone: "code"}}}
	var external []struct{ System, ID string }
	if json.Unmarshal([]byte(c["external_ids"]), &external) == nil {
		for _, e := range external {
			facts = append(facts, Fact{Name: "In " + e.System, Value: Cell{Text: e.ID}})
		}
	}
	if attributes, err := v.of(c["customer_id"], "attributes", "attribute_current"); err == nil {
		for _, a := range attributes {
			facts = append(facts, Fact{Name: words(a["name"]), Value: Cell{Text: a["value"], Title: "said by " + a["department"]}})
		}
	}
	return facts
}

// offered is a command that a page leads to, of a customer.
type offered struct{ name, text, id string }

func link(name, text, id string) offered { return offered{name, text, id} }

// links are those of what the visitor may have done.
func (v *visit) links(all ...offered) (out []Link) {
	for _, one := range all {
		if v.may(one.name) {
			out = append(out, Link{Text: one.text, Href: doing(one.name, "customer_id", one.id)})
		}
	}
	return out
}

func (v *visit) reachPanel(id string) (Panel, error) {
	p := Panel{Title: "How they can be reached", Wide: 5, Links: v.links(link("add_contact_point", "Add", id))}
	rows, err := v.of(id, "contact-points", "contact_points")
	if err != nil {
		return p, err
	}
	t := &Table{Caption: "Contact points", Heads: []Head{{Text: "Kind"}, {Text: "Address"}, {Text: "Verified"}, {Text: ""}}}
	for _, r := range rows {
		if r.has("removed_on") {
			continue
		}
		what := Cell{Text: r["value"]}
		if r.true("preferred") {
			what.Title = "preferred"
			what.Text += " ★"
		}
		action := v.button("verify_contact_point", "Verify", map[string]string{"customer_id": id, "contact_point_id": r["contact_point_id"], "method": "by hand"}, "quiet")
		if r.has("verified_on") {
			action = Cell{}
		}
		t.Rows = append(t.Rows, []Cell{named(r, "kind"), what, v.day(r, "verified_on"), action})
	}
	if p.Table = t; len(t.Rows) == 0 {
		p.Table, p.Empty = nil, "No address or number is known. Add one, and they can be written to or called."
	}
	return p, nil
}

func (v *visit) consentPanel(id string) (Panel, error) {
	p := Panel{Title: "For what they may be addressed", Wide: 5, Links: v.links(link("grant_consent", "Record a consent", id))}
	rows, err := v.of(id, "consents", "consent_current")
	if err != nil {
		return p, err
	}
	t := &Table{Caption: "Consents", Heads: []Head{{Text: "Purpose"}, {Text: "Channel"}, {Text: "Now"}, {Text: "Since"}, {Text: ""}}}
	for _, r := range rows {
		action := Cell{}
		if r["state"] == "granted" {
			action = v.button("withdraw_consent", "Withdraw", map[string]string{"customer_id": id, "purpose": r["purpose"], "through": r["channel"]}, "quiet")
		}
		t.Rows = append(t.Rows, []Cell{named(r, "purpose"), named(r, "channel"), badge(r["state"]), v.day(r, "since"), action})
	}
	if p.Table = t; len(t.Rows) == 0 {
		p.Table, p.Empty = nil, "Nothing was consented to, so no campaign writes to them."
	}
	return p, nil
}

// purchasesPanel lists what was bought last.
func (v *visit) purchasesPanel(id string) (Panel, error) {
	p := Panel{Title: "Purchases", Wide: 6, Links: v.links(link("record_purchase", "Record a purchase", id)), CSV: v.csv("purchases", "customer_id="+id)}
	rows, err := v.of(id, "purchases", "purchases")
	if err != nil {
		return p, err
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(b["purchased_at"], a["purchased_at"]) })
	t := &Table{Caption: "Purchases", Heads: []Head{{Text: "Day"}, {Text: "Reference"}, {Text: "Channel"}, {Text: "Total", Right: true}, {Text: ""}}}
	for _, r := range rows[:min(len(rows), 8)] {
		again := Cell{}
		if v.may("record_return") {
			again = Cell{Text: "Return", Href: doing("record_return", "customer_id", id, "purchase_id", r["purchase_id"], "currency", r["currency"])}
		}
		t.Rows = append(t.Rows, []Cell{v.day(r, "purchased_on"), text(r, "reference"), named(r, "channel"), v.money(r, "total_minor", r["currency"]), again})
	}
	if len(rows) > 8 {
		t.More = "the newest 8"
	}
	if p.Table = t; len(t.Rows) == 0 {
		p.Table, p.Empty = nil, "Nothing was bought yet."
	}
	return p, nil
}

// donePanel leads to what is most often done with a customer.
func (v *visit) donePanel(id string) Panel {
	p := Panel{Title: "Record or decide", Wide: 6, Note: "All else is under Actions."}
	type one struct{ name, text string }
	var list []Link
	for _, o := range []one{{"record_interaction", "A contact"}, {"make_promise", "A promise"}, {"open_case", "A case"}, {"hand_over", "A hand-over"},
		{"capture_lead", "A lead"}, {"open_opportunity", "An opportunity"}, {"propose_offer", "An offer"}, {"issue_recommendation", "A recommendation"},
		{"record_insight", "An insight"}, {"answer_survey", "A survey"}, {"install_asset", "Equipment"}, {"declare_relationship", "A relationship"},
		{"earn_points", "Points"}, {"refund_purchase", "A refund"}} {
		if v.may(o.name) {
			list = append(list, Link{Text: o.text, Href: doing(o.name, "customer_id", id)})
		}
	}
	if v.may("merge_customers") {
		list = append(list, Link{Text: "Merge…", Href: "/customers/" + id + "/merge"})
	}
	if v.may("erase_customer") {
		list = append(list, Link{Text: "Erase…", Href: "/customers/" + id + "/erase", Tone: "danger"})
	}
	p.Custom = v.fragment("chips", list)
	return p
}

func (v *visit) erasedPanel(c row) (Panel, error) {
	p := Panel{Title: "Erased", Note: "Nothing personal is left of this customer; what they bought stays as figures."}
	var object map[string]any
	if err := v.get("/v1/customers/"+c["customer_id"]+"/erasure", &object); err != nil {
		return p, err
	}
	e := rowOf(object)
	p.Facts = []Fact{{Name: "On", Value: v.day(e, "erased_on")}, {Name: "Why", Value: text(e, "reason")}, {Name: "Key destroyed", Value: v.time(e, "key_destroyed_at")},
		{Name: "Files cleaned", Value: v.time(e, "files_cleaned_at")}}
	return p, nil
}
