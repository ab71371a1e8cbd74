package projections

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rapport-crm/rapport/eventstore"
)

// States of the engine, as in projection_status.
const (
	stateLive        = "live"
	stateCatchingUp  = "catching_up"
	stateRebuilding  = "rebuilding" // and live beside
	stateStopped     = "stopped"
	stateStandby     = "standby"
	stateUnavailable = "unavailable"
)

// health is how the engine fares, for whoever asks.
type health struct {
	logger       *slog.Logger
	mu           sync.Mutex
	state        string
	lastError    string
	events       int // taken since the last look
	rate         float64
	head         eventstore.Position
	lag          int
	lagS         float64
	rebuildAt    time.Time
	rebuildTo    eventstore.Position
	rebuildError string
	measured     time.Time
}

func (h *health) set(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
}

func (h *health) failed(state string, err error) {
	h.set(func() {
		if text := err.Error(); text != h.lastError {
			h.logger.Error("the read models stand still", "state", state, "error", text)
			h.lastError = text
		}
		h.state = state
	})
}
func (h *health) recovered()               { h.set(func() { h.state, h.lastError = stateCatchingUp, "" }) }
func (h *health) waiting()                 { h.set(func() { h.state = stateStandby }) }
func (h *health) took(n int)               { h.set(func() { h.events += n }) }
func (h *health) rebuilding(now time.Time) { h.set(func() { h.rebuildAt, h.rebuildTo = now, 0 }) }

// rebuilt tells how a rebuild ended, and that it did, at once.
func (h *health) rebuilt(err error) {
	h.set(func() {
		h.rebuildAt = time.Time{}
		if h.rebuildError = ""; err != nil {
			h.rebuildError = err.Error()
		}
	})
}

func (h *health) rebuiltTo(position eventstore.Position) { h.set(func() { h.rebuildTo = position }) }

func (h *health) caughtUp(yes bool) {
	h.set(func() {
		h.lastError = ""
		if h.state = stateCatchingUp; yes {
			h.state = stateLive
		}
	})
}

func (h *health) isStopped() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.state == stateStopped
}

// keepHealth measures the lag about once a second and writes it down where analysts see it.
func (e *Engine) keepHealth(ctx context.Context) {
	last := time.Now()
	for ctx.Err() == nil {
		pause(ctx, time.Second)
		e.measure(ctx)
		now := time.Now()
		e.health.set(func() {
			e.health.rate = float64(e.health.events) / now.Sub(last).Seconds()
			e.health.events = 0
		})
		last = now
		e.writeHealth(ctx)
	}
}

// measure compares the read models with the head of the log.
func (e *Engine) measure(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	head, err := e.config.Store.Head(ctx)
	position, leading, _ := e.progress.get()
	lag, lagS := 0, 0.0
	if err == nil && leading && head > position { // whoever stands by does not know how far the tables are
		lag, err = e.config.Store.Distance(ctx, position, maxLag)
		for r, readErr := range e.config.Store.ReadAll(ctx, position) {
			if readErr == nil {
				lagS = max(0, time.Since(r.RecordedAt).Seconds())
			}
			break
		}
	}
	if err != nil {
		if ctx.Err() == nil || !errors.Is(err, context.Canceled) {
			e.health.failed(stateUnavailable, err)
		}
		return
	}
	e.health.set(func() {
		h := &e.health
		h.measured, h.head, h.lag, h.lagS = time.Now(), head, lag, lagS
	})
}

// maxLag is the most events that are counted as lag where counting means reading.
const maxLag = 100_000

// writeHealth writes the row behind projection_status. Between pages only: a page is not kept waiting.
func (e *Engine) writeHealth(ctx context.Context) {
	if !e.mu.TryLock() {
		return
	}
	defer e.mu.Unlock()
	if e.session == nil {
		return
	}
	s := e.known()
	_, err := e.session.Exec(ctx, `INSERT INTO projection_health
		(head, lag_events, lag_seconds, events_per_second, state, last_error, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, now()) ON CONFLICT (one) DO UPDATE SET head = EXCLUDED.head,
		lag_events = EXCLUDED.lag_events, lag_seconds = EXCLUDED.lag_seconds,
		events_per_second = EXCLUDED.events_per_second, state = EXCLUDED.state,
		last_error = EXCLUDED.last_error, updated_at = EXCLUDED.updated_at`,
		s.Head, s.LagEvents, s.LagSeconds, s.Rate, s.State, s.LastError)
	if err != nil && e.session.IsClosed() {
		e.health.failed(stateUnavailable, err)
		e.endSession()
	}
}

// Status measures how far the read models are from the head of the log now. It works even while the
// database is away.
func (e *Engine) Status(ctx context.Context) Status {
	e.measure(ctx)
	return e.known()
}

// known is Status as it was measured last.
func (e *Engine) known() Status {
	position, leading, _ := e.progress.get()
	h := &e.health
	h.mu.Lock()
	defer h.mu.Unlock()
	s := Status{Position: int64(position), Head: int64(max(h.head, position)), Rate: h.rate, State: h.state,
		LastError: optional(h.lastError), RebuildError: optional(h.rebuildError), UpdatedAt: h.measured}
	if h.head > position {
		s.LagEvents, s.LagSeconds = int64(h.lag), h.lagS
	}
	if !leading && h.state == stateLive {
		s.State = stateStandby
	}
	if !h.rebuildAt.IsZero() {
		s.Rebuild = &RebuildStatus{Position: int64(h.rebuildTo), Head: int64(h.head), StartedAt: h.rebuildAt}
		if s.State == stateLive {
			s.State = stateRebuilding
		}
	}
	return s
}

// metrics are what Prometheus sees of the engine.
type metrics struct {
	events  prometheus.Counter
	seconds prometheus.Histogram
}

func newMetrics(r prometheus.Registerer, e *Engine) *metrics {
	m := &metrics{
		events: prometheus.NewCounter(prometheus.CounterOpts{Name: "rapport_projection_events_total",
			Help: "Events written to the read models."}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "rapport_projection_page_seconds",
			Help: "Time to write one page of events.", Buckets: prometheus.ExponentialBuckets(0.001, 2, 14)}),
	}
	if r == nil {
		return m
	}
	gauge := func(name, help string, value func(Status) float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help},
			func() float64 { return value(e.known()) })
	}
	r.MustRegister(m.events, m.seconds,
		gauge("rapport_projection_position", "Log position up to which the read models are.",
			func(s Status) float64 { return float64(s.Position) }),
		gauge("rapport_projection_lag_events", "Events of the log that are not in the read models yet.",
			func(s Status) float64 { return float64(s.LagEvents) }),
		gauge("rapport_projection_lag_seconds", "Age of the oldest event that is not in the read models yet.",
			func(s Status) float64 { return s.LagSeconds }))
	return m
}

func (m *metrics) page(events int, took time.Duration) {
	m.events.Add(float64(events))
	m.seconds.Observe(took.Seconds())
}
