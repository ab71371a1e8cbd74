package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/web/charts"
)

// ladder is the order of the stages by default; others come behind.
var ladder = []string{"prospect", "customer", "client", "supporter", "advocate", "partner", "lapsed", "lost"}

// overview is the page that stays open all day.
func (v *visit) overview() (*Page, error) {
	p := &Page{Live: true}
	p.Title, p.Section = "Overview", "overview"
	if v.books.Date != "" {
		p.Lead = "Business date " + v.Day(v.books.Date) + "."
	}
	stages, err := v.stages()
	if err == nil && len(stages) == 0 {
		return v.welcome(p), nil
	}
	if v.is(access.Analysts) {
		v.ahead(asking("cohort_retention", 20_000), openCases, v.brokenLately(), v.npsLately(), openOpportunities, guidanceWaiting, stageFlow)
	}
	months, monthsErr := v.months()
	p.add(Panel{Figures: v.headline(months, stages)}, nil)
	if monthsErr == nil && len(months) > 0 {
		p.add(v.revenuePanel(months), nil)
		p.add(v.buyersPanel(months), nil)
	} else {
		p.add(Panel{Title: "Revenue", Wide: 8}, monthsErr)
	}
	p.add(v.stagesPanel(stages, 4), err)
	p.add(v.flowPanel(8))
	p.add(v.guidancePanel())
	p.add(v.segmentsPanel(customersOf(stages)))
	return p, nil
}

// customersOf is how many customers there are on all stages.
func customersOf(stages []stageCount) (all int64) {
	for _, s := range stages {
		all += s.Customers
	}
	return all
}

type stageCount struct {
	Stage     string `json:"stage"`
	Customers int64  `json:"customers"`
}

func (v *visit) stages() ([]stageCount, error) {
	var out struct {
		Stages []stageCount `json:"stages"`
	}
	err := v.get("/v1/loyalty/stages", &out)
	rank := func(s stageCount) int {
		if i := slices.Index(ladder, s.Stage); i >= 0 {
			return i
		}
		return len(ladder)
	}
	slices.SortFunc(out.Stages, func(a, b stageCount) int { return rank(a) - rank(b) })
	return out.Stages, err
}

// month is what a month brought.
type month struct {
	day            string // the first
	revenue        int64  // less returns, minor units
	fresh, regular int64  // customers who bought for the first time, and again
	running        bool   // it is not over
}

// months are sums over the cohorts of customers.
func (v *visit) months() ([]month, error) {
	rows, err := v.table("cohort_retention", 20_000)
	if err != nil {
		return nil, err
	}
	by := map[string]*month{}
	for _, r := range rows {
		m := by[r["month"]]
		if m == nil {
			m = &month{day: r["month"]}
			by[m.day] = m
		}
		m.revenue += r.int("revenue_minor")
		if r["period_index"] == "0" {
			m.fresh += r.int("active")
		} else {
			m.regular += r.int("active")
		}
		m.running = m.running || !r.true("complete")
	}
	all := make([]month, 0, len(by))
	for _, m := range by {
		all = append(all, *m)
	}
	slices.SortFunc(all, func(a, b month) int { return strings.Compare(a.day, b.day) })
	return all, nil
}

// frame is of a chart in a panel that is so many columns wide, so that letters are alike in all.
func frame(title, description string, wide, height int) charts.Frame {
	return charts.Frame{Title: title, Description: description, Width: wide*98 - 30, Height: height}
}

// moneyAxis is how charts write amounts.
func (v *visit) moneyAxis(label string) charts.Axis {
	return charts.Axis{Label: label, Format: func(minor float64) string { return v.MoneyRound(minor, v.books.Currency) },
		Tick: func(minor float64) string { return charts.Compact(minor / 100) }}
}

func (v *visit) countAxis(label string) charts.Axis {
	return charts.Axis{Label: label, Format: func(n float64) string { return v.Number(n, 0) }}
}

