package projections

import (
	"context"
	"fmt"

	"github.com/govalues/decimal"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Demand keeps what was asked for week by week, and foresees it whenever a week is over (demand_forecast.go). The
// weeks are kept up by differences, a page at a time. They tell what was bought, whoever bought it: a split, after which
// the rows of customers are written anew, leaves them as they are.
var Demand = Projector{
	Name: "demand",
	Schema: `
-- What was bought of each product in each week. Read demand instead.
CREATE TABLE demand_weeks (
	sku text NOT NULL, -- good or service
	category text NOT NULL, -- what it belongs to; empty where that is unknown
	price_band text NOT NULL, -- into which the unit price falls, by the bands in force now
	week date NOT NULL, -- its Monday
	quantity numeric NOT NULL, -- how many were bought
	orders bigint NOT NULL, -- purchases with at least one
	revenue_minor bigint NOT NULL, -- paid for them, minor units of the reporting currency
	PRIMARY KEY (sku, category, price_band, week)
);
-- Demand: what was bought of each product in each week, by category and price band. What came back later does not lessen it: that is in demand_returns. One row for each that occurs; weeks without a sale have none.
CREATE VIEW demand AS
SELECT sku, -- good or service
	nullif(category, '') AS category, -- what it belongs to, as the lines of purchases had it
	price_band, -- into which the unit price falls, by the bands in force now
	week, -- its Monday (ISO 8601)
	quantity, -- how many were bought
	orders, -- purchases with at least one
	revenue_minor, -- paid for them, minor units of the reporting currency
	revenue_minor / nullif(quantity, 0) AS mean_unit_price_minor -- revenue_minor / quantity
FROM demand_weeks;
-- Who bought of each product in each week: a row for each that occurs.
CREATE VIEW demand_customers AS
SELECT sku, -- good or service
	week, -- its Monday (ISO 8601)
	count(*) AS customers -- who bought; those who were merged count as the survivor
FROM (SELECT DISTINCT l.sku, date_trunc('week', p.purchased_on::timestamp)::date AS week,
		coalesce(s.merged_into, l.customer_id) AS customer_id
	FROM purchase_lines l JOIN purchases p USING (customer_id, purchase_id)
	LEFT JOIN (SELECT customer_id, merged_into FROM customer_summary WHERE merged_into IS NOT NULL) s USING (customer_id)) bought
GROUP BY sku, week;
-- What was brought back of each product in each week, whenever it was bought: a row for each that occurs.
CREATE VIEW demand_returns AS
SELECT sku, -- good or service
	week, -- Monday of the week in which it came back (ISO 8601)
	sum(quantity) AS quantity, -- how many came back
	count(*) AS returns, -- returns with at least one
	count(DISTINCT coalesce(s.merged_into, customer_id)) AS customers, -- who brought back; those who were merged count as the survivor
	sum(reporting_minor)::bigint AS refunded_minor -- what they got back for them, minor units of the reporting currency
FROM (SELECT l.sku, date_trunc('week', r.returned_on::timestamp)::date AS week, l.customer_id, l.return_id,
		sum(l.quantity) AS quantity, sum(l.reporting_minor) AS reporting_minor
	-- Ids of returns differ by themselves; to PostgreSQL, two equalities would seem to leave next to nothing.
	FROM return_lines l JOIN returns r ON r.return_id = l.return_id AND coalesce(r.customer_id = l.customer_id, false)
	GROUP BY l.sku, week, l.customer_id, l.return_id) back
	LEFT JOIN (SELECT customer_id, merged_into FROM customer_summary WHERE merged_into IS NOT NULL) s USING (customer_id)
GROUP BY sku, week;
` + forecastSchema,
	On: []Handler{
		On(func(e customer.PurchaseRecorded, _ domain.Recorded, p *page) error {
			if p.replaying {
				return nil
			}
			return demandOf(p).bought(e, weekOf(p.day))
		}),
		On(func(e calendar.DayClosed, _ domain.Recorded, p *page) error {
			over := weekOf(e.Date+1) - 7
			if p.replaying || p.clock.closed != nil && weekOf(*p.clock.closed+1)-7 == over {
				return nil
			}
			demandOf(p).over = &over
			return nil
		}),
	},
}

// weekOf answers the Monday of a day's week.
func weekOf(d domain.Day) domain.Day {
	const monday = 4 // 1970-01-05
	return d - ((d-monday)%7+7)%7
}

// demandKey is one week of one product in one price band of a category.
type demandKey struct {
	sku, category, band string
	week                domain.Day
}

// demandSet is what a page adds to the weeks. Over is the last week of which the end was told and that was not taken
// into the forecasts yet: they are made at the end of the page, or before a fact that belongs to that week or before,
// so that they rest on what the log held when the week ended, however it is cut into pages.
type demandSet struct {
	*page
	sums map[demandKey]demandSum
	over *domain.Day
}

// demandSum is what was bought: paid is in minor units of the reporting currency, newest the position of the last purchase
// that was counted.
type demandSum struct {
	quantity     decimal.Decimal
	orders, paid int64
	newest       uint64
}

func demandOf(p *page) *demandSet {
	return setOf(p, forecastRows, func() *demandSet {
		return &demandSet{page: p, sums: map[demandKey]demandSum{}}
	})
}

func (s *demandSet) bought(e customer.PurchaseRecorded, week domain.Day) error {
	if s.over != nil && week <= *s.over {
		if err := s.foresee(); err != nil {
			return err
		}
	}
	for i := range e.Lines {
		l := &e.Lines[i]
		price := l.UnitPrice
		if e.Rate != nil {
			var err error
			if price, err = price.Mul(*e.Rate); err != nil {
				return fmt.Errorf("line %d in the reporting currency: %w", i, err)
			}
		}
		key := demandKey{l.SKU, l.Category, s.bands.of(l.Category, price), week}
		sum := s.sums[key]
		var err error
		if sum.quantity, err = sum.quantity.Add(l.Quantity); err != nil {
			return fmt.Errorf("add up line %d: %w", i, err)
		}
		sum.paid += l.ReportingMinor
		if sum.newest != s.position {
			sum.newest = s.position
			sum.orders++
		}
		s.sums[key] = sum
	}
	return nil
}

func (s *demandSet) write(_ context.Context, _ pgx.Tx, b *pgx.Batch) error {
	if s.over != nil {
		return s.foresee()
	}
	s.store(b)
	return nil
}

// store adds what was bought to the weeks and forgets it.
func (s *demandSet) store(b *pgx.Batch) {
	n := len(s.sums)
	if n == 0 {
		return
	}
	skus, categories, bands := make([]string, 0, n), make([]string, 0, n), make([]string, 0, n)
	weeks, quantities := make([]pgtype.Date, 0, n), make([]pgtype.Numeric, 0, n)
	orders, paid := make([]int64, 0, n), make([]int64, 0, n)
	for key, sum := range s.sums {
		skus, categories, bands = append(skus, key.sku), append(categories, key.category), append(bands, key.band)
		weeks, quantities = append(weeks, date(&key.week)), append(quantities, numeric(&sum.quantity))
		orders, paid = append(orders, sum.orders), append(paid, sum.paid)
	}
	clear(s.sums)
	b.Queue(`INSERT INTO demand_weeks AS w (sku, category, price_band, week, quantity, orders, revenue_minor)
		SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::numeric[], $6::bigint[], $7::bigint[])
		ON CONFLICT (sku, category, price_band, week) DO UPDATE SET quantity = w.quantity + EXCLUDED.quantity,
			orders = w.orders + EXCLUDED.orders, revenue_minor = w.revenue_minor + EXCLUDED.revenue_minor`,
		skus, categories, bands, weeks, quantities, orders, paid)
}

// sortSQL adds up the lines of all purchases by the price bands in force.
const sortSQL = `WITH bands AS MATERIALIZED (
	SELECT category, array_agg(from_price ORDER BY from_price) AS floors, array_agg(price_band ORDER BY from_price) AS names
	FROM price_band WHERE version = (SELECT max(version) FROM price_band) GROUP BY category
)
INSERT INTO demand_weeks (sku, category, price_band, week, quantity, orders, revenue_minor)
SELECT sku, coalesce(category, ''), price_band, week, sum(quantity), count(DISTINCT (customer_id, purchase_id)),
	sum(reporting_minor)
FROM (SELECT l.sku, l.category, (coalesce(own.names, common.names))[width_bucket(l.unit_price * coalesce(p.rate, 1),
			coalesce(own.floors, common.floors))] AS price_band,
		date_trunc('week', p.purchased_on::timestamp)::date AS week, l.quantity, l.customer_id, l.purchase_id,
		l.reporting_minor
	FROM purchase_lines l JOIN purchases p USING (customer_id, purchase_id)
	LEFT JOIN bands own ON own.category = l.category JOIN bands common ON common.category = '') lines
GROUP BY sku, category, price_band, week`

// sortDemandAnew puts the weeks into the price bands that came into force, and foresees the demand in them.
func (p *page) sortDemandAnew() error {
	if err := p.flush(nil); err != nil {
		return err
	}
	_, err := p.tx.Exec(p.ctx, "DELETE FROM demand_weeks")
	if err == nil {
		_, err = p.tx.Exec(p.ctx, sortSQL)
	}
	if err != nil {
		return fmt.Errorf("sort demand into price bands: %w", err)
	}
	if p.clock.closed != nil {
		over := weekOf(*p.clock.closed+1) - 7
		demandOf(p).over = &over
	}
	return nil
}
