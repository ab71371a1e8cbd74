package projections

import (
	"fmt"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Demand keeps what was asked for week by week, and foresees it whenever a week is over (demand_forecast.go). The
// weeks are kept up by differences, a page at a time. They tell what was bought, whoever bought it: a split, after which
// the rows of customers are written anew, leaves them as they are.
var Demand = Projector{
	Name:   "demand",
	Tables: tables{demandTable, forecastRows},
	Schema: `
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
	count(*) AS customers -- who bought
FROM (SELECT DISTINCT l.sku, date_trunc('week', p.purchased_on::timestamp)::date AS week, l.customer_id
	FROM purchase_lines l JOIN purchases p USING (customer_id, purchase_id) WHERE NOT p.cancelled) bought
GROUP BY sku, week;
-- What was brought back of each product in each week, whenever it was bought: a row for each that occurs.
CREATE VIEW demand_returns AS
SELECT sku, -- good or service
	week, -- Monday of the week in which it came back (ISO 8601)
	sum(quantity) AS quantity, -- how many came back
	count(*) AS returns, -- returns with at least one
	count(DISTINCT customer_id) AS customers, -- who brought back
	sum(reporting_minor)::bigint AS refunded_minor -- what they got back for them, minor units of the reporting currency
FROM (SELECT l.sku, date_trunc('week', r.returned_on::timestamp)::date AS week, l.customer_id, l.return_id,
		sum(l.quantity) AS quantity, sum(l.reporting_minor) AS reporting_minor
	-- Ids of returns differ by themselves; to PostgreSQL, two equalities would seem to leave next to nothing.
	FROM return_lines l JOIN returns r ON r.return_id = l.return_id AND coalesce(r.customer_id = l.customer_id, false)
	WHERE NOT r.cancelled
	GROUP BY l.sku, week, l.customer_id, l.return_id) back
GROUP BY sku, week;
CREATE INDEX ON demand_forecast (sku); -- what is foreseen of a product
`,
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

type demandRow struct {
	SKU          string          `db:"sku,key" note:"good or service"`
	Category     string          `db:"category,key" note:"what it belongs to; empty where that is unknown"`
	Band         string          `db:"price_band,key" note:"into which the unit price falls, by the bands in force now"`
	Week         domain.Day      `db:"week,key" note:"its Monday"`
	Quantity     decimal.Decimal `db:"quantity" note:"how many were bought"`
	Orders       int64           `db:"orders" note:"purchases with at least one"`
	RevenueMinor int64           `db:"revenue_minor" note:"paid for them, minor units of the reporting currency"`

	of int64 // place in the log of the last purchase that was added, negative where it was taken off
}

var demandTable = sumRows("demand_weeks",
	"What was bought of each product in each week. Read demand instead.", func(k demandKey) demandRow {
		return demandRow{SKU: k.sku, Category: k.category, Band: k.band, Week: k.week}
	})

func (r *demandRow) plus(more *demandRow, sign int64) {
	quantity := more.Quantity
	if sign < 0 {
		quantity = quantity.Neg()
	}
	sum, err := r.Quantity.Add(quantity)
	if err != nil {
		panic(fmt.Sprintf("add up the demand for %s: %v", r.SKU, err)) // the event's fault: it is isolated
	}
	r.Quantity = sum
	if more.of == 0 || r.of != more.of {
		r.Orders += sign * more.Orders
	}
	r.of = more.of
	r.RevenueMinor += sign * more.RevenueMinor
}

func (r *demandRow) zero() bool { return r.Quantity.IsZero() && r.Orders == 0 && r.RevenueMinor == 0 }

// demanded adds a purchase to the weeks, or takes it off.
func (c contributions) demanded(bands priceBands, e customer.PurchaseRecorded, r told, week domain.Day, sign int64) error {
	for i := range e.Lines {
		l := &e.Lines[i]
		price := l.UnitPrice
		if e.Rate != nil {
			var err error
			if price, err = price.Mul(*e.Rate); err != nil {
				return fmt.Errorf("line %d in the reporting currency: %w", i, err)
			}
		}
		c.demand.add(demandKey{l.SKU, l.Category, bands.of(l.Category, price), week},
			&demandRow{Quantity: l.Quantity, Orders: 1, RevenueMinor: l.ReportingMinor, of: sign * int64(r.Position)}, sign)
	}
	return nil
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
	LEFT JOIN bands own ON own.category = l.category JOIN bands common ON common.category = ''
	WHERE NOT p.cancelled) lines
GROUP BY sku, category, price_band, week`

// sortDemandAnew puts the weeks into the price bands that came into force. All lines must be in the tables.
func (p *page) sortDemandAnew() error {
	_, err := p.tx.Exec(p.ctx, "DELETE FROM demand_weeks")
	if err == nil {
		_, err = p.tx.Exec(p.ctx, sortSQL)
	}
	if err != nil {
		return fmt.Errorf("sort demand into price bands: %w", err)
	}
	return nil
}