func (v *visit) headline(months []month, stages []stageCount) (all []Figure) {
	if n := len(months); n > 0 {
		values := make([]float64, n)
		labels := make([]string, n)
		for i, m := range months {
			values[i], labels[i] = float64(m.revenue), v.Month(m.day)
		}
		f := Figure{Label: "Revenue, " + v.Month(months[n-1].day), Value: v.MoneyRound(float64(months[n-1].revenue), v.books.Currency),
			Spark: charts.Sparkline{Frame: charts.Frame{Title: "Revenue by month", ID: "spark-revenue"}, Y: v.moneyAxis("Revenue"), Labels: labels, Values: values}}
		if n > 1 && months[n-2].revenue > 0 {
			f.Note = v.MoneyRound(float64(months[n-2].revenue), v.books.Currency) + " the month before"
		}
		all = append(all, f)
	}
	if total := customersOf(stages); total > 0 {
		f := Figure{Label: "Customers", Value: v.Int(total), Href: "/customers"}
		if n := len(months); n > 0 {
			f.Note = v.Int(months[n-1].fresh) + " new buyers in " + v.Month(months[n-1].day)
		}
		all = append(all, f)
	}
	return append(all, v.departments()...)
}

// departments are the figures of service, satisfaction, sales and guidance, as far as the visitor may see them.
func (v *visit) departments() (all []Figure) {
	if open, err := v.asked(openCases); err == nil && len(open) == 1 {
		f := Figure{Label: "Open cases", Value: v.Int(open[0].int("count")), Href: "/service"}
		if broken, err := v.asked(v.brokenLately()); err == nil && len(broken) == 1 && broken[0].int("count") > 0 {
			f.Note, f.Tone = v.Int(broken[0].int("count"))+" deadlines broken in 30 days", "bad"
		}
		all = append(all, f)
	}
	if days, err := v.asked(v.npsLately()); err == nil && len(days) > 0 {
		n, score := nps(days)
		all = append(all, Figure{Label: "NPS", Value: v.Number(score, 0), Note: v.Int(n) + " answers in 90 days", Href: "/marketing/surveys"})
	}
	if open, err := v.asked(openOpportunities); err == nil && len(open) == 1 && open[0].int("count") > 0 {
		all = append(all, Figure{Label: "Pipeline", Value: v.MoneyRound(open[0].float("sum_reporting_minor"), v.books.Currency),
			Note: v.Int(open[0].int("count")) + " open opportunities", Href: "/sales"})
	}
	if waiting, err := v.asked(guidanceWaiting); err == nil && len(waiting) > 0 {
		f := Figure{Label: "Guidance to answer", Value: v.Int(sumWhere(waiting, "count", nil))}
		if v.is(access.Apps) {
			f.Href = "/work"
		}
		if overdue := sumWhere(waiting, "count", overdue); overdue > 0 {
			f.Note, f.Tone = v.Int(overdue)+" overdue", "bad"
		}
		all = append(all, f)
	}
	return all
}

// What pages count: the cases and opportunities that are open, and the recommendations that wait for an answer, by guidance and
// whether they are overdue; and who moved on the ladder.
var (
	openCases         = asking("case_current", 1, "state=open", "state=paused", "by=")
	openOpportunities = asking("opportunity", 1, "state=open", "by=", "sum=reporting_minor")
	guidanceWaiting   = asking("recommendation", 1000, "state=open", "by=guidance,overdue")
	stageFlow         = asking("loyalty_stage_flow", 10_000)
)

// brokenLately counts the deadlines of cases that were broken in 30 days.
func (v *visit) brokenLately() question {
	return asking("case_clock", 1, "breached=true", "breached_on>="+v.daysAgo(29), "by=")
}

// npsLately is what customers answered in 90 days.
func (v *visit) npsLately() question { return asking("nps_daily", 100, "answered_on>="+v.daysAgo(89)) }

func (a *asker) asked(q question) ([]row, error) { return a.table(q.table, q.limit, q.conditions...) }

func overdue(r row) bool { return r.true("overdue") }

// sumWhere adds a column up, of all rows or of those that meet a condition.
func sumWhere(rows []row, column string, is func(row) bool) (sum int64) {
	for _, r := range rows {
		if is == nil || is(r) {
			sum += r.int(column)
		}
	}
	return sum
}

func nps(days []row) (answers int64, score float64) {
	promoters, detractors := int64(0), int64(0)
	for _, d := range days {
		answers, promoters, detractors = answers+d.int("answers"), promoters+d.int("promoters"), detractors+d.int("detractors")
	}
	if answers == 0 {
		return 0, 0
	}
	return answers, float64(promoters-detractors) * 100 / float64(answers)
}

