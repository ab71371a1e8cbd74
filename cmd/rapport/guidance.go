package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/projections"
)

// guides recommend what guidance says as soon as the tables tell that it is due.
type guides struct {
	*server
	// idle are those who get no advice before the business date moves: there was nothing to suggest, or it was refused.
	idle map[projections.GuidanceDue]struct{}
	on   domain.Day // the business date of idle
}

func (s *server) guidance() chore {
	g := guides{server: s}
	return chore{"recommend what guidance says", 100 * time.Millisecond, g.look}
}

// advised recommends all that is due, and returns when the tables know it.
func (s *server) advised(ctx context.Context) error {
	c := s.guidance()
	for {
		seen, all, _, err := s.lookOnce(ctx, c)
		if err != nil {
			return err
		}
		if head, err := s.store.Head(ctx); err != nil || all && head == seen {
			return err
		}
	}
}

func (g *guides) look(ctx context.Context) (all bool, found time.Duration, err error) {
	clock, err := g.reader.Clock(ctx)
	if err != nil {
		return false, 0, err
	}
	if clock.LiveSince == nil || clock.BusinessDate == nil {
		return true, 0, nil
	}
	if g.idle == nil || g.on != *clock.BusinessDate {
		g.idle, g.on = map[projections.GuidanceDue]struct{}{}, *clock.BusinessDate
	}
	began := time.Now()
	due, err := g.reader.GuidanceDue(ctx, g.idle, choreAtOnce)
	found = time.Since(began)
	if err != nil {
		return false, found, err
	}
	return len(due) < choreAtOnce, found, g.recommend(ctx, due, clock.TimeZone)
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
	refused, err := together(ctx, advice, func(ctx context.Context, a projections.Advice) error {
		now := time.Now()
		_, err := g.commands.Customers.Handle(ctx, commands.Request[customer.State, customer.Needs]{Stream: customer.Stream(a.CustomerID),
			Command: a.Terms.Recommend(a.Case, domain.DayOf(now, zone)), Metadata: domain.Metadata{OccurredAt: now,
				Actor: "guidance", Source: "rapport", Department: a.Terms.ForDepartment}})
		return err
	})
	for i, rejection := range refused {
		if rejection == nil {
			continue
		}
		g.idle[advice[i].GuidanceDue] = struct{}{}
		// Where another process was first, it said the same at another moment.
		if !errors.Is(rejection, customer.ErrRecommendationOtherwise) && !errors.Is(rejection, commands.ErrToldOtherwise) {
			err = errors.Join(err, fmt.Errorf("%s for customer %s: %w", advice[i].Guidance, advice[i].CustomerID, rejection))
		}
	}
	return err
}
