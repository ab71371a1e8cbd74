package web

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/web/charts"
)

// value is what customers are worth: to date, foreseen, and by whom it comes.
func (v *visit) value() (*Page, error) {
	p := &Page{Lead: "What customers brought, what they may bring, and how sure that is."}
	p.Title, p.Section = "Value", "value"
	v.ahead(asking("customer_equity", 2000), asking("acquisition_retention", 1), asking("profit_deciles", 20), asking("rfm", 1000, "by=r_score,fm_score"), asking("cohort_retention", 20_000),
		asking("customer_value_scorecard", 12, "risk_high=true", "order=-at_risk_minor"), asking("clv_model", 200))
	equity, err := v.table("customer_equity", 2000)
	if err != nil {
		return nil, err
	}
	p.add(Panel{Figures: v.equityFigures(equity)}, nil)
	p.add(v.whalePanel())
	p.add(v.rfmPanel())
	p.add(v.cohortPanel())
	p.add(v.equityPanel(equity, "stage", "Equity by stage", 6), nil)
	p.add(v.equityPanel(equity, "segment", "Equity by segment", 6), nil)
	p.add(v.riskPanel())
	p.add(v.modelPanel())
	p.add(v.trackingPanel())
	p.add(v.adviceLists())
	return p, nil
}

func (v *visit) equityFigures(equity []row) (all []Figure) {
	for _, r := range equity {
		if r["part"] == "all" {
			all = append(all, Figure{Label: "Customer equity, 36 months", Value: v.MoneyRound(r.float("clv_36m_minor"), v.books.Currency), Note: "sum of what all are foreseen to bring"},
				Figure{Label: "Of that in 12 months", Value: v.MoneyRound(r.float("clv_12m_minor"), v.books.Currency)},
				Figure{Label: "Until now", Value: v.MoneyRound(r.float("historic_ltv_minor"), v.books.Currency)},
				Figure{Label: "Likely to buy again", Value: v.Percent(r.float("mean_p_alive"), 0), Note: "mean of " + v.Int(r.int("customers")) + " buyers"})
		}
	}
	if rows, err := v.table("acquisition_retention", 1); err == nil && len(rows) == 1 {
		r := rows[0]
		if r.has("clv_to_cac") {
			all = append(all, Figure{Label: "CLV : acquisition cost", Value: v.Number(r.float("clv_to_cac"), 0) + " : 1",
				Note: "to win one costs " + v.Number(r.float("acquisition_to_retention"), 1) + " times what it costs to keep one"})
		}
	}
	if len(all) == 0 {
		all = []Figure{{Label: "No model is in force yet", Value: "–", Note: "fit one under Actions, Value"}}
	}
	return all
}

func (v *visit) whalePanel() (Panel, error) {
	p := Panel{Title: "Whale curve", Wide: 6, Note: "Customers from the most profitable on: the curve rises above 100% where the last of them cost more than they bring.", CSV: v.csv("profit_deciles")}
	rows, err := v.table("profit_deciles", 20)
	if err != nil || len(rows) == 0 {
		p.Empty = "No profit is known yet: purchases with the cost of goods make one."
		return p, err
	}
	slices.SortFunc(rows, func(a, b row) int { return int(a.int("decile") - b.int("decile")) })
	c := charts.Whale{Frame: frame("Whale curve", "Cumulative profit, by deciles of customers.", 6, 290), Y: v.moneyAxis("Profit")}
	for _, r := range rows {
		c.Parts = append(c.Parts, charts.Part{Count: int(r.int("customers")), Value: r.float("profit_minor")})
	}
	p.Chart = c
	return p, nil
}

func (v *visit) rfmPanel() (Panel, error) {
	p := Panel{Title: "RFM grid", Wide: 6, Note: "Customers by how lately they bought and by how often and for how much: 5 is best.", CSV: v.csv("rfm")}
	rows, err := v.table("rfm", 1000, "by=r_score,fm_score")
	if err != nil || len(rows) == 0 {
		p.Empty = "Nobody has bought yet."
		return p, err
	}
	top := int64(0)
	for _, r := range rows {
		top = max(top, r.int("r_score"), r.int("fm_score"))
	}
	c := charts.HeatMap{Frame: frame("RFM grid", "Customers in each cell of recency score and frequency and monetary score.", 6, 290), X: charts.Axis{Label: "Frequency and monetary score"},
		Y: charts.Axis{Label: "Recency score"}, Value: v.countAxis("Customers"), Values: make([][]float64, top)}
	for i := range top {
		c.Columns = append(c.Columns, fmt.Sprint(i+1))
		c.Rows = append(c.Rows, fmt.Sprint(top-i))
		c.Values[i] = make([]float64, top)
	}
	for _, r := range rows {
		c.Values[top-r.int("r_score")][r.int("fm_score")-1] = r.float("count")
	}
	p.Chart = c
	return p, nil
}

