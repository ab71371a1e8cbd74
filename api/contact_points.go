package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const contactPointPath = "/v1/customers/{customer_id}/contact-points"

var addContactPoint = declare(customers, ofCustomer(declaration[customer.AddContactPoint]{
	Name: "add_contact_point", Method: http.MethodPost, Path: contactPointPath,
	Summary:     "Add a contact point",
	Description: "Remembers by what the customer can be reached. Unlike an identity, it may be shared by a household.",
	Fields: map[string]string{
		"contact_point_id": "Names the contact point; without it, one follows from the Idempotency-Key, or is new",
		"kind":             "The channel: email, phone, post, social or messenger",
		"value":            "Address, number or name; of an address, where it is absent, its parts in one line",
		"address":          "Of kind post: the address by its parts",
		"address.street":   "With the number, or a box", "address.more": "Such as c/o, the floor, the department",
		"address.country": "ISO 3166-1 name or code",
		"label":           "What for or whose: work, billing, the neighbour's, …",
		"preferred":       "Whether it is to be used before others of its kind",
	},
	Example: `{"kind":"email","value":"zoe@example.org","label":"work","preferred":true}`,
	IDField: "contact_point_id",
	ID:      func(c *customer.AddContactPoint) *uuid.UUID { return &c.ContactPointID },
}))

var preferContactPoint = declare(customers, ofCustomer(declaration[customer.PreferContactPoint]{
	Name: "prefer_contact_point", Method: http.MethodPost, Path: contactPointPath + "/preferred",
	Summary: "Prefer a contact point",
	Fields:  map[string]string{"contact_point_id": "The one to be used before others of its kind"},
	Example: `{"contact_point_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d61"}`,
}))

var verifyContactPoint = declare(customers, ofCustomer(declaration[customer.VerifyContactPoint]{
	Name: "verify_contact_point", Method: http.MethodPost, Path: contactPointPath + "/verified",
	Summary: "Verify a contact point",
	Fields: map[string]string{
		"contact_point_id": "The one by which the customer can indeed be reached",
		"method":           "How it was found out: link, code, call, letter, …",
	},
	Example: `{"contact_point_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d62","method":"code"}`,
}))

var removeContactPoint = declare(customers, ofCustomer(declaration[customer.RemoveContactPoint]{
	Name: "remove_contact_point", Method: http.MethodPost, Path: contactPointPath + "/removed",
	Summary: "Remove a contact point",
	Fields: map[string]string{
		"contact_point_id": "The one by which the customer cannot be reached any more",
		"reason":           "Why: moved, bounced, asked for it, …",
	},
	Example: `{"contact_point_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d63","reason":"moved"}`,
}))
