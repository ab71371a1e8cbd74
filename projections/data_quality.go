package projections

// DataQuality says how good what each source tells is. It keeps nothing of its own: the timeline and the purchases
// say it all, so that taking in an event costs no more for it. Months are sorted before texts, which compare slower.
var DataQuality = Projector{
	Name: "data_quality",
	Schema: `
-- How good what each source tells is: a row for each source, department, channel and month in which something happened. All are counts, beside what they are of. What a source sends twice leaves no second event, so the log cannot count it.
CREATE VIEW data_quality AS
WITH told AS NOT MATERIALIZED (
	SELECT coalesce(t.source, '') AS source, coalesce(t.department, '') AS department, coalesce(t.channel, '') AS channel,
		date_trunc('month', t.occurred_at AT TIME ZONE (SELECT time_zone FROM business_date))::date AS month, t.customer_id, t.actor,
		t.type = 'customer.registered.v1' AS registers,
		floor(greatest(date_part('epoch', t.recorded_at - t.occurred_at), 0))::bigint AS delay_s
	FROM customer_timeline t
), bought AS (
	SELECT coalesce(p.source, '') AS source, coalesce(p.department, '') AS department, coalesce(p.channel, '') AS channel,
		date_trunc('month', p.purchased_at AT TIME ZONE (SELECT time_zone FROM business_date))::date AS month,
		count(*) AS purchases, count(*) FILTER (WHERE p.payment_method IS NULL) AS without_payment_method,
		sum(p.lines)::bigint AS lines, sum(p.lines_without_cost)::bigint AS without_cost,
		sum(p.lines_without_category)::bigint AS without_category, sum(p.lines_without_name)::bigint AS without_name
	FROM purchases p GROUP BY 4, 1, 2, 3
), registered AS (
	SELECT t.source, t.department, t.channel, t.month, count(*) AS registrations,
		count(*) FILTER (WHERE r.contact IS NULL) AS without_identity,
		count(*) FILTER (WHERE r.contact IS NOT TRUE) AS without_contact
	FROM told t LEFT JOIN (SELECT customer_id, bool_or(kind <> 'external') AS contact
		FROM (SELECT customer_id, kind FROM customer_identity WHERE unlinked_on IS NULL
			UNION ALL SELECT customer_id, kind FROM contact_points WHERE removed_on IS NULL) known GROUP BY customer_id) r USING (customer_id)
	WHERE t.registers GROUP BY 4, 1, 2, 3
), events AS (
	SELECT t.source, t.department, t.channel, t.month, count(*) AS events, count(DISTINCT t.customer_id) AS customers,
		count(*) FILTER (WHERE t.actor IS NULL) AS without_actor,
		count(*) FILTER (WHERE t.delay_s > 86400) AS late,
		percentile_disc(0.5) WITHIN GROUP (ORDER BY t.delay_s) AS delay_s_median, max(t.delay_s) AS delay_s_max
	FROM told t GROUP BY 4, 1, 2, 3
)
SELECT nullif(e.source, '') AS source, -- the system that told; null where it is not said
	nullif(e.department, '') AS department, -- for which department; null where it is not said
	nullif(e.channel, '') AS channel, -- through which channel; null where it is not said
	e.month, -- in which it happened, its first day
	e.events, -- facts of customers
	e.customers, -- customers whom they are about
	e.without_actor, -- of the events, those of which nobody knows who recorded them
	e.late AS recorded_late, -- of the events, those recorded more than a day after they happened
	e.delay_s_median AS recorded_delay_s_median, -- median time from happening to recording, s; 0 for what was recorded before
	e.delay_s_max AS recorded_delay_s_max, -- longest time from happening to recording, s
	coalesce(g.registrations, 0) AS registrations, -- customers registered
	coalesce(g.without_identity, 0) AS registrations_without_identity, -- of these, those who have neither an identity nor a contact point now
	coalesce(g.without_contact, 0) AS registrations_without_contact, -- of these, those who have no e-mail address, phone number or other contact point now
	coalesce(b.purchases, 0) AS purchases, -- purchases
	coalesce(b.without_payment_method, 0) AS purchases_without_payment_method, -- of these, those that do not tell how they were paid
	coalesce(b.lines, 0) AS purchase_lines, -- lines of these purchases
	coalesce(b.without_cost, 0) AS purchase_lines_without_cost, -- of these, those without the cost of the goods
	coalesce(b.without_category, 0) AS purchase_lines_without_category, -- of these, those without a category
	coalesce(b.without_name, 0) AS purchase_lines_without_name -- of these, those without a name
FROM events e LEFT JOIN bought b USING (source, department, channel, month)
	LEFT JOIN registered g USING (source, department, channel, month);
`,
}
