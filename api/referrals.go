package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const referralPath = "/v1/customers/{customer_id}/referrals"

var makeReferral = declare(customers, ofCustomer(declaration[customer.MakeReferral]{
	Name: "make_referral", Method: http.MethodPost, Path: referralPath,
	Summary:     "Refer somebody",
	Description: "Remembers that the customer referred somebody to us, who has no name as long as they are no customer.",
	Fields: map[string]string{
		"referral_id": "Names the referral; without it, one follows from the Idempotency-Key, or is new",
		"via":         "By what means: link, card, word of mouth, …",
	},
	Example: `{"via":"link","channel":"web"}`,
	IDField: "referral_id",
	ID:      func(c *customer.MakeReferral) *uuid.UUID { return &c.ReferralID },
}))

var convertReferral = declare(customers, ofCustomer(declaration[customer.ConvertReferral]{
	Name: "convert_referral", Method: http.MethodPost, Path: referralPath + "/converted",
	Summary: "Convert a referral",
	Fields: map[string]string{
		"referral_id": "The referral that brought a customer",
		"referred_id": "The customer who was brought",
		"purchase_id": "Theirs, by which it is known",
	},
	Example: `{"referral_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d21","referred_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d24"}`,
}))

var giveTestimonial = declare(customers, ofCustomer(declaration[customer.GiveTestimonial]{
	Name: "give_testimonial", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/testimonials",
	Summary: "Recommend us in public",
	Fields: map[string]string{
		"testimonial_id": "Names the recommendation; without it, one follows from the Idempotency-Key, or is new",
		"where":          "Where: a review site, a fair, a newspaper, …",
		"text":           "What the customer said",
	},
	Example: `{"where":"a review site","text":"Always on time"}`,
	IDField: "testimonial_id",
	ID:      func(c *customer.GiveTestimonial) *uuid.UUID { return &c.TestimonialID },
}))
