package face

import (
	"context"

	"github.com/rapport-crm/rapport/eventstore"
)

// subscribe answers what is in the log, and then each event as it comes, until the client or the server ends
// it. A filtered subscription also gets checkpoints, so that a client that wants few events can begin anew
// without reading the others again: at the intervals that it asked for, and when it has caught up.
func (s *streamsService) subscribe(ctx context.Context, src source, wanted filter, out answers) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stop := context.AfterFunc(s.closing, func() { cancel(errClosing) })
	defer stop()

	err := s.deliver(ctx, src, wanted, out)
	if context.Cause(ctx) == errClosing {
		return errClosing
	}
	return err
}

func (s *streamsService) deliver(ctx context.Context, src source, wanted filter, out answers) error {
	state, err := src.state(ctx)
	if err != nil {
		return err
	}
	next, err := src.firstAfter(ctx, state)
	if err != nil {
		return err
	}
	if err := out.confirmation(); err != nil {
		return err
	}
	sub := subscription{wanted: wanted, out: out, mayLag: s.mayLag}
	for {
		// This is looked up before the events are read: what comes after them is beyond it, and ends the wait
		// at once.
		seen, err := src.seen(ctx, next)
		if err != nil {
			return err
		}
		for r, err := range src.events(ctx, next, false) {
			if err != nil {
				return err
			}
			if err := sub.take(r); err != nil {
				return err
			}
			next = src.after(r)
		}
		state, err := src.state(ctx)
		if err != nil {
			return err
		}
		if state.Exists { // until then, EventStoreDB does not tell that there is nothing more
			if err := sub.reachedEnd(); err != nil {
				return err
			}
		}
		if err := s.log.Wait(ctx, seen); err != nil {
			return err
		}
	}
}

// subscription is what a client has been told so far.
type subscription struct {
	wanted filter
	out    answers
	mayLag int
	live   bool                // it was told that it caught up, and not since that it fell behind
	lag    int                 // events taken since the end of the log was last reached
	passed uint64              // events since the last checkpoint
	last   eventstore.Position // of the newest event
}

// take sends an event if it is wanted, and counts it, wanted or not, for the notices.
func (sub *subscription) take(r eventstore.Record) error {
	sub.lag, sub.passed, sub.last = sub.lag+1, sub.passed+1, r.Position
	if sub.live && sub.lag > sub.mayLag {
		sub.live = false
		if err := sub.out.fellBehind(); err != nil {
			return err
		}
	}
	if sub.wanted.has(r) {
		if err := sub.out.event(r); err != nil {
			return err
		}
	}
	if sub.passed >= sub.wanted.checkpointEvery {
		return sub.checkpoint()
	}
	return nil
}

// reachedEnd tells, unless it was told, that there is nothing more for now.
func (sub *subscription) reachedEnd() error {
	sub.lag = 0
	if sub.live {
		return nil
	}
	sub.live = true
	if err := sub.checkpoint(); err != nil {
		return err
	}
	return sub.out.caughtUp()
}

// checkpoint tells a filtered subscription how far it is, if that is news.
func (sub *subscription) checkpoint() error {
	if sub.wanted.all() || sub.passed == 0 {
		return nil
	}
	sub.passed = 0
	return sub.out.checkpoint(sub.last)
}
