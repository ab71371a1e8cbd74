package embedded_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// childDir is the variable that makes this test binary the process that a test wants to kill.
const childDir = "RAPPORT_TEST_APPEND_TO"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		fmt.Fprintln(os.Stderr, appendForEver(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// open opens a log that is closed when the test ends.
func open(t *testing.T, dir string, o embedded.Options) *embedded.Log {
	t.Helper()
	log, err := embedded.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return log
}

// facts makes events, each with that many bytes of data.
func facts(n, size int) []eventstore.Proposed {
	events := make([]eventstore.Proposed, n)
	for i := range events {
		events[i] = eventstore.Proposed{ID: uuid.New(), Type: "test.happened.v1", Data: make([]byte, size)}
	}
	return events
}

func mustAppend(t *testing.T, log *embedded.Log, stream string, expected eventstore.Expected,
	events []eventstore.Proposed) eventstore.Appended {
	t.Helper()
	a, err := log.Append(t.Context(), stream, expected, events)
	if err != nil {
		t.Fatalf("append to %s, expecting %s: %v", stream, expected, err)
	}
	return a
}

// everything reads the whole log, and checks that it has no gaps.
func everything(t *testing.T, log *embedded.Log) []eventstore.Record {
	t.Helper()
	var records []eventstore.Record
	next := map[string]uint64{}
	for r, err := range log.ReadAll(context.Background(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
		if r.Position != eventstore.Position(len(records)) || r.Revision != next[r.Stream] {
			t.Fatalf("event %d of the log is at position %d, revision %d of %s, which should have %d",
				len(records), r.Position, r.Revision, r.Stream, next[r.Stream])
		}
		next[r.Stream]++
	}
	return records
}

func same[T any](t *testing.T, what string, got, want T, options ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want, got, options...); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
