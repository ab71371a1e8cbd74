package api

import (
	"net/http"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
)

const erasePath = "/v1/customers/{customer_id}/erase"

var erase = declare(customers, ofCustomer(declaration[customer.Erase]{
	Name: "erase_customer", Method: http.MethodPost, Path: erasePath,
	Summary: "Erase a customer", Roles: access.Admins,
	Description: "Nothing personal of the customer is left, for good: their key is destroyed, so nobody can read it in the " +
		"log any more, and the tables are written anew without it. Money and counts stay. Those for whom the customer stands " +
		"are erased with them; one who is merged into another is erased with that one, or split off before. Afterwards " +
		"the customer is unknown to all commands, and cannot be registered again.",
	Fields:  map[string]string{"reason": "Why, as a code that is no personal data: it stays"},
	Example: `{"reason":"consent_withdrawn"}`,
}))
