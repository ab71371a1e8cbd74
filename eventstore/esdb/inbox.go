package esdb

import (
	"sync"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/eventstore"
)

// inbox stands between a subscription, which brings one event at a time, and a reader, who takes pages of
// whatever has come. It holds at most one page, and little more than pageBytes; then the subscription waits.
type inbox struct {
	max int

	mu      sync.Mutex
	changed sync.Cond
	page    eventstore.Page // what has come; CaughtUp is how the server sees it
	bytes   int
	notice  bool  // the server has just told that there is nothing more
	waiting bool  // an event has come that does not fit
	err     error // why nothing more comes
	left    bool  // nobody takes anything any more
	filled  chan struct{}
}

func newInbox(max int, next eventstore.Position) *inbox {
	in := &inbox{max: max, filled: make(chan struct{})}
	in.changed.L = &in.mu
	in.page.Next = next
	return in
}

// fill puts in what the subscription brings, until it ends.
func (in *inbox) fill(sub *client.Subscription) {
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
		for !in.left && (len(in.page.Records) >= in.max || in.bytes >= pageBytes) {
			in.waiting = true
			in.changed.Wait()
		}
		in.waiting = false
		if r.Position <= in.page.Next {
			return
		}
		in.page.Records = append(in.page.Records, r)
		in.page.Next = r.Position
		in.bytes += len(r.Data) + len(r.Metadata)
	case e.CheckPointReached != nil:
		in.page.Next = max(in.page.Next, eventstore.Position(e.CheckPointReached.Commit))
	case e.CaughtUp != nil:
		// What came before is taken first, so that the notice is a page of its own.
		for !in.left && len(in.page.Records) > 0 {
			in.changed.Wait()
		}
		in.page.CaughtUp, in.notice = true, true
	case e.FellBehind != nil:
		in.page.CaughtUp = false
	case e.SubscriptionDropped != nil:
		in.err = e.SubscriptionDropped.Error
	}
}

// take waits for something and answers it: events, the notice that there are no more, or, once everything
// was taken, why nothing more comes. Whatever it is, Next is the place to go on from.
func (in *inbox) take() (eventstore.Page, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for len(in.page.Records) == 0 && !in.notice && in.err == nil {
		in.changed.Wait()
	}
	defer in.changed.Broadcast()
	page := in.page
	page.CaughtUp = page.CaughtUp && !in.waiting
	in.page.Records, in.bytes = nil, 0
	if len(page.Records) > 0 || in.notice {
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
