package customer_test

import (
	"slices"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

const proposedOn, validUntil = domain.Day(20000), domain.Day(20010)

// offered is Ann with offer 7: cups at 1.50 EUR from proposedOn until validUntil.
func offered(then ...customer.Event) []customer.Event {
	return ann(append([]customer.Event{customer.OfferProposed{OfferID: id(7), OfferTerms: cupTerms(), On: proposedOn}}, then...)...)
}

func cupTerms() customer.OfferTerms {
	return customer.OfferTerms{SKU: "cup", Price: some("1.50"), Currency: "EUR", Reason: "buys cups", ValidUntil: validUntil,
		Evidence: []customer.Evidence{{Fact: "orders", Value: "3"}}, Policy: "next_best_offer"}
}

func offers() []story {
	propose := func(change func(*customer.OfferTerms)) customer.Command {
		c := customer.ProposeOffer{OfferID: id(7), OfferTerms: cupTerms()}
		change(&c.OfferTerms)
		return domaintest.At(c, proposedOn.Time(), proposedOn)
	}
	plain := func(*customer.OfferTerms) {}
	recommendation := id(9)
	recommended := cupTerms()
	recommended.RecommendationID = &recommendation
	discount := customer.OfferTerms{Category: "tea", DiscountPercent: some("12.5"), Reason: "drinks tea", ValidUntil: proposedOn}
	accept := func(on domain.Day) customer.Command {
		return domaintest.At(customer.AcceptOffer{OfferID: id(7)}, on.Time(), on)
	}
	reject := func(on domain.Day, reason string) customer.Command {
		return domaintest.At(customer.RejectOffer{OfferID: id(7), Reason: reason}, on.Time(), on)
	}
	accepted, rejected := customer.OfferAccepted{OfferID: id(7)}, customer.OfferRejected{OfferID: id(7), Reason: "too dear"}
	expired := customer.OfferExpired{OfferID: id(7)}
	redeemed := customer.OfferRedeemed{OfferID: id(7), PurchaseID: id(1)}
	facts := func(e ...customer.Event) []customer.Event { return e }
	return slices.Concat(offerTerms(), []story{
		{Name: "an offer", Given: ann(), When: propose(plain), Then: offered()[1:]},
		{Name: "the same offer again", Given: offered(), When: propose(plain)},
		{Name: "the same offer again after its end", Given: offered(expired), When: propose(plain)},
		{Name: "another offer under the same id", Given: offered(), Refused: customer.ErrOfferOtherwise,
			When: propose(func(t *customer.OfferTerms) { t.Evidence[0].Value = "4" })},
		{Name: "a discount for today only", Given: ann(), When: propose(func(t *customer.OfferTerms) { *t = discount }),
			Then: facts(customer.OfferProposed{OfferID: id(7), OfferTerms: discount, On: proposedOn})},
		{Name: "an offer that was recommended", When: propose(func(t *customer.OfferTerms) { *t = recommended }),
			Given: ann(customer.RecommendationIssued{RecommendationID: id(9)}),
			Then:  facts(customer.OfferProposed{OfferID: id(7), OfferTerms: recommended, On: proposedOn})},
		{Name: "an offer that nobody recommended", Given: ann(), Refused: customer.ErrRecommendationUnknown,
			When: propose(func(t *customer.OfferTerms) { *t = recommended })},
		{Name: "an offer to nobody", When: propose(plain), Refused: customer.ErrUnknown},

		{Name: "accepting an offer", Given: offered(), When: accept(proposedOn), Then: facts(accepted)},
		{Name: "accepting it on its last day", Given: offered(), When: accept(validUntil), Then: facts(accepted)},
		{Name: "accepting it the day after", Given: offered(), When: accept(validUntil + 1), Refused: customer.ErrOfferExpired},
		{Name: "accepting it when it has expired", Given: offered(expired), When: accept(validUntil),
			Refused: customer.ErrOfferExpired},
		{Name: "accepting it before it was proposed", Given: offered(), When: accept(proposedOn - 1),
			Refused: customer.ErrOfferEarlier},
		{Name: "accepting it again", Given: offered(accepted), When: accept(validUntil + 1)},
		{Name: "accepting what was bought", Given: offered(cups(), redeemed), When: accept(validUntil)},
		{Name: "accepting what was rejected", Given: offered(rejected), When: accept(validUntil),
			Refused: customer.ErrOfferRejected},
		{Name: "accepting an unknown offer", Given: ann(), When: accept(proposedOn), Refused: customer.ErrOfferUnknown},
		{Name: "nobody accepting", When: accept(proposedOn), Refused: customer.ErrUnknown},

		{Name: "rejecting an offer", Given: offered(), When: reject(validUntil, "too dear"), Then: facts(rejected)},
		{Name: "rejecting it again", Given: offered(rejected), When: reject(validUntil+1, "too late")},
		{Name: "rejecting what was accepted", Given: offered(accepted), When: reject(validUntil, ""),
			Refused: customer.ErrOfferAccepted},
		{Name: "rejecting what was bought", Given: offered(cups(), redeemed), When: reject(validUntil, ""),
			Refused: customer.ErrOfferRedeemed},
		{Name: "rejecting what has expired", Given: offered(expired), When: reject(validUntil, ""),
			Refused: customer.ErrOfferExpired},
		{Name: "rejecting an unknown offer", Given: ann(), When: reject(proposedOn, ""), Refused: customer.ErrOfferUnknown},
		{Name: "rejecting for a reason with NUL", Given: offered(), When: reject(proposedOn, "\x00"),
			Refused: domain.ErrText.At("reason")},

		{Name: "the day before an offer expires", Given: offered(), When: customer.PassDay{Date: validUntil - 1}},
		{Name: "an offer expires", Given: offered(), When: customer.PassDay{Date: validUntil}, Then: facts(expired)},
		{Name: "an accepted offer stays", Given: offered(accepted), When: customer.PassDay{Date: validUntil}},
		{Name: "a rejected offer is over", Given: offered(rejected), When: customer.PassDay{Date: validUntil}},
		{Name: "a redeemed offer is over", Given: offered(cups(), redeemed), When: customer.PassDay{Date: validUntil}},
	})
}

func offerTerms() []story {
	refusal := func(name string, refused *domain.Rejection, change func(*customer.OfferTerms)) story {
		c := customer.ProposeOffer{OfferID: id(7), OfferTerms: cupTerms()}
		change(&c.OfferTerms)
		return story{Name: name, Given: ann(), When: domaintest.At(c, proposedOn.Time(), proposedOn), Refused: refused}
	}
	return []story{
		{Name: "an offer without id", Given: ann(), When: customer.ProposeOffer{OfferTerms: cupTerms()}, Refused: customer.ErrOfferID},
		refusal("offering nothing", customer.ErrOfferEmpty, func(t *customer.OfferTerms) { t.SKU = "" }),
		refusal("for no reason", customer.ErrOfferReason, func(t *customer.OfferTerms) { t.Reason = "" }),
		refusal("neither price nor discount", customer.ErrOfferTerms, func(t *customer.OfferTerms) { t.Price = nil }),
		refusal("both price and discount", customer.ErrOfferTerms, func(t *customer.OfferTerms) { t.DiscountPercent = some("5") }),
		refusal("a discount in euros", customer.ErrOfferTerms.At("currency"), func(t *customer.OfferTerms) {
			t.Price, t.DiscountPercent = nil, some("5")
		}),
		refusal("no discount at all", customer.ErrOfferDiscount, func(t *customer.OfferTerms) {
			t.Price, t.Currency, t.DiscountPercent = nil, "", some("0")
		}),
		refusal("more than everything off", customer.ErrOfferDiscount, func(t *customer.OfferTerms) {
			t.Price, t.Currency, t.DiscountPercent = nil, "", some("100.01")
		}),
		refusal("a negative price", customer.ErrPrice.At("price"), func(t *customer.OfferTerms) { t.Price = some("-1") }),
		refusal("an unknown currency", domain.ErrCurrency, func(t *customer.OfferTerms) { t.Currency = "EURO" }),
		refusal("too much evidence", customer.ErrOfferEvidence, func(t *customer.OfferTerms) {
			t.Evidence = slices.Repeat(t.Evidence, 51)
		}),
		refusal("evidence of nothing", customer.ErrOfferEvidence.At("evidence[0].fact"), func(t *customer.OfferTerms) {
			t.Evidence[0].Fact = ""
		}),
		refusal("evidence with NUL", domain.ErrText.At("evidence[0].value"), func(t *customer.OfferTerms) {
			t.Evidence[0].Value = "\x00"
		}),
		refusal("a title with NUL", domain.ErrText.At("title"), func(t *customer.OfferTerms) { t.Title = "\x00" }),
		refusal("valid until yesterday", customer.ErrOfferValidUntil, func(t *customer.OfferTerms) { t.ValidUntil = proposedOn - 1 }),
		refusal("valid for eleven years", customer.ErrOfferValidUntil, func(t *customer.OfferTerms) {
			t.ValidUntil = proposedOn + 11*366
		}),
	}
}
