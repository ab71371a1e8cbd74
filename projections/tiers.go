package projections

import "github.com/rapport-crm/rapport/domain/judgement"

// Tiers keeps in which tier of the loyalty programme each customer is, and every change of it. It has no rows
// before tiers are published.
var Tiers = Projector{
	Name: "tiers",
	Schema: `
-- The tiers of the loyalty programme, every version that was in force.
CREATE TABLE loyalty_tiers (
	version bigint PRIMARY KEY, -- counts from 1
	stages jsonb NOT NULL, -- the tiers from the top, each with its rule; the first that holds is the customer's
	published_on date -- business date from which it is in force
);
-- Every change of tier, by the day at whose end the customer was in it.
CREATE TABLE loyalty_tier_history (
	customer_id uuid NOT NULL, -- whose change
	changed_on date NOT NULL, -- the business day of the change
	from_stage text, -- tier before; null when they became known, or with the first tiers
	to_stage text NOT NULL, -- tier since
	reason text NOT NULL, -- became_known, own_doing, time_passed, won_back, policy_changed or model_fitted
	policy_version bigint NOT NULL, -- version of the tiers that decided
	evidence jsonb NOT NULL, -- Personal: the facts that the tier's rule speaks of, as they were
	PRIMARY KEY (customer_id, changed_on)
);
CREATE INDEX ON loyalty_tier_history (changed_on); -- the changes of tiers in a span of days
-- In which tier of the loyalty programme each customer is: one row for each.
CREATE VIEW loyalty_tier AS
SELECT DISTINCT ON (h.customer_id) h.customer_id, -- who
	h.to_stage AS tier, -- the tier
	h.changed_on AS since, -- the business day from which they are in it
	h.policy_version -- version of the tiers that put them there
FROM loyalty_tier_history h
ORDER BY h.customer_id, h.changed_on DESC;
`,
	On: []Handler{publishedAs(tierScale)},
}

var tierScale = &scale{of: judgement.Tiers, versions: added[ladderRow]("loyalty_tiers", 1),
	steps: kept[stepRow]("loyalty_tier_history", 2)}
