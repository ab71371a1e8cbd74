package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/web/charts"
)

// marketing is campaigns with what they brought against their control groups, and where customers come from.
func (v *visit) marketing() (*Page, error) {
	p := &Page{}
	p.Title, p.Section = "Marketing", "marketing"
	p.Tabs = v.marketingTabs("")
	v.ahead(asking("campaigns", 500), asking("campaign_result", 1000), customersBySource, asking("points_liability", 500), asking("offer_performance", 500), asking("lead_funnel", 500))
	campaigns, err := v.table("campaigns", 500)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(campaigns, down("planned_on"))
	panel := Panel{Title: "Campaigns", CSV: v.csv("campaigns")}
	if v.may("plan_campaign") {
		panel.Links = []Link{{Text: "Plan a campaign", Href: "/do/plan_campaign"}}
	}
	p.add(listed(panel, campaigns, "No campaign was planned yet.", left("Campaign", func(r row) Cell { return Cell{Text: cmp.Or(r["title"], r["campaign"]), Title: r["campaign"]} }),
		v.states("State", "state"), v.nameds("Purpose", "purpose"), v.nameds("Channel", "channel"), v.days("Launched", "launched_on"), v.days("Closed", "closed_on"),
		v.counts("Days of results", "window_days")), nil)
	p.add(v.liftPanel())
	p.add(v.tablePanel(Panel{Title: "Offers", Wide: 6}, "offer_performance", most("proposed"), "Nothing was offered yet.", v.nameds("Offered", "offered"), v.texts("Reason", "reason"), v.counts("Proposed", "proposed"),
		v.shares("Accepted", "acceptance_rate"), v.shares("Redeemed", "redemption_rate"), v.amounts("Revenue", "revenue_minor")))
	p.add(v.tablePanel(Panel{Title: "Leads by source", Wide: 6}, "lead_funnel", most("captured"), "No lead was captured yet.", v.nameds("Source", "source"), v.counts("Captured", "captured"),
		v.counts("Qualified", "qualified"), v.shares("Qualified", "qualification_rate"), v.shares("Accepted", "acceptance_rate"), v.decimals("Hours to qualify", "median_qualification_hours", 0)))
	p.add(v.sourcesPanel())
	p.add(v.pointsPanel())
	return p, nil
}

func (v *visit) marketingTabs(current string) []Link {
	return []Link{{Text: "Campaigns", Href: "/marketing", Current: current == ""}, {Text: "Surveys", Href: "/marketing/surveys", Current: current == "surveys"}}
}

func (v *visit) liftPanel() (Panel, error) {
	p := Panel{Title: "What campaigns brought", Note: "Each cell against its control group. The p-value is how likely chance alone brings as much: below 0.05 it is worth believing.", CSV: v.csv("campaign_result")}
	rows, err := v.table("campaign_result", 1000)
	if err != nil {
		return p, err
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a["campaign"]+a["cell"], b["campaign"]+b["cell"]) })
	chance := func(head, column string) (c column) {
		return right(head, func(r row) Cell {
			c := v.decimal(r, column, 3)
			if r.has(column) && r.float(column) < .05 {
				c.Tone = "good"
			}
			return c
		})
	}
	return listed(p, rows, "Nobody is in a campaign yet.", v.nameds("Campaign", "campaign"), left("Cell", func(r row) Cell {
		if r.true("control") {
			return Cell{Text: words(r["cell"]) + " (control)", Tone: "dim"}
		}
		return named(r, "cell")
	}), v.counts("People", "people"), v.counts("Messages", "messages"), v.counts("Bought", "conversions"), v.shares("Rate", "conversion_rate"),
		right("Lift", func(r row) Cell {
			if !r.has("lift") {
				return dashRight
			}
			return Cell{Text: v.Number(r.float("lift")*100, 1) + " pp", Right: true}
		}), chance("p", "p_value"), v.amounts("Spent", "spend_minor"), v.rounds("More a head", "spend_lift_minor"), chance("p", "spend_p_value")), nil
}

// customersBySource counts the customers by what brought them.
var customersBySource = asking("customer_summary", 1000, "kind!=", "by=acquisition_source", "sum=net_revenue_minor")

