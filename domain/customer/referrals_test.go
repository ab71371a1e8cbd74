package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func referrals() []story {
	made := customer.ReferralMade{ReferralID: id(7), Via: "link"}
	another := customer.ReferralMade{ReferralID: id(8), Via: "link"}
	purchase := id(3)
	converted := customer.ReferralConverted{ReferralID: id(7), ReferredID: id(9), PurchaseID: &purchase}
	convert := func(referred uuid.UUID) customer.Command {
		c := customer.ConvertReferral{ReferralID: id(7), ReferredID: referred, PurchaseID: &purchase}
		return domaintest.In(c, func(g *customer.Given) { g.ID, g.Needs.Customer.Known = id(1), referred == id(9) })
	}
	given := customer.TestimonialGiven{TestimonialID: id(5), Where: "a fair", Text: "Buy there"}
	return []story{
		{Name: "referring somebody", Given: ann(), When: customer.MakeReferral(made), Then: []customer.Event{made}},
		{Name: "referring again under the same id", Given: ann(made), When: customer.MakeReferral(made)},
		{Name: "referring by other means under the same id", Given: ann(made), Refused: customer.ErrReferralOtherwise,
			When: customer.MakeReferral{ReferralID: id(7), Via: "card"}},
		{Name: "a referral of nobody's", When: customer.MakeReferral(made), Refused: customer.ErrUnknown},
		{Name: "a referral without id", Given: ann(), When: customer.MakeReferral{}, Refused: customer.ErrReferralID},
		{Name: "referring by NUL", Given: ann(), Refused: domain.ErrText.At("via"),
			When: customer.MakeReferral{ReferralID: id(7), Via: "\x00"}},

		{Name: "the referred one comes", Given: ann(made), When: convert(id(9)),
			Then: []customer.Event{converted}},
		{Name: "they come again", Given: ann(made, converted), When: convert(id(9))},
		{Name: "another one comes by the same referral", Given: ann(made, converted),
			When: customer.ConvertReferral{ReferralID: id(7), ReferredID: id(10)}, Refused: customer.ErrReferralConverted},
		{Name: "they come by two referrals", Given: ann(made, another, converted),
			When: customer.ConvertReferral{ReferralID: id(8), ReferredID: id(9)}, Refused: customer.ErrReferredTwice},
		{Name: "nobody comes", Given: ann(made), When: customer.ConvertReferral{ReferralID: id(7)},
			Refused: customer.ErrReferredID},
		{Name: "they come themselves", Given: ann(made), When: convert(id(1)), Refused: customer.ErrReferredID},
		{Name: "they come themselves under another id", Given: ann(made, customer.Absorbed{AbsorbedID: id(9), SurvivorID: id(1)}),
			When: convert(id(9)), Refused: customer.ErrReferredID},
		{Name: "a stranger comes", Given: ann(made), When: convert(id(2)), Refused: customer.ErrReferredUnknown},
		{Name: "one comes who was not referred", Given: ann(), When: convert(id(9)),
			Refused: customer.ErrReferralUnknown},
		{Name: "one comes whom nobody referred", When: convert(id(9)), Refused: customer.ErrUnknown},

		{Name: "recommending us in public", Given: ann(), When: customer.GiveTestimonial(given),
			Then: []customer.Event{given}},
		{Name: "the same recommendation again", Given: ann(given), When: customer.GiveTestimonial(given)},
		{Name: "another recommendation under the same id", Given: ann(given), Refused: customer.ErrTestimonialOtherwise,
			When: customer.GiveTestimonial{TestimonialID: id(5), Where: "a review site"}},
		{Name: "a recommendation of nobody's", When: customer.GiveTestimonial(given), Refused: customer.ErrUnknown},
		{Name: "a recommendation without id", Given: ann(), Refused: customer.ErrTestimonialID,
			When: customer.GiveTestimonial{TestimonialID: uuid.Nil, Where: "a fair"}},
		{Name: "a recommendation nowhere", Given: ann(), Refused: customer.ErrTestimonialWhere,
			When: customer.GiveTestimonial{TestimonialID: id(5)}},
		{Name: "a recommendation at NUL", Given: ann(), Refused: domain.ErrText.At("where"),
			When: customer.GiveTestimonial{TestimonialID: id(5), Where: "\x00"}},
		{Name: "recommending NUL", Given: ann(), Refused: domain.ErrText.At("text"),
			When: customer.GiveTestimonial{TestimonialID: id(5), Where: "a fair", Text: "\x00"}},
	}
}
