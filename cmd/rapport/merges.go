package main

import (
	"context"
	"log/slog"
)

// healMerges undoes what a process that ended half-way left of a merge or a split, once the read models know of all that
// the log holds.
func healMerges(ctx context.Context, s *server, logger *slog.Logger) error {
	head, err := s.store.Head(ctx)
	if err != nil {
		return err
	}
	if err := s.reader.WaitFor(ctx, head); err != nil {
		return err
	}
	absorbed, err := s.reader.Absorbed(ctx)
	if err != nil {
		return err
	}
	undone, err := s.commands.Heal(ctx, absorbed)
	if undone > 0 {
		logger.Warn("undid merges of which only the half was recorded", "customers", undone)
	}
	return err
}
