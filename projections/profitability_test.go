package projections

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

func (w *world) costs(version int, activities ...policy.ActivityCost) {
	w.append(policy.Stream(policy.CostsName), "2024-01-01", policy.Published{Policy: policy.CostsName, Version: version,
		Costs: &policy.Costs{Currency: "EUR", Activities: activities}})
}

func TestProfitability(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.append(business.Stream, "2024-01-01", business.CurrencySet{Currency: "EUR"})
	contact := policy.ActivityCost{Activity: policy.Interaction, Cost: decimal.MustParse("0.5")}
	call := policy.ActivityCost{Activity: policy.Interaction, Kind: "call", Cost: decimal.MustParse("4.505")}
	w.costs(1, call, contact, policy.ActivityCost{Activity: policy.Case, Kind: "complaint", Cost: decimal.MustParse("25")},
		policy.ActivityCost{Activity: policy.Purchase, Cost: decimal.MustParse("2")})
	cost := decimal.MustParse("12.345")
	w.append(streamOf("ann"), "2024-01-01", customer.Registered{Kind: customer.Person, Name: "ann",
		Acquired: &customer.Acquisition{Source: "fair", Cost: &cost, Currency: "EUR"}})
	sold := bought(who("first"), 10_000)
	list, goods := int64(12_500), int64(6_000)
	sold.Lines[0].ListMinor, sold.Lines[0].CostMinor = &list, &goods
	w.append(streamOf("ann"), "2024-01-02", sold, refunded(1_000))
	w.append(streamOf("ann"), "2024-01-03", customer.InteractionRecorded{InteractionID: who("contact 1"), Kind: "call"}, customer.InteractionRecorded{InteractionID: who("contact 2"), Kind: "chat"})
	w.costs(2, contact) // calls are cheaper from now on, and the rest costs nothing
	w.append(streamOf("ann"), "2024-01-04", customer.InteractionRecorded{InteractionID: who("contact 3"), Kind: "call"})
	w.register("anna", "2024-01-01")
	w.append(streamOf("anna"), "2024-01-04",
		customer.CaseOpened{CaseID: who("case"), Type: customer.Complaint, Priority: customer.Normal}, customer.InteractionRecorded{InteractionID: who("contact 4"), Kind: "email"},
		customer.CaseResolved{CaseID: who("case"), Compensation: &customer.Granted{ReportingMinor: 777, ReportingCurrency: "EUR"}})
	w.settle()
	const row = `SELECT currency, list_revenue_minor, discounts_minor, returns_value_minor, net_revenue_minor, goods_cost_minor,
		costed_share::float, activities, cost_to_serve_minor, compensation_minor, acquisition_cost_minor, profit_minor
		FROM customer_profitability WHERE customer_id = $1`
	// 10000 - 1000 - 6000 - (200 + 450 + 50 + 50) - 1234
	expect(t, "ann", w.text(row, [16]byte(who("ann"))), "EUR 12500 2500 1000 9000 6000 1 4 750 0 1234 1016")
	expect(t, "anna", w.text(row, [16]byte(who("anna"))), "EUR 0 0 0 0 0 <nil> 1 50 777 <nil> -827")

	w.append(streamOf("anna"), "2024-01-05", customer.Merged{Into: who("ann")})
	w.settle()
	expect(t, "both", w.text(row, [16]byte(who("ann"))), "EUR 12500 2500 1000 9000 6000 1 5 800 777 1234 189")
	expect(t, "one row", w.text("SELECT count(*) FROM customer_profitability"), "1")
	before := w.checksums()
	w.waitState(stateLive)
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, w.checksums()); diff != "" {
		t.Errorf("rebuilt:\n%s", diff)
	}
}

// gratis is a purchase of what is known to have cost nothing.
func gratis(minor int64) customer.PurchaseRecorded {
	p, nothing, none := bought(uuid.New(), minor), decimal.Zero, int64(0)
	p.Lines[0].UnitCost, p.Lines[0].CostMinor = &nothing, &none
	return p
}

// Twenty customers, of whom the last lose money: the curve rises above all profit and falls back.
func TestTheWhaleCurve(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.append(business.Stream, "2024-01-01", business.CurrencySet{Currency: "EUR"})
	for i := range 20 {
		name := fmt.Sprint(i)
		w.register(name, "2024-01-01")
		w.append(streamOf(name), "2024-01-02", gratis(int64(100*(i+1))))
		if i < 4 {
			w.append(streamOf(name), "2024-01-03", refunded(int64(100*(i+1)+50)))
		}
	}
	w.register("nobody", "2024-01-01")
	w.buys("unknown", "2024-01-02", 500)
	w.settle()
	expect(t, "tenths", w.text("SELECT decile, customers, profit_minor, cumulative_profit_minor FROM profit_deciles ORDER BY 1"),
		"1 2 3900 3900\n2 2 3500 7400\n3 2 3100 10500\n4 2 2700 13200\n5 2 2300 15500\n6 2 1900 17400\n"+
			"7 2 1500 18900\n8 2 1100 20000\n9 2 -100 19900\n10 2 -100 19800")
	expect(t, "the top", w.text("SELECT max(round(cumulative_share, 4))::text FROM profit_deciles"), "1.0101")
}
