package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
)

// Campaigns keeps what is planned for whom, how far it went, what it cost, and what came of it.
var Campaigns = Projector{
	Name:   "campaigns",
	Tables: tables{campaignRows, campaignCellRows, campaignCostRows},
	Schema: `
-- How likely a normal deviate is to be at least z away from 0, on either side: erfc(|z|/√2), by the Chebyshev fit
-- of Press et al., Numerical Recipes (2nd edition, 6.2), whose relative error is below 1.2e-7; 0 beyond |z| = 37.
CREATE FUNCTION two_sided_p(z double precision) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
	SELECT CASE WHEN abs(z) > 37 THEN 0 ELSE t * exp(-z * z / 2 - 1.26551223 + t * (1.00002368 + t * (0.37409196
		+ t * (0.09678418 + t * (-0.18628806 + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587
		+ t * (-0.82215223 + t * 0.17087277))))))))) END
	FROM (SELECT 1 / (1 + abs(z) / sqrt(8::double precision)) AS t) s
$$;
-- How far two shares, a of n and b of m, are apart in standard errors (z, pooled); null where nobody or all are counted.
CREATE FUNCTION shares_z(a bigint, n bigint, b bigint, m bigint) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
	SELECT (a::double precision / n - b::double precision / m)
		/ nullif(sqrt(share * (1 - share) * (1 / n::double precision + 1 / m::double precision)), 0)
	FROM (SELECT (a + b)::double precision / (n + m) AS share) s
$$;
-- The square of the standard error of a mean over n values, from their sum and the sum of their squares; null for fewer than 2.
CREATE FUNCTION mean_error_squared(n bigint, total numeric, squares numeric) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT (squares - total * total / n) / nullif(n * (n - 1), 0) $$;
-- What came of campaigns: a row for each cell. Results are what people did within the window of their assignment. Each
-- lift is what the cell has more than the control group, and its p-value how likely chance alone brings that much
-- of a difference, on either side. It supposes that cells are large: some hundred people, and ten who did what is counted.
CREATE VIEW campaign_result AS
WITH results AS MATERIALIZED (SELECT * FROM campaign_cell_result)
SELECT r.campaign, -- the campaign
	r.cell, -- the cell
	r.control, -- the control group
	r.people, -- assigned to the cell
	r.messages, -- messages that were sent to them
	r.visits, -- people who visited the web site within the window (interactions of kind web_visit)
	r.conversions, -- people who bought within the window
	r.spend_minor, -- what they bought for within the window, less what they got back for it since, minor units of the reporting currency
	r.visits::numeric / r.people AS visit_rate, -- visits a head, 0 to 1
	r.conversions::numeric / r.people AS conversion_rate, -- conversions a head, 0 to 1
	r.spend_minor::numeric / r.people AS spend_per_head_minor, -- spend a head, minor units
	r.conversions::numeric / r.people - c.conversions::numeric / c.people AS lift, -- conversion rate less that of the control group
	z.conversion AS lift_z, -- z of the lift (two proportions, pooled)
	two_sided_p(z.conversion) AS p_value, -- of the lift, 0 to 1
	r.visits::numeric / r.people - c.visits::numeric / c.people AS visit_lift, -- visit rate less that of the control group
	two_sided_p(z.visit) AS visit_p_value, -- of the lift in visits, 0 to 1
	r.spend_minor::numeric / r.people - c.spend_minor::numeric / c.people AS spend_lift_minor, -- spend a head less that of the control group
	two_sided_p(z.spend) AS spend_p_value -- of the lift in spend, 0 to 1 (Welch's t, taken as normal)
FROM results r LEFT JOIN results c ON c.campaign = r.campaign AND c.control AND NOT r.control
	CROSS JOIN LATERAL (SELECT shares_z(r.conversions, r.people, c.conversions, c.people) AS conversion,
		shares_z(r.visits, r.people, c.visits, c.people) AS visit,
		((r.spend_minor::numeric / r.people - c.spend_minor::numeric / c.people) / nullif(sqrt(
			mean_error_squared(r.people, r.spend_minor, r.spend_squares)
			+ mean_error_squared(c.people, c.spend_minor, c.spend_squares)), 0))::double precision AS spend) z;
`,
	On: []Handler{
		OnLog(func(e campaign.Planned, r domain.Recorded, p *page) error {
			row, err := rowIn(p, campaignRows, e.Campaign)
			if err != nil {
				return err
			}
			row.Title, row.State, row.Purpose, row.Channel = optional(e.Title), "planned", e.Purpose, e.Channel
			row.WindowDays, row.PlannedOn = int64(e.WindowDays), p.dayOfFact(r)
			for _, cell := range e.Cells {
				insert(p, campaignCellRows, campaignCellRow{e.Campaign, cell.Cell, cell.Control})
			}
			return nil
		}),
		OnLog(func(e campaign.Launched, r domain.Recorded, p *page) error {
			row, err := rowIn(p, campaignRows, e.Campaign)
			if err != nil {
				return err
			}
			on := p.dayOfFact(r)
			row.State, row.LaunchedOn = "launched", &on
			return nil
		}),
		OnLog(func(e campaign.Closed, r domain.Recorded, p *page) error {
			row, err := rowIn(p, campaignRows, e.Campaign)
			if err != nil {
				return err
			}
			on := p.dayOfFact(r)
			row.State, row.ClosedOn = "closed", &on
			return nil
		}),
		OnLog(func(e campaign.CostRecorded, r domain.Recorded, p *page) error {
			insert(p, campaignCostRows, campaignCostRow{Campaign: e.Campaign, CostID: e.CostID, What: optional(e.What),
				CostOn: p.dayOfFact(r), AmountMinor: e.AmountMinor, Currency: e.Currency})
			return nil
		}),
	},
}