func (v *visit) sourcesPanel() (Panel, error) {
	p := Panel{Title: "Where customers come from", Wide: 6, Note: "Customers, and what they bought to date less returns, by what brought them.", CSV: v.csv("customer_360")}
	rows, err := v.asked(customersBySource)
	if err != nil {
		return p, err
	}
	count, sum := map[string]float64{}, map[string]float64{}
	for _, r := range rows {
		from := cmp.Or(r["acquisition_source"], "unknown")
		count[from] += r.float("count")
		sum[from] += r.float("sum_net_revenue_minor")
	}
	names := make([]string, 0, len(count))
	for name := range count {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(sum[b], sum[a]), strings.Compare(a, b)) })
	if len(names) == 0 {
		p.Empty = "There is no customer yet."
		return p, nil
	}
	labels, values := make([]string, len(names)), make([]float64, len(names))
	t := &Table{Caption: "Sources", Heads: []Head{{Text: "Source"}, {Text: "Customers", Right: true}, {Text: "Net revenue", Right: true}, {Text: "Each", Right: true}}}
	for i, name := range names {
		labels[i], values[i] = words(name), sum[name]
		t.Rows = append(t.Rows, []Cell{{Text: words(name)}, {Text: v.Number(count[name], 0), Right: true}, {Text: v.MoneyRound(sum[name], v.books.Currency), Right: true},
			{Text: v.MoneyRound(sum[name]/count[name], v.books.Currency), Right: true}})
	}
	p.Chart = charts.Bar{Frame: frame("Net revenue by source", "What customers bought to date less returns, by what brought them.", 6, 240), Horizontal: true, Y: v.moneyAxis("Net revenue"), Labels: labels, Series: []charts.Series{{Name: "Net revenue", Values: values}}}
	p.Table = t
	return p, nil
}

func (v *visit) pointsPanel() (Panel, error) {
	p := Panel{Title: "Points that are owed", Wide: 6, Note: "Open loyalty points by the month in which they expire.", CSV: v.csv("points_liability")}
	rows, err := v.table("points_liability", 500)
	if err != nil || len(rows) == 0 {
		p.Empty = "No points were given yet."
		return p, err
	}
	slices.SortFunc(rows, up("expires_in"))
	labels, values := make([]string, len(rows)), make([]float64, len(rows))
	for i, r := range rows {
		labels[i], values[i] = cmp.Or(v.Month(r["expires_in"]), "never"), r.float("open_points")
	}
	p.Chart = charts.Bar{Frame: frame("Open points", "By the month in which they expire.", 6, 240), Y: v.countAxis("Points"), Labels: labels, Series: []charts.Series{{Name: "Points", Values: values}}}
	return p, nil
}

// surveys is what customers say: recommendation, satisfaction, effort, service quality, features.
func (v *visit) surveys() (*Page, error) {
	p := &Page{}
	p.Title, p.Section = "Surveys", "marketing"
	p.Tabs = v.marketingTabs("surveys")
	v.ahead(asking("nps_daily", 10_000), asking("csat_daily", 10_000), asking("ecsi_index", 200), asking("servqual_score", 500, "level=dimension"), asking("kano_category", 500))
	days, err := v.table("nps_daily", 10_000)
	if err != nil {
		return nil, err
	}
	var figures []Figure
	if len(days) > 0 {
		n, score := nps(days)
		figures = append(figures, Figure{Label: "NPS", Value: v.Number(score, 0), Note: v.Int(n) + " answers in all"})
	}
	if satisfied, err := v.table("csat_daily", 10_000); err == nil && len(satisfied) > 0 {
		answers, yes := int64(0), int64(0)
		for _, r := range satisfied {
			answers, yes = answers+r.int("answers"), yes+r.int("satisfied")
		}
		figures = append(figures, Figure{Label: "Satisfied (4 or 5 of 5)", Value: v.Percent(float64(yes)/float64(max(answers, 1)), 0), Note: v.Int(answers) + " answers"})
	}
	ecsi, err := v.table("ecsi_index", 200)
	if err == nil {
		for _, r := range ecsi {
			if r["dimension"] == "satisfaction" {
				figures = append(figures, Figure{Label: "Satisfaction index (ECSI)", Value: v.Number(r.float("index"), 0), Note: "of 100"})
			}
		}
	}
	if len(figures) > 0 {
		p.add(Panel{Figures: figures}, nil)
	}
	p.add(v.npsPanel(days), nil)
	p.add(v.gapPanel())
	p.add(v.kanoPanel())
	p.add(v.ecsiPanel(ecsi), err)
	p.add(v.tablePanel(Panel{Title: "Questionnaires"}, "questionnaires", up("questionnaire"), "No questionnaire was published yet.", v.nameds("Questionnaire", "questionnaire"), v.counts("Version", "version"),
		left("Kind", func(r row) Cell { return Cell{Text: strings.ToUpper(r["kind"])} }), v.texts("Title", "title"), v.days("Published", "published_on")))
	return p, nil
}

