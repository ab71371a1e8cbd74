package projections

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/value"
)

func TestEquity(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.append(business.Stream, "2022-01-01", business.CurrencySet{Currency: "EUR"})
	w.segment("regulars", 1, "orders >= 2")
	for i := range 4 {
		w.register(fmt.Sprint(i), "2022-01-01")
		w.buys(fmt.Sprint(i), "2022-01-05", 2000)
	}
	w.buys("0", "2023-06-01", 3000)
	w.buys("1", "2023-06-02", 3000)
	cost := decimal.MustParse("40")
	w.append(streamOf("new"), "2023-05-01", customer.Registered{Kind: customer.Person,
		Acquired: &customer.Acquisition{Source: "fair", Cost: &cost, Currency: "EUR"}})
	w.buys("new", "2023-05-02", 1000)
	w.append(campaign.Stream("spring"), "2023-05-01", campaign.Planned{Campaign: "spring", Terms: campaign.Terms{Purpose: "marketing", Channel: "email",
		WindowDays: 14, Cells: []campaign.Cell{{Cell: "all"}}}},
		campaign.CostRecorded{Campaign: "spring", CostID: uuid.UUID{1}, AmountMinor: 3000, Currency: "EUR"})
	for _, member := range []string{"0", "1", "new"} {
		w.append(streamOf(member), "2023-05-10", customer.CampaignAssigned{Campaign: "spring", Cell: "all"})
	}
	w.closeDay("2023-06-30")
	w.fit("2023-06-30", value.BGNBD)
	w.settle()
	w.waitState(stateLive)

	// What the parts come to is what their customers come to.
	expect(t, "parts", w.text(`SELECT part, name, customers, historic_ltv_minor FROM customer_equity ORDER BY 1, 2`), `
all <nil> 5 15000
cohort 2022-01-01 4 14000
cohort 2023-05-01 1 1000
segment regulars 2 10000
stage customer 3 11000
stage lost 2 4000`)
	expect(t, "sums", w.text(`SELECT count(*) FROM customer_equity e WHERE part = 'all'
		AND abs(clv_36m_minor - (SELECT sum(clv_36m_minor) FROM clv)) <= 2.5
		AND clv_36m_minor = (SELECT sum(clv_36m_minor) FROM customer_equity WHERE part = 'cohort')
		AND clv_36m_minor = (SELECT sum(clv_36m_minor) FROM customer_equity WHERE part = 'stage')`), "1")
	// 4000 for the one who came; two of the three members of the campaign were customers before: 2000 for two who stayed.
	expect(t, "winning and keeping", w.text(`SELECT acquired, acquisition_cost_minor, kept, round(retention_cost_minor)::text,
		round(retention_cost_each_minor)::text, round(acquisition_to_retention, 2)::text,
		round((clv_to_cac * 4000 / clv_36m_each_minor)::numeric, 6)::text FROM acquisition_retention`), "1 4000 2 2000 1000 4.00 1.000000")
}

func TestMaturity(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.settle()
	w.waitState(stateLive)
	expect(t, "nothing yet", w.text("SELECT level, name, cardinality(missing) FROM crm_maturity"), "1 pre-planning 4")
	w.append(streamOf("ann"), "2024-01-01", customer.Registered{Kind: customer.Person,
		ExternalIDs: []customer.ExternalID{{System: "shop", ID: "1"}}})
	w.buys("ann", "2024-01-02", 100)
	w.closeDay("2024-01-02")
	w.settle()
	expect(t, "a repository", w.text("SELECT level, name, missing[1], cardinality(missing) FROM crm_maturity"),
		"2 data repository answers about satisfaction in the last 365 days 4")
	w.segment("all", 1, "true")
	w.settle()
	expect(t, "one thing more", w.text("SELECT level, cardinality(missing) FROM crm_maturity"), "2 3")
	expect(t, "levels", w.text("SELECT min(level), max(level), count(*) > 15 FROM crm_maturity_criteria"), "2 5 true")
}
