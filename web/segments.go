package web

import (
	"cmp"
	"encoding/json"
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

// ladderPanel is the newest ladder, with the rule of each stage.
func (v *visit) ladderPanel() (Panel, error) {
	p := Panel{Title: "The ladder in force", Wide: 7, Note: "Top-down: a customer stands on the first stage whose rule holds.", CSV: v.csv("loyalty_ladder")}
	if v.may("publish_ladder") {
		p.Links = []Link{{Text: "Publish another", Href: "/do/publish_ladder"}}
	}
	rows, err := v.table("loyalty_ladder", 100)
	if err != nil || len(rows) == 0 {
		p.Empty = "No ladder is in force."
		return p, err
	}
	slices.SortFunc(rows, func(a, b row) int { return int(b.int("version") - a.int("version")) })
	var stages []struct{ Name, Rule string }
	if err := json.Unmarshal([]byte(rows[0]["stages"]), &stages); err != nil {
		return p, err
	}
	t := &Table{Caption: "Stages", Heads: []Head{{Text: "Stage"}, {Text: "Rule"}}}
	for _, s := range stages {
		t.Rows = append(t.Rows, []Cell{badge(s.Name), {Text: s.Rule, Tone: "code"}})
	}
	p.Table = t
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
		return v.segmentEditor("", q.Get("title"), q.Get("rule"))
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
	names := v.names(rows)
	p = listed(p, rows, "Nobody belongs to it now.", v.whos(names), v.days("Since", "valid_from"), left("Because", func(r row) Cell {
		var facts map[string]any
		_ = json.Unmarshal([]byte(r["evidence"]), &facts) // else there is no reason to show
		return Cell{Text: evidence(facts), Tone: "dim"}
	}))
	if next != "" && p.Table != nil {
		p.Table.Next = with("/segments/"+name, q, "cursor", next)
	}
	return p, nil
}

// segmentEditor writes a rule, and shows whom it would find before it is in force.
func (v *visit) segmentEditor(_, title, rule string) (*Page, error) {
	if !v.is(access.Analysts) {
		return nil, &Problem{Status: 403, Title: "Not for your role", Detail: "Analysts define segments."}
	}
	name := v.r.URL.Query().Get("name")
	p := &Page{Lead: "Write a rule, and see whom it finds. Nothing is in force before you define it."}
	p.Title, p.Section = "Segment", "segments"
	p.Tabs = []Link{{Text: "‹ All segments", Href: "/segments"}}
	var facts struct {
		Facts []struct{ Name, Type, Unit, Doc string }
	}
	if err := v.get("/v1/rules/facts", &facts); err != nil {
		return nil, err
	}
	p.add(Panel{Title: "Rule", Wide: 7, Custom: v.fragment("editor", map[string]any{"Name": name, "Title": title, "Rule": rule, "Facts": facts.Facts, "Key": v.key()})}, nil)
	preview, err := v.previewPanel(rule)
	p.add(preview, err)
	t := &Table{Caption: "Facts", Heads: []Head{{Text: "Fact"}, {Text: "Type"}, {Text: "What it is"}}}
	for _, f := range facts.Facts {
		t.Rows = append(t.Rows, []Cell{{Text: f.Name, Tone: "code"}, {Text: strings.TrimSpace(f.Type + " " + f.Unit), Tone: "dim"}, {Text: f.Doc}})
	}
	p.add(Panel{Title: "Facts that rules may speak of", Table: t, Note: "N stands for a number of days: orders_in(90) >= 3. Join by &&, || and !."}, nil)
	return p, nil
}

func (v *visit) previewPanel(rule string) (Panel, error) {
	p := Panel{ID: "preview", Title: "Whom it finds", Wide: 5}
	if strings.TrimSpace(rule) == "" {
		p.Empty = "Write a rule to see how many customers it finds, and some of them with the facts that decide."
		return p, nil
	}
	var out struct {
		Size, Customers int64
		Low             int64 `json:"size_low"`
		High            int64 `json:"size_high"`
		Exact           bool
		Sample          []map[string]any
	}
	if err := v.get("/v1/rules/preview?"+url.Values{"rule": {rule}, "sample": {"12"}}.Encode(), &out); err != nil {
		problem := problemOf(err)
		p.Problem = &Problem{Status: problem.Status, Title: "The rule has a fault", Detail: problem.Detail}
		return p, nil
	}
	f := Figure{Label: "Customers", Value: v.Int(out.Size)}
	if out.Customers > 0 {
		f.Note = v.Percent(float64(out.Size)/float64(out.Customers), 1) + " of all"
	}
	if !out.Exact {
		f.Note = "between " + v.Int(out.Low) + " and " + v.Int(out.High)
	}
	p.Figures = []Figure{f}
	rows := make([]row, len(out.Sample))
	for i, o := range out.Sample {
		rows[i] = rowOf(o)
	}
	names := v.names(rows)
	return listed(p, rows, "Nobody.", v.whos(names), left("Because", func(r row) Cell {
		var facts map[string]any
		_ = json.Unmarshal([]byte(r["evidence"]), &facts) // else there is no reason to show
		return Cell{Text: evidence(facts), Tone: "dim"}
	})), nil
}
