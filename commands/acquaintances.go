package commands

import (
	"context"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

// meeting is a customer's command that speaks of another customer.
type meeting interface {
	Meets() uuid.UUID
	Met(known bool) customer.Command
}

// introduced fills in whether there is that customer. It looks before the command has its turn, so two customers
// who speak of each other do not wait for each other.
func (s *Service) introduced(ctx context.Context, m meeting) (customer.Command, error) {
	known := false
	if id := m.Meets(); id != uuid.Nil {
		err := s.Customers.view(ctx, customer.Stream(id), func(c *customer.State) { known = c.Registered() })
		if err != nil {
			return nil, err
		}
	}
	return m.Met(known), nil
}
