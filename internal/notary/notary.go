// Package notary writes down, in PostgreSQL, what the log is while it grows: the hashes of its Merkle tree, and
// signed heads of it. Whoever doubts the log later holds it against that. It decides when a head is signed, and
// stops as soon as the log is not what was written down: it never writes down another truth. It must not know what
// the events mean, and it costs those who append nothing: it follows behind, in pages, without haste.
package notary

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/projections/lease"
)

// Config is what a Notary needs. Store, DatabaseURL and Key must be given.
type Config struct {
	Store       eventstore.Store
	DatabaseURL string
	Key         *proof.Key
	// Every is how often a head is signed if anything happened since; 0: only when asked, and after events of type
	// SignAfter.
	Every     time.Duration
	SignAfter string
	// Changes returns the statements about changes of the key: heads that its predecessors signed count too. Nil: there
	// are none.
	Changes func(context.Context) ([]string, error)
	// Young returns nil when nothing need be known of what the log has already, since it has just begun. Where nothing was
	// written down of another log, nothing is: the error should be ErrUnadopted. Nil: whatever there is is taken.
	Young func(context.Context) error
	// Begun is called once it is written down how far the log is, and again at every start. Nil: nobody wants to know.
	Begun   func()
	Gather  time.Duration    // the pause between pages that are not full; 1 s
	Now     func() time.Time // time.Now
	Logger  *slog.Logger
	Metrics prometheus.Registerer
}

func (c *Config) setDefaults() {
	if c.Gather == 0 {
		c.Gather = time.Second
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Changes == nil {
		c.Changes = func(context.Context) ([]string, error) { return nil, nil }
	}
	if c.Begun == nil {
		c.Begun = func() {}
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
}

var (
	// ErrUnavailable: PostgreSQL does not answer.
	ErrUnavailable = errors.New("what proves the log cannot be read")
	// ErrStandby: another process keeps the tree.
	ErrStandby = errors.New("another process signs heads")
	// ErrNotFound: there is no such event or head.
	ErrNotFound = errors.New("there is no such event or head")
	// ErrUnadopted: the log has gone on without being written down, or what was written down is gone.
	ErrUnadopted = fmt.Errorf("nothing was written down of this log, which is not new, so no heads of it are signed: restore the "+
		"database that has the schema proof, or accept the log as it is by rapport proof adopt --reason WHY (%w)", proof.ErrBroken)
	// ErrNotSigned: no head tells of the event yet.
	ErrNotSigned = errors.New("no signed head tells of the event yet")
)

// Notary keeps the tree over one log. One process a database does, by a lease; others stand by, and answer from what
// that one wrote.
type Notary struct {
	config Config
	lease  *lease.Lease
	pool   *pgxpool.Pool
	kept   kept
	urged  chan struct{} // receives when somebody waits for the tree

	// mu guards the connection and what is held of the tree between two pages.
	mu      sync.Mutex
	session *session

	status
}

// leaseName is the lease of the process that keeps the tree.
const leaseName = "proof"

// pageEvents is how many events are hashed and written at a time.
const pageEvents = 8192

// New answers a notary that does nothing by itself until Run. It does not need the database to be up. Close it.
func New(ctx context.Context, c Config) (*Notary, error) {
	c.setDefaults()
	config, err := pgxpool.ParseConfig(c.DatabaseURL)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	config.ConnConfig.RuntimeParams["application_name"] = "rapport proof"
	config.ConnConfig.RuntimeParams["timezone"] = "UTC"
	config.ConnConfig.ConnectTimeout = 5 * time.Second
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	n := &Notary{config: c, pool: pool, kept: kept{pool}, urged: make(chan struct{}, 1)}
	if n.lease, err = lease.Open(c.DatabaseURL, lease.Options{Name: leaseName, Logger: c.Logger}); err != nil {
		pool.Close()
		return nil, err
	}
	n.status.begin(c.Metrics)
	return n, nil
}

// Close releases the connections.
func (n *Notary) Close() { n.pool.Close() }

// Verifier is the public key of the heads, as text.
func (n *Notary) Verifier() string { return n.config.Key.Verifier }

// trusted are the keys whose heads count.
func (n *Notary) trusted(ctx context.Context) (proof.Keys, error) {
	changes, err := n.config.Changes(ctx)
	if err != nil {
		return proof.Keys{}, fmt.Errorf("read which keys signed heads before: %w", err)
	}
	return proof.Trust(n.config.Key.Check(), changes...), nil
}

// Run keeps the tree until ctx ends. Faults of the database and the log are tried again for ever; once the log is not
// what was written down, nothing is done any more, and the status says so.
func (n *Notary) Run(ctx context.Context) error {
	if n.config.Every > 0 {
		var beside sync.WaitGroup
		defer beside.Wait()
		beside.Go(func() { n.signOften(ctx) })
	}
	for ctx.Err() == nil {
		err := n.hold(ctx)
		if errors.Is(err, proof.ErrBroken) {
			n.broke(err)
			<-ctx.Done()
		} else if err != nil && ctx.Err() == nil {
			n.config.Logger.Warn("keep the proof of the log", "error", err)
			n.status.failed(stateUnavailable, err)
			pause(ctx, time.Second, nil)
		}
	}
	return nil
}

// broke says that nothing is written down or signed any more.
func (n *Notary) broke(err error) {
	n.config.Logger.Error("THE LOG IS NOT WHAT IT WAS, or what proves it was changed: no more heads are signed. "+
		"rapport verify tells what was changed", "error", err)
	n.status.failed(Broken, err)
}

// signOften signs on schedule. What keeps it from signing shows in the status.
func (n *Notary) signOften(ctx context.Context) {
	tick := time.NewTicker(n.config.Every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if _, err := n.Sign(ctx); err != nil && !errors.Is(err, ErrStandby) && ctx.Err() == nil {
				n.config.Logger.Warn("sign a head on schedule", "error", err)
			}
		case <-ctx.Done():
			return
		}
	}
}

// hold takes the lease and follows the log from where the tree ends, as long as all goes well.
func (n *Notary) hold(ctx context.Context) error {
	n.status.standby()
	held, err := n.lease.Hold(ctx)
	if err != nil {
		return fmt.Errorf("%w: take the lease: %w", ErrUnavailable, err)
	}
	defer held.Release()
	ctx, end := held.Context(ctx)
	defer end()
	pooled, err := n.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	conn := pooled.Hijack()
	defer closeConn(conn)
	s, err := n.open(ctx, conn, held.Fence)
	if err != nil {
		return err
	}
	n.lend(s)
	defer n.lend(nil)
	if err := n.readForeign(ctx); err != nil {
		return err
	}
	n.status.following(s.checkpoint)
	for page, err := range n.config.Store.Follow(ctx, s.position, pageEvents) {
		if err != nil {
			return fmt.Errorf("follow the log: %w", err)
		}
		if err := n.take(ctx, page.Records); err != nil {
			return err
		}
		if len(page.Records) > 0 && page.CaughtUp {
			pause(ctx, n.config.Gather, n.urged)
		}
	}
	return ctx.Err()
}

// lend makes a session the one that heads are signed in; nil: none.
func (n *Notary) lend(s *session) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.session = s
}

