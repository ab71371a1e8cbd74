package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func orders() []story {
	const today, due = domain.Day(20000), domain.Day(20014)
	day := func(d domain.Day) *domain.Day { return &d }
	place := func(change func(*customer.PlaceOrder)) customer.Command {
		c := customer.PlaceOrder{PurchaseID: id(1), PaymentDueOn: day(due)}
		change(&c)
		return domaintest.At(c, today.Time(), today)
	}
	same := func(*customer.PlaceOrder) {}
	owed := func(minor int64) customer.Worth { return customer.Worth{AmountMinor: minor, ReportingMinor: minor} }
	placed := customer.OrderPlaced{PurchaseID: id(1), Currency: "EUR", Worth: owed(1100), PaymentDueOn: day(due)}
	pay := func(change func(*customer.PayOrder)) customer.Command {
		c := customer.PayOrder{PaymentID: id(5), PurchaseID: id(1), Amount: number("4.50"), Method: "card"}
		change(&c)
		return c
	}
	some := func(*customer.PayOrder) {}
	paid := customer.OrderPaid{PaymentID: id(5), PurchaseID: id(1), Method: "card", Currency: "EUR", Worth: owed(450)}
	ship := customer.ShipOrder{PurchaseID: id(1), Carrier: "Parcels Ltd"}
	shipped := customer.OrderShipped(ship)
	deliver, delivered := customer.DeliverOrder{PurchaseID: id(1)}, customer.OrderDelivered{PurchaseID: id(1)}
	cancel := customer.CancelOrder{PurchaseID: id(1), Reason: "too late"}
	cancelled := customer.OrderCancelled(cancel)

	purchase := id(1)
	returned := func(lines ...customer.ReturnedLine) customer.ReturnRecorded {
		e := customer.ReturnRecorded{ReturnID: uuid.NewSHA1(id(1), []byte("order cancelled")), PurchaseID: &purchase,
			Currency: "EUR", ReportingCurrency: "EUR", Reason: "too late", Lines: lines}
		for _, l := range lines {
			e.TotalMinor += l.AmountMinor
			e.ReportingTotalMinor += l.ReportingMinor
		}
		return e
	}
	back := func(sku, quantity, price string, minor int64) customer.ReturnedLine {
		return customer.ReturnedLine{ReturnLine: customer.ReturnLine{SKU: sku, Quantity: number(quantity),
			UnitPrice: number(price)}, AmountMinor: minor, ReportingMinor: minor}
	}
	one := customer.ReturnRecorded{ReturnID: id(2), PurchaseID: &purchase, Currency: "EUR", ReportingCurrency: "EUR",
		Lines: []customer.ReturnedLine{back("cup", "1", "1.00", 100)}, TotalMinor: 100, ReportingTotalMinor: 100}
	all := returned(back("cup", "3", "2.00", 600), back("pot", "1", "5.00", 500))
	return []story{
		{Name: "an order", Given: ann(cups()), When: place(same), Then: []customer.Event{placed}},
		{Name: "an order again", Given: ann(cups(), placed), When: place(same)},
		{Name: "an order again on other terms", Given: ann(cups(), placed), Refused: customer.ErrOrderOtherwise,
			When: place(func(c *customer.PlaceOrder) { c.DeliverBy = day(due) })},
		{Name: "an order of what partly came back", Given: ann(cups(), one), When: place(same), Then: []customer.Event{
			customer.OrderPlaced{PurchaseID: id(1), Currency: "EUR", Worth: owed(1000), PaymentDueOn: day(due)}}},
		{Name: "an order of nobody", When: place(same), Refused: customer.ErrUnknown},
		{Name: "an order of nothing", Given: ann(), When: place(same), Refused: customer.ErrPurchaseUnknown},
		{Name: "to be paid yesterday", Given: ann(cups()), Refused: customer.ErrOrderDay,
			When: place(func(c *customer.PlaceOrder) { c.PaymentDueOn = day(today - 1) })},
		{Name: "to be delivered in eleven years", Given: ann(cups()), Refused: customer.ErrOrderDay.At("deliver_by"),
			When: place(func(c *customer.PlaceOrder) { c.DeliverBy = day(today + 11*366) })},

		{Name: "paying a part", Given: ann(cups(), placed), When: pay(some), Then: []customer.Event{paid}},
		{Name: "paying after the delivery", Given: ann(cups(), placed, shipped, delivered), When: pay(some),
			Then: []customer.Event{paid}},
		{Name: "paying again under the same id", Given: ann(cups(), placed, paid), When: pay(some)},
		{Name: "paying otherwise under the same id", Given: ann(cups(), placed, paid),
			When: pay(func(c *customer.PayOrder) { c.Amount = number("4.51") }), Refused: customer.ErrPaymentOtherwise},
		{Name: "no payment id", Given: ann(cups(), placed), Refused: customer.ErrPaymentID,
			When: pay(func(c *customer.PayOrder) { c.PaymentID = uuid.Nil })},
		{Name: "paying less than nothing", Given: ann(cups(), placed), Refused: customer.ErrAmount,
			When: pay(func(c *customer.PayOrder) { c.Amount = number("-1") })},
		{Name: "a method with NUL", Given: ann(cups(), placed), Refused: domain.ErrText.At("method"),
			When: pay(func(c *customer.PayOrder) { c.Method = "\x00" })},
		{Name: "paying what is no order", Given: ann(cups()), When: pay(some), Refused: customer.ErrOrderUnknown},
		{Name: "paying what is cancelled", Given: ann(cups(), placed, cancelled), When: pay(some),
			Refused: customer.ErrOrderCancelled},

		{Name: "shipping", Given: ann(cups(), placed), When: ship, Then: []customer.Event{shipped}},
		{Name: "shipping again", Given: ann(cups(), placed, shipped, delivered), When: ship},
		{Name: "shipping what is there", Given: ann(cups(), placed, delivered), When: ship,
			Refused: customer.ErrOrderDelivered},
		{Name: "shipping what is cancelled", Given: ann(cups(), placed, cancelled), When: ship,
			Refused: customer.ErrOrderCancelled},
		{Name: "shipping what is no order", Given: ann(cups()), When: ship, Refused: customer.ErrOrderUnknown},
		{Name: "a carrier with NUL", Given: ann(cups(), placed), Refused: domain.ErrText.At("carrier"),
			When: customer.ShipOrder{PurchaseID: id(1), Carrier: "\x00"}},

		{Name: "delivering", Given: ann(cups(), placed, shipped), When: deliver, Then: []customer.Event{delivered}},
		{Name: "delivering over the counter", Given: ann(cups(), placed), When: deliver, Then: []customer.Event{delivered}},
		{Name: "delivering again", Given: ann(cups(), placed, delivered), When: deliver},
		{Name: "delivering what is cancelled", Given: ann(cups(), placed, cancelled), When: deliver,
			Refused: customer.ErrOrderCancelled},
		{Name: "delivering what is no order", Given: ann(cups()), When: deliver, Refused: customer.ErrOrderUnknown},

		{Name: "cancelling", Given: ann(cups(), placed, paid), When: cancel, Then: []customer.Event{cancelled, all}},
		{Name: "cancelling again", Given: ann(cups(), placed, cancelled, all), When: cancel},
		{Name: "cancelling the rest", Given: ann(cups(), placed, one), When: cancel, Then: []customer.Event{cancelled,
			returned(back("cup", "2", "2.50", 500), back("pot", "1", "5.00", 500))}},
		{Name: "cancelling what all came back", Given: ann(cups(), placed, all), When: cancel,
			Then: []customer.Event{cancelled}},
		{Name: "cancelling what is on its way", Given: ann(cups(), placed, shipped), When: cancel,
			Refused: customer.ErrOrderShipped},
		{Name: "cancelling what was fetched", Given: ann(cups(), placed, delivered), When: cancel,
			Refused: customer.ErrOrderShipped},
		{Name: "cancelling what is no order", Given: ann(cups()), When: cancel, Refused: customer.ErrOrderUnknown},
		{Name: "a reason for cancelling with NUL", Given: ann(cups(), placed), Refused: domain.ErrText.At("reason"),
			When: customer.CancelOrder{PurchaseID: id(1), Reason: "\x00"}},
	}
}
