package projections

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
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
	stateUnknown     = "unknown"     // where log and tables are cannot be found out
	stateLogChanged  = "log_changed" // the log is not the one that made the tables
)

// health is how the engine fares, for whoever asks.
type health struct {
	logger       *slog.Logger
	mu           sync.Mutex
	state        string
	lastError    string
	events       int // taken since the last look
	rate         float64
	measure      measure
	tried        time.Time // when it was last measured, or tried
	unknown      error     // why it is not known where log and tables are
	rebuildAt    time.Time
	rebuildTo    eventstore.Position
	filling      *FillStatus
	verification *VerificationStatus
	rebuildError string
}

// measure is where log and tables were at one moment. The position was read before the head, so that the lag is never
// less than it was.
type measure struct {
	at       time.Time
	position eventstore.Position
	head     eventstore.Position
	lag      int
	lagS     float64
	filling  *FillStatus // as another process that keeps the tables wrote it down
}

// staleAfter is how old a measure may be that is told without saying so.
const staleAfter = 5 * time.Second

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
	return h.state == stateStopped || h.state == stateLogChanged
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
	ctx, cancel := context.WithTimeout(ctx, staleAfter)
	defer cancel()
	e.health.set(func() { e.health.tried = time.Now() })
	m, err := e.measured(ctx)
	if err != nil && ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return
	}
	e.health.set(func() {
		if e.health.unknown = err; err == nil {
			e.health.measure = m
		}
	})
}

func (e *Engine) measured(ctx context.Context) (m measure, err error) {
	m.at = time.Now()
	position, leading, _ := e.progress.get()
	if !leading {
		if position, m.filling, err = e.stored(ctx); err != nil {
			return m, err
		}
	}
	if m.head, err = e.config.Store.Head(ctx); err != nil {
		return m, fmt.Errorf("find the end of the log: %w", err)
	}
	if m.position = position; m.head <= position {
		m.head = position
		return m, nil
	}
	if m.lag, err = e.config.Store.Distance(ctx, position, maxLag); err != nil {
		return m, fmt.Errorf("measure the lag: %w", err)
	}
	for r, err := range e.config.Store.ReadAll(ctx, position) {
		if err != nil {
			return m, fmt.Errorf("measure the lag: %w", err)
		}
		m.lagS = max(0, time.Since(r.RecordedAt).Seconds())
		break
	}
	return m, nil
}

// stored reads how far the tables are that another process keeps.
func (e *Engine) stored(ctx context.Context) (eventstore.Position, *FillStatus, error) {
	e.looking.Lock()
	defer e.looking.Unlock()
	if e.looker == nil || e.looker.IsClosed() {
		conn, err := connect(ctx, e.config.DatabaseURL, liveSchema)
		if err != nil {
			return 0, nil, err
		}
		e.looker = conn
	}
	var position int64
	var f fill
	var since *time.Time
	var entries int
	err := e.looker.QueryRow(ctx, `SELECT position, base, done, total, since, (SELECT count(*) FROM projection_timeline)
		FROM projection_checkpoint, projection_fill`).Scan(&position, &f.base, &f.done, &f.total, &since, &entries)
	if err != nil {
		return 0, nil, fmt.Errorf("read how far the read models are: %w", err)
	}
	if since != nil {
		f.since = *since
	}
	return eventstore.Position(position), f.status(entries), nil
}

// maxLag is the most events that are counted as lag where counting means reading.
const maxLag = 100_000

// writeHealth writes the row behind projection_status: what was measured, as one. Between pages only: a page is not kept
// waiting, and a row that was not written for a while says itself that nothing is known.
func (e *Engine) writeHealth(ctx context.Context) {
	if !e.mu.TryLock() {
		return
	}
	defer e.mu.Unlock()
	if e.session == nil || e.held.Err() != nil {
		return
	}
	s := e.known()
	_, err := e.session.Exec(ctx, `INSERT INTO projection_health
		(position, head, lag_events, lag_seconds, events_per_second, state, last_error, measured_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, now() - make_interval(secs => $8), now())
		ON CONFLICT (one) DO UPDATE SET position = EXCLUDED.position, head = EXCLUDED.head,
		lag_events = EXCLUDED.lag_events, lag_seconds = EXCLUDED.lag_seconds,
		events_per_second = EXCLUDED.events_per_second, state = EXCLUDED.state,
		last_error = EXCLUDED.last_error, measured_at = EXCLUDED.measured_at, updated_at = EXCLUDED.updated_at`,
		s.Position, s.Head, s.LagEvents, s.LagSeconds, s.Rate, s.State, s.LastError, s.AgeSeconds)
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

// known is Status as it was measured last; where that is too long ago, or failed, the lag is not known.
func (e *Engine) known() Status {
	_, leading, _ := e.progress.get()
	h := &e.health
	h.mu.Lock()
	defer h.mu.Unlock()
	m := h.measure
	age := time.Since(m.at)
	s := Status{Position: int64(m.position), Head: int64(m.head), Rate: h.rate, State: h.state,
		LastError: optional(h.lastError), RebuildError: optional(h.rebuildError), UpdatedAt: m.at}
	if !m.at.IsZero() {
		s.AgeSeconds = age.Seconds()
	}
	if s.Filling = h.filling; !leading {
		s.Filling = m.filling
	}
	if !leading && s.State == stateLive {
		s.State = stateStandby
	}
	if !h.rebuildAt.IsZero() {
		s.Rebuild = &RebuildStatus{Position: int64(h.rebuildTo), Head: int64(m.head), StartedAt: h.rebuildAt}
		if s.State == stateLive {
			s.State = stateRebuilding
		}
	}
	switch {
	case h.unknown != nil || age > staleAfter:
		if s.LastError == nil && h.unknown != nil {
			s.LastError = optional(h.unknown.Error())
		}
		if s.State != stateStopped && s.State != stateLogChanged {
			s.State = stateUnknown
			if h.state == stateUnavailable {
				s.State = stateUnavailable
			}
		}
	default:
		lag, lagS := int64(m.lag), m.lagS
		s.LagEvents, s.LagSeconds = &lag, &lagS
		if s.State == stateLive && m.lag > 0 {
			s.State = stateCatchingUp
		}
	}
	return s
}

// scraped is Status as it is now, measured once for all that is scraped together.
func (e *Engine) scraped() Status {
	var due bool
	e.health.set(func() { due = time.Since(e.health.tried) > 100*time.Millisecond })
	if due {
		e.measure(context.Background())
	}
	return e.known()
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
			func() float64 { return value(e.scraped()) })
	}
	r.MustRegister(m.events, m.seconds,
		gauge("rapport_projection_position", "Log position up to which the read models are.",
			func(s Status) float64 { return float64(s.Position) }),
		gauge("rapport_projection_lag_events", "Events of the log that are not in the read models yet.",
			func(s Status) float64 { return orNaN(s.LagEvents) }),
		gauge("rapport_projection_lag_seconds", "Age of the oldest event that is not in the read models yet.",
			func(s Status) float64 { return orNaN(s.LagSeconds) }),
		gauge("rapport_projection_status_age_seconds", "Age of what is told of position and lag, which is NaN when it is not known.",
			func(s Status) float64 { return s.AgeSeconds }))
	return m
}

// orNaN returns NaN for what is not known.
func orNaN[N int64 | float64](n *N) float64 {
	if n == nil {
		return math.NaN()
	}
	return float64(*n)
}

func (m *metrics) page(events int, took time.Duration) {
	m.events.Add(float64(events))
	m.seconds.Observe(took.Seconds())
}
