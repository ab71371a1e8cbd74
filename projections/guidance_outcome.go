package projections

// GuidanceOutcome answers what came of what guidance recommended. It keeps nothing: success is found where it is told,
// so that what is recorded late, merged or split counts as it should.
var GuidanceOutcome = Projector{
	Name: "guidance_outcome",
	Schema: `
-- What came of each recommendation that has an outcome to look for. What customers did counts from the moment of the
-- recommendation on (points: from the next fact of the customer on) up to and with its last day.
CREATE VIEW recommendation_outcome AS
SELECT r.customer_id, -- for whom it was
	r.recommendation_id, -- the recommendation
	r.guidance, -- that recommended it
	r.guidance_version, -- and in which version
	r.state, -- open, accepted or dismissed
	r.outcome, -- what counts as success
	r.issued_on, -- business day on which it was recommended
	r.outcome_until, -- last business day on which success counts
	s.outcome_on, -- business day of the first success; null where there is none
	s.outcome_on IS NOT NULL OR r.outcome_until <= d.business_date AS measured, -- whether it is settled: it succeeded, or its days are over
	s.revenue_minor -- what was bought on those days, minor units of the reporting currency; null where success is no purchase
FROM recommendation r CROSS JOIN business_date d CROSS JOIN LATERAL (
	SELECT min(x.happened_on) AS outcome_on, sum(x.minor)::bigint AS revenue_minor FROM (
		SELECT p.purchased_on AS happened_on, p.reporting_total_minor AS minor FROM purchases p
			WHERE r.outcome = 'purchase' AND p.customer_id = r.customer_id
			AND p.purchased_at >= r.issued_at AND p.purchased_on <= r.outcome_until
		UNION ALL SELECT c.resolved_on, NULL FROM case_current c
			WHERE r.outcome = 'complaint_resolved' AND c.customer_id = r.customer_id AND c.type = 'complaint'
			AND c.resolved_at >= r.issued_at AND c.resolved_on <= r.outcome_until
		UNION ALL SELECT m.performed_on, NULL FROM maintenance m
			WHERE r.outcome = 'maintenance_performed' AND m.customer_id = r.customer_id
			AND m.performed_at >= r.issued_at AND m.performed_on <= r.outcome_until
		UNION ALL SELECT l.moved_on, NULL FROM points_ledger l
			WHERE r.outcome = 'points_spent' AND l.customer_id = r.customer_id AND l.kind = 'spent'
			AND l.revision > r.revision AND l.moved_on <= r.outcome_until
		UNION ALL SELECT i.occurred_on, NULL FROM interactions i
			WHERE r.outcome = 'contact' AND i.customer_id = r.customer_id
			AND i.occurred_at >= r.issued_at AND i.occurred_on <= r.outcome_until) x) s
WHERE r.outcome <> 'none';
-- What came of each version of each guidance. A purchase on the days of two recommendations counts for both.
CREATE VIEW guidance_outcome AS
SELECT g.guidance, -- the guidance
	g.version, -- of its definition
	count(r.recommendation_id) AS issued, -- recommendations
	count(*) FILTER (WHERE r.state = 'open') AS open, -- of them, not answered yet
	count(*) FILTER (WHERE r.state = 'accepted') AS accepted, -- of them, that a colleague followed
	count(*) FILTER (WHERE r.state = 'dismissed') AS dismissed, -- of them, that a colleague did not follow
	count(*) FILTER (WHERE r.overdue) AS overdue, -- of them, whose day was over before they were answered
	count(*) FILTER (WHERE r.state = 'accepted')::double precision / nullif(count(*) FILTER (WHERE r.state <> 'open'), 0) AS acceptance_rate, -- accepted / (accepted + dismissed), 0 to 1
	count(*) FILTER (WHERE o.measured) AS measured, -- of those issued, that succeeded or whose days for that are over
	count(*) FILTER (WHERE o.outcome_on IS NOT NULL) AS successes, -- of those measured, that succeeded
	count(*) FILTER (WHERE o.outcome_on IS NOT NULL)::double precision / nullif(count(*) FILTER (WHERE o.measured), 0) AS success_rate, -- successes / measured, 0 to 1
	count(*) FILTER (WHERE o.measured AND r.state = 'accepted') AS accepted_measured, -- of those measured, that a colleague followed
	count(*) FILTER (WHERE o.outcome_on IS NOT NULL AND r.state = 'accepted') AS accepted_successes, -- of those followed, that succeeded
	count(*) FILTER (WHERE o.outcome_on IS NOT NULL AND r.state = 'accepted')::double precision
		/ nullif(count(*) FILTER (WHERE o.measured AND r.state = 'accepted'), 0) AS accepted_success_rate, -- accepted_successes / accepted_measured, 0 to 1
	coalesce(sum(o.revenue_minor), 0)::bigint AS revenue_minor, -- what the customers bought on the days on which that counts as success, minor units of the reporting currency
	coalesce(sum(r.expected_minor), 0)::bigint AS expected_minor, -- sum of the expected values, minor units of the reporting currency
	count(r.expected_minor) AS expected -- of those issued, that have an expected value
FROM guidance_definition g
	LEFT JOIN recommendation r ON r.guidance = g.guidance AND r.guidance_version = g.version
	LEFT JOIN recommendation_outcome o ON o.customer_id = r.customer_id AND o.recommendation_id = r.recommendation_id
GROUP BY g.guidance, g.version;
`,
}
