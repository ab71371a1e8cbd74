package projections

import (
	"context"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/rules"
)

// Judge reports for each of some customers whether a rule holds, as it would for a segment's. Who is not known is none for
// whom it does.
func (r *Reader) Judge(ctx context.Context, rule *rules.Rule, ids []uuid.UUID) ([]bool, error) {
	holds := make([]bool, len(ids))
	err := r.look(ctx, func(v *view) error {
		for i, id := range ids {
			f, err := v.person(ctx, id)
			if err == ErrNotFound {
				continue // erased or merged since the page was read
			}
			if err != nil {
				return err
			}
			holds[i] = rule.Holds(&f.Facts, f.on(v.timeline))
		}
		return nil
	})
	return holds, err
}
