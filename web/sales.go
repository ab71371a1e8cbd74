package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/web/charts"
)

// lane is a stage of the board.
type lane struct {
	Title, Count, Sum string
	Tickets           []ticket
	stage             string
	rows              []row
}

type ticket struct {
	Title, Href, Who, WhoHref, Amount, Close, Owner string
	Late                                            bool
	Links                                           []Link
}

var saleStages = []string{"qualifying", "proposing", "negotiating"}

// sales is the board of open opportunities, and how the department does.
func (v *visit) sales() (*Page, error) {
	p := &Page{Follows: "customer.opportunity_*,customer.lead_*,customer.offer_*"}
	p.Title, p.Section = "Sales", "sales"
	p.Tabs = []Link{{Text: "Opportunities", Href: "/sales", Current: true}}
	if v.is(access.Analysts) {
		v.ahead(pipelineDays, lanesOf, salesOf, asking("lead_funnel", 500), asking("sales_forecast", 200), asking("stage_conversion", 500), asking("offer_performance", 500))
		p.Tabs = append(p.Tabs, Link{Text: "Demand", Href: "/sales/demand"})
		p.add(Panel{Figures: v.saleFigures()}, nil)
	}
	board, err := v.board()
	if err != nil {
		return nil, err
	}
	p.add(board, nil)
	if v.is(access.Analysts) {
		p.add(v.pipelinePanel())
		p.add(v.funnelPanel())
		p.add(v.forecastPanel())
		p.add(v.tablePanel(Panel{Title: "Stages", Wide: 6, Note: "How opportunities end that were in a stage, and how long they stay there."}, "stage_conversion", nil, "No opportunity was opened yet.",
			v.nameds("Stage", "stage"), v.counts("Entered", "entered"), v.counts("Open", "open"), v.counts("Won", "won"), v.counts("Lost", "lost"), v.shares("Win rate", "win_rate"),
			v.decimals("Days there", "median_days_in_stage", 0)))
		p.add(v.tablePanel(Panel{Title: "Leads by source", Wide: 6}, "lead_funnel", most("captured"), "No lead was captured yet.", v.nameds("Source", "source"), v.counts("Captured", "captured"),
			v.counts("Qualified", "qualified"), v.counts("Accepted", "accepted"), v.shares("Accepted", "acceptance_rate"), v.decimals("Hours to hand over", "median_handover_hours", 0)))
		p.add(v.tablePanel(Panel{Title: "Offers", Wide: 6}, "offer_performance", most("proposed"), "Nothing was offered yet.", v.nameds("Offered", "offered"), v.texts("Reason", "reason"),
			v.counts("Proposed", "proposed"), v.counts("Open", "open"), v.shares("Accepted", "acceptance_rate"), v.shares("Redeemed", "redemption_rate"), v.amounts("Revenue", "revenue_minor")))
		p.add(v.receivables())
	}
	return p, nil
}

func (v *visit) saleFigures() (all []Figure) {
	if days, err := v.asked(pipelineDays); err == nil && len(days) > 0 {
		days = latest(days, "day", 180)
		labels, values := make([]string, len(days)), make([]float64, len(days))
		for i, d := range days {
			labels[i], values[i] = v.Day(d["day"]), d.float("value_minor")
		}
		last := days[len(days)-1]
		all = append(all, Figure{Label: "Pipeline", Value: v.MoneyRound(last.float("value_minor"), v.books.Currency), Note: v.Int(last.int("open")) + " open",
			Spark: charts.Sparkline{Frame: charts.Frame{Title: "Pipeline by day", ID: "spark-pipeline"}, Y: v.moneyAxis("Pipeline"), Labels: labels, Values: values}})
	}
	if rows, err := v.asked(salesOf); err == nil && len(rows) == 1 {
		r := rows[0]
		all = append(all, Figure{Label: "Win rate", Value: v.Percent(r.float("win_rate"), 0), Note: v.Int(r.int("won")) + " won, " + v.Int(r.int("lost")) + " lost"},
			Figure{Label: "Won", Value: v.MoneyRound(r.float("won_minor"), v.books.Currency), Note: v.MoneyRound(r.float("mean_won_minor"), v.books.Currency) + " each"},
			Figure{Label: "Days to win", Value: v.Number(r.float("mean_days_to_win"), 0), Note: "mean"})
	}
	return all
}

// What the page of sales is made of: the pipeline day by day, the figures of all time, and what is open by stage.
var (
	pipelineDays = asking("pipeline_daily", 10_000)
	salesOf      = asking("sales_kpi", 1, "month=")
	lanesOf      = asking("opportunity", 50, "state=open", "by=stage", "sum=reporting_minor")
)

