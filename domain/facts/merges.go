package facts

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Unite folds what happened to some customers, in the order of the log, as if it had happened to the one who stands for
// all of them. Who they are is what was registered of the survivor; the others add the ids by which they are known.
func Unite(survivor uuid.UUID, events []domain.Recorded, zone *time.Location) Customer {
	all := Customer{ID: survivor}
	var others []customer.ExternalID
	for _, e := range events {
		if r, ok := e.Event.(customer.Registered); ok && e.Stream != customer.Stream(survivor) {
			others = append(others, r.ExternalIDs...)
			continue
		}
		all.Apply(e, domain.DayOf(e.Metadata.OccurredAt, zone))
	}
	ids := append(slices.Clone(all.Profile.ExternalIDs), others...)
	slices.SortFunc(ids, func(x, y customer.ExternalID) int {
		return cmp.Or(cmp.Compare(x.System, y.System), cmp.Compare(x.ID, y.ID))
	})
	all.Profile.ExternalIDs = slices.Compact(ids)
	return all
}
