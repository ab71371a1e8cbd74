package api

import (
	"net/http"

	"github.com/rapport-crm/rapport/domain/customer"
)

var archiveCustomer = declare(customers, ofCustomer(declaration[customer.Archive]{
	Name: "archive_customer", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/archive",
	Summary: "Set a customer aside",
	Description: "The customer is kept as they are, but no guidance recommends anything for them until they are restored. " +
		"What they do is recorded as ever.",
	Fields: map[string]string{
		"reason": "Why",
		"rule":   "The retention rule that asks for it, where no person does",
	},
	Example:  `{"reason":"has not answered for three years"}`,
	Bodiless: true,
}))

var restoreCustomer = declare(customers, ofCustomer(declaration[customer.Restore]{
	Name: "restore_customer", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/restore",
	Summary:  "Take a customer up again who was set aside",
	Fields:   map[string]string{"reason": "Why"},
	Example:  `{"reason":"called and wants to hear of us"}`,
	Bodiless: true,
}))
