package eventstoretest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

var readTests = map[string]func(*testing.T, eventstore.Store){
	"a stream both ways from anywhere":      readsStreams,
	"a long stream":                         readsLongStream,
	"an unknown stream as empty":            readsUnknown,
	"the whole log from anywhere":           readsAll,
	"the log in the order of each stream":   readsInOrder,
	"as far as the reader wants":            readsInPart,
	"no system events":                      hidesSystemEvents,
	"an empty log":                          readsEmptyLog,
	"one event by its position":             readsOne,
	"streams that may hide events":          readsCurtailed,
	"head and distance":                     measures,
	"nothing more once its context ended":   cancelledReads,
	"what is being appended at the time of": readsWhileWriting,
}

func readsStreams(t *testing.T, store eventstore.Store) {
	events := facts(5)
	mustAppend(t, store, "customer-1", eventstore.NoStream, events[:2])
	mustAppend(t, store, "customer-2", eventstore.NoStream, facts(2))
	mustAppend(t, store, "customer-1", eventstore.Any, events[2:])
	mustAppend(t, store, "customer-11", eventstore.NoStream, facts(1)) // a name that begins as the other
	all := idsOf(events)
	for from := range uint64(7) {
		up := collect(t, store.ReadStream(within(t), "customer-1", from))
		same(t, fmt.Sprintf("upwards from %d", from), ids(up), slices.Clone(all[min(from, 5):]))
		for i, r := range up {
			same(t, "revision", r.Revision, from+uint64(i))
		}
		down := collect(t, store.ReadStreamBackwards(within(t), "customer-1", from))
		same(t, fmt.Sprintf("downwards from %d", from), ids(down), reversed(all[:min(from+1, 5)]))
	}
	same(t, "upwards from the end", ids(collect(t, store.ReadStream(within(t), "customer-1", 5))), []uuid.UUID{})
	same(t, "downwards from the end",
		ids(collect(t, store.ReadStreamBackwards(within(t), "customer-1", eventstore.End))), reversed(all))
}

func readsLongStream(t *testing.T, store eventstore.Store) {
	events := facts(3000)
	for chunk := range slices.Chunk(events, 1000) {
		mustAppend(t, store, "customer-1", eventstore.Any, chunk)
		mustAppend(t, store, "customer-2", eventstore.Any, facts(10))
	}
	streamHas(t, store, "customer-1", events)
	down := collect(t, store.ReadStreamBackwards(within(t), "customer-1", eventstore.End))
	same(t, "downwards", ids(down), reversed(idsOf(events)))
}

func readsUnknown(t *testing.T, store eventstore.Store) {
	mustAppend(t, store, "customer-1", eventstore.NoStream, facts(1))
	for _, from := range []uint64{0, 1, eventstore.End} {
		same(t, "upwards", ids(collect(t, store.ReadStream(within(t), "customer", from))), []uuid.UUID{})
		same(t, "downwards", ids(collect(t, store.ReadStreamBackwards(within(t), "customer", from))), []uuid.UUID{})
	}
}

func readsAll(t *testing.T, store eventstore.Store) {
	var events [][]eventstore.Proposed
	for i := range 12 {
		events = append(events, facts(i%3+1))
		mustAppend(t, store, fmt.Sprintf("customer-%d", i%4), eventstore.Any, events[i])
	}
	all := collect(t, store.ReadAll(within(t), 0))
	same(t, "the log", ids(all), idsOf(events...))
	for i, r := range all {
		if i > 0 && r.Position <= all[i-1].Position {
			t.Errorf("position %d follows %d", r.Position, all[i-1].Position)
		}
		same(t, fmt.Sprintf("after %d", r.Position), ids(collect(t, store.ReadAll(within(t), r.Position))),
			ids(all[i+1:]))
	}
}

func readsInOrder(t *testing.T, store eventstore.Store) {
	ctx := within(t)
	concurrently(6, func(i int) error {
		for range 15 {
			_, err := store.Append(ctx, fmt.Sprintf("customer-%d", i%3), eventstore.Any, facts(1+i))
			if err != nil {
				t.Error(err)
			}
		}
		return nil
	})
	next := map[string]uint64{}
	streams := map[string][]uuid.UUID{}
	for _, r := range collect(t, store.ReadAll(ctx, 0)) {
		same(t, "revision in "+r.Stream, r.Revision, next[r.Stream])
		next[r.Stream]++
		streams[r.Stream] = append(streams[r.Stream], r.ID)
	}
	same(t, "streams", len(streams), 3)
	for stream, want := range streams {
		same(t, stream, ids(collect(t, store.ReadStream(ctx, stream, 0))), want)
	}
}