func (v *visit) cohortPanel() (Panel, error) {
	p := Panel{Title: "Cohorts", Note: "Of those who bought first in a month: the share who bought again, by months since.", CSV: v.csv("cohort_retention")}
	rows, err := v.table("cohort_retention", 20_000)
	if err != nil || len(rows) == 0 {
		p.Empty = "Nobody has bought yet."
		return p, err
	}
	cohorts := distinct(rows, "cohort_month")
	cohorts = cohorts[max(0, len(cohorts)-18):]
	longest := 0
	c := charts.HeatMap{Frame: frame("Retention by cohort", "Share of each cohort that bought in each month since.", 12, 44+24*len(cohorts)), X: charts.Axis{Label: "Months since the first purchase"},
		Y: charts.Axis{Label: "First purchase"}, Value: charts.Axis{Label: "Bought again", Format: func(x float64) string { return v.Percent(x, 0) }, Tick: func(x float64) string { return v.Percent(x, 0) }}}
	c.Values = make([][]float64, len(cohorts))
	for i, m := range cohorts {
		c.Rows = append(c.Rows, v.Month(m))
		c.Values[i] = slices.Repeat([]float64{math.NaN()}, 18)
	}
	for _, r := range rows {
		at, i := int(r.int("period_index")), slices.Index(cohorts, r["cohort_month"])
		if i >= 0 && at > 0 && at <= 18 {
			c.Values[i][at-1] = r.float("retention_rate")
			longest = max(longest, at)
		}
	}
	for i := range longest {
		c.Columns = append(c.Columns, fmt.Sprint(i+1))
	}
	for i := range c.Values {
		c.Values[i] = c.Values[i][:longest]
	}
	p.Chart = c
	return p, nil
}

func (v *visit) equityPanel(equity []row, part, title string, wide int) Panel {
	p := Panel{Title: title, Wide: wide, CSV: v.csv("customer_equity", "part="+part)}
	rows := slices.DeleteFunc(slices.Clone(equity), func(r row) bool { return r["part"] != part })
	slices.SortFunc(rows, most("clv_36m_minor"))
	return listed(p, rows, "Nothing is foreseen before a model is fitted.", v.nameds(words(part), "name"), v.counts("Customers", "customers"),
		left("Likely to buy again", func(r row) Cell {
			return Cell{Bar: true, Part: r.float("mean_p_alive"), Text: v.Percent(r.float("mean_p_alive"), 0)}
		}), v.rounds("36 months", "clv_36m_minor"), v.rounds("Until now", "historic_ltv_minor"))
}

func (v *visit) riskPanel() (Panel, error) {
	p := Panel{Title: "Value at risk", Wide: 6, Note: "The 50 of the highest foreseen value: what each may bring in a year against how likely they are to buy again.", CSV: v.csv("clv")}
	rows, err := v.table("clv", 50, "order=-clv_12m_minor")
	if err != nil || len(rows) == 0 {
		p.Empty = "Nothing is foreseen before a model is fitted."
		return p, err
	}
	g := charts.Group{Name: "Customers"}
	for _, r := range rows {
		g.Points = append(g.Points, charts.Point{Name: short(r["customer_id"]), X: r.float("p_alive"), Y: r.float("clv_12m_minor")})
	}
	p.Chart = charts.Scatter{Frame: frame("Value and how sure it is", "The 50 customers of the highest foreseen value.", 6, 290), X: charts.Axis{Label: "Likely to buy again", Format: func(x float64) string { return v.Percent(x, 1) },
		Tick: func(x float64) string { return v.Percent(x, 0) }}, Y: v.moneyAxis("Next 12 months"), Groups: []charts.Group{g}}
	return p, nil
}

