package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/projections"
)

// closeDays sees to it that what falls due is recorded, whoever closed the day, and, if that is wanted, closes
// each day when it is over, and those that went by while the server was down. It leaves a
// log alone that holds only imported history: that calendar is the importer's, until something happens live.
func closeDays(ctx context.Context, s *server, guard *clockGuard, logger *slog.Logger, automatically bool) {
	const interval = 20 * time.Second
	began := time.Now()
	tick := time.NewTicker(interval)
	defer tick.Stop()
	healed := false
	look := func() error {
		ctx, cancel := context.WithTimeout(ctx, interval) // a database that hangs must not hold up the calendar
		defer cancel()
		clock, err := s.reader.Clock(ctx)
		if err == nil {
			err = expectDeadlines(ctx, s, clock)
		}
		if err == nil && !healed {
			err = healMerges(ctx, s, logger)
			healed = err == nil
		}
		if err == nil && automatically {
			err = guard.closeDue(ctx, s.commands, clock, s.clocks(ctx, began))
		}
		return err
	}
	for {
		err := look()
		// While the tables cannot be read, the engine says so already.
		if err != nil && !errors.Is(err, projections.ErrUnavailable) && !errors.Is(err, projections.ErrBehind) && ctx.Err() == nil {
			logger.Warn("close the days that are over", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// closeDue closes the days that are due, unless the clock cannot be believed, or so many are due that a person must have
// a look.
func (g *clockGuard) closeDue(ctx context.Context, service *commands.Service, clock projections.Clock, now reading) error {
	reason, cure := g.check(now, clock.LastClosedOn), cureClock
	first, last, err := due(clock, now.wall)
	if err != nil {
		return err
	}
	if days := int(last) - int(first) + 1; reason == "" && days > maxDays {
		reason, cure = fmt.Sprintf("%d days are due, and no more than %d are closed at once", days, maxDays), cureDays
	}
	if g.hold(reason, now.wall, cure); reason != "" {
		return nil
	}
	for day := first; day <= last; day++ {
		_, err := service.Calendar.Handle(ctx, commands.Request[calendar.State, calendar.Needs]{Stream: calendar.Stream,
			Command: calendar.CloseDay{Date: day}, Metadata: domain.Metadata{Actor: "rapport", Source: "scheduler"}})
		if err != nil {
			return err
		}
		g.closed = &day
	}
	return nil
}

// due answers the days that are due: from the day after the last closed one, or the first live one if
// that is later, up to yesterday. Where none is, last is before first.
func due(clock projections.Clock, now time.Time) (first, last domain.Day, err error) {
	if clock.LiveSince == nil {
		return 1, 0, nil
	}
	zone, err := time.LoadLocation(clock.TimeZone)
	if err != nil {
		return 1, 0, err
	}
	first = *clock.LiveSince
	if clock.LastClosedOn != nil {
		first = max(first, *clock.LastClosedOn+1)
	}
	return first, domain.DayOf(now, zone) - 1, nil
}
