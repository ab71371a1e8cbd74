package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const (
	recommendationPath = "/v1/customers/{customer_id}/recommendations"
	handoverPath       = "/v1/customers/{customer_id}/handovers"
)

var issueRecommendation = declare(customers, ofCustomer(declaration[customer.IssueRecommendation]{
	Name: "issue_recommendation", Method: http.MethodPost, Path: recommendationPath,
	Summary:     "Recommend something to a colleague",
	Description: "Tells a colleague what to do for the customer. It is overdue when its day is over and it was not answered.",
	Fields: map[string]string{
		"recommendation_id": "Names the recommendation; without it, one follows from the Idempotency-Key, or is new",
		"assignee":          "Who should do it",
		"action":            "What",
		"reason":            "Why",
		"evidence":          "What that rests on",
		"due_on":            "Last day before it is overdue",
	},
	Example: `{"assignee":"bob","action":"offer a service contract","reason":"the machine breaks down often",` +
		`"evidence":["3 breakdowns in 90 days"],"due_on":"2030-01-31"}`,
	IDField: "recommendation_id",
	ID:      func(c *customer.IssueRecommendation) *uuid.UUID { return &c.RecommendationID },
}))

var acceptRecommendation = declare(customers, ofCustomer(declaration[customer.AcceptRecommendation]{
	Name: "accept_recommendation", Method: http.MethodPost, Path: recommendationPath + "/accepted",
	Summary: "Accept a recommendation",
	Fields:  map[string]string{"recommendation_id": "The recommendation that is followed"},
	Example: `{"recommendation_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d41"}`,
}))

var dismissRecommendation = declare(customers, ofCustomer(declaration[customer.DismissRecommendation]{
	Name: "dismiss_recommendation", Method: http.MethodPost, Path: recommendationPath + "/dismissed",
	Summary: "Dismiss a recommendation",
	Fields:  map[string]string{"recommendation_id": "The recommendation that is not followed", "reason": "Why not"},
	Example: `{"recommendation_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d42","reason":"they sell the machine"}`,
}))

var handOver = declare(customers, ofCustomer(declaration[customer.HandOver]{
	Name: "hand_over", Method: http.MethodPost, Path: handoverPath,
	Summary:     "Hand work over to another department",
	Description: "Gives work on the customer to another department. It waits until that one accepts it.",
	Fields: map[string]string{
		"handover_id": "Names the hand-over; without it, one follows from the Idempotency-Key, or is new",
		"from":        "The department that gives",
		"to":          "The department that is to take",
		"what":        "The work",
	},
	Example: `{"from":"sales","to":"service","what":"install the machine"}`,
	IDField: "handover_id",
	ID:      func(c *customer.HandOver) *uuid.UUID { return &c.HandoverID },
}))

var acceptHandover = declare(customers, ofCustomer(declaration[customer.AcceptHandover]{
	Name: "accept_handover", Method: http.MethodPost, Path: handoverPath + "/accepted",
	Summary: "Accept a hand-over",
	Fields:  map[string]string{"handover_id": "The work that was taken"},
	Example: `{"handover_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d51"}`,
}))
