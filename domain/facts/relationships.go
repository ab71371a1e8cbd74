package facts

import (
	"slices"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// stood takes into account what the customer is to us and to others.
func (c *Customer) stood(e domain.Event) {
	switch e := e.(type) {
	case customer.RoleAssigned:
		if i, found := slices.BinarySearch(c.Roles, string(e.Role)); !found {
			c.Roles = slices.Insert(c.Roles, i, string(e.Role))
		}
	case customer.RoleEnded:
		if i, found := slices.BinarySearch(c.Roles, string(e.Role)); found {
			c.Roles = slices.Delete(c.Roles, i, i+1)
		}
	case customer.RelationshipDeclared:
		c.Relationships++
	case customer.RelationshipEnded:
		c.Relationships--
	}
}

var standingFacts = []Fact{
	{Name: "roles", Kind: List, Doc: `What the customer is to us: "payer" in roles.`,
		static: func(c *Customer) (any, bool) { return append([]string{}, c.Roles...), true }},
	{Name: "relationships", Kind: Int, Unit: "relationships",
		Doc:    "How many relationships to other customers were declared of the customer and have not ended.",
		static: func(c *Customer) (any, bool) { return c.Relationships, true }},
}