func readsInPart(t *testing.T, store eventstore.Store) {
	events := facts(100)
	mustAppend(t, store, "customer-1", eventstore.NoStream, events)
	for _, n := range []int{1, 10, 99} {
		var up, down, all []uuid.UUID
		for r := range store.ReadStream(within(t), "customer-1", 0) {
			if up = append(up, r.ID); len(up) == n {
				break
			}
		}
		for r := range store.ReadStreamBackwards(within(t), "customer-1", eventstore.End) {
			if down = append(down, r.ID); len(down) == n {
				break
			}
		}
		for r := range store.ReadAll(within(t), 0) {
			if all = append(all, r.ID); len(all) == n {
				break
			}
		}
		same(t, "upwards", up, idsOf(events)[:n])
		same(t, "downwards", down, reversed(idsOf(events))[:n])
		same(t, "the log", all, idsOf(events)[:n])
	}
}

func hidesSystemEvents(t *testing.T, store eventstore.Store) {
	first, second := facts(2), facts(1)
	begin := mustAppend(t, store, "customer-1", eventstore.NoStream, first)
	system := facts(2)
	for i := range system {
		system[i].Type = "$test"
	}
	mustAppend(t, store, "customer-1", eventstore.Exactly(1), system)
	last := mustAppend(t, store, "customer-1", eventstore.Exactly(3), second)
	mustAppend(t, store, "other-1", eventstore.NoStream, system[1:])

	ctx := within(t)
	streamHas(t, store, "customer-1", first, system, second) // who reads a stream misses no revision
	streamHas(t, store, "other-1", system[1:])
	down := collect(t, store.ReadStreamBackwards(ctx, "customer-1", eventstore.End))
	same(t, "downwards", ids(down), reversed(idsOf(first, system, second)))
	same(t, "the log", ids(collect(t, store.ReadAll(ctx, 0))), idsOf(first, second))
	head, err := store.Head(ctx)
	if err != nil || head != last.Position {
		t.Errorf("Head = %d, %v, want %d", head, err, last.Position)
	}
	same(t, "distance", distance(t, store, begin.Position, 10), 1)
	f := follow(t, store, 0, 10)
	same(t, "followed", ids(f.untilCaughtUp()), idsOf(first, second))
}

func readsOne(t *testing.T, store eventstore.Store) {
	mustAppend(t, store, "customer-1", eventstore.NoStream, facts(3))
	last := mustAppend(t, store, "customer-2", eventstore.NoStream, facts(1)).Position
	for _, want := range collect(t, store.ReadAll(within(t), 0)) {
		got, err := store.At(within(t), want.Position)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "the event", got, want)
		if err := eventstore.Unchanged(within(t), store, want.Position, want.ID); err != nil {
			t.Errorf("an event that is there: %v", err)
		}
	}
	for _, nowhere := range []eventstore.Position{0, last + 1, last + 1<<40, eventstore.End} {
		if r, err := store.At(within(t), nowhere); !errors.Is(err, eventstore.ErrMissing) {
			t.Errorf("at %d: %+v, %v, want ErrMissing", nowhere, r, err)
		}
	}
	for _, at := range []eventstore.Position{last, last + 1<<40} {
		id := uuid.New()
		var changed *eventstore.ChangedError
		err := eventstore.Unchanged(within(t), store, at, id)
		if !errors.As(err, &changed) || !errors.Is(err, eventstore.ErrChanged) {
			t.Fatalf("an event that is not at %d: %v, want ErrChanged", at, err)
		}
		same(t, "what changed", *changed, eventstore.ChangedError{Position: at, ID: id, Head: last})
	}
}

