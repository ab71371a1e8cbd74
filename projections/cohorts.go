package projections

import (
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/rapport-crm/rapport/domain"
)

// Cohorts counts, for the customers who came in one month, who of them bought in which month, and for how much.
// The counts are kept up by differences, so that they cost a page the months that its customers touched, and a
// reader some hundred rows, however many customers there are.
var Cohorts = Projector{
	Name: "cohorts",
	Schema: `
-- What the customers whose first purchase fell in one month did in each month since; months without any of it have no row. Read cohort_retention instead.
CREATE TABLE cohort_months (
	cohort_month date NOT NULL, -- first day of the month of the first purchase
	month date NOT NULL, -- first day of the month
	active bigint NOT NULL, -- customers of the cohort who bought in it
	gross_revenue_minor bigint NOT NULL, -- what they bought in it, minor units of the reporting currency
	returns_value_minor bigint NOT NULL, -- what they got back in it, minor units of the reporting currency
	PRIMARY KEY (cohort_month, month)
);
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

type cohortCount struct{ active, gross, returned int64 }

// cohortCounts are differences to the table.
type cohortCounts map[cohortMonth]cohortCount

// count adds what a customer counts for, or takes it off: a sign of 1 or -1.
func (counts cohortCounts) count(c *relation, sign int64) {
	v := &c.Facts.Value
	first, bought := v.FirstPurchase()
	if !bought || c.Into != nil {
		return
	}
	cohort, _ := monthOf(first)
	for i := 0; i < len(v.Days); {
		month, next := monthOf(v.Days[i].On)
		var n cohortCount
		for ; i < len(v.Days) && v.Days[i].On < next; i++ {
			if v.Days[i].Orders > 0 {
				n.active = 1
			}
			n.gross += v.Days[i].GrossMinor
			n.returned += v.Days[i].ReturnedMinor
		}
		if month < cohort {
			continue // returned before anything was bought
		}
		sum := counts[cohortMonth{cohort, month}]
		counts[cohortMonth{cohort, month}] = cohortCount{sum.active + sign*n.active, sum.gross + sign*n.gross,
			sum.returned + sign*n.returned}
	}
}

// monthOf answers the first day of a day's month, and of the next.
func monthOf(d domain.Day) (first, next domain.Day) {
	year, month, day := d.Time().Date()
	return d - domain.Day(day-1), domain.DayOf(time.Date(year, month+1, 1, 0, 0, 0, 0, time.UTC), time.UTC)
}

// write adds the differences to the table and forgets them.
func (counts cohortCounts) write(b *pgx.Batch) {
	var cohorts, months []pgtype.Date
	var active, gross, returned []int64
	less := false
	for key, n := range counts {
		if n == (cohortCount{}) {
			continue
		}
		less = less || n.active < 0 || n.returned < 0
		cohorts, months = append(cohorts, date(&key.cohort)), append(months, date(&key.month))
		active, gross, returned = append(active, n.active), append(gross, n.gross), append(returned, n.returned)
	}
	clear(counts)
	if len(cohorts) == 0 {
		return
	}
	b.Queue(`INSERT INTO cohort_months AS c (cohort_month, month, active, gross_revenue_minor, returns_value_minor)
		SELECT * FROM unnest($1::date[], $2::date[], $3::bigint[], $4::bigint[], $5::bigint[])
		ON CONFLICT (cohort_month, month) DO UPDATE SET active = c.active + EXCLUDED.active,
			gross_revenue_minor = c.gross_revenue_minor + EXCLUDED.gross_revenue_minor,
			returns_value_minor = c.returns_value_minor + EXCLUDED.returns_value_minor`,
		cohorts, months, active, gross, returned)
	if less {
		b.Queue("DELETE FROM cohort_months WHERE active = 0 AND returns_value_minor = 0")
	}
}
