package eventstoretest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

var appendTests = map[string]func(*testing.T, eventstore.Store){
	"answers where the last event stands":       answersLast,
	"keeps an event as it was proposed":         keepsEvents,
	"takes only what the stream is expected at": keepsExpectations,
	"answers the same append the same way":      repeats,
	"takes no other append for the same":        repeatsOnlyTheSame,
	"lets one of many writers win":              oneWinner,
	"takes every writer that expects nothing":   allWinners,
	"keeps the limits":                          keepsLimits,
	"takes as much as it says that it takes":    reachesLimits,
	"changes nothing once its context ended":    cancelledAppend,
	"takes several streams at once":             severalStreams,
}

func answersLast(t *testing.T, store eventstore.Store) {
	first := mustAppend(t, store, "customer-1", eventstore.NoStream, facts(3))
	second := mustAppend(t, store, "customer-1", eventstore.Exactly(2), facts(2))
	same(t, "revisions", []uint64{first.Revision, second.Revision}, []uint64{2, 4})
	if first.Position == 0 || second.Position <= first.Position {
		t.Errorf("positions %d, %d do not grow from above 0", first.Position, second.Position)
	}
	records := collect(t, store.ReadStream(within(t), "customer-1", 0))
	same(t, "positions read", []eventstore.Position{records[2].Position, records[4].Position},
		[]eventstore.Position{first.Position, second.Position})
}

func keepsEvents(t *testing.T, store eventstore.Store) {
	const stream = "customer-Zoë/π 1"
	events := []eventstore.Proposed{
		{ID: uuid.New(), Type: "test.happened.v1", Data: []byte(`{"name":"Zoë \u0000"}`), Metadata: []byte(`{"a":[1]}`)},
		{ID: uuid.New(), Type: "test.geändert.v2", Data: []byte(`{}`)},
		{ID: uuid.New(), Type: "test.drawn.v1", Data: []byte(`{}`), Binary: true},
	}
	lent := slices.Clone(events)
	lent[0].Data = bytes.Clone(events[0].Data)
	before := time.Now()
	mustAppend(t, store, stream, eventstore.NoStream, lent)
	clear(lent[0].Data) // the caller's memory is the caller's again

	records := collect(t, store.ReadStream(within(t), stream, 0))
	for i, r := range records {
		if r.ID != events[i].ID || r.Type != events[i].Type || r.Stream != stream || r.Revision != uint64(i) ||
			!bytes.Equal(r.Data, events[i].Data) || !bytes.Equal(r.Metadata, events[i].Metadata) ||
			r.Binary != events[i].Binary {
			t.Errorf("event %d was read as %+v", i, r)
		}
		if r.RecordedAt.Before(before.Add(-time.Minute)) || r.RecordedAt.After(time.Now().Add(time.Minute)) {
			t.Errorf("recorded at %v, appended at %v", r.RecordedAt, before)
		}
	}
	want := string(records[0].Data)
	clear(records[0].Data) // as what was read is the reader's own
	same(t, "data read again", string(collect(t, store.ReadStream(within(t), stream, 0))[0].Data), want)
	same(t, "data read in the whole log", string(collect(t, store.ReadAll(within(t), 0))[0].Data), want)
}

func keepsExpectations(t *testing.T, store eventstore.Store) {
	for _, c := range []struct {
		expected  eventstore.Expected
		whenEmpty bool // whether it takes a stream without events
		whenTwo   bool // … with two
	}{
		{eventstore.Any, true, true},
		{eventstore.NoStream, true, false},
		{eventstore.StreamExists, false, true},
		{eventstore.Exactly(0), false, false},
		{eventstore.Exactly(1), false, true},
		{eventstore.Exactly(2), false, false},
	} {
		for size, taken := range map[int]bool{0: c.whenEmpty, 2: c.whenTwo} {
			stream := fmt.Sprintf("customer-%d-%d", c.expected, size)
			there, more := facts(size), facts(2)
			if size > 0 {
				mustAppend(t, store, stream, eventstore.NoStream, there)
			}
			if taken {
				a := mustAppend(t, store, stream, c.expected, more)
				same(t, "revision", a.Revision, uint64(size)+1)
				streamHas(t, store, stream, there, more)
				continue
			}
			_, err := store.Append(within(t), stream, c.expected, more)
			isWrongRevision(t, err, stream, c.expected)
			streamHas(t, store, stream, there)
		}
	}
}

func isWrongRevision(t *testing.T, err error, stream string, expected eventstore.Expected) {
	t.Helper()
	var wrong *eventstore.WrongRevisionError
	if !errors.Is(err, eventstore.ErrWrongRevision) || !errors.As(err, &wrong) {
		t.Errorf("append to %s, expecting %s: %v, want ErrWrongRevision", stream, expected, err)
		return
	}
	same(t, "error", *wrong, eventstore.WrongRevisionError{Stream: stream, Expected: expected})
}

