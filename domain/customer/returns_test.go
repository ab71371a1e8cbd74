package customer_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/govalues/decimal"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func back(sku, quantity, price string) customer.ReturnLine {
	return customer.ReturnLine{SKU: sku, Quantity: number(quantity), UnitPrice: number(price)}
}

// bring asks for return 9, of purchase 1.
func bring(lines ...customer.ReturnLine) customer.RecordReturn {
	purchase := id(1)
	return customer.RecordReturn{ReturnID: id(9), PurchaseID: &purchase, Currency: "EUR", Lines: lines}
}

// cupBack is the fact of return 9: a cup of purchase 1 for 2.00 EUR.
func cupBack() customer.ReturnRecorded {
	purchase := id(1)
	return customer.ReturnRecorded{ReturnID: id(9), PurchaseID: &purchase, Currency: "EUR", ReportingCurrency: "EUR",
		Lines: []customer.ReturnedLine{
			{ReturnLine: back("cup", "1", "2.00"), AmountMinor: 200, ReportingMinor: 200}},
		TotalMinor: 200, ReportingTotalMinor: 200}
}

func returns() []story {
	changed := func(change func(*customer.RecordReturn)) customer.Command {
		c := bring(back("cup", "1", "2.00"))
		change(&c)
		return domaintest.In(c, inEUR)
	}
	another := changed(func(c *customer.RecordReturn) { c.ReturnID = id(10) })
	anotherBack := cupBack()
	anotherBack.ReturnID = id(10)
	loose := customer.RecordReturn{ReturnID: id(9), Currency: "EUR",
		Lines: []customer.ReturnLine{back("chair", "1", "80")}}
	dollars := customer.PurchaseRecorded{PurchaseID: id(1), Currency: "USD", Rate: some("0.9"), ReportingCurrency: "EUR",
		Lines:      []customer.PurchasedLine{{Line: line("cup", "1", "2"), AmountMinor: 200, ReportingMinor: 180}},
		TotalMinor: 200, ReportingTotalMinor: 180}
	dollarBack := cupBack()
	dollarBack.Currency, dollarBack.Rate, dollarBack.ReportingTotalMinor = "USD", some("0.9"), 180
	dollarBack.Lines[0].ReportingMinor = 180
	return []story{
		{Name: "bringing back", Given: ann(cups()), When: bring(back("cup", "1", "2.00")),
			Then: []customer.Event{cupBack()}},
		{Name: "bringing back the same again", Given: ann(cups(), cupBack()), When: bring(back("cup", "1", "2.00"))},
		{Name: "bringing back something else under the same id", Given: ann(cups(), cupBack()),
			When: bring(back("pot", "1", "5.00")), Refused: customer.ErrReturnOtherwise},
		{Name: "bringing back without a purchase", Given: ann(), When: loose,
			Then: []customer.Event{customer.ReturnRecorded{ReturnID: id(9), Currency: "EUR", ReportingCurrency: "EUR",
				Lines: []customer.ReturnedLine{{ReturnLine: back("chair", "1", "80"), AmountMinor: 8000,
					ReportingMinor: 8000}}, TotalMinor: 8000, ReportingTotalMinor: 8000}}},
		{Name: "a refund takes the purchase's own rate", Given: ann(dollars),
			When: changed(func(c *customer.RecordReturn) { c.Currency = "USD" }), Then: []customer.Event{dollarBack}},

		{Name: "returning as nobody", When: bring(back("cup", "1", "2.00")), Refused: customer.ErrUnknown},
		{Name: "no return id", Given: ann(cups()),
			When:    changed(func(c *customer.RecordReturn) { c.ReturnID = uuid.Nil }),
			Refused: customer.ErrReturnID},
		{Name: "a purchase of nobody's", Given: ann(), When: bring(back("cup", "1", "2.00")),
			Refused: customer.ErrPurchaseUnknown},
		{Name: "a refund in another currency than was paid", Given: ann(cups()),
			When: changed(func(c *customer.RecordReturn) { c.Currency = "USD" }), Refused: customer.ErrReturnCurrency,
			Because: "was paid in EUR"},
		{Name: "returning nothing", Given: ann(cups()), When: bring(), Refused: customer.ErrNothingBought},
		{Name: "returning too many lines", Given: ann(cups()),
			When:    bring(slices.Repeat([]customer.ReturnLine{back("cup", "1", "1")}, 2001)...),
			Refused: customer.ErrTooManyLines},
		{Name: "returning no good", Given: ann(cups()), When: bring(back("", "1", "1")),
			Refused: customer.ErrSKU.At("lines[0].sku")},
		{Name: "returning a negative quantity", Given: ann(cups()), When: bring(back("cup", "-1", "1")),
			Refused: customer.ErrQuantity.At("lines[0].quantity")},
		{Name: "returning at a negative price", Given: ann(cups()), When: bring(back("cup", "1", "-1")),
			Refused: customer.ErrPrice.At("lines[0].unit_price")},
		{Name: "a refund beyond counting", Given: ann(cups()), When: bring(back("cup", "1000000", "1000000000")),
			Refused: domain.ErrMoney.At("lines[0].unit_price")},
		{Name: "a reason with NUL", Given: ann(cups()),
			When:    changed(func(c *customer.RecordReturn) { c.Reason = "\x00" }),
			Refused: domain.ErrText.At("reason")},
		{Name: "what was not bought", Given: ann(cups()), When: bring(back("cup", "1", "1"), back("jug", "1", "1")),
			Refused: customer.ErrNotBought.At("lines[1].sku")},
		{Name: "more than was bought", Given: ann(cups()), When: bring(back("cup", "3.000001", "1")),
			Refused: customer.ErrMoreThanBought.At("lines[0].quantity"), Because: "only 3 of cup"},
		{Name: "more than was bought, in two lines", Given: ann(cups()),
			When:    bring(back("cup", "2", "1"), back("cup", "2", "1")),
			Refused: customer.ErrMoreThanBought.At("lines[1].quantity")},
		{Name: "more than was bought, in two returns", Given: ann(cups(), cupBack()),
			When:    changed(func(c *customer.RecordReturn) { c.ReturnID, c.Lines[0].Quantity = id(10), number("3") }),
			Refused: customer.ErrMoreThanBought.At("lines[0].quantity"), Because: "only 2 of cup"},
		{Name: "more money than was paid", Given: ann(cups()), When: bring(back("cup", "1", "11.01")),
			Refused: customer.ErrRefundAbovePurchase, Because: "at most 1100 minor units"},
		{Name: "more money than was paid, in two returns", Given: ann(cups(), cupBack()),
			When:    changed(func(c *customer.RecordReturn) { c.ReturnID, c.Lines[0].UnitPrice = id(10), number("9.01") }),
			Refused: customer.ErrRefundAbovePurchase, Because: "at most 900 minor units"},
		{Name: "as much as is left", Given: ann(cups(), cupBack()), When: another,
			Then: []customer.Event{anotherBack}},
	}
}

