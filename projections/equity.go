package projections

// Equity sums up what customers are worth to us, and sets what it cost to win them against what it costs to keep
// them. It consists of views alone.
var Equity = Projector{
	Name: "equity",
	Schema: `
-- Customer equity: the sum of the predicted values of the customers (Rust, Zeithaml and Lemon 2000), of all, by the month of their first purchase, by stage of the loyalty ladder, and by segment. A customer may be in several segments. Money is in minor units of the reporting currency.
CREATE VIEW customer_equity AS
WITH parts AS (
	SELECT date_trunc('month', s.first_purchase_on)::date AS cohort, s.stage, count(*) AS customers,
		sum((c.p_alive * 1e9)::bigint) AS alive, sum(c.clv_12m_minor::bigint) AS clv_12m, sum(c.clv_36m_minor::bigint) AS clv_36m,
		sum(c.historic_ltv_minor) AS historic
	FROM clv c JOIN customer_summary s USING (customer_id) GROUP BY 1, 2
)
SELECT CASE grouping(cohort, stage) WHEN 3 THEN 'all' WHEN 1 THEN 'cohort' ELSE 'stage' END AS part, -- of what the row is: all, cohort, stage or segment
	coalesce(cohort::text, stage) AS name, -- first day of the month, stage, or segment; null for all
	sum(customers)::bigint AS customers, -- with a prediction
	sum(alive) / sum(customers) / 1e9 AS mean_p_alive, -- probability that they will ever buy again
	sum(clv_12m)::bigint AS clv_12m_minor, -- value of the next 12 months, each rounded
	sum(clv_36m)::bigint AS clv_36m_minor, -- value of the next 36 months, each rounded: their equity
	sum(historic)::bigint AS historic_ltv_minor -- value so far
FROM parts GROUP BY GROUPING SETS ((), (cohort), (stage))
HAVING sum(customers) > 0 AND (grouping(stage) = 1 OR stage IS NOT NULL)
UNION ALL
SELECT 'segment', m.segment, count(*), sum((c.p_alive * 1e9)::bigint) / count(*) / 1e9, sum(c.clv_12m_minor::bigint)::bigint,
	sum(c.clv_36m_minor::bigint)::bigint, sum(c.historic_ltv_minor)::bigint
FROM segment_membership m JOIN clv c USING (customer_id) WHERE m.valid_to IS NULL GROUP BY m.segment;
-- What it costs to win a customer against what it costs to keep one, over the 365 days up to the business date: it is often said that the former is several times the latter. One row. Money is in minor units of the reporting currency.
CREATE VIEW acquisition_retention AS
SELECT a.acquired, -- customers registered in that time whose cost of acquisition is known in the reporting currency
	a.cost_minor AS acquisition_cost_minor, -- what they cost to win
	a.cost_minor::numeric / nullif(a.acquired, 0) AS acquisition_cost_each_minor, -- for each of them
	k.kept, -- customers who first bought before that time, and again in it
	m.cost_minor AS retention_cost_minor, -- what campaigns cost in that time, as far as their members had bought before it
	m.cost_minor / nullif(k.kept, 0) AS retention_cost_each_minor, -- for each customer kept
	a.cost_minor::numeric / nullif(a.acquired, 0) / nullif(m.cost_minor / nullif(k.kept, 0), 0) AS acquisition_to_retention, -- how many times as much winning costs; null where either is unknown
	a.clv_36m_minor / nullif(a.acquired_priced, 0) AS clv_36m_each_minor, -- predicted value of those acquired, for each with a prediction
	a.clv_36m_minor / nullif(a.acquired_priced, 0) / nullif(a.cost_minor::numeric / nullif(a.acquired, 0), 0) AS clv_to_cac -- that by what each cost to win
FROM (SELECT count(*) AS acquired, coalesce(sum(s.acquisition_cost_minor), 0)::bigint AS cost_minor,
		count(c.customer_id) AS acquired_priced, sum(c.clv_36m_minor::bigint) AS clv_36m_minor
	FROM customer_summary s LEFT JOIN clv c USING (customer_id)
	WHERE s.acquisition_currency = (SELECT currency FROM business_date) AND s.acquisition_cost_minor IS NOT NULL
	AND s.registered_on > (SELECT business_date - 365 FROM business_date)) a
CROSS JOIN (SELECT count(*) AS kept FROM customer_summary s
	WHERE s.first_purchase_on <= (SELECT business_date - 365 FROM business_date)
	AND s.last_purchase_on > (SELECT business_date - 365 FROM business_date)) k
CROSS JOIN (SELECT sum(cost.amount_minor * coalesce(part.share, 0)) AS cost_minor
	FROM campaign_costs cost LEFT JOIN (SELECT m.campaign,
			avg((s.first_purchase_on <= (SELECT business_date - 365 FROM business_date))::integer) AS share
		FROM campaign_members m JOIN customer_summary s USING (customer_id) GROUP BY m.campaign) part USING (campaign)
	WHERE cost.currency = (SELECT currency FROM business_date)
	AND cost.cost_on > (SELECT business_date - 365 FROM business_date)) m;
`,
}
