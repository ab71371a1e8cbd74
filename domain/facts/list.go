package facts

import (
	"slices"

	"github.com/rapport-crm/rapport/domain"
)

const (
	days  = "days"
	money = "major units of the reporting currency"
)

// Catalogue lists every fact that rules may speak of, in the order in which people should read about them.
var Catalogue = slices.Concat(
	touchpointFacts,
	tasteFacts,
	predictionFacts,
	attributeFacts,
	contactPointFacts,
	standingFacts,
	insightFacts,
	campaignFacts,
	surveyFacts,
	assetFacts,
	caseFacts,
	pointsFacts,
	loyalFacts,
	workFacts,
	consentFacts,
	opportunityFacts,
	leadFacts,
	offerFacts,
	orderFacts,
)

var touchpointFacts = []Fact{
	{Name: "kind", Kind: String, Doc: `What the customer is: "person" or "organisation".`,
		static: func(c *Customer) (any, bool) { return text(string(c.Profile.Kind)) }},
	{Name: "country", Kind: String, Doc: "The customer's country, as the source has it.",
		static: func(c *Customer) (any, bool) { return text(c.Profile.Country) }},
	{Name: "locale", Kind: String, Doc: "The customer's language and region, such as en-GB.",
		static: func(c *Customer) (any, bool) { return text(c.Profile.Locale) }},
	{Name: "external_systems", Kind: List, Doc: "The other systems that know the customer by an id of theirs.",
		static: func(c *Customer) (any, bool) { return c.Profile.Systems(), true }},
	{Name: "acquisition_source", Kind: String, Doc: "What brought the customer.",
		static: func(c *Customer) (any, bool) {
			if c.Profile.Acquired == nil {
				return nil, false
			}
			return text(c.Profile.Acquired.Source)
		}},
	{Name: "acquisition_campaign", Kind: String, Doc: "The campaign that brought the customer.",
		static: func(c *Customer) (any, bool) {
			if c.Profile.Acquired == nil {
				return nil, false
			}
			return text(c.Profile.Acquired.Campaign)
		}},
	{Name: "days_since_registration", Kind: Int, Unit: days, Doc: "Days since the customer was registered.",
		since: func(c *Customer) (domain.Day, bool) { return c.Profile.Registered() }},

	{Name: "orders", Kind: Int, Unit: "purchases", Doc: "How often the customer bought; an order that was cancelled before delivery is no purchase.",
		static: func(c *Customer) (any, bool) { return c.Value.Orders, true }},
	{Name: "purchase_days", Kind: Int, Unit: days, Doc: "On how many days the customer bought.",
		static: func(c *Customer) (any, bool) { return c.Value.PurchaseDays, true }},
	{Name: "frequency", Kind: Int, Unit: days, Doc: "Days with a repeat purchase: purchase days less the first.",
		static: func(c *Customer) (any, bool) { return c.Value.Frequency(), true }},
	{Name: "recency_days", Kind: Int, Unit: days, Doc: "Days since the last purchase. Not t_x.",
		since: func(c *Customer) (domain.Day, bool) { return c.Value.LastPurchase() }},
	{Name: "t_x", Kind: Int, Unit: days,
		Doc:    "The customer's age at the last purchase: days from the first to the last.",
		static: func(c *Customer) (any, bool) { return integer(c.Value.TX()) }},
	{Name: "t_age", Kind: Int, Unit: days, Doc: "The customer's age: days since the first purchase.",
		since: func(c *Customer) (domain.Day, bool) { return c.Value.FirstPurchase() }},
	{Name: "avg_interpurchase_days", Kind: Double, Unit: days,
		Doc: "t_x divided by frequency; absent before the second purchase day.",
		static: func(c *Customer) (any, bool) {
			tx, _ := c.Value.TX()
			return ratio(tx, c.Value.Frequency())
		}},
	{Name: "returns", Kind: Int, Unit: "returns", Doc: "How often the customer brought something back.",
		static: func(c *Customer) (any, bool) { return c.Value.Returns, true }},

	{Name: "currency", Kind: String, Doc: "The reporting currency; absent before the first purchase or return.",
		static: func(c *Customer) (any, bool) { return text(string(c.Value.Currency)) }},
	{Name: "gross_revenue", Kind: Double, Unit: money, Doc: "What the customer bought for.",
		static: func(c *Customer) (any, bool) { return major(c.Value.GrossMinor, c.Value.Digits), true }},
	{Name: "returns_value", Kind: Double, Unit: money, Doc: "What the customer was refunded.",
		static: func(c *Customer) (any, bool) { return major(c.Value.ReturnsMinor, c.Value.Digits), true }},
	{Name: "net_revenue", Kind: Double, Unit: money, Doc: "Gross revenue less returns.",
		static: func(c *Customer) (any, bool) { return major(c.Value.NetMinor, c.Value.Digits), true }},
	{Name: "margin", Kind: Double, Unit: money,
		Doc: "What the lines with a known cost sold for, less that cost and all refunds; absent where no cost is known.",
		static: func(c *Customer) (any, bool) {
			minor, ok := c.Value.MarginMinor()
			return major(minor, c.Value.Digits), ok
		}},
	{Name: "avg_order_value", Kind: Double, Unit: money, Doc: "Gross revenue a purchase; absent before the first.",
		static: func(c *Customer) (any, bool) {
			return ratio(c.Value.GrossMinor, c.Value.Orders*scale(c.Value.Digits))
		}},

	{Name: "archived", Kind: Bool, Doc: "Whether the customer is set aside.",
		static: func(c *Customer) (any, bool) { return c.ArchivedOn != nil, true }},

	{Name: "interactions", Kind: Int, Unit: "contacts", Doc: "How often we were in contact, transactions apart.",
		static: func(c *Customer) (any, bool) { return c.Contacts.Interactions, true }},
	{Name: "days_since_contact", Kind: Int, Unit: days, Doc: "Days since the last contact, transactions apart.",
		since: func(c *Customer) (domain.Day, bool) { return c.Contacts.LastContact() }},

	{Name: "purchase_days_in", Kind: Int, Unit: days, Doc: "On how many of the last N days the customer bought.",
		window: over[Day]{valueDays, func(d *Day) int64 { return min(d.Orders, 1) }}},
	{Name: "orders_in", Kind: Int, Unit: "purchases", Doc: "How often the customer bought in the last N days.",
		window: over[Day]{valueDays, func(d *Day) int64 { return d.Orders }}},
	{Name: "net_revenue_in", Kind: Double, Unit: money, Doc: "Gross revenue less returns, both of the last N days.",
		window: over[Day]{valueDays, func(d *Day) int64 { return d.GrossMinor - d.ReturnedMinor }}},
	{Name: "returns_in", Kind: Int, Unit: "returns",
		Doc:    "How often the customer brought something back in the last N days.",
		window: over[Day]{valueDays, func(d *Day) int64 { return d.Returns }}},
	{Name: "interactions_in", Kind: Int, Unit: "contacts", Doc: "How often we were in contact in the last N days.",
		window: over[ContactDay]{contactDays, func(d *ContactDay) int64 { return d.Interactions }}},

	{Name: "promises_open", Kind: Int, Unit: "promises", Doc: "What we promised the customer and have neither done nor failed to do.",
		static: func(c *Customer) (any, bool) { return c.Promises.Open, true }},
	{Name: "promises_broken", Kind: Int, Unit: "promises", Doc: "What we promised the customer and did not do.",
		static: func(c *Customer) (any, bool) { return c.Promises.Broken, true }},
}

func valueDays(c *Customer) []Day          { return c.Value.Days }
func contactDays(c *Customer) []ContactDay { return c.Contacts.Days }

func text(s string) (any, bool) { return s, s != "" }

func integer(n int64, ok bool) (any, bool) { return n, ok }

func ratio(sum, parts int64) (any, bool) {
	if parts == 0 {
		return nil, false
	}
	return float64(sum) / float64(parts), true
}