// Whatever is asked in whatever order, no more comes back of a purchase than was bought, in goods and money.
func TestNoMoreComesBackThanWasBought(t *testing.T) {
	skus := []string{"cup", "pot", "jug"}
	quantity := rapid.Map(rapid.Int64Range(1, 400), func(n int64) decimal.Decimal { return decimal.MustNew(n, 2) })
	rapid.Check(t, func(t *rapid.T) {
		state := &customer.State{}
		for _, e := range ann() {
			e.Evolve(state, domain.Metadata{})
		}
		bought, refundable := map[string]decimal.Decimal{}, int64(0)
		for step := range rapid.IntRange(1, 25).Draw(t, "steps") {
			sku, n := rapid.SampledFrom(skus).Draw(t, "sku"), quantity.Draw(t, "quantity")
			var command customer.Command
			if step == 0 {
				command = buy(customer.Line{SKU: sku, Quantity: n, UnitPrice: number("2.50")},
					customer.Line{SKU: "cup", Quantity: n, UnitPrice: number("1")})
			} else {
				c := bring(customer.ReturnLine{SKU: sku, Quantity: n, UnitPrice: quantity.Draw(t, "price")})
				c.ReturnID = id(byte(10 + step))
				command = c
			}
			events, err := domaintest.Decide(state, command)
			for _, e := range events {
				e.Evolve(state, domain.Metadata{})
				switch e := e.(type) {
				case customer.PurchaseRecorded:
					refundable += e.TotalMinor
					for _, l := range e.Lines {
						bought[l.SKU], _ = bought[l.SKU].Add(l.Quantity)
					}
				case customer.ReturnRecorded:
					refundable -= e.TotalMinor
					bought[sku], _ = bought[sku].Sub(n)
				}
			}
			if refundable < 0 || bought[sku].IsNeg() {
				t.Fatalf("too much came back: %v of %s and %d minor units are left (%v)", bought[sku], sku, refundable, err)
			}
		}
	})
}
