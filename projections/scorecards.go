package projections

// Scorecards are views that set what customers are worth against how they stand to us.
var Scorecards = Projector{
	Name: "scorecards",
	Schema: `
-- What each customer is worth to us, was and will be: one row for each who bought, once a model of value is in force. High is more than the mean of all, in whole minor units. Money is in minor units of the reporting currency.
CREATE VIEW customer_value_scorecard AS
SELECT customer_id, -- who
	actual_minor, -- bought less returned, to date
	potential_minor, -- expected of the next 12 months: clv.clv_12m_minor
	p_alive, -- probability that they will ever buy again, as of clv.as_of
	potential_minor / nullif(p_alive, 0) - potential_minor AS at_risk_minor, -- what would be expected of 12 months more if they were sure to buy again
	actual_minor > mean_actual AS actual_high, -- actual_minor is above its mean
	potential_minor > mean_potential AS potential_high, -- potential_minor is above its mean
	risk_high, -- churn_risk.level is high
	CASE WHEN risk_high AND (actual_minor > mean_actual OR potential_minor > mean_potential) THEN 'protect'
		WHEN actual_minor > mean_actual AND potential_minor > mean_potential THEN 'keep'
		WHEN actual_minor > mean_actual THEN 'reactivate'
		WHEN potential_minor > mean_potential THEN 'develop'
		ELSE 'observe' END AS advice -- protect: either is high, and so is the risk; keep: both are high; reactivate: actual alone; develop: potential alone; observe: neither
FROM (SELECT v.customer_id, v.historic_ltv_minor AS actual_minor, v.clv_12m_minor AS potential_minor, v.p_alive,
		r.customer_id IS NOT NULL AS risk_high
	FROM clv v LEFT JOIN (SELECT customer_id FROM churn_risk WHERE level = 'high') r USING (customer_id)) each_customer
	CROSS JOIN (SELECT round(avg(historic_ltv_minor))::bigint AS mean_actual, round(avg(clv_12m_minor::bigint))::bigint AS mean_potential
		FROM clv) mean;
-- The four kinds of loyalty by relative attitude and repeat patronage, after Dick and Basu (1994), Customer loyalty: toward an integrated conceptual framework, Journal of the Academy of Marketing Science 22(2). One row for each customer who answered an NPS or CSAT survey; the thresholds are ours.
CREATE VIEW loyalty_matrix AS
SELECT customer_id, -- who
	kind AS attitude_by, -- survey of the latest answer: nps or csat
	score, -- that answer: 0 to 10 of nps, 1 to 5 of csat
	answered_on, -- business day of it
	attitude_high, -- relative attitude: nps of 9 or 10, csat of 4 or 5
	purchase_days, -- distinct days with a purchase
	recency_days, -- days since the last purchase at the business date; null without one
	patronage_high, -- repeat patronage: purchases on 3 days or more, the last within 365 days
	CASE WHEN attitude_high AND patronage_high THEN 'true' WHEN attitude_high THEN 'latent'
		WHEN patronage_high THEN 'spurious' ELSE 'none' END AS loyalty -- true: both are high; latent: attitude alone; spurious: patronage alone; none: neither
FROM (SELECT a.customer_id, a.kind, a.score, a.answered_on, a.score >= CASE a.kind WHEN 'nps' THEN 9 ELSE 4 END AS attitude_high,
		coalesce(f.purchase_days, 0) AS purchase_days,
		CASE WHEN f.purchase_days > 0 THEN greatest(d.business_date - f.last_purchase_on, 0) END AS recency_days,
		coalesce(f.purchase_days >= 3 AND d.business_date - f.last_purchase_on < 365, false) AS patronage_high
	FROM (SELECT DISTINCT ON (a.customer_id) a.customer_id, a.kind, a.score, a.answered_on
		FROM surveys a WHERE a.kind IN ('nps', 'csat')
		ORDER BY a.customer_id, a.answered_on DESC, a.kind DESC, a.survey_id DESC) a
		LEFT JOIN rfm_figures f USING (customer_id) CROSS JOIN business_date d) judged;
-- Customers of the highest m_score with whom we had no contact for 90 days or more, so that they may not feel appreciated.
CREATE VIEW neglected_customers AS
SELECT r.customer_id, -- who
	r.monetary_minor, -- all purchases less returns, minor units of the reporting currency
	r.recency_days, -- days since the last purchase at the business date
	s.last_contact_on, -- business day of the last contact that was not a transaction; null where there never was one
	d.business_date - coalesce(s.last_contact_on, s.registered_on, s.first_purchase_on) AS days_without_contact, -- days since then, or since they became a customer
	s.stage, -- stage of the loyalty ladder
	r.rfm_segment -- segment by RFM
FROM rfm r JOIN customer_summary s USING (customer_id) CROSS JOIN business_date d
WHERE s.erased_on IS NULL AND r.m_score = (SELECT groups FROM rfm_scheme ORDER BY version DESC LIMIT 1)
	AND d.business_date - coalesce(s.last_contact_on, s.registered_on, s.first_purchase_on) >= 90;
-- How each customer who bought does so, against everybody. Lines without a list price or a category count nowhere in the one or the other.
CREATE VIEW buying_habits AS
SELECT s.customer_id, -- who
	s.discounts_minor::numeric / nullif(s.gross_revenue_minor + s.discounts_minor, 0) AS discount_share, -- what they paid less than list prices, of what all would have cost by these, 0 to 1
	s.discounts_minor / nullif((s.gross_revenue_minor + s.discounts_minor) * (SELECT sum(discounts_minor)
		/ nullif(sum(gross_revenue_minor + discounts_minor), 0) FROM customer_summary), 0) AS price_sensitivity, -- discount_share / that of all customers together: above 1 for who looks for low prices, below for who is willing to pay more
	s.categories, -- distinct categories that they bought of
	s.categories::numeric / nullif((SELECT count(*) FROM category_sales WHERE category <> ''), 0) AS cross_buying_index -- of all categories that were ever sold, 0 to 1
FROM customer_summary s
WHERE s.orders > 0;
`,
}