// latest are the last rows by a column, in its order.
func latest(rows []row, by string, n int) []row {
	sorted := slices.Clone(rows)
	slices.SortFunc(sorted, func(a, b row) int { return strings.Compare(a[by], b[by]) })
	return sorted[max(0, len(sorted)-n):]
}

func (v *visit) revenuePanel(months []month) Panel {
	labels, values := make([]string, len(months)), make([]float64, len(months))
	for i, m := range months {
		labels[i], values[i] = v.Month(m.day), float64(m.revenue)
		if m.running {
			labels[i] += "*"
		}
	}
	return Panel{Title: "Revenue by month", Wide: 8, Note: "Purchases less returns. * The month is not over.", CSV: v.csv("cohort_retention"),
		Chart: charts.Bar{Frame: frame("Revenue by month", "Purchases less returns, by the month in which they happened.", 8, 270),
			Y: v.moneyAxis("Revenue"), Labels: labels, Series: []charts.Series{{Name: "Revenue", Values: values}}}}
}

func (v *visit) buyersPanel(months []month) Panel {
	months = months[max(0, len(months)-12):]
	labels, fresh, regular := make([]string, len(months)), make([]float64, len(months)), make([]float64, len(months))
	for i, m := range months {
		labels[i], fresh[i], regular[i] = v.Month(m.day), float64(m.fresh), float64(m.regular)
	}
	return Panel{Title: "Who buys: new and returning", Wide: 4, Note: "Customers with a purchase in the month.", CSV: v.csv("cohort_retention"),
		Chart: charts.StackedBar{Frame: frame("Buyers by month", "Customers who bought for the first time, and those who bought before.", 4, 270),
			Y: v.countAxis("Customers"), Labels: labels, Series: []charts.Series{{Name: "Returning", Values: regular}, {Name: "New", Values: fresh}}}}
}

func (v *visit) stagesPanel(stages []stageCount, wide int) Panel {
	labels, values := make([]string, len(stages)), make([]float64, len(stages))
	for i, s := range stages {
		labels[i], values[i] = words(s.Stage), float64(s.Customers)
	}
	return Panel{Title: "Stages of loyalty", Wide: wide, Note: "Where each customer stands on the ladder.", CSV: v.csv("loyalty_stage"),
		Chart: charts.Bar{Frame: frame("Customers on each stage", "The ladder of loyalty, from prospects on.", wide, 280), Horizontal: true,
			Y: v.countAxis("Customers"), Labels: labels, Series: []charts.Series{{Name: "Customers", Values: values}}}}
}

// flowPanel is who moved between the stages within a year.
func (v *visit) flowPanel(wide int) (Panel, error) {
	p := Panel{Title: "How customers moved", Wide: wide, Note: "Steps on the ladder in the last twelve months.", CSV: v.csv("loyalty_stage_flow")}
	rows, err := v.asked(stageFlow)
	if err != nil {
		return p, err
	}
	newest := ""
	for _, r := range rows {
		newest = max(newest, r["month"])
	}
	from := monthsBefore(newest, 11)
	sums := map[[2]string]float64{}
	for _, r := range rows {
		if r["month"] >= from && r.has("from_stage") {
			sums[[2]string{words(r["from_stage"]), words(r["to_stage"])}] += r.float("steps")
		}
	}
	flows := make([]charts.Flow, 0, len(sums))
	for k, n := range sums {
		flows = append(flows, charts.Flow{From: k[0], To: k[1], Value: n})
	}
	slices.SortFunc(flows, func(a, b charts.Flow) int { return strings.Compare(a.From+a.To, b.From+b.To) })
	if len(flows) == 0 {
		p.Empty = "Nobody has moved yet. Steps appear as days are closed."
		return p, nil
	}
	p.Chart = charts.Sankey{Frame: frame("Steps between stages", "From the stage before, on the left, to the stage after.", wide, 300),
		Value: v.countAxis("Steps"), Flows: flows}
	return p, nil
}

