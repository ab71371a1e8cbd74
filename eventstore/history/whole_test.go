package history_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
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

// raw appends an event that Rapport does not know.
func (l *log) raw(stream, eventType, data string) {
	l.t.Helper()
	e := eventstore.Proposed{ID: uuid.New(), Type: eventType, Data: []byte(data)}
	if _, err := l.store.Append(context.Background(), stream, eventstore.Any, []eventstore.Proposed{e}); err != nil {
		l.t.Fatal(err)
	}
}
