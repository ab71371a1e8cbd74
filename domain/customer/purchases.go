package customer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// A purchase is what a customer bought at one moment: lines, each a quantity of a good or service at a
// price. Amounts are fixed in the fact, in the currency of the purchase and in the reporting currency.

// MaxLines bounds one purchase or return.
const MaxLines = 2000

// Line is one good or service within a purchase. Prices are per unit, in the currency of the purchase.
type Line struct {
	SKU       string           `json:"sku"`            // names the good or service
	Name      string           `json:"name,omitempty"` // as it stood on the invoice
	Category  string           `json:"category,omitempty"`
	Quantity  decimal.Decimal  `json:"quantity"`             // at most six decimals
	UnitPrice decimal.Decimal  `json:"unit_price"`           // what was paid
	ListPrice *decimal.Decimal `json:"list_price,omitempty"` // before discount
	UnitCost  *decimal.Decimal `json:"unit_cost,omitempty"`  // cost of goods
	Purpose   string           `json:"purpose,omitempty"`    // own use, gift, resale, …
}

// RecordPurchase asks to remember that the customer bought something.
type RecordPurchase struct {
	PurchaseID    uuid.UUID        `json:"purchase_id"`
	Reference     string           `json:"reference,omitempty"` // invoice or receipt number
	Currency      domain.Currency  `json:"currency"`
	Rate          *decimal.Decimal `json:"rate,omitempty"` // reporting currency per unit of Currency
	Lines         []Line           `json:"lines"`
	PaymentMethod string           `json:"payment_method,omitempty"`
	OfferID       *uuid.UUID       `json:"offer_id,omitempty"` // that the purchase redeems
}

func (c RecordPurchase) Needs() Needs { return priced(c.Currency) }

// Decide accepts each PurchaseID once, so a shop may safely retry. A purchase that names an offer redeems it.
func (c RecordPurchase) Decide(s *State, g Given) ([]Event, error) {
	if c.PurchaseID == uuid.Nil {
		return nil, ErrPurchaseID
	}
	e, err := c.priced(g.Reporting)
	if err != nil {
		return nil, err
	}
	var facts []Event
	place := len(s.purchases)
	if known, ok := s.purchases[c.PurchaseID]; !ok {
		facts = []Event{e}
	} else if known.digest != e.digest() {
		return nil, ErrPurchaseOtherwise
	} else {
		place = known.place
	}
	if c.OfferID == nil {
		return facts, nil
	}
	redeemed, err := s.redeem(*c.OfferID, c.PurchaseID, place, g.On)
	if err != nil {
		return nil, err
	}
	return append(facts, redeemed...), nil
}

func (c RecordPurchase) priced(reporting domain.Currency) (PurchaseRecorded, error) {
	books, err := newBooks(c.Currency, reporting, c.Rate)
	if err != nil {
		return PurchaseRecorded{}, err
	}
	if err := cmp.Or(checkText(c.Reference, 100, "reference"),
		checkText(c.PaymentMethod, 100, "payment_method")); err != nil {
		return PurchaseRecorded{}, err
	}
	if len(c.Lines) == 0 {
		return PurchaseRecorded{}, ErrNothingBought
	}
	if len(c.Lines) > MaxLines {
		return PurchaseRecorded{}, ErrTooManyLines
	}
	e := PurchaseRecorded{PurchaseID: c.PurchaseID, Reference: c.Reference, Currency: c.Currency, Rate: books.rate,
		ReportingCurrency: books.reporting, PaymentMethod: c.PaymentMethod, Lines: make([]PurchasedLine, len(c.Lines))}
	for i, l := range c.Lines {
		line, err := books.line(i, l)
		if err != nil {
			return PurchaseRecorded{}, err
		}
		e.Lines[i] = line
		e.TotalMinor += line.AmountMinor
		e.ReportingTotalMinor += line.ReportingMinor
	}
	if e.TotalMinor > domain.MaxMinor || e.ReportingTotalMinor > domain.MaxMinor {
		return PurchaseRecorded{}, domain.ErrMoney.At("lines")
	}
	return e, nil
}

// PurchasedLine is a line with its amounts: AmountMinor in the currency of the purchase, the others in the
// reporting currency; ListMinor and CostMinor are absent where list price and cost are unknown.
type PurchasedLine struct {
	Line
	AmountMinor    int64  `json:"amount_minor"`         // minor units of the currency of the sale
	ReportingMinor int64  `json:"reporting_minor"`      // minor units of the reporting currency
	ListMinor      *int64 `json:"list_minor,omitempty"` // at the list price, minor units of the reporting currency
	CostMinor      *int64 `json:"cost_minor,omitempty"` // cost of goods, minor units of the reporting currency
}

