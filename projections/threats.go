package projections

// Threats is a view of what went wrong while a relationship was young.
var Threats = Projector{
	Name: "threats",
	Schema: `
-- What went wrong in the first 90 days of a relationship, when it is easily broken off: a row for each incident. What was recorded of those who were merged stays with them.
CREATE VIEW relationship_threats AS
SELECT t.customer_id, -- whose
	b.began_on, -- business day of the registration or the first purchase, whichever was first
	t.threat, -- complaint, broken_promise, late_delivery, breakdown, missed_target (a clock of service ran out) or low_score (nps up to 6, csat up to 2, ces up to 3)
	t.happened_on, -- business day
	t.happened_on - b.began_on AS day, -- days since the relationship began, 0 to 89
	t.reference_id, -- the case, promise, order, breakdown or survey
	t.settled, -- the complaint was resolved, the order delivered or cancelled, the breakdown repaired; false for what cannot be undone
	d.business_date - b.began_on < 90 AS young -- whether the relationship still is in its first 90 days at the business date
FROM (
	SELECT customer_id, 'complaint' AS threat, opened_on AS happened_on, case_id AS reference_id, resolved_on IS NOT NULL AS settled
	FROM case_current WHERE type = 'complaint'
	UNION ALL
	SELECT customer_id, 'broken_promise', ended_on, promise_id, false FROM promises WHERE state = 'broken'
	UNION ALL
	SELECT o.customer_id, 'late_delivery', o.deliver_by + 1, o.purchase_id, o.state IN ('delivered', 'cancelled')
	FROM orders o CROSS JOIN business_date d
	WHERE coalesce(o.delivered_on, o.cancelled_on, d.business_date) > o.deliver_by
	UNION ALL
	SELECT customer_id, 'breakdown', failed_on, breakdown_id, repaired_at IS NOT NULL FROM breakdowns
	UNION ALL
	SELECT DISTINCT customer_id, 'missed_target', breached_on, case_id, false FROM case_clock WHERE breached
	UNION ALL
	SELECT customer_id, 'low_score', answered_on, survey_id, false FROM surveys
	WHERE score <= CASE kind WHEN 'nps' THEN 6 WHEN 'csat' THEN 2 WHEN 'ces' THEN 3 END
) t JOIN (SELECT customer_id, least(registered_on, first_purchase_on) AS began_on FROM customer_summary) b USING (customer_id)
	CROSS JOIN business_date d
WHERE t.happened_on - b.began_on BETWEEN 0 AND 89;
`,
}
