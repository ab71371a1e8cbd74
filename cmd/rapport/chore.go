package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/projections"
)

// chore is what the engine does by itself when the tables tell that it is due. They are asked only when they hold all of
// the log, so they know what was done before: a restart repeats nothing.
type chore struct {
	what  string        // for a sentence
	pause time.Duration // between two looks at what is due, at least
	// look does some of what is due. It answers whether that was all, and how long it took to find it.
	look func(context.Context) (all bool, found time.Duration, err error)
}

const (
	choreTime   = time.Minute // of one look, and what it finds
	choreAtOnce = 500         // things that are done between two looks
)

// attend does a chore whenever the log has grown, as long as ctx lasts.
func (s *server) attend(ctx context.Context, c chore, logger *slog.Logger) {
	var done eventstore.Position // all that was due by then
	for ctx.Err() == nil {
		if err := s.reader.WaitFor(ctx, done+1); err != nil {
			return // ctx ended
		}
		head, all, found, err := s.lookOnce(ctx, c)
		if all {
			done = head
		}
		// While the tables cannot be read, or follow a long import, the engine says so already.
		if err != nil && !errors.Is(err, projections.ErrUnavailable) && !errors.Is(err, projections.ErrBehind) && ctx.Err() == nil {
			logger.Warn(c.what, "error", err)
		}
		// Looking takes a tenth of the time at most, however much there is to look through.
		select {
		case <-time.After(max(c.pause, 10*found)):
		case <-ctx.Done():
		}
	}
}

// lookOnce does some of a chore that is due by head.
func (s *server) lookOnce(ctx context.Context, c chore) (head eventstore.Position, all bool, found time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, choreTime)
	defer cancel()
	if head, err = s.store.Head(ctx); err != nil {
		return head, false, 0, err
	}
	if err = s.reader.WaitFor(ctx, head); err != nil {
		return head, false, 0, err
	}
	all, found, err = c.look(ctx)
	return head, all && err == nil, found, err
}

// together handles a command for each, some at once. It answers what was refused, each at its index.
func together[T any](ctx context.Context, each []T, handle func(context.Context, T) error) ([]*domain.Rejection, error) {
	refused := make([]*domain.Rejection, len(each))
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(16)
	for i, one := range each {
		all.Go(func() error {
			err := handle(ctx, one)
			if errors.As(err, &refused[i]) {
				return nil
			}
			return err
		})
	}
	return refused, all.Wait()
}