// PurchaseRecorded is the fact that the customer bought something.
type PurchaseRecorded struct {
	PurchaseID          uuid.UUID        `json:"purchase_id"`
	Reference           string           `json:"reference,omitempty"` // invoice or receipt number
	Currency            domain.Currency  `json:"currency"`            // of the sale, ISO 4217
	Rate                *decimal.Decimal `json:"rate,omitempty"`      // reporting currency per unit of Currency
	ReportingCurrency   domain.Currency  `json:"reporting_currency"`  // of the books, ISO 4217
	Lines               []PurchasedLine  `json:"lines"`
	TotalMinor          int64            `json:"total_minor"`           // sum of the lines, minor units of Currency
	ReportingTotalMinor int64            `json:"reporting_total_minor"` // sum of the lines, minor units of ReportingCurrency
	PaymentMethod       string           `json:"payment_method,omitempty"`
}

func (PurchaseRecorded) EventType() string { return "customer.purchase_recorded.v1" }

func (e PurchaseRecorded) Evolve(s *State, m domain.Metadata) {
	p := &purchaseState{at: m.OccurredAt, digest: e.digest(), currency: e.Currency, reporting: e.ReportingCurrency, rate: e.Rate,
		place: len(s.purchases), totalMinor: e.TotalMinor, reportingMinor: e.ReportingTotalMinor, lines: make([]boughtLine, 0, len(e.Lines))}
	sorted := slices.SortedStableFunc(slices.Values(e.Lines), func(a, b PurchasedLine) int {
		return strings.Compare(a.SKU, b.SKU)
	})
	for _, l := range sorted {
		if last := len(p.lines) - 1; last >= 0 && p.lines[last].sku == l.SKU {
			p.lines[last].quantity, _ = p.lines[last].quantity.Add(l.Quantity)
			p.lines[last].amountMinor += l.AmountMinor
			continue
		}
		p.lines = append(p.lines, boughtLine{sku: l.SKU, quantity: l.Quantity, amountMinor: l.AmountMinor})
	}
	remember(&s.purchases, e.PurchaseID, p)
}

// Summary says what happened in one line.
func (e PurchaseRecorded) Summary() string {
	return fmt.Sprintf("bought %s for %s%s", counted(len(e.Lines), "line"), e.Currency.Format(e.TotalMinor),
		referred("invoice", e.Reference))
}

func (e PurchaseRecorded) digest() domain.Digest {
	d := domain.NewDigest().Text(e.Reference).Text(string(e.Currency)).Optional(e.Rate).Text(e.PaymentMethod)
	for _, l := range e.Lines {
		d = d.Text(l.SKU).Text(l.Name).Text(l.Category).Text(l.Purpose).
			Decimal(l.Quantity).Decimal(l.UnitPrice).Optional(l.ListPrice).Optional(l.UnitCost)
	}
	return d
}

// purchaseState is what returns and offers need to know of a purchase.
type purchaseState struct {
	digest        domain.Digest
	place         int // among the customer's purchases, from 0
	currency      domain.Currency
	reporting     domain.Currency
	rate          *decimal.Decimal
	totalMinor    int64
	refundedMinor int64
	// reportingMinor and reportingRefundedMinor are the same in the currency of the books.
	reportingMinor, reportingRefundedMinor int64
	rounded                                int          // returns whose amounts had to be rounded
	lines                                  []boughtLine // one a SKU, sorted by it
	lots                                   []uuid.UUID  // of points that it earned
	order                                  *orderState  // nil unless it is followed as an order
	at                                     time.Time
}

type boughtLine struct {
	sku                string
	quantity, returned decimal.Decimal
	amountMinor        int64 // less what was refunded
}

func (p *purchaseState) bought(sku string) *boughtLine {
	i, found := slices.BinarySearchFunc(p.lines, sku, func(b boughtLine, sku string) int {
		return strings.Compare(b.sku, sku)
	})
	if !found {
		return nil
	}
	return &p.lines[i]
}

// books turns prices into amounts, in the currency of the sale and in that of the reports.
type books struct {
	reporting               domain.Currency
	digits, reportingDigits int
	rate                    *decimal.Decimal
}

func newBooks(c, reporting domain.Currency, rate *decimal.Decimal) (books, error) {
	digits, err := c.MinorDigits()
	if err != nil {
		return books{}, err
	}
	if reporting == "" {
		reporting = c
	}
	reportingDigits, err := reporting.MinorDigits()
	switch {
	case err != nil:
		return books{}, err
	case c == reporting && rate != nil && !rate.IsOne():
		return books{}, ErrRate.Because("the books are kept in %s too, so the rate is 1 or absent", reporting)
	case c == reporting:
		rate = nil
	case rate == nil:
		return books{}, ErrRate.Because("the books are kept in %s: give the rate, %s per %s", reporting, reporting, c)
	case !rate.IsPos() || rate.Cmp(maxRate) > 0:
		return books{}, ErrRate
	}
	return books{reporting: reporting, digits: digits, reportingDigits: reportingDigits, rate: rate}, nil
}