func (v *visit) modelPanel() (Panel, error) {
	p := Panel{Title: "The model in force", Wide: 6, CSV: v.csv("clv_model")}
	if v.may("fit_value_model") {
		p.Links = []Link{{Text: "Fit it anew", Href: doing("fit_value_model", "_next", "/value")}}
	}
	rows, err := v.fits()
	if err != nil || len(rows) == 0 {
		p.Empty = "No model is fitted yet. Fit one once customers have bought again; it is fitted anew from time to time."
		return p, err
	}
	r := rows[len(rows)-1]
	p.Facts = []Fact{{Name: "Model", Value: modelName(r)}, {Name: "Version", Value: Cell{Text: r["version"]}},
		{Name: "As of", Value: v.day(r, "as_of")}, {Name: "Customers", Value: Cell{Text: v.Int(r.int("n")) + ", " + v.Int(r.int("repeaters")) + " of whom bought again"}},
		{Name: "Tested on", Value: Cell{Text: cmp.Or(r["holdout_days"], "no") + " days that it had not seen"}},
		{Name: "Error", Value: v.signed(r, "holdout_error")}, {Name: "Mean error a customer", Value: Cell{Text: v.Number(r.float("holdout_mean_absolute_error"), 2) + " purchases"}}}
	if r.has("fallback") {
		p.Facts = append(p.Facts, Fact{Name: "Why not another", Value: text(r, "fallback")})
	}
	return p, nil
}

// fits are all models that were fitted, the oldest first.
func (v *visit) fits() ([]row, error) {
	rows, err := v.table("clv_model", 200)
	slices.SortFunc(rows, func(a, b row) int { return int(a.int("version") - b.int("version")) })
	return rows, err
}

func modelName(r row) Cell {
	return Cell{Text: strings.ToUpper(strings.ReplaceAll(r["model"], "_", "/"))}
}

// signed is a share that may be below zero.
func (v *visit) signed(r row, column string) Cell {
	if !r.has(column) {
		return dashRight
	}
	return Cell{Text: v.Percent(r.float(column), 1), Right: true}
}

// trackingPanel holds what each fit foresaw, of the last days that it had not seen, against what came.
func (v *visit) trackingPanel() (Panel, error) {
	p := Panel{Title: "How well it foresaw", Wide: 6, Note: "Each fit is tested on the last days before it, which it had not seen: purchases foreseen in them, and made.", CSV: v.csv("clv_model")}
	rows, err := v.fits()
	if err != nil {
		return p, err
	}
	c := charts.Bar{Frame: frame("Purchases foreseen and made", "By the day of the fit, in the days that were held out.", 6, 230), Y: v.countAxis("Purchases")}
	foreseen, made := charts.Series{Name: "Foreseen"}, charts.Series{Name: "Made"}
	tested := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return !r.has("holdout_actual_purchases") })
	for _, r := range tested[max(0, len(tested)-12):] {
		c.Labels = append(c.Labels, v.Day(r["as_of"]))
		foreseen.Values, made.Values = append(foreseen.Values, r.float("holdout_expected_purchases")), append(made.Values, r.float("holdout_actual_purchases"))
	}
	if c.Series = []charts.Series{foreseen, made}; len(c.Labels) > 0 {
		p.Chart = c
	}
	slices.Reverse(rows)
	return listed(p, rows, "No model is fitted yet. The first comes once enough customers have bought again; fit one under Actions, Value.",
		v.counts("Version", "version"), left("Model", modelName), v.days("As of", "as_of"), v.counts("Customers", "n"), v.decimals("Foreseen", "holdout_expected_purchases", 0),
		v.decimals("Made", "holdout_actual_purchases", 0), right("Error", func(r row) Cell { return v.signed(r, "holdout_error") }), v.decimals("Mean error", "holdout_mean_absolute_error", 2)), nil
}

// adviceLists are customers of much value, by what the scorecard advises.
func (v *visit) adviceLists() (Panel, error) {
	p := Panel{Title: "Whom to keep", Note: "High value at risk, by the scorecard of actual value, potential and risk.", CSV: v.csv("customer_value_scorecard")}
	rows, err := v.table("customer_value_scorecard", 12, "risk_high=true", "order=-at_risk_minor")
	if err != nil {
		return p, err
	}
	names := v.names(rows)
	return listed(p, rows, "No value is at risk.", v.whos(names), v.rounds("At risk", "at_risk_minor"), v.rounds("Potential", "potential_minor"), v.rounds("Until now", "actual_minor"),
		left("Likely to buy again", func(r row) Cell {
			return Cell{Bar: true, Part: r.float("p_alive"), Text: v.Percent(r.float("p_alive"), 0)}
		}), v.nameds("Advice", "advice")), nil
}
