package facts

import (
	"slices"

	"github.com/rapport-crm/rapport/domain/customer"
)

// Consents are those in force, as purpose/channel, sorted.
type Consents []string

func (c *Customer) consented(e customer.ConsentGranted) {
	if i, found := slices.BinarySearch(c.Consents, e.String()); !found {
		c.Consents = slices.Insert(c.Consents, i, e.String())
	}
	if e.ExpiresOn == nil {
		c.Deadlines.clear("consent", e.ConsentKey)
		return
	}
	c.Deadlines.set("consent", e.ConsentKey, *e.ExpiresOn)
}

func (c *Customer) consentEnded(key customer.ConsentKey) {
	if i, found := slices.BinarySearch(c.Consents, key.String()); found {
		c.Consents = slices.Delete(c.Consents, i, i+1)
	}
	c.Deadlines.clear("consent", key)
}

var consentFacts = []Fact{
	{Name: "consents", Kind: List, Doc: `The consents in force, as purpose/channel: "marketing/email" in consents.`,
		static: func(c *Customer) (any, bool) { return append([]string{}, c.Consents...), true }},
}
