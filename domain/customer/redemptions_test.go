package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func redemptions() []story {
	redeem := func(purchase uuid.UUID, on domain.Day) customer.Command {
		return domaintest.At(customer.RedeemOffer{OfferID: id(7), PurchaseID: purchase}, on.Time(), on)
	}
	buyBy := func(offer uuid.UUID, on domain.Day) customer.Command {
		c := buy(line("cup", "3", "2.00"), line("pot", "1", "5.00"))
		c.OfferID = &offer
		return domaintest.At(c, on.Time(), on)
	}
	second := cups()
	second.PurchaseID = id(2)
	accepted, rejected := customer.OfferAccepted{OfferID: id(7)}, customer.OfferRejected{OfferID: id(7)}
	expired := customer.OfferExpired{OfferID: id(7)}
	redeemed := customer.OfferRedeemed{OfferID: id(7), PurchaseID: id(1)}
	before := append(ann(cups()), offered()[1:]...)
	facts := func(e ...customer.Event) []customer.Event { return e }
	return []story{
		{Name: "redeeming an offer", Given: offered(cups()), When: redeem(id(1), validUntil), Then: facts(redeemed)},
		{Name: "redeeming it again", Given: offered(cups(), redeemed), When: redeem(id(1), validUntil+1)},
		{Name: "redeeming it by another purchase", Given: offered(cups(), second, redeemed), When: redeem(id(2), validUntil),
			Refused: customer.ErrOfferRedeemed},
		{Name: "redeeming it the day after", Given: offered(cups()), When: redeem(id(1), validUntil+1),
			Refused: customer.ErrOfferExpired},
		{Name: "redeeming what was accepted, later", Given: offered(cups(), accepted), When: redeem(id(1), validUntil+1),
			Then: facts(redeemed)},
		{Name: "redeeming what has expired", Given: offered(cups(), expired), When: redeem(id(1), validUntil),
			Refused: customer.ErrOfferExpired},
		{Name: "redeeming what was rejected", Given: offered(cups(), rejected), When: redeem(id(1), validUntil),
			Refused: customer.ErrOfferRejected},
		{Name: "redeeming it by an unknown purchase", Given: offered(), When: redeem(id(1), validUntil),
			Refused: customer.ErrPurchaseUnknown},
		{Name: "redeeming it by a purchase of before", Given: before, When: redeem(id(1), validUntil),
			Refused: customer.ErrOfferEarlier, Because: "the purchase was recorded before"},
		{Name: "redeeming it before it was proposed", Given: offered(cups()), When: redeem(id(1), proposedOn-1),
			Refused: customer.ErrOfferEarlier, Because: "the offer was proposed on"},
		{Name: "redeeming an unknown offer", Given: ann(cups()), When: redeem(id(1), validUntil), Refused: customer.ErrOfferUnknown},
		{Name: "nobody redeeming", When: redeem(id(1), validUntil), Refused: customer.ErrUnknown},

		{Name: "buying by an offer", Given: offered(), When: buyBy(id(7), validUntil), Then: facts(cups(), redeemed)},
		{Name: "buying by it again", Given: offered(cups(), redeemed), When: buyBy(id(7), validUntil+9)},
		{Name: "saying only then by which offer", Given: offered(cups()), When: buyBy(id(7), validUntil), Then: facts(redeemed)},
		{Name: "saying of an older purchase that it was by the offer", Given: before, When: buyBy(id(7), validUntil),
			Refused: customer.ErrOfferEarlier},
		{Name: "buying by an offer that is over", Given: offered(), When: buyBy(id(7), validUntil+1),
			Refused: customer.ErrOfferExpired},
		{Name: "buying by what was redeemed before", Given: offered(second, customer.OfferRedeemed{OfferID: id(7), PurchaseID: id(2)}),
			When: buyBy(id(7), validUntil), Refused: customer.ErrOfferRedeemed},
		{Name: "buying by an unknown offer", Given: offered(), When: buyBy(id(8), validUntil), Refused: customer.ErrOfferUnknown},
	}
}