func repeats(t *testing.T, store eventstore.Store) {
	for _, expected := range []eventstore.Expected{
		eventstore.Any, eventstore.NoStream, eventstore.StreamExists, eventstore.Exactly(1),
	} {
		stream := fmt.Sprintf("customer-%d", expected)
		there, events, more := facts(2), facts(3), facts(1)
		if expected == eventstore.NoStream {
			there = nil
		} else {
			mustAppend(t, store, stream, eventstore.NoStream, there)
		}
		first := mustAppend(t, store, stream, expected, events)
		same(t, "answer again", mustAppend(t, store, stream, expected, events), first)
		mustAppend(t, store, stream, eventstore.Exactly(first.Revision), more)
		same(t, "answer after more", mustAppend(t, store, stream, expected, events), first)
		streamHas(t, store, stream, there, events, more)
	}
}

func repeatsOnlyTheSame(t *testing.T, store eventstore.Store) {
	events := facts(3)
	mustAppend(t, store, "customer-1", eventstore.NoStream, events)
	for name, other := range map[string][]eventstore.Proposed{
		"other events":    facts(3),
		"another end":     {events[0], events[1], facts(1)[0]},
		"another order":   {events[1], events[0], events[2]},
		"more than there": append(slices.Clone(events), facts(1)...),
	} {
		_, err := store.Append(within(t), "customer-1", eventstore.NoStream, other)
		if !errors.Is(err, eventstore.ErrWrongRevision) {
			t.Errorf("%s: %v, want ErrWrongRevision", name, err)
		}
	}
	_, err := store.Append(within(t), "customer-1", eventstore.Exactly(0), events)
	isWrongRevision(t, err, "customer-1", eventstore.Exactly(0))
	streamHas(t, store, "customer-1", events)

	mustAppend(t, store, "customer-2", eventstore.NoStream, events)
	mustAppend(t, store, "customer-3", eventstore.Any, events)
	streamHas(t, store, "customer-2", events)
	streamHas(t, store, "customer-3", events)
}

// concurrently calls do in n goroutines that start together, and answers what each returned.
func concurrently[T any](n int, do func(i int) T) []T {
	out := make([]T, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-start
			out[i] = do(i)
		})
	}
	close(start)
	all.Wait()
	return out
}

func oneWinner(t *testing.T, store eventstore.Store) {
	const writers, rounds = 8, 20
	ctx := within(t)
	expected := eventstore.NoStream
	var won [][]eventstore.Proposed
	for round := range rounds {
		events := make([][]eventstore.Proposed, writers)
		for i := range events {
			events[i] = facts(1 + i%2)
		}
		winner := -1
		for i, err := range concurrently(writers, func(i int) error {
			_, err := store.Append(ctx, "customer-1", expected, events[i])
			return err
		}) {
			switch {
			case err != nil:
				isWrongRevision(t, err, "customer-1", expected)
			case winner >= 0:
				t.Fatalf("round %d: writers %d and %d both won", round, winner, i)
			default:
				winner = i
			}
		}
		if winner < 0 {
			t.Fatalf("round %d: nobody won", round)
		}
		won = append(won, events[winner])
		expected = eventstore.Exactly(uint64(len(idsOf(won...)) - 1))
	}
	streamHas(t, store, "customer-1", won...)
}

func allWinners(t *testing.T, store eventstore.Store) {
	const writers, appends = 8, 10
	ctx := within(t)
	answers := concurrently(writers, func(i int) (out []eventstore.Appended) {
		for range appends {
			a, err := store.Append(ctx, "customer-1", eventstore.Any, facts(2))
			if err != nil {
				t.Error(err)
			}
			out = append(out, a)
		}
		return out
	})
	at := map[uint64]eventstore.Position{}
	for _, a := range slices.Concat(answers...) {
		at[a.Revision] = a.Position
	}
	same(t, "number of answers that differ", len(at), writers*appends)
	for _, r := range collect(t, store.ReadStream(ctx, "customer-1", 0)) {
		if r.Revision%2 == 1 {
			same(t, fmt.Sprintf("position of revision %d", r.Revision), at[r.Revision], r.Position)
		}
	}
}

