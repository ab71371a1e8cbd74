// Package lease decides which one process writes the read models of a database. The lease is a row with a
// heartbeat, in a schema that readers can neither read nor lock. It knows PostgreSQL and nothing of what the
// holder writes.
//
// A holder that dies loses the lease with the connection of its heartbeat; one that hangs or is cut off, when
// the heartbeat is older than the TTL, by the database's clock. Who takes it over gets a higher epoch, the
// fencing token. The holder proves its epoch in every transaction (Held.Fence), so that one that was thought
// dead and wakes up cannot write any more: its open transactions are ended by the takeover, and new ones fail.
//
// A process of an older Logic than the one that held last stands by, however free the lease is: it would
// rebuild the read models as they were before.
package lease

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Options say who asks for the lease.
type Options struct {
	// Name of the lease: what its holder alone may write. Must be given.
	Name string
	// Logic is the version of what the holder writes. A process never takes the lease from a higher one.
	Logic int
	// Program is the version of the program, shown to people.
	Program string
	// TakeOlder takes the lease also where a higher Logic held it: a person wants the older program back.
	TakeOlder bool
	// TTL is how old the holder's heartbeat may be. 8 s if 0: a takeover then takes less than 10 s.
	TTL time.Duration
	// Heartbeat is how often the holder says that it lives. A quarter of TTL if 0.
	Heartbeat time.Duration
	// OnWait, if given, is called by Hold with what it waits for, at first and at every change.
	OnWait func(Status)
	Logger *slog.Logger
}

func (o *Options) setDefaults() {
	if o.TTL == 0 {
		o.TTL = 8 * time.Second
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = o.TTL / 4
	}
	if o.OnWait == nil {
		o.OnWait = func(Status) {}
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
}

func (o *Options) validate() error {
	var errs []error
	if o.Name == "" {
		errs = append(errs, errors.New("lease: no name given"))
	}
	if o.Heartbeat*3 > o.TTL {
		errs = append(errs, fmt.Errorf("lease: a heartbeat every %v is too seldom for a TTL of %v", o.Heartbeat, o.TTL))
	}
	return errors.Join(errs...)
}

// Lease is a lease that a process may come to hold.
type Lease struct {
	config  *pgx.ConnConfig
	options Options
	holder  holder
}

// holder is who a process is to others.
type holder struct {
	host string
	pid  int
}

// Open returns the lease of the database at url. It does not connect: Hold does.
func Open(url string, o Options) (*Lease, error) {
	o.setDefaults()
	if err := o.validate(); err != nil {
		return nil, err
	}
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	l := &Lease{config: config, options: o, holder: holder{pid: os.Getpid()}}
	l.holder.host, _ = os.Hostname() // it is shown to people: an empty one says enough
	l.Harden(config)
	config.RuntimeParams["application_name"] = "rapport lease"
	return l, nil
}

// Harden sets on a connection of the holder what lets the server see within the TTL that the other end is gone or
// hangs in the middle of a transaction.
func (l *Lease) Harden(c *pgx.ConnConfig) {
	ttl := l.options.TTL
	c.RuntimeParams["idle_in_transaction_session_timeout"] = milliseconds(ttl)
	c.RuntimeParams["tcp_keepalives_idle"] = "2"
	c.RuntimeParams["tcp_keepalives_interval"] = "2"
	c.RuntimeParams["tcp_keepalives_count"] = "3"
	c.RuntimeParams["tcp_user_timeout"] = milliseconds(ttl)
	if c.ConnectTimeout == 0 || c.ConnectTimeout > ttl/2 {
		c.ConnectTimeout = ttl / 2
	}
}

// Hold waits until this process holds the lease, without holding any lock meanwhile. The heartbeat then goes on
// beside until Release, or until the lease is lost. Hold fails when ctx ends, and with the database's errors: the
// caller tries again after a pause.
func (l *Lease) Hold(ctx context.Context) (*Held, error) {
	s, err := l.connect(ctx)
	if err != nil {
		return nil, err
	}
	held, err := l.hold(ctx, s)
	if err != nil {
		s.close()
		return nil, err
	}
	return held, nil
}

func (l *Lease) hold(ctx context.Context, s *session) (*Held, error) {
	if err := s.ensureSchema(ctx, l.options.Name); err != nil {
		return nil, err
	}
	pause := time.NewTicker(l.options.Heartbeat / 4)
	defer pause.Stop()
	for last := ""; ; {
		sent := time.Now()
		epoch, err := s.take(ctx)
		if err != nil {
			return nil, err
		}
		if epoch != 0 {
			return l.begin(ctx, s, epoch, sent)
		}
		status, err := s.status(ctx)
		if err != nil {
			return nil, err
		}
		if reason := status.Waiting(l.options.Logic); reason != last {
			l.options.Logger.Info("standing by", "lease", l.options.Name, "reason", reason)
			l.options.OnWait(status)
			last = reason
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-pause.C:
		}
	}
}

// begin makes sure that nobody who held the lease before can write any more: their open transactions have the
// fence's row locked, and are ended. What they began but did not finish must not block who holds it now.
func (l *Lease) begin(ctx context.Context, s *session, epoch int64, sent time.Time) (*Held, error) {
	other, err := l.connect(ctx)
	if err != nil {
		return nil, err
	}
	defer other.close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	closed := make(chan error, 1)
	go func() { closed <- other.closeFence(ctx, epoch) }()
	pause := time.NewTicker(l.options.Heartbeat / 8)
	defer pause.Stop()
	for {
		select {
		case err := <-closed:
			if err != nil {
				return nil, err
			}
			h := newHeld(l, s, epoch, sent)
			l.options.Logger.Info("holding the lease", "lease", l.options.Name, "epoch", epoch)
			go h.keep()
			return h, nil
		case <-pause.C:
			ended, err := s.endBlocking(ctx, other.pid())
			if err == nil {
				var mine bool
				sent = time.Now()
				if mine, err = s.beat(ctx, epoch); err == nil && !mine {
					err = ErrLost
				}
			}
			if err != nil {
				cancel()
				<-closed
				return nil, err
			}
			if ended > 0 {
				l.options.Logger.Warn("ended what an earlier holder of the lease left open", "lease", l.options.Name, "sessions", ended)
			}
		}
	}
}

// connect opens a session whose statements are bounded.
func (l *Lease) connect(ctx context.Context) (*session, error) {
	config := l.config.Copy()
	config.RuntimeParams["synchronous_commit"] = "on" // an epoch is never given twice, whatever the server survives
	config.RuntimeParams["statement_timeout"] = milliseconds(l.options.TTL / 2)
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect for the lease: %w", err)
	}
	return &session{conn: conn, lease: l}, nil
}

func milliseconds(d time.Duration) string { return fmt.Sprint(d.Milliseconds()) }

// code returns the SQLSTATE of an error of the database.
func code(err error) string {
	var of *pgconn.PgError
	if errors.As(err, &of) {
		return of.Code
	}
	return ""
}
