package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const leadPath = "/v1/customers/{customer_id}/leads"

var captureLead = declare(customers, ofCustomer(declaration[customer.CaptureLead]{
	Name: "capture_lead", Method: http.MethodPost, Path: leadPath,
	Summary: "Capture a lead",
	Description: "Remembers a sign that the customer may want something. The same lead again changes nothing; another one " +
		"under the same lead_id is refused.",
	Fields: map[string]string{
		"lead_id":     "Names the lead; without it, one follows from the Idempotency-Key, or is new",
		"lead_source": "What it came by: form, fair, call, …",
		"campaign":    "The campaign that caused it",
		"interest":    "What the customer may want",
		"owner":       "Who works on it",
	},
	Example: `{"lead_source":"fair","campaign":"spring","interest":"lamps for the new hall","owner":"Eve","department":"marketing"}`,
	IDField: "lead_id",
	ID:      func(c *customer.CaptureLead) *uuid.UUID { return &c.LeadID },
}))

var qualifyLead = declare(customers, ofCustomer(declaration[customer.QualifyLead]{
	Name: "qualify_lead", Method: http.MethodPost, Path: leadPath + "/qualified",
	Summary:     "Qualify a lead",
	Description: "Says that it is worth the work of sales, which may accept it then.",
	Fields: map[string]string{
		"lead_id": "The lead",
		"score":   "How good it is, from 0 to 100",
		"reason":  "Why it is worth the work",
	},
	Example: `{"lead_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d61","score":80,"reason":"has a budget"}`,
}))

var acceptLead = declare(customers, ofCustomer(declaration[customer.AcceptLead]{
	Name: "accept_lead", Method: http.MethodPost, Path: leadPath + "/accepted",
	Summary:     "Accept a lead",
	Description: "Sales takes over a lead that is qualified. It may have become an opportunity: open that first.",
	Fields:      map[string]string{"lead_id": "The lead", "opportunity_id": "The opportunity that it became"},
	Example:     `{"lead_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d62","department":"sales"}`,
}))

var rejectLead = declare(customers, ofCustomer(declaration[customer.RejectLead]{
	Name: "reject_lead", Method: http.MethodPost, Path: leadPath + "/rejected",
	Summary: "Reject a lead",
	Fields:  map[string]string{"lead_id": "The lead", "reason": "Why it leads nowhere"},
	Example: `{"lead_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d63","reason":"no budget"}`,
}))