// dayOfFact answers the business day of a fact that is of no customer.
func (p *page) dayOfFact(r domain.Recorded) domain.Day {
	return domain.DayOf(r.Metadata.OccurredAt, p.timeline.Zone)
}

type campaignRow struct {
	Campaign   string      `db:"campaign,key" note:"its name"`
	Title      *string     `db:"title" note:"what people call it"`
	State      string      `db:"state" among:"planned,launched,closed" note:"how far it went"`
	Purpose    string      `db:"purpose" note:"for which people have to consent"`
	Channel    string      `db:"channel" note:"of its messages: email, sms, …"`
	WindowDays int64       `db:"window_days" note:"purchases and visits on so many days from the assignment on are its results"`
	PlannedOn  domain.Day  `db:"planned_on" note:"business day of the plan"`
	LaunchedOn *domain.Day `db:"launched_on" note:"business day on which it began"`
	ClosedOn   *domain.Day `db:"closed_on" note:"business day on which it ended"`
}

var campaignRows = keyedRows("campaigns",
	"Every campaign.", func(name string) campaignRow { return campaignRow{Campaign: name} })

type campaignCellRow struct {
	Campaign string `db:"campaign,key" note:"the campaign"`
	Cell     string `db:"cell,key" note:"its name within the campaign"`
	Control  bool   `db:"control" note:"the control group: its people get no messages"`
}

var campaignCellRows = added[campaignCellRow]("campaign_cells",
	"The cells of campaigns, into which people are divided.")

type campaignCostRow struct {
	Campaign    string          `db:"campaign,key" note:"the campaign"`
	CostID      uuid.UUID       `db:"cost_id,key" note:"the cost"`
	What        *string         `db:"what" note:"what for"`
	CostOn      domain.Day      `db:"cost_on" note:"business day"`
	AmountMinor int64           `db:"amount_minor" note:"minor units of currency"`
	Currency    domain.Currency `db:"currency" note:"ISO 4217"`
}

var campaignCostRows = added[campaignCostRow]("campaign_costs",
	"What campaigns cost.")
