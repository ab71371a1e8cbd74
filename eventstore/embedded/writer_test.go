package embedded_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// gate is a disk that holds up syncs of the write-ahead log while it is shut.
type gate struct {
	shut    sync.RWMutex
	arrived chan struct{}
	syncs   atomic.Int64
}

func (g *gate) String() string { return "gate" }

// MaybeError implements errorfs.Injector.
func (g *gate) MaybeError(op errorfs.Op) error {
	sync := op.Kind == errorfs.OpFileSync || op.Kind == errorfs.OpFileSyncData
	if !sync || !strings.HasSuffix(op.Path, ".log") {
		return nil
	}
	g.syncs.Add(1)
	select {
	case g.arrived <- struct{}{}:
	default:
	}
	g.shut.RLock()
	defer g.shut.RUnlock()
	return nil
}

// whileSyncing opens a log, and calls do while an append to customer-1 is being written. What do answers is
// called once that append is through.
func whileSyncing(t *testing.T, do func(log *embedded.Log, g *gate, abandon func() error) (then func())) {
	t.Helper()
	g := &gate{arrived: make(chan struct{}, 1)}
	log := open(t, "data", embedded.Options{FS: errorfs.Wrap(vfs.NewMem(), g)})
	g.shut.Lock()
	openGate := sync.OnceFunc(g.shut.Unlock)
	defer openGate()
	select {
	case <-g.arrived: // when it was opened
	default:
	}
	ctx, cancel := context.WithCancel(t.Context())
	answered := make(chan error, 1)
	go func() {
		_, err := log.Append(ctx, "customer-1", eventstore.NoStream, facts(1, 10))
		answered <- err
	}()
	<-g.arrived
	then := do(log, g, func() error { cancel(); return <-answered })
	openGate()
	then()
	cancel()
}

// announcing is a context that tells when somebody waits for its end, if there is room to tell.
type announcing struct {
	context.Context
	waiting chan<- struct{}
}

func (a announcing) Done() <-chan struct{} {
	select {
	case a.waiting <- struct{}{}:
	default:
	}
	return a.Context.Done()
}

func TestAppendGivenUp(t *testing.T) {
	whileSyncing(t, func(log *embedded.Log, _ *gate, abandon func() error) func() {
		ctx, cancel := context.WithCancel(t.Context())
		queued, answered := make(chan struct{}, 1), make(chan error)
		go func() {
			_, err := log.Append(announcing{ctx, queued}, "customer-2", eventstore.NoStream, facts(1, 10))
			answered <- err
		}()
		<-queued
		cancel()
		if err := <-answered; !errors.Is(err, context.Canceled) || errors.Is(err, eventstore.ErrUnavailable) {
			t.Errorf("given up before it was taken up: %v", err)
		}
		if err := abandon(); !errors.Is(err, context.Canceled) || !errors.Is(err, eventstore.ErrUnavailable) {
			t.Errorf("given up while it was being written: %v", err)
		}
		return func() {
			mustAppend(t, log, "customer-1", eventstore.Exactly(0), facts(1, 10))
			mustAppend(t, log, "customer-2", eventstore.NoStream, facts(1, 10))
		}
	})
}

// TestDurableFirst shows nothing that is not synced yet.
func TestDurableFirst(t *testing.T) {
	whileSyncing(t, func(log *embedded.Log, _ *gate, _ func() error) func() {
		same(t, "events in the log", len(everything(t, log)), 0)
		n, err := last(log.ReadStream(t.Context(), "customer-1", 0))
		if n != 0 || err != nil {
			t.Errorf("%d events in the stream, %v", n, err)
		}
		state, err := log.StreamState(t.Context(), "customer-1")
		if state.Exists || err != nil {
			t.Errorf("state %+v, %v", state, err)
		}
		return func() {
			if err := log.Wait(t.Context(), 0); err != nil {
				t.Fatal(err)
			}
			same(t, "events in the log", len(everything(t, log)), 1)
		}
	})
}

// TestGroupCommit writes all that waits at once.
func TestGroupCommit(t *testing.T) {
	const writers = 100
	whileSyncing(t, func(log *embedded.Log, g *gate, _ func() error) func() {
		g.syncs.Store(0)
		queued := make(chan struct{}, writers)
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				ctx := announcing{t.Context(), queued}
				_, err := log.Append(ctx, fmt.Sprintf("stream-%d", w), eventstore.NoStream, facts(1, 10))
				if err != nil {
					t.Error(err)
				}
			})
		}
		for range writers {
			<-queued
		}
		return func() {
			all.Wait()
			same(t, "syncs for all that waited", g.syncs.Load(), 1)
		}
	})
}

// TestWaitingAppends bounds the memory of what waits.
func TestWaitingAppends(t *testing.T) {
	const mebibytes, taken = 80, 63
	whileSyncing(t, func(log *embedded.Log, _ *gate, _ func() error) func() {
		ctx, cancel := context.WithCancel(t.Context())
		answers := make(chan error)
		for i := range mebibytes {
			go func() {
				_, err := log.Append(ctx, fmt.Sprintf("stream-%d", i), eventstore.Any, facts(1, 1<<20))
				answers <- err
			}()
		}
		for range mebibytes - taken {
			if err := <-answers; !errors.Is(err, eventstore.ErrUnavailable) {
				t.Errorf("append beyond what may wait: %v", err)
			}
		}
		cancel()
		for range taken {
			if err := <-answers; !errors.Is(err, context.Canceled) {
				t.Errorf("append that waited: %v", err)
			}
		}
		return func() { mustAppend(t, log, "customer-1", eventstore.Exactly(0), facts(1, 10)) }
	})
}

func TestLocked(t *testing.T) {
	disk := vfs.NewMem()
	for name, o := range map[string]embedded.Options{"in memory": {FS: disk}, "on disk": {}} {
		dir := t.TempDir()
		log := open(t, dir, o)
		if _, err := embedded.Open(dir, o); !errors.Is(err, embedded.ErrLocked) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: opened twice: %v, want ErrLocked", name, err)
		}
		mustAppend(t, log, "customer-1", eventstore.NoStream, facts(1, 10))
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		same(t, "events after opening again", len(everything(t, open(t, dir, o))), 1)
	}
}

// TestRepeatedAtOnce: the same append, sent again before the first answer, is done once.
func TestRepeatedAtOnce(t *testing.T) {
	for _, expected := range []eventstore.Expected{eventstore.Any, eventstore.NoStream} {
		whileSyncing(t, func(log *embedded.Log, _ *gate, _ func() error) func() {
			events := facts(3, 10)
			answers := make(chan eventstore.Appended)
			for range 5 {
				go func() {
					a, err := log.Append(t.Context(), "customer-2", expected, events)
					if err != nil {
						t.Error(err)
					}
					answers <- a
				}()
			}
			return func() {
				for range 5 {
					same(t, "answer", <-answers, eventstore.Appended{Revision: 2, Position: 4})
				}
				same(t, "events", len(everything(t, log)), 4)
			}
		})
	}
}
