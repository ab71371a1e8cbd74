package projections

import "github.com/rapport-crm/rapport/domain/judgement"

// Tiers keeps in which tier of the loyalty programme each customer is, and every change of it. It has no rows
// before tiers are published.
var Tiers = Projector{
	Name:   "tiers",
	Tables: tables{tierScale.versions, tierScale.steps},
	Schema: `
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

var tierScale = &scale{
	of:       judgement.Tiers,
	versions: added[ladderRow]("loyalty_tiers", "The tiers of the loyalty programme, every version that was in force."),
	steps:    kept[stepRow]("loyalty_tier_history", "Every change of tier, by the day at whose end the customer was in it."),
}
