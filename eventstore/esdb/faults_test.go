package esdb

import (
	"bytes"
	"context"
	"errors"
	"net"
	"runtime"
	"sync"
	"testing"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/eventstore"
)

// Each test here is of a fault of the official client v4.2.0, as measured, and fails without the guard that
// its comment names.

// Fault: with no server there, the first call fails and all others block for ever, whatever their context;
// and the client is closed for good. Guard: nobody but a probe enters a client that is not connected, and
// clients are made anew (enter, discover).
func TestCallsFailWhileThereIsNoServer(t *testing.T) {
	_, server := serve(t)
	w := newWire(t, server)
	for name, address := range map[string]string{"nobody listens": unused(t), "connections are refused": w.address} {
		t.Run(name, func(t *testing.T) {
			w.become(cut)
			s := open(t, address, Options{CallTimeout: 2 * patience}) // so that none comes back for its time
			for _, err := range atOnce(t, s, 4) {
				if !errors.Is(err, eventstore.ErrUnavailable) {
					t.Errorf("%v, want ErrUnavailable", err)
				}
			}
			if address != w.address {
				return
			}
			w.become(whole)
			for _, err := range atOnce(t, s, 4) {
				if err != nil {
					t.Errorf("the server is back: %v", err)
				}
			}
		})
	}
}

// Fault: looking for the server takes no context, and lasts up to gossipTimeout with one that does not answer.
// Guard: calls wait for the attempt no longer than they may (enter).
func TestCallsEndInTimeWhileTheServerIsSilent(t *testing.T) {
	w := newWire(t, "")
	w.become(silent)
	s := open(t, w.address, Options{CallTimeout: 100 * time.Millisecond})
	began := time.Now()
	for _, err := range atOnce(t, s, 4) {
		if !errors.Is(err, eventstore.ErrUnavailable) {
			t.Errorf("%v, want ErrUnavailable", err)
		}
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("calls of at most 100 ms took %s", took)
	}
	s = open(t, w.address, Options{CallTimeout: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	errs := make(chan error, len(everyCall))
	for _, call := range everyCall {
		go func() { errs <- call(ctx, s) }()
	}
	cancel()
	for range everyCall {
		if err := within(t, "a cancelled call", func() error { return <-errs }); !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want Canceled", err)
		}
	}
}

// Fault: calls that have entered a client when its server goes away block in it, without regard to their
// context; once it gives the server up, for ever. Guard: calls are on goroutines of their own, of which there
// are at most MaxInFlight (call), and shared clients never give up, so all come back (discover).
func TestBlockedCallsAreBoundedAndComeBack(t *testing.T) {
	_, server := serve(t)
	w := newWire(t, server)
	s := open(t, w.address, Options{CallTimeout: 100 * time.Millisecond, MaxInFlight: 4})
	s.unwatched = true
	c := trapped(t, s, w)
	for _, err := range atOnce(t, s, 4) {
		if !errors.Is(err, eventstore.ErrUnavailable) {
			t.Errorf("%v, want ErrUnavailable", err)
		}
	}
	stacks := make([]byte, 4<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	if blocked := bytes.Count(stacks, []byte(".(*grpcClient).getConnectionHandle(")); blocked != 4 {
		t.Errorf("%d calls are blocked in the client, want all of the 4 that may be", blocked)
	}
	s.retire(c)
	w.become(whole)
	within(t, "the return of the blocked calls", func() struct{} {
		for range cap(s.slots) {
			s.slots <- struct{}{}
		}
		return <-c.closed
	})
	for range cap(s.slots) {
		<-s.slots
	}
	for _, err := range atOnce(t, s, 1) {
		if err != nil {
			t.Errorf("the server is back: %v", err)
		}
	}
}

// Fault: a client that lost its server is closed for good, and every caller finds that out by itself. Guard:
// the first who does makes all others wait for one new client (enter). It takes two connections, since a
// probe comes first.
func TestConnectsOnceForAll(t *testing.T) {
	_, server := serve(t)
	w := newWire(t, server)
	s := open(t, w.address, Options{})
	s.unwatched = true
	for _, err := range atOnce(t, s, 10) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := w.count(); n != 2 {
		t.Errorf("%d connections at first, want a probe and a shared one", n)
	}
	w.become(cut)
	within(t, "the loss of the connection", func() struct{} {
		for s.current != nil { // one by one, so that none is trapped in the client
			if _, err := s.Head(t.Context()); !errors.Is(err, eventstore.ErrUnavailable) {
				t.Errorf("%v, want ErrUnavailable", err)
			}
		}
		return struct{}{}
	})
	before := w.count()
	w.become(whole)
	for _, err := range atOnce(t, s, 10) {
		if err != nil {
			t.Error(err)
		}
	}
	if n := w.count() - before; n != 2 {
		t.Errorf("%d connections after the outage, want a probe and a shared one", n)
	}
}

// Fault: Close makes the calls that are inside a client panic: it closes the channel that they send on.
// Guard: a client is closed by whoever leaves it last (leave).
func TestCloseDoesNotBreakBlockedCalls(t *testing.T) {
	_, server := serve(t)
	w := newWire(t, server)
	s := open(t, w.address, Options{CallTimeout: 100 * time.Millisecond, MaxInFlight: 8})
	s.unwatched = true
	c := trapped(t, s, w)
	atOnce(t, s, 4)
	within(t, "Close", s.Close)
	w.become(whole)
	within(t, "the return of the blocked calls", func() struct{} { return <-c.closed })
	for name, call := range everyCall {
		if err := call(t.Context(), s); !errors.Is(err, eventstore.ErrClosed) {
			t.Errorf("%s after Close: %v, want ErrClosed", name, err)
		}
	}
}

// The same fault, with a server that answers: calls are under way all the time.
func TestCloseEndsCallsUnderWay(t *testing.T) {
	_, server := serve(t)
	for range 10 {
		s := open(t, server, Options{})
		var running, started sync.WaitGroup
		for _, call := range everyCall {
			for range 4 {
				started.Add(1)
				running.Go(func() {
					err := call(t.Context(), s)
					started.Done()
					for err == nil {
						err = call(t.Context(), s)
					}
					if !errors.Is(err, eventstore.ErrClosed) {
						t.Errorf("%v, want ErrClosed", err)
					}
				})
			}
		}
		started.Wait()
		within(t, "Close", s.Close)
		within(t, "the calls under way", func() struct{} { running.Wait(); return struct{}{} })
	}
}

// trapped makes the store's client look for a server that is not there, while the store knows nothing of it:
// as when calls enter in the moment between the loss and its being noticed. It answers the connection.
func trapped(t *testing.T, s *Store, w *wire) *connection {
	t.Helper()
	if _, err := s.Head(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.become(cut)
	c := s.current
	// Once a call was told that the connection is lost, the next one makes the client look for another.
	within(t, "the loss of the connection", func() (err error) {
		for !lost(err) {
			_, err = c.client.AppendToStream(t.Context(), "shop", client.AppendToStreamOptions{}, proposed(sold(1))...)
		}
		return nil
	})
	return c
}

// atOnce makes every kind of call several times, all at once, and answers how they ended.
func atOnce(t *testing.T, s *Store, times int) []error {
	t.Helper()
	errs := make(chan error, times*len(everyCall))
	start := make(chan struct{})
	for _, call := range everyCall {
		for range times {
			go func() {
				<-start
				errs <- call(t.Context(), s)
			}()
		}
	}
	close(start)
	return within(t, "a call", func() []error {
		var all []error
		for range cap(errs) {
			all = append(all, <-errs)
		}
		return all
	})
}

// unused answers an address at which nobody listens.
func unused(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
