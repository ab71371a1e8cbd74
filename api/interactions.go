package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

var recordInteraction = declare(customers, ofCustomer(declaration[customer.RecordInteraction]{
	Name: "record_interaction", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/interactions",
	Summary:     "Record a contact",
	Description: "Remembers a contact with the customer that is not a transaction: a mail, a call, a visit.",
	Fields: map[string]string{
		"interaction_id": "Names the contact; without it, one follows from the Idempotency-Key, or is new",
		"kind":           "email, call, meeting, interview, chat, social_post, web_visit, form, letter, sms or store_visit",
		"direction":      "inbound where the customer sought the contact, outbound where we did",
		"duration_s":     "How long it took, in seconds",
	},
	Example: `{"kind":"call","direction":"inbound","subject":"Delivery","duration_s":240,"department":"service"}`,
	IDField: "interaction_id",
	ID:      func(c *customer.RecordInteraction) *uuid.UUID { return &c.InteractionID },
}))
