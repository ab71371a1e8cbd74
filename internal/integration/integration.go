// Package integration tells other systems what the read models found out, such as who entered a segment: it takes
// integration events from the outbox that the projectors write and publishes them through Watermill, each at least
// once and in the order in which they came about. It decides how often to try and when to give up. It must not
// know what the events mean.
package integration

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rapport-crm/rapport/projections/lease"
)

// Config says what is published where. DatabaseURL and To must be given.
type Config struct {
	DatabaseURL string
	To          Destination
	Secret      []byte // that signs webhooks; see Secret
	Disclosure  Disclosure
	// Retry is the pause after the first failed attempt, doubled up to RetryMost; after Attempts an event is dead.
	// By default that takes about six hours.
	Retry, RetryMost time.Duration
	Attempts         int
	Timeout          time.Duration // of one attempt
	Poll             time.Duration // how often the outbox is looked at
	Logger           *slog.Logger
}

func (c *Config) setDefaults() {
	defaultTo(&c.Retry, time.Second)
	defaultTo(&c.RetryMost, 15*time.Minute)
	defaultTo(&c.Attempts, 34)
	defaultTo(&c.Timeout, 10*time.Second)
	defaultTo(&c.Poll, 250*time.Millisecond)
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

// Run publishes until ctx ends. An event under way then stays in the outbox.
func Run(ctx context.Context, c Config) error {
	c.setDefaults()
	logger := watermill.NewSlogLoggerWithLevelMapping(c.Logger,
		map[slog.Level]slog.Level{slog.LevelInfo: slog.LevelDebug, slog.LevelError: slog.LevelDebug})
	publisher, err := c.To.publisher(c, logger)
	if err != nil {
		return fmt.Errorf("make the publisher: %w", err)
	}
	defer publisher.Close()
	pool, err := pgxpool.New(ctx, c.DatabaseURL)
	if err != nil {
		return fmt.Errorf("database URL: %w", err)
	}
	defer pool.Close()
	router, err := message.NewRouter(message.RouterConfig{CloseTimeout: c.Timeout + 5*time.Second}, logger)
	if err != nil {
		return fmt.Errorf("make the router: %w", err)
	}
	turns, err := lease.Open(c.DatabaseURL, lease.Options{Name: leaseName, Logger: c.Logger})
	if err != nil {
		return err
	}
	box := &outbox{pool: pool, lease: turns, disclosure: c.Disclosure, poll: c.Poll, logger: c.Logger}
	// What is interrupted by the end is not dead.
	dead, err := middleware.PoisonQueueWithFilter(deadLetters{box}, "dead", func(error) bool { return ctx.Err() == nil })
	if err != nil {
		return fmt.Errorf("make the router: %w", err)
	}
	router.AddMiddleware(dead, middleware.Retry{MaxRetries: c.Attempts - 1, InitialInterval: c.Retry,
		MaxInterval: c.RetryMost, Multiplier: 2, ResetContextOnRetry: true,
		ShouldRetry: func(p middleware.RetryParams) bool {
			c.Logger.Warn("an integration event was not taken", "error", p.Err, "attempt", p.RetryNum+1)
			return ctx.Err() == nil
		}}.Middleware, middleware.Recoverer)
	router.AddConsumerHandler("integration", "outbox", box, func(m *message.Message) error {
		return publisher.Publish("integration", m)
	})
	return router.Run(ctx)
}