// ticketsOn is how many opportunities of a stage stand on the board.
const ticketsOn = 9

// board shows the open opportunities by stage, the largest of each.
func (v *visit) board() (Panel, error) {
	p := Panel{Title: "Board", Note: "Open opportunities by stage, the largest first. Sums are in the currency of the books, amounts in that of each."}
	lanes, err := v.lanes()
	if err != nil {
		return p, err
	}
	if len(lanes) == 0 {
		p.Empty = "No opportunity is open. One is opened on a customer's page."
		return p, nil
	}
	var shown [][]row
	for _, l := range lanes {
		shown = append(shown, l.rows)
	}
	names := v.names(shown...)
	for i := range lanes {
		next := ""
		if i+1 < len(lanes) {
			next = lanes[i+1].stage
		}
		for _, r := range lanes[i].rows {
			lanes[i].Tickets = append(lanes[i].Tickets, v.ticket(r, next, names))
		}
		lanes[i].Title = words(lanes[i].stage)
	}
	p.Custom = v.fragment("board", lanes)
	return p, nil
}

// lanes are the stages in their order, with the largest opportunities of each, how many there are and what they come to.
func (v *visit) lanes() (lanes []lane, err error) {
	counted, err := v.asked(lanesOf)
	if err == nil && len(counted) == 0 {
		return nil, nil
	}
	if err == nil {
		for _, stage := range stagesOf(counted) {
			l := lane{stage: stage, Count: "0", Sum: v.MoneyRound(0, v.books.Currency)}
			for _, r := range counted {
				if r["stage"] == stage {
					l.Count, l.Sum = v.Int(r.int("count")), v.MoneyRound(r.float("sum_reporting_minor"), v.books.Currency)
				}
			}
			if l.rows, err = v.table("opportunity", ticketsOn, "state=open", "stage="+stage, "order=-reporting_minor"); err != nil {
				return nil, err
			}
			lanes = append(lanes, l)
		}
		return lanes, nil
	}
	if !forbidden(err) {
		return nil, err
	}
	open, more, err := v.queue("opportunities", []url.Values{{"state": {"open"}}}, asking("opportunity", queueMax, "state=open"))
	if err != nil || len(open) == 0 {
		return nil, err
	}
	slices.SortFunc(open, func(a, b row) int { return cmp.Compare(b.int("reporting_minor"), a.int("reporting_minor")) })
	for _, stage := range stagesOf(open) {
		l := lane{stage: stage, rows: slices.DeleteFunc(slices.Clone(open), func(r row) bool { return r["stage"] != stage })}
		l.Count, l.Sum = v.some(len(l.rows), more), v.MoneyRound(float64(sumWhere(l.rows, "reporting_minor", nil)), v.books.Currency)
		l.rows = l.rows[:min(len(l.rows), ticketsOn)]
		lanes = append(lanes, l)
	}
	return lanes, nil
}

// stagesOf are the usual stages, behind others that there are.
func stagesOf(rows []row) []string {
	stages := slices.Clone(saleStages)
	for _, s := range distinct(rows, "stage") {
		if !slices.Contains(stages, s) {
			stages = append([]string{s}, stages...)
		}
	}
	return stages
}

// ticket is an opportunity on the board, with what can be done with it. Next is the stage to which it may move, if there is one.
func (v *visit) ticket(r row, next string, names map[string]string) ticket {
	t := ticket{Title: cmp.Or(r["name"], cmp.Or(r["product"], "Opportunity")), Who: cmp.Or(names[r["customer_id"]], short(r["customer_id"])), WhoHref: "/customers/" + r["customer_id"],
		Owner: r["owner"], Close: v.Day(r["expected_close_on"]), Late: r.has("expected_close_on") && r["expected_close_on"] < v.books.Date}
	if r.has("amount_minor") {
		t.Amount = v.Money(r.int("amount_minor"), r["currency"])
	}
	do := func(text, name string, more ...string) {
		if v.may(name) {
			pairs := append([]string{"customer_id", r["customer_id"], "opportunity_id", r["opportunity_id"], "_next", "/sales"}, more...)
			t.Links = append(t.Links, Link{Text: text, Href: doing(name, pairs...)})
		}
	}
	if next != "" {
		do("→ "+words(next), "move_opportunity", "stage", next)
	}
	do("Won", "win_opportunity")
	do("Lost", "lose_opportunity")
	return t
}

