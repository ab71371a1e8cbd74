package customer

import (
	"cmp"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// A return is what a customer brought back and was refunded. Where it names the purchase it belongs to,
// no more can come back than was bought, in goods and in money; a credit note may also name none.

// ReturnLine is one good that came back; UnitPrice is what was refunded per unit.
type ReturnLine struct {
	SKU       string          `json:"sku"` // names the good or service
	Name      string          `json:"name,omitempty"`
	Quantity  decimal.Decimal `json:"quantity"`   // what came back: positive, at most six decimals
	UnitPrice decimal.Decimal `json:"unit_price"` // what was refunded
}

// RecordReturn asks to remember that the customer brought something back.
type RecordReturn struct {
	ReturnID   uuid.UUID        `json:"return_id"`
	PurchaseID *uuid.UUID       `json:"purchase_id,omitempty"`
	Reference  string           `json:"reference,omitempty"` // credit note number
	Currency   domain.Currency  `json:"currency"`
	Rate       *decimal.Decimal `json:"rate,omitempty"`
	Lines      []ReturnLine     `json:"lines"`
	Reason     string           `json:"reason,omitempty"`
}

func (c RecordReturn) Needs() Needs { return priced(c.Currency) }

// Decide accepts each ReturnID once. A return of a known purchase uses the purchase's own rate, and takes back
// the points that it earned.
func (c RecordReturn) Decide(s *State, g Given) ([]Event, error) {
	if c.ReturnID == uuid.Nil {
		return nil, ErrReturnID
	}
	var purchase *purchaseState
	if c.PurchaseID != nil {
		if purchase = s.purchases[*c.PurchaseID]; purchase == nil {
			return nil, ErrPurchaseUnknown
		}
		if purchase.currency != c.Currency {
			return nil, ErrReturnCurrency.Because("the purchase was paid in %s", purchase.currency)
		}
		if c.Rate == nil {
			c.Rate = purchase.rate
		}
	}
	e, err := c.priced(g.Reporting)
	if err != nil {
		return nil, err
	}
	if known, ok := s.returns[c.ReturnID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrReturnOtherwise
	}
	if purchase == nil {
		return []Event{e}, nil
	}
	if early(purchase.at, g) {
		return nil, ErrBeforeBegan.Because("the purchase was made at %s", purchase.at.Format(time.RFC3339))
	}
	if err := e.settle(purchase); err != nil {
		return nil, err
	}
	if err := e.within(purchase); err != nil {
		return nil, err
	}
	return append([]Event{e}, s.reversals(e, purchase)...), nil
}

func (c RecordReturn) priced(reporting domain.Currency) (ReturnRecorded, error) {
	books, err := newBooks(c.Currency, reporting, c.Rate)
	if err != nil {
		return ReturnRecorded{}, err
	}
	if err := cmp.Or(checkText(c.Reference, 100, "reference"), checkText(c.Reason, 1000, "reason")); err != nil {
		return ReturnRecorded{}, err
	}
	if len(c.Lines) == 0 {
		return ReturnRecorded{}, ErrNothingBought
	}
	if len(c.Lines) > MaxLines {
		return ReturnRecorded{}, ErrTooManyLines
	}
	e := ReturnRecorded{ReturnID: c.ReturnID, PurchaseID: c.PurchaseID, Reference: c.Reference, Currency: c.Currency,
		Rate: books.rate, ReportingCurrency: books.reporting, Reason: c.Reason, Lines: make([]ReturnedLine, len(c.Lines))}
	for i, l := range c.Lines {
		if err := checkLine(i, l.SKU, l.Name, l.Quantity, l.UnitPrice); err != nil {
			return ReturnRecorded{}, err
		}
		line := ReturnedLine{ReturnLine: l}
		if line.AmountMinor, err = domain.Minor(books.digits, l.Quantity, l.UnitPrice); err == nil {
			line.ReportingMinor, err = books.reported(line.AmountMinor)
		}
		if err != nil {
			return ReturnRecorded{}, domain.ErrMoney.At("lines[%d].unit_price", i)
		}
		e.Lines[i] = line
		e.TotalMinor += line.AmountMinor
		e.ReportingTotalMinor += line.ReportingMinor
	}
	if e.TotalMinor > domain.MaxMinor || e.ReportingTotalMinor > domain.MaxMinor {
		return ReturnRecorded{}, domain.ErrMoney.At("lines")
	}
	return e, nil
}

// settle takes from what is refunded, or adds to it, what rounding left over: a minor unit at most for each return of the
// purchase whose amounts had to be rounded.
// The return that brings the last unit back refunds all that is left.
func (e *ReturnRecorded) settle(p *purchaseState) error {
	tolerance := int64(p.rounded)
	if e.rounded() {
		tolerance++
	}
	last := e.last(p)
	over := e.TotalMinor - (p.totalMinor - p.refundedMinor)
	if over == 0 || over > tolerance || over < 0 && (!last || -over > tolerance) {
		return e.settleReported(p, last, tolerance)
	}
	books, err := p.books()
	if err != nil {
		return err
	}
	l := &e.Lines[len(e.Lines)-1]
	if l.AmountMinor -= over; l.AmountMinor < 0 {
		return domain.ErrMoney.At("lines")
	}
	before := l.ReportingMinor
	if l.ReportingMinor, err = books.reported(l.AmountMinor); err != nil {
		return err
	}
	e.TotalMinor -= over
	e.ReportingTotalMinor += l.ReportingMinor - before
	return e.settleReported(p, last, tolerance)
}

// settleReported does the same in the currency of the books, once all was refunded.
func (e *ReturnRecorded) settleReported(p *purchaseState, last bool, tolerance int64) error {
	over := e.ReportingTotalMinor - (p.reportingMinor - p.reportingRefundedMinor)
	if !last || e.TotalMinor != p.totalMinor-p.refundedMinor || max(over, -over) > tolerance {
		return nil
	}
	l := &e.Lines[len(e.Lines)-1]
	if l.ReportingMinor -= over; l.ReportingMinor < 0 {
		return domain.ErrMoney.At("lines")
	}
	e.ReportingTotalMinor -= over
	return nil
}

// rounded reports whether an amount is not exactly quantity by price.
func (e *ReturnRecorded) rounded() bool {
	digits, _ := e.Currency.MinorDigits()
	for _, l := range e.Lines {
		exact, err := l.Quantity.Mul(l.UnitPrice)
		if err == nil && exact.Trim(0).Scale() > digits {
			return true
		}
	}
	return false
}

// last reports whether nothing of the purchase is left to come back.
func (e *ReturnRecorded) last(p *purchaseState) bool {
	back := make(map[string]decimal.Decimal, len(e.Lines))
	for _, l := range e.Lines {
		back[l.SKU], _ = back[l.SKU].Add(l.Quantity)
	}
	for _, b := range p.lines {
		left, _ := b.quantity.Sub(b.returned)
		if left.Cmp(back[b.sku]) != 0 {
			return false
		}
	}
	return true
}

// within refuses what exceeds the purchase, together with what came back before.
func (e ReturnRecorded) within(p *purchaseState) error {
	back := make(map[string]decimal.Decimal, len(e.Lines))
	for i, l := range e.Lines {
		b := p.bought(l.SKU)
		if b == nil {
			return ErrNotBought.At("lines[%d].sku", i)
		}
		sum, err := back[l.SKU].Add(l.Quantity)
		if err != nil {
			return ErrQuantity.At("lines[%d].quantity", i)
		}
		back[l.SKU] = sum
		if left, _ := b.quantity.Sub(b.returned); sum.Cmp(left) > 0 {
			return ErrMoreThanBought.At("lines[%d].quantity", i).
				Because("only %s of %s can still come back", left, l.SKU)
		}
	}
	if left := p.totalMinor - p.refundedMinor; e.TotalMinor > left {
		return ErrRefundAbovePurchase.Because("at most %d minor units can still be refunded", left)
	}
	return nil
}

// ReturnedLine is a line with its amounts: AmountMinor in the currency of the return, ReportingMinor in
// the reporting currency. Both are what the customer got back, so they are positive.
type ReturnedLine struct {
	ReturnLine
	AmountMinor    int64 `json:"amount_minor"`    // minor units of the currency of the return
	ReportingMinor int64 `json:"reporting_minor"` // minor units of the reporting currency
}

// ReturnRecorded is the fact that the customer brought something back.
type ReturnRecorded struct {
	ReturnID            uuid.UUID        `json:"return_id"`
	PurchaseID          *uuid.UUID       `json:"purchase_id,omitempty"` // where it is known
	Reference           string           `json:"reference,omitempty"`   // credit note number
	Currency            domain.Currency  `json:"currency"`              // of the refund, ISO 4217
	Rate                *decimal.Decimal `json:"rate,omitempty"`        // reporting currency per unit of Currency
	ReportingCurrency   domain.Currency  `json:"reporting_currency"`    // of the books, ISO 4217
	Lines               []ReturnedLine   `json:"lines"`
	TotalMinor          int64            `json:"total_minor"`                      // sum of the lines, minor units of Currency
	ReportingTotalMinor int64            `json:"reporting_total_minor"`            // sum of the lines, minor units of ReportingCurrency
	Reason              string           `json:"reason,omitempty" personal:"true"` // why it came back
	MoneyOnly           bool             `json:"money_only,omitempty"`             // nothing came back: there are no lines
}

func (ReturnRecorded) EventType() string { return "customer.return_recorded.v1" }

func (e ReturnRecorded) Evolve(s *State, _ domain.Metadata) {
	remember(&s.returns, e.ReturnID, e.digest())
	if e.PurchaseID == nil {
		return
	}
	p := s.purchases[*e.PurchaseID]
	if p == nil {
		return
	}
	if e.rounded() {
		p.rounded++
	}
	p.refundedMinor += e.TotalMinor
	p.reportingRefundedMinor += e.ReportingTotalMinor
	for _, l := range e.Lines {
		if b := p.bought(l.SKU); b != nil {
			b.returned, _ = b.returned.Add(l.Quantity)
			b.amountMinor -= l.AmountMinor
		}
	}
}

// Summary says what happened in one line.
func (e ReturnRecorded) Summary() string {
	if e.MoneyOnly {
		return "was refunded " + e.Currency.Format(e.TotalMinor)
	}
	return fmt.Sprintf("returned %s for %s%s", counted(len(e.Lines), "line"), e.Currency.Format(e.TotalMinor),
		referred("credit note", e.Reference))
}

func (e ReturnRecorded) digest() domain.Digest {
	d := domain.NewDigest().Text(e.Reference).Text(string(e.Currency)).Optional(e.Rate).Text(e.Reason)
	if e.PurchaseID != nil {
		d = d.ID(*e.PurchaseID)
	}
	if e.MoneyOnly {
		d = d.Text("refund").Int(e.TotalMinor)
	}
	for _, l := range e.Lines {
		d = d.Text(l.SKU).Text(l.Name).Decimal(l.Quantity).Decimal(l.UnitPrice)
	}
	return d
}

var (
	ErrReturnID = &domain.Rejection{Kind: domain.Invalid, Code: "return_id_missing", Field: "return_id",
		Reason: "name the return by a UUID"}
	ErrPurchaseUnknown = &domain.Rejection{Kind: domain.Refused, Code: "purchase_unknown", Field: "purchase_id",
		Reason: "this customer has no such purchase"}
	ErrReturnCurrency = &domain.Rejection{Kind: domain.Refused, Code: "return_currency_differs", Field: "currency",
		Reason: "a purchase is refunded in the currency that it was paid in"}
	ErrNotBought = &domain.Rejection{Kind: domain.Refused, Code: "sku_not_bought", Field: "lines",
		Reason: "the purchase has no such line"}
	ErrMoreThanBought = &domain.Rejection{Kind: domain.Refused, Code: "return_above_purchase", Field: "lines",
		Reason: "more than was bought cannot come back"}
	ErrRefundAbovePurchase = &domain.Rejection{Kind: domain.Refused, Code: "refund_above_purchase", Field: "lines",
		Reason: "the refund exceeds what was paid"}
	ErrReturnOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "return_recorded_otherwise",
		Field: "return_id", Reason: "this return was recorded before, with other content"}
)
