package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

var shareData = declare(customers, ofCustomer(declaration[customer.ShareData]{
	Name: "share_data", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/shares",
	Summary: "Share data with a partner",
	Description: "Remembers what data about the customer went to whom. Where the legal basis is consent, the customer must " +
		"have consented to the purpose through the channel " + customer.SharingChannel + ".",
	Fields: map[string]string{
		"share_id":     "Names the sharing; without it, one follows from the Idempotency-Key, or is new",
		"recipient":    "With whom: a partner's name",
		"recipient_id": "Or another customer, who must be registered",
		"purpose":      "What for: a-z, 0-9 and _, as in consents",
		"fields":       "What was shared, by name",
		"legal_basis":  "On what ground: consent, contract, legal_obligation, vital_interests, public_task or legitimate_interests",
	},
	Example: `{"recipient":"Carrier Ltd","purpose":"delivery","fields":["name","address"],"legal_basis":"contract"}`,
	IDField: "share_id",
	ID:      func(c *customer.ShareData) *uuid.UUID { return &c.ShareID },
}))
