package facts

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Orders is what the customer ordered and has neither got nor paid.
type Orders struct {
	// Owed says what is to be paid for orders, in minor units of the reporting currency; those that are paid are
	// not in it.
	Owed        map[uuid.UUID]int64 `json:"owed,omitempty"`
	Digits      int                 `json:"digits,omitempty"` // decimals of the minor unit
	Undelivered int64               `json:"undelivered,omitempty"`
}

// Foresee notes what a later fact says of earlier ones: a purchase whose order was cancelled before it was delivered is
// none, from the beginning on. Facts are foreseen before the first of them is applied.
func (c *Customer) Foresee(e domain.Event) {
	cancelled, ok := e.(customer.OrderCancelled)
	if !ok {
		return
	}
	if c.Cancelled == nil {
		c.Cancelled = map[uuid.UUID]bool{}
	}
	c.Cancelled[cancelled.PurchaseID] = true
}

// InVain reports whether a fact is a purchase that came to nothing, or a return of it.
func (c *Customer) InVain(e domain.Event) bool {
	switch e := e.(type) {
	case customer.PurchaseRecorded:
		return c.Cancelled[e.PurchaseID]
	case customer.ReturnRecorded:
		return e.PurchaseID != nil && c.Cancelled[*e.PurchaseID]
	}
	return false
}

func (o *Orders) placed(e customer.OrderPlaced, digits int) {
	o.Digits = digits
	o.Undelivered++
	if o.Owed == nil {
		o.Owed = map[uuid.UUID]int64{}
	}
	o.Owed[e.PurchaseID] = e.ReportingMinor
}

func (o *Orders) cancelled(e customer.OrderCancelled) {
	o.Undelivered--
	delete(o.Owed, e.PurchaseID)
}

// settled takes what was paid or refunded off what is owed; what exceeds it is not owed back here.
func (o *Orders) settled(id uuid.UUID, minor int64) {
	owed, ok := o.Owed[id]
	switch {
	case !ok:
	case owed > minor:
		o.Owed[id] = owed - minor
	default:
		delete(o.Owed, id)
	}
}

func (o *Orders) refunded(e customer.ReturnRecorded) {
	if e.PurchaseID != nil {
		o.settled(*e.PurchaseID, e.ReportingTotalMinor)
	}
}

func (o *Orders) owedMinor() (sum int64) {
	for _, minor := range o.Owed {
		sum += minor
	}
	return sum
}

var orderFacts = []Fact{
	{Name: "orders_undelivered", Kind: Int, Unit: "orders",
		Doc:    "How many orders were neither delivered nor cancelled.",
		static: func(c *Customer) (any, bool) { return c.Orders.Undelivered, true }},
	{Name: "receivables", Kind: Double, Unit: money, Doc: "What the customer still has to pay for orders.",
		static: func(c *Customer) (any, bool) { return major(c.Orders.owedMinor(), c.Orders.Digits), true }},
}
