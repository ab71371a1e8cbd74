package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

var holdInterview = declare(customers, ofCustomer(declaration[customer.HoldInterview]{
	Name: "hold_interview", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/interviews",
	Summary:     "Record an interview",
	Description: "Remembers what the customer was asked and said. It counts as a contact.",
	Fields: map[string]string{
		"interview_id": "Names the interview; without it, one follows from the Idempotency-Key, or is new",
		"topic":        "What it was about, in the same words for interviews that are to be compared",
		"answers":      "The questions, each with its answer",
		"duration_s":   "How long it took, in seconds",
	},
	Example: `{"topic":"moving house","answers":[{"question":"When do you move?","answer":"in spring"}],"channel":"phone"}`,
	IDField: "interview_id",
	ID:      func(c *customer.HoldInterview) *uuid.UUID { return &c.InterviewID },
}))
