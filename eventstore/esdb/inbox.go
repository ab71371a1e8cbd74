package esdb

import (
	"sync"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/eventstore"
)

// inbox stands between a subscription, which brings one thing at a time, and a reader, who takes pages of
// whatever has come. It holds at most one page, of little more than pageBytes, or the notice that there is
// no more; then the subscription waits.
type inbox struct {
	most   int           // events in a page
	filled chan struct{} // closed when the subscription has ended

	mu      sync.Mutex
	changed sync.Cond
	records []eventstore.Record
	bytes   int
	next    eventstore.Position
	live    bool  // the server sees the subscription at the end of the log
	notice  bool  // and has just said so
	waiting bool  // an event has come that does not fit
	err     error // why nothing more comes
	left    bool  // nobody takes anything any more
}

func newInbox(most int, next eventstore.Position) *inbox {
	in := &inbox{most: most, next: next, filled: make(chan struct{})}
	in.changed.L = &in.mu
	return in
}

// fill puts in what the subscription brings, until it ends.
func (in *inbox) fill(sub subscription) {
	defer close(in.filled)
	for {
		e := sub.Recv()
		if in.put(e); e.SubscriptionDropped != nil {
			return
		}
	}
}

func (in *inbox) put(e *client.SubscriptionEvent) {
	in.mu.Lock()
	defer in.mu.Unlock()
	defer in.changed.Broadcast()
	switch {
	case e.EventAppeared != nil:
		r := record(e.EventAppeared)
		for !in.left && (in.notice || len(in.records) >= in.most || in.bytes >= pageBytes) {
			in.waiting = true
			in.changed.Wait()
		}
		in.waiting = false
		if r.Position > in.next {
			in.records = append(in.records, r)
			in.next = r.Position
			in.bytes += len(r.Data) + len(r.Metadata)
		}
	case e.CheckPointReached != nil:
		in.next = max(in.next, eventstore.Position(e.CheckPointReached.Commit))
	case e.CaughtUp != nil:
		for !in.left && len(in.records) > 0 {
			in.changed.Wait()
		}
		in.live, in.notice = true, true
	case e.FellBehind != nil:
		in.live = false
	case e.SubscriptionDropped != nil:
		in.err = e.SubscriptionDropped.Error
	}
}

// take waits for something and answers it: events, the notice that there are no more, or, once everything
// was taken, why nothing more comes. Whatever it is, Next is the place to go on from.
func (in *inbox) take() (eventstore.Page, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for len(in.records) == 0 && !in.notice && in.err == nil {
		in.changed.Wait()
	}
	defer in.changed.Broadcast()
	page := eventstore.Page{Records: in.records, Next: in.next}
	switch {
	case len(in.records) > 0:
		page.CaughtUp = in.live && !in.waiting
		in.records, in.bytes = nil, 0
		return page, nil
	case in.notice:
		page.CaughtUp = true
		in.notice = false
		return page, nil
	}
	return page, in.err
}

// leave takes no more, and waits until the subscription, which must have been cancelled, has ended.
func (in *inbox) leave() {
	in.mu.Lock()
	in.left = true
	in.mu.Unlock()
	in.changed.Broadcast()
	<-in.filled
}
