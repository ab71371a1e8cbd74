package esdb

import (
	"errors"
	"testing"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/esdb/esdbtest"
)

// Fault: where the server does not say at which revision the stream is now, the client says 1. Guard: the
// client's word is not taken (settle).
func TestAppendedIsRightWhateverTheClientSays(t *testing.T) {
	for name, forget := range map[string]func(*streams.AppendResp_Success){
		"all is said":        func(*streams.AppendResp_Success) {},
		"no revision":        withoutRevision,
		"no position":        withoutPosition,
		"neither of the two": func(a *streams.AppendResp_Success) { withoutRevision(a); withoutPosition(a) },
	} {
		t.Run(name, func(t *testing.T) {
			_, server := serve(t)
			s := open(t, esdbtest.Serve(t, server, esdbtest.Rules{Appended: forget}).Address, Options{})
			one, three, two := sold(1), sold(3), sold(2)
			for _, step := range []struct {
				stream   string
				expected eventstore.Expected
				events   []eventstore.Proposed
				revision uint64
			}{
				{"shop-a", eventstore.NoStream, one, 0},
				{"shop-a", eventstore.Exactly(0), three, 3},
				{"shop-a", eventstore.Any, two, 5},
				{"shop-a", eventstore.StreamExists, sold(1), 6},
				{"shop-a", eventstore.NoStream, one, 0}, // again
				{"shop-a", eventstore.Exactly(0), three, 3},
				{"shop-a", eventstore.Any, two, 5},
				{"shop-b", eventstore.NoStream, sold(2), 1},
				{"shop-c", eventstore.Any, sold(1), 0},
			} {
				got, err := s.Append(t.Context(), step.stream, step.expected, step.events)
				if err != nil {
					t.Fatal(err)
				}
				for r, err := range s.ReadStream(t.Context(), step.stream, step.revision) {
					want := eventstore.Appended{Revision: step.revision, Position: r.Position}
					if err != nil || r.ID != step.events[len(step.events)-1].ID || got != want {
						t.Errorf("%s, %s: %+v, want %+v (%v)", step.stream, step.expected, got, want, err)
					}
					break
				}
			}
		})
	}
}

// A stream that was deleted goes on from its old end, although it is expected not to exist.
func TestAppendToADeletedStream(t *testing.T) {
	_, server := serve(t)
	s := open(t, server, Options{})
	if _, err := s.Append(t.Context(), "shop", eventstore.NoStream, sold(4)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.current.client.DeleteStream(t.Context(), "shop", client.DeleteStreamOptions{}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Append(t.Context(), "shop", eventstore.NoStream, sold(2))
	if err != nil || got.Revision != 5 {
		t.Errorf("%+v, %v, want revision 5", got, err)
	}
}

// A stream that was tombstoned is gone for good.
func TestTombstonedStream(t *testing.T) {
	_, server := serve(t)
	s := open(t, server, Options{})
	if _, err := s.Append(t.Context(), "shop", eventstore.NoStream, sold(4)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.current.client.TombstoneStream(t.Context(), "shop", client.TombstoneStreamOptions{}); err != nil {
		t.Fatal(err)
	}
	_, err := s.Append(t.Context(), "shop", eventstore.Any, sold(2))
	for how, err := range map[string]error{
		"Append":              err,
		"ReadStream":          begin(s.ReadStream(t.Context(), "shop", 0)),
		"ReadStreamBackwards": begin(s.ReadStreamBackwards(t.Context(), "shop", eventstore.End)),
	} {
		if !errors.Is(err, eventstore.ErrDeleted) {
			t.Errorf("%s: %v, want ErrDeleted", how, err)
		}
	}
}

func withoutRevision(a *streams.AppendResp_Success) {
	a.CurrentRevisionOption = &streams.AppendResp_Success_NoStream{NoStream: &shared.Empty{}}
}

func withoutPosition(a *streams.AppendResp_Success) {
	a.PositionOption = &streams.AppendResp_Success_NoPosition{NoPosition: &shared.Empty{}}
}
