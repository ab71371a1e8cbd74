package projections

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// Customers keeps one row for each customer, and the views on it that answer who they are and what they
// are worth. What depends on the business date stands in the views, so that a closed day writes nothing.
var Customers = Projector{
	Name:   "customers",
	Tables: tables{summaryRows},
	Schema: `
CREATE INDEX ON customer_summary (lower(name) text_pattern_ops); -- customers by how their name begins
CREATE INDEX ON customer_summary (registered_on); -- who was registered in a span of days
CREATE INDEX ON customer_summary (stage); -- the customers on a stage of the ladder
CREATE INDEX ON customer_summary (due_on) WHERE due_on IS NOT NULL; -- Internal: for whom something falls due on the day that closes
CREATE INDEX ON customer_summary (wake_on) WHERE wake_on IS NOT NULL; -- Internal: whose judgement may change on the day that closes, so that nobody else is judged
-- What each customer is worth to date: one row for each; those who were merged are in the survivor's. Money is in minor units of the reporting currency.
CREATE VIEW customer_value AS
SELECT s.customer_id, -- who
	s.currency, -- reporting currency, ISO 4217
	s.first_purchase_on, -- business day of the first purchase
	s.last_purchase_on, -- business day of the last purchase
	s.orders, -- purchases
	s.purchase_days, -- distinct days with a purchase
	greatest(s.purchase_days - 1, 0) AS frequency, -- repeat purchases, as days with a purchase but the first
	s.last_purchase_on - s.first_purchase_on AS t_x, -- age at the last purchase, days
	CASE WHEN s.orders > 0 THEN greatest((SELECT business_date FROM business_date) - s.first_purchase_on, 0) END AS t_age, -- age since the first purchase at the business date, days
	CASE WHEN s.orders > 0 THEN greatest((SELECT business_date FROM business_date) - s.last_purchase_on, 0) END AS recency_days, -- days since the last purchase at the business date
	CASE WHEN s.purchase_days > 1 THEN s.repeat_revenue_minor::numeric / (s.purchase_days - 1)
		WHEN s.purchase_days = 1 THEN 0 END AS monetary_value_minor, -- mean gross revenue per repeat purchase, the days after the first one, as models of spend take it; 0 before the second, minor units
	s.gross_revenue_minor, -- sum of purchases
	s.returns, -- returns
	s.returns_value_minor, -- sum of refunds
	s.net_revenue_minor, -- gross less returns
	s.margin_minor, -- revenue less cost of goods over the lines whose cost is known, less refunds; goods that came back count as lost; null where no cost is known
	CASE WHEN s.orders > 0 THEN s.gross_revenue_minor::numeric / s.orders END AS avg_order_value_minor, -- mean gross revenue per purchase, minor units
	CASE WHEN s.purchase_days > 1 THEN (s.last_purchase_on - s.first_purchase_on)::numeric / (s.purchase_days - 1)
		END AS avg_interpurchase_days -- mean days between purchase days; null before the second
FROM customer_summary s;
-- Each customer at a glance: who they are, where they stand, what they did. One row for each; those who were merged are in the survivor's.
CREATE VIEW customer_360 AS
SELECT s.customer_id, -- who
	s.kind, -- person or organisation
	s.name, -- Personal: as registered
	s.country, -- as registered
	s.locale, -- BCP 47
	s.external_ids, -- Personal: ids in other systems
	s.registered_on, -- business day of registration
	s.acquisition_source, -- what brought them
	s.acquisition_campaign, -- the campaign that brought them
	s.stage, -- stage of the loyalty ladder
	s.stage_since, -- the business day on which they stepped there
	coalesce(m.segments, '{}') AS segments, -- the segments that they belong to now
	s.first_purchase_on, -- business day of the first purchase
	s.last_purchase_on, -- business day of the last purchase
	s.orders, -- purchases
	s.purchase_days, -- distinct days with a purchase
	greatest(s.purchase_days - 1, 0) AS frequency, -- repeat purchases, as days with a purchase but the first
	CASE WHEN s.orders > 0 THEN greatest((SELECT business_date FROM business_date) - s.last_purchase_on, 0) END AS recency_days, -- days since the last purchase at the business date
	s.currency, -- reporting currency of the money columns, ISO 4217
	s.gross_revenue_minor, -- sum of purchases, minor units
	s.returns, -- returns
	s.returns_value_minor, -- sum of refunds, minor units
	s.net_revenue_minor, -- gross less returns, minor units
	s.interactions, -- contacts that were not transactions
	s.last_contact_on, -- business day of the last of them
	s.last_event_on, -- newest day on which anything happened
	s.archived_on, -- business day on which they were set aside; null while they are not
	(SELECT business_date FROM business_date) AS business_date, -- the date on which all this rests
	s.erased_on, -- business day on which they were erased: nothing personal of them is left since; null while they are somebody
	s.revision -- of the customer's stream, as far as it is in the tables
FROM customer_summary s
LEFT JOIN (SELECT customer_id, array_agg(segment ORDER BY segment) AS segments FROM segment_membership
	WHERE valid_to IS NULL GROUP BY customer_id) m ON m.customer_id = s.customer_id;
`,
}

