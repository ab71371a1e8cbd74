package esdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"
	"google.golang.org/grpc"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/face"
)

// patience is what a test gives to that which ought to happen: far more than it takes, less than for ever.
const patience = 10 * time.Second

// serve runs the face over a log in memory, and answers the log and where the face listens.
func serve(t *testing.T) (*embedded.Log, string) {
	t.Helper()
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem(), Logger: silence})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := face.New(log, face.Options{Logger: silence})
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	t.Cleanup(func() {
		server.Close()
		if err := <-served; err != nil && !errors.Is(err, grpc.ErrServerStopped) {
			t.Error(err)
		}
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	return log, l.Addr().String()
}

var silence = slog.New(slog.DiscardHandler)

// open answers a Store at an address that looks for its server without pause, and tries but once where the
// adapter lets it.
func open(t *testing.T, address string, o Options) *Store {
	t.Helper()
	return dial(t, "esdb://"+address+"?tls=false&maxDiscoverAttempts=1&discoveryInterval=5", o)
}

func dial(t *testing.T, connectionString string, o Options) *Store {
	t.Helper()
	o.Logger = silence
	s, err := Open(connectionString, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// wire is the connection between clients and a server, which a test can cut, silence and mend.
type wire struct {
	address, server string
	listener        net.Listener
	arrivals        chan struct{} // a signal, not a count

	mu       sync.Mutex
	state    wireState
	accepted int
	ends     map[net.Conn]struct{}
	running  sync.WaitGroup
}

type wireState int

const (
	whole  wireState = iota
	cut              // connections are refused
	silent           // connections are accepted, and nothing is ever answered
)

// newWire answers a whole wire to a server.
func newWire(t *testing.T, server string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{address: l.Addr().String(), server: server, listener: l, ends: map[net.Conn]struct{}{},
		arrivals: make(chan struct{}, 1)}
	w.running.Go(w.accept)
	t.Cleanup(func() {
		l.Close()
		w.become(cut)
		w.running.Wait()
	})
	return w
}

// become changes the wire for connections to come, and ends those that are.
func (w *wire) become(state wireState) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state = state
	for c := range w.ends {
		c.Close()
	}
}

func (w *wire) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.accepted
}

func (w *wire) accept() {
	for {
		c, err := w.listener.Accept()
		if err != nil {
			return
		}
		w.mu.Lock()
		w.accepted++
		if w.state == cut {
			c.Close()
		} else {
			w.ends[c] = struct{}{}
			on := w.state == whole
			w.running.Go(func() { w.carry(c, on) })
		}
		w.mu.Unlock()
		select {
		case w.arrivals <- struct{}{}:
		default:
		}
	}
}

// carry passes what an end says to the server and back, or only hears it.
func (w *wire) carry(c net.Conn, on bool) {
	defer w.forget(c)
	if !on {
		io.Copy(io.Discard, c)
		return
	}
	up, err := net.Dial("tcp", w.server)
	if err != nil {
		return
	}
	w.mu.Lock()
	w.ends[up] = struct{}{}
	w.mu.Unlock()
	w.running.Go(func() {
		defer w.forget(up)
		io.Copy(c, up)
		c.Close()
	})
	io.Copy(up, c)
	up.Close()
}

func (w *wire) forget(c net.Conn) {
	c.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.ends, c)
}

// sold answers n events that say nothing much.
func sold(n int) []eventstore.Proposed {
	events := make([]eventstore.Proposed, n)
	for i := range events {
		events[i] = eventstore.Proposed{ID: uuid.New(), Type: "test.sold.v1", Data: fmt.Appendf(nil, `{"n":%d}`, i),
			Metadata: []byte(`{}`)}
	}
	return events
}

// within fails the test where something does not end in time. It answers how it ended.
func within[T any](t *testing.T, what string, do func() T) T {
	t.Helper()
	done := make(chan T, 1)
	go func() { done <- do() }()
	select {
	case v := <-done:
		return v
	case <-time.After(patience):
		t.Fatalf("%s did not end", what)
		panic("unreachable")
	}
}

// everyCall is each way to ask something of a store.
var everyCall = map[string]func(context.Context, *Store) error{
	"Append": func(ctx context.Context, s *Store) error {
		_, err := s.Append(ctx, "shop-"+uuid.NewString(), eventstore.NoStream, sold(3))
		return err
	},
	"ReadStream": func(ctx context.Context, s *Store) error {
		return begin(s.ReadStream(ctx, "shop", 0))
	},
	"ReadStreamBackwards": func(ctx context.Context, s *Store) error {
		return begin(s.ReadStreamBackwards(ctx, "shop", eventstore.End))
	},
	"ReadAll": func(ctx context.Context, s *Store) error {
		return begin(s.ReadAll(ctx, 0))
	},
	"Head": func(ctx context.Context, s *Store) error {
		_, err := s.Head(ctx)
		return err
	},
	"Distance": func(ctx context.Context, s *Store) error {
		_, err := s.Distance(ctx, 0, 10)
		return err
	},
}

// begin answers the error that a read begins with.
func begin(read func(func(eventstore.Record, error) bool)) error {
	for _, err := range read {
		return err
	}
	return nil
}
