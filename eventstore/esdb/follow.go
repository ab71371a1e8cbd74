package esdb

import (
	"context"
	"iter"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/eventstore"
)

// following is what is being done, in errors.
const following = "follow the log"

// The server looks at that many events, wanted or not, between two checkpoints.
const checkpointEvents = 1000

// Follow reads the log in pages, from a subscription that it takes again whenever it ends. The place to
// resume from is what was yielded last, so nothing is missed and nothing comes twice.
func (s *Store) Follow(ctx context.Context, after eventstore.Position,
	most int) iter.Seq2[eventstore.Page, error] {
	return func(yield func(eventstore.Page, error) bool) {
		f := follower{store: s, most: max(most, 1), next: after, yield: yield}
		for pause := s.options.BackoffMin; ; pause = min(2*pause, s.options.BackoffMax) {
			heard, err := f.follow(ctx)
			if f.stopped {
				return
			}
			if heard {
				pause = s.options.BackoffMin
			}
			f.interrupted(ctx, err, pause)
			if err := s.wait(ctx, pause); err != nil {
				yield(eventstore.Page{Next: f.next}, err)
				return
			}
		}
	}
}

// wait fails when the context or the store ends before the pause does.
func (s *Store) wait(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-s.life.Done():
	case <-timer.C:
	}
	return s.ended(ctx, following)
}

// follower is a reader of the log, across the subscriptions that it takes.
type follower struct {
	store    *Store
	most     int
	yield    func(eventstore.Page, error) bool
	next     eventstore.Position
	caughtUp bool // what the reader was told last
	stopped  bool // the reader wants no more
	troubled bool // an interruption was logged, and its end was not
}

// follow yields what one subscription brings until it ends, and tells whether it brought anything.
func (f *follower) follow(ctx context.Context) (heard bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(f.store.life, cancel)()
	sub, err := f.store.subscribe(ctx, cancel, f.next)
	if err != nil {
		return false, err
	}
	in := newInbox(f.most, f.next)
	go in.fill(sub)
	defer func() { cancel(); in.leave() }()
	for {
		page, err := in.take()
		f.next = page.Next
		if err != nil {
			return heard, err
		}
		heard = true
		f.resumed()
		if len(page.Records) == 0 && f.caughtUp {
			continue // a subscription that was taken again had nothing new
		}
		f.caughtUp = page.CaughtUp
		if f.stopped = !f.yield(page, nil); f.stopped {
			return heard, nil
		}
	}
}

// subscribe takes a subscription that lives until ctx ends, whereas the call that opens it has a timeout.
func (s *Store) subscribe(ctx context.Context, cancel context.CancelFunc,
	after eventstore.Position) (*client.Subscription, error) {
	o := client.SubscribeToAllOptions{From: place(after), Filter: client.ExcludeSystemEventsFilter(),
		MaxSearchWindow: checkpointEvents, CheckpointInterval: 1}
	return call(ctx, s, following, func(opening context.Context, c *client.Client) (*client.Subscription, error) {
		defer context.AfterFunc(opening, cancel)()
		return c.SubscribeToAll(ctx, o)
	})
}

// interrupted and resumed log the beginning and the end of an outage, once each.
func (f *follower) interrupted(ctx context.Context, err error, pause time.Duration) {
	if f.troubled || f.store.ended(ctx, following) != nil {
		return
	}
	f.troubled = true
	f.store.options.Logger.Warn("following the event store was interrupted", "position", f.next, "error", err,
		"retry_in", pause)
}

func (f *follower) resumed() {
	if f.troubled {
		f.troubled = false
		f.store.options.Logger.Info("following the event store again", "position", f.next)
	}
}
