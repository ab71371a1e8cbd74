package commands

import (
	"context"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

// introduced fills in whether there is that customer. It looks before the command has its turn, so two customers
// who speak of each other do not wait for each other.
func (s *Service) introduced(ctx context.Context, n *customer.CustomerNeed) error {
	if n.ID == uuid.Nil {
		return nil
	}
	return s.Customers.view(ctx, customer.Stream(n.ID), func(c *customer.State) { n.Known = c.Registered() })
}