func (v *visit) guidancePanel() (Panel, error) {
	p := Panel{Title: "Due next", Wide: 6, Note: "Recommendations that wait for an answer, by the guidance that made them.", Links: []Link{{Text: "My work", Href: "/work"}}}
	if !v.is(access.Apps) {
		return p, &Problem{Status: http.StatusForbidden}
	}
	waiting, err := v.asked(guidanceWaiting)
	if err != nil {
		return p, err
	}
	t := &Table{Caption: "Guidance", Heads: []Head{{Text: "Guidance"}, {Text: "To answer", Right: true}, {Text: "Overdue", Right: true}}}
	for _, name := range append(distinct(waiting, "guidance"), "") {
		of := slices.DeleteFunc(slices.Clone(waiting), func(r row) bool { return r["guidance"] != name })
		if len(of) == 0 {
			continue
		}
		what, late := Cell{Text: words(name), Href: "/work?guidance=" + name}, Cell{Text: v.Int(sumWhere(of, "count", overdue)), Right: true}
		if name == "" {
			what = Cell{Text: "Given by colleagues", Href: "/work"}
		}
		if late.Text != "0" {
			late.Tone = "bad"
		}
		t.Rows = append(t.Rows, []Cell{what, {Text: v.Int(sumWhere(of, "count", nil)), Right: true}, late})
	}
	if p.Table = t; len(t.Rows) == 0 {
		p.Table, p.Empty = nil, "Nothing waits for an answer. An analyst adopts guidance that is ready-made under Actions, Guidance."
	}
	return p, nil
}

// segmentsPanel is how many belong to each segment, and what part of all that is.
func (v *visit) segmentsPanel(customers int64) (Panel, error) {
	p := Panel{Title: "Segments", Wide: 6, Note: "Members at present, of all customers. A customer may be in several.", CSV: v.csv("segment_kpi"), Links: []Link{{Text: "All segments", Href: "/segments"}}}
	rows, err := v.segmentRows()
	if err != nil {
		return p, err
	}
	rows = slices.DeleteFunc(rows, func(r row) bool { return r["status"] != "active" })
	return listed(p, rows, "No segment is defined yet.", left("Segment", func(r row) Cell {
		return Cell{Text: cmp.Or(r["title"], words(r["segment"])), Href: "/segments/" + r["segment"]}
	}), v.counts("Members", "members"), left("Of all", func(r row) Cell {
		part := r.float("members") / float64(max(customers, 1))
		return Cell{Bar: true, Part: part, Text: v.Percent(part, 0)}
	})), nil
}

// segmentRows are the segments in force, the largest first.
func (v *visit) segmentRows() ([]row, error) {
	var out struct {
		Segments []map[string]any `json:"segments"`
	}
	err := v.get("/v1/segments", &out)
	rows := make([]row, len(out.Segments))
	for i, o := range out.Segments {
		rows[i] = rowOf(o)
	}
	slices.SortStableFunc(rows, func(a, b row) int { return int(b.int("members") - a.int("members")) })
	return rows, err
}

// freshness says how far the tables are behind.
func (v *visit) freshness() *Freshness {
	var s struct {
		Position   int64    `json:"position"`
		LagEvents  *int64   `json:"lag_events"`
		LagSeconds *float64 `json:"lag_seconds"`
		State      string   `json:"state"`
		LastError  *string  `json:"last_error"`
	}
	if err := v.get("/v1/projections", &s); err != nil {
		return &Freshness{Text: "tables away", Tone: "bad"}
	}
	f := &Freshness{Text: "up to date", Position: s.Position, Tone: "good"}
	switch {
	case s.State != "live":
		f.Text, f.Tone = s.State, "warn"
	case s.LagEvents == nil:
		f.Text, f.Tone = "lag unknown", "warn"
	case *s.LagEvents > 0 && s.LagSeconds != nil:
		f.Text, f.Tone = fmt.Sprintf("%s behind", v.Span(*s.LagSeconds)), "warn"
	}
	return f
}

// tableCSV hands out a table as the API does.
func (v *visit) tableCSV() (*Page, error) {
	r, err := v.request(http.MethodGet, "/v1/tables/"+v.r.PathValue("file")+"?"+v.r.URL.RawQuery, nil)
	if err != nil {
		return nil, err
	}
	v.api.ServeHTTP(v.w, r)
	return nil, nil
}
