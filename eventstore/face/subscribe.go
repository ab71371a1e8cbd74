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
	defer context.AfterFunc(s.closing, func() { cancel(errClosing) })()

	err := s.deliver(ctx, src, wanted, out)
	if context.Cause(ctx) == errClosing {
		return errClosing
	}
	return err
}

func (s *streamsService) deliver(ctx context.Context, src source, wanted filter, out answers) error {
	if _, err := src.found(ctx); err != nil {
		return err
	}
	next, err := src.firstAfter(ctx)
	if err != nil {
		return err
	}
	if err := out.confirmation(); err != nil {
		return err
	}
	sub := subscription{wanted: wanted, out: out}
	for {
		// The tail is looked up before the page is read: what comes after the page is beyond the tail, and
		// ends the wait at once.
		tail, err := src.tail(ctx)
		if err != nil {
			return err
		}
		page, more, err := src.page(ctx, next, false, s.pageEvents)
		if err != nil {
			return err
		}
		if err := sub.take(page, more); err != nil {
			return err
		}
		if len(page) > 0 {
			next = src.beyond(page[len(page)-1], false)
		}
		if more {
			continue
		}
		if err := s.log.Wait(ctx, tail); err != nil {
			return err
		}
	}
}

// subscription is what a client has been told so far.
type subscription struct {
	wanted filter
	out    answers
	live   bool                // it has been told that it caught up
	passed uint64              // events since the last checkpoint
	last   eventstore.Position // of the newest of these
}

// take sends what is wanted of a page, and the notices. A page that comes with more behind it is more than a
// live subscription could take at once.
func (sub *subscription) take(page []eventstore.Record, more bool) error {
	if more && sub.live {
		sub.live = false
		if err := sub.out.fellBehind(); err != nil {
			return err
		}
	}
	for _, r := range page {
		if sub.wanted.has(r) {
			if err := sub.out.event(r); err != nil {
				return err
			}
		}
		if err := sub.pass(r.Position); err != nil {
			return err
		}
	}
	if more || sub.live {
		return nil
	}
	sub.live = true
	if err := sub.checkpoint(); err != nil {
		return err
	}
	return sub.out.caughtUp()
}

// pass counts an event, wanted or not, for the next checkpoint.
func (sub *subscription) pass(at eventstore.Position) error {
	if sub.wanted.all() {
		return nil
	}
	sub.passed, sub.last = sub.passed+1, at
	if sub.passed < sub.wanted.checkpointEvery {
		return nil
	}
	return sub.checkpoint()
}

func (sub *subscription) checkpoint() error {
	if sub.passed == 0 {
		return nil
	}
	sub.passed = 0
	return sub.out.checkpoint(sub.last)
}
