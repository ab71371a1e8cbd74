package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/projections"
)

const retainedAtOnce = 500 // customers between two looks at what is due

// retain carries out the retention policy on whoever is due when a day is closed, as long as ctx lasts. It looks only
// when the tables hold all of the log, so it knows what was done before.
func retain(ctx context.Context, s *server, logger *slog.Logger) {
	r := retention{server: s, logger: logger}
	for ctx.Err() == nil {
		if err := s.reader.WaitFor(ctx, r.seen+1); err != nil {
			return // ctx ended
		}
		began := time.Now()
		err := r.look(ctx)
		// While the tables cannot be read, or follow a long import, the engine says so already.
		if err != nil && !errors.Is(err, projections.ErrUnavailable) && !errors.Is(err, projections.ErrBehind) && ctx.Err() == nil {
			logger.Warn("carry out the retention policy", "error", err)
		}
		select {
		case <-time.After(max(time.Second, 10*time.Since(began))):
		case <-ctx.Done():
		}
	}
}

// retention is what is remembered between looks.
type retention struct {
	*server
	logger *slog.Logger
	seen   eventstore.Position // all that was due by then is done
	// refused are those on whom a rule could not be carried out; they are not tried again before a restart.
	refused map[projections.RetentionDue]struct{}
}

// look carries out some of what is due.
func (r *retention) look(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	head, err := r.store.Head(ctx)
	if err != nil {
		return err
	}
	if err := r.reader.WaitFor(ctx, head); err != nil {
		return err
	}
	due, err := r.reader.RetentionDue(ctx, retainedAtOnce+len(r.refused))
	if err != nil {
		return err
	}
	refused := make([]error, len(due))
	done := 0
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(16)
	for i, d := range due {
		if _, known := r.refused[d]; known {
			continue
		}
		done++
		all.Go(func() error {
			err := r.carryOut(ctx, d)
			var rejection *domain.Rejection
			if errors.As(err, &rejection) {
				refused[i], err = rejection, nil
			}
			return err
		})
	}
	if err := all.Wait(); err != nil {
		return err
	}
	for i, rejection := range refused {
		if rejection == nil {
			continue
		}
		if r.refused == nil {
			r.refused = map[projections.RetentionDue]struct{}{}
		}
		r.refused[due[i]] = struct{}{}
		err = errors.Join(err, fmt.Errorf("%s for customer %s: %w", due[i].Rule, due[i].CustomerID, rejection))
	}
	if done > 0 {
		r.logger.Info("carried out the retention policy", "customers", done, "version", due[0].Version)
	}
	if len(due) < retainedAtOnce+len(r.refused) {
		r.seen = head
	}
	return err
}

func (r *retention) carryOut(ctx context.Context, d projections.RetentionDue) error {
	var command customer.Command
	switch d.Action {
	case policy.ArchiveAction:
		command = customer.Archive{Rule: d.Rule}
	case policy.EraseAction:
		command = customer.Erase{Reason: d.Rule}
	default:
		return fmt.Errorf("retention cannot %s", d.Action)
	}
	_, err := r.commands.Customers.Handle(ctx, commands.Request[customer.State]{Stream: customer.Stream(d.CustomerID),
		Command: command, Metadata: domain.Metadata{Actor: "retention", Source: "rapport"}})
	return err
}
