package commands

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Whom a customer stands for is erased before them, also where that was interrupted half-way; everybody is told of
// once, and by whom they were known is free again.
func TestWhoStandsForOthersIsErasedWithThem(t *testing.T) {
	store := newLog(t)
	var erased []string
	s := New(store, codec, Options{Erased: func(_ context.Context, id uuid.UUID) { erased = append(erased, customer.Stream(id)) }})
	ann, bob, cid := registered(t, s, 1), registered(t, s, 2), registered(t, s, 3)
	handle(t, s, request{Stream: bob, Command: customer.LinkIdentity{Key: mail}})
	for _, absorbed := range []string{bob, cid} {
		id, _ := customer.IDOf(absorbed)
		handle(t, s, request{Stream: ann, Command: customer.Absorb{AbsorbedID: id}})
	}
	erase := customer.Erase{Reason: "asked"}
	refused(t, s, request{Stream: bob, Command: erase}, customer.ErrMerged)

	self, _ := customer.IDOf(ann)
	facts, err := domain.Decide(stateOf(t, s, ann), erase, customer.Given{ID: self, Needs: erase.Needs()})
	if err != nil {
		t.Fatal(err)
	}
	alone, err := s.along(t.Context(), facts[0].(customer.Erased).Along()[0], noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Append(t.Context(), alone.Stream, alone.Expected, alone.Events); err != nil { // and here the process died
		t.Fatal(err)
	}
	s.recorded(t.Context(), alone)
	handle(t, s, request{Stream: ann, Command: erase})
	if again := handle(t, newService(store), request{Stream: ann, Command: erase}); again.Appended > 0 {
		t.Errorf("erased again: %+v", again)
	}
	if diff := cmp.Diff([]string{bob, cid, ann}, erased); diff != "" {
		t.Errorf("told of:\n%s", diff)
	}
	for _, stream := range erased {
		if n := count[customer.Erased](recorded(t, store, stream)); n != 1 {
			t.Errorf("%s was erased %d times", stream, n)
		}
	}
	handle(t, s, request{Stream: registered(t, s, 4), Command: customer.LinkIdentity{Key: mail}})
	refused(t, s, request{Stream: bob, Command: register()}, customer.ErrErased)
}

func stateOf(t *testing.T, s *Service, stream string) (state *customer.State) {
	t.Helper()
	if err := s.Customers.view(context.Background(), stream, func(c *customer.State) { state = c }); err != nil {
		t.Fatal(err)
	}
	return state
}

func count[E domain.Event](events []domain.Recorded) (n int) {
	for _, e := range events {
		if _, ok := e.Event.(E); ok {
			n++
		}
	}
	return n
}
