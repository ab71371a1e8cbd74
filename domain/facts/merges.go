package facts

import (
	"cmp"
	"slices"

	"github.com/rapport-crm/rapport/domain/customer"
)

// AlsoKnown adds the ids under which an absorbed customer was registered. Who the person is follows from what was
// registered of the survivor.
func (c *Customer) AlsoKnown(ids []customer.ExternalID) {
	all := append(slices.Clone(c.Profile.ExternalIDs), ids...)
	slices.SortFunc(all, func(x, y customer.ExternalID) int {
		return cmp.Or(cmp.Compare(x.System, y.System), cmp.Compare(x.ID, y.ID))
	})
	c.Profile.ExternalIDs = slices.Compact(all)
}
