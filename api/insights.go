package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const insightPath = "/v1/customers/{customer_id}/insights"

var recordInsight = declare(customers, ofCustomer(declaration[customer.RecordInsight]{
	Name: "record_insight", Method: http.MethodPost, Path: insightPath,
	Summary:     "Record an insight",
	Description: "Remembers what somebody concluded about the customer, with the events and documents that it rests on.",
	Fields: map[string]string{
		"insight_id": "Names the insight; without it, one follows from the Idempotency-Key, or is new",
		"statement":  "What was concluded",
		"kind":       "Need, habit, risk, …",
		"confidence": "How sure they are, from 0 to 1; without it, 1",
		"evidence":   "The events that it rests on, by their revisions in the customer's history",
		"links":      "Documents that it rests on",
	},
	Example: `{"statement":"Plans to move house","kind":"need","confidence":"0.7","evidence":[0],"department":"service"}`,
	IDField: "insight_id",
	ID:      func(c *customer.RecordInsight) *uuid.UUID { return &c.InsightID },
}))

var retractInsight = declare(customers, ofCustomer(declaration[customer.RetractInsight]{
	Name: "retract_insight", Method: http.MethodPost, Path: insightPath + "/retracted",
	Summary: "Retract an insight",
	Fields:  map[string]string{"insight_id": "What is not so", "reason": "Why"},
	Example: `{"insight_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d81","reason":"it was the neighbour who moved"}`,
}))
