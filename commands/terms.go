package commands

import (
	"context"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

// underTerms fills in the terms of service in force; nothing while none are published.
func (s *Service) underTerms(ctx context.Context, n *customer.ServiceNeed) error {
	if !n.Asked {
		return nil
	}
	return s.Policies.view(ctx, policy.Stream(policy.ServiceName), func(p *policy.State) { n.Version, n.Terms = p.Service() })
}
