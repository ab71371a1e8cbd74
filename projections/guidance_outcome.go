package projections

// GuidanceOutcome answers what came of what guidance recommended. It keeps nothing: success is found where it is told,
// so that what is recorded late, merged or split counts as it should. Each kind of success is looked for in its own table,
// at once for all recommendations that wait for it.
var GuidanceOutcome = Projector{
	Name: "guidance_outcome",
	Schema: `
-- What came of each recommendation that has an outcome to look for. What customers did counts from the moment of the
-- recommendation on (points: from the next fact of the customer on) up to and with its last day.
CREATE VIEW recommendation_outcome AS
SELECT customer_id, -- for whom it was
	recommendation_id, -- the recommendation
	guidance, -- that recommended it
	guidance_version, -- and in which version
	state, -- open, accepted or dismissed
	outcome, -- what counts as success
	issued_on, -- business day on which it was recommended
	outcome_until, -- last business day on which success counts
	outcome_on, -- business day of the first success; null where there is none
	outcome_on IS NOT NULL OR outcome_until <= d.business_date AS measured, -- whether it is settled: it succeeded, or its days are over
	revenue_minor -- what was bought on those days, minor units of the reporting currency; null where success is no purchase
FROM business_date d CROSS JOIN (
	SELECT r.customer_id, r.recommendation_id, r.guidance, r.guidance_version, r.state, r.outcome, r.issued_on,
		r.outcome_until, min(x.purchased_on) AS outcome_on, sum(x.reporting_total_minor)::bigint AS revenue_minor
	FROM recommendation r LEFT JOIN purchases x ON x.customer_id = r.customer_id AND x.purchased_on <= r.outcome_until
		AND x.purchased_at >= r.issued_at AND NOT x.cancelled AND x.purchased_on >= (SELECT min(issued_on) FROM recommendation)
	WHERE r.outcome = 'purchase' GROUP BY r.customer_id, r.recommendation_id
	UNION ALL
	SELECT r.customer_id, r.recommendation_id, r.guidance, r.guidance_version, r.state, r.outcome, r.issued_on,
		r.outcome_until, min(x.resolved_on) AS outcome_on, NULL
	FROM recommendation r LEFT JOIN case_current x ON x.customer_id = r.customer_id AND x.resolved_on <= r.outcome_until
		AND x.type = 'complaint' AND x.resolved_at >= r.issued_at
	WHERE r.outcome = 'complaint_resolved' GROUP BY r.customer_id, r.recommendation_id
	UNION ALL
	SELECT r.customer_id, r.recommendation_id, r.guidance, r.guidance_version, r.state, r.outcome, r.issued_on,
		r.outcome_until, min(x.performed_on) AS outcome_on, NULL
	FROM recommendation r LEFT JOIN maintenance x ON x.customer_id = r.customer_id AND x.performed_on <= r.outcome_until
		AND x.performed_at >= r.issued_at
	WHERE r.outcome = 'maintenance_performed' GROUP BY r.customer_id, r.recommendation_id
	UNION ALL
	SELECT r.customer_id, r.recommendation_id, r.guidance, r.guidance_version, r.state, r.outcome, r.issued_on,
		r.outcome_until, min(x.moved_on) AS outcome_on, NULL
	FROM recommendation r LEFT JOIN points_ledger x ON x.customer_id = r.customer_id AND x.moved_on <= r.outcome_until
		AND x.kind = 'spent' AND x.position > r.position
	WHERE r.outcome = 'points_spent' GROUP BY r.customer_id, r.recommendation_id
	UNION ALL
	SELECT r.customer_id, r.recommendation_id, r.guidance, r.guidance_version, r.state, r.outcome, r.issued_on,
		r.outcome_until, min(x.occurred_on) AS outcome_on, NULL
	FROM recommendation r LEFT JOIN interactions x ON x.customer_id = r.customer_id AND x.occurred_on <= r.outcome_until
		AND x.occurred_at >= r.issued_at
	WHERE r.outcome = 'contact' GROUP BY r.customer_id, r.recommendation_id
) r;
-- What came of each version of each guidance. A purchase on the days of two recommendations counts for both.
CREATE VIEW guidance_outcome AS
SELECT g.guidance, -- the guidance
	g.version, -- of its definition
	coalesce(r.issued, 0) AS issued, -- recommendations
	coalesce(r.open, 0) AS open, -- of them, not answered yet
	coalesce(r.accepted, 0) AS accepted, -- of them, that a colleague followed
	coalesce(r.dismissed, 0) AS dismissed, -- of them, that a colleague did not follow
	coalesce(r.overdue, 0) AS overdue, -- of them, whose day was over before they were answered
	r.accepted::double precision / nullif(r.accepted + r.dismissed, 0) AS acceptance_rate, -- accepted / (accepted + dismissed), 0 to 1
	coalesce(o.measured, 0) AS measured, -- of those issued, that succeeded or whose days for that are over
	coalesce(o.successes, 0) AS successes, -- of those measured, that succeeded
	o.successes::double precision / nullif(o.measured, 0) AS success_rate, -- successes / measured, 0 to 1
	coalesce(o.accepted_measured, 0) AS accepted_measured, -- of those measured, that a colleague followed
	coalesce(o.accepted_successes, 0) AS accepted_successes, -- of those followed, that succeeded
	o.accepted_successes::double precision / nullif(o.accepted_measured, 0) AS accepted_success_rate, -- accepted_successes / accepted_measured, 0 to 1
	coalesce(o.revenue_minor, 0)::bigint AS revenue_minor, -- what the customers bought on the days on which that counts as success, minor units of the reporting currency
	coalesce(r.expected_minor, 0)::bigint AS expected_minor, -- sum of the expected values, minor units of the reporting currency
	coalesce(r.expected, 0) AS expected -- of those issued, that have an expected value
FROM guidance_definition g
LEFT JOIN (SELECT guidance, guidance_version, count(*) AS issued, count(*) FILTER (WHERE state = 'open') AS open,
		count(*) FILTER (WHERE state = 'accepted') AS accepted, count(*) FILTER (WHERE state = 'dismissed') AS dismissed,
		count(*) FILTER (WHERE overdue) AS overdue, sum(expected_minor) AS expected_minor, count(expected_minor) AS expected
	FROM recommendation GROUP BY guidance, guidance_version) r ON r.guidance = g.guidance AND r.guidance_version = g.version
LEFT JOIN (SELECT guidance, guidance_version, count(*) FILTER (WHERE measured) AS measured,
		count(*) FILTER (WHERE outcome_on IS NOT NULL) AS successes,
		count(*) FILTER (WHERE measured AND state = 'accepted') AS accepted_measured,
		count(*) FILTER (WHERE outcome_on IS NOT NULL AND state = 'accepted') AS accepted_successes,
		sum(revenue_minor) AS revenue_minor
	FROM recommendation_outcome GROUP BY guidance, guidance_version) o ON o.guidance = g.guidance AND o.guidance_version = g.version;
`,
}