func (v *visit) pipelinePanel() (Panel, error) {
	p := Panel{Title: "Pipeline by day", Wide: 6, CSV: v.csv("pipeline_daily")}
	days, err := v.asked(pipelineDays)
	if err != nil || len(days) == 0 {
		p.Empty = "No opportunity was opened yet."
		return p, err
	}
	days = latest(days, "day", 120)
	labels, values := make([]string, len(days)), make([]float64, len(days))
	for i, d := range days {
		labels[i], values[i] = v.Day(d["day"]), d.float("value_minor")
	}
	p.Chart = charts.Line{Frame: frame("Pipeline by day", "What the open opportunities come to at the end of each day.", 6, 260), Y: v.moneyAxis("Pipeline"), Labels: labels, Series: []charts.Series{{Name: "Pipeline", Values: values}}}
	return p, nil
}

func (v *visit) funnelPanel() (Panel, error) {
	p := Panel{Title: "Funnel", Wide: 6, Note: "From leads to what was won, of all time.", CSV: v.csv("lead_funnel")}
	leads, err := v.table("lead_funnel", 500)
	if err != nil {
		return p, err
	}
	kpi, err := v.asked(salesOf)
	if err != nil || len(leads) == 0 {
		p.Empty = "No lead was captured yet."
		return p, err
	}
	steps := []charts.Step{{Name: "Captured"}, {Name: "Qualified"}, {Name: "Accepted"}, {Name: "Opportunities"}}
	for _, r := range leads {
		for i, column := range []string{"captured", "qualified", "accepted", "opportunities"} {
			steps[i].Value += r.float(column)
		}
	}
	if len(kpi) == 1 {
		steps = append(steps, charts.Step{Name: "Won", Value: min(kpi[0].float("won"), steps[3].Value)})
	}
	p.Chart = charts.Funnel{Frame: frame("Sales funnel", "Leads, and how far they came.", 6, 260), Y: v.countAxis("Leads"), Steps: steps}
	return p, nil
}

func (v *visit) forecastPanel() (Panel, error) {
	p := Panel{Title: "Forecast", Note: "What the open opportunities may bring, by the month of their expected end: in full, and each by the win rate of its stage.", CSV: v.csv("sales_forecast")}
	rows, err := v.table("sales_forecast", 200)
	if err != nil || len(rows) == 0 {
		p.Empty = "No opportunity is open."
		return p, err
	}
	slices.SortFunc(rows, up("month"))
	labels, full, weighted := make([]string, len(rows)), make([]float64, len(rows)), make([]float64, len(rows))
	for i, r := range rows {
		labels[i], full[i], weighted[i] = v.Month(r["month"]), r.float("value_minor"), r.float("weighted_minor")
	}
	p.Chart = charts.Bar{Frame: frame("Forecast by month", "In full, and weighted.", 12, 240), Y: v.moneyAxis("Value"), Labels: labels, Series: []charts.Series{{Name: "In full", Values: full}, {Name: "Weighted", Values: weighted}}}
	return p, nil
}

func (v *visit) receivables() (Panel, error) {
	p := Panel{Title: "Unpaid orders", CSV: v.csv("receivables")}
	rows, err := v.table("receivables", 25, "open_minor>=1", "order=-overdue_days")
	if err != nil {
		return p, err
	}
	names := v.names(rows)
	return listed(p, rows, "Nothing is unpaid.", v.whos(names), right("Open", func(r row) Cell { return v.money(r, "open_minor", r["currency"]) }), v.days("Placed", "placed_on"),
		v.days("Due", "payment_due_on"), v.counts("Days overdue", "overdue_days")), nil
}

