package api

import (
	"net/http"

	"github.com/rapport-crm/rapport/domain/customer"
)

var identityFields = map[string]string{
	"kind":   "email, phone or external",
	"system": "The other system, for an external id",
	"value":  "The address, the international number, or the id",
}

var linkIdentity = declare(customers, ofCustomer(declaration[customer.LinkIdentity]{
	Name: "link_identity", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/identities",
	Summary: "Link an identity",
	Description: "Makes the customer known by an e-mail address, a phone number or an id in another system. An identity " +
		"belongs to one customer at a time: another's is refused with 409, and existing names the owner.",
	Fields:  identityFields,
	Example: `{"kind":"email","value":"ada@example.org"}`,
}))

var unlinkIdentity = declare(customers, ofCustomer(declaration[customer.UnlinkIdentity]{
	Name: "unlink_identity", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/identities/unlinked",
	Summary:     "Unlink an identity",
	Description: "The customer is known by it no more, and it is free for another.",
	Fields:      identityFields,
	Example:     `{"kind":"phone","value":"+441632960961"}`,
}))
