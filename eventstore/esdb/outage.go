package esdb

import (
	"log/slog"
	"sync"
	"time"
)

// remindEvery is how often it is said that the server is away still.
const remindEvery = time.Minute

// outage logs that the server went, that it is away still, and that it is back: one line each, and one a minute
// between, however many calls fail. A server that comes and goes within a minute is not told of twice.
type outage struct {
	logger *slog.Logger
	now    func() time.Time

	mu     sync.Mutex
	since  time.Time // zero while the server answers
	failed int       // calls since then
	told   time.Time // of the newest warning
	warned bool      // of the outage that lasts
}

// down counts a call that found no server.
func (o *outage) down(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := o.now()
	if o.since.IsZero() {
		o.since, o.failed, o.warned = now, 0, false
	}
	o.failed++
	if !o.told.IsZero() && now.Sub(o.told) < remindEvery {
		return
	}
	what := "the event store does not answer; it is tried again and again"
	if o.warned {
		what = "the event store still does not answer"
	}
	o.told, o.warned = now, true
	o.logger.Warn(what, "since", o.since.UTC().Format(time.RFC3339), "failed_calls", o.failed, "error", err)
}

// up says that a call was answered.
func (o *outage) up() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.since.IsZero() {
		return
	}
	if o.warned {
		o.logger.Warn("the event store answers again", "away_ms", o.now().Sub(o.since).Milliseconds(), "failed_calls", o.failed)
	}
	o.since, o.warned = time.Time{}, false
}
