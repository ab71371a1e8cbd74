package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

// told asks for a void of one of the facts that are given.
func told(c customer.VoidFact, given []customer.Event) customer.Command {
	self := uuid.UUID{9}
	return domaintest.In(c, func(g *customer.Given) {
		g.ID = self
		for i, e := range given {
			g.Needs.Told.Events = append(g.Needs.Told.Events, domain.Recorded{Event: e, Stream: customer.Stream(self), Revision: uint64(i),
				Position: uint64(i + 1), Metadata: domain.Metadata{CommandID: uuid.UUID{byte(i + 1)}}})
		}
	})
}

func voids() []story {
	one := uuid.UUID{1}
	given := []customer.Event{customer.Registered{Kind: customer.Person},
		customer.PointsEarned{LotID: one, Points: 50},
		customer.PointsSpent{SpendID: uuid.UUID{2}, Points: 10, Taken: []customer.LotPoints{{LotID: one, Points: 10}}},
		customer.InteractionRecorded{InteractionID: uuid.UUID{3}, Kind: "call", Direction: "inbound"},
		customer.FactVoided{Revision: 3}}
	void := func(revision uint64) customer.Command {
		return told(customer.VoidFact{Revision: revision, Reason: "typed twice"}, given)
	}
	return []story{
		{Name: "voiding it again", Given: given, When: void(3)},
		{Name: "voiding what others rest on", Given: given, When: void(1), Refused: customer.ErrFactRestedOn, Because: "2: spent"},
		{Name: "voiding a registration", Given: given, When: void(0), Refused: customer.ErrFactNotVoidable},
		{Name: "voiding what there is not", Given: given, When: void(99), Refused: customer.ErrFactUnknown},
	}
}
