package customer_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

// told asks for what goes by the facts that are given.
func told(c customer.Command, given []customer.Event) customer.Command {
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
	correct := func(revision uint64, as customer.Command) customer.Command {
		return told(customer.CorrectFact{Revision: revision, Reason: "typed wrong", As: as}, given)
	}
	call := customer.RecordInteraction{InteractionID: uuid.UUID{3}, Kind: "call", Direction: "outbound"}
	twice := append(slices.Clone(given[:4]), customer.InteractionRecorded{InteractionID: uuid.UUID{4}, Kind: "call", Direction: "inbound"})
	return []story{
		{Name: "correcting what others rest on", Given: given, When: correct(1, customer.EarnPoints{LotID: one, Points: 60}),
			Refused: customer.ErrFactRestedOn, Because: "2: spent"},
		{Name: "correcting points to more than there are", Given: given,
			When: correct(2, customer.SpendPoints{SpendID: uuid.UUID{2}, Points: 51}), Refused: customer.ErrTooFewPoints},
		{Name: "correcting a thing that there is not", Given: given[:3], When: told(customer.CorrectFact{As: call}, given[:3]),
			Refused: customer.ErrFactUnknown},
		{Name: "correcting a fact to another kind", Given: given, When: correct(2, call), Refused: customer.ErrOtherFact},
		{Name: "correcting to what is known", Given: twice, When: told(customer.CorrectFact{Revision: 3, As: customer.RecordInteraction{
			InteractionID: uuid.UUID{4}, Kind: "call", Direction: "inbound"}}, twice), Refused: customer.ErrKnownAnyway},
		{Name: "correcting to nothing", Given: given, When: correct(2, nil), Refused: customer.ErrNotToldAnew},
		{Name: "correcting what was voided", Given: given, When: correct(3, call), Refused: customer.ErrFactVoided},
		{Name: "correcting a registration", Given: given, When: correct(0, customer.Register{Kind: customer.Person}),
			Refused: customer.ErrFactUnknown},
		{Name: "voiding it again", Given: given, When: void(3)},
		{Name: "voiding what others rest on", Given: given, When: void(1), Refused: customer.ErrFactRestedOn, Because: "2: spent"},
		{Name: "voiding a registration", Given: given, When: void(0), Refused: customer.ErrFactNotVoidable},
		{Name: "voiding what there is not", Given: given, When: void(99), Refused: customer.ErrFactUnknown},
	}
}

// A correction voids, and lets the command decide on what counts then.
func TestFactsAreToldAnew(t *testing.T) {
	one := uuid.UUID{1}
	given := []customer.Event{customer.Registered{Kind: customer.Person},
		customer.PointsEarned{LotID: one, Points: 50},
		customer.PointsSpent{SpendID: uuid.UUID{2}, Points: 40, Taken: []customer.LotPoints{{LotID: one, Points: 40}}},
		customer.InteractionRecorded{InteractionID: uuid.UUID{3}, Kind: "call", Direction: "inbound"}}
	call := customer.RecordInteraction{InteractionID: uuid.UUID{3}, Kind: "call", Direction: "outbound"}
	for name, c := range map[string]struct {
		asked customer.CorrectFact
		want  []customer.Event
	}{
		"to more than was left": {customer.CorrectFact{Revision: 2, Reason: "typed wrong", As: customer.SpendPoints{SpendID: uuid.UUID{2}, Points: 45}},
			[]customer.Event{customer.FactVoided{Revision: 2, Reason: "typed wrong"},
				customer.PointsSpent{SpendID: uuid.UUID{2}, Points: 45, Taken: []customer.LotPoints{{LotID: one, Points: 45}}}}},
		"by the thing alone": {customer.CorrectFact{As: call}, []customer.Event{customer.FactVoided{Revision: 3},
			customer.InteractionRecorded{InteractionID: uuid.UUID{3}, Kind: "call", Direction: "outbound"}}},
	} {
		command, g := domaintest.Circumstances(told(c.asked, given))
		got, err := command.Decide(new(customer.State), g)
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}
