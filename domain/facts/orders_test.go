package facts_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
)

func TestReceivables(t *testing.T) {
	var history []domaintest.Happening
	tell := func(e customer.Event) { history = append(history, domaintest.Happening{Event: e}) }
	tell(customer.PurchaseRecorded{ReportingCurrency: "EUR"})
	for n := range byte(5) {
		tell(customer.OrderPlaced{PurchaseID: uuid.UUID{n}, Worth: customer.Worth{ReportingMinor: 1000}})
	}
	paid := func(n byte, minor int64) {
		tell(customer.OrderPaid{PurchaseID: uuid.UUID{n}, Worth: customer.Worth{ReportingMinor: minor}})
	}
	paid(0, 400)
	paid(0, 600)
	paid(1, 250)
	paid(2, 1200)
	tell(customer.OrderDelivered{PurchaseID: uuid.UUID{0}})
	tell(customer.OrderCancelled{PurchaseID: uuid.UUID{3}})
	tell(customer.ReturnRecorded{PurchaseID: &uuid.UUID{4}, ReportingCurrency: "EUR", ReportingTotalMinor: 300})
	tell(customer.ReturnRecorded{ReportingCurrency: "EUR", ReportingTotalMinor: 300})
	c := domaintest.Fold(history)
	for name, want := range map[string]any{"orders_undelivered": int64(3), "receivables": 14.5} {
		if got, ok := facts.Find(name).Value(&c, 0, 0); !ok || got != want {
			t.Errorf("%s is %v, %t; want %v", name, got, ok, want)
		}
	}
}
