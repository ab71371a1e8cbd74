package embedded_test

import (
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// The machine's clock is set back, also while the log is closed. The times in the log do not step back.
func TestRecordTimeNeverStepsBack(t *testing.T) {
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	now := noon
	o := embedded.Options{FS: vfs.NewMem(), Now: func() time.Time { return now }}
	open := func() *embedded.Log {
		t.Helper()
		log, err := embedded.Open("/log", o)
		if err != nil {
			t.Fatal(err)
		}
		return log
	}
	log := open()
	if at, err := log.NewestRecordedAt(t.Context()); err != nil || !at.IsZero() {
		t.Errorf("an empty log: %v, %v", at, err)
	}
	record := func(at, want time.Time) {
		t.Helper()
		now = at
		event := eventstore.Proposed{ID: uuid.New(), Type: "t", Data: []byte("{}"), Metadata: []byte("{}")}
		if _, err := log.Append(t.Context(), "s", eventstore.Any, []eventstore.Proposed{event}); err != nil {
			t.Fatal(err)
		}
		for r, err := range log.ReadStreamBackwards(t.Context(), "s", eventstore.End) {
			if err != nil || !r.RecordedAt.Equal(want) {
				t.Errorf("recorded at %v, want %v (%v)", r.RecordedAt, want, err)
			}
			break
		}
		if newest, err := log.NewestRecordedAt(t.Context()); err != nil || !newest.Equal(want) {
			t.Errorf("the newest event was recorded at %v, want %v (%v)", newest, want, err)
		}
	}
	record(noon, noon)
	record(noon.Add(-time.Hour), noon)
	record(noon.Add(time.Second), noon.Add(time.Second))
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	log = open()
	defer log.Close()
	record(noon.Add(-48*time.Hour), noon.Add(time.Second))
	record(noon.Add(time.Minute), noon.Add(time.Minute))
}
