package projections

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// subscriber is a Watermill subscriber whose messages are pages of the log. The next page is read and
// decoded while the one before is written.
type subscriber struct {
	store    eventstore.Store
	codec    *eventstore.Codec
	pageSize int
	// unreadable learns that the log cannot be read; it will be tried again.
	unreadable func(error)
	// from answers the checkpoint to read from; it waits until there is one, and fails only when ctx ends.
	from func(context.Context) (eventstore.Position, error)

	closing context.Context
	close   context.CancelFunc
	running sync.WaitGroup
}

// readPage is a page on its way to the handler.
type readPage struct {
	after, next eventstore.Position
	events      []decoded
	caughtUp    bool
}

type pageKey struct{}

// pageOf answers the page that a message carries.
func pageOf(m *message.Message) readPage { return m.Context().Value(pageKey{}).(readPage) }

func newSubscriber(s *subscriber) *subscriber {
	s.closing, s.close = context.WithCancel(context.Background())
	return s
}

// Subscribe delivers the log from the checkpoint on; the topic does not matter. A page that is not
// acknowledged is delivered again, or what follows the checkpoint if that is somewhere else by then.
func (s *subscriber) Subscribe(ctx context.Context, _ string) (<-chan *message.Message, error) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(s.closing, cancel)
	out := make(chan *message.Message)
	s.running.Go(func() {
		defer stop()
		defer cancel()
		defer close(out)
		for ctx.Err() == nil {
			after, err := s.from(ctx)
			if err != nil {
				return // only because ctx ended
			}
			s.deliver(ctx, after, out)
		}
	})
	return out, nil
}

// Close ends all subscriptions.
func (s *subscriber) Close() error {
	s.close()
	s.running.Wait()
	return nil
}

// deliver sends pages until one is refused and the checkpoint is not where that page begins.
func (s *subscriber) deliver(ctx context.Context, after eventstore.Position, out chan<- *message.Message) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pages := make(chan readPage, 1)
	var reading sync.WaitGroup
	reading.Go(func() { s.read(ctx, after, pages) })
	defer reading.Wait()
	defer cancel()
	for page := range pages {
		for attempt := 0; !s.send(ctx, page, out); attempt++ {
			pause(ctx, min(100*time.Millisecond<<min(attempt, 10), 5*time.Second))
			checkpoint, err := s.from(ctx)
			if err != nil || checkpoint != page.after {
				return
			}
		}
	}
}

// read turns the log into pages.
func (s *subscriber) read(ctx context.Context, after eventstore.Position, pages chan<- readPage) {
	defer close(pages)
	for page, err := range s.store.Follow(ctx, after, s.pageSize) {
		var events []decoded
		if err == nil {
			events, err = decodePage(ctx, s.codec, page.Records)
		}
		if err != nil {
			if ctx.Err() == nil && !errors.Is(err, eventstore.ErrClosed) {
				s.unreadable(err)
				pause(ctx, time.Second)
			}
			return
		}
		if page.Next < after {
			page.Next = after
		}
		select {
		case pages <- readPage{after: after, next: page.Next, events: events, caughtUp: page.CaughtUp}:
		case <-ctx.Done():
			return
		}
		after = page.Next
		if n := len(page.Records); n < s.pageSize {
			// A page costs about as much as fifty events: where many come, let some more come together.
			pause(ctx, min(time.Duration(n)*gathering, gatheringMost))
		}
	}
}

// gathering is how long a page that is not full makes the next one wait, for each of its events: nothing worth
// mentioning where events are few, and longer pages where they are many.
const (
	gathering     = 200 * time.Microsecond
	gatheringMost = 20 * time.Millisecond
)

// send delivers a page and tells whether it was acknowledged.
func (s *subscriber) send(ctx context.Context, page readPage, out chan<- *message.Message) bool {
	m := message.NewMessage(uuid.NewString(), nil)
	m.Metadata.Set("after", strconv.FormatUint(uint64(page.after), 10))
	m.Metadata.Set("next", strconv.FormatUint(uint64(page.next), 10))
	m.SetContext(context.WithValue(ctx, pageKey{}, page))
	select {
	case out <- m:
	case <-ctx.Done():
		return false
	}
	select {
	case <-m.Acked():
		return true
	case <-m.Nacked():
		return false
	case <-ctx.Done():
		return false
	}
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
