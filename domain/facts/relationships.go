package facts

import (
	"slices"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Standing is what the customer is to us and to others.
type Standing struct {
	Roles         []string `json:"roles,omitempty"` // sorted
	Relationships int64    `json:"relationships,omitempty"`
}

func (s *Standing) changed(e domain.Event) {
	switch e := e.(type) {
	case customer.RoleAssigned:
		if i, found := slices.BinarySearch(s.Roles, string(e.Role)); !found {
			s.Roles = slices.Insert(s.Roles, i, string(e.Role))
		}
	case customer.RoleEnded:
		if i, found := slices.BinarySearch(s.Roles, string(e.Role)); found {
			s.Roles = slices.Delete(s.Roles, i, i+1)
		}
	case customer.RelationshipDeclared:
		s.Relationships++
	case customer.RelationshipEnded:
		s.Relationships--
	}
}

var standingFacts = []Fact{
	{Name: "roles", Kind: List, Doc: `What the customer is to us: "payer" in roles.`,
		static: func(c *Customer) (any, bool) { return append([]string{}, c.Standing.Roles...), true }},
	{Name: "relationships", Kind: Int, Unit: "relationships",
		Doc:    "How many relationships to other customers were declared of the customer and have not ended.",
		static: func(c *Customer) (any, bool) { return c.Standing.Relationships, true }},
}
