package projections

import (
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
)

// Cohorts counts, for the customers who came in one month, who of them bought in which month, and for how much.
// The counts are kept up by differences, so that they cost a page the months that its customers touched, and a
// reader some hundred rows, however many customers there are.
var Cohorts = Projector{
	Name:   "cohorts",
	Tables: tables{cohortTable},
	Schema: `
-- Retention by cohort: a row for each month of first purchases and each month from it to the newest. Those who were merged count as the survivor.
CREATE VIEW cohort_retention AS
SELECT c.cohort_month, -- first day of the month of the first purchase
	period_index, -- months since then; 0 is the cohort's own month
	(c.cohort_month + period_index * interval '1 month')::date AS month, -- first day of the month that the row is about
	c.active AS cohort_size, -- customers whose first purchase was in the cohort's month
	coalesce(m.active, 0) AS active, -- those of them who bought in the month
	coalesce(m.active, 0)::numeric / c.active AS retention_rate, -- active / cohort_size, 0 to 1
	coalesce(m.gross_revenue_minor, 0) AS gross_revenue_minor, -- what they bought in the month, minor units of the reporting currency
	coalesce(m.returns_value_minor, 0) AS returns_value_minor, -- what they got back in the month, minor units
	coalesce(m.gross_revenue_minor - m.returns_value_minor, 0) AS revenue_minor, -- the former less the latter, minor units
	coalesce(m.gross_revenue_minor - m.returns_value_minor, 0)::numeric
		/ nullif(c.gross_revenue_minor - c.returns_value_minor, 0) AS revenue_retention, -- revenue_minor / that of period 0; null where that is 0
	c.cohort_month + (period_index + 1) * interval '1 month' <= d.business_date + 1 AS complete -- whether the month is over at the business date
FROM cohort_months c CROSS JOIN business_date d
	CROSS JOIN LATERAL (SELECT 12 * extract(year FROM span)::integer + extract(month FROM span)::integer AS months
		FROM age(date_trunc('month', greatest(d.business_date, d.newest_on)::timestamp), c.cohort_month::timestamp) AS span) last
	CROSS JOIN generate_series(0, last.months) AS period_index
	LEFT JOIN cohort_months m ON m.cohort_month = c.cohort_month
		AND m.month = (c.cohort_month + period_index * interval '1 month')::date
WHERE c.month = c.cohort_month;
`,
}

// cohortMonth is one month of the customers whose first purchase fell in another, by their first days.
type cohortMonth struct{ cohort, month domain.Day }

type cohortRow struct {
	Cohort        domain.Day `db:"cohort_month,key" note:"first day of the month of the first purchase"`
	Month         domain.Day `db:"month,key" note:"first day of the month"`
	Active        int64      `db:"active" note:"customers of the cohort who bought in it"`
	GrossMinor    int64      `db:"gross_revenue_minor" note:"what they bought in it, minor units of the reporting currency"`
	ReturnedMinor int64      `db:"returns_value_minor" note:"what they got back in it, minor units of the reporting currency"`
}

var cohortTable = sumRows("cohort_months",
	"What the customers whose first purchase fell in one month did in each month since; months without any of it have no row. Read cohort_retention instead.", func(k cohortMonth) cohortRow {
		return cohortRow{Cohort: k.cohort, Month: k.month}
	})

func (r *cohortRow) key() cohortMonth { return cohortMonth{r.Cohort, r.Month} }

func (r *cohortRow) plus(more *cohortRow, sign int64) {
	r.Active += sign * more.Active
	r.GrossMinor += sign * more.GrossMinor
	r.ReturnedMinor += sign * more.ReturnedMinor
}

func (r *cohortRow) zero() bool { return r.Active == 0 && r.GrossMinor == 0 && r.ReturnedMinor == 0 }

// cohortsOf returns what a person counts for, month by month.
func cohortsOf(v *facts.Value) []cohortRow {
	first, bought := v.FirstPurchase()
	if !bought {
		return nil
	}
	cohort, _ := monthOf(first)
	var rows []cohortRow
	for i := 0; i < len(v.Days); {
		month, next := monthOf(v.Days[i].On)
		row := cohortRow{Cohort: cohort, Month: month}
		for ; i < len(v.Days) && v.Days[i].On < next; i++ {
			if v.Days[i].Orders > 0 {
				row.Active = 1
			}
			row.GrossMinor += v.Days[i].GrossMinor
			row.ReturnedMinor += v.Days[i].ReturnedMinor
		}
		if month >= cohort { // otherwise returned before anything was bought
			rows = append(rows, row)
		}
	}
	return rows
}

// monthOf returns the first day of a day's month, and of the next.
func monthOf(d domain.Day) (first, next domain.Day) {
	year, month, day := d.Time().Date()
	return d - domain.Day(day-1), domain.DayOf(time.Date(year, month+1, 1, 0, 0, 0, 0, time.UTC), time.UTC)
}
