package customer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/identity"
)

func erasures() []story {
	self, other, third := id(1), id(2), id(3)
	erase := by(customer.Erase{Reason: "consent_withdrawn"}, self)
	erased := customer.Erased{Reason: "consent_withdrawn"}
	together := customer.Erased{Reason: "consent_withdrawn", SurvivorID: self, AbsorbedIDs: []uuid.UUID{other, third}}
	return []story{
		{Name: "erasing", Given: ann(), When: erase, Then: []customer.Event{erased}},
		{Name: "erasing again", Given: ann(erased), When: by(customer.Erase{Reason: "retention"}, self)},
		{Name: "erasing nobody", When: erase, Refused: customer.ErrUnknown},
		{Name: "erasing without a reason", Given: ann(), When: by(customer.Erase{}, self), Refused: customer.ErrErasureReason},
		{Name: "erasing for a reason that tells of somebody", Given: ann(), When: by(customer.Erase{Reason: "Ann asked"}, self),
			Refused: customer.ErrErasureReason},
		{Name: "erasing one who is absorbed", Given: ann(customer.Merged{Into: third}), When: erase,
			Refused: customer.ErrMerged, Because: third.String()},
		{Name: "erasing one who was split off", Given: ann(customer.Merged{Into: third}, customer.SplitOff{From: third}),
			When: erase, Then: []customer.Event{erased}},
		{Name: "erasing a survivor", Given: ann(customer.Absorbed{AbsorbedID: third, SurvivorID: self},
			customer.Absorbed{AbsorbedID: other, SurvivorID: self}), When: erase, Then: []customer.Event{together}},
		{Name: "being erased with the survivor", Given: ann(customer.Merged{Into: self}), When: together.Along()[0].Command,
			Then: []customer.Event{customer.Erased{Reason: "consent_withdrawn", SurvivorID: self}}},
		{Name: "not being erased with somebody else", Given: ann(customer.Merged{Into: third}), When: together.Along()[0].Command},
		{Name: "registering one who was erased", Given: ann(erased), When: customer.Register{Kind: customer.Person, Name: "Ann"},
			Refused: customer.ErrErased},
		{Name: "buying when erased", Given: ann(erased), When: customer.RecordInteraction{}, Refused: customer.ErrErased},
		{Name: "absorbing one who was erased", Given: ann(erased), When: customer.Merge{Into: third},
			Refused: customer.ErrErased.At("absorbed_id")},
		{Name: "splitting one who was erased", Given: ann(customer.Merged{Into: self}, erased), When: customer.Split{From: self},
			Refused: customer.ErrErased.At("absorbed_id")},
	}
}

// Whatever happened before, an erasure leaves the state of one of whom nothing is known, and gives up every
// identity.
func TestNothingIsLeft(t *testing.T) {
	var state customer.State
	mail := identity.Key{Kind: identity.Email, Value: "ann@example.org"}
	shop := identity.Key{Kind: identity.External, System: "shop", Value: "1"}
	for _, e := range []customer.Event{
		customer.Registered{Kind: customer.Person, Name: "Ann", ExternalIDs: []customer.ExternalID{{System: "shop", ID: "1"}}},
		customer.IdentityLinked{Key: mail},
		customer.PromiseMade{PromiseID: id(1), What: "a call", DueOn: 9},
	} {
		e.Evolve(&state, domain.Metadata{})
	}
	erased := customer.Erased{Reason: "asked"}
	if diff := cmp.Diff([]customer.Identity{{Key: mail}, {Key: shop}}, erased.Releases(&state)); diff != "" {
		t.Error(diff)
	}
	erased.Evolve(&state, domain.Metadata{})
	if _, due := state.Due(); due || state.Registered() || !state.Erased() || state.Identified(mail) {
		t.Errorf("something is left: %+v", state)
	}
	if got := erased.Releases(&state); len(got) > 0 {
		t.Errorf("still known by %v", got)
	}
}