type summaryRow struct {
	CustomerID          uuid.UUID        `db:"customer_id,key" note:"who"`
	Kind                string           `db:"kind" note:"person or organisation; empty before registration"`
	Name                *string          `db:"name" note:"Personal: as registered"`
	Country             *string          `db:"country" note:"as registered"`
	Locale              *string          `db:"locale" note:"BCP 47"`
	ExternalIDs         json.RawMessage  `db:"external_ids" note:"Personal: ids in other systems: [{\"system\",\"id\"}]"`
	RegisteredOn        *domain.Day      `db:"registered_on" note:"business day of registration"`
	AcquisitionSource   *string          `db:"acquisition_source" note:"what brought them"`
	AcquisitionCampaign *string          `db:"acquisition_campaign" note:"the campaign that brought them"`
	AcquisitionCost     *decimal.Decimal `db:"acquisition_cost" note:"what that cost, in acquisition_currency"`
	AcquisitionCurrency *string          `db:"acquisition_currency" note:"ISO 4217"`
	AcquisitionMinor    *int64           `db:"acquisition_cost_minor" note:"the same in minor units"`
	Currency            *string          `db:"currency" note:"reporting currency of the money columns, ISO 4217"`
	FirstPurchaseOn     *domain.Day      `db:"first_purchase_on" note:"business day of the first purchase"`
	LastPurchaseOn      *domain.Day      `db:"last_purchase_on" note:"business day of the last purchase"`
	Orders              int64            `db:"orders" note:"purchases"`
	PurchaseDays        int64            `db:"purchase_days" note:"distinct days with a purchase"`
	Categories          int64            `db:"categories" note:"distinct categories bought of"`
	Returns             int64            `db:"returns" note:"returns"`
	GrossMinor          int64            `db:"gross_revenue_minor" note:"sum of purchases, minor units"`
	RepeatMinor         int64            `db:"repeat_revenue_minor" note:"of it on days after the first purchase day, minor units"`
	ReturnsMinor        int64            `db:"returns_value_minor" note:"sum of refunds, minor units"`
	NetMinor            int64            `db:"net_revenue_minor" note:"gross less returns, minor units"`
	DiscountsMinor      int64            `db:"discounts_minor" note:"what lines sold for less than their list price, minor units"`
	GoodsMinor          int64            `db:"goods_cost_minor" note:"cost of the goods sold, over the lines whose cost is known, minor units"`
	CostedMinor         int64            `db:"costed_revenue_minor" note:"what those lines sold for, minor units"`
	MarginMinor         *int64           `db:"margin_minor" note:"revenue less cost of goods over the lines whose cost is known, less refunds, minor units; goods that came back count as lost"`
	Activities          int64            `db:"activities" note:"activities with a cost"`
	ServeMinor          int64            `db:"cost_to_serve_minor" note:"what they cost, minor units"`
	CompensationMinor   int64            `db:"compensation_minor" note:"granted for the customer's trouble, minor units"`
	Interactions        int64            `db:"interactions" note:"contacts that were not transactions"`
	LastContactOn       *domain.Day      `db:"last_contact_on" note:"business day of the last of them"`
	LastEventOn         *domain.Day      `db:"last_event_on" note:"newest day on which anything happened"`
	Stage               *string          `db:"stage" note:"stage of the loyalty ladder"`
	StageSince          *domain.Day      `db:"stage_since" note:"the business day on which they stepped there"`
	StagePolicyVersion  *int64           `db:"stage_policy_version" note:"version of the ladder that says so"`
	ArchivedOn          *domain.Day      `db:"archived_on" note:"business day on which they were set aside; null while they are not"`
	ErasedOn            *domain.Day      `db:"erased_on" note:"business day on which they were erased: nothing personal of them is left since; null while they are somebody"`
	Revision            int64            `db:"revision" note:"of the customer's stream, as far as it is in the tables"`
	WakeOn              *domain.Day      `db:"wake_on" note:"the day on which time alone next changes a stage, a membership or a risk"`
	DueOn               *domain.Day      `db:"due_on" note:"the first business day at whose end something falls due by itself"`
}

