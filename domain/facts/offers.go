package facts

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Offers is what we proposed to the customer, and what became of it.
type Offers struct {
	Proposed int64 `json:"proposed,omitempty"`
	Open     int64 `json:"open,omitempty"`
	Rejected int64 `json:"rejected,omitempty"`
	Expired  int64 `json:"expired,omitempty"`
	Redeemed int64 `json:"redeemed,omitempty"`
	// LastOn is the newest day on which something was proposed, once Proposed > 0.
	LastOn domain.Day `json:"last_on,omitzero"`
}

// offered takes what happened to an offer into account. An open offer is one that still has a deadline.
func (c *Customer) offered(e domain.Event, day domain.Day) {
	switch e := e.(type) {
	case customer.OfferProposed:
		if c.Offers.Proposed == 0 || day > c.Offers.LastOn {
			c.Offers.LastOn = day
		}
		c.Offers.Proposed++
		c.Offers.Open++
		c.Deadlines.set(offerDeadline, e.OfferID, e.ValidUntil)
	case customer.OfferAccepted:
		c.settleOffer(e.OfferID)
	case customer.OfferRejected:
		c.settleOffer(e.OfferID)
		c.Offers.Rejected++
	case customer.OfferExpired:
		c.settleOffer(e.OfferID)
		c.Offers.Expired++
	case customer.OfferRedeemed:
		c.settleOffer(e.OfferID)
		c.Offers.Redeemed++
	}
}

const offerDeadline = "offer"

func (c *Customer) settleOffer(id uuid.UUID) {
	if c.Deadlines.clear(offerDeadline, id) {
		c.Offers.Open--
	}
}

// accepted counts the offers that the customer said yes to, whether or not they bought.
func (o *Offers) accepted() int64 { return o.Proposed - o.Open - o.Rejected - o.Expired }

var offerFacts = []Fact{
	{Name: "offers_open", Kind: Int, Unit: "offers", Doc: "What we proposed to the customer that is neither answered nor expired.",
		static: func(c *Customer) (any, bool) { return c.Offers.Open, true }},
	{Name: "offers_accepted", Kind: Int, Unit: "offers", Doc: "How many offers the customer accepted or redeemed at once.",
		static: func(c *Customer) (any, bool) { return c.Offers.accepted(), true }},
	{Name: "offers_rejected", Kind: Int, Unit: "offers", Doc: "How many offers the customer rejected.",
		static: func(c *Customer) (any, bool) { return c.Offers.Rejected, true }},
	{Name: "offers_redeemed", Kind: Int, Unit: "offers", Doc: "How many offers the customer redeemed by a purchase.",
		static: func(c *Customer) (any, bool) { return c.Offers.Redeemed, true }},
	{Name: "days_since_offer", Kind: Int, Unit: days, Doc: "Days since we last proposed something to the customer.",
		since: func(c *Customer) (domain.Day, bool) { return c.Offers.LastOn, c.Offers.Proposed > 0 }},
}