// demand is what is bought, week by week, and what is foreseen.
func (v *visit) demand() (*Page, error) {
	p := &Page{Lead: "What is bought of each category and product, week by week, and what is foreseen, with the error on weeks that were held back."}
	p.Title, p.Section = "Demand", "sales"
	p.Tabs = []Link{{Text: "Opportunities", Href: "/sales"}, {Text: "Demand", Href: "/sales/demand", Current: true}}
	rows, err := v.table("demand_weeks", 20_000, "by=week,category", "sum=quantity")
	if err != nil {
		return nil, err
	}
	p.add(v.demandPanel(rows), nil)
	names := map[string]string{}
	if lines, err := v.table("product", 5000); err == nil {
		for _, r := range lines {
			names[r["sku"]] = r["name"]
		}
	}
	foreseen, err := v.table("demand_forecast", 2000)
	slices.SortFunc(foreseen, most("expected_4w"))
	products := slices.DeleteFunc(slices.Clone(foreseen), func(r row) bool { return !r.has("sku") })
	bands := slices.DeleteFunc(slices.Clone(foreseen), func(r row) bool { return r.has("sku") })
	columns := []column{v.decimals("4 weeks", "expected_4w", 0), v.decimals("13 weeks", "expected_13w", 0), v.nameds("Model", "model"), v.decimals("Error", "mase", 2)}
	columns[3].head.Title = "mean absolute scaled error on weeks held back: below 1 is better than repeating the last week"
	p.add(listed(Panel{Title: "Products", Wide: 6, CSV: v.csv("demand_forecast")}, products[:min(len(products), 40)], "Nothing was sold yet.", append([]column{left("Product", func(r row) Cell {
		return Cell{Text: cmp.Or(names[r["sku"]], r["sku"]), Title: r["sku"]}
	}), v.nameds("Category", "category"), v.decimals("Next week", "expected_1w", 0)}, columns...)...), err)
	p.add(listed(Panel{Title: "Categories by price band", Wide: 6, CSV: v.csv("demand_forecast")}, bands[:min(len(bands), 40)], "Nothing was sold yet.", append([]column{v.nameds("Category", "category"),
		left("Price band", func(r row) Cell { return Cell{Text: strings.ReplaceAll(r["price_band"], "_", " ")} }), v.decimals("Next week", "expected_1w", 0)}, columns...)...), err)
	p.add(v.affinityPanel())
	return p, nil
}

func (v *visit) demandPanel(rows []row) Panel {
	p := Panel{Title: "Quantity by week", Note: "The last 26 weeks, by category.", CSV: v.csv("demand_weeks")}
	if len(rows) == 0 {
		p.Empty = "Nothing was sold yet."
		return p
	}
	weeks, categories := distinct(rows, "week"), distinct(rows, "category")
	weeks = weeks[max(0, len(weeks)-26):]
	total := map[string]float64{}
	for _, r := range rows {
		total[r["category"]] += r.float("sum_quantity")
	}
	slices.SortStableFunc(categories, func(a, b string) int { return cmp.Compare(total[b], total[a]) })
	categories = categories[:min(len(categories), 7)]
	series := make([]charts.Series, len(categories)+1)
	for i, c := range append(categories, "other, or none") {
		series[i] = charts.Series{Name: words(c), Values: make([]float64, len(weeks))}
	}
	for _, r := range rows {
		i, w := slices.Index(categories, r["category"]), slices.Index(weeks, r["week"])
		if i < 0 {
			i = len(categories)
		}
		if w >= 0 {
			series[i].Values[w] += r.float("sum_quantity")
		}
	}
	if !slices.ContainsFunc(series[len(categories)].Values, func(n float64) bool { return n > 0 }) {
		series = series[:len(categories)]
	}
	labels := make([]string, len(weeks))
	for i, w := range weeks {
		labels[i] = v.Day(w)
	}
	p.Chart = charts.StackedBar{Frame: frame("Quantity by week", "What was bought in each week, by category.", 12, 300), Y: v.countAxis("Pieces"), Labels: labels, Series: series}
	return p
}

func (v *visit) affinityPanel() (Panel, error) {
	p := Panel{Title: "Bought by the same customers", Note: "How much more often than others the customers of one category buy of another: above 1 is more often.", CSV: v.csv("category_affinity")}
	rows, err := v.table("category_affinity", 2000)
	if err != nil || len(rows) == 0 {
		p.Empty = "Too few purchases yet."
		return p, err
	}
	categories := distinct(rows, "category")
	c := charts.HeatMap{Frame: frame("Category affinity", "Lift of buying the category of the column for customers of that of the row.", 12, 60+30*len(categories)), X: charts.Axis{Label: "Also buy"}, Y: charts.Axis{Label: "Customers of"},
		Value: charts.Axis{Label: "Lift", Format: func(x float64) string { return v.Number(x, 2) }}, Values: make([][]float64, len(categories))}
	for i, category := range categories {
		c.Rows, c.Columns = append(c.Rows, words(category)), append(c.Columns, words(category))
		c.Values[i] = make([]float64, len(categories))
		for j := range c.Values[i] {
			c.Values[i][j] = nan
		}
	}
	for _, r := range rows {
		if j := slices.Index(categories, r["other_category"]); j >= 0 {
			c.Values[slices.Index(categories, r["category"])][j] = r.float("lift")
		}
	}
	p.Chart = c
	return p, nil
}
