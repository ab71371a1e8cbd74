package embedded_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// revisions reads what a stream shows.
func revisions(t *testing.T, log *embedded.Log, stream string) []uint64 {
	t.Helper()
	var up, down []uint64
	for r, err := range log.ScanStream(t.Context(), stream, 0, false) {
		if err != nil {
			t.Fatal(err)
		}
		up = append(up, r.Revision)
	}
	for r, err := range log.ScanStream(t.Context(), stream, eventstore.End, true) {
		if err != nil {
			t.Fatal(err)
		}
		down = append(down, r.Revision)
	}
	slices.Reverse(down)
	same(t, "revisions of "+stream+" downwards", down, up)
	return up
}

func stateOf(t *testing.T, log *embedded.Log, stream string) embedded.StreamState {
	t.Helper()
	state, err := log.StreamState(t.Context(), stream)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func setMetadata(t *testing.T, log *embedded.Log, stream, data string) {
	t.Helper()
	mustAppend(t, log, "$$"+stream, eventstore.Any,
		[]eventstore.Proposed{{ID: uuid.New(), Type: "$metadata", Data: []byte(data)}})
}

// metadata reads a stream's metadata, as set last.
func metadata(t *testing.T, log *embedded.Log, stream string) string {
	t.Helper()
	for r, err := range log.ScanStream(t.Context(), "$$"+stream, eventstore.End, true) {
		if err != nil {
			t.Fatal(err)
		}
		return string(r.Data)
	}
	return ""
}

func TestScan(t *testing.T) {
	log := open(t, "data", embedded.Options{FS: vfs.NewMem()})
	mustAppend(t, log, "customer-1", eventstore.NoStream, facts(2, 10))
	setMetadata(t, log, "customer-1", `{}`)
	mustAppend(t, log, "customer-1", eventstore.Exactly(1), facts(1, 10))
	for from, want := range map[eventstore.Position][2][]eventstore.Position{
		0:              {{1, 2, 3, 4}, nil},
		1:              {{1, 2, 3, 4}, {1}},
		3:              {{3, 4}, {3, 2, 1}},
		9:              {nil, {4, 3, 2, 1}},
		eventstore.End: {nil, {4, 3, 2, 1}},
	} {
		for i, backwards := range []bool{false, true} {
			var positions []eventstore.Position
			for r, err := range log.Scan(t.Context(), from, backwards) {
				if err != nil {
					t.Fatal(err)
				}
				positions = append(positions, r.Position)
			}
			same(t, fmt.Sprintf("from %d, backwards: %t", from, backwards), positions, want[i])
		}
	}
	head, err := log.Head(t.Context())
	if head != 4 || err != nil {
		t.Errorf("Head = %d, %v", head, err)
	}
}

// TestHeadBeforeSystemEvents: also after opening again, the head is the newest event that is not the
// engine's own.
func TestHeadBeforeSystemEvents(t *testing.T) {
	disk := vfs.NewMem()
	log := open(t, "data", embedded.Options{FS: disk})
	mustAppend(t, log, "customer-1", eventstore.NoStream, facts(2, 10))
	setMetadata(t, log, "customer-1", `{}`)
	setMetadata(t, log, "customer-2", `{}`)
	for range 2 {
		head, err := log.Head(t.Context())
		if head != 2 || err != nil {
			t.Errorf("Head = %d, %v, want 2", head, err)
		}
		if err := log.Wait(t.Context(), 3); err != nil { // which counts all
			t.Error(err)
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		log = open(t, "data", embedded.Options{FS: disk})
	}
}

func TestWait(t *testing.T) {
	log := open(t, "data", embedded.Options{FS: vfs.NewMem()})
	passed := make(chan error)
	for after := range eventstore.Position(3) {
		waiting := make(chan struct{}, 1)
		go func() { passed <- log.Wait(announcing{t.Context(), waiting}, after) }()
		<-waiting
		select {
		case err := <-passed:
			t.Errorf("did not wait for what comes after %d: %v", after, err)
		default:
		}
		mustAppend(t, log, "customer-1", eventstore.Any, facts(1, 10))
		if err := <-passed; err != nil {
			t.Error(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() { passed <- log.Wait(ctx, 3) }()
	cancel()
	if err := <-passed; !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	go func() { passed <- log.Wait(t.Context(), 3) }()
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-passed; !errors.Is(err, eventstore.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

func TestDelete(t *testing.T) {
	log := open(t, "data", embedded.Options{FS: vfs.NewMem()})
	mustAppend(t, log, "customer-1", eventstore.NoStream, facts(3, 10))
	setMetadata(t, log, "customer-1", `{"$maxCount":2,"owner":"sales"}`)
	_, err := log.Delete(t.Context(), "customer-1", eventstore.Exactly(1))
	if !errors.Is(err, eventstore.ErrWrongRevision) {
		t.Errorf("delete at another revision: %v", err)
	}
	a, err := log.Delete(t.Context(), "customer-1", eventstore.Exactly(2))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "answer", a, eventstore.Appended{Revision: 2, Position: 5})
	same(t, "state", stateOf(t, log, "customer-1"), embedded.StreamState{Begun: true, Last: 2})
	same(t, "revisions", revisions(t, log, "customer-1"), nil)
	same(t, "metadata", metadata(t, log, "customer-1"), `{"$tb":9223372036854775807}`)
	if _, err := log.Append(t.Context(), "customer-1", eventstore.StreamExists, facts(1, 10)); !errors.Is(err,
		eventstore.ErrDeleted) {
		t.Errorf("append to a deleted stream that should exist: %v", err)
	}

	again := mustAppend(t, log, "customer-1", eventstore.NoStream, facts(1, 10))
	same(t, "answer", again, eventstore.Appended{Revision: 3, Position: 7})
	same(t, "state", stateOf(t, log, "customer-1"), embedded.StreamState{Begun: true, Exists: true, First: 3, Last: 3})
	same(t, "revisions", revisions(t, log, "customer-1"), []uint64{3})
	same(t, "metadata", metadata(t, log, "customer-1"), `{"$tb":3}`)
	same(t, "events in the whole log", len(everythingShown(t, log)), 4)
}

// TestDeleteNothing: what never was cannot be deleted, what has metadata alone can.
func TestDeleteNothing(t *testing.T) {
	log := open(t, "data", embedded.Options{FS: vfs.NewMem()})
	for _, expected := range []eventstore.Expected{eventstore.Any, eventstore.NoStream} {
		if _, err := log.Delete(t.Context(), "customer-1", expected); !errors.Is(err, eventstore.ErrWrongRevision) {
			t.Errorf("expecting %s: %v, want ErrWrongRevision", expected, err)
		}
	}
	setMetadata(t, log, "customer-1", `{}`)
	if _, err := log.Delete(t.Context(), "customer-1", eventstore.Any); err != nil {
		t.Errorf("a stream that has metadata: %v", err)
	}
}

// TestDescribedAnew: metadata written to a deleted stream let it exist again, from where it ended unless they say
// otherwise.
func TestDescribedAnew(t *testing.T) {
	log := open(t, "data", embedded.Options{FS: vfs.NewMem()})
	for _, c := range []struct {
		stream, set, kept string
		first             uint64
	}{
		{"customer-1", `{"owner":"sales"}`, `{"$tb":3,"owner":"sales"}`, 3},
		{"customer-2", `{"$tb":0}`, `{"$tb":0}`, 0},
	} {
		mustAppend(t, log, c.stream, eventstore.NoStream, facts(3, 10))
		if _, err := log.Delete(t.Context(), c.stream, eventstore.Exactly(2)); err != nil {
			t.Fatal(err)
		}
		setMetadata(t, log, c.stream, c.set)
		same(t, "state of "+c.stream, stateOf(t, log, c.stream),
			embedded.StreamState{Begun: true, Exists: true, First: c.first, Last: 2})
		same(t, "metadata of "+c.stream, metadata(t, log, c.stream), c.kept)
	}
}

func everythingShown(t *testing.T, log *embedded.Log) (records []eventstore.Record) {
	t.Helper()
	for r, err := range log.ReadAll(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	return records
}

// TestDeleteAndAppendAtOnce puts what depends on each other into one group.
func TestDeleteAndAppendAtOnce(t *testing.T) {
	whileSyncing(t, func(log *embedded.Log, _ *gate, _ func() error) func() {
		queued, answers := make(chan struct{}, 1), make(chan error)
		ctx := announcing{t.Context(), queued}
		for _, call := range []func() error{
			func() error {
				_, err := log.Append(ctx, "customer-2", eventstore.NoStream, facts(2, 10))
				return err
			},
			func() error { _, err := log.Delete(ctx, "customer-2", eventstore.Exactly(1)); return err },
			func() error {
				_, err := log.Append(ctx, "customer-2", eventstore.NoStream, facts(1, 10))
				return err
			},
			func() error { _, err := log.Delete(ctx, "customer-2", eventstore.Exactly(2)); return err },
			func() error {
				_, err := log.Append(ctx, "customer-2", eventstore.Exactly(2), facts(1, 10))
				return err
			},
		} {
			go func() { answers <- call() }()
			<-queued
		}
		return func() {
			for range 5 {
				if err := <-answers; err != nil {
					t.Error(err)
				}
			}
			same(t, "revisions", revisions(t, log, "customer-2"), []uint64{3})
		}
	})
}

func TestTombstone(t *testing.T) {
	disk := vfs.NewMem()
	log := open(t, "data", embedded.Options{FS: disk})
	mustAppend(t, log, "customer-1", eventstore.NoStream, facts(3, 10))
	a, err := log.Tombstone(t.Context(), "customer-1", eventstore.Any)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "answer", a, eventstore.Appended{Revision: math.MaxInt64, Position: 4})
	for range 2 {
		same(t, "state", stateOf(t, log, "customer-1"), embedded.StreamState{Begun: true, Tombstoned: true, Last: 2})
		same(t, "revisions", revisions(t, log, "customer-1"), nil)
		for _, expected := range []eventstore.Expected{eventstore.Any, eventstore.NoStream, eventstore.Exactly(2)} {
			_, appending := log.Append(t.Context(), "customer-1", expected, facts(1, 10))
			_, describing := log.Append(t.Context(), "$$customer-1", expected, facts(1, 10))
			_, deleting := log.Delete(t.Context(), "customer-1", expected)
			_, again := log.Tombstone(t.Context(), "customer-1", expected)
			for _, err := range []error{appending, describing, deleting, again} {
				if !errors.Is(err, eventstore.ErrDeleted) {
					t.Errorf("expecting %s: %v, want ErrDeleted", expected, err)
				}
			}
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		log = open(t, "data", embedded.Options{FS: disk})
	}
	for _, stream := range []string{"", "$$customer-2"} {
		if _, err := log.Tombstone(t.Context(), stream, eventstore.Any); !errors.Is(err, eventstore.ErrInvalid) {
			t.Errorf("tombstone of %q: %v, want ErrInvalid", stream, err)
		}
	}
}

func TestMetadata(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	disk := vfs.NewMem()
	o := embedded.Options{FS: disk, Now: func() time.Time { return now }}
	log := open(t, "data", o)
	for range 10 { // an event an hour; the last one was an hour ago
		mustAppend(t, log, "customer-1", eventstore.Any, facts(1, 10))
		now = now.Add(time.Hour)
	}
	for _, c := range []struct {
		metadata string
		first    uint64
	}{
		{`{"$maxCount":3}`, 7},
		{`{"$maxCount":30}`, 0},
		{`{"$maxAge":10800}`, 7},
		{`{"$maxAge":60}`, 10},
		{`{"$maxAge":99999999999999999}`, 0},
		{`{"$tb":4}`, 4},
		{`{"$tb":40}`, 10},
		{`{"$tb":2,"$maxCount":5,"$maxAge":21600}`, 5},
		{`{"$tb":6,"$maxCount":5}`, 6},
		{`{"$tb":-1,"$maxCount":"many"}`, 0},
		{`not JSON`, 0},
		{`{}`, 0},
	} {
		setMetadata(t, log, "customer-1", c.metadata)
		for range 2 {
			same(t, c.metadata, stateOf(t, log, "customer-1"),
				embedded.StreamState{Begun: true, Exists: true, First: c.first, Last: 9})
			var want []uint64
			for revision := c.first; revision < 10; revision++ {
				want = append(want, revision)
			}
			same(t, "revisions with "+c.metadata, revisions(t, log, "customer-1"), want)
			if err := log.Close(); err != nil {
				t.Fatal(err)
			}
			log = open(t, "data", o)
		}
	}
	same(t, "state of another", stateOf(t, log, "customer-2"), embedded.StreamState{})
	same(t, "events in the whole log", len(everythingShown(t, log)), 10)
}
