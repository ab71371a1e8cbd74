package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const casePath = "/v1/customers/{customer_id}/cases"

var openCase = declare(customers, ofCustomer(declaration[customer.OpenCase]{
	Name: "open_case", Method: http.MethodPost, Path: casePath,
	Summary: "Open a case",
	Description: "Remembers what the customer wants of service, and sets the clocks for the first response and the resolution " +
		"by the policy service. Without one: urgent 1 and 8 hours, high 4 and 24 hours, normal 8 hours and 3 days, low 24 " +
		"hours and 7 days, day and night; and a complaint of the same category within 90 days is a repeat.",
	Fields: map[string]string{
		"case_id":     "Names the case; without it, one follows from the Idempotency-Key, or is new",
		"type":        "question, incident, complaint or service",
		"category":    "What it is about; a complaint needs one",
		"priority":    "low, normal (unless another is given), high or urgent",
		"queue":       "Where it waits",
		"subject":     "In a line",
		"asset_id":    "The equipment that it is about",
		"purchase_id": "The purchase that it is about",
	},
	Example: `{"type":"incident","category":"noise","priority":"high","subject":"The lift squeaks","department":"service"}`,
	IDField: "case_id",
	ID:      func(c *customer.OpenCase) *uuid.UUID { return &c.CaseID },
}))

var assignCase = declare(customers, ofCustomer(declaration[customer.AssignCase]{
	Name: "assign_case", Method: http.MethodPost, Path: casePath + "/assigned",
	Summary: "Assign a case",
	Fields:  map[string]string{"assignee": "Who takes it", "queue": "Where it waits; unchanged where none is named"},
	Example: `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d30","assignee":"zoe"}`,
}))

var respondToCase = declare(customers, ofCustomer(declaration[customer.RespondToCase]{
	Name: "respond_to_case", Method: http.MethodPost, Path: casePath + "/responses",
	Summary: "Respond to a case",
	Description: "Remembers that we answered the customer. The first answer ends the response clock, another one the clock for " +
		"the next response.",
	Fields:  map[string]string{"response_id": "Names the answer; without it, one follows from the Idempotency-Key, or is new"},
	Example: `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d30","channel":"phone"}`,
	IDField: "response_id",
	ID:      func(c *customer.RespondToCase) *uuid.UUID { return &c.ResponseID },
}))

var replyToCase = declare(customers, ofCustomer(declaration[customer.ReplyToCase]{
	Name: "reply_to_case", Method: http.MethodPost, Path: casePath + "/replies",
	Summary: "Remember that the customer wrote again",
	Description: "After we have answered, what the customer writes starts the clock for the next response, by the policy " +
		"service; without one, as long as for the first response. It runs until we answer, and starts once while they wait.",
	Fields:  map[string]string{"reply_id": "Names what they wrote; without it, one follows from the Idempotency-Key, or is new"},
	Example: `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d30","channel":"email"}`,
	IDField: "reply_id",
	ID:      func(c *customer.ReplyToCase) *uuid.UUID { return &c.ReplyID },
}))

var rateComplaint = declare(customers, ofCustomer(declaration[customer.RateComplaint]{
	Name: "rate_complaint", Method: http.MethodPost, Path: casePath + "/ratings",
	Summary: "Rate how a complaint was handled",
	Description: "Remembers how justly the customer feels their complaint was handled, from 1 (not just at all) to 7 (entirely " +
		"just), once for each time that it was resolved.",
	Fields: map[string]string{
		"distributive":  "What they got, 1 to 7",
		"procedural":    "How it was decided, 1 to 7",
		"interactional": "How they were treated, 1 to 7",
	},
	Example: `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d36","distributive":5,"procedural":4,"interactional":7}`,
}))

var pauseCase = declare(customers, ofCustomer(declaration[customer.PauseCase]{
	Name: "pause_case", Method: http.MethodPost, Path: casePath + "/paused",
	Summary: "Pause a case", Description: "Stops the clocks, such as while we wait for the customer.",
	Fields:  map[string]string{"reason": "What we wait for"},
	Example: `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d31","reason":"waiting for a photo"}`,
}))

var resumeCase = declare(customers, ofCustomer(declaration[customer.ResumeCase]{
	Name: "resume_case", Method: http.MethodPost, Path: casePath + "/resumed",
	Summary: "Resume a case", Description: "Lets the clocks run on.",
	Example: `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d32"}`,
}))

var escalateCase = declare(customers, ofCustomer(declaration[customer.EscalateCase]{
	Name: "escalate_case", Method: http.MethodPost, Path: casePath + "/escalated",
	Summary: "Escalate a case", Description: "Brings the case before somebody who may decide more. The clocks run on.",
	Fields:  map[string]string{"to": "A person, a team or a level", "reason": "Why"},
	Example: `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d30","to":"head of service"}`,
}))

var resolveCase = declare(customers, ofCustomer(declaration[customer.ResolveCase]{
	Name: "resolve_case", Method: http.MethodPost, Path: casePath + "/resolved",
	Summary: "Resolve a case",
	Description: "Remembers how the case ended, and stops its clocks. A compensation is at most what the policy service allows; " +
		"without one, 100 major units of the reporting currency, 1,000 once the case was escalated.",
	Fields: map[string]string{
		"root_cause":            "Why there was a case; a complaint needs one",
		"action":                "corrective where this one case was put right, preventive where its cause was removed",
		"compensation.amount":   "In major units",
		"compensation.currency": "ISO 4217",
		"compensation.rate":     "Reporting currency per unit of currency; needed where they differ",
	},
	Example: `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d33","root_cause":"dry bearing","action":"preventive",` +
		`"compensation":{"amount":"25.00","currency":"EUR"}}`,
}))

var reopenCase = declare(customers, ofCustomer(declaration[customer.ReopenCase]{
	Name: "reopen_case", Method: http.MethodPost, Path: casePath + "/reopened",
	Summary:     "Reopen a case",
	Description: "Takes a resolved or closed case up again. The resolution clock runs on with what was left of it.",
	Fields:      map[string]string{"reason": "Why"},
	Example:     `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d34","reason":"it squeaks again"}`,
}))

var closeCase = declare(customers, ofCustomer(declaration[customer.CloseCase]{
	Name: "close_case", Method: http.MethodPost, Path: casePath + "/closed",
	Summary: "Close a resolved case",
	Example: `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d35"}`,
}))
