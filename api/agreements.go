package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const agreementPath = "/v1/customers/{customer_id}/agreements"

var signAgreement = declare(customers, ofCustomer(declaration[customer.SignAgreement]{
	Name: "sign_agreement", Method: http.MethodPost, Path: agreementPath,
	Summary:     "Sign an agreement",
	Description: "Remembers what the customer and we agreed on. It is in force from its first day until its last is over.",
	Fields: map[string]string{
		"agreement_id": "Names the agreement; without it, one follows from the Idempotency-Key, or is new",
		"kind":         "Such as framework, partnership or co_creation",
		"starts_on":    "First day on which it is in force",
		"ends_on":      "Last day on which it is; without it, until it is ended",
	},
	Example: `{"kind":"framework","starts_on":"2030-01-01","ends_on":"2031-12-31","department":"sales"}`,
	IDField: "agreement_id",
	ID:      func(c *customer.SignAgreement) *uuid.UUID { return &c.AgreementID },
}))

var endAgreement = declare(customers, ofCustomer(declaration[customer.EndAgreement]{
	Name: "end_agreement", Method: http.MethodPost, Path: agreementPath + "/ended",
	Summary: "End an agreement",
	Fields:  map[string]string{"agreement_id": "The agreement that ended before its last day", "reason": "Why"},
	Example: `{"agreement_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d31","reason":"by mutual consent"}`,
}))