// reported turns an amount of the sale's currency into one of the reporting currency.
func (b books) reported(minor int64) (int64, error) {
	if b.rate == nil {
		return minor, nil
	}
	return domain.Minor(b.reportingDigits, domain.Major(minor, b.digits), *b.rate)
}

func (b books) line(i int, l Line) (PurchasedLine, error) {
	if err := checkLine(i, l.SKU, l.Name, l.Quantity, l.UnitPrice); err != nil {
		return PurchasedLine{}, err
	}
	if err := cmp.Or(checkText(l.Category, 200, "lines[%d].category", i),
		checkText(l.Purpose, 100, "lines[%d].purpose", i)); err != nil {
		return PurchasedLine{}, err
	}
	out := PurchasedLine{Line: l}
	var err error
	if out.AmountMinor, err = domain.Minor(b.digits, l.Quantity, l.UnitPrice); err != nil {
		return out, domain.ErrMoney.At("lines[%d].unit_price", i)
	}
	if out.ReportingMinor, err = b.reported(out.AmountMinor); err != nil {
		return out, domain.ErrMoney.At("lines[%d].unit_price", i)
	}
	var refused *domain.Rejection
	if out.ListMinor, refused = b.otherwise(l.Quantity, l.ListPrice); refused != nil {
		return out, refused.At("lines[%d].list_price", i)
	}
	if out.CostMinor, refused = b.otherwise(l.Quantity, l.UnitCost); refused != nil {
		return out, refused.At("lines[%d].unit_cost", i)
	}
	return out, nil
}

// otherwise answers what a line would come to at another price, in the reporting currency; nil without one.
func (b books) otherwise(quantity decimal.Decimal, price *decimal.Decimal) (*int64, *domain.Rejection) {
	if price == nil {
		return nil, nil
	}
	if price.IsNeg() || price.Cmp(maxUnitPrice) > 0 {
		return nil, ErrPrice
	}
	minor, err := domain.Minor(b.digits, quantity, *price)
	if err == nil {
		minor, err = b.reported(minor)
	}
	if err != nil {
		return nil, domain.ErrMoney
	}
	return &minor, nil
}

// checkLine refuses what no line can be. Quantities have few enough decimals for their sums to be exact.
func checkLine(i int, sku, name string, quantity, price decimal.Decimal) error {
	switch {
	case sku == "":
		return ErrSKU.At("lines[%d].sku", i)
	case !quantity.IsPos() || quantity.Cmp(maxQuantity) > 0 || quantity.Trim(0).Scale() > maxQuantityScale:
		return ErrQuantity.At("lines[%d].quantity", i)
	case price.IsNeg() || price.Cmp(maxUnitPrice) > 0:
		return ErrPrice.At("lines[%d].unit_price", i)
	}
	return cmp.Or(checkText(sku, 100, "lines[%d].sku", i), checkText(name, 500, "lines[%d].name", i))
}

const maxQuantityScale = 6

var (
	maxQuantity  = decimal.MustParse("1000000")
	maxUnitPrice = decimal.MustParse("1000000000")
	maxRate      = decimal.MustParse("1000000")
)

var (
	ErrPurchaseID = &domain.Rejection{Kind: domain.Invalid, Code: "purchase_id_missing", Field: "purchase_id",
		Reason: "name the purchase by a UUID"}
	ErrNothingBought = &domain.Rejection{Kind: domain.Invalid, Code: "lines_missing", Field: "lines",
		Reason: "at least one line is needed"}
	ErrTooManyLines = &domain.Rejection{Kind: domain.Invalid, Code: "lines_too_many", Field: "lines",
		Reason: "at most 2000 lines fit in one purchase or return"}
	ErrSKU = &domain.Rejection{Kind: domain.Invalid, Code: "sku_missing", Field: "lines",
		Reason: "name the good or service"}
	ErrQuantity = &domain.Rejection{Kind: domain.Invalid, Code: "quantity_out_of_range", Field: "lines",
		Reason: "a quantity is above 0 and at most 1,000,000, with up to 6 decimals; what comes back is a return"}
	ErrPrice = &domain.Rejection{Kind: domain.Invalid, Code: "price_out_of_range", Field: "lines",
		Reason: "a price or cost is between 0 and 1,000,000,000"}
	ErrRate = &domain.Rejection{Kind: domain.Invalid, Code: "rate_missing", Field: "rate",
		Reason: "the rate is above 0 and at most 1,000,000"}
	ErrPurchaseOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "purchase_recorded_otherwise",
		Field: "purchase_id", Reason: "this purchase was recorded before, with other content"}
)
