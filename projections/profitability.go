package projections

import (
	"encoding/json"
	"fmt"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

// Profitability keeps what it cost to serve each customer, by the costs in force when it happened.
var Profitability = Projector{
	Name:   "profitability",
	Tables: tables{activityCostsRows},
	Schema: `
-- What each customer brings in: profit = net revenue - cost of goods - cost to serve - compensation - acquisition cost. One row for each; those who were merged are in the survivor's. Goods that came back count as lost. Money is in minor units of the reporting currency.
CREATE VIEW customer_profitability AS
SELECT s.customer_id, -- who
	(SELECT currency FROM business_date) AS currency, -- reporting currency, ISO 4217
	s.gross_revenue_minor + s.discounts_minor AS list_revenue_minor, -- sum of purchases before discounts
	s.discounts_minor, -- what lines sold for less than their list price
	s.returns_value_minor, -- sum of refunds
	s.net_revenue_minor, -- list revenue less discounts and returns
	s.goods_cost_minor, -- cost of the goods sold, over the lines whose cost is known
	s.costed_revenue_minor::numeric / nullif(s.gross_revenue_minor, 0) AS costed_share, -- share of gross revenue whose cost of goods is known
	s.activities, -- activities with a cost
	s.cost_to_serve_minor, -- what they cost, by the costs in force when they happened
	s.compensation_minor, -- granted for the customer's trouble
	CASE WHEN s.acquisition_currency = (SELECT currency FROM business_date) THEN s.acquisition_cost_minor END AS acquisition_cost_minor, -- what it cost to win the customer; null where that is unknown or in another currency
	CASE WHEN s.margin_minor IS NOT NULL OR s.orders = 0 THEN s.net_revenue_minor - s.goods_cost_minor - s.cost_to_serve_minor
		- s.compensation_minor - coalesce(CASE WHEN s.acquisition_currency = (SELECT currency FROM business_date)
			THEN s.acquisition_cost_minor END, 0) END AS profit_minor -- what is left; null where the cost of nothing that they bought is known
FROM customer_summary s;
-- Customers by tenths of profit, the most profitable first: the whale curve. Who neither bought nor cost anything is left out, and so is of whom no profit is known.
CREATE VIEW profit_deciles AS
SELECT decile, -- 1 is the tenth of the customers that brings in most
	count(*) AS customers, -- in it
	sum(net_revenue_minor)::bigint AS net_revenue_minor, -- of them, minor units of the reporting currency
	sum(profit_minor)::bigint AS profit_minor, -- of them, minor units of the reporting currency
	min(profit_minor) AS least_profit_minor, -- of one of them, minor units of the reporting currency
	max(profit_minor) AS most_profit_minor, -- of one of them, minor units of the reporting currency
	sum(sum(profit_minor)) OVER (ORDER BY decile)::bigint AS cumulative_profit_minor, -- of this tenth and those before, minor units of the reporting currency
	sum(sum(profit_minor)) OVER (ORDER BY decile) / nullif(sum(sum(profit_minor)) OVER (), 0) AS cumulative_share -- the same as a share of all profit: above 1 where later tenths lose money
FROM (SELECT net_revenue_minor, profit_minor, ntile(10) OVER (ORDER BY profit_minor DESC, net_revenue_minor DESC) AS decile
	FROM customer_profitability WHERE profit_minor IS NOT NULL AND (profit_minor <> 0 OR net_revenue_minor <> 0 OR activities > 0)) t
GROUP BY decile;
`,
	On: []Handler{
		OnLog(func(e policy.Published, _ domain.Recorded, p *page) error {
			if e.Costs == nil {
				return nil
			}
			return p.publishCosts(int64(e.Version), e.Costs)
		}),
		On(func(_ customer.PurchaseRecorded, r domain.Recorded, p *fold) error {
			return p.cost(policy.Purchase, r.Metadata.Channel)
		}),
		On(func(_ customer.ReturnRecorded, r domain.Recorded, p *fold) error {
			return p.cost(policy.Return, r.Metadata.Channel)
		}),
		On(func(e customer.InteractionRecorded, _ domain.Recorded, p *fold) error {
			return p.cost(policy.Interaction, string(e.Kind))
		}),
		On(func(_ customer.InterviewHeld, _ domain.Recorded, p *fold) error {
			return p.cost(policy.Interaction, "interview")
		}),
		On(func(e customer.CaseOpened, _ domain.Recorded, p *fold) error {
			return p.cost(policy.Case, string(e.Type))
		}),
		On(func(e customer.CaseResolved, _ domain.Recorded, p *fold) error {
			if e.Compensation == nil {
				return nil
			}
			p.charges.add(charges{CompensationMinor: e.Compensation.ReportingMinor})
			return nil
		}),
		On(func(_ customer.CampaignMessageSent, r domain.Recorded, p *fold) error {
			return p.cost(policy.Message, r.Metadata.Channel)
		}),
		On(func(_ customer.MaintenancePerformed, r domain.Recorded, p *fold) error {
			return p.cost(policy.Maintenance, r.Metadata.Channel)
		}),
	},
}

// cost charges a customer with an activity, if it costs anything by what is in force on its day.
func (f *fold) cost(activity policy.Activity, kind string) error {
	costs := f.RulesNow(f.timeline).Costs
	each := costs.Of(activity, kind)
	if each.IsZero() {
		return nil
	}
	digits, err := costs.Currency.MinorDigits()
	if err != nil {
		return err
	}
	minor, err := domain.Minor(digits, each.Round(digits), decimal.One)
	if err != nil {
		return err
	}
	f.charges.add(charges{Activities: 1, ServeMinor: minor})
	return nil
}

// charges are what a customer cost beside the goods, in minor units of the reporting currency.
type charges struct {
	Activities        int64 `json:"activities,omitempty"` // that cost anything
	ServeMinor        int64 `json:"serve_minor,omitempty"`
	CompensationMinor int64 `json:"compensation_minor,omitempty"` // granted for the customer's trouble
}

func (c *charges) add(more charges) {
	c.Activities += more.Activities
	c.ServeMinor += more.ServeMinor
	c.CompensationMinor += more.CompensationMinor
}

type activityCostsRow struct {
	Version     int64           `db:"version,key" note:"counts from 1"`
	Costs       json.RawMessage `db:"costs" note:"the costs in the order in which they are asked: the first that fits counts"`
	PublishedOn *domain.Day     `db:"published_on" note:"business date from which they are in force"`
}

var activityCostsRows = added[activityCostsRow]("activity_costs",
	"What activities cost, every version that was in force.")

func (p *page) publishCosts(version int64, c *policy.Costs) error {
	text, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write down the costs: %w", err)
	}
	row := activityCostsRow{Version: version, Costs: text}
	row.PublishedOn = p.today()
	insert(p, activityCostsRows, row)
	return nil
}
