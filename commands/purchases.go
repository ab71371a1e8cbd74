package commands

import (
	"context"
	"errors"

	"github.com/rapport-crm/rapport/domain/value"
)

// errNoPurchases: this service was wired without a way to look at purchases.
var errNoPurchases = errors.New("nobody knows what customers bought: models of value cannot be fitted here")

// based fills in what customers bought, where the rest of a fit makes sense.
func (s *Service) based(ctx context.Context, n *value.Needs) (err error) {
	if n.Fit == nil {
		return nil
	}
	if s.purchases == nil {
		return errNoPurchases
	}
	n.Base, err = s.purchases(ctx, *n.Fit)
	return err
}
