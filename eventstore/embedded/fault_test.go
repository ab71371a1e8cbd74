package embedded_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

var silent = slog.New(slog.NewTextHandler(io.Discard, nil))

// failing is a file system whose writes fail from the one with that number on, or that one alone.
type failing struct {
	from   int64
	once   bool
	writes atomic.Int64
}

func (f *failing) String() string { return "failing" }

// MaybeError implements errorfs.Injector.
func (f *failing) MaybeError(op errorfs.Op) error {
	if op.Kind.ReadOrWrite() != errorfs.OpIsWrite {
		return nil
	}
	n := f.writes.Add(1)
	if n < f.from || f.once && n > f.from {
		return nil
	}
	return fmt.Errorf("%s: %w", op.Path, syscall.ENOSPC)
}

// TestFailedWrites lets each write to the disk fail in turn, in the write-ahead log and in the files that
// are written in the background. Whatever was acknowledged stays, and nothing else is ever shown.
func TestFailedWrites(t *testing.T) {
	const appends = 24
	never := &failing{from: 1 << 40}
	failWhileAppending(t, never, appends)
	writes := never.writes.Load()
	if writes < 3*appends {
		t.Fatalf("only %d writes to fail", writes)
	}
	refused := 0
	for from := range writes {
		f := &failing{from: from + 1, once: rand.IntN(2) == 0}
		if failWhileAppending(t, f, appends) < appends {
			refused++
		}
		if t.Failed() {
			t.Fatalf("when write %d of %d failed (alone: %t)", from+1, writes, f.once)
		}
	}
	if refused < appends {
		t.Errorf("only %d of %d faults had an effect", refused, writes)
	}
}

// failWhileAppending answers how many appends were acknowledged.
func failWhileAppending(t *testing.T, f *failing, appends int) int {
	disk := vfs.NewMem()
	faulty := errorfs.Wrap(disk, f)
	f.writes.Store(-1 << 40) // not while opening
	log, err := embedded.Open("data", embedded.Options{FS: faulty, Logger: silent, MemTableBytes: 64 << 10})
	if err != nil {
		t.Fatal(err)
	}
	f.writes.Store(0)
	var acknowledged []uuid.UUID
	for i := range appends {
		events := facts(2, 12_000) // three appends fill a memtable
		_, err := log.Append(t.Context(), fmt.Sprintf("customer-%d", i%3), eventstore.Any, events)
		switch {
		case err == nil:
			acknowledged = append(acknowledged, events[0].ID, events[1].ID)
		case !errors.Is(err, eventstore.ErrUnavailable) || !strings.Contains(err.Error(), "no space left"):
			t.Errorf("append on a full disk: %v", err)
		}
	}
	same(t, "shown before", idsOf(everything(t, log)), acknowledged)
	_ = log.Close() // it may tell of the fault again

	log = open(t, "data", embedded.Options{FS: disk, Logger: silent})
	defer log.Close()
	shown := idsOf(everything(t, log))
	for _, id := range acknowledged {
		if !slices.Contains(shown, id) {
			t.Errorf("%s was acknowledged, and is not there", id)
		}
	}
	mustAppend(t, log, "customer-0", eventstore.Any, facts(1, 10))
	same(t, "number of events after one more", len(everything(t, log)), len(shown)+1)
	return len(acknowledged) / 2
}

// TestFailedWritesWhileOpening lets each write in turn fail while a log is opened whose server was killed. It
// refuses to open, and is what it was when the disk can be written to again.
func TestFailedWritesWhileOpening(t *testing.T) {
	const appends = 8
	disk := vfs.NewCrashableMem()
	log := open(t, "data", embedded.Options{FS: disk})
	for range appends {
		mustAppend(t, log, "customer-1", eventstore.Any, facts(1, 1000))
	}
	reopen := func(crashed *vfs.MemFS, f *failing) error {
		log, err := embedded.Open("data", embedded.Options{FS: errorfs.Wrap(crashed, f), Logger: silent})
		if err != nil {
			return err
		}
		return log.Close()
	}
	never := &failing{from: 1 << 40}
	if err := reopen(disk.CrashClone(vfs.CrashCloneCfg{}), never); err != nil {
		t.Fatal(err)
	}
	refused := 0
	for from := range never.writes.Load() {
		f := &failing{from: from + 1, once: from%2 == 0}
		crashed := disk.CrashClone(vfs.CrashCloneCfg{})
		if err := reopen(crashed, f); errors.Is(err, syscall.ENOSPC) {
			refused++
		} else if err != nil {
			t.Errorf("when write %d failed: %v", from+1, err)
		}
		after := open(t, "data", embedded.Options{FS: crashed})
		same(t, "number of events", len(everything(t, after)), appends)
	}
	if refused < 10 {
		t.Errorf("only %d of %d faults had an effect", refused, never.writes.Load())
	}
}

func idsOf(records []eventstore.Record) []uuid.UUID {
	var ids []uuid.UUID
	for _, r := range records {
		ids = append(ids, r.ID)
	}
	return ids
}

// TestNearlyFullDisk refuses appends before the disk is full, and takes them again when there is room.
func TestNearlyFullDisk(t *testing.T) {
	disk := vfs.NewMem()
	log := open(t, "data", embedded.Options{FS: disk, ReserveBytes: 10 << 20})
	mustAppend(t, log, "customer-1", eventstore.NoStream, facts(1, 10))
	disk.TestingSetDiskUsage(vfs.DiskUsage{AvailBytes: 9 << 20, TotalBytes: 100 << 20})
	_, err := log.Append(t.Context(), "customer-1", eventstore.Exactly(0), facts(1, 10))
	for what, err := range map[string]error{"append": err, "Writable": log.Writable()} {
		if !errors.Is(err, eventstore.ErrFull) || !errors.Is(err, eventstore.ErrUnavailable) ||
			!strings.Contains(err.Error(), "9 MiB are left") {
			t.Errorf("%s on a nearly full disk: %v", what, err)
		}
	}
	same(t, "events", len(everything(t, log)), 1)
	disk.TestingSetDiskUsage(vfs.DiskUsage{AvailBytes: 11 << 20, TotalBytes: 100 << 20})
	mustAppend(t, log, "customer-1", eventstore.Exactly(0), facts(1, 10))
	if err := log.Writable(); err != nil {
		t.Errorf("Writable once there is room again: %v", err)
	}
}

// TestPowerFailure cuts the power at any moment: unsynced data is lost, or not, page by page.
func TestPowerFailure(t *testing.T) {
	disk := vfs.NewCrashableMem()
	log := open(t, "data", embedded.Options{FS: disk, MemTableBytes: 256 << 10})
	var mu sync.Mutex
	acknowledged := map[uuid.UUID]bool{}
	stop := make(chan struct{})
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				events := facts(1+w, 500)
				if _, err := log.Append(t.Context(), fmt.Sprintf("customer-%d", w), eventstore.Any, events); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for _, e := range events {
					acknowledged[e.ID] = true
				}
				mu.Unlock()
			}
		})
	}
	random := rand.New(rand.NewPCG(1, 2))
	for position := eventstore.Position(0); position < 3000; position += 250 {
		if err := log.Wait(t.Context(), position); err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		missing := len(acknowledged)
		crashed := disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: 50, RNG: random})
		after := open(t, "data", embedded.Options{FS: crashed})
		for _, r := range everything(t, after) {
			if acknowledged[r.ID] {
				missing--
			}
		}
		mu.Unlock()
		same(t, "acknowledged events that are lost", missing, 0)
		mustAppend(t, after, "customer-0", eventstore.Any, facts(1, 10))
	}
	close(stop)
	writers.Wait()
}
