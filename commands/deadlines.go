package commands

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
)

// deadlines knows of which customers something falls due, and when, as far as this process has seen their
// states or was told.
type deadlines struct {
	mu       sync.Mutex
	byStream map[string]domain.Day
}

// note notes what falls due by a customer's state. One that is not whole is looked at when the next day is closed.
func (d *deadlines) note(stream string, s *customer.State, whole bool) {
	day, ok := s.Due()
	d.mu.Lock()
	defer d.mu.Unlock()
	if !whole {
		d.set(stream, 0)
		return
	}
	if !ok {
		delete(d.byStream, stream)
		return
	}
	d.set(stream, day)
}

func (d *deadlines) set(stream string, day domain.Day) {
	if d.byStream == nil {
		d.byStream = map[string]domain.Day{}
	}
	d.byStream[stream] = day
}

// settled forgets what was to fall due of a stream by the end of a day. What falls due later stays known.
func (d *deadlines) settled(stream string, by domain.Day) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.byStream[stream] <= by {
		delete(d.byStream, stream)
	}
}

func (d *deadlines) forget(stream string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.byStream, stream)
}

// due answers the first day up to a limit on which something falls due, and for whom.
func (d *deadlines) due(by domain.Day) (day domain.Day, streams []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	day = by
	for _, on := range d.byStream {
		day = min(day, on)
	}
	for stream, on := range d.byStream {
		if on <= day {
			streams = append(streams, stream)
		}
	}
	slices.Sort(streams)
	return day, streams
}

// Expect tells the service that something of a customer falls due at the end of a day, which it cannot know
// of customers whom it did not handle since it started.
func (s *Service) Expect(stream string, day domain.Day) {
	s.deadlines.mu.Lock()
	defer s.deadlines.mu.Unlock()
	if _, known := s.deadlines.byStream[stream]; !known {
		s.deadlines.set(stream, day)
	}
}

// dayClosed turns what fell due by the last closed day into facts, before the closing is answered: what comes
// after finds the day settled. What cannot be recorded now is recorded when the next day is closed, or by
// PassDay.
func (s *Service) dayClosed(ctx context.Context, results []Result) {
	for i := range results {
		if results[i].Err != nil {
			continue
		}
		if err := s.PassDay(ctx); err != nil {
			results[i].Err = err
		}
		return
	}
}

// passAtOnce bounds how many customers are handled at once when a day is over.
const passAtOnce = 64

// PassDay turns what fell due by the last closed day into facts, each as of the end of its own day.
func (s *Service) PassDay(ctx context.Context) error {
	var last calendar.State
	if err := s.Calendar.view(ctx, calendar.Stream, func(c *calendar.State) { last = *c }); err != nil || !last.Closed {
		return err
	}
	zone, err := s.zone(ctx)
	if err != nil {
		return err
	}
	for {
		day, streams := s.deadlines.due(last.Last)
		if len(streams) == 0 {
			return nil
		}
		over := (day + 1).Start(zone).Add(-time.Second)
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(passAtOnce)
		for _, stream := range streams {
			g.Go(func() error {
				m := system()
				m.OccurredAt = over
				answer, err := s.Customers.Handle(ctx, Request[customer.State, customer.Needs]{Stream: stream,
					Command: customer.PassDay{Date: day}, Metadata: m})
				if err == nil && answer.Appended == 0 || errors.Is(err, customer.ErrUnknown) || errors.Is(err, customer.ErrErased) {
					s.deadlines.settled(stream, day) // whoever expected it was mistaken
					return nil
				}
				return err
			})
		}
		if err := g.Wait(); err != nil {
			return errors.Join(errPassDay, err)
		}
	}
}

var errPassDay = errors.New("not everything that fell due could be recorded; it will be when a day is closed again")
