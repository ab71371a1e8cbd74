package lease

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrLost means that the lease is not held any more: another process has it, or the database could not be reached
// for so long that another may have it.
var ErrLost = errors.New("the lease is lost")

// Held is the lease while this process holds it. Its methods are safe for concurrent use.
type Held struct {
	lease *Lease
	epoch int64
	since time.Time

	release chan struct{} // closed by the first Release
	once    sync.Once
	done    chan struct{}
	err     error // readable once done is closed

	session *session  // the heartbeat's alone
	beaten  time.Time // when the last heartbeat that arrived was sent: the database stamped it later
}

func newHeld(l *Lease, s *session, epoch int64, sent time.Time) *Held {
	return &Held{lease: l, epoch: epoch, since: time.Now(), session: s, beaten: sent,
		release: make(chan struct{}), done: make(chan struct{})}
}

// Epoch returns the fencing token: higher than that of all who held the lease before.
func (h *Held) Epoch() int64 { return h.epoch }

// Since returns when this process came to hold the lease.
func (h *Held) Since() time.Time { return h.since }

// Done is closed when the lease is lost or released.
func (h *Held) Done() <-chan struct{} { return h.done }

// Err returns why the lease is not held any more: an error that is ErrLost, or nil while it is held and after
// Release.
func (h *Held) Err() error {
	select {
	case <-h.done:
		return h.err
	default:
		return nil
	}
}

// Context returns a context that ends with ctx, or when the lease is lost or released, with ErrLost as its cause.
// Call cancel to free what it holds.
func (h *Held) Context(ctx context.Context) (_ context.Context, cancel func()) {
	ctx, end := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-h.done:
			end(errors.Join(ErrLost, h.err))
		case <-ctx.Done():
		}
	}()
	return ctx, func() { end(nil) }
}

// Fence is the first statement of every transaction in which the holder writes. It fails with ErrLost where another
// process has taken the lease over, and lets nobody take it over while the transaction goes on without ending the
// transaction first. It does not wait for anybody, and heartbeats do not wait for it.
func (h *Held) Fence(ctx context.Context, tx pgx.Tx) error {
	var epoch int64
	err := tx.QueryRow(ctx, passFence, h.lease.options.Name, h.epoch).Scan(&epoch)
	switch {
	case errors.Is(err, pgx.ErrNoRows), code(err) == serializationFailure:
		return fmt.Errorf("%w: another process holds it", ErrLost)
	case err != nil:
		return fmt.Errorf("check the lease: %w", err)
	}
	return nil
}

// Release gives the lease up, for another process to take at once, and waits for that. Open transactions are the
// caller's to end before. Releasing twice is harmless.
func (h *Held) Release() {
	h.once.Do(func() { close(h.release) })
	<-h.done
}

// keep sends heartbeats until the lease is released or lost.
func (h *Held) keep() {
	o := h.lease.options
	next := time.NewTimer(time.Until(h.beaten.Add(o.Heartbeat)))
	defer next.Stop()
	for {
		select {
		case <-h.release:
			h.giveUp()
			return
		case <-next.C:
		}
		if err := h.beat(); err != nil {
			if errors.Is(err, ErrLost) {
				h.lost(err)
				return
			}
			o.Logger.Warn("the lease's heartbeat did not arrive", "lease", o.Name, "error", err)
			next.Reset(o.Heartbeat / 8)
			continue
		}
		next.Reset(o.Heartbeat)
	}
}

// beat sends one heartbeat, on a new connection where the last one failed. It gives the lease up for lost before
// another may take it: one part in eight of the TTL before the database would say so.
func (h *Held) beat() error {
	ttl := h.lease.options.TTL
	deadline := h.beaten.Add(ttl - ttl/8)
	if !time.Now().Before(deadline) {
		return fmt.Errorf("%w: the database has not answered for %v", ErrLost, time.Since(h.beaten).Round(time.Millisecond))
	}
	ctx, cancel := context.WithDeadline(context.Background(), earlier(deadline, time.Now().Add(ttl/3)))
	defer cancel()
	if h.session == nil {
		s, err := h.lease.connect(ctx)
		if err != nil {
			return err
		}
		h.session = s
	}
	sent := time.Now()
	mine, err := h.session.beat(ctx, h.epoch)
	switch {
	case err != nil:
		h.session.close()
		h.session = nil
		return err
	case !mine:
		return fmt.Errorf("%w: another process took it over", ErrLost)
	}
	h.beaten = sent
	return nil
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func (h *Held) giveUp() {
	if h.session != nil {
		ctx, cancel := context.WithTimeout(context.Background(), h.lease.options.Heartbeat)
		defer cancel()
		if err := h.session.free(ctx, h.epoch); err != nil { // the TTL does it then
			h.lease.options.Logger.Warn("the lease was not given back", "lease", h.lease.options.Name, "error", err)
		}
		h.session.close()
	}
	close(h.done)
}

func (h *Held) lost(err error) {
	h.lease.options.Logger.Error("the lease is lost", "lease", h.lease.options.Name, "epoch", h.epoch, "error", err)
	if h.session != nil {
		h.session.close()
	}
	h.err = err
	close(h.done)
}