var summaryRows = kept[summaryRow]("customer_summary",
	"What is stored of each customer: one row for each. Read customer_360 and customer_value instead.")

// summaryOf makes the row of a person.
func summaryOf(of *fold) (summaryRow, error) {
	f, id := &of.Facts, of.id
	who, v := f.Profile, f.Value
	row := summaryRow{CustomerID: id, Kind: string(who.Kind), Name: optional(who.Name),
		Country: optional(who.Country), Locale: optional(who.Locale), ExternalIDs: json.RawMessage("[]"),
		RegisteredOn: day(f.Profile.Registered()), Currency: optional(v.Currency),
		FirstPurchaseOn: day(f.Value.FirstPurchase()), LastPurchaseOn: day(f.Value.LastPurchase()),
		Orders: v.Orders, PurchaseDays: v.PurchaseDays, Categories: int64(len(f.Tastes)), Returns: v.Returns, GrossMinor: v.GrossMinor,
		RepeatMinor: f.Value.RepeatMinor(), ReturnsMinor: v.ReturnsMinor, NetMinor: v.NetMinor,
		DiscountsMinor: v.DiscountsMinor, GoodsMinor: v.CostMinor, CostedMinor: v.CostedMinor,
		Activities: of.charges.Activities, ServeMinor: of.charges.ServeMinor, CompensationMinor: of.charges.CompensationMinor,
		Interactions:  f.Contacts.Interactions,
		LastContactOn: day(f.Contacts.LastContact()), LastEventOn: day(f.Touched()), Revision: max(0, of.revision),
		ArchivedOn: f.ArchivedOn, ErasedOn: of.erasedOn, DueOn: day(f.Deadlines.Next())}
	if of.Due {
		next := of.Next
		row.WakeOn = &next
	}
	if margin, ok := f.Value.MarginMinor(); ok {
		row.MarginMinor = &margin
	}
	if a := who.Acquired; a != nil {
		row.AcquisitionSource, row.AcquisitionCampaign = optional(a.Source), optional(a.Campaign)
		row.AcquisitionCost, row.AcquisitionCurrency = a.Cost, optional(a.Currency)
		var err error
		if row.AcquisitionMinor, err = minorOf(a.Cost, a.Currency); err != nil {
			return row, fmt.Errorf("acquisition cost of customer %s: %w", id, err)
		}
	}
	if s := of.Stage; s != nil {
		row.Stage, row.StageSince, row.StagePolicyVersion = &s.Stage, &s.Since, &s.Version
	}
	if len(who.ExternalIDs) > 0 {
		var err error
		if row.ExternalIDs, err = json.Marshal(who.ExternalIDs); err != nil {
			return row, fmt.Errorf("external ids of customer %s: %w", id, err)
		}
	}
	return row, nil
}

// minorOf answers an amount in minor units of its currency; nil without an amount.
func minorOf(amount *decimal.Decimal, c domain.Currency) (*int64, error) {
	if amount == nil {
		return nil, nil
	}
	digits, err := c.MinorDigits()
	if err != nil {
		return nil, err
	}
	minor, err := domain.Minor(digits, amount.Round(digits), decimal.One)
	return &minor, err
}

// day turns an optional day into a nullable one.
func day(d domain.Day, ok bool) *domain.Day {
	if !ok {
		return nil
	}
	return &d
}
