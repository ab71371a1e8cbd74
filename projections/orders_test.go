package projections

import (
	"testing"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestOrders(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	due, err := domain.ParseDay("2024-01-10")
	if err != nil {
		t.Fatal(err)
	}
	tell := func(date string, events ...domain.Event) {
		for _, e := range events {
			w.append(streamOf("ann"), date, e)
		}
		w.settle()
	}
	worth := func(minor int64) customer.Worth {
		return customer.Worth{AmountMinor: minor, ReportingMinor: minor / 2}
	}
	ids := []uuid.UUID{{1}, {2}, {3}, {4}}
	for _, id := range ids {
		tell("2024-01-02", customer.PurchaseRecorded{PurchaseID: id, Currency: "EUR", ReportingCurrency: "GBP",
			TotalMinor: 1000, ReportingTotalMinor: 500},
			customer.OrderPlaced{PurchaseID: id, Currency: "EUR", Worth: worth(1000), PaymentDueOn: &due})
	}
	pay := func(n byte, order uuid.UUID, minor int64) customer.OrderPaid {
		return customer.OrderPaid{PaymentID: uuid.UUID{n}, PurchaseID: order, Method: "card", Currency: "EUR",
			Worth: worth(minor)}
	}
	tell("2024-01-03", pay(1, ids[0], 400), pay(2, ids[2], 300))
	tell("2024-01-05", pay(3, ids[0], 600), customer.OrderShipped{PurchaseID: ids[0], Carrier: "Parcels Ltd"},
		customer.OrderShipped{PurchaseID: ids[1]})
	tell("2024-01-08", customer.OrderDelivered{PurchaseID: ids[1]})
	tell("2024-01-09", customer.OrderCancelled{PurchaseID: ids[2], Reason: "too late"},
		customer.ReturnRecorded{ReturnID: uuid.UUID{9}, PurchaseID: &ids[2], Currency: "EUR", ReportingCurrency: "GBP",
			TotalMinor: 1000, ReportingTotalMinor: 500}, pay(4, ids[3], 1001))
	w.closeDay("2024-01-14")
	w.settle()
	expect(t, "orders", w.text(`SELECT state, owed_minor, paid_minor, paid_reporting_minor, payments, placed_on, paid_on,
		shipped_on, delivered_on, cancelled_on, reason, carrier FROM orders ORDER BY purchase_id`), `
shipped 1000 1000 500 2 2024-01-02 2024-01-05 2024-01-05 <nil> <nil> <nil> Parcels Ltd
delivered 1000 0 0 0 2024-01-02 <nil> 2024-01-05 2024-01-08 <nil> <nil> <nil>
cancelled 1000 300 150 1 2024-01-02 <nil> <nil> <nil> 2024-01-09 too late <nil>
paid 1000 1001 500 1 2024-01-02 2024-01-09 <nil> <nil> <nil> <nil> <nil>`)
	expect(t, "payments", w.text(`SELECT paid_on, method, amount_minor, reporting_minor FROM payments ORDER BY payment_id`), `
2024-01-03 card 400 200
2024-01-03 card 300 150
2024-01-05 card 600 300
2024-01-09 card 1001 500`)
	expect(t, "receivables", w.text(`SELECT total_minor, refunded_minor, paid_minor, open_minor, days_to_pay, overdue_days
		FROM receivables ORDER BY purchase_id`), `
1000 0 1000 0 3 0
1000 0 0 1000 <nil> 4
1000 1000 300 0 <nil> 0
1000 0 1001 0 7 0`)
}

// An order that is cancelled before delivery is no purchase, from the beginning on; its money stays where it is shown.
func TestACancelledOrderIsNoPurchase(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.register("ann", "2024-01-01")
	w.register("bob", "2024-01-01")
	w.buys("bob", "2024-01-02", 500)
	id := uuid.UUID{1}
	lines := []customer.PurchasedLine{{Line: customer.Line{SKU: "cup", Category: "ware", Quantity: decimal.One, UnitPrice: decimal.One}, AmountMinor: 1000, ReportingMinor: 1000}}
	w.append(streamOf("ann"), "2024-01-02 10:00", customer.PurchaseRecorded{PurchaseID: id, Currency: "EUR", ReportingCurrency: "EUR",
		Lines: lines, TotalMinor: 1000, ReportingTotalMinor: 1000}, customer.OrderPlaced{PurchaseID: id, Currency: "EUR"})
	w.closeDay("2024-01-02")
	w.settle()
	const figures = `SELECT orders, purchase_days, gross_revenue_minor, returns, net_revenue_minor, stage, first_purchase_on
		FROM customer_360 WHERE customer_id = $1`
	expect(t, "before", w.text(figures, [16]byte(who("ann"))), "1 1 1000 0 1000 customer 2024-01-02")
	w.append(streamOf("ann"), "2024-01-02 10:30", customer.OrderCancelled{PurchaseID: id}, customer.ReturnRecorded{ReturnID: id, PurchaseID: &id,
		Currency: "EUR", ReportingCurrency: "EUR", TotalMinor: 1000, ReportingTotalMinor: 1000,
		Lines: []customer.ReturnedLine{{ReturnLine: customer.ReturnLine{SKU: "cup", Quantity: decimal.One, UnitPrice: decimal.One}, AmountMinor: 1000, ReportingMinor: 1000}}})
	w.closeDay("2024-01-09")
	w.settle()
	expect(t, "after", w.text(figures, [16]byte(who("ann"))), "0 0 0 0 0 prospect <nil>")
	expect(t, "stages", w.text("SELECT to_stage FROM loyalty_stage_history WHERE customer_id = $1 ORDER BY 1", [16]byte(who("ann"))), "prospect")
	expect(t, "scores", w.text("SELECT count(*) FROM rfm WHERE customer_id = $1", [16]byte(who("ann"))), "0")
	expect(t, "demand", w.text("SELECT count(*) FROM demand_weeks WHERE sku = 'cup'")+w.text("SELECT count(*) FROM demand_returns"), "0\n0")
	expect(t, "cohorts", w.text("SELECT cohort_size FROM cohort_retention WHERE period_index = 0"), "1")
	expect(t, "its money", w.text("SELECT p.total_minor, p.cancelled, r.total_minor, r.cancelled, o.state FROM purchases p JOIN returns r USING (customer_id, purchase_id) JOIN orders o USING (customer_id, purchase_id)"),
		"1000 true 1000 true cancelled")
	w.rebuilt()
}
