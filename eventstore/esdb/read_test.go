package esdb

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// Reads are made of pages, which end at a number of events or of bytes: nothing is lost between them.
func TestReadsGoOnBeyondAPage(t *testing.T) {
	for name, events := range map[string][]eventstore.Proposed{
		"many":  sold(2*pageEvents + 1),
		"full":  sold(pageEvents),
		"large": large(7),
	} {
		t.Run(name, func(t *testing.T) {
			log, address := serve(t)
			s := open(t, address, Options{})
			for i := range events {
				if _, err := log.Append(t.Context(), "shop", eventstore.Any, events[i:i+1]); err != nil {
					t.Fatal(err)
				}
			}
			down := ids(t, s.ReadStreamBackwards(t.Context(), "shop", eventstore.End))
			slices.Reverse(down)
			var want []uuid.UUID
			for _, e := range events {
				want = append(want, e.ID)
			}
			for how, got := range map[string][]uuid.UUID{
				"ReadStream":          ids(t, s.ReadStream(t.Context(), "shop", 0)),
				"ReadStreamBackwards": down,
				"ReadAll":             ids(t, s.ReadAll(t.Context(), 0)),
			} {
				if !slices.Equal(got, want) {
					t.Errorf("%s: %d events, want the %d in their order", how, len(got), len(want))
				}
			}
			if n, err := s.Distance(t.Context(), 1, len(events)+5); n != len(events)-1 || err != nil {
				t.Errorf("%d events after the first (%v), want %d", n, err, len(events)-1)
			}
		})
	}
}

// The server's own events are nowhere to be seen, however many there are.
func TestSystemEventsAreNotShown(t *testing.T) {
	log, address := serve(t)
	s := open(t, address, Options{})
	own := sold(3 * pageEvents)
	for i := range own {
		own[i].Type = "$test"
	}
	at, err := log.Append(t.Context(), "shop", eventstore.NoStream, sold(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := log.Append(t.Context(), "shop", eventstore.Any, own); err != nil {
		t.Fatal(err)
	}
	if head, err := s.Head(t.Context()); head != at.Position || err != nil {
		t.Errorf("the head is at %d (%v), want %d", head, err, at.Position)
	}
	if n, err := s.Distance(t.Context(), 0, 100); n != 1 || err != nil {
		t.Errorf("distance %d (%v), want 1", n, err)
	}
	if n := len(ids(t, s.ReadAll(t.Context(), 0))); n != 1 {
		t.Errorf("the log shows %d events, want 1", n)
	}
	// Who reads the stream itself would miss their revisions.
	if n := len(ids(t, s.ReadStreamBackwards(t.Context(), "shop", eventstore.End))); n != 1+len(own) {
		t.Errorf("the stream shows %d events, want all %d", n, 1+len(own))
	}
	// Those who follow the log learn how far it goes, and need not look at all that again.
	for page, err := range s.Follow(t.Context(), 0, 10) {
		if err != nil {
			t.Fatal(err)
		}
		if page.CaughtUp && len(page.Records) == 0 {
			if end := at.Position + eventstore.Position(len(own)); page.Next != end {
				t.Errorf("caught up at %d, want %d", page.Next, end)
			}
			break
		}
	}
}

// large answers n events as large as may be.
func large(n int) []eventstore.Proposed {
	events := sold(n)
	for i := range events {
		events[i].Data = bytes.Repeat([]byte("x"), eventstore.MaxEventBytes-len(events[i].Metadata))
	}
	return events
}

// ids reads to the end.
func ids(t *testing.T, read func(func(eventstore.Record, error) bool)) []uuid.UUID {
	t.Helper()
	var all []uuid.UUID
	for r, err := range read {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r.ID)
	}
	return all
}
