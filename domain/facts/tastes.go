package facts

import (
	"cmp"
	"maps"
	"slices"

	"github.com/rapport-crm/rapport/domain/customer"
)

// Tastes is what the customer bought, by category. Lines without a category count nowhere; returns are not taken
// off, since they do not say of what category they are.
type Tastes map[string]Taste

// Taste is what the customer bought of one category.
type Taste struct {
	Lines      int64 `json:"lines"`       // of purchases
	SpendMinor int64 `json:"spend_minor"` // minor units of the reporting currency
}

// Categories answers those of which the customer bought, sorted.
func (t Tastes) Categories() []string {
	categories := slices.AppendSeq([]string{}, maps.Keys(t))
	slices.Sort(categories)
	return categories
}

// Favourite answers the category for which the customer spent most, the first by name of equal ones; false where
// none is known.
func (t Tastes) Favourite() (string, bool) {
	favourite, found := "", false
	for category, taste := range t {
		if !found || cmp.Or(cmp.Compare(t[favourite].SpendMinor, taste.SpendMinor), cmp.Compare(category, favourite)) < 0 {
			favourite, found = category, true
		}
	}
	return favourite, found
}

func (c *Customer) tasted(e customer.PurchaseRecorded) {
	for i := range e.Lines {
		l := &e.Lines[i]
		if l.Category == "" {
			continue
		}
		if c.Tastes == nil {
			c.Tastes = Tastes{}
		}
		known := c.Tastes[l.Category]
		c.Tastes[l.Category] = Taste{Lines: known.Lines + 1, SpendMinor: known.SpendMinor + l.ReportingMinor}
	}
}

var tasteFacts = []Fact{
	{Name: "categories", Kind: List, Doc: `The categories of which the customer bought: "tea" in categories.`,
		static: func(c *Customer) (any, bool) { return c.Tastes.Categories(), true }},
	{Name: "favourite_category", Kind: String,
		Doc: "The category for which the customer spent most, returns not taken off; absent where none is known.",
		static: func(c *Customer) (any, bool) {
			favourite, _ := c.Tastes.Favourite()
			return text(favourite)
		}},
}
