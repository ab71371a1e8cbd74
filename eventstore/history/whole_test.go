package history_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/history"
)

// A stream that hides events has no history that could be shown: it names what is hidden.
func TestAHistoryIsWholeOrNone(t *testing.T) {
	l := newLog(t)
	l.add(customer.Stream(ann), customer.Registered{Kind: customer.Person, Name: "Ann"}, "2024-03-01T10:00", "2024-03-01T10:00")
	for _, day := range []string{"2024-03-02T10:00", "2024-03-03T10:00", "2024-03-04T10:00"} {
		l.add(customer.Stream(ann), customer.Archived{}, day, day)
	}
	l.raw("$$"+customer.Stream(ann), "$metadata", `{"$maxCount":1}`)
	want := eventstore.HoleError{Stream: customer.Stream(ann), From: 0, Until: 2}
	reader := history.NewReader(l.store, l.codec)
	for name, err := range map[string]error{
		"Replay": l.refused(history.Query{}),
		"Events": reader.Events(context.Background(), ann, func(domain.Recorded) error { return nil }),
	} {
		var hole *eventstore.HoleError
		if !errors.As(err, &hole) || *hole != want {
			t.Errorf("%s: %v, want %v", name, err, &want)
		}
	}
	l.add(custody.Stream, custody.GapsAccepted{Gaps: []custody.Gap{{Stream: customer.Stream(ann), First: 0, Last: 2}}, Reason: "scavenged"},
		"2024-03-05T10:00", "2024-03-05T10:00")
	if h := l.replay(history.Query{}); h.EntriesTotal != 1 || h.Revision != 3 {
		t.Errorf("once that was accepted: %d entries up to revision %d", h.EntriesTotal, h.Revision)
	}
}

// Events of other applications are passed over.
func TestAHistoryPassesOverForeignEvents(t *testing.T) {
	l := newLog(t)
	l.raw(customer.Stream(ann), "shop.visited", "not even JSON")
	l.add(customer.Stream(ann), customer.Registered{Kind: customer.Person, Name: "Ann"}, "2024-03-01T10:00", "2024-03-01T10:00")
	l.raw(customer.Stream(ann), "$note", `{}`)
	l.add(customer.Stream(ann), customer.Archived{}, "2024-03-02T10:00", "2024-03-02T10:00")
	l.raw(customer.Stream(ann), "shop.left", `{}`)
	h := l.replay(history.Query{})
	if h.EntriesTotal != 2 || h.Revision != 4 {
		t.Errorf("%d entries up to revision %d, want 2 up to 4", h.EntriesTotal, h.Revision)
	}
	var revisions []uint64
	err := history.NewReader(l.store, l.codec).Events(context.Background(), ann, func(e domain.Recorded) error {
		revisions = append(revisions, e.Revision)
		return nil
	})
	if diff := cmp.Diff([]uint64{1, 3}, revisions); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

// What was voided never happened, whenever it was found out: also as of a day before that.
func TestAVoidedFactNeverHappened(t *testing.T) {
	l := newLog(t)
	l.add(customer.Stream(ann), customer.Registered{Kind: customer.Person, Name: "Ann"}, "2024-03-01T10:00", "2024-03-01T10:00")
	l.add(customer.Stream(ann), bought(100, ""), "2024-03-02T10:00", "2024-03-02T10:00")
	l.add(customer.Stream(ann), bought(70, ""), "2024-03-02T10:00", "2024-03-02T11:00")
	l.add(customer.Stream(ann), customer.FactVoided{Revision: 1}, "2024-03-09T10:00", "2024-03-09T10:00")
	for name, c := range map[string]struct {
		query history.Query
		minor int64
		lines int
	}{
		"now":                      {history.Query{}, 70, 4},
		"as of the day":            {history.Query{AsOf: at("2024-03-03T00:00")}, 70, 3},
		"as it was known then":     {history.Query{KnownAt: at("2024-03-03T00:00")}, 170, 3},
		"as of then, known later":  {history.Query{AsOf: at("2024-03-03T00:00"), KnownAt: at("2024-03-10T00:00")}, 70, 3},
		"as of then, known before": {history.Query{AsOf: at("2024-03-03T00:00"), KnownAt: at("2024-03-08T00:00")}, 170, 3},
	} {
		h := l.replay(c.query)
		if h.GrossRevenue != c.minor || h.EntriesTotal != c.lines {
			t.Errorf("%s: %d of %d facts, want %d of %d", name, h.GrossRevenue, h.EntriesTotal, c.minor, c.lines)
		}
	}
}

// raw appends an event that Rapport does not know.
func (l *log) raw(stream, eventType, data string) {
	l.t.Helper()
	e := eventstore.Proposed{ID: uuid.New(), Type: eventType, Data: []byte(data)}
	if _, err := l.store.Append(context.Background(), stream, eventstore.Any, []eventstore.Proposed{e}); err != nil {
		l.t.Fatal(err)
	}
}

// What was known at a moment is found by reading from places at which events stand.
func TestKnownAtReadsFromEventsAlone(t *testing.T) {
	l := newLog(t)
	l.add(customer.Stream(ann), customer.Registered{Kind: customer.Person, Name: "Ann"}, "2024-03-01T10:00", "2024-03-01T10:00")
	for i := range 1500 {
		at := fmt.Sprintf("2024-03-%02dT%02d:%02d", 2+i/720, i/60%12, i%60)
		l.add(customer.Stream(ann), bought(100, ""), at, at)
	}
	l.store = strict{l.store, t}
	for known, want := range map[string]int{"2024-03-01T09:59": 0, "2024-03-01T10:00": 1, "2024-03-02T00:00": 2, "2024-03-02T08:31": 513,
		"2024-03-02T08:32": 514, "2024-03-03T11:59": 1441, "2024-03-04T00:59": 1501, "2025-01-01": 1501} {
		_, err := history.NewReader(l.store, l.codec).Replay(context.Background(), ann, history.Query{KnownAt: at(known)})
		if want == 0 {
			if !errors.Is(err, customer.ErrUnknown) {
				t.Errorf("%s: %v, want that nothing was known", known, err)
			}
			continue
		}
		if h := l.replay(history.Query{KnownAt: at(known)}); h.EntriesTotal != want {
			t.Errorf("%s: %d entries, want %d", known, h.EntriesTotal, want)
		}
	}
}

// strict is a store whose positions lie apart, and which reads the whole log only from one at which an event stands, as
// EventStoreDB does.
type strict struct {
	eventstore.Store
	t *testing.T
}

const apart = 64

func (s strict) spread(records iter.Seq2[eventstore.Record, error]) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for r, err := range records {
			if r.Position *= apart; !yield(r, err) {
				return
			}
		}
	}
}

func (s strict) ReadAll(ctx context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	if after%apart != 0 {
		s.t.Errorf("read from %d, where no event stands", after)
	}
	return s.spread(s.Store.ReadAll(ctx, after/apart))
}

func (s strict) ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	return s.spread(s.Store.ReadStream(ctx, stream, from))
}

func (s strict) ReadStreamBackwards(ctx context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	return s.spread(s.Store.ReadStreamBackwards(ctx, stream, from))
}

func (s strict) Head(ctx context.Context) (eventstore.Position, error) {
	head, err := s.Store.Head(ctx)
	return head * apart, err
}
