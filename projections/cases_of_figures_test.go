package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Customers who are alike have equal scores.
func TestEqualCustomersHaveEqualScores(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	for i := range 10 {
		w.buys(string(rune('a'+i)), "2024-01-05", 1000)
	}
	w.settle()
	expect(t, "ten alike", w.text("SELECT DISTINCT rfm_score FROM rfm"), "555")
	w.buys("better", "2024-01-06", 5000)
	w.settle()
	expect(t, "one better", w.text("SELECT rfm_score, count(*) FROM rfm GROUP BY 1 ORDER BY 1 DESC"), "555 11")
	for i := range 5 {
		w.buys(string(rune('m'+i)), "2024-01-07", 9000)
	}
	w.settle()
	expect(t, "six better", w.text("SELECT r_score, count(*) FROM rfm GROUP BY 1 ORDER BY 1 DESC"), "5 5\n4 11")
}

// What nobody knows is no profit, and what came back is no margin and no spend of a campaign.
func TestProfitMarginAndSpendAreWhatIsLeft(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.buys("unknown", "2024-01-05", 1000)
	id, cost := uuid.New(), int64(1850)
	costed := bought(id, 5000)
	unit := domain.Major(cost, 2)
	costed.Lines[0].UnitCost, costed.Lines[0].CostMinor = &unit, &cost
	w.append(campaign.Stream("spring"), "2024-01-01", campaign.Planned{Campaign: "spring", Terms: campaign.Terms{Purpose: "marketing",
		Channel: "email", WindowDays: 30, Cells: []campaign.Cell{{Cell: "mail"}, {Cell: "none", Control: true}}}})
	until := domain.Day(19723 + 30)
	w.append(streamOf("back"), "2024-01-02", customer.CampaignAssigned{Campaign: "spring", Cell: "mail", WindowEndsOn: until})
	w.append(streamOf("back"), "2024-01-05", costed)
	all := refunded(5000)
	all.PurchaseID = &id
	w.append(streamOf("back"), "2024-01-08", all)
	w.settle()
	profit := func(name string) string {
		return w.text("SELECT profit_minor FROM customer_profitability WHERE customer_id = $1", [16]byte(who(name)))
	}
	expect(t, "no cost is known", profit("unknown"), "<nil>")
	expect(t, "all came back", profit("back"), "-1850")
	expect(t, "margin", w.text("SELECT margin_minor FROM customer_value WHERE customer_id = $1", [16]byte(who("back"))), "-1850")
	expect(t, "campaign", w.text("SELECT conversions, spend_minor FROM campaign_result WHERE cell = 'mail'"), "1 0")
}
