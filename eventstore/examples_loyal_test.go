package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func loyalExamples() []domain.Event {
	referral, agreement := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c12"), uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c13")
	return []domain.Event{
		customer.ReferralMade{ReferralID: referral, Via: "link"},
		customer.ReferralConverted{ReferralID: referral, ReferredID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c14"),
			PurchaseID: point(uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c15"))},
		customer.TestimonialGiven{TestimonialID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c16"),
			Where: "a review site", Text: "Always on time"},
		customer.AgreementSigned{AgreementID: agreement, Kind: "framework", StartsOn: 15034, EndsOn: point(domain.Day(15400))},
		customer.AgreementEnded{AgreementID: agreement, Reason: "by mutual consent", Expired: true},
	}
}
