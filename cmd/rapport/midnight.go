package main

import (
	"context"
	"errors"
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
func closeDays(ctx context.Context, s *server, logger *slog.Logger, automatically bool) {
	const interval = 20 * time.Second
	tick := time.NewTicker(interval)
	defer tick.Stop()
	look := func() error {
		ctx, cancel := context.WithTimeout(ctx, interval) // a database that hangs must not hold up the calendar
		defer cancel()
		clock, err := s.reader.Clock(ctx)
		if err == nil {
			err = expectDeadlines(ctx, s, clock)
		}
		if err == nil && automatically {
			err = closeDue(ctx, s.commands, clock, time.Now())
		}
		return err
	}
	for {
		err := look()
		// While the tables cannot be read, the engine says so already.
		if err != nil && !errors.Is(err, projections.ErrUnavailable) && ctx.Err() == nil {
			logger.Warn("close the days that are over", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// closeDue closes the days that are due: from the day after the last closed one, or the first live one if
// that is later, up to yesterday.
func closeDue(ctx context.Context, service *commands.Service, clock projections.Clock, now time.Time) error {
	if clock.LiveSince == nil {
		return nil
	}
	zone, err := time.LoadLocation(clock.TimeZone)
	if err != nil {
		return err
	}
	first := *clock.LiveSince
	if clock.LastClosedOn != nil {
		first = max(first, *clock.LastClosedOn+1)
	}
	for day := first; day < domain.DayOf(now, zone); day++ {
		_, err := service.Calendar.Handle(ctx, commands.Request[calendar.State]{Stream: calendar.Stream,
			Command: calendar.CloseDay{Date: day}, Metadata: domain.Metadata{Actor: "rapport", Source: "scheduler"}})
		if err != nil {
			return err
		}
	}
	return nil
}
