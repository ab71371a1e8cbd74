package eventstore_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

func TestCheck(t *testing.T) {
	event := func(data, metadata int) eventstore.Proposed {
		return eventstore.Proposed{ID: uuid.UUID{1}, Type: "t", Data: make([]byte, data), Metadata: make([]byte, metadata)}
	}
	one := []eventstore.Proposed{event(1, 1)}
	repeat := func(n int, e eventstore.Proposed) []eventstore.Proposed {
		events := make([]eventstore.Proposed, n)
		for i := range events {
			events[i] = e
		}
		return events
	}
	half := eventstore.MaxEventBytes / 2
	for name, c := range map[string]struct {
		stream   string
		expected eventstore.Expected
		events   []eventstore.Proposed
		want     error
	}{
		"an event":         {"s", eventstore.Any, one, nil},
		"long stream name": {strings.Repeat("s", eventstore.MaxStreamName), eventstore.StreamExists, one, nil},
		"a longer one":     {strings.Repeat("s", eventstore.MaxStreamName+1), eventstore.Any, one, eventstore.ErrInvalid},
		"no stream name":   {"", eventstore.Any, one, eventstore.ErrInvalid},
		"no such revision": {"s", eventstore.StreamExists - 1, one, eventstore.ErrInvalid},
		"no events":        {"s", eventstore.Any, nil, eventstore.ErrInvalid},
		"many events":      {"s", eventstore.Exactly(0), repeat(eventstore.MaxAppend, event(0, 0)), nil},
		"more events":      {"s", eventstore.Any, repeat(eventstore.MaxAppend+1, event(0, 0)), eventstore.ErrTooLarge},
		"large event":      {"s", eventstore.NoStream, repeat(1, event(half, half)), nil},
		"larger event":     {"s", eventstore.Any, repeat(1, event(half, half+1)), eventstore.ErrTooLarge},
		"large append":     {"s", eventstore.Any, repeat(4, event(half, half)), nil},
		"larger append":    {"s", eventstore.Any, append(repeat(4, event(half, half)), event(1, 0)), eventstore.ErrTooLarge},
		"no id":            {"s", eventstore.Any, []eventstore.Proposed{{Type: "t"}}, eventstore.ErrInvalid},
		"no type":          {"s", eventstore.Any, []eventstore.Proposed{{ID: uuid.UUID{1}}}, eventstore.ErrInvalid},
	} {
		if err := eventstore.Check(c.stream, c.expected, c.events); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestWrongRevisionError(t *testing.T) {
	for expected, want := range map[eventstore.Expected]string{
		eventstore.Any:          "stream s is not as expected: any revision",
		eventstore.NoStream:     "stream s is not as expected: no stream",
		eventstore.StreamExists: "stream s is not as expected: an existing stream",
		eventstore.Exactly(4):   "stream s is not as expected: revision 4",
	} {
		err := fmt.Errorf("append: %w", &eventstore.WrongRevisionError{Stream: "s", Expected: expected})
		if !errors.Is(err, eventstore.ErrWrongRevision) || err.Error() != "append: "+want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
