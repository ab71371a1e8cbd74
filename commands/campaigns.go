package commands

import (
	"context"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
)

// inCampaign fills in the terms of the campaign; nothing where no such campaign runs.
func (s *Service) inCampaign(ctx context.Context, n *customer.CampaignNeed) error {
	if !domain.Nameable(n.Name) {
		return nil
	}
	return s.Campaigns.view(ctx, campaign.Stream(n.Name), func(c *campaign.State) { n.Running = c.Running() })
}
