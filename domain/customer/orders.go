package customer

import (
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// An order is a purchase that is paid and delivered bit by bit: placed, paid in one or several payments, shipped,
// delivered; or cancelled before it is shipped, which takes its value out again as a return of all that is left.
// It may be shipped before it is paid, and delivered without being shipped: fetched, or sent by wire. Payments
// may exceed what is owed, such as by interest on instalments.

// PlaceOrder asks to follow a purchase until it is paid and delivered.
type PlaceOrder struct {
	PurchaseID   uuid.UUID   `json:"purchase_id"`
	PaymentDueOn *domain.Day `json:"payment_due_on,omitempty"` // last day for paying
	DeliverBy    *domain.Day `json:"deliver_by,omitempty"`     // as promised
}

func (PlaceOrder) Needs() Needs { return Needs{} }

// Decide takes a purchase for an order once.
func (c PlaceOrder) Decide(s *State, g Given) ([]Event, error) {
	p, err := s.bought(c.PurchaseID)
	if err != nil {
		return nil, err
	}
	if !c.within(g.On, c.PaymentDueOn) {
		return nil, ErrOrderDay.At("payment_due_on")
	}
	if !c.within(g.On, c.DeliverBy) {
		return nil, ErrOrderDay.At("deliver_by")
	}
	e := OrderPlaced{PurchaseID: c.PurchaseID, Currency: p.currency, PaymentDueOn: c.PaymentDueOn, DeliverBy: c.DeliverBy}
	if p.order != nil {
		if p.order.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrOrderOtherwise
	}
	if e.Worth, err = p.worth(p.totalMinor - p.refundedMinor); err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

func (c PlaceOrder) within(on domain.Day, day *domain.Day) bool {
	return day == nil || *day >= on && *day <= on+maxOrderDays
}

// OrderPlaced is the fact that a purchase is followed until it is paid and delivered. Its worth is what the
// customer owes.
type OrderPlaced struct {
	PurchaseID uuid.UUID       `json:"purchase_id"`
	Currency   domain.Currency `json:"currency"` // of the purchase, ISO 4217
	Worth
	PaymentDueOn *domain.Day `json:"payment_due_on,omitempty"` // last business day for paying
	DeliverBy    *domain.Day `json:"deliver_by,omitempty"`     // business day, as promised
}

func (OrderPlaced) EventType() string { return "customer.order_placed.v1" }

func (e OrderPlaced) Evolve(s *State, m domain.Metadata) {
	s.began.begin(anOrder, e.PurchaseID, m)
	if p := s.purchases[e.PurchaseID]; p != nil {
		p.order = &orderState{digest: e.digest()}
	}
}

// Summary implements Told.
func (e OrderPlaced) Summary() string {
	return "placed an order of " + e.Currency.Format(e.AmountMinor)
}

func (e OrderPlaced) digest() domain.Digest {
	d := domain.NewDigest()
	for _, day := range []*domain.Day{e.PaymentDueOn, e.DeliverBy} {
		if day == nil {
			d = d.Text("")
		} else {
			d = d.Text(day.String())
		}
	}
	return d
}

// PayOrder asks to remember that something was paid for an order.
type PayOrder struct {
	PaymentID  uuid.UUID       `json:"payment_id"`
	PurchaseID uuid.UUID       `json:"purchase_id"`
	Amount     decimal.Decimal `json:"amount"` // in the currency of the purchase
	Method     string          `json:"method,omitempty"`
}

func (PayOrder) Needs() Needs { return Needs{} }

// Decide accepts each PaymentID once.
func (c PayOrder) Decide(s *State, g Given) ([]Event, error) {
	o, p, err := s.order(c.PurchaseID, g)
	if err != nil {
		return nil, err
	}
	if c.PaymentID == uuid.Nil {
		return nil, ErrPaymentID
	}
	if err := checkText(c.Method, 100, "method"); err != nil {
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
	e := OrderPaid{PaymentID: c.PaymentID, PurchaseID: c.PurchaseID, Method: c.Method, Currency: p.currency, Worth: worth}
	if known, ok := s.payments[c.PaymentID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrPaymentOtherwise
	}
	if o.cancelled {
		return nil, ErrOrderCancelled
	}
	return []Event{e}, nil
}

// OrderPaid is the fact that something was paid for an order.
type OrderPaid struct {
	PaymentID  uuid.UUID       `json:"payment_id"`
	PurchaseID uuid.UUID       `json:"purchase_id"`
	Method     string          `json:"method,omitempty"` // card, transfer, voucher, …
	Currency   domain.Currency `json:"currency"`         // of the purchase, ISO 4217
	Worth
}

func (OrderPaid) EventType() string { return "customer.order_paid.v1" }

func (e OrderPaid) Evolve(s *State, _ domain.Metadata) {
	remember(&s.payments, e.PaymentID, e.digest())
}

// Summary implements Told.
func (e OrderPaid) Summary() string {
	return "paid " + e.Currency.Format(e.AmountMinor) + " for an order"
}

func (e OrderPaid) digest() domain.Digest {
	return domain.NewDigest().ID(e.PurchaseID).Int(e.AmountMinor).Text(e.Method)
}

// ShipOrder asks to remember that an order is on its way.
type ShipOrder struct {
	PurchaseID uuid.UUID `json:"purchase_id"`
	Carrier    string    `json:"carrier,omitempty"`
}

func (ShipOrder) Needs() Needs { return Needs{} }

// Decide refuses to ship what is cancelled or there already.
func (c ShipOrder) Decide(s *State, g Given) ([]Event, error) {
	o, _, err := s.order(c.PurchaseID, g)
	if err != nil {
		return nil, err
	}
	if err := checkText(c.Carrier, 100, "carrier"); err != nil {
		return nil, err
	}
	switch {
	case o.cancelled:
		return nil, ErrOrderCancelled
	case o.shipped:
		return nil, nil
	case o.delivered:
		return nil, ErrOrderDelivered
	}
	return []Event{OrderShipped(c)}, nil
}

// OrderShipped is the fact that an order is on its way.
type OrderShipped struct {
	PurchaseID uuid.UUID `json:"purchase_id"`
	Carrier    string    `json:"carrier,omitempty"` // who brings it
}

func (OrderShipped) EventType() string { return "customer.order_shipped.v1" }

func (e OrderShipped) Evolve(s *State, _ domain.Metadata) {
	s.evolveOrder(e.PurchaseID, func(o *orderState) { o.shipped = true })
}

// Summary implements Told.
func (e OrderShipped) Summary() string { return "an order was shipped" }

// DeliverOrder asks to remember that the customer has what they ordered.
type DeliverOrder struct {
	PurchaseID uuid.UUID `json:"purchase_id"`
}

func (DeliverOrder) Needs() Needs { return Needs{} }

// Decide refuses to deliver what is cancelled.
func (c DeliverOrder) Decide(s *State, g Given) ([]Event, error) {
	o, _, err := s.order(c.PurchaseID, g)
	switch {
	case err != nil:
		return nil, err
	case o.cancelled:
		return nil, ErrOrderCancelled
	case o.delivered:
		return nil, nil
	}
	return []Event{OrderDelivered(c)}, nil
}

// OrderDelivered is the fact that the customer has what they ordered.
type OrderDelivered struct {
	PurchaseID uuid.UUID `json:"purchase_id"`
}

func (OrderDelivered) EventType() string { return "customer.order_delivered.v1" }

func (e OrderDelivered) Evolve(s *State, _ domain.Metadata) {
	s.evolveOrder(e.PurchaseID, func(o *orderState) { o.delivered = true })
}

// Summary implements Told.
func (e OrderDelivered) Summary() string { return "an order was delivered" }

// CancelOrder asks to remember that an order will not be delivered.
type CancelOrder struct {
	PurchaseID uuid.UUID `json:"purchase_id"`
	Reason     string    `json:"reason,omitempty"`
}

func (CancelOrder) Needs() Needs { return Needs{} }

// Decide refuses to cancel what is on its way: that comes back as a return. What is left of the purchase is
// returned with it, at what it cost.
func (c CancelOrder) Decide(s *State, g Given) ([]Event, error) {
	o, p, err := s.order(c.PurchaseID, g)
	if err != nil {
		return nil, err
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	switch {
	case o.cancelled:
		return nil, nil
	case o.shipped || o.delivered:
		return nil, ErrOrderShipped
	}
	facts := []Event{OrderCancelled(c)}
	back, err := p.rest(c.PurchaseID, c.Reason)
	if err != nil {
		return nil, err
	}
	if len(back.Lines) > 0 {
		facts = append(append(facts, back), s.reversals(back, p)...)
	}
	return facts, nil
}

// rest answers the return of all that has not come back yet.
func (p *purchaseState) rest(id uuid.UUID, reason string) (ReturnRecorded, error) {
	books, err := p.books()
	if err != nil {
		return ReturnRecorded{}, err
	}
	e := ReturnRecorded{ReturnID: uuid.NewSHA1(id, []byte("order cancelled")), PurchaseID: &id, Currency: p.currency,
		Rate: p.rate, ReportingCurrency: p.reporting, Reason: reason}
	for _, b := range p.lines {
		left, _ := b.quantity.Sub(b.returned)
		if !left.IsPos() {
			continue
		}
		l := ReturnedLine{ReturnLine: ReturnLine{SKU: b.sku, Quantity: left}}
		l.AmountMinor = max(0, min(b.amountMinor, p.totalMinor-p.refundedMinor-e.TotalMinor))
		if l.ReportingMinor, err = books.reported(l.AmountMinor); err != nil {
			return e, err
		}
		price, err := domain.Major(l.AmountMinor, books.digits).Quo(left)
		if err != nil {
			return e, domain.ErrMoney
		}
		l.UnitPrice = price.Round(maxQuantityScale).Trim(books.digits)
		e.Lines = append(e.Lines, l)
		e.TotalMinor += l.AmountMinor
		e.ReportingTotalMinor += l.ReportingMinor
	}
	return e, nil
}

// OrderCancelled is the fact that an order will not be delivered. A return of what was left of it comes with it.
type OrderCancelled struct {
	PurchaseID uuid.UUID `json:"purchase_id"`
	Reason     string    `json:"reason,omitempty" personal:"true"` // why
}

func (OrderCancelled) EventType() string { return "customer.order_cancelled.v1" }

func (e OrderCancelled) Evolve(s *State, _ domain.Metadata) {
	s.evolveOrder(e.PurchaseID, func(o *orderState) { o.cancelled = true })
}

// Summary implements Told.
func (e OrderCancelled) Summary() string { return "an order was cancelled" }

// orderState is what became of a purchase that is an order.
type orderState struct {
	digest                        domain.Digest
	shipped, delivered, cancelled bool
}

func (s *State) bought(id uuid.UUID) (*purchaseState, error) {
	p := s.purchases[id]
	if p == nil {
		return nil, ErrPurchaseUnknown
	}
	return p, nil
}

// order returns one with its purchase, for what happened to it once it was placed.
func (s *State) order(id uuid.UUID, g Given) (*orderState, *purchaseState, error) {
	p, err := s.bought(id)
	switch {
	case err != nil:
		return nil, nil, err
	case p.order == nil:
		return nil, nil, ErrOrderUnknown
	}
	return p.order, p, s.began.notBefore(anOrder, id, g)
}

func (s *State) evolveOrder(id uuid.UUID, change func(*orderState)) {
	if p := s.purchases[id]; p != nil && p.order != nil {
		change(p.order)
	}
}

func (p *purchaseState) books() (books, error) { return newBooks(p.currency, p.reporting, p.rate) }

func (p *purchaseState) worth(minor int64) (Worth, error) {
	books, err := p.books()
	if err != nil {
		return Worth{}, err
	}
	reported, err := books.reported(minor)
	return Worth{AmountMinor: minor, ReportingMinor: reported}, err
}

// maxOrderDays bounds how far ahead an order is to be paid or delivered: ten years.
const maxOrderDays = 3653

var (
	ErrOrderDay = &domain.Rejection{Kind: domain.Invalid, Code: "order_day_out_of_range", Field: "payment_due_on",
		Reason: "an order is to be paid and delivered on the day that it is placed or within ten years"}
	ErrOrderOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "order_placed_otherwise", Field: "purchase_id",
		Reason: "this order was placed before, with other terms"}
	ErrOrderUnknown = &domain.Rejection{Kind: domain.Refused, Code: "order_unknown", Field: "purchase_id",
		Reason: "this purchase was not placed as an order"}
	ErrPaymentID = &domain.Rejection{Kind: domain.Invalid, Code: "payment_id_missing", Field: "payment_id",
		Reason: "name the payment by a UUID"}
	ErrPaymentOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "payment_recorded_otherwise",
		Field: "payment_id", Reason: "this payment was recorded before, with other content"}
	ErrOrderCancelled = &domain.Rejection{Kind: domain.Refused, Code: "order_cancelled", Field: "purchase_id",
		Reason: "this order was cancelled"}
	ErrOrderShipped = &domain.Rejection{Kind: domain.Refused, Code: "order_shipped", Field: "purchase_id",
		Reason: "this order is on its way or there: record a return when it comes back"}
	ErrOrderDelivered = &domain.Rejection{Kind: domain.Refused, Code: "order_delivered", Field: "purchase_id",
		Reason: "this order was delivered already"}
)
