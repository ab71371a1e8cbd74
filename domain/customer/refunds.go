package customer

import (
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// A refund is money that a customer gets back for a purchase while they keep the goods: goodwill, a discount granted
// later, a delivery that was late. It is told as a return without lines, so that nothing counts as brought back.

// RefundPurchase asks to remember that the customer got back a part of what they paid.
type RefundPurchase struct {
	RefundID   uuid.UUID       `json:"refund_id"`
	PurchaseID uuid.UUID       `json:"purchase_id"`
	Amount     decimal.Decimal `json:"amount"` // in the currency of the purchase
	Reason     string          `json:"reason,omitempty"`
}

func (RefundPurchase) Needs() Needs { return Needs{} }

// Decide accepts each RefundID once, and no more than is left of what was paid.
func (c RefundPurchase) Decide(s *State, g Given) ([]Event, error) {
	if c.RefundID == uuid.Nil {
		return nil, ErrRefundID
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	if !c.Amount.IsPos() {
		return nil, ErrRefundAmount
	}
	p, err := s.bought(c.PurchaseID)
	if err != nil {
		return nil, err
	}
	books, err := p.books()
	if err != nil {
		return nil, err
	}
	worth, err := books.worth(c.Amount)
	if err != nil {
		return nil, err
	}
	id := c.PurchaseID
	e := ReturnRecorded{ReturnID: c.RefundID, PurchaseID: &id, Currency: p.currency, Rate: p.rate, ReportingCurrency: p.reporting,
		Lines: []ReturnedLine{}, TotalMinor: worth.AmountMinor, ReportingTotalMinor: worth.ReportingMinor, Reason: c.Reason, MoneyOnly: true}
	if known, ok := s.returns[c.RefundID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrReturnOtherwise.At("refund_id")
	}
	if early(p.at, g) {
		return nil, ErrBeforeBegan
	}
	if left := p.totalMinor - p.refundedMinor; e.TotalMinor > left {
		return nil, ErrRefundAbovePurchase.At("amount").Because("at most %d minor units can still be refunded", left)
	}
	return append([]Event{e}, s.reversals(e, p)...), nil
}

var (
	ErrRefundID = &domain.Rejection{Kind: domain.Invalid, Code: "refund_id_missing", Field: "refund_id",
		Reason: "name the refund by a UUID"}
	ErrRefundAmount = &domain.Rejection{Kind: domain.Invalid, Code: "refund_amount_out_of_range", Field: "amount",
		Reason: "a refund is above 0"}
)
