package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/projections"
)

// clockWorld is a log of a live business, with clocks that a test sets.
type clockWorld struct {
	t       *testing.T
	guard   *clockGuard
	service *commands.Service
	now     reading
	clock   projections.Clock
	log     bytes.Buffer
	metrics *prometheus.Registry
}

// metric returns rapport_calendar_held.
func (w *clockWorld) metric() float64 {
	w.t.Helper()
	families, err := w.metrics.Gather()
	if err != nil || len(families) != 1 {
		w.t.Fatalf("%d metrics, %v", len(families), err)
	}
	return families[0].GetMetric()[0].GetGauge().GetValue()
}

func newClockWorld(t *testing.T) *clockWorld {
	w := &clockWorld{t: t}
	start := time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)
	w.now = reading{wall: start, database: start, newest: start}
	store, err := embedded.Open("/log", embedded.Options{FS: vfs.NewMem(), Now: func() time.Time { return w.now.wall }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	w.service = commands.New(store, eventstore.NewCodec(), commands.Options{Now: func() time.Time { return w.now.wall }})
	w.metrics = prometheus.NewRegistry()
	w.guard = newClockGuard(slog.New(slog.NewTextHandler(&w.log, nil)), w.metrics)
	live := domain.DayOf(start, time.UTC) - 5
	w.clock = projections.Clock{LiveSince: &live, TimeZone: "UTC"}
	return w
}

// pass lets time go by, for all clocks alike.
func (w *clockWorld) pass(d time.Duration) {
	w.now.wall, w.now.database, w.now.newest = w.now.wall.Add(d), w.now.database.Add(d), w.now.newest.Add(d)
	w.now.monotonic += d
}

// jump moves the wall clock alone.
func (w *clockWorld) jump(d time.Duration) { w.now.wall = w.now.wall.Add(d) }

// look is one look of the scheduler. It returns the last closed day.
func (w *clockWorld) look() domain.Day {
	w.t.Helper()
	w.clock.LastClosedOn = w.lastClosed()
	if err := w.guard.closeDue(w.t.Context(), w.service, w.clock, w.now); err != nil {
		w.t.Fatal(err)
	}
	if last := w.lastClosed(); last != nil {
		return *last
	}
	return 0
}

func (w *clockWorld) lastClosed() *domain.Day {
	w.t.Helper()
	newest, ok, err := w.service.Newest(w.t.Context(), calendar.Stream)
	if err != nil {
		w.t.Fatal(err)
	}
	if !ok {
		return nil
	}
	day := newest.Event.(calendar.DayClosed).Date
	return &day
}

func (w *clockWorld) expect(when string, last domain.Day, held string) {
	w.t.Helper()
	if got := w.look(); got != last {
		w.t.Errorf("%s: closed up to %v, want %v", when, got, last)
	}
	if got := w.guard.held(); held == "" && got != "" || !strings.Contains(got, held) {
		w.t.Errorf("%s: held since %q, want %q", when, got, held)
	}
	want := 0.0
	if held != "" {
		want = 1
	}
	if got := w.metric(); got != want {
		w.t.Errorf("%s: the metric says %v", when, got)
	}
}

func (w *clockWorld) yesterday() domain.Day { return domain.DayOf(w.now.wall, time.UTC) - 1 }

// closeByHand is a person's word.
func (w *clockWorld) closeByHand(day domain.Day) {
	w.t.Helper()
	_, err := w.service.Calendar.Handle(w.t.Context(), commands.Request[calendar.State, calendar.Needs]{Stream: calendar.Stream,
		Command: calendar.CloseDay{Date: day}, Metadata: domain.Metadata{Actor: "ann"}})
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestDaysAreClosedAsTheyEnd(t *testing.T) {
	w := newClockWorld(t)
	w.expect("the first look", w.yesterday(), "")
	for range 3 {
		w.pass(24 * time.Hour)
		w.expect("a day later", w.yesterday(), "")
	}
}

// A clock that jumps ahead for a while closes nothing.
func TestClockThatJumpsAhead(t *testing.T) {
	w := newClockWorld(t)
	last := w.look()
	w.pass(20 * time.Second)
	w.jump(550 * 24 * time.Hour)
	w.now.database = w.now.wall // of a private PostgreSQL, on the same machine
	w.expect("after the jump", last, "the clock has jumped by 13200h")
	for range 3 {
		w.pass(20 * time.Second)
		w.expect("while it stands", last, "the clock has jumped")
	}
	if n := strings.Count(w.log.String(), "no day is closed by the clock"); n != 1 {
		t.Errorf("warned %d times", n)
	}
	w.jump(-550 * 24 * time.Hour)
	w.now.database = w.now.wall
	w.expect("when it is right again", last, "")
	w.pass(24 * time.Hour)
	w.expect("the next day", last+1, "")
}

// A machine that slept, or a clock that was set right: after an hour the time is believed.
func TestClockThatStaysWhereItJumped(t *testing.T) {
	w := newClockWorld(t)
	last := w.look()
	w.jump(3 * 24 * time.Hour)
	w.now.database = w.now.wall
	w.expect("after the jump", last, "the clock has jumped by 72h")
	w.pass(30 * time.Minute)
	w.expect("half an hour later", last, "the clock has jumped")
	w.jump(24 * time.Hour) // once more: the hour begins anew
	w.now.database = w.now.wall
	w.pass(40 * time.Minute)
	w.expect("after another jump", last, "the clock has jumped")
	w.pass(61 * time.Minute)
	w.expect("an hour later", w.yesterday(), "")
}

func TestClocksThatDiffer(t *testing.T) {
	w := newClockWorld(t)
	w.now.database = w.now.wall.Add(-10 * 24 * time.Hour)
	w.expect("ten days from the database's", 0, "the clock is 240h0m0s from the database's")
	w.now.database = time.Time{}
	w.expect("without the database's time", w.yesterday(), "")

	w = newClockWorld(t)
	w.now.newest = w.now.wall.Add(48 * time.Hour)
	w.expect("behind the newest record", 0, "the newest event was recorded 48h0m0s from now")
	w.closeByHand(w.yesterday() - 2)
	w.expect("by a person's word", w.yesterday(), "")
	w.now.wall, w.now.monotonic, w.now.database = w.now.wall.Add(24*time.Hour), w.now.monotonic+24*time.Hour, w.now.database.Add(24*time.Hour)
	w.expect("while the newest record stands", w.yesterday(), "")
}

// So many days are a person's to close, whatever the clocks say.
func TestManyDaysAreNotClosedAtOnce(t *testing.T) {
	w := newClockWorld(t)
	last := w.look()
	w.pass(31 * 24 * time.Hour)
	w.expect("after 31 days", last+31, "")
	w.pass(32 * 24 * time.Hour)
	w.expect("after 32 days", last+31, "32 days are due, and no more than 31")
	w.closeByHand(w.yesterday())
	w.expect("by a person's word", last+63, "")
	w.pass(24 * time.Hour)
	w.expect("the next day", last+64, "")
}
