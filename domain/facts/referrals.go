package facts

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Referrals is how the customer spoke of us to others.
type Referrals struct {
	Made         int64 `json:"made,omitempty"`
	Converted    int64 `json:"converted,omitempty"`
	Testimonials int64 `json:"testimonials,omitempty"`
}

// Agreements are those that were signed and have not ended, with the first day on which each is in force.
type Agreements map[uuid.UUID]domain.Day

func (a Agreements) first() (first domain.Day, found bool) {
	for _, starts := range a {
		if !found || starts < first {
			first, found = starts, true
		}
	}
	return first, found
}

var loyalFacts = []Fact{
	{Name: "referrals_made", Kind: Int, Unit: "referrals", Doc: "How often the customer referred somebody to us.",
		static: func(c *Customer) (any, bool) { return c.Referrals.Made, true }},
	{Name: "referrals_converted", Kind: Int, Unit: "referrals", Doc: "How many customers this customer brought us.",
		static: func(c *Customer) (any, bool) { return c.Referrals.Converted, true }},
	{Name: "recommended_publicly", Kind: Bool, Doc: "Whether the customer ever recommended us in public.",
		static: func(c *Customer) (any, bool) { return c.Referrals.Testimonials > 0, true }},
	{Name: "agreement_in_force", Kind: Bool, Doc: "Whether an agreement with the customer is in force today.",
		step: inForce{}},
}

// inForce is a step: it changes on the day on which the first agreement begins, and by the fact that the last one
// ended. What happened later than the business date counts at once, so an agreement may begin on the day of the
// customer's newest fact.
type inForce struct{}

func (inForce) value(c *Customer, on domain.Day) (any, bool) {
	first, ok := c.Agreements.first()
	return ok && first <= c.latest(on), true
}

func (inForce) next(c *Customer, after domain.Day) (domain.Day, bool) {
	first, ok := c.Agreements.first()
	return first, ok && first > c.latest(after)
}

// latest answers the business date, or the newest day on which something happened if that is later.
func (c *Customer) latest(on domain.Day) domain.Day {
	if touched, ok := c.Touched(); ok {
		return max(on, touched)
	}
	return on
}

func (c *Customer) signed(e customer.AgreementSigned) {
	if c.Agreements == nil {
		c.Agreements = Agreements{}
	}
	c.Agreements[e.AgreementID] = e.StartsOn
	if e.EndsOn != nil {
		c.Deadlines.set("agreement", e.AgreementID, *e.EndsOn)
	}
}

func (c *Customer) ended(e customer.AgreementEnded) {
	delete(c.Agreements, e.AgreementID)
	c.Deadlines.clear("agreement", e.AgreementID)
}
