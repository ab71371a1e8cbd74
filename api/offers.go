package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const offerPath = "/v1/customers/{customer_id}/offers"

var proposeOffer = declare(customers, ofCustomer(declaration[customer.ProposeOffer]{
	Name: "propose_offer", Method: http.MethodPost, Path: offerPath,
	Summary: "Propose an offer",
	Description: "Remembers what we propose to the customer, at a price or with a discount, and why. It expires when its " +
		"day is over and it was not answered.",
	Fields: map[string]string{
		"offer_id":          "Names the offer; without it, one follows from the Idempotency-Key, or is new",
		"sku":               "The good or service; or say the category, or a title",
		"category":          "What the offer is good for",
		"title":             "The offer as the customer sees it",
		"price":             "Price per unit, with its currency; or say a discount",
		"currency":          "ISO 4217 code of the price",
		"discount_percent":  "Off the list price, above 0 and at most 100",
		"reason":            "Why it is proposed to this customer",
		"evidence":          "What that rests on",
		"evidence[].fact":   "Name of a fact",
		"evidence[].value":  "What it was then",
		"valid_until":       "Last day for accepting it",
		"recommendation_id": "The recommendation that it follows",
		"policy":            "The policy that decided on it, where no person did",
	},
	Example: `{"sku":"85123A","price":"2.10","currency":"EUR","reason":"bought it often, not lately",` +
		`"evidence":[{"fact":"recency_days","value":"95"}],"valid_until":"2030-01-31","department":"sales"}`,
	IDField: "offer_id",
	ID:      func(c *customer.ProposeOffer) *uuid.UUID { return &c.OfferID },
}))

var acceptOffer = declare(customers, ofCustomer(declaration[customer.AcceptOffer]{
	Name: "accept_offer", Method: http.MethodPost, Path: offerPath + "/accepted",
	Summary:     "Accept an offer",
	Description: "The customer wants it. An accepted offer does not expire.",
	Fields:      map[string]string{"offer_id": "The offer"},
	Example:     `{"offer_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d71"}`,
}))

var rejectOffer = declare(customers, ofCustomer(declaration[customer.RejectOffer]{
	Name: "reject_offer", Method: http.MethodPost, Path: offerPath + "/rejected",
	Summary: "Reject an offer",
	Fields:  map[string]string{"offer_id": "The offer", "reason": "Why the customer does not want it"},
	Example: `{"offer_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d72","reason":"has one already"}`,
}))

var redeemOffer = declare(customers, ofCustomer(declaration[customer.RedeemOffer]{
	Name: "redeem_offer", Method: http.MethodPost, Path: offerPath + "/redeemed",
	Summary: "Redeem an offer",
	Description: "Says which purchase made use of it, where the purchase did not name it itself. An offer is redeemed once, " +
		"by a purchase that was recorded after it was proposed.",
	Fields:  map[string]string{"offer_id": "The offer", "purchase_id": "The purchase"},
	Example: `{"offer_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d73","purchase_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d74"}`,
}))
