package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
)

// Campaigns keeps what is planned for whom, how far it went, what it cost, and what came of it.
var Campaigns = Projector{
	Name: "campaigns",
	Schema: `
-- Every campaign.
CREATE TABLE campaigns (
	campaign text PRIMARY KEY, -- its name
	title text, -- what people call it
	state text NOT NULL CHECK (state IN ('planned', 'launched', 'closed')), -- how far it went
	purpose text NOT NULL, -- for which people have to consent
	channel text NOT NULL, -- of its messages: email, sms, …
	window_days bigint NOT NULL, -- purchases and visits on so many days from the assignment on are its results
	planned_on date NOT NULL, -- business day of the plan
	launched_on date, -- business day on which it began
	closed_on date -- business day on which it ended
);
-- The cells of campaigns, into which people are divided.
CREATE TABLE campaign_cells (
	campaign text NOT NULL, -- the campaign
	cell text NOT NULL, -- its name within the campaign
	control boolean NOT NULL, -- the control group: its people get no messages
	PRIMARY KEY (campaign, cell)
);
-- What campaigns cost.
CREATE TABLE campaign_costs (
	campaign text NOT NULL, -- the campaign
	cost_id uuid NOT NULL, -- the cost
	what text, -- what for
	cost_on date NOT NULL, -- business day
	amount_minor bigint NOT NULL, -- minor units of currency
	currency text NOT NULL, -- ISO 4217
	PRIMARY KEY (campaign, cost_id)
);
-- What came of campaigns: a row for each cell. Results are what people did within the window of their assignment.
CREATE VIEW campaign_result AS
SELECT r.campaign, -- the campaign
	r.cell, -- the cell
	r.control, -- the control group
	r.people, -- assigned to the cell
	r.messages, -- messages that were sent to them
	r.visits, -- people who visited the web site within the window (interactions of kind web_visit)
	r.conversions, -- people who bought within the window
	r.spend_minor, -- what they bought for within the window, minor units of the reporting currency
	r.visits::numeric / r.people AS visit_rate, -- visits a head, 0 to 1
	r.conversions::numeric / r.people AS conversion_rate, -- conversions a head, 0 to 1
	r.spend_minor::numeric / r.people AS spend_per_head_minor, -- spend a head, minor units
	r.conversions::numeric / r.people - c.conversions::numeric / c.people AS lift, -- conversion rate less that of the control group
	(r.conversions::numeric / r.people - c.conversions::numeric / c.people) / nullif(sqrt(
		(r.conversions + c.conversions)::numeric / (r.people + c.people)
		* (1 - (r.conversions + c.conversions)::numeric / (r.people + c.people))
		* (1.0 / r.people + 1.0 / c.people)), 0) AS lift_z -- z of the lift (two proportions, pooled): beyond ±1.96, chance is below 5 %
FROM campaign_cell_result r LEFT JOIN campaign_cell_result c ON c.campaign = r.campaign AND c.control AND NOT r.control;
`,
	On: []Handler{
		On(func(e campaign.Planned, r domain.Recorded, p *page) error {
			row, err := rowOf(p, campaignRows, e.Campaign)
			if err != nil {
				return err
			}
			row.Title, row.State, row.Purpose, row.Channel = optional(e.Title), "planned", e.Purpose, e.Channel
			row.WindowDays, row.PlannedOn = int64(e.WindowDays), p.dayOfFact(r)
			for _, cell := range e.Cells {
				add(p, campaignCellRows, campaignCellRow{e.Campaign, cell.Cell, cell.Control})
			}
			return nil
		}),
		On(func(e campaign.Launched, r domain.Recorded, p *page) error {
			row, err := rowOf(p, campaignRows, e.Campaign)
			if err != nil {
				return err
			}
			on := p.dayOfFact(r)
			row.State, row.LaunchedOn = "launched", &on
			return nil
		}),
		On(func(e campaign.Closed, r domain.Recorded, p *page) error {
			row, err := rowOf(p, campaignRows, e.Campaign)
			if err != nil {
				return err
			}
			on := p.dayOfFact(r)
			row.State, row.ClosedOn = "closed", &on
			return nil
		}),
		On(func(e campaign.CostRecorded, r domain.Recorded, p *page) error {
			add(p, campaignCostRows, campaignCostRow{Campaign: e.Campaign, CostID: e.CostID, What: optional(e.What),
				CostOn: p.dayOfFact(r), AmountMinor: e.AmountMinor, Currency: e.Currency})
			return nil
		}),
	},
}

// dayOfFact answers the business day of a fact that is of no customer.
func (p *page) dayOfFact(r domain.Recorded) domain.Day {
	return domain.DayOf(r.Metadata.OccurredAt, p.clock.zone)
}

type campaignRow struct {
	Campaign   string      `db:"campaign"`
	Title      *string     `db:"title"`
	State      string      `db:"state"`
	Purpose    string      `db:"purpose"`
	Channel    string      `db:"channel"`
	WindowDays int64       `db:"window_days"`
	PlannedOn  domain.Day  `db:"planned_on"`
	LaunchedOn *domain.Day `db:"launched_on"`
	ClosedOn   *domain.Day `db:"closed_on"`
}

var campaignRows = keyedRows("campaigns", 1, func(name string) campaignRow { return campaignRow{Campaign: name} })

type campaignCellRow struct {
	Campaign string `db:"campaign"`
	Cell     string `db:"cell"`
	Control  bool   `db:"control"`
}

var campaignCellRows = added[campaignCellRow]("campaign_cells")

type campaignCostRow struct {
	Campaign    string          `db:"campaign"`
	CostID      uuid.UUID       `db:"cost_id"`
	What        *string         `db:"what"`
	CostOn      domain.Day      `db:"cost_on"`
	AmountMinor int64           `db:"amount_minor"`
	Currency    domain.Currency `db:"currency"`
}

var campaignCostRows = added[campaignCostRow]("campaign_costs")
