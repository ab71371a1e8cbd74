package main

import (
	"context"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/projections"
)

// foresight is how many days ahead deadlines are looked up: more than are ever closed between two looks.
const foresight = 31

// expectDeadlines tells the command handlers of what falls due for customers that they have not seen since
// they started, and records what fell due while nobody was there to see it.
func expectDeadlines(ctx context.Context, s *server, clock projections.Clock) error {
	if clock.LastClosedOn == nil {
		return nil
	}
	due, err := s.reader.Due(ctx, *clock.LastClosedOn+foresight)
	if err != nil {
		return err
	}
	for id, day := range due {
		s.commands.Expect(customer.Stream(id), day)
	}
	return s.commands.PassDay(ctx)
}
