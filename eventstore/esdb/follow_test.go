package esdb

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/eventstore"
)

// Fault: a subscription ends with its connection, and does not resume. Guard: it is taken again from the last
// position (Follow).
func TestFollowResumesWithoutGapOrDuplicate(t *testing.T) {
	log, server := serve(t)
	w := newWire(t, server)
	s := open(t, w.address, Options{BackoffMin: time.Millisecond, BackoffMax: 10 * time.Millisecond})
	const most, cuts, between = 7, 20, 50
	var writing sync.WaitGroup
	defer writing.Wait()
	writing.Go(func() {
		for i := range cuts * between {
			if _, err := log.Append(t.Context(), "shop", eventstore.Any, sold(1)); err != nil {
				t.Errorf("event %d: %v", i, err)
			}
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var last eventstore.Position // the face's positions have no gaps
	for page, err := range s.Follow(ctx, 0, most) {
		if err != nil {
			t.Fatalf("after position %d: %v", last, err)
		}
		if len(page.Records) > most || len(page.Records) == 0 && !page.CaughtUp {
			t.Errorf("a page of %d events, caught up: %t", len(page.Records), page.CaughtUp)
		}
		before := last
		for _, r := range page.Records {
			if r.Position != last+1 {
				t.Fatalf("position %d came after %d", r.Position, last)
			}
			last = r.Position
		}
		if page.Next < last {
			t.Errorf("go on from %d, after position %d", page.Next, last)
		}
		if last == cuts*between {
			break
		}
		if last/between > before/between {
			w.become(cut)
			w.become(whole)
		}
	}
}

// It resumes even when the server is away for long, and only says that it caught up when there was news.
func TestFollowWaitsForTheServer(t *testing.T) {
	log, server := serve(t)
	w := newWire(t, server)
	w.become(cut)
	s := open(t, w.address, Options{BackoffMin: time.Millisecond, BackoffMax: time.Millisecond})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	pages := make(chan eventstore.Page, 100)
	ended := make(chan error, 1)
	go func() {
		for page, err := range s.Follow(ctx, 0, 10) {
			if err != nil {
				ended <- err
				break
			}
			pages <- page
		}
	}()
	next := func() eventstore.Page {
		t.Helper()
		return within(t, "waiting for a page", func() eventstore.Page { return <-pages })
	}
	arrivals(t, w, 3)
	w.become(whole)
	if page := next(); len(page.Records) != 0 || !page.CaughtUp {
		t.Errorf("%+v, want to be caught up with nothing", page)
	}
	w.become(cut)
	arrivals(t, w, 3)
	if _, err := log.Append(ctx, "shop", eventstore.Any, sold(1)); err != nil {
		t.Fatal(err)
	}
	w.become(whole)
	if page := next(); len(page.Records) != 1 || page.Next != 1 {
		t.Errorf("%+v, want the event", page)
	}
	if page := next(); len(page.Records) != 0 || !page.CaughtUp {
		t.Errorf("%+v, want to be caught up again", page)
	}
	within(t, "Close", s.Close)
	if err := <-ended; !errors.Is(err, eventstore.ErrClosed) {
		t.Errorf("it ended with %v, want ErrClosed", err)
	}
}

// arrivals waits until clients have tried to connect that many times.
func arrivals(t *testing.T, w *wire, n int) {
	t.Helper()
	select { // what came before does not count
	case <-w.arrivals:
	default:
	}
	for range n {
		within(t, "waiting for an attempt to connect", func() struct{} { return <-w.arrivals })
	}
}

func TestInbox(t *testing.T) {
	appeared := func(position uint64) *client.SubscriptionEvent {
		return &client.SubscriptionEvent{EventAppeared: &client.ResolvedEvent{
			Event: &client.RecordedEvent{Position: client.Position{Commit: position}}}}
	}
	caughtUp := &client.SubscriptionEvent{CaughtUp: &client.Subscription{}}
	fellBehind := &client.SubscriptionEvent{FellBehind: &client.Subscription{}}
	dropped := &client.SubscriptionEvent{SubscriptionDropped: &client.SubscriptionDropped{Error: errBusy}}
	checkpoint := func(position uint64) *client.SubscriptionEvent {
		return &client.SubscriptionEvent{CheckPointReached: &client.Position{Commit: position}}
	}
	type want struct {
		n        int
		next     eventstore.Position
		caughtUp bool
		err      error
	}
	for name, c := range map[string]struct {
		brought []*client.SubscriptionEvent
		taken   []want
	}{
		"what is there makes a page": {
			[]*client.SubscriptionEvent{appeared(11), appeared(15)}, []want{{2, 15, false, nil}}},
		"what was seen does not come again": {
			[]*client.SubscriptionEvent{appeared(9), appeared(10), appeared(11)}, []want{{1, 11, false, nil}}},
		"checkpoints move on": {
			[]*client.SubscriptionEvent{appeared(11), checkpoint(40), checkpoint(30)}, []want{{1, 40, false, nil}}},
		"having caught up is told once": {
			[]*client.SubscriptionEvent{checkpoint(20), caughtUp, dropped},
			[]want{{0, 20, true, nil}, {0, 20, false, errBusy}}},
		"what comes live is all there is": {
			[]*client.SubscriptionEvent{caughtUp, appeared(11)}, []want{{0, 10, true, nil}, {1, 11, true, nil}}},
		"a page is cut short, and having caught up is a page of its own": {
			[]*client.SubscriptionEvent{appeared(11), caughtUp, dropped},
			[]want{{1, 11, false, nil}, {0, 11, true, nil}, {0, 11, false, errBusy}}},
		"what does not fit makes another page": {
			[]*client.SubscriptionEvent{caughtUp, appeared(11), appeared(12), appeared(13), appeared(14), dropped},
			[]want{{0, 10, true, nil}, {3, 13, false, nil}, {1, 14, true, nil}}},
		"who falls behind has not caught up": {
			[]*client.SubscriptionEvent{caughtUp, fellBehind, appeared(11), dropped},
			[]want{{0, 10, true, nil}, {1, 11, false, nil}, {0, 11, false, errBusy}}},
		"what came before the end is taken first": {
			[]*client.SubscriptionEvent{appeared(11), dropped}, []want{{1, 11, false, nil}, {0, 11, false, errBusy}}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				in := newInbox(3, 10)
				go func() {
					for _, e := range c.brought {
						in.put(e)
					}
				}()
				for i, w := range c.taken {
					synctest.Wait() // until the inbox takes no more
					page, err := in.take()
					if got := (want{len(page.Records), page.Next, page.CaughtUp, err}); got != w {
						t.Errorf("page %d: %+v, want %+v", i, got, w)
					}
				}
			})
		})
	}
}
