package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const opportunityPath = "/v1/customers/{customer_id}/opportunities"

var openOpportunity = declare(customers, ofCustomer(declaration[customer.OpenOpportunity]{
	Name: "open_opportunity", Method: http.MethodPost, Path: opportunityPath,
	Summary: "Open an opportunity",
	Description: "Remembers that the customer might buy something. The same opportunity again changes nothing; another " +
		"one under the same opportunity_id is refused.",
	Fields: map[string]string{
		"opportunity_id":    "Names the opportunity; without it, one follows from the Idempotency-Key, or is new",
		"name":              "What people call it",
		"product":           "What it is about",
		"stage":             "Where it begins: prospecting unless said; then usually qualifying, engaging, proposing, negotiating, or any word",
		"currency":          "ISO 4217 code of its amounts",
		"rate":              "Reporting currency per unit of currency, where they differ",
		"amount":            "What it comes to, where somebody knows",
		"expected_close_on": "When its end is expected",
		"owner":             "Who works on it",
	},
	Example: `{"name":"Lamps for the new hall","product":"lamps","currency":"EUR","amount":"1500","owner":"Eve",` +
		`"department":"sales"}`,
	IDField: "opportunity_id",
	ID:      func(c *customer.OpenOpportunity) *uuid.UUID { return &c.OpportunityID },
}))

var moveOpportunity = declare(customers, ofCustomer(declaration[customer.MoveOpportunity]{
	Name: "move_opportunity", Method: http.MethodPost, Path: opportunityPath + "/moved",
	Summary:     "Move an opportunity to another stage",
	Description: "Forwards or backwards, until it is won or lost.",
	Fields:      map[string]string{"opportunity_id": "The opportunity", "stage": "The stage that it is in now"},
	Example:     `{"opportunity_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d31","stage":"proposing"}`,
}))

var revalueOpportunity = declare(customers, ofCustomer(declaration[customer.RevalueOpportunity]{
	Name: "revalue_opportunity", Method: http.MethodPost, Path: opportunityPath + "/revalued",
	Summary: "Change the amount of an opportunity",
	Fields: map[string]string{"opportunity_id": "The opportunity",
		"amount": "What it comes to now, in the opportunity's currency"},
	Example: `{"opportunity_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d32","amount":"1800"}`,
}))

var winOpportunity = declare(customers, ofCustomer(declaration[customer.WinOpportunity]{
	Name: "win_opportunity", Method: http.MethodPost, Path: opportunityPath + "/won",
	Summary:     "Win an opportunity",
	Description: "What the customer then buys is recorded as a purchase.",
	Fields: map[string]string{"opportunity_id": "The opportunity",
		"amount": "What it was won for, in the opportunity's currency; as last said unless given"},
	Example: `{"opportunity_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d33","amount":"1450"}`,
}))

var loseOpportunity = declare(customers, ofCustomer(declaration[customer.LoseOpportunity]{
	Name: "lose_opportunity", Method: http.MethodPost, Path: opportunityPath + "/lost",
	Summary:     "Lose an opportunity",
	Description: "A lost opportunity stays lost: for a customer who comes back, open another one.",
	Fields: map[string]string{"opportunity_id": "The opportunity", "reason": "Why it was lost",
		"competitor": "To whom it was lost"},
	Example: `{"opportunity_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d34","reason":"price","competitor":"Bulbs Ltd"}`,
}))
