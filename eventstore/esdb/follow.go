package esdb

import (
	"context"
	"errors"
	"iter"
	"strings"
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
			if !errors.Is(err, eventstore.ErrChanged) {
				f.interrupted(ctx, err)
				err = s.wait(ctx, pause)
			}
			if err != nil {
				yield(eventstore.Page{Next: f.next}, err)
				return
			}
		}
	}
}

// Curtailed yields the streams whose metadata was set once, and those that were deleted for ever. The server finds their
// events.
func (s *Store) Curtailed(ctx context.Context) iter.Seq2[string, error] {
	const what = "find the streams that may hide events"
	const metadata, tombstone = "$metadata", "$streamDeleted"
	return func(yield func(string, error) bool) {
		living, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(s.life, cancel)()
		sub, err := s.subscribe(living, cancel, 0,
			&client.SubscriptionFilter{Type: client.EventFilterType, Prefixes: []string{metadata, tombstone}})
		for err == nil {
			switch e := sub.Recv(); {
			case e.CaughtUp != nil:
				return
			case e.SubscriptionDropped != nil:
				err = s.failure(ctx, ctx, what, e.SubscriptionDropped.Error)
			case e.EventAppeared != nil:
				r := record(e.EventAppeared)
				stream, about := strings.CutPrefix(r.Stream, "$$")
				if (about && r.Type == metadata || r.Type == tombstone) && !yield(stream, nil) {
					return
				}
			}
		}
		if ended := s.ended(ctx, what); ended != nil {
			err = ended
		}
		yield("", s.mayReadAll(err))
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
	caughtUp bool      // what the reader was told last
	stopped  bool      // the reader wants no more
	warned   time.Time // when an interruption was logged last
}

// follow yields what one subscription brings until it ends, and tells whether it brought anything.
func (f *follower) follow(ctx context.Context) (heard bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(f.store.life, cancel)()
	if err := f.store.unchanged(ctx); err != nil {
		return false, err
	}
	sub, err := f.store.subscribe(ctx, cancel, f.next, client.ExcludeSystemEventsFilter())
	if err == nil {
		err = f.store.seen.fault() // the connection may have been made just now
	}
	if err != nil {
		return false, f.store.mayReadAll(err)
	}
	in := newInbox(f.most, f.next)
	go in.fill(sub)
	defer func() { cancel(); in.leave() }()
	for {
		page, err := in.take()
		f.next = page.Next
		if err != nil {
			return heard, f.store.dropped(ctx, sub, err)
		}
		heard = true
		f.store.seen.noteAll(page.Records)
		if len(page.Records) == 0 && f.caughtUp {
			continue // a subscription that was taken again had nothing new
		}
		f.caughtUp = page.CaughtUp
		if f.stopped = !f.yield(page, nil); f.stopped {
			return heard, nil
		}
	}
}

// subscription is one of the client's, and the client that it depends on.
type subscription struct {
	*client.Subscription
	client *client.Client
}

// subscribe takes a subscription that lives until ctx ends, whereas the call that opens it has a timeout.
func (s *Store) subscribe(ctx context.Context, cancel context.CancelFunc, after eventstore.Position,
	filter *client.SubscriptionFilter) (subscription, error) {
	o := client.SubscribeToAllOptions{From: place(after), Filter: filter, MaxSearchWindow: checkpointEvents,
		CheckpointInterval: 1}
	return call(ctx, s, following, func(opening context.Context, c *client.Client) (subscription, error) {
		defer context.AfterFunc(opening, cancel)()
		sub, err := c.SubscribeToAll(ctx, o)
		return subscription{sub, c}, err
	})
}

// dropped puts why a subscription ended into the words of the contract. Where its connection was lost, others who use the
// client must not go on by another one that is made behind their backs: the log must be recognized first.
func (s *Store) dropped(ctx context.Context, sub subscription, err error) error {
	if lost(err) {
		s.retireClient(sub.client)
	}
	if says(err, tooSlow) {
		return err
	}
	return s.failure(ctx, ctx, following, err)
}

// tooSlow is what a server says to a subscriber that it will not wait for.
const tooSlow = "too slow"

// interrupted logs why following stopped for now, once a minute, unless that is an outage, which is logged as such, or
// the server only wants to be asked again.
func (f *follower) interrupted(ctx context.Context, err error) {
	switch {
	case f.store.ended(ctx, following) != nil:
	case says(err, tooSlow):
		f.store.options.Logger.Debug("the event store dropped a slow subscription; it is taken again", "position", f.next)
	case !errors.Is(err, eventstore.ErrUnavailable) && time.Since(f.warned) >= remindEvery:
		f.warned = time.Now()
		f.store.options.Logger.Warn("following the event store was interrupted", "position", f.next, "error", err)
	}
}
