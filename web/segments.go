package web

import (
	"cmp"
	"crypto/rand"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/web/charts"
)

// segments lists the segments in force, the ladder, and what loyalty points come to.
func (v *visit) segments() (*Page, error) {
	p := &Page{Lead: "Who belongs together, by rules over what is known of each customer. Membership follows by itself as customers and days change, with history and evidence."}
	p.Title, p.Section = "Segments and ladder", "segments"
	if v.is(access.Analysts) {
		v.ahead(stageFlow, asking("loyalty_matrix", 10, "by=loyalty"), neglectedMost)
	}
	rows, err := v.segmentRows()
	panel := Panel{Title: "Segments", CSV: v.csv("segment_kpi")}
	if v.is(access.Analysts) {
		panel.Links = []Link{{Text: "New segment", Href: "/segments/new"}}
	}
	p.add(listed(panel, rows, "No segment is defined yet. Write a rule, see whom it finds, and name it.",
		left("Segment", func(r row) Cell {
			return Cell{Text: cmp.Or(r["title"], words(r["segment"])), Href: "/segments/" + r["segment"]}
		}), v.counts("Members", "members"), left("Rule", func(r row) Cell { return Cell{Text: r["rule"], Tone: "code"} }),
		v.counts("Version", "version"), v.states("State", "status"), v.days("Since", "defined_on")), err)
	stages, err := v.stages()
	p.add(v.stagesPanel(stages, 4), err)
	p.add(v.flowPanel(8))
	p.add(v.ladderPanel())
	p.add(v.loyaltyKinds())
	p.add(v.neglected())
	return p, nil
}

// loyaltyKinds are the four kinds of loyalty of Dick and Basu.
func (v *visit) loyaltyKinds() (Panel, error) {
	p := Panel{Title: "Kinds of loyalty", Wide: 5, Note: "By attitude, as surveys tell it, and by what customers do (Dick and Basu 1994).", CSV: v.csv("loyalty_matrix")}
	rows, err := v.table("loyalty_matrix", 10, "by=loyalty")
	if err != nil || len(rows) == 0 {
		p.Empty = "Nobody has answered a survey yet, so attitudes are not known."
		return p, err
	}
	count := map[string]float64{}
	for _, r := range rows {
		count[r["loyalty"]] = r.float("count")
	}
	p.Chart = charts.HeatMap{Frame: frame("Kinds of loyalty", "Customers by attitude and by repeat patronage.", 5, 230), X: charts.Axis{Label: "Repeat patronage"}, Y: charts.Axis{Label: "Attitude"},
		Value: v.countAxis("Customers"), Columns: []string{"high", "low"}, Rows: []string{"high", "low"},
		Values: [][]float64{{count["true"], count["latent"]}, {count["spurious"], count["none"]}}}
	return p, nil
}

// neglectedMost are the customers of most value whom nobody contacted of late.
var neglectedMost = asking("neglected_customers", 12, "order=-monetary_minor")

func (v *visit) neglected() (Panel, error) {
	p := Panel{Title: "Valuable and neglected", Note: "Customers of the highest monetary score with whom nobody had contact for 90 days.", CSV: v.csv("neglected_customers")}
	rows, err := v.asked(neglectedMost)
	if err != nil {
		return p, err
	}
	names := v.names(rows)
	return listed(p, rows, "Everybody of value was heard of late.", v.whos(names), v.amounts("Net revenue", "monetary_minor"), v.counts("Days without contact", "days_without_contact"),
		v.states("Stage", "stage"), v.nameds("RFM segment", "rfm_segment")), nil
}

// segment shows one: its rule, its members over time, and who belongs to it and why.
func (v *visit) segment() (*Page, error) {
	name, q := v.r.PathValue("name"), v.r.URL.Query()
	if name == "new" {
		return v.segmentEditor()
	}
	var object map[string]any
	path := "/v1/segments/" + url.PathEscape(name)
	if err := v.get(path, &object); err != nil {
		return nil, err
	}
	s := rowOf(object)
	p := &Page{}
	p.Title, p.Section = cmp.Or(s["title"], words(name)), "segments"
	p.Badges = []Cell{badge(s["status"]), {Text: "version " + s["version"], Badge: true}}
	p.Tabs = []Link{{Text: "‹ All segments", Href: "/segments"}}
	kpi, _ := v.table("segment_kpi", 1, "segment="+name) // those who may not see it see the rest
	figures := []Figure{{Label: "Members", Value: v.Int(s.int("members"))}}
	if len(kpi) == 1 {
		k := kpi[0]
		figures = append(figures, Figure{Label: "Of all customers", Value: v.Percent(k.float("member_share"), 0)}, Figure{Label: "Net revenue", Value: v.MoneyRound(k.float("net_revenue_minor"), v.books.Currency),
			Note: v.Percent(k.float("revenue_share"), 0) + " of all"}, Figure{Label: "Average order", Value: v.MoneyRound(k.float("avg_order_value_minor"), v.books.Currency)},
			Figure{Label: "Days since the last purchase", Value: v.Number(k.float("recency_days_mean"), 0), Note: "mean"})
	}
	p.add(Panel{Figures: figures}, nil)
	rule := Panel{Title: "Rule", Wide: 6, Custom: template.HTML("<pre><code>" + template.HTMLEscapeString(s["rule"]) + "</code></pre>")}
	if v.is(access.Analysts) {
		rule.Links = []Link{{Text: "Change it", Href: "/segments/new?" + url.Values{"name": {name}, "title": {s["title"]}, "rule": {s["rule"]}}.Encode()}}
		if v.may("retire_segment") && s["status"] == "active" {
			rule.Links = append(rule.Links, Link{Text: "Retire", Href: doing("retire_segment", "name", name), Tone: "danger"})
		}
	}
	p.add(rule, nil)
	p.add(v.membersOverTime(name))
	p.add(v.membersPanel(path, name, q))
	p.add(v.versionsPanel(name))
	return p, nil
}

