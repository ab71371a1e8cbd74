package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

var recordReturn = declare(customers, ofCustomer(declaration[customer.RecordReturn]{
	Name: "record_return", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/returns",
	Summary: "Record a return",
	Description: "Remembers what the customer brought back. Where it names the purchase, no more can come back than was " +
		"bought, in goods and in money.",
	Fields: map[string]string{
		"return_id":          "Names the return; without it, one follows from the Idempotency-Key, or is new",
		"purchase_id":        "The purchase that it belongs to, if that is known",
		"reference":          "Number of the credit note",
		"currency":           "ISO 4217 code",
		"rate":               "Reporting currency per unit of currency, where they differ; that of the purchase by default",
		"lines[].unit_price": "What was refunded per unit",
		"reason":             "Why it came back",
	},
	Example: `{"reference":"C-1","currency":"EUR","reason":"broken",` +
		`"lines":[{"sku":"85123A","quantity":"1","unit_price":"2.55"}]}`,
	IDField: "return_id",
	ID:      func(c *customer.RecordReturn) *uuid.UUID { return &c.ReturnID },
}))
