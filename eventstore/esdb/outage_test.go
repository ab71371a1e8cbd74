package esdb

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rapport-crm/rapport/eventstore"
)

// An outage is a line when it begins, one a minute, and one when it ends, however many calls fail.
func TestAnOutageIsLoggedOnceAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said lines
		o := outage{logger: slog.New(slog.NewTextHandler(&said, nil)), now: time.Now}
		fail := func(d time.Duration) {
			for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
				o.down(errBusy)
			}
		}
		for _, step := range []struct {
			do   func()
			says []string
		}{
			{func() { o.up(); o.up() }, nil},
			{func() { fail(10 * time.Second) }, []string{"does not answer"}},
			{func() { fail(50 * time.Second) }, nil},
			{func() { fail(70 * time.Second) }, []string{"still does not answer", "still does not answer"}},
			{func() { o.up(); o.up() }, []string{"answers again"}},
			{func() { fail(time.Second); o.up() }, nil}, // it was told of within the minute
			{func() { time.Sleep(2 * time.Minute); fail(time.Second); o.up() }, []string{"does not answer", "answers again"}},
		} {
			step.do()
			got := said.taken()
			if len(got) != len(step.says) {
				t.Fatalf("%d lines, want %d: %s", len(got), len(step.says), got)
			}
			for i, line := range got {
				if !strings.Contains(line, step.says[i]) || !strings.Contains(line, "level=WARN") {
					t.Errorf("%q does not say %q", line, step.says[i])
				}
			}
		}
	})
}

// The store counts the calls of all who use it and those who follow, and says no more than that.
func TestAnOutageOfTheServerIsTwoLines(t *testing.T) {
	log, server := serve(t)
	w := newWire(t, server)
	var said lines
	s, err := Open("esdb://"+w.address+"?tls=false&discoveryInterval=5", Options{BackoffMin: time.Millisecond,
		BackoffMax: 5 * time.Millisecond, Logger: slog.New(slog.NewTextHandler(&said, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := log.Append(t.Context(), "customer-1", eventstore.NoStream, sold(1)); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		followed(t, s, 1)
	}
	w.become(cut)
	arrivals(t, w, 20)
	for range 20 {
		if _, err := s.Head(t.Context()); !errors.Is(err, eventstore.ErrUnavailable) {
			t.Errorf("%v, want ErrUnavailable", err)
		}
	}
	w.become(whole)
	within(t, "the return of the server", func() error {
		for {
			if _, err := s.Head(t.Context()); err == nil {
				return nil
			}
		}
	})
	got := said.taken()
	if len(got) != 2 || !strings.Contains(got[0], "does not answer") || !strings.Contains(got[1], "answers again") {
		t.Errorf("%d lines, want that the server went and that it is back:\n%s", len(got), strings.Join(got, "\n"))
	}
}

// A read that has begun bears with an outage, and loses and repeats nothing.
func TestLongReadsResume(t *testing.T) {
	log, server := serve(t)
	w := newWire(t, server)
	s := open(t, w.address, Options{BackoffMin: time.Millisecond, BackoffMax: 5 * time.Millisecond})
	events := sold(4*pageEvents + 7)
	for i := range events {
		if _, err := log.Append(t.Context(), "customer-1", eventstore.Any, events[i:i+1]); err != nil {
			t.Fatal(err)
		}
	}
	for name, read := range map[string]func(func(eventstore.Record, error) bool){
		"ReadStream": s.ReadStream(t.Context(), "customer-1", 0), "ReadAll": s.ReadAll(t.Context(), 0),
	} {
		n := 0
		for r, err := range read {
			if err != nil {
				t.Fatalf("%s: after %d events: %v", name, n, err)
			}
			if r.ID != events[n].ID {
				t.Fatalf("%s: event %d is another one", name, n)
			}
			if n++; n%pageEvents == 10 {
				w.become(cut)
				mending := time.AfterFunc(20*time.Millisecond, func() { w.become(whole) })
				defer mending.Stop()
			}
		}
		if n != len(events) {
			t.Errorf("%s: %d events, want %d", name, n, len(events))
		}
	}
}

// It does not bear for ever, and a read that has not begun fails at once.
func TestReadsGiveUp(t *testing.T) {
	log, server := serve(t)
	w := newWire(t, server)
	s := open(t, w.address, Options{BackoffMin: time.Millisecond, BackoffMax: time.Millisecond, ReadPatience: 50 * time.Millisecond})
	for range 2*pageEvents + 1 {
		if _, err := log.Append(t.Context(), "customer-1", eventstore.Any, sold(1)); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	var failed error
	for _, err := range s.ReadAll(t.Context(), 0) {
		if failed = err; err == nil {
			n++
			w.become(cut)
		}
	}
	if !errors.Is(failed, eventstore.ErrUnavailable) || n < pageEvents {
		t.Errorf("after %d events: %v, want ErrUnavailable after a page", n, failed)
	}
	if err := begin(s.ReadAll(t.Context(), 0)); !errors.Is(err, eventstore.ErrUnavailable) {
		t.Errorf("a read of a server that is away: %v, want ErrUnavailable", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	w.become(whole)
	for _, err := range s.ReadAll(ctx, 0) {
		if w.become(cut); err == nil {
			cancel()
			continue
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a read that was given up: %v, want Canceled", err)
		}
	}
	cancel()
}

// lines is what was logged.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

// taken answers the lines since it was last asked.
func (l *lines) taken() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := strings.TrimSpace(l.all.String())
	l.all.Reset()
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
