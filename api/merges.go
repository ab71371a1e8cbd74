package api

import (
	"net/http"

	"github.com/rapport-crm/rapport/domain/customer"
)

var mergeFields = map[string]string{
	"absorbed_id": "The other customer, for whom this one stands",
	"reason":      "Why",
}

var absorb = declare(customers, ofCustomer(declaration[customer.Absorb]{
	Name: "merge_customers", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/merges",
	Summary: "Merge another customer into this one",
	Description: "From now on this customer stands for both: figures, stage and segments are those of the two together. " +
		"No event is rewritten, so the two can be separated again.",
	Fields:  mergeFields,
	Example: `{"absorbed_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d21","reason":"same person"}`,
}))

var separate = declare(customers, ofCustomer(declaration[customer.Separate]{
	Name: "split_customers", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/merges/separated",
	Summary: "Split a merged customer off again",
	Description: "The two are as if they had never been merged; what was recorded in between stays with whom it was " +
		"recorded.",
	Fields:  mergeFields,
	Example: `{"absorbed_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d22","reason":"father and son"}`,
}))