func readsCurtailed(t *testing.T, store eventstore.Store) {
	curtailed := func() []string {
		t.Helper()
		var streams []string
		for stream, err := range store.Curtailed(within(t)) {
			if err != nil {
				t.Fatal(err)
			}
			streams = append(streams, stream)
		}
		return streams
	}
	mustAppend(t, store, "customer-1", eventstore.NoStream, facts(3))
	same(t, "of a log as it should be", curtailed(), nil)
	keepOne := []eventstore.Proposed{{ID: uuid.New(), Type: "$metadata", Data: []byte(`{"$maxCount":1}`)}}
	mustAppend(t, store, "$$customer-1", eventstore.NoStream, keepOne)
	same(t, "with metadata", curtailed(), []string{"customer-1"})

	var hole *eventstore.HoleError
	for _, err := range eventstore.ReadWhole(within(t), store, "customer-1", 0) {
		if !errors.As(err, &hole) {
			t.Fatalf("a stream that hides events: %v, want ErrHole", err)
		}
	}
	if hole == nil {
		t.Fatal("a stream that hides events reads as a whole one")
	}
	same(t, "what is hidden", *hole, eventstore.HoleError{Stream: "customer-1", From: 0, Until: 1})
}

func readsEmptyLog(t *testing.T, store eventstore.Store) {
	for _, after := range []eventstore.Position{0, 1, eventstore.End} {
		same(t, "events", len(collect(t, store.ReadAll(within(t), after))), 0)
		same(t, "distance", distance(t, store, after, 10), 0)
	}
	if head, err := store.Head(within(t)); head != 0 || err != nil {
		t.Errorf("Head = %d, %v, want 0", head, err)
	}
}

func distance(t *testing.T, store eventstore.Store, after eventstore.Position, limit int) int {
	t.Helper()
	n, err := store.Distance(within(t), after, limit)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func measures(t *testing.T, store eventstore.Store) {
	for i := range 5 {
		a := mustAppend(t, store, fmt.Sprintf("customer-%d", i%2), eventstore.Any, facts(2))
		if head, err := store.Head(within(t)); head != a.Position || err != nil {
			t.Errorf("Head = %d, %v, want %d", head, err, a.Position)
		}
	}
	same(t, "from the beginning", distance(t, store, 0, 100), 10)
	for i, r := range collect(t, store.ReadAll(within(t), 0)) {
		for _, limit := range []int{1, 4, 9, 100} {
			same(t, fmt.Sprintf("distance from event %d, up to %d", i, limit),
				distance(t, store, r.Position, limit), min(9-i, limit))
		}
	}
	same(t, "from beyond", distance(t, store, eventstore.End, 100), 0)
}

func cancelledReads(t *testing.T, store eventstore.Store) {
	mustAppend(t, store, "customer-1", eventstore.NoStream, facts(100))
	for name, read := range map[string]func(context.Context) (events int, err error){
		"ReadStream": func(ctx context.Context) (int, error) {
			return last(store.ReadStream(ctx, "customer-1", 0))
		},
		"ReadStreamBackwards": func(ctx context.Context) (int, error) {
			return last(store.ReadStreamBackwards(ctx, "customer-1", eventstore.End))
		},
		"ReadAll":  func(ctx context.Context) (int, error) { return last(store.ReadAll(ctx, 0)) },
		"Head":     func(ctx context.Context) (int, error) { _, err := store.Head(ctx); return 0, err },
		"Distance": func(ctx context.Context) (int, error) { _, err := store.Distance(ctx, 0, 1); return 0, err },
	} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if n, err := read(ctx); n != 0 || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %d events, then %v, want that the context was cancelled", name, n, err)
		}
	}
}

// last answers how many events a sequence has, and how it ends.
func last(records func(func(eventstore.Record, error) bool)) (n int, err error) {
	for _, err := range records {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// readsWhileWriting reads what has no end but the one it had when the reading began.
func readsWhileWriting(t *testing.T, store eventstore.Store) {
	mustAppend(t, store, "customer-1", eventstore.NoStream, facts(50))
	n := uint64(0)
	for r, err := range store.ReadStream(within(t), "customer-1", 0) {
		if err != nil {
			t.Fatal(err)
		}
		same(t, "revision", r.Revision, n)
		n++
		if n <= 50 {
			mustAppend(t, store, "customer-1", eventstore.Any, facts(1))
		}
	}
	if n < 50 || n > 100 {
		t.Errorf("read %d events of a stream that grew from 50 to 100", n)
	}
}
