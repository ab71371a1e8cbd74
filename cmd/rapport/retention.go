package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/projections"
)

// retention carries out the retention policy on whoever is due when a day is closed.
type retention struct {
	*server
	logger *slog.Logger
	// refused are those on whom a rule could not be carried out; they are not tried again before a restart.
	refused map[projections.RetentionDue]struct{}
}

func (s *server) retention(logger *slog.Logger) chore {
	r := retention{s, logger, map[projections.RetentionDue]struct{}{}}
	return chore{"carry out the retention policy", time.Second, r.look}
}

func (r *retention) look(ctx context.Context) (all bool, found time.Duration, err error) {
	began := time.Now()
	limit := choreAtOnce + len(r.refused)
	due, err := r.reader.RetentionDue(ctx, limit)
	found = time.Since(began)
	if err != nil {
		return false, found, err
	}
	all = len(due) < limit
	due = slices.DeleteFunc(due, func(d projections.RetentionDue) bool { _, known := r.refused[d]; return known })
	refused, err := together(ctx, due, r.carryOut)
	if err != nil {
		return false, found, err
	}
	for i, rejection := range refused {
		if rejection != nil {
			r.refused[due[i]] = struct{}{}
			err = errors.Join(err, fmt.Errorf("%s for customer %s: %w", due[i].Rule, due[i].CustomerID, rejection))
		}
	}
	if len(due) > 0 {
		r.logger.Info("carried out the retention policy", "customers", len(due), "version", due[0].Version)
	}
	return all, found, err
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
	_, err := r.commands.Customers.Handle(ctx, commands.Request[customer.State, customer.Needs]{Stream: customer.Stream(d.CustomerID),
		Command: command, Metadata: domain.Metadata{Actor: "retention", Source: "rapport"}})
	return err
}
