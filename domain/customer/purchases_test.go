package customer_test

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func line(sku, quantity, price string) customer.Line {
	return customer.Line{SKU: sku, Quantity: number(quantity), UnitPrice: number(price)}
}

// inEUR is asked of a business that keeps its books in euros.
func inEUR(g *customer.Given) { g.Reporting = "EUR" }

// buy asks for purchase 1 in euros.
func buy(lines ...customer.Line) customer.RecordPurchase {
	return customer.RecordPurchase{PurchaseID: id(1), Currency: "EUR", Lines: lines}
}

// cups is the fact of purchase 1: 3 cups at 2.00 and a pot at 5.00 EUR.
func cups() customer.PurchaseRecorded {
	return customer.PurchaseRecorded{PurchaseID: id(1), Currency: "EUR", ReportingCurrency: "EUR",
		Lines: []customer.PurchasedLine{
			{Line: line("cup", "3", "2.00"), AmountMinor: 600, ReportingMinor: 600},
			{Line: line("pot", "1", "5.00"), AmountMinor: 500, ReportingMinor: 500}},
		TotalMinor: 1100, ReportingTotalMinor: 1100}
}

func purchases() []story {
	buyCups := buy(line("cup", "3", "2.00"), line("pot", "1", "5.00"))
	changed := func(change func(*customer.RecordPurchase)) customer.Command {
		c := buy(line("cup", "3", "2.00"), line("pot", "1", "5.00"))
		change(&c)
		return domaintest.In(c, inEUR)
	}
	one := func(change func(*customer.Line)) customer.RecordPurchase {
		l := line("cup", "1", "2.00")
		change(&l)
		return buy(l)
	}
	list, cost := int64(750), int64(360)
	return []story{
		{Name: "buying", Given: ann(), When: buyCups, Then: []customer.Event{cups()}},
		{Name: "buying the same again", Given: ann(cups()), When: buyCups},
		{Name: "buying in other words, of the same value", Given: ann(cups()),
			When: buy(line("cup", "3.0", "2"), line("pot", "1", "5.000"))},
		{Name: "buying something else under the same id", Given: ann(cups()), When: buy(line("cup", "2", "2.00")),
			Refused: customer.ErrPurchaseOtherwise},
		{Name: "buying for nothing, in fractions of a cent, at a cost", Given: ann(), When: buy(
			line("gift", "1", "0"), line("screw", "3", "0.085"),
			customer.Line{SKU: "tea", Quantity: number("1.5"), UnitPrice: number("4"), UnitCost: some("2.40"),
				ListPrice: some("5")}),
			Then: []customer.Event{customer.PurchaseRecorded{PurchaseID: id(1), Currency: "EUR", ReportingCurrency: "EUR",
				Lines: []customer.PurchasedLine{{Line: line("gift", "1", "0")},
					{Line: line("screw", "3", "0.085"), AmountMinor: 26, ReportingMinor: 26},
					{Line: customer.Line{SKU: "tea", Quantity: number("1.5"), UnitPrice: number("4"), UnitCost: some("2.40"),
						ListPrice: some("5")}, AmountMinor: 600, ReportingMinor: 600, ListMinor: &list, CostMinor: &cost}},
				TotalMinor: 626, ReportingTotalMinor: 626}}},
		{Name: "buying in another currency than the books'", Given: ann(),
			When: domaintest.In(customer.RecordPurchase{PurchaseID: id(2), Currency: "USD", Rate: some("0.9"),
				Lines: []customer.Line{line("cup", "1", "1.05")}}, inEUR),
			Then: []customer.Event{customer.PurchaseRecorded{PurchaseID: id(2), Currency: "USD", Rate: some("0.9"),
				ReportingCurrency: "EUR", Lines: []customer.PurchasedLine{{Line: line("cup", "1", "1.05"), AmountMinor: 105,
					ReportingMinor: 94}}, TotalMinor: 105, ReportingTotalMinor: 94}}},
		{Name: "a rate of one says nothing", Given: ann(cups()),
			When: changed(func(c *customer.RecordPurchase) { c.Rate = some("1.0") })},
		{Name: "no books yet: they are kept in the currency of the purchase", Given: ann(),
			When: buyCups, Then: []customer.Event{cups()}},

		{Name: "buying as nobody", When: buyCups, Refused: customer.ErrUnknown},
		{Name: "no id", Given: ann(), When: changed(func(c *customer.RecordPurchase) { c.PurchaseID = uuid.Nil }),
			Refused: customer.ErrPurchaseID},
		{Name: "no currency", Given: ann(), When: changed(func(c *customer.RecordPurchase) { c.Currency = "" }),
			Refused: domain.ErrCurrency},
		{Name: "a rate between a currency and itself", Given: ann(),
			When: changed(func(c *customer.RecordPurchase) { c.Rate = some("1.1") }), Refused: customer.ErrRate,
			Because: "the rate is 1 or absent"},
		{Name: "no rate between two currencies", Given: ann(),
			When: changed(func(c *customer.RecordPurchase) { c.Currency = "USD" }), Refused: customer.ErrRate,
			Because: "EUR per USD"},
		{Name: "a rate of nothing", Given: ann(),
			When:    changed(func(c *customer.RecordPurchase) { c.Currency, c.Rate = "USD", some("0") }),
			Refused: customer.ErrRate},
		{Name: "buying nothing", Given: ann(), When: buy(), Refused: customer.ErrNothingBought},
		{Name: "too many lines", Given: ann(), When: buy(slices.Repeat([]customer.Line{line("cup", "1", "1")}, 2001)...),
			Refused: customer.ErrTooManyLines},
		{Name: "a line without a good", Given: ann(), When: buy(line("cup", "1", "1"), line("", "1", "1")),
			Refused: customer.ErrSKU.At("lines[1].sku")},
		{Name: "a quantity of nothing", Given: ann(), When: buy(line("cup", "0", "1")),
			Refused: customer.ErrQuantity.At("lines[0].quantity")},
		{Name: "a negative quantity", Given: ann(), When: buy(line("cup", "-1", "1")),
			Refused: customer.ErrQuantity.At("lines[0].quantity")},
		{Name: "an absurd quantity", Given: ann(), When: buy(line("cup", "1000000.1", "1")),
			Refused: customer.ErrQuantity.At("lines[0].quantity")},
		{Name: "a quantity too fine to be added up", Given: ann(), When: buy(line("cup", "0.0000001", "1")),
			Refused: customer.ErrQuantity.At("lines[0].quantity")},
		{Name: "a negative price", Given: ann(), When: buy(line("cup", "1", "-0.01")),
			Refused: customer.ErrPrice.At("lines[0].unit_price")},
		{Name: "an absurd price", Given: ann(), When: buy(line("cup", "1", "1000000000.01")),
			Refused: customer.ErrPrice.At("lines[0].unit_price")},
		{Name: "an amount beyond counting", Given: ann(), When: buy(line("cup", "1000000", "1000000000")),
			Refused: domain.ErrMoney.At("lines[0].unit_price")},
		{Name: "a total beyond counting", Given: ann(),
			When:    buy(slices.Repeat([]customer.Line{line("cup", "1000", "1000000000")}, 2)...),
			Refused: domain.ErrMoney.At("lines")},
		{Name: "a negative list price", Given: ann(), When: one(func(l *customer.Line) { l.ListPrice = some("-1") }),
			Refused: customer.ErrPrice.At("lines[0].list_price")},
		{Name: "a negative cost of a good", Given: ann(), When: one(func(l *customer.Line) { l.UnitCost = some("-1") }),
			Refused: customer.ErrPrice.At("lines[0].unit_cost")},
		{Name: "a cost too exact to be counted", Given: ann(),
			When:    one(func(l *customer.Line) { l.Quantity, l.UnitCost = number("1.234567"), some("1.23456789012345") }),
			Refused: domain.ErrMoney.At("lines[0].unit_cost")},
		{Name: "a category too long", Given: ann(),
			When:    one(func(l *customer.Line) { l.Category = strings.Repeat("c", 201) }),
			Refused: domain.ErrText.At("lines[0].category")},
		{Name: "a good's name with NUL", Given: ann(), When: one(func(l *customer.Line) { l.Name = "\x00" }),
			Refused: domain.ErrText.At("lines[0].name")},
		{Name: "a reference with NUL", Given: ann(),
			When:    changed(func(c *customer.RecordPurchase) { c.Reference = "\x00" }),
			Refused: domain.ErrText.At("reference")},
	}
}
