package commands

import (
	"context"
	"errors"

	"github.com/rapport-crm/rapport/domain/value"
)

// errNoPurchases: this service was wired without a way to look at purchases.
var errNoPurchases = errors.New("nobody knows what customers bought: models of value cannot be fitted here")

// based fills in what customers bought, where the rest of a fit makes sense.
func (s *Service) based(ctx context.Context, c value.Command) (value.Command, error) {
	fit, ok := c.(value.Fit)
	if !ok || fit.Check() != nil {
		return c, nil
	}
	if s.purchases == nil {
		return nil, errNoPurchases
	}
	var err error
	fit.Base, err = s.purchases(ctx, fit)
	return fit, err
}
