package commands

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// Nothing is decided on a stream of which events are hidden: what was bought would be bought again, and an id that is
// taken would be given away.
func TestNothingIsDecidedOnAStreamThatIsNotWhole(t *testing.T) {
	stream := customer.Stream(alice)
	for metadata, until := range map[string]uint64{`{"$maxCount":1}`: 2, `{"$tb":2}`: 1, `{"$maxCount":3}`: 0} {
		t.Run(metadata, func(t *testing.T) {
			store := newLog(t)
			s := newService(store)
			handle(t, s, of(register()))
			for n := range byte(3) {
				handle(t, s, of(purchase(n)))
			}
			append1(t, store, "$$"+stream, eventstore.Proposed{ID: uuid.New(), Type: "$metadata", Data: []byte(metadata)})
			s = newService(store)
			before := head(t, store)
			for _, c := range []customer.Command{register(), purchase(1), purchase(9)} {
				_, err := s.Customers.Handle(context.Background(), of(c))
				var hole *eventstore.HoleError
				if !errors.As(err, &hole) || *hole != (eventstore.HoleError{Stream: stream, From: 0, Until: until}) {
					t.Errorf("%T: %v, want that revisions 0 to %d of %s are hidden", c, err, until, stream)
				}
			}
			if _, err := s.Facts(context.Background(), stream, 0); !errors.Is(err, eventstore.ErrHole) {
				t.Errorf("the facts of the stream: %v, want ErrHole", err)
			}
			if after := head(t, store); after != before {
				t.Error("something was appended")
			}
		})
	}
}

// A stream that was deleted reads as one that never was. That it was not shows when something is appended.
func TestADeletedStreamDoesNotBeginAnew(t *testing.T) {
	store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	s := newService(store)
	handle(t, s, of(register()))
	handle(t, s, of(purchase(1)))
	if _, err := store.Delete(t.Context(), customer.Stream(alice), eventstore.Any); err != nil {
		t.Fatal(err)
	}
	s = newService(store)
	for range 2 {
		_, err := s.Customers.Handle(context.Background(), of(register()))
		var hole *eventstore.HoleError
		if !errors.As(err, &hole) || *hole != (eventstore.HoleError{Stream: customer.Stream(alice), From: 0, Until: 1}) {
			t.Errorf("%v, want that revisions 0 to 1 are hidden", err)
		}
	}
}

// Events of other applications, and of the server itself, are passed over by commands as by all who read. One of a type
// that only a newer Rapport knows is not.
func TestForeignEventsArePassedOver(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	stream := customer.Stream(alice)
	append1(t, store, stream, eventstore.Proposed{ID: uuid.New(), Type: "shop.visited", Data: []byte("not even JSON")})
	handle(t, s, of(register()))
	append1(t, store, stream, eventstore.Proposed{ID: uuid.New(), Type: "$note", Data: []byte(`{}`)})
	first := handle(t, s, keyed("once", purchase(1)))
	append1(t, store, stream, eventstore.Proposed{ID: uuid.New(), Type: "shop.left", Data: []byte(`{}`)})
	if first.Revision != 3 {
		t.Errorf("the purchase is revision %d, want 3", first.Revision)
	}
	for _, service := range []*Service{s, newService(store)} {
		if again := handle(t, service, keyed("once", purchase(1))); again.Appended != 0 && again != first {
			t.Errorf("%+v, want what was answered before, %+v", again, first)
		}
		if newest, ok, err := service.Newest(t.Context(), stream); !ok || err != nil || newest.Revision != 3 {
			t.Errorf("the newest fact is revision %d (%t, %v), want 3", newest.Revision, ok, err)
		}
		if facts, err := service.Facts(t.Context(), stream, 0); len(facts) != 2 || err != nil {
			t.Errorf("%d facts (%v), want 2", len(facts), err)
		}
	}
	append1(t, store, stream, eventstore.Proposed{ID: uuid.New(), Type: "customer.teleported.v1", Data: []byte(`{}`)})
	if _, err := newService(store).Customers.Handle(context.Background(), of(purchase(2))); !errors.Is(err, eventstore.ErrUnknownType) {
		t.Errorf("an event that only a newer Rapport knows: %v, want ErrUnknownType", err)
	}
}

// A store takes less than others: many commands are recorded in as many appends as it needs, whether it says beforehand
// how much it takes or not; what does not fit by itself is refused, and what stands around it is recorded.
func TestAppendsAreCutToWhatTheStoreTakes(t *testing.T) {
	for name, says := range map[string]int{"that says so": 100_000, "that says nothing": eventstore.MaxAppendBytes} {
		t.Run(name, func(t *testing.T) {
			store := &small{Store: newLog(t), takes: 100_000, says: says}
			s := newService(store)
			requests := []request{{Command: register()}}
			for i := range 40 {
				requests = append(requests, request{Command: bulky{byte(i), 20_000}})
			}
			requests[17].Command = bulky{99, 200_000}
			for i, result := range s.Customers.HandleAll(context.Background(), customer.Stream(alice), requests) {
				if i == 17 {
					var r *domain.Rejection
					if !errors.Is(result.Err, ErrTooLarge) || !errors.As(result.Err, &r) || r.Kind != domain.Large {
						t.Errorf("what does not fit: %v, want ErrTooLarge", result.Err)
					}
					continue
				}
				want := uint64(i)
				if i > 17 {
					want--
				}
				if result.Err != nil || result.Answer.Revision != want || result.Answer.Position == 0 {
					t.Errorf("%d: %+v, want revision %d", i, result, want)
				}
			}
			if n := len(recorded(t, store, customer.Stream(alice))); n != 40 {
				t.Errorf("%d events, want 40", n)
			}
			sameFold(t, s, customer.Stream(alice))
		})
	}
}

// small is a store that takes little at once.
type small struct {
	eventstore.Store
	takes, says int
}

func (s *small) Limits() eventstore.Limits {
	return eventstore.Limits{AppendBytes: s.says, AppendEvents: eventstore.MaxAppend}
}

func (s *small) Append(ctx context.Context, stream string, expected eventstore.Expected,
	events []eventstore.Proposed) (eventstore.Appended, error) {
	if n := weightOf(events); n > s.takes {
		return eventstore.Appended{}, fmt.Errorf("%d of %d bytes: %w", n, s.takes, eventstore.ErrTooLarge)
	}
	return s.Store.Append(ctx, stream, expected, events)
}

func append1(t *testing.T, store eventstore.Store, stream string, e eventstore.Proposed) {
	t.Helper()
	if _, err := store.Append(t.Context(), stream, eventstore.Any, []eventstore.Proposed{e}); err != nil {
		t.Fatal(err)
	}
}
