package customer

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A redemption is a purchase that makes use of an offer. An offer is redeemed once: while it is open until its day,
// and once it is accepted at any time.

// RedeemOffer asks to remember that a purchase made use of an offer, where the purchase did not say so itself.
type RedeemOffer struct {
	OfferID    uuid.UUID `json:"offer_id"`
	PurchaseID uuid.UUID `json:"purchase_id"`
}

func (RedeemOffer) Needs() Needs { return Needs{} }

// Decide lets an offer be redeemed once, by a purchase that was recorded after it was proposed.
func (c RedeemOffer) Decide(s *State, g Given) ([]Event, error) {
	if _, err := s.offer(c.OfferID); err != nil {
		return nil, err
	}
	p, err := s.bought(c.PurchaseID)
	if err != nil {
		return nil, err
	}
	return s.redeem(c.OfferID, c.PurchaseID, p.place, g.On)
}

// redeem decides whether a purchase that is the customer's place-th makes use of an offer.
func (s *State) redeem(id, purchase uuid.UUID, place int, on domain.Day) ([]Event, error) {
	o, err := s.offer(id)
	switch {
	case err != nil:
		return nil, err
	case o.end == offerRedeemed && o.purchase == purchase:
		return nil, nil
	case place < o.purchases:
		return nil, ErrOfferEarlier.Because("the purchase was recorded before the offer was proposed")
	}
	if err := s.offers.mayAccept(id, on); err != nil {
		return nil, err
	}
	return []Event{OfferRedeemed{OfferID: id, PurchaseID: purchase}}, nil
}

// OfferRedeemed is the fact that a purchase made use of an offer.
type OfferRedeemed struct {
	OfferID    uuid.UUID `json:"offer_id"`
	PurchaseID uuid.UUID `json:"purchase_id"`
}

func (OfferRedeemed) EventType() string { return "customer.offer_redeemed.v1" }

func (e OfferRedeemed) Evolve(s *State, _ domain.Metadata) {
	s.offers.close(e.OfferID, offerRedeemed)
	if o := s.offers.known[e.OfferID]; o != nil {
		o.purchase = e.PurchaseID
	}
}

// Summary implements Told.
func (e OfferRedeemed) Summary() string { return "redeemed an offer by a purchase" }

var (
	ErrOfferRedeemed = &domain.Rejection{Kind: domain.Refused, Code: "offer_redeemed", Field: "offer_id",
		Reason: "a purchase redeemed this offer before"}
	ErrOfferEarlier = &domain.Rejection{Kind: domain.Refused, Code: "offer_proposed_later", Field: "offer_id",
		Reason: "the offer was proposed later"}
)
