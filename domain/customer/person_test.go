package customer_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// world is a log in the making.
type world struct {
	events []domain.Recorded
	next   map[uuid.UUID]uint64
}

// tell adds a fact to a customer's stream, that happened so many hours after the beginning.
func (w *world) tell(in uuid.UUID, hours int, e customer.Event, of ...uuid.UUID) {
	if w.next == nil {
		w.next = map[uuid.UUID]uint64{}
	}
	r := domain.Recorded{Event: e, Stream: customer.Stream(in), Revision: w.next[in], Position: uint64(len(w.events)),
		Metadata: domain.Metadata{OccurredAt: morning.Add(time.Duration(hours) * time.Hour)}}
	if len(of) > 0 {
		r.Metadata.Of = of[0]
	}
	w.next[in]++
	w.events = append(w.events, r)
}

// call is an interaction by a name.
func call(n byte) customer.InteractionRecorded {
	return customer.InteractionRecorded{InteractionID: id(n), Kind: "call", Direction: customer.Inbound}
}

// calls returns the interactions that count for an id, and whose they are, in their order.
func (w *world) calls(of uuid.UUID) (calls []string) {
	for _, e := range customer.Facts(of, w.events) {
		if c, ok := e.Event.(customer.InteractionRecorded); ok {
			text := string('a' + rune(c.InteractionID[15]))
			if e.Metadata.Of != uuid.Nil {
				text += "*"
			}
			calls = append(calls, text)
		}
	}
	return calls
}

func TestFacts(t *testing.T) {
	ann, bob, cid := id(1), id(2), id(3)
	merge := func(w *world, hours int) {
		w.tell(ann, hours, customer.Absorbed{AbsorbedID: bob, SurvivorID: ann})
		w.tell(bob, hours, customer.Merged{Into: ann})
	}
	split := func(w *world, hours int) {
		w.tell(ann, hours, customer.Separated{AbsorbedID: bob, SurvivorID: ann})
		w.tell(bob, hours, customer.SplitOff{From: ann})
	}
	for name, c := range map[string]struct {
		tell              func(*world)
		ofAnn, ofBob, ofC []string
	}{
		"two customers": {tell: func(w *world) { w.tell(ann, 1, call(0)); w.tell(bob, 2, call(1)) },
			ofAnn: []string{"a"}, ofBob: []string{"b"}},
		"in the order in which it happened": {tell: func(w *world) { w.tell(ann, 2, call(0)); w.tell(ann, 1, call(1)); w.tell(ann, 2, call(2)) },
			ofAnn: []string{"b", "a", "c"}},
		"a merge": {tell: func(w *world) { w.tell(ann, 1, call(0)); w.tell(bob, 0, call(1)); merge(w, 3) },
			ofAnn: []string{"b*", "a"}},
		"what is told of the absorbed one afterwards": {tell: func(w *world) { merge(w, 3); w.tell(ann, 4, call(0), bob); w.tell(ann, 5, call(1)) },
			ofAnn: []string{"a*", "b"}},
		"a split gives each their own things back": {tell: func(w *world) {
			w.tell(bob, 0, call(0))
			merge(w, 3)
			w.tell(ann, 4, call(1), bob)
			w.tell(ann, 5, call(2))
			split(w, 6)
		}, ofAnn: []string{"c"}, ofBob: []string{"a", "b"}},
		"a split, and a merge into somebody else": {tell: func(w *world) {
			merge(w, 1)
			w.tell(ann, 2, call(0), bob)
			split(w, 3)
			w.tell(cid, 4, customer.Absorbed{AbsorbedID: bob, SurvivorID: cid})
			w.tell(bob, 4, customer.Merged{Into: cid})
		}, ofC: []string{"a*"}},
		"merged again": {tell: func(w *world) { w.tell(bob, 0, call(0)); merge(w, 1); split(w, 2); merge(w, 3) }, ofAnn: []string{"a*"}},
		"only the survivor's stream knows of the merge": {tell: func(w *world) {
			w.tell(bob, 0, call(0))
			w.tell(ann, 1, customer.Absorbed{AbsorbedID: bob, SurvivorID: ann})
		}, ofAnn: []string{"a*"}},
		"only the absorbed one's stream knows of it": {tell: func(w *world) { w.tell(bob, 0, call(0)); w.tell(bob, 1, customer.Merged{Into: ann}) },
			ofAnn: []string{"a*"}},
		"only the survivor's stream knows of the split": {tell: func(w *world) {
			w.tell(bob, 0, call(0))
			merge(w, 1)
			w.tell(ann, 2, customer.Separated{AbsorbedID: bob, SurvivorID: ann})
		}, ofBob: []string{"a"}},
		"only the absorbed one's stream knows of the split": {tell: func(w *world) {
			w.tell(bob, 0, call(0))
			merge(w, 1)
			w.tell(bob, 2, customer.SplitOff{From: ann})
		}, ofBob: []string{"a"}},
		"two survivors at once": {tell: func(w *world) {
			w.tell(bob, 0, call(0))
			w.tell(ann, 1, customer.Absorbed{AbsorbedID: bob, SurvivorID: ann})
			w.tell(cid, 1, customer.Absorbed{AbsorbedID: bob, SurvivorID: cid})
			w.tell(bob, 1, customer.Merged{Into: cid})
		}, ofC: []string{"a*"}},
		"a voided fact": {tell: func(w *world) {
			w.tell(ann, 1, call(0))
			w.tell(ann, 2, call(1))
			w.tell(ann, 3, customer.FactVoided{Revision: 0})
		},
			ofAnn: []string{"b"}},
		"a fact of the same revision in another stream": {tell: func(w *world) {
			w.tell(bob, 1, call(0))
			merge(w, 2)
			w.tell(ann, 3, customer.FactVoided{Revision: 0})
		}, ofAnn: []string{"a*"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := &world{}
			c.tell(w)
			slices.Reverse(w.events) // whatever the order
			for who, want := range map[uuid.UUID][]string{ann: c.ofAnn, bob: c.ofBob, cid: c.ofC} {
				if diff := cmp.Diff(want, w.calls(who)); diff != "" {
					t.Errorf("%s: %s", who, diff)
				}
			}
		})
	}
}

// A merge that lasts is among the facts, from both sides; one that was undone is not.
func TestFactsOfMerges(t *testing.T) {
	ann, bob := id(1), id(2)
	w := &world{}
	w.tell(ann, 1, customer.Absorbed{AbsorbedID: bob, SurvivorID: ann})
	w.tell(bob, 1, customer.Merged{Into: ann})
	if facts := customer.Facts(ann, w.events); len(facts) != 2 || customer.Survivor(bob, w.events) != ann {
		t.Errorf("while it lasts: %v", facts)
	}
	w.tell(ann, 2, customer.Separated{AbsorbedID: bob, SurvivorID: ann})
	w.tell(bob, 2, customer.SplitOff{From: ann})
	for _, who := range []uuid.UUID{ann, bob} {
		if facts := customer.Facts(who, w.events); len(facts) > 0 || customer.Survivor(bob, w.events) != bob {
			t.Errorf("afterwards, of %s: %v", who, facts)
		}
	}
}

// An erasure is the last that is told, also of what is said to have happened later.
func TestFactsEndWithAnErasure(t *testing.T) {
	w := &world{}
	w.tell(id(1), 5, call(0))
	w.tell(id(1), 1, customer.Erased{Reason: "asked"})
	facts := customer.Facts(id(1), w.events)
	if _, last := facts[len(facts)-1].Event.(customer.Erased); !last || len(facts) != 2 {
		t.Errorf("%v", facts)
	}
}
