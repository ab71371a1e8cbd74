package customer_test

import (
	"fmt"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func refunds() []story {
	purchase := id(1)
	refund := func(amount string) customer.RefundPurchase {
		return customer.RefundPurchase{RefundID: id(9), PurchaseID: purchase, Amount: number(amount), Reason: "goodwill"}
	}
	refunded := func(minor int64) customer.ReturnRecorded {
		return customer.ReturnRecorded{ReturnID: id(9), PurchaseID: &purchase, Currency: "EUR", ReportingCurrency: "EUR",
			Lines: []customer.ReturnedLine{}, TotalMinor: minor, ReportingTotalMinor: minor, Reason: "goodwill", MoneyOnly: true}
	}
	chair := customer.PurchaseRecorded{PurchaseID: purchase, Currency: "EUR", ReportingCurrency: "EUR", TotalMinor: 2000,
		ReportingTotalMinor: 2000, Lines: []customer.PurchasedLine{{Line: line("chair", "1", "20"), AmountMinor: 2000, ReportingMinor: 2000}}}
	chairBack := func(price string, minor int64) customer.ReturnRecorded {
		return customer.ReturnRecorded{ReturnID: id(10), PurchaseID: &purchase, Currency: "EUR", ReportingCurrency: "EUR",
			Lines:      []customer.ReturnedLine{{ReturnLine: back("chair", "1", price), AmountMinor: minor, ReportingMinor: minor}},
			TotalMinor: minor, ReportingTotalMinor: minor}
	}
	bringChair := func(price string) customer.RecordReturn {
		c := bring(back("chair", "1", price))
		c.ReturnID = id(10)
		return c
	}
	// Ten for 179.25, nine of which came back for 17.92 each: 17.97 are left.
	ten := customer.PurchaseRecorded{PurchaseID: purchase, Currency: "EUR", ReportingCurrency: "EUR", TotalMinor: 17925,
		ReportingTotalMinor: 17925, Lines: []customer.PurchasedLine{{Line: line("lamp", "10", "17.925"), AmountMinor: 17925, ReportingMinor: 17925}}}
	given := []customer.Event{ten}
	for n := range byte(9) {
		given = append(given, customer.ReturnRecorded{ReturnID: id(30 + n), PurchaseID: &purchase, Currency: "EUR", ReportingCurrency: "EUR",
			Lines:      []customer.ReturnedLine{{ReturnLine: back("lamp", "1", "17.925"), AmountMinor: 1792, ReportingMinor: 1792}},
			TotalMinor: 1792, ReportingTotalMinor: 1792})
	}
	lastLamp := customer.ReturnRecorded{ReturnID: id(9), PurchaseID: &purchase, Currency: "EUR", ReportingCurrency: "EUR",
		Lines:      []customer.ReturnedLine{{ReturnLine: back("lamp", "1", "17.925"), AmountMinor: 1797, ReportingMinor: 1797}},
		TotalMinor: 1797, ReportingTotalMinor: 1797}
	stories := []story{
		{Name: "goodwill", Given: ann(chair), When: refund("5"), Then: []customer.Event{refunded(500)}},
		{Name: "goodwill once more under its id", Given: ann(chair, refunded(500)), When: refund("5.00")},
		{Name: "another amount under its id", Given: ann(chair, refunded(500)), When: refund("6"), Refused: customer.ErrReturnOtherwise.At("refund_id")},
		{Name: "what goodwill was given for comes back", Given: ann(chair, refunded(500)), When: bringChair("15"),
			Then: []customer.Event{chairBack("15", 1500)}},
		{Name: "what goodwill was given for comes back for all that was paid", Given: ann(chair, refunded(500)), When: bringChair("20"),
			Refused: customer.ErrRefundAbovePurchase},
		{Name: "more goodwill than was paid", Given: ann(chair), When: refund("20.01"), Refused: customer.ErrRefundAbovePurchase.At("amount")},
		{Name: "a refund of nothing", Given: ann(chair), When: refund("0"), Refused: customer.ErrRefundAmount},
		{Name: "a refund without an id", Given: ann(chair), Refused: customer.ErrRefundID,
			When: customer.RefundPurchase{PurchaseID: purchase, Amount: number("1")}},
		{Name: "a refund of no purchase", Given: ann(), When: refund("1"), Refused: customer.ErrPurchaseUnknown},
		{Name: "a refund with a reason of blanks", Given: ann(chair), Refused: domain.ErrBlank.At("reason"),
			When: customer.RefundPurchase{RefundID: id(9), PurchaseID: purchase, Amount: number("1"), Reason: " "}},
		{Name: "the last of ten takes what rounding left", Given: ann(given...), When: bring(back("lamp", "1", "17.925")),
			Then: []customer.Event{lastLamp}},
	}
	// Three for 1.00 came back at 0.335 each, which rounds up: the last takes less.
	third := customer.PurchaseRecorded{PurchaseID: purchase, Currency: "EUR", ReportingCurrency: "EUR", TotalMinor: 100,
		ReportingTotalMinor: 100, Lines: []customer.PurchasedLine{{Line: line("pen", "3", "0.335"), AmountMinor: 100, ReportingMinor: 100}}}
	pens := []customer.Event{third}
	for n, minor := range []int64{34, 34, 32} {
		penBack := customer.ReturnRecorded{ReturnID: id(40 + byte(n)), PurchaseID: &purchase, Currency: "EUR", ReportingCurrency: "EUR",
			Lines:      []customer.ReturnedLine{{ReturnLine: back("pen", "1", "0.335"), AmountMinor: minor, ReportingMinor: minor}},
			TotalMinor: minor, ReportingTotalMinor: minor}
		c := bring(back("pen", "1", "0.335"))
		c.ReturnID = penBack.ReturnID
		stories = append(stories, story{Name: fmt.Sprint("pen ", n, " of three comes back"), Given: ann(pens...), When: c, Then: []customer.Event{penBack}})
		pens = append(pens, penBack)
	}
	return stories
}
