package esdb

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/eventstore"
)

// A server whose database is put back to an earlier copy while the store is open is noticed at the reconnection: nothing
// is appended any more, and who follows is told so. Once the newer log is back, all goes on.
func TestALogThatWentBackIsNoticed(t *testing.T) {
	events := sold(20)
	for name, c := range map[string]struct {
		kept  int // events of the copy that are those of the log
		more  int // others after them
		wants error
	}{
		"the same":                          {20, 0, nil},
		"the same, with more":               {20, 5, nil},
		"a shorter one":                     {12, 0, eventstore.ErrChanged},
		"an empty one":                      {0, 0, eventstore.ErrChanged},
		"a shorter one that grew elsewhere": {12, 30, eventstore.ErrChanged},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, before := serve(t)
			copied, after := serve(t)
			w := newWire(t, before)
			s := open(t, w.address, Options{BackoffMin: time.Millisecond, BackoffMax: 20 * time.Millisecond})
			s.seen.patience, s.seen.lookEvery = 50*time.Millisecond, 10*time.Millisecond
			if _, err := s.Append(t.Context(), "customer-1", eventstore.NoStream, events); err != nil {
				t.Fatal(err)
			}
			for _, some := range [][]eventstore.Proposed{events[:c.kept], sold(c.more)} {
				if len(some) == 0 {
					continue
				}
				if _, err := copied.Append(t.Context(), "customer-1", eventstore.Any, some); err != nil {
					t.Fatal(err)
				}
			}
			ended := followed(t, s, 20)
			moveTo(w, after)
			_, err := s.Append(t.Context(), "customer-1", eventstore.Any, sold(1))
			for errors.Is(err, eventstore.ErrUnavailable) { // the connection that was lost
				_, err = s.Append(t.Context(), "customer-1", eventstore.Any, sold(1))
			}
			if !errors.Is(err, c.wants) || c.wants == nil && err != nil {
				t.Errorf("an append to the copy: %v, want %v", err, c.wants)
			}
			if c.wants == nil {
				return
			}
			if err := within(t, "following", func() error { return <-ended }); !errors.Is(err, eventstore.ErrChanged) {
				t.Errorf("following ended with %v, want ErrChanged", err)
			}
			if n := len(ids(t, s.ReadAll(t.Context(), 0))); n != c.kept+c.more {
				t.Errorf("the copy reads as %d events, want all %d: reading it is no fault", n, c.kept+c.more)
			}
			moveTo(w, before)
			within(t, "the return of the log", func() error {
				for {
					if _, err := s.Append(t.Context(), "customer-1", eventstore.Any, sold(1)); err == nil {
						return nil
					}
				}
			})
		})
	}
}

// The first call after the server came back finds out, too, where nobody follows.
func TestALogThatWentBackIsNoticedByAppends(t *testing.T) {
	_, before := serve(t)
	_, after := serve(t)
	w := newWire(t, before)
	s := open(t, w.address, Options{})
	s.seen.patience = 50 * time.Millisecond
	if _, err := s.Append(t.Context(), "customer-1", eventstore.NoStream, sold(3)); err != nil {
		t.Fatal(err)
	}
	moveTo(w, after)
	var err error
	for err == nil || errors.Is(err, eventstore.ErrUnavailable) {
		if _, err = s.Append(t.Context(), "customer-2", eventstore.Any, sold(1)); err == nil {
			t.Fatal("an append to a log that went back was taken")
		}
	}
	if !errors.Is(err, eventstore.ErrChanged) {
		t.Errorf("%v, want ErrChanged", err)
	}
}

// What others have in the log may be removed by them: it is no sign that the log went back.
func TestOnlyOwnedStreamsAreRecognized(t *testing.T) {
	var s seen
	s.logger = silence
	owned, foreign := eventstore.Record{Stream: "customer-1", Position: 5, ID: sold(1)[0].ID},
		eventstore.Record{Stream: "shop-1", Position: 9, ID: sold(1)[0].ID}
	for _, records := range [][]eventstore.Record{{owned, foreign}, {foreign, owned}, {foreign}, nil} {
		s.noteAll(records)
	}
	if at, id := s.newest(); at != 5 || id != owned.ID {
		t.Errorf("%s at %d is recognized, want the newest of an owned stream", id, at)
	}
}

// moveTo makes a wire lead to another server from now on.
func moveTo(w *wire, server string) {
	w.become(cut)
	w.mu.Lock()
	w.server = server
	w.mu.Unlock()
	w.become(whole)
}

// followed follows the log until it has seen that many events, and answers how following ends after that.
func followed(t *testing.T, s *Store, n int) <-chan error {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	seen, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		count := 0
		for page, err := range s.Follow(ctx, 0, 1000) {
			if err != nil {
				ended <- err
				return
			}
			if count < n && count+len(page.Records) >= n {
				close(seen)
			}
			count += len(page.Records)
		}
	}()
	within(t, "following so far", func() struct{} { return <-seen })
	return ended
}
