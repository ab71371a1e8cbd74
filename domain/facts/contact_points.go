package facts

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// ContactPoints are those by which the customer can be reached.
type ContactPoints map[uuid.UUID]ContactPoint

// ContactPoint is what rules may know of one.
type ContactPoint struct {
	Kind     customer.ContactKind `json:"kind"`
	Verified bool                 `json:"verified,omitempty"`
}

func (c *Customer) reachable(e domain.Event) {
	switch e := e.(type) {
	case customer.ContactPointAdded:
		if c.ContactPoints == nil {
			c.ContactPoints = ContactPoints{}
		}
		c.ContactPoints[e.ContactPointID] = ContactPoint{Kind: e.Kind}
	case customer.ContactPointVerified:
		if p, ok := c.ContactPoints[e.ContactPointID]; ok {
			p.Verified = true
			c.ContactPoints[e.ContactPointID] = p
		}
	case customer.ContactPointRemoved:
		delete(c.ContactPoints, e.ContactPointID)
	}
}

// kinds answers the kinds of those that are in, sorted, once each.
func (p ContactPoints) kinds(in func(ContactPoint) bool) (any, bool) {
	kinds := []string{}
	for _, one := range p {
		if in(one) {
			kinds = append(kinds, string(one.Kind))
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds), true
}

var contactPointFacts = []Fact{
	{Name: "contact_channels", Kind: List, Doc: `The channels by which the customer can be reached: "phone" in contact_channels.`,
		static: func(c *Customer) (any, bool) { return c.ContactPoints.kinds(func(ContactPoint) bool { return true }) }},
	{Name: "verified_contact_channels", Kind: List, Doc: "Those of them by which we know that the customer can be reached.",
		static: func(c *Customer) (any, bool) {
			return c.ContactPoints.kinds(func(p ContactPoint) bool { return p.Verified })
		}},
}
