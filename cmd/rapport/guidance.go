package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/projections"
)

const (
	adviceAtOnce = 500 // recommendations between two looks at what is due
	adviceWaits  = 20 * time.Second
)

// guide recommends what guidance says as soon as the tables tell that it is due, as long as ctx lasts. It looks only
// when the tables hold all of the log, so it knows what was recommended before: a restart repeats nothing.
func guide(ctx context.Context, s *server, logger *slog.Logger) {
	g := guides{server: s}
	for ctx.Err() == nil {
		if err := s.reader.WaitFor(ctx, g.seen+1); err != nil {
			return // ctx ended
		}
		err := g.look(ctx)
		// While the tables cannot be read, or follow a long import, the engine says so already.
		if err != nil && !errors.Is(err, projections.ErrUnavailable) && !errors.Is(err, projections.ErrBehind) && ctx.Err() == nil {
			logger.Warn("recommend what guidance says", "error", err)
		}
		// Looking takes a tenth of the time at most, however much there is to look through.
		select {
		case <-time.After(max(100*time.Millisecond, 10*g.took)):
		case <-ctx.Done():
		}
	}
}

// guides is what is remembered between looks.
type guides struct {
	*server
	seen eventstore.Position // all that was due by then is done
	// idle are those who get no advice before the business date moves: there was nothing to suggest, or it was refused.
	idle map[projections.GuidanceDue]struct{}
	on   domain.Day    // the business date of idle
	took time.Duration // to find what is due
}

// advised recommends all that is due, and returns when the tables know it.
func (s *server) advised(ctx context.Context) error {
	g := guides{server: s}
	for {
		if err := g.look(ctx); err != nil {
			return err
		}
		if head, err := s.store.Head(ctx); err != nil || head == g.seen {
			return err
		}
	}
}

// look recommends some of what is due.
func (g *guides) look(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, adviceWaits)
	defer cancel()
	head, err := g.store.Head(ctx)
	if err != nil {
		return err
	}
	if err := g.reader.WaitFor(ctx, head); err != nil {
		return err
	}
	clock, err := g.reader.Clock(ctx)
	if err != nil {
		return err
	}
	if clock.LiveSince == nil || clock.BusinessDate == nil {
		g.seen = head
		return nil
	}
	if g.idle == nil || g.on != *clock.BusinessDate {
		g.idle, g.on = map[projections.GuidanceDue]struct{}{}, *clock.BusinessDate
	}
	began := time.Now()
	due, err := g.reader.GuidanceDue(ctx, g.idle, adviceAtOnce)
	g.took = time.Since(began)
	if err != nil {
		return err
	}
	if err := g.recommend(ctx, due, clock.TimeZone); err != nil {
		return err
	}
	if len(due) < adviceAtOnce {
		g.seen = head
	}
	return nil
}

// recommend issues what is due, but for those to whom there is nothing to suggest.
func (g *guides) recommend(ctx context.Context, due []projections.GuidanceDue, timeZone string) error {
	if len(due) == 0 {
		return nil
	}
	zone, err := time.LoadLocation(timeZone)
	if err != nil {
		return err
	}
	advice, err := g.reader.Advise(ctx, due)
	if err != nil {
		return err
	}
	for _, d := range due {
		if !slices.ContainsFunc(advice, func(a projections.Advice) bool { return a.GuidanceDue == d }) {
			g.idle[d] = struct{}{}
		}
	}
	refused := make([]error, len(advice))
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(16)
	for i, a := range advice {
		all.Go(func() error {
			now := time.Now()
			_, err := g.commands.Customers.Handle(ctx, commands.Request[customer.State]{Stream: customer.Stream(a.CustomerID),
				Command: a.Terms.Recommend(a.Case, domain.DayOf(now, zone)), Metadata: domain.Metadata{OccurredAt: now,
					Actor: "guidance", Source: "rapport", Department: a.Terms.ForDepartment}})
			var rejection *domain.Rejection
			if errors.As(err, &rejection) {
				refused[i], err = rejection, nil
			}
			return err
		})
	}
	err = all.Wait()
	for i, rejection := range refused {
		if rejection == nil {
			continue
		}
		g.idle[advice[i].GuidanceDue] = struct{}{}
		if !errors.Is(rejection, customer.ErrRecommendationOtherwise) { // then another process was first
			err = errors.Join(err, fmt.Errorf("%s for customer %s: %w", advice[i].Guidance, advice[i].CustomerID, rejection))
		}
	}
	return err
}
