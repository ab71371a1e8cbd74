package commands

import (
	"context"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
)

// joining is a customer's command that depends on a campaign that runs.
type joining interface {
	Joins() (name string)
	Running(t *campaign.Terms) customer.Command
}

// inCampaign fills in the terms of the campaign; nothing where no such campaign runs.
func (s *Service) inCampaign(ctx context.Context, j joining) (customer.Command, error) {
	var running *campaign.Terms
	if name := j.Joins(); domain.Nameable(name) {
		err := s.Campaigns.view(ctx, campaign.Stream(name), func(c *campaign.State) { running = c.Running() })
		if err != nil {
			return nil, err
		}
	}
	return j.Running(running), nil
}
