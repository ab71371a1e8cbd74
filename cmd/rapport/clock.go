package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rapport-crm/rapport/domain"
)

// What the clock may do before the calendar is held.
const (
	maxJump     = time.Minute     // by which the wall clock may move against the monotonic one between two looks
	maxApart    = 5 * time.Minute // between our clock, the database's and the newest record's
	steadyAgain = time.Hour       // after which a jump is believed that stays, as one after a machine has slept
	maxDays     = 31              // that are closed at once
	repeatHold  = time.Hour       // between two warnings of the same hold
)

// reading is one look at the clocks. A zero time says nothing.
type reading struct {
	wall      time.Time
	monotonic time.Duration // since some moment
	database  time.Time
	newest    time.Time // when the newest event was recorded
}

// clockGuard decides whether the wall clock may be believed when it says that a day is over: what follows from a closed
// day, such as an erasure by a policy, cannot be taken back. Days that are closed by a person, or an importer, release
// what it holds: somebody has looked.
type clockGuard struct {
	logger *slog.Logger
	gauge  prometheus.Gauge

	believed reading       // the newest one without a jump, by whose offset jumps are seen
	jumped   time.Duration // how far the wall clock is from where it should be; 0: not
	steady   reading       // since when it has not moved any further
	forgiven time.Time     // up to which times of records are known to be of a wrong clock
	closed   *domain.Day   // the last closed day, as it was left

	mu     sync.Mutex
	reason string // why the calendar is held
	warned time.Time
}

func newClockGuard(logger *slog.Logger, r prometheus.Registerer) *clockGuard {
	g := &clockGuard{logger: logger, gauge: prometheus.NewGauge(prometheus.GaugeOpts{Name: "rapport_calendar_held",
		Help: "1 while no day is closed by the clock, since the clock cannot be believed or too many days are due."})}
	if r != nil {
		r.MustRegister(g.gauge)
	}
	return g
}

// apart returns how far the wall clock has moved against the monotonic one from a to b.
func apart(a, b reading) time.Duration { return b.wall.Sub(a.wall) - (b.monotonic - a.monotonic) }

// check returns why no day may be closed; empty where it may. lastClosed is the last closed day, of whoever.
func (g *clockGuard) check(now reading, lastClosed *domain.Day) string {
	released := g.released(lastClosed)
	if g.believed.wall.IsZero() || released {
		g.believe(now)
	}
	if released {
		g.forgiven = now.newest
	}
	switch jump := apart(g.believed, now); {
	case jump.Abs() <= maxJump:
		g.believe(now)
	case g.jumped == 0 || apart(g.steady, now).Abs() > maxJump:
		g.jumped, g.steady = jump, now
	case now.monotonic-g.steady.monotonic >= steadyAgain:
		g.believe(now)
	}
	switch {
	case g.jumped != 0:
		return fmt.Sprintf("the clock has jumped by %v", g.jumped.Round(time.Second))
	case !now.database.IsZero() && now.wall.Sub(now.database).Abs() > maxApart:
		return fmt.Sprintf("the clock is %v from the database's", now.wall.Sub(now.database).Round(time.Second))
	case now.newest.After(now.wall.Add(maxApart)) && now.newest.After(g.forgiven):
		return fmt.Sprintf("the newest event was recorded %v from now", now.newest.Sub(now.wall).Round(time.Second))
	}
	return ""
}

func (g *clockGuard) believe(now reading) { g.believed, g.jumped = now, 0 }

// released reports whether somebody else has closed a day while the calendar was held.
func (g *clockGuard) released(lastClosed *domain.Day) bool {
	before := g.closed
	g.closed = lastClosed
	return g.held() != "" && lastClosed != nil && (before == nil || *before < *lastClosed)
}

func (g *clockGuard) held() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.reason
}

// hold remembers why the calendar is held, or that it is not, and says so when that changes, and each hour.
func (g *clockGuard) hold(reason string, now time.Time, cure string) {
	g.mu.Lock()
	before := g.reason
	again := now.Sub(g.warned).Abs() >= repeatHold
	g.reason = reason
	if reason != "" && (before == "" || again) {
		g.warned = now
	}
	g.mu.Unlock()
	switch {
	case reason == "":
		g.gauge.Set(0)
		if before != "" {
			g.logger.Info("days are closed by the clock again")
		}
		return
	case before == "" || again:
		g.logger.Warn("no day is closed by the clock", "reason", reason, "cure", cure)
	}
	g.gauge.Set(1)
}

const (
	cureClock = "set the clock right; or, if it is right, close yesterday: POST /v1/calendar/days"
	cureDays  = "if so many days have passed, close yesterday, which closes those between: POST /v1/calendar/days"
)

// clocks reads all clocks. One that cannot be read says nothing.
func (s *server) clocks(ctx context.Context, began time.Time) reading {
	now := time.Now()
	r := reading{wall: now.Round(0), monotonic: now.Sub(began)}
	if at, err := databaseTime(ctx, s.databaseURL); err == nil {
		r.database = at.Add(-time.Since(now)) // as of the moment at which we looked
	}
	if log, ok := s.store.(interface {
		NewestRecordedAt(ctx context.Context) (time.Time, error)
	}); ok {
		if at, err := log.NewestRecordedAt(ctx); err == nil {
			r.newest = at
		}
	}
	return r
}

// databaseTime asks the database for its time.
func databaseTime(ctx context.Context, url string) (at time.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return at, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = conn.QueryRow(ctx, "SELECT clock_timestamp()").Scan(&at)
	return at, err
}