func keepsLimits(t *testing.T, store eventstore.Store) {
	one := facts(1)
	with := func(change func(*eventstore.Proposed)) []eventstore.Proposed {
		e := facts(1)
		change(&e[0])
		return e
	}
	bulk := facts(5)
	for i := range bulk {
		bulk[i].Data = make([]byte, eventstore.MaxEventBytes-100)
	}
	for name, c := range map[string]struct {
		stream   string
		expected eventstore.Expected
		events   []eventstore.Proposed
		want     error
	}{
		"no stream name":   {"", eventstore.Any, one, eventstore.ErrInvalid},
		"long stream name": {strings.Repeat("n", eventstore.MaxStreamName+1), eventstore.Any, one, eventstore.ErrInvalid},
		"no such revision": {"customer-1", -4, one, eventstore.ErrInvalid},
		"no events":        {"customer-1", eventstore.Any, nil, eventstore.ErrInvalid},
		"no id": {"customer-1", eventstore.Any,
			with(func(e *eventstore.Proposed) { e.ID = uuid.Nil }), eventstore.ErrInvalid},
		"no type": {"customer-1", eventstore.Any,
			with(func(e *eventstore.Proposed) { e.Type = "" }), eventstore.ErrInvalid},
		"large event": {"customer-1", eventstore.Any,
			with(func(e *eventstore.Proposed) { e.Data = make([]byte, eventstore.MaxEventBytes) }), eventstore.ErrTooLarge},
		"large append": {"customer-1", eventstore.Any, bulk, eventstore.ErrTooLarge},
		"many events":  {"customer-1", eventstore.Any, facts(eventstore.MaxAppend + 1), eventstore.ErrTooLarge},
	} {
		if _, err := store.Append(within(t), c.stream, c.expected, c.events); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	same(t, "events in the log", len(collect(t, store.ReadAll(within(t), 0))), 0)
}

func reachesLimits(t *testing.T, store eventstore.Store) {
	limits := store.Limits()
	if limits.AppendBytes <= 0 || limits.AppendBytes > eventstore.MaxAppendBytes ||
		limits.AppendEvents <= 0 || limits.AppendEvents > eventstore.MaxAppend {
		t.Errorf("%+v, not within the limits of every engine", limits)
	}
	many := facts(1)
	for len(many) < limits.AppendEvents && limits.Fits(len(many)+1, (len(many)+1)*(many[0].Weight()+8)) {
		many = append(many, facts(1)...)
	}
	mustAppend(t, store, "customer-0", eventstore.NoStream, many)
	streamHas(t, store, "customer-0", many)

	named := facts(1)
	named[0].Type = strings.Repeat("t", eventstore.MaxStreamName)
	longest := strings.Repeat("n", eventstore.MaxStreamName)
	mustAppend(t, store, longest, eventstore.NoStream, named)
	streamHas(t, store, longest, named)

	large, weight := facts(4), 0
	for i := range large {
		large[i].Data = nil
		size := min(limits.AppendBytes/len(large)-large[i].Weight(), eventstore.MaxEventBytes-len(large[i].Metadata)) - 2
		large[i].Data = []byte(`"` + strings.Repeat("x", size) + `"`)
		weight += large[i].Weight()
	}
	if !limits.Fits(len(large), weight) {
		t.Fatalf("an append of weight %d does not fit in %+v", weight, limits)
	}
	mustAppend(t, store, "customer-1", eventstore.NoStream, large)
	for i, r := range collect(t, store.ReadStream(within(t), "customer-1", 0)) {
		if !bytes.Equal(r.Data, large[i].Data) {
			t.Errorf("event %d of %d bytes was read with %d", i, len(large[i].Data), len(r.Data))
		}
	}
}

func cancelledAppend(t *testing.T, store eventstore.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Append(ctx, "customer-1", eventstore.Any, facts(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Append: %v, want that the context was cancelled", err)
	}
	streamHas(t, store, "customer-1")
}

// severalStreams: all take their events; where one is not as expected, no other one does, or those before it.
func severalStreams(t *testing.T, store eventstore.Store) {
	mustAppend(t, store, "customer-2", eventstore.NoStream, facts(2))
	writes := []eventstore.Write{{Stream: "customer-1", Expected: eventstore.NoStream, Events: facts(1)},
		{Stream: "customer-2", Expected: eventstore.Exactly(1), Events: facts(2)}}
	first, err := store.AppendAll(within(t), writes)
	if err != nil || len(first) != 2 || first[0].Revision != 0 || first[1].Revision != 3 {
		t.Fatalf("appended at %+v: %v", first, err)
	}
	again, err := store.AppendAll(within(t), writes)
	if err != nil || !slices.Equal(again, first) {
		t.Errorf("the same append again was answered %+v, %v, first %+v", again, err, first)
	}
	late := []eventstore.Write{{Stream: "customer-1", Expected: eventstore.Exactly(0), Events: facts(1)},
		{Stream: "customer-2", Expected: eventstore.Exactly(1), Events: facts(1)}}
	appended, err := store.AppendAll(within(t), late)
	if !errors.Is(err, eventstore.ErrWrongRevision) {
		t.Errorf("an append to an old revision among others: %v", err)
	}
	want := 2
	if store.Limits().Joint {
		want = 1
	}
	same(t, "streams that took their events", len(appended), want-1)
	same(t, "events of the first stream", len(collect(t, store.ReadStream(within(t), "customer-1", 0))), want)
	same(t, "events of the second stream", len(collect(t, store.ReadStream(within(t), "customer-2", 0))), 4)
	if all, err := store.AppendAll(within(t), nil); err != nil || len(all) > 0 {
		t.Errorf("nothing for nobody: %v, %v", all, err)
	}
}
