package commands

import (
	"context"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

// serving is a customer's command that depends on the terms of service.
type serving interface {
	Under(version int, t *customer.ServiceTerms) customer.Command
}

// underTerms fills in the terms of service in force; nothing while none are published.
func (s *Service) underTerms(ctx context.Context, c serving) (customer.Command, error) {
	var version int
	var terms *customer.ServiceTerms
	err := s.Policies.view(ctx, policy.Stream(policy.ServiceName), func(p *policy.State) { version, terms = p.Service() })
	return c.Under(version, terms), err
}