func (v *visit) versionsPanel(name string) (Panel, error) {
	p := Panel{Title: "Versions", CSV: v.csv("segment_definition", "segment="+name)}
	rows, err := v.table("segment_definition", 200, "segment="+name)
	slices.SortFunc(rows, func(a, b row) int { return int(b.int("version") - a.int("version")) })
	return listed(p, rows, "", v.counts("Version", "version"), left("Rule", func(r row) Cell { return Cell{Text: r["rule"], Tone: "code"} }),
		v.days("From", "defined_on"), v.days("Until", "ended_on")), err
}

func (v *visit) membersOverTime(name string) (Panel, error) {
	p := Panel{Title: "Members over time", Wide: 6, CSV: v.csv("segment_membership", "segment="+name)}
	change := map[string]float64{}
	for column, sign := range map[string]float64{"valid_from": 1, "valid_to": -1} {
		days, err := v.table("segment_membership", 20_000, "segment="+name, column+"!=", "by="+column)
		if err != nil {
			return p, err
		}
		for _, day := range days {
			change[day[column]] += sign * day.float("count")
		}
	}
	if len(change) == 0 {
		p.Empty = "Nobody has belonged to it yet."
		return p, nil
	}
	days := make([]string, 0, len(change))
	for day := range change {
		days = append(days, day)
	}
	slices.Sort(days)
	labels, values, n := make([]string, len(days)), make([]float64, len(days)), 0.0
	for i, day := range days {
		n += change[day]
		labels[i], values[i] = v.Day(day), n
	}
	p.Chart = charts.Line{Frame: frame("Members over time", "On each day on which somebody entered or left.", 6, 220), Y: v.countAxis("Members"), Labels: labels,
		Series: []charts.Series{{Name: "Members", Values: values}}}
	return p, nil
}

func (v *visit) membersPanel(path, name string, q url.Values) (Panel, error) {
	p := Panel{Title: "Members", Note: "With the facts that the rule speaks of, as they were when it began to hold."}
	ask := url.Values{}
	if cursor := q.Get("cursor"); cursor != "" {
		ask.Set("cursor", cursor)
	}
	rows, next, err := v.list(path+"/members", "members", 50, ask)
	if err != nil {
		return p, err
	}
	p = listed(p, rows, "Nobody belongs to it now.", v.whos(v.names(rows)), v.days("Since", "valid_from"), because)
	if next != "" && p.Table != nil {
		p.Table.Next = with("/segments/"+name, q, "cursor", next)
	}
	return p, nil
}

// segmentEditor writes a rule, and shows whom it would find before it is in force.
func (v *visit) segmentEditor() (*Page, error) {
	if !v.is(access.Analysts) {
		return nil, forbids("Analysts define segments.")
	}
	q := v.r.URL.Query()
	p := &Page{Lead: "Write a rule, and see whom it finds. Nothing is in force before you define it."}
	p.Title, p.Section = "Segment", "segments"
	p.Tabs = []Link{{Text: "‹ All segments", Href: "/segments"}}
	facts, err := v.facts()
	if err != nil {
		return nil, err
	}
	p.add(Panel{Title: "Rule", Wide: 7, Custom: v.fragment("editor", map[string]any{"Name": q.Get("name"), "Title": q.Get("title"), "Rule": q.Get("rule"), "Facts": facts, "Key": rand.Text()})}, nil)
	p.add(v.previewPanel(q.Get("rule")), nil)
	p.add(factsTable(facts), nil)
	return p, nil
}

func (v *visit) previewPanel(rule string) Panel {
	p := Panel{ID: "preview", Title: "Whom it finds", Wide: 5}
	if strings.TrimSpace(rule) == "" {
		p.Empty = "Write a rule to see how many customers it finds, and some of them with the facts that decide."
		return p
	}
	found, err := v.preview(rule, 12)
	if err != nil {
		problem := problemOf(err)
		p.Problem = &Problem{Status: problem.Status, Title: "The rule has a fault", Detail: problem.Detail}
		return p
	}
	f := Figure{Label: "Customers", Value: v.Int(found.Size), Note: v.bounds(found)}
	if found.Exact && found.Customers > 0 {
		f.Note = v.Percent(float64(found.Size)/float64(found.Customers), 1) + " of all"
	}
	p.Figures = []Figure{f}
	rows := found.rows()
	return listed(p, rows, "Nobody.", v.whos(v.names(rows)), because)
}
