package api

import (
	"net/http"

	"github.com/rapport-crm/rapport/domain/customer"
)

const consentPath = "/v1/customers/{customer_id}/consents"

var grantConsent = declare(customers, ofCustomer(declaration[customer.GrantConsent]{
	Name: "grant_consent", Method: http.MethodPost, Path: consentPath,
	Summary: "Grant a consent",
	Description: "Remembers that the customer may be addressed for a purpose through a channel. On other terms than " +
		"those in force, it replaces them. It expires when its last day is over.",
	Fields: map[string]string{
		"purpose":      "What for: marketing, profiling, …",
		"through":      "The channel by which they may be addressed: email, sms, phone, post, …",
		"legal_basis":  "consent, contract, legal_obligation, vital_interests, public_task or legitimate_interests",
		"text_version": "Version of the text by which they were asked",
		"expires_on":   "Last day on which it holds; without it, it holds until it is withdrawn",
	},
	Example: `{"purpose":"marketing","through":"email","legal_basis":"consent","text_version":"2024-1"}`,
}))

var withdrawConsent = declare(customers, ofCustomer(declaration[customer.WithdrawConsent]{
	Name: "withdraw_consent", Method: http.MethodPost, Path: consentPath + "/withdrawn",
	Summary: "Withdraw a consent",
	Fields:  map[string]string{"purpose": "What for", "through": "The channel that it was for"},
	Example: `{"purpose":"marketing","through":"phone"}`,
}))
