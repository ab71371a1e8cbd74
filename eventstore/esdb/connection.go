package esdb

import (
	"context"
	"fmt"
	"math"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/eventstore"
)

// A client of the official library is not mended: at the first sign of a lost connection it is retired, so
// that no further call enters it, and closed when its last call has left it, since its Close makes those
// still inside panic (they send on a channel that it closes).
//
// Clients are set up in two steps, because the goroutine that serves a client's calls ends for good when it
// fails to find the server, and leaves every other call inside blocked for ever. So one client probes with
// a single attempt, alone, on behalf of all who wait; only when it succeeded is another made for calls to
// share, and that one never gives up. Calls that happen to be inside it when the server goes away are
// blocked until the server is back, no longer.

// connection is a client with the number of calls inside it.
type connection struct {
	client  *client.Client
	uses    int
	retired bool
	closed  chan struct{} // closed when the client is

	// life ends when the wire to the server was lost: what is inside then must not go by another one, which gRPC makes by
	// itself, before the log was recognized at its end.
	life context.Context
	end  context.CancelFunc
}

func newConnection(c *client.Client) *connection {
	made := &connection{client: c, closed: make(chan struct{})}
	made.life, made.end = context.WithCancel(context.Background())
	return made
}

// attempt is one try to connect, awaited by everybody who needs a connection.
type attempt struct {
	done chan struct{}
	err  error
}

// call runs one use of the client, on a goroutine of its own since the client may not come back when the
// context ends. At most Options.MaxInFlight of these exist. use must not keep or close the client.
func call[T any](ctx context.Context, s *Store, what string,
	use func(context.Context, *client.Client) (T, error)) (T, error) {
	caller := ctx
	ctx, cancel := s.alive(ctx, s.options.CallTimeout)
	defer cancel()

	type answer struct {
		value T
		err   error
	}
	var a answer
	select {
	case s.slots <- struct{}{}:
	case <-ctx.Done():
		return a.value, s.failure(caller, ctx, what, errBusy)
	}
	c, err := s.enter(ctx)
	if err != nil {
		<-s.slots
		return a.value, s.failure(caller, ctx, what, err)
	}
	answers := make(chan answer, 1)
	go func() {
		inside, leave := context.WithCancel(ctx)
		defer leave()
		defer context.AfterFunc(c.life, leave)()
		value, err := use(inside, c.client)
		if lost(err) {
			s.retire(c)
		}
		s.leave(c)
		<-s.slots
		answers <- answer{value, err}
	}()
	select {
	case a = <-answers:
	case <-ctx.Done():
		a.err = ctx.Err()
	}
	if a.err == nil {
		s.outage.up()
		return a.value, nil
	}
	a.err = s.failure(caller, ctx, what, a.err)
	return a.value, a.err
}

// alive answers a context that ends with ctx, with the store, or after a time.
func (s *Store) alive(ctx context.Context, atMost time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, atMost)
	stop := context.AfterFunc(s.life, cancel)
	return ctx, func() { stop(); cancel() }
}