// take writes a page down, and signs a head if one is due after it.
func (n *Notary) take(ctx context.Context, records []eventstore.Record) error {
	if len(records) == 0 {
		return nil
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := n.status.fault(); errors.Is(err, proof.ErrBroken) {
		return err // found by who asked for a head
	}
	if err := n.session.take(ctx, records); err != nil {
		return err
	}
	if err := n.tellForeign(ctx, records); err != nil {
		return err
	}
	n.status.following(n.session.checkpoint)
	for _, r := range records {
		if r.Type == n.config.SignAfter {
			_, err := n.sign(ctx)
			return err
		}
	}
	return nil
}

// Sign answers a head of the log as it is now, and signs one where the newest is older. It waits until the tree has
// taken all that was appended before.
func (n *Notary) Sign(ctx context.Context) (h proof.Head, err error) {
	err = n.signThen(ctx, func(signed proof.Head) error { h = signed; return nil })
	return h, err
}

// signCounted answers a head of now, with the proof of how many events a stream has under it.
func (n *Notary) signCounted(ctx context.Context, stream string) (h proof.Head, c *proof.Counted, err error) {
	err = n.signThen(ctx, func(signed proof.Head) error {
		h = signed
		c, err = n.session.countedOf(ctx, stream)
		return err
	})
	return h, c, err
}

// signThen signs a head, and calls then before the tree goes on.
func (n *Notary) signThen(ctx context.Context, then func(proof.Head) error) error {
	head, err := n.config.Store.Head(ctx)
	if err != nil {
		return err
	}
	if err := n.status.await(ctx, head, n.urged); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.session == nil {
		return fmt.Errorf("%w: its connection was lost", ErrUnavailable)
	}
	h, err := n.sign(ctx)
	if errors.Is(err, proof.ErrBroken) {
		n.broke(err)
	}
	if err != nil {
		return err
	}
	return then(h)
}

// sign signs a head of the tree as it is. mu is held. It signs nothing that does not go on from the newest head.
func (n *Notary) sign(ctx context.Context) (proof.Head, error) {
	s := n.session
	if s.newest != nil && s.newest.Size == s.size {
		return *s.newest, nil
	}
	h, err := n.config.Key.Sign(s.head(n.config.Now()))
	if err != nil {
		return h, err
	}
	if err := n.continues(ctx, s.newest, h); err != nil {
		return h, err
	}
	if err := s.write(ctx, h); err != nil {
		return h, err
	}
	s.newest = &h
	n.status.signed(h)
	n.config.Logger.Info("signed a head of the log", "size", h.Size, "position", h.Position, "root", h.Root)
	return h, nil
}

// continues finds out, by what is kept, whether a head goes on from an earlier one.
func (n *Notary) continues(ctx context.Context, from *proof.Head, to proof.Head) error {
	switch {
	case from == nil || from.Size == 0:
		return nil
	case from.Size == to.Size && from.Root == to.Root:
		return nil
	case from.Size >= to.Size:
		return fmt.Errorf("a head of %d events was signed, and the tree has %d: %w", from.Size, to.Size, proof.ErrBroken)
	}
	_, err := proof.ProveConsistency(ctx, *from, to, n.kept)
	return err
}

// pause waits, until ctx ends, or until somebody is in a hurry.
func pause(ctx context.Context, d time.Duration, urged <-chan struct{}) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-urged:
	case <-ctx.Done():
	}
}

func closeConn(conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_ = conn.Close(ctx) // it is given up either way
}
