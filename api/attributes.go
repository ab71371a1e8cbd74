package api

import (
	"net/http"

	"github.com/rapport-crm/rapport/domain/customer"
)

const attributePath = "/v1/customers/{customer_id}/attributes"

var setAttribute = declare(customers, ofCustomer(declaration[customer.SetAttribute]{
	Name: "set_attribute", Method: http.MethodPost, Path: attributePath,
	Summary: "Set an attribute",
	Description: "Remembers that a department holds something to be so of the customer. What other departments say of the " +
		"same attribute stands beside it, until somebody resolves which is right.",
	Fields: map[string]string{
		"name":       "Of the attribute: a-z, 0-9 and _, such as income",
		"value":      "What is so",
		"confidence": "How sure they are, from 0 to 1; without it, 1",
		"valid_from": "First day on which it held; without it, the day on which it is said",
		"expires_on": "Last day on which it holds; without it, it holds until they say otherwise",
	},
	Example: `{"name":"income","value":"high","confidence":"0.8","department":"sales","source":"call centre"}`,
}))

var resolveAttribute = declare(customers, ofCustomer(declaration[customer.ResolveAttribute]{
	Name: "resolve_attribute", Method: http.MethodPost, Path: attributePath + "/resolved",
	Summary:     "Resolve what is right",
	Description: "Upholds one of the values that departments say of an attribute, and overrules the others.",
	Fields: map[string]string{
		"name":   "Of the attribute",
		"value":  "The value that is right; one of those that are said",
		"keep":   "Instead of the value: the department that is right",
		"reason": "Why",
	},
	Example: `{"name":"owns_house","keep":"service","reason":"our mechanic was there"}`,
}))

var removeAttribute = declare(customers, ofCustomer(declaration[customer.RemoveAttribute]{
	Name: "remove_attribute", Method: http.MethodPost, Path: attributePath + "/removed",
	Summary: "Take an attribute back",
	Fields:  map[string]string{"name": "Of the attribute that the department does not hold to be so any more"},
	Example: `{"name":"children","department":"sales"}`,
}))