// enter answers the connection that calls share now, and counts one more in it. Where there is none, it
// waits for the attempt under way, or begins one. A failed attempt fails all who waited for it, at once:
// the next call begins the next one.
func (s *Store) enter(ctx context.Context) (*connection, error) {
	for {
		s.mu.Lock()
		if s.life.Err() != nil {
			s.mu.Unlock()
			return nil, eventstore.ErrClosed
		}
		if c := s.current; c != nil {
			c.uses++
			s.mu.Unlock()
			return c, nil
		}
		if s.dialing == nil {
			s.dialing = &attempt{done: make(chan struct{})}
			go s.dial(s.dialing)
		}
		a := s.dialing
		s.mu.Unlock()

		select {
		case <-a.done:
			if a.err != nil {
				return nil, a.err
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// leave counts one call less, and closes the client behind the last one when it was retired.
func (s *Store) leave(c *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.uses--
	s.closeIfLeft(c)
}

// retireClient retires the connection of a client that was found to be lost.
func (s *Store) retireClient(c *client.Client) {
	s.mu.Lock()
	current := s.current
	s.mu.Unlock()
	if current != nil && current.client == c {
		s.retire(current)
	}
}

// retire lets no further call into a connection. Retiring it twice is harmless.
func (s *Store) retire(c *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.retired {
		return
	}
	c.retired = true
	if s.current == c {
		s.current = nil
	}
	s.closeIfLeft(c)
}

func (s *Store) closeIfLeft(c *connection) {
	if c.retired && c.uses == 0 {
		c.end()
		c.client.Close()
		close(c.closed)
	}
}

// dial makes one attempt to connect. It knows no context, as the client's discovery knows none; against a
// server that accepts and never answers it takes as long as the connection string's gossipTimeout.
func (s *Store) dial(a *attempt) {
	c, err := s.discover()
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err != nil:
		a.err = fmt.Errorf("connect: %w", err)
	case s.life.Err() != nil:
		c.end()
		c.client.Close()
		a.err = eventstore.ErrClosed
	default:
		s.current = c
	}
	s.dialing = nil
	close(a.done)
}

// discover answers a connection that calls may share. Before the first of them, the log is held against what was seen of
// it.
func (s *Store) discover() (*connection, error) {
	probe, err := s.discoverWithin(1)
	if err != nil {
		return nil, err
	}
	probe.Close()
	shared, err := s.discoverWithin(math.MaxInt)
	if err != nil {
		return nil, err
	}
	c := newConnection(shared)
	if err = s.watch(c); err == nil {
		err = s.recognize(c)
	}
	if err != nil {
		c.end()
		shared.Close()
		return nil, err
	}
	return c, nil
}

// watch notices at once when the wire to the server is lost, by a subscription that brings next to nothing.
func (s *Store) watch(c *connection) error {
	if s.unwatched {
		return nil
	}
	opening, opened := s.alive(c.life, s.options.CallTimeout)
	defer opened()
	living, cancel := context.WithCancel(c.life)
	stop := context.AfterFunc(opening, cancel)
	sub, err := c.client.SubscribeToStream(living, probed, client.SubscribeToStreamOptions{From: client.End{}})
	stop()
	if err != nil {
		cancel()
		if refuses(err) {
			return nil // then it is noticed by the next call that fails
		}
		return err
	}
	go func() {
		defer cancel()
		for {
			if e := sub.Recv(); e.SubscriptionDropped != nil {
				if lost(e.SubscriptionDropped.Error) {
					c.end()
				}
				s.retire(c)
				return
			}
		}
	}()
	return nil
}

// discoverWithin answers a client that is connected. It may close the client: nobody else has it.
func (s *Store) discoverWithin(attempts int) (*client.Client, error) {
	config := s.config
	config.MaxDiscoverAttempts = attempts
	c, err := client.NewClient(&config)
	if err != nil {
		return nil, err
	}
	version, err := c.GetServerVersion()
	if err = usable(version, err); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// leastMajor and leastMinor are the version of a server that gives what is needed: positions in the streams, and the
// notice that a subscriber has caught up.
const leastMajor, leastMinor = 23, 10

// usable tells whether a version does. The client does not read those with a suffix, and says so in its error.
func usable(v *client.ServerVersion, err error) error {
	switch {
	case err != nil && says(err, "invalid EventStoreDB server version format"):
		return fmt.Errorf("%w: its version has a suffix, which the EventStoreDB client cannot read; run a released version of "+
			"%d.%d or newer: %w", eventstore.ErrUnusable, leastMajor, leastMinor, err)
	case err != nil:
		return err
	case v.Major < leastMajor || v.Major == leastMajor && v.Minor < leastMinor:
		return fmt.Errorf("%w: its version is %d.%d.%d; run %d.%d or newer", eventstore.ErrUnusable, v.Major, v.Minor, v.Patch,
			leastMajor, leastMinor)
	}
	return nil
}
