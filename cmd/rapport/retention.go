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
	"github.com/rapport-crm/rapport/internal/erasure"
	"github.com/rapport-crm/rapport/projections"
)

// retention carries out the retention policy on whoever is due when a day is closed: who is to be archived at once, who is
// to be erased when a period of grace is over since that was planned.
type retention struct {
	*server
	grace  time.Duration
	logger *slog.Logger
	// refused are those on whom a rule could not be carried out; they are not tried again before a restart.
	refused map[projections.RetentionDue]struct{}
	planned string // what erasures were planned for last
}

func (s *server) retention(grace time.Duration, logger *slog.Logger) chore {
	r := retention{server: s, grace: grace, logger: logger, refused: map[projections.RetentionDue]struct{}{}}
	return chore{"carry out the retention policy", time.Second, r.look}
}

func (r *retention) look(ctx context.Context) (all bool, found time.Duration, err error) {
	began := time.Now()
	limit := choreAtOnce + len(r.refused)
	archive, err := r.reader.RetentionDue(ctx, limit, policy.ArchiveAction)
	if err != nil {
		return false, time.Since(began), err
	}
	erase, waiting, err := r.ripe(ctx, limit)
	found = time.Since(began)
	if err != nil {
		return false, found, err
	}
	archived, due := len(archive), archive
	for _, p := range erase {
		due = append(due, projections.RetentionDue{CustomerID: p.CustomerID, Rule: p.Rule, Version: p.PolicyVersion,
			Action: policy.EraseAction})
	}
	all = archived < limit && waiting == 0
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

// ripe plans erasures where others may have become due, and returns those that are to be carried out now.
func (r *retention) ripe(ctx context.Context, limit int) (ripe []erasure.Planned, waiting int64, err error) {
	on, err := r.erasures.Due(ctx)
	if err != nil {
		return nil, 0, err
	}
	if on != r.planned {
		planned, err := r.erasures.Plan(ctx, time.Now())
		if err != nil {
			return nil, 0, err
		}
		if r.planned = on; planned > 0 {
			r.logger.Warn("planned erasures by the retention policy: publish another one to stop them", "customers", planned,
				"after", r.grace)
		}
	}
	if waiting, _, err = r.erasures.Waiting(ctx); err != nil || waiting == 0 {
		return nil, waiting, err
	}
	ripe, err = r.erasures.Ripe(ctx, time.Now(), r.grace, limit)
	return ripe, waiting, err
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
