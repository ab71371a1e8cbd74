package bench

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

const (
	coldTouchpoints = 20
	warmCustomers   = 100
	coldMemory      = 160 // bytes a customer, a small part of what their state takes
)

// cold compares purchases of customers at random, most of whom are not in memory, with purchases of a few who are, in
// turns. No server and no tables take part, so nothing hides what it costs to fetch a state.
func (r *run) cold(ctx context.Context) (err error) {
	bought, err := purchases()
	if err != nil {
		return err
	}
	log, err := embedded.Open(filepath.Join(r.Dir, "cold"), embedded.Options{Logger: r.Logger})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	snapshots, err := commands.OpenSnapshots(commands.SnapshotOptions{Dir: filepath.Join(r.Dir, "snapshots"), Bytes: 1 << 30,
		Logger: r.Logger})
	if err != nil {
		return err
	}
	defer snapshots.Close()
	ids := someIDs(max(r.scaled(10_000), 2*warmCustomers))
	service := commands.New(log, eventstore.NewCodec(), commands.Options{MemoryBytes: int64(len(ids) * coldMemory),
		Snapshots: snapshots})
	if err := r.liveAll(ctx, service, ids, bought); err != nil {
		return err
	}
	advance, end := r.progress("customers at random", rounds+warmUps)
	defer end()
	var rates, ratios []float64
	for round := range rounds + warmUps {
		warm, err := buyAtRandom(ctx, service, ids[:warmCustomers], bought, r.share(20))
		if err != nil {
			return err
		}
		cold, err := buyAtRandom(ctx, service, ids, bought, r.share(20))
		if err != nil {
			return err
		}
		advance(1)
		if round >= warmUps {
			rates, ratios = append(rates, cold), append(ratios, cold/warm)
		}
	}
	r.report.set("commands.cold_ratio", median(ratios))
	r.report.set("commands.cold_per_s", median(rates))
	return nil
}

// liveAll gives customers their histories.
func (r *run) liveAll(ctx context.Context, service *commands.Service, ids []uuid.UUID, bought []purchase) error {
	advance, end := r.progress("customers with a history", len(ids))
	defer end()
	var next atomic.Int64
	done := make(chan struct{}, connections)
	group, ctx := errgroup.WithContext(ctx)
	for range connections {
		group.Go(func() error {
			for i := next.Add(1) - 1; int(i) < len(ids) && ctx.Err() == nil; i = next.Add(1) - 1 {
				if err := live(ctx, service, ids[i], coldTouchpoints, bought); err != nil {
					return err
				}
				done <- struct{}{}
			}
			return ctx.Err()
		})
	}
	go func() { _ = group.Wait(); close(done) }() // its error is asked for below
	for range done {
		advance(1)
	}
	return group.Wait()
}

// buyAtRandom sends purchases of some customers by as many callers as there are apps, and returns how many a second.
func buyAtRandom(ctx context.Context, service *commands.Service, among []uuid.UUID, bought []purchase, during time.Duration,
) (float64, error) {
	var done atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	began := time.Now()
	for n := range connections {
		group.Go(func() error {
			for i := n; time.Since(began) < during && ctx.Err() == nil; i++ {
				_, err := service.Customers.Handle(ctx, commands.Request[customer.State, customer.Needs]{
					Stream: customer.Stream(among[rand.IntN(len(among))]), Command: bought[i%len(bought)].anew()})
				if err != nil {
					return fmt.Errorf("buy: %w", err)
				}
				done.Add(1)
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	return perSecond(int(done.Load()), time.Since(began)), nil
}
