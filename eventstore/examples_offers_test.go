package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

var offerExamples = func() []domain.Event {
	id := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c71")
	return []domain.Event{
		customer.OfferProposed{OfferID: id, OfferTerms: customer.OfferTerms{SKU: "85123A", Category: "decoration",
			Title: "Hearts for half", Price: point(number("1.275")), Currency: "GBP", DiscountPercent: point(number("50")),
			Reason: "buys decoration in spring", Evidence: []customer.Evidence{{Fact: "orders", Value: "3"}}, ValidUntil: 15064,
			RecommendationID: point(uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c17")), Policy: "next_best_offer"}, On: 15034},
		customer.OfferAccepted{OfferID: id},
		customer.OfferRejected{OfferID: id, Reason: "has enough"},
		customer.OfferExpired{OfferID: id},
		customer.OfferRedeemed{OfferID: id, PurchaseID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c3d")},
	}
}()
