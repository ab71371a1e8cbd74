package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const (
	rolePath         = "/v1/customers/{customer_id}/roles"
	relationshipPath = "/v1/customers/{customer_id}/relationships"
)

var assignRole = declare(customers, ofCustomer(declaration[customer.AssignRole]{
	Name: "assign_role", Method: http.MethodPost, Path: rolePath,
	Summary: "Assign a role",
	Fields: map[string]string{
		"role": "What the customer is to us: buyer, payer, end_user, partner, supplier, referrer, influencer, employee or recruit",
	},
	Example: `{"role":"influencer","department":"sales"}`,
}))

var endRole = declare(customers, ofCustomer(declaration[customer.EndRole]{
	Name: "end_role", Method: http.MethodPost, Path: rolePath + "/ended",
	Summary: "End a role",
	Fields:  map[string]string{"role": "What the customer is to us no more", "reason": "Why"},
	Example: `{"role":"supplier","reason":"the contract ran out"}`,
}))

var declareRelationship = declare(customers, ofCustomer(declaration[customer.DeclareRelationship]{
	Name: "declare_relationship", Method: http.MethodPost, Path: relationshipPath,
	Summary:     "Declare a relationship",
	Description: "Remembers what this customer is to another one, who must be registered. It can be read from both ends.",
	Fields: map[string]string{
		"relationship_id": "Names the relationship; without it, one follows from the Idempotency-Key, or is new",
		"other_id":        "The other customer",
		"kind": "What this customer is to the other: household, employee_of, parent_company_of, supplier_of, partner_of, " +
			"influences, pays_for, represents or referred_by",
		"since": "First day of it, if anybody knows",
	},
	Example: `{"other_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d71","kind":"employee_of","since":"2024-01-31"}`,
	IDField: "relationship_id",
	ID:      func(c *customer.DeclareRelationship) *uuid.UUID { return &c.RelationshipID },
}))

var endRelationship = declare(customers, ofCustomer(declaration[customer.EndRelationship]{
	Name: "end_relationship", Method: http.MethodPost, Path: relationshipPath + "/ended",
	Summary: "End a relationship",
	Fields:  map[string]string{"relationship_id": "What the customer is to another one no more", "reason": "Why"},
	Example: `{"relationship_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d72","reason":"changed jobs"}`,
}))
