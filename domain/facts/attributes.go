package facts

import (
	"cmp"
	"maps"
	"slices"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Attributes is, by the attribute's name, what departments say of the customer, in the order in which they said it.
type Attributes map[string][]Said

// Said is what one department holds to be so.
type Said struct {
	Department string          `json:"department,omitempty"`
	Value      string          `json:"value"`
	Confidence decimal.Decimal `json:"confidence"`
	ValidFrom  domain.Day      `json:"valid_from"`
	// Upheld and Overruled tell what became of it when the attribute was last settled, if it was said by then.
	Upheld    bool `json:"upheld,omitempty"`
	Overruled bool `json:"overruled,omitempty"`
}

// InForce answers an attribute's value: what was upheld, else the surest, else what holds since the latest day, else
// what was said last. What was overruled is not in force.
func (a Attributes) InForce(name string) (string, bool) {
	var best *Said
	for i := range a[name] {
		if s := &a[name][i]; !s.Overruled && (best == nil || best.order(s) <= 0) {
			best = s
		}
	}
	if best == nil {
		return "", false
	}
	return best.Value, true
}

func (s *Said) order(other *Said) int {
	if s.Upheld != other.Upheld {
		if s.Upheld {
			return 1
		}
		return -1
	}
	return cmp.Or(s.Confidence.Cmp(other.Confidence), cmp.Compare(s.ValidFrom, other.ValidFrom))
}

// Conflicts counts the attributes of which departments say different things, none of them overruled.
func (a Attributes) Conflicts() (n int64) {
	for _, said := range a {
		first := slices.IndexFunc(said, func(s Said) bool { return !s.Overruled })
		if first >= 0 && slices.ContainsFunc(said[first:], func(s Said) bool { return !s.Overruled && s.Value != said[first].Value }) {
			n++
		}
	}
	return n
}

func (a Attributes) names() []string {
	names := []string{}
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if _, ok := a.InForce(name); ok {
			names = append(names, name)
		}
	}
	return names
}

func (a Attributes) values() map[string]string {
	values := map[string]string{}
	for name := range a {
		if value, ok := a.InForce(name); ok {
			values[name] = value
		}
	}
	return values
}

func (c *Customer) attributed(e domain.Event) {
	switch e := e.(type) {
	case customer.AttributeSet:
		c.unsay(e.AttributeKey)
		if c.Attributes == nil {
			c.Attributes = Attributes{}
		}
		c.Attributes[e.Name] = append(c.Attributes[e.Name], Said{Department: e.Department, Value: e.Value,
			Confidence: e.Confidence, ValidFrom: e.ValidFrom})
		if e.ExpiresOn != nil {
			c.Deadlines.set("attribute", e.AttributeKey, *e.ExpiresOn)
		}
	case customer.AttributeRemoved:
		c.unsay(e.AttributeKey)
	case customer.AttributeExpired:
		c.unsay(e.AttributeKey)
	case customer.AttributeResolved:
		said := c.Attributes[e.Name]
		for i := range said {
			said[i].Upheld = slices.Contains(e.Upheld, said[i].Department)
			said[i].Overruled = slices.Contains(e.Overruled, said[i].Department)
		}
	}
}

// unsay drops what a department said of an attribute.
func (c *Customer) unsay(key customer.AttributeKey) {
	left := slices.DeleteFunc(c.Attributes[key.Name], func(s Said) bool { return s.Department == key.Department })
	if len(left) > 0 {
		c.Attributes[key.Name] = left
	} else {
		delete(c.Attributes, key.Name)
	}
	c.Deadlines.clear("attribute", key)
}

var attributeFacts = []Fact{
	{Name: "attributes", Kind: Map,
		Doc:    `What departments hold to be so, by name: attributes["income"] == "high". Where they differ, what was upheld, else the surest, else the latest.`,
		static: func(c *Customer) (any, bool) { return c.Attributes.values(), true },
		entry:  func(c *Customer, name string) (any, bool) { return c.Attributes.InForce(name) }},
	{Name: "attribute_names", Kind: List, Doc: `The attributes that have a value: "income" in attribute_names.`,
		static: func(c *Customer) (any, bool) { return c.Attributes.names(), true }},
	{Name: "attribute_conflicts", Kind: Int, Unit: "attributes",
		Doc:    "Of how many attributes departments say different things that nobody settled yet.",
		static: func(c *Customer) (any, bool) { return c.Attributes.Conflicts(), true }},
}