func (v *visit) npsPanel(days []row) Panel {
	p := Panel{Title: "Net promoter score by month", Wide: 6, Note: "Promoters (9, 10) less detractors (0 to 6), of all answers of the month.", CSV: v.csv("nps_daily")}
	if len(days) == 0 {
		p.Empty = "Nobody was asked yet."
		return p
	}
	by := map[string][]row{}
	for _, d := range days {
		m := d["answered_on"][:7] + "-01"
		by[m] = append(by[m], d)
	}
	months := make([]string, 0, len(by))
	for m := range by {
		months = append(months, m)
	}
	slices.Sort(months)
	labels, values := make([]string, len(months)), make([]float64, len(months))
	for i, m := range months {
		labels[i] = v.Month(m)
		_, values[i] = nps(by[m])
	}
	p.Chart = charts.Line{Frame: frame("NPS by month", "Between −100 and 100.", 6, 260), Y: charts.Axis{Label: "NPS", Format: func(x float64) string { return v.Number(x, 0) }}, Labels: labels, Series: []charts.Series{{Name: "NPS", Values: values}}}
	return p
}

func (v *visit) gapPanel() (Panel, error) {
	p := Panel{Title: "SERVQUAL gaps", Wide: 6, Note: "Perception less expectation: below zero customers get less than they expect.", CSV: v.csv("servqual_score")}
	rows, err := v.table("servqual_score", 500, "level=dimension")
	if err != nil || len(rows) == 0 {
		p.Empty = "Nobody was asked yet."
		return p, err
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.float("gap"), b.float("gap")) })
	labels, values := make([]string, len(rows)), make([]float64, len(rows))
	for i, r := range rows {
		labels[i], values[i] = words(r["dimension"]), r.float("gap")
	}
	p.Chart = charts.Bar{Frame: frame("Gaps by dimension", "Perception less expectation.", 6, 260), Horizontal: true, Y: charts.Axis{Label: "Gap", Format: func(x float64) string { return v.Number(x, 2) }}, Labels: labels, Series: []charts.Series{{Name: "Gap", Values: values}}}
	return p, nil
}

// kanoNames are of the letters of the evaluation table.
var kanoNames = map[string]string{"A": "attractive", "O": "one-dimensional", "M": "must be", "I": "indifferent", "R": "reverse", "Q": "questionable"}

func (v *visit) kanoPanel() (Panel, error) {
	p := Panel{Title: "Kano plane", Wide: 6, Note: "Each feature by how much better its presence makes customers feel, and how much worse its absence.", CSV: v.csv("kano_category")}
	rows, err := v.table("kano_category", 500)
	if err != nil || len(rows) == 0 {
		p.Empty = "Nobody was asked yet."
		return p, err
	}
	groups := map[string]*charts.Group{}
	var order []string
	for _, r := range rows {
		name := cmp.Or(kanoNames[r["category"]], words(r["category"]))
		if groups[name] == nil {
			groups[name] = &charts.Group{Name: name}
			order = append(order, name)
		}
		groups[name].Points = append(groups[name].Points, charts.Point{Name: words(r["item"]), X: -r.float("worse"), Y: r.float("better")})
	}
	slices.Sort(order)
	c := charts.Scatter{Frame: frame("Kano plane", "Better against worse, from 0 to 1.", 6, 280), X: charts.Axis{Label: "Worse without it", Format: func(x float64) string { return v.Number(x, 2) }},
		Y: charts.Axis{Label: "Better with it", Format: func(x float64) string { return v.Number(x, 2) }}}
	for _, name := range order {
		c.Groups = append(c.Groups, *groups[name])
	}
	p.Chart = c
	return p, nil
}

func (v *visit) ecsiPanel(rows []row) Panel {
	p := Panel{Title: "Satisfaction index", Wide: 6, Note: "The dimensions of the European customer satisfaction index, from 0 to 100.", CSV: v.csv("ecsi_index")}
	if len(rows) == 0 {
		p.Empty = "Nobody was asked yet."
		return p
	}
	slices.SortFunc(rows, most("index"))
	labels, values := make([]string, len(rows)), make([]float64, len(rows))
	for i, r := range rows {
		labels[i], values[i] = words(r["dimension"]), r.float("index")
	}
	p.Chart = charts.Bar{Frame: frame("ECSI by dimension", "From 0 to 100.", 6, 280), Horizontal: true, Y: charts.Axis{Label: "Index", Format: func(x float64) string { return v.Number(x, 1) }}, Labels: labels, Series: []charts.Series{{Name: "Index", Values: values}}}
	return p
}
