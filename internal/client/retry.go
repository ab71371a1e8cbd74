package client

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Unavailable says that the server could not be reached, or was not able to serve, through all attempts.
type Unavailable struct {
	Server   string
	Attempts int
	Err      error // the last attempt's
}

func (e *Unavailable) Error() string {
	if e.Attempts == 1 {
		return fmt.Sprintf("%s is not available: %v", e.Server, e.Err)
	}
	return fmt.Sprintf("%s is not available, tried %d times: %v", e.Server, e.Attempts, e.Err)
}

func (e *Unavailable) Unwrap() error { return e.Err }

// transportError is a request that got no answer, or only a part of one.
type transportError struct{ error }

func (e transportError) Unwrap() error { return e.error }

func transport(err error) error {
	if err == nil {
		return nil
	}
	return transportError{err}
}

const (
	firstWait   = 200 * time.Millisecond
	longestWait = 10 * time.Second
)

// patiently tries until it works, is refused for good, or the attempts or the patience are used up. Waits
// double from firstWait to longestWait, less a random part so that clients do not come back all at once;
// a server that asks for a longer wait gets it.
func (c *Client) patiently(ctx context.Context, try func(context.Context) error) error {
	var waited time.Duration
	for attempt := 1; ; attempt++ {
		err := c.once(ctx, try)
		asked, again := mayTryAgain(err)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return fmt.Errorf("%s: %w", c.server, context.Cause(ctx))
		case !again:
			return err
		}
		wait := min(firstWait<<min(attempt-1, 10), longestWait)
		wait = max(wait-rand.N(wait/4), asked)
		if attempt >= c.o.Attempts || waited+wait > c.o.Patience {
			return &Unavailable{Server: c.server, Attempts: attempt, Err: err}
		}
		waited += wait
		c.o.OnRetry(err, wait)
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("%s: %w", c.server, context.Cause(ctx))
		case <-timer.C:
		}
	}
}

func (c *Client) once(ctx context.Context, try func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, c.o.AttemptTimeout)
	defer cancel()
	return try(ctx)
}

// mayTryAgain tells whether a later try may succeed, and how long the server asks to wait before it.
func mayTryAgain(err error) (time.Duration, bool) {
	var p *Problem
	if errors.As(err, &p) {
		return p.RetryAfter, p.temporary()
	}
	var t transportError
	return 0, errors.As(err, &t)
}
