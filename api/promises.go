package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const promisePath = "/v1/customers/{customer_id}/promises"

var makePromise = declare(customers, ofCustomer(declaration[customer.MakePromise]{
	Name: "make_promise", Method: http.MethodPost, Path: promisePath,
	Summary:     "Promise something",
	Description: "Remembers what we told the customer we would do. It is broken when its day is over and it was not kept.",
	Fields: map[string]string{
		"promise_id": "Names the promise; without it, one follows from the Idempotency-Key, or is new",
		"what":       "What was promised",
		"due_on":     "Last day on which it can be kept",
	},
	Example: `{"what":"We call back","due_on":"2030-01-31","department":"service"}`,
	IDField: "promise_id",
	ID:      func(c *customer.MakePromise) *uuid.UUID { return &c.PromiseID },
}))

var keepPromise = declare(customers, ofCustomer(declaration[customer.KeepPromise]{
	Name: "keep_promise", Method: http.MethodPost, Path: promisePath + "/kept",
	Summary: "Keep a promise",
	Fields:  map[string]string{"promise_id": "The promise that was kept"},
	Example: `{"promise_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d11"}`,
}))

var breakPromise = declare(customers, ofCustomer(declaration[customer.BreakPromise]{
	Name: "break_promise", Method: http.MethodPost, Path: promisePath + "/broken",
	Summary: "Break a promise",
	Fields:  map[string]string{"promise_id": "The promise that was not kept", "reason": "Why"},
	Example: `{"promise_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d12","reason":"nobody was free"}`,
}))
