package commands

import (
	"context"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

// inRegion fills in of which region phone numbers are that name no country.
func (s *Service) inRegion(ctx context.Context, n *customer.PhonesNeed) error {
	if !n.Asked {
		return nil
	}
	return s.Policies.view(ctx, policy.Stream(policy.PhonesName), func(p *policy.State) { n.Region = p.PhoneRegion() })
}
