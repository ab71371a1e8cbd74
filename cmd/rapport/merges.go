package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
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

// healNewest does the same before the first command is taken, where the store does not take both halves at once: a survivor of
// whose half merge only the absorbed customer's stream knows must not be decided on alone. It looks at the newest merges
// that the read models know and at those that the log has beyond; what it cannot do in time is left to healMerges.
func healNewest(ctx context.Context, s *server, logger *slog.Logger) {
	if s.store.Limits().Joint {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	const newest = 1000 // more than can have been under way when a process was killed
	absorbed, position, err := s.reader.NewestMerges(ctx, newest)
	if err == nil {
		var beyond []uuid.UUID
		beyond, err = mergedBeyond(ctx, s.store, eventstore.Position(position))
		absorbed = append(absorbed, beyond...)
	}
	var healed int
	if err == nil {
		healed, err = s.commands.Heal(ctx, absorbed)
	}
	switch {
	case err != nil:
		logger.Warn("merges of which only one half was recorded are completed later", "error", err)
	case healed > 0:
		logger.Warn("completed merges and splits of which only one half was recorded", "customers", healed)
	}
}

// mergedBeyond returns the customers of whom the log says beyond a position that another one stands for them.
func mergedBeyond(ctx context.Context, store eventstore.Store, after eventstore.Position) (absorbed []uuid.UUID, err error) {
	for r, err := range store.ReadAll(ctx, after) {
		if err != nil {
			return nil, err
		}
		if id, ok := customer.IDOf(r.Stream); ok && r.Type == (customer.Merged{}).EventType() {
			absorbed = append(absorbed, id)
		}
	}
	return absorbed, ctx.Err()
}
