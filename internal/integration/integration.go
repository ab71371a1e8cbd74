// Package integration tells other systems what happened and what the read models found out: it takes events of the log and
// announcements of the projectors in the log's order, and sends each subscription what it asks for, at least once. It
// decides how often to try and when to give up, and keeps the order of what concerns one customer. It must not know what the
// events mean.
package integration

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/history"
	"github.com/rapport-crm/rapport/projections/lease"
)

// Log is what events are read from: *history.Reader.
type Log interface {
	Follow(ctx context.Context, after eventstore.Position, max int) iter.Seq2[history.Followed, error]
	Event(ctx context.Context, at eventstore.Position) (history.Told, error)
}

// Config says what is published where. DatabaseURL and Log must be given.
type Config struct {
	DatabaseURL string
	Log         Log
	Secret      []byte         // of which the secrets of subscriptions are derived; see Secret
	Configured  []Subscription // that the server is started with, beside those that are published
	// Judge returns for which customers a rule holds.
	Judge func(ctx context.Context, rule *rules.Rule, ids []uuid.UUID) ([]bool, error)
	// Retry is the pause after the first failed attempt, doubled up to RetryMost; after Attempts an event is dead, unless
	// the receiver seems to be away. By default that takes about six hours.
	Retry, RetryMost time.Duration
	Attempts         int
	Timeout          time.Duration // of one attempt
	Poll             time.Duration // how often the log and the outbox are looked at
	Now              func() time.Time
	Logger           *slog.Logger
}

func (c *Config) setDefaults() {
	defaultTo(&c.Retry, time.Second)
	defaultTo(&c.RetryMost, 15*time.Minute)
	defaultTo(&c.Attempts, 34)
	defaultTo(&c.Timeout, 10*time.Second)
	defaultTo(&c.Poll, 250*time.Millisecond)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
}

func defaultTo[V comparable](v *V, value V) {
	var zero V
	if *v == zero {
		*v = value
	}
}

// Service sends events to those who subscribe.
type Service struct {
	config Config
	pool   *pgxpool.Pool
	lease  *lease.Lease
	logger watermill.LoggerAdapter
}

const (
	// leaseName is the lease of the process that publishes.
	leaseName = "integration"
	// keptFor is how long an announcement can be sent again, at the least.
	keptFor = 7 * 24 * time.Hour
)

// New makes a service that sends nothing before Run.
func New(ctx context.Context, c Config) (*Service, error) {
	c.setDefaults()
	pool, err := pgxpool.New(ctx, c.DatabaseURL)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	turns, err := lease.Open(c.DatabaseURL, lease.Options{Name: leaseName, Logger: c.Logger})
	if err != nil {
		pool.Close()
		return nil, err
	}
	return &Service{config: c, pool: pool, lease: turns, logger: watermill.NewSlogLoggerWithLevelMapping(c.Logger,
		map[slog.Level]slog.Level{slog.LevelInfo: slog.LevelDebug, slog.LevelError: slog.LevelDebug})}, nil
}

// Close lets go of the database.
func (s *Service) Close() { s.pool.Close() }

// Run sends until ctx ends. One process a database sends; others wait for their turn. What is under way then is sent again.
func (s *Service) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		// While the database is away, the projectors say so.
		if err := s.hold(ctx); err != nil && ctx.Err() == nil {
			s.config.Logger.Debug("send events", "error", err)
		}
		pause(ctx, max(s.config.Poll, 10*time.Millisecond))
	}
	return nil
}

// hold sends as long as it has the lease: each subscription on its own, so that none waits for another's receiver.
func (s *Service) hold(ctx context.Context) error {
	held, err := s.lease.Hold(ctx)
	if err != nil {
		return fmt.Errorf("take the lease: %w", err)
	}
	defer held.Release()
	ctx, end := held.Context(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer end()
	senders, forgotten := map[string]*sender{}, time.Time{}
	for ctx.Err() == nil {
		all, err := s.inForce(ctx)
		if err != nil {
			return err
		}
		if err := s.settle(ctx, all, senders, &running); err != nil {
			return err
		}
		if now := s.config.Now(); now.Sub(forgotten) > time.Hour {
			if _, err := s.pool.Exec(ctx, forgetSQL, keptFor); err != nil {
				return err
			}
			forgotten = now
		}
		pause(ctx, s.config.Poll)
	}
	return ctx.Err()
}

// settle starts what is new, ends what is retired, and starts anew what has changed.
func (s *Service) settle(ctx context.Context, all map[string]*Subscription, senders map[string]*sender, running *sync.WaitGroup) error {
	for name, d := range senders {
		if is := all[name]; is != nil && is.version == d.version && is.secret == d.secret && len(is.Secrets) == len(d.Secrets) {
			continue
		}
		d.end()
		<-d.ended
		delete(senders, name)
		if all[name] == nil {
			if _, err := s.pool.Exec(ctx, "DELETE FROM integration.subscription WHERE name = $1", name); err != nil {
				return err
			}
		}
	}
	for name, is := range all {
		if senders[name] != nil {
			continue
		}
		if _, err := s.pool.Exec(ctx, beginSQL, name, int64(is.Position)); err != nil {
			return err
		}
		publisher, err := is.publisher(s.config, s.logger)
		if err != nil {
			return fmt.Errorf("make the publisher: %w", err)
		}
		own, end := context.WithCancel(ctx)
		d := &sender{Subscription: is, Service: s, publisher: publisher, end: end, ended: make(chan struct{})}
		senders[name] = d
		running.Go(func() {
			defer close(d.ended)
			defer publisher.Close()
			d.run(own)
		})
	}
	return nil
}

// beginSQL writes down from where on a new subscription is sent to.
const beginSQL = `INSERT INTO integration.subscription (name, position) VALUES ($1, $2) ON CONFLICT DO NOTHING`

// forgetSQL removes announcements that every subscription is long past, but for those that could be sent again.
const forgetSQL = `DELETE FROM integration.outbox o WHERE created_at < now() - $1::interval
	AND NOT EXISTS (SELECT FROM integration.subscription s WHERE (s.position, s.seq) < (o.position, o.seq))
	AND NOT EXISTS (SELECT FROM integration.letter l WHERE l.subject = o.subject::text AND (l.position, l.seq) <= (o.position, o.seq))`

// publisher makes what sends messages there; the topic does not matter to it.
func (s *Subscription) publisher(c Config, logger watermill.LoggerAdapter) (message.Publisher, error) {
	switch s.To.Scheme {
	case "nats", "tls":
		return newStream(s.To, c, logger)
	case "amqp", "amqps":
		return newExchange(s.To, c), nil
	}
	return newWebhook(s.To.String(), s.Secrets, c), nil
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
