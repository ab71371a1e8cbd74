// Package eventstoretest is the contract that every engine of the log keeps, as one suite of tests. Each
// sentence of eventstore.Store's documentation has a test here. Engines may leave gaps between positions,
// so nothing here counts on the next one.
package eventstoretest

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// Test runs the contract against an engine. open answers a new, empty store that the test may close, and
// sees to it that the store is closed in the end.
func Test(t *testing.T, open func(t *testing.T) eventstore.Store) {
	for _, part := range []struct {
		name  string
		tests map[string]func(*testing.T, eventstore.Store)
	}{
		{"Append", appendTests},
		{"Read", readTests},
		{"Follow", followTests},
		{"Close", closeTests},
	} {
		for name, test := range part.tests {
			t.Run(part.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				test(t, open(t))
			})
		}
	}
}

// patience is how long anything may take before it counts as hanging.
const patience = time.Minute

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// facts makes events whose data tells them apart.
func facts(n int) []eventstore.Proposed {
	events := make([]eventstore.Proposed, n)
	for i := range events {
		id := uuid.New()
		events[i] = eventstore.Proposed{ID: id, Type: "test.happened.v1", Data: fmt.Appendf(nil, `{"id":"%s"}`, id),
			Metadata: fmt.Appendf(nil, `{"number":%d}`, i)}
	}
	return events
}

func mustAppend(t *testing.T, store eventstore.Store, stream string, expected eventstore.Expected,
	events []eventstore.Proposed) eventstore.Appended {
	t.Helper()
	a, err := store.Append(within(t), stream, expected, events)
	if err != nil {
		t.Fatalf("Append to %s, expecting %s: %v", stream, expected, err)
	}
	return a
}

// collect reads a sequence to its end.
func collect(t *testing.T, records iter.Seq2[eventstore.Record, error]) []eventstore.Record {
	t.Helper()
	var out []eventstore.Record
	for r, err := range records {
		if err != nil {
			t.Fatalf("after %d events: %v", len(out), err)
		}
		out = append(out, r)
	}
	return out
}

func ids(records []eventstore.Record) []uuid.UUID {
	out := make([]uuid.UUID, 0, len(records))
	for _, r := range records {
		out = append(out, r.ID)
	}
	return out
}

func idsOf(events ...[]eventstore.Proposed) []uuid.UUID {
	out := []uuid.UUID{}
	for _, e := range slices.Concat(events...) {
		out = append(out, e.ID)
	}
	return out
}

func reversed[T any](s []T) []T {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// streamHas checks all of a stream against the events that it should hold.
func streamHas(t *testing.T, store eventstore.Store, stream string, events ...[]eventstore.Proposed) {
	t.Helper()
	same(t, "events of "+stream, ids(collect(t, store.ReadStream(within(t), stream, 0))), idsOf(events...))
}
