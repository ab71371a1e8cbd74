package commands

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
)

// Where revisions are missing for good, a person may go on without them: as if they had never been, in every process.
func TestAPersonGoesOnWithoutWhatIsMissing(t *testing.T) {
	stream, store := customer.Stream(alice), newLog(t)
	s := newService(store)
	for _, c := range []customer.Command{register(), purchase(1), purchase(2)} {
		handle(t, s, of(c))
	}
	append1(t, store, "$$"+stream, eventstore.Proposed{ID: uuid.New(), Type: "$metadata", Data: []byte(`{"$tb":2}`)})
	s = newService(store)
	accept := func(gap custody.Gap) (Answer, error) {
		return s.Custody.Handle(t.Context(), Request[custody.State, custody.Needs]{Stream: custody.Stream,
			Command: custody.AcceptGaps{Gaps: []custody.Gap{gap}, Reason: "scavenged"}})
	}
	for gap, want := range map[custody.Gap]error{
		{Stream: stream, First: 0, Last: 2}: custody.ErrGapNotMissing, {Stream: access.Stream}: custody.ErrGapStream,
	} {
		if _, err := accept(gap); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", gap, err, want)
		}
	}
	if _, err := s.Customers.Handle(t.Context(), of(purchase(3))); !errors.Is(err, eventstore.ErrHole) {
		t.Errorf("before anybody accepted it: %v", err)
	}
	if a, err := accept(custody.Gap{Stream: stream, First: 0, Last: 1}); err != nil || a.Appended != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
	if a, err := accept(custody.Gap{Stream: stream, First: 1, Last: 1}); err != nil || a.Appended != 0 {
		t.Errorf("a part of it, again: %+v, %v", a, err)
	}
	refused(t, s, of(purchase(3)), customer.ErrUnknown) // their registration is gone
	if a := handle(t, s, of(register())); a.Revision != 3 {
		t.Errorf("registered again: %+v", a)
	}
	for _, s := range []*Service{s, newService(store)} {
		if a := handle(t, s, of(purchase(2))); a.Appended != 0 {
			t.Errorf("what is there counts twice: %+v", a)
		}
	}
	if a := handle(t, s, of(purchase(1))); a.Appended != 1 {
		t.Errorf("what is gone is not recorded again: %+v", a)
	}
	if facts, err := s.Facts(t.Context(), stream, 0); len(facts) != 3 || err != nil {
		t.Errorf("%d facts, %v", len(facts), err)
	}
}
