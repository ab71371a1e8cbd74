package projections

// Maturity tells how far the business has come in keeping relationships, from its own data. It consists of views
// alone: what is asked is written in crm_maturity_criteria, one line each.
var Maturity = Projector{
	Name: "maturity",
	Schema: `
-- What makes each level of maturity, and whether the data show it. The levels are those of Ryals and Payne (2001); what is asked of each is this engine's own.
CREATE VIEW crm_maturity_criteria AS
WITH people AS MATERIALIZED (
	SELECT (SELECT count(*) FROM customer_summary)::numeric AS customers,
		(SELECT count(*) FROM (SELECT customer_id FROM customer_identity UNION SELECT customer_id FROM contact_points) k) AS reachable
), cells AS MATERIALIZED (SELECT campaign, control, people, conversions FROM campaign_cell_result) -- what campaign_result says of conversions alone
SELECT c.level, -- 2 data repository, 3 moderately developed, 4 well developed, 5 best in class
	c.criterion, -- what is asked
	c.measured, -- what the data show
	c.wanted, -- from which value on it is met
	coalesce(c.measured >= c.wanted, false) AS met -- whether it is
FROM people CROSS JOIN LATERAL (VALUES
	(2, 'customers on record', people.customers, 1),
	(2, 'purchases on record', (SELECT count(*) FROM (SELECT FROM purchases LIMIT 1) p)::numeric, 1),
	(2, 'share of customers with an identity or a contact point', people.reachable / nullif(people.customers, 0), 0.8),
	(2, 'days that were closed', (SELECT count(*) FROM business_date WHERE last_closed_on IS NOT NULL)::numeric, 1),
	(3, 'segments in force', (SELECT count(*) FROM segment_definition WHERE status = 'active')::numeric, 1),
	(3, 'departments that record contacts in the last 365 days', (SELECT count(*) FROM (SELECT FROM interactions i
		WHERE i.occurred_on > (SELECT business_date - 365 FROM business_date) AND i.department IS NOT NULL GROUP BY i.department) d)::numeric, 2),
	(3, 'consents in force', (SELECT count(*) FROM (SELECT FROM consent_current LIMIT 1) c)::numeric, 1),
	(3, 'answers about satisfaction in the last 365 days', (SELECT count(*) FROM surveys s
		WHERE s.answered_on > (SELECT business_date - 365 FROM business_date))::numeric, 1),
	(4, 'campaigns with a control group', (SELECT count(DISTINCT campaign) FROM campaign_cells WHERE control)::numeric, 1),
	(4, 'models of customer value in force', (SELECT count(*) FROM clv_model WHERE in_force_to IS NULL)::numeric, 1),
	(4, 'share of cases answered within their target', (SELECT avg((NOT breached)::integer) FROM case_clock
		WHERE clock = 'response' AND (ended_at IS NOT NULL OR breached)), 0.8),
	(4, 'share of due recommendations that were answered', (SELECT avg((r.state <> 'open')::integer)
		FROM recommendation r WHERE r.state <> 'erased' AND (r.due_on <= (SELECT business_date FROM business_date) OR r.state <> 'open')), 0.5),
	(4, 'costs of activities published', (SELECT count(*) FROM activity_costs)::numeric, 1),
	(5, 'accuracy of the model of value on days held out, 0 to 1', (SELECT 1 - min(least(1, abs(holdout_error))) FROM clv_model
		WHERE in_force_to IS NULL)::numeric, 0.8),
	(5, 'campaigns whose lift is no chance, at 5 %', (SELECT count(*) FROM cells r JOIN cells c ON c.campaign = r.campaign AND c.control
		WHERE NOT r.control AND r.conversions * c.people > c.conversions * r.people
			AND two_sided_p(shares_z(r.conversions, r.people, c.conversions, c.people)) < 0.05)::numeric, 1),
	(5, 'share of complaints that are not made again', (SELECT 1 - avg((repeat_of IS NOT NULL)::integer) FROM case_current
		WHERE type = 'complaint'), 0.9),
	(5, 'share of maintenance that is preventive, or no equipment', coalesce((SELECT avg((kind = 'preventive')::integer)
		FROM maintenance WHERE state = 'performed' AND kind IS NOT NULL), 1), 0.75),
	(5, 'customers who brought others', (SELECT count(DISTINCT customer_id) FROM referrals WHERE converted_on IS NOT NULL)::numeric, 1)
) AS c (level, criterion, measured, wanted);
-- How far the business has come in keeping relationships: the highest level of which all criteria are met, and those of all levels below. One row.
CREATE VIEW crm_maturity AS
WITH criteria AS MATERIALIZED (SELECT level, criterion, met FROM crm_maturity_criteria)
SELECT level, -- 1 to 5
	(ARRAY['pre-planning', 'data repository', 'moderately developed', 'well developed', 'best in class'])[level] AS name, -- the level's name
	met, -- criteria that are met, of all levels
	criteria, -- criteria that there are
	missing -- what the next level lacks; empty at the highest
FROM (SELECT coalesce(min(level) FILTER (WHERE NOT met), 6) - 1 AS level, count(*) FILTER (WHERE met) AS met,
		count(*) AS criteria FROM criteria) reached
CROSS JOIN LATERAL (SELECT coalesce(array_agg(c.criterion ORDER BY c.criterion), '{}') AS missing
	FROM criteria c WHERE c.level = reached.level + 1 AND NOT c.met) m;
`,
}
