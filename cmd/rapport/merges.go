package main

import (
	"context"
	"log/slog"
)

// healMerges completes what a process that ended half-way left of a merge or a split, once the read models know of all that
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
	healed, err := s.commands.Heal(ctx, absorbed)
	if healed > 0 {
		logger.Warn("completed merges and splits of which only one half was recorded", "customers", healed)
	}
	return err
}
