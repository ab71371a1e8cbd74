package projections

import (
	"slices"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Categories keeps what is bought of each category, and which categories go together: sums and counts that a purchase
// moves, so that an affinity is read off a few rows, however many customers there are. While a merge lasts, what is
// bought counts for the survivor, but for what was counted for the absorbed customer before.
var Categories = Projector{
	Name: "categories",
	Schema: `
-- What is sold of each category: a row for each, and one for all of them together. Lines without a category count nowhere; returns are not taken off.
CREATE TABLE category_sales (
	category text PRIMARY KEY, -- the category; empty for all together
	customers bigint NOT NULL, -- who ever bought of it
	spend_minor bigint NOT NULL -- what they bought of it for, minor units of the reporting currency
);
-- How many customers bought of both of two categories: a row for each order of the two. Read category_affinity instead.
CREATE TABLE category_pairs (
	category text NOT NULL, -- one category
	other_category text NOT NULL, -- another
	customers bigint NOT NULL, -- who bought of both
	PRIMARY KEY (category, other_category)
);
-- How much more often than others the customers of one category buy of another.
CREATE VIEW category_affinity AS
SELECT p.category, -- one category
	p.other_category, -- another
	c.customers, -- who bought of the one
	o.customers AS other_customers, -- who bought of the other
	p.customers AS both_customers, -- who bought of both
	e.customers AS everybody, -- who bought of any category: the denominator of the other's own share
	p.customers::double precision / c.customers AS share, -- both_customers / customers, 0 to 1
	p.customers::double precision / c.customers / (o.customers::double precision / e.customers) AS lift -- share / (other_customers / everybody); 1 where the two have nothing to do with each other
FROM category_pairs p JOIN category_sales c ON c.category = p.category
	JOIN category_sales o ON o.category = p.other_category JOIN category_sales e ON e.category = '';
-- What each customer bought of each category, against what everybody does. Those who were merged have rows of their own. Lines without a category count nowhere; returns are not taken off.
CREATE VIEW customer_category AS
SELECT l.customer_id, -- who bought
	l.category, -- of what
	l.lines, -- lines of purchases
	l.spend_minor, -- what they bought for, minor units of the reporting currency
	l.spend_minor::double precision / nullif(sum(l.spend_minor) OVER (PARTITION BY l.customer_id), 0)::double precision AS share, -- of what the customer bought of any category, 0 to 1
	c.spend_minor::double precision / nullif(a.spend_minor, 0) AS everybodys_share, -- of what everybody bought of any category, 0 to 1
	l.spend_minor::double precision / nullif(sum(l.spend_minor) OVER (PARTITION BY l.customer_id), 0)::double precision
		/ nullif(c.spend_minor::double precision / nullif(a.spend_minor, 0), 0) AS lift -- share / everybodys_share: above 1 where the customer likes it more than others
FROM (SELECT customer_id, category, count(*) AS lines, sum(reporting_minor)::bigint AS spend_minor
		FROM purchase_lines WHERE category IS NOT NULL GROUP BY 1, 2) l
	JOIN category_sales c ON c.category = l.category JOIN category_sales a ON a.category = '';
`,
	On: []Handler{On(func(e customer.PurchaseRecorded, _ domain.Recorded, p *page) error {
		if p.replaying { // rows that are nobody's stand already
			return nil
		}
		return p.sold(e)
	})},
}

// maxPaired bounds the categories of one customer that are counted in pairs.
const maxPaired = 50

// sold counts a purchase, which is in the customer's tastes already.
func (p *page) sold(e customer.PurchaseRecorded) error {
	lines, spend := map[string]int64(nil), map[string]int64(nil)
	var bought []string
	for i := range e.Lines {
		l := &e.Lines[i]
		if l.Category == "" {
			continue
		}
		if lines == nil {
			lines, spend = map[string]int64{}, map[string]int64{}
		}
		if lines[l.Category]++; lines[l.Category] == 1 {
			bought = append(bought, l.Category)
		}
		spend[l.Category] += l.ReportingMinor
	}
	tastes := p.customer.Facts.Tastes
	var added []string
	var total int64
	for _, category := range bought {
		first := tastes[category].Lines == lines[category]
		if first {
			added = append(added, category)
		}
		total += spend[category]
		if err := p.countSale(category, first, spend[category]); err != nil {
			return err
		}
	}
	if len(bought) > 0 {
		if err := p.countSale("", len(added) == len(tastes), total); err != nil {
			return err
		}
	}
	if len(added) == 0 || len(tastes) > maxPaired {
		return nil
	}
	for other := range tastes {
		for i, category := range added {
			if j := slices.Index(added, other); j >= i {
				continue // itself, or counted the other way round
			}
			if err := p.countPair(category, other); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *page) countSale(category string, first bool, minor int64) error {
	row, err := rowOf(p, categoryRows, category)
	if err != nil {
		return err
	}
	if first {
		row.Customers++
	}
	row.SpendMinor += minor
	return nil
}

// countPair counts a customer for two categories, in both orders.
func (p *page) countPair(a, b string) error {
	for _, key := range []categoryPair{{a, b}, {b, a}} {
		row, err := rowOf(p, categoryPairRows, key)
		if err != nil {
			return err
		}
		row.Customers++
	}
	return nil
}

type categoryRow struct {
	Category   string `db:"category"`
	Customers  int64  `db:"customers"`
	SpendMinor int64  `db:"spend_minor"`
}

type categoryPair struct{ category, other string }

type categoryPairRow struct {
	Category      string `db:"category"`
	OtherCategory string `db:"other_category"`
	Customers     int64  `db:"customers"`
}

var (
	categoryRows     = keyedRows("category_sales", 1, func(category string) categoryRow { return categoryRow{Category: category} })
	categoryPairRows = keyedRows("category_pairs", 2, func(k categoryPair) categoryPairRow {
		return categoryPairRow{Category: k.category, OtherCategory: k.other}
	})
)
