package projections

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/value"
)

// Same-day purchases are one, the first day is not counted, who was merged is one with the survivor, and what happened
// after the business date is left out.
func TestPurchaseBase(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.append(business.Stream, "2024-01-01", business.CurrencySet{Currency: "EUR"})
	for _, name := range []string{"ann", "anna", "bob", "carl", "dora"} {
		w.register(name, "2024-01-01")
	}
	w.buys("ann", "2024-01-01", 1000)
	w.buys("ann", "2024-01-08 09:00", 2000)
	w.buys("ann", "2024-01-08 17:00", 1000)
	w.buys("anna", "2024-01-15", 4000)
	w.buys("bob", "2024-01-20", 2000)
	w.append(streamOf("anna"), "2024-01-21", customer.Merged{Into: who("ann")})
	w.append(streamOf("bob"), "2024-01-22", refunded(500))
	w.buys("ann", "2024-01-22", 6000)
	w.closeDay("2024-01-29")
	w.buys("carl", "2024-01-30", 9000)
	w.settle()
	days := 14
	got, err := w.reader.PurchaseBase(w.ctx, value.Fit{HoldoutDays: &days})
	if err != nil {
		t.Fatal(err)
	}
	day := got.AsOf
	want := value.Base{AsOf: day, Position: uint64(w.head), Currency: "EUR", ReturnedShare: 500.0 / 16000, HoldoutDays: 14,
		Customers: []value.Customer{
			{History: value.HistoryOf(3, 21, 28), Mean: 130.0 / 3},
			{History: value.HistoryOf(0, 0, 9)},
		},
		Tested: []value.Tested{{Customer: value.Customer{History: value.HistoryOf(2, 14, 14), Mean: 35}, Later: 1}},
	}
	if len(got.Customers) == 2 && got.Customers[0].X == 0 { // customers come by their ids
		got.Customers[0], got.Customers[1] = got.Customers[1], got.Customers[0]
	}
	if diff := cmp.Diff(want, got); diff != "" || day.String() != "2024-01-29" {
		t.Errorf("as of %s:\n%s", day, diff)
	}
	if none, err := newReader(t).PurchaseBase(w.ctx, value.Fit{}); err != nil || len(none.Customers) != 0 {
		t.Errorf("nothing happened: %+v, %v", none, err)
	}
}

// newReader answers a reader of tables in which there is nothing yet.
func newReader(t *testing.T) *Reader {
	t.Helper()
	w := newWorld(t, nil)
	w.start()
	w.waitState(stateLive)
	return w.reader
}
