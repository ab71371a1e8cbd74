package projections

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/walk"
)

// view is what the tables say as of one moment, and the log as far as they hold it: what no table has of a person is
// folded from there.
type view struct {
	*models
	tx       pgx.Tx
	position uint64
}

// errNoLog: the reader was made without an engine, so it has no log to fold persons from.
var errNoLog = errors.New("this reader has no log")

// look lets f look at one moment of the tables.
func (r *Reader) look(ctx context.Context, f func(*view) error) error {
	if r.log.store == nil {
		return errNoLog
	}
	err := pgx.BeginTxFunc(ctx, r.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly},
		func(tx pgx.Tx) error {
			v := &view{models: newModels(r.log, 0), tx: tx}
			var position int64
			if err := tx.QueryRow(ctx, "SELECT position FROM projection_checkpoint").Scan(&position); err != nil {
				return fmt.Errorf("read the checkpoint: %w", err)
			}
			v.position = uint64(position)
			p := newPage(ctx, tx, v.models, noHandlers, v.position)
			for _, load := range []func() error{p.loadTimeline, p.loadFamilies, p.loadSkipped} {
				if err := load(); err != nil {
					return err
				}
			}
			return f(v)
		})
	return unavailable(err)
}

// person folds a customer, or who stands for them, as the tables have them; ErrNotFound.
func (v *view) person(ctx context.Context, id uuid.UUID) (*fold, error) {
	h, err := v.foldFrom(ctx, noHandlers, v.families.members(v.families.survivor(id)), v.position, v.timeline)
	if err == nil && !h.known() {
		err = ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	if m := v.timeline.Rules().Model; m != nil {
		h.Facts.Predictor = m.Predictor
	}
	return h.fold, nil
}

// noHandlers make no rows of what happened.
var noHandlers = arrange(nil)

// on returns the day as of which a person is judged: the business date, or their own newest day where that is later.
func (f *fold) on(t *walk.Timeline) domain.Day { return max(f.Day, t.Date) }
