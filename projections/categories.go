package projections

// Categories keeps what is bought of each category, and which categories go together: sums and counts that a purchase
// moves, so that an affinity is read off a few rows, however many customers there are. While a merge lasts, what is
// bought counts for the survivor, but for what was counted for the absorbed customer before.
var Categories = Projector{
	Name:   "categories",
	Tables: tables{categoryTable, pairTable},
	Schema: `
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
}

// categorised takes off what a person bought of categories before, and adds what they do now.
func (c contributions) categorised(before, after map[string]int64) {
	c.likes(before, -1)
	c.likes(after, 1)
	for category := range after {
		if _, known := before[category]; !known {
			c.pairWith(category, after, before, 1)
		}
	}
	for category := range before {
		if _, known := after[category]; !known {
			c.pairWith(category, before, after, -1)
		}
	}
}

// likes counts a person for the categories that they bought of, and for all together under the empty name.
func (c contributions) likes(of map[string]int64, sign int64) {
	total := categoryRow{Customers: 1}
	for category, minor := range of {
		c.categories.add(category, &categoryRow{Customers: 1, SpendMinor: minor}, sign)
		total.SpendMinor += minor
	}
	if len(of) > 0 {
		c.categories.add("", &total, sign)
	}
}

// pairWith counts a person for a category that is among some but not among others, and each of the some, in both orders.
func (c contributions) pairWith(category string, some, others map[string]int64, sign int64) {
	one := categoryPairRow{Customers: 1}
	for other := range some {
		_, shared := others[other]
		if other == category || !shared && other < category {
			continue // itself, or counted the other way round
		}
		c.pairs.add(categoryPair{category, other}, &one, sign)
		c.pairs.add(categoryPair{other, category}, &one, sign)
	}
}

type categoryRow struct {
	Category   string `db:"category,key" note:"the category; empty for all together"`
	Customers  int64  `db:"customers" note:"who ever bought of it"`
	SpendMinor int64  `db:"spend_minor" note:"what they bought of it for, minor units of the reporting currency"`
}

type categoryPair struct{ category, other string }

type categoryPairRow struct {
	Category      string `db:"category,key" note:"one category"`
	OtherCategory string `db:"other_category,key" note:"another"`
	Customers     int64  `db:"customers" note:"who bought of both"`
}

func (r *categoryRow) plus(more *categoryRow, sign int64) {
	r.Customers += sign * more.Customers
	r.SpendMinor += sign * more.SpendMinor
}

func (r *categoryRow) zero() bool { return r.Customers == 0 && r.SpendMinor == 0 }

func (r *categoryPairRow) plus(more *categoryPairRow, sign int64) {
	r.Customers += sign * more.Customers
}

func (r *categoryPairRow) zero() bool { return r.Customers == 0 }

var (
	categoryTable = sumRows("category_sales",
		"What is sold of each category: a row for each, and one for all of them together. Lines without a category count nowhere; returns are not taken off.", func(category string) categoryRow { return categoryRow{Category: category} })
	pairTable = sumRows("category_pairs",
		"How many customers bought of both of two categories: a row for each order of the two. Read category_affinity instead.", func(k categoryPair) categoryPairRow {
			return categoryPairRow{Category: k.category, OtherCategory: k.other}
		})
)
