package bench

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"
	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/notary"
)

// verify writes a log down from its beginning, as a notary does that was not there before, and then reads all of it
// again and holds it against that.
func (r *run) verify(ctx context.Context) (err error) {
	databaseURL, err := r.database(ctx, "verify")
	if err != nil {
		return err
	}
	log, err := embedded.Open(filepath.Join(r.Dir, "verify"), embedded.Options{Logger: r.Logger})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	count := r.scaled(100_000)
	if err := r.appendPurchases(ctx, log, count); err != nil {
		return err
	}
	key, err := proof.LoadKey(filepath.Join(r.Dir, "proof.key"))
	if err != nil {
		return err
	}
	n, err := notary.New(ctx, notary.Config{Store: log, DatabaseURL: databaseURL, Key: key, Logger: r.Logger})
	if err != nil {
		return err
	}
	defer n.Close()
	running, end := context.WithCancel(ctx)
	var group errgroup.Group
	defer func() {
		end()
		err = errors.Join(err, group.Wait())
	}()
	began := time.Now()
	group.Go(func() error { return n.Run(running) })
	if _, err := n.Sign(ctx); err != nil {
		return err
	}
	r.report.set("verify.written_per_second", perSecond(count, time.Since(began)))
	advance, done := r.progress("verify", repetitions)
	defer done()
	var rates []float64
	for range repetitions {
		began := time.Now()
		report, err := n.Verify(ctx, nil, nil)
		if err == nil && (!report.Intact() || report.Signed != int64(count)) {
			err = fmt.Errorf("an untouched log of %d events does not verify: %+v", count, report)
		}
		if err != nil {
			return err
		}
		rates = append(rates, perSecond(count, time.Since(began)))
		advance(1)
	}
	r.report.set("verify.events_per_second", median(rates))
	return nil
}

// appendPurchases fills a log with purchases of many customers.
func (r *run) appendPurchases(ctx context.Context, log eventstore.Store, count int) error {
	advance, end := r.progress("a log to verify", count)
	defer end()
	codec, price := eventstore.NewCodec(), decimal.MustParse("12.95")
	var customers []uuid.UUID
	for done := 0; done < count; {
		if len(customers) < 1000 {
			customers = append(customers, uuid.New())
		}
		stream := customer.Stream(customers[done%len(customers)])
		events := make([]eventstore.Proposed, min(200, count-done))
		for i := range events {
			bought := customer.PurchaseRecorded{PurchaseID: uuid.New(), Currency: currency, ReportingCurrency: currency, TotalMinor: 2590,
				ReportingTotalMinor: 2590, Lines: []customer.PurchasedLine{{Line: customer.Line{SKU: "85123A", Quantity: decimal.Two, UnitPrice: price},
					AmountMinor: 2590, ReportingMinor: 2590}}}
			var err error
			events[i], err = codec.Encode(ctx, stream, uuid.New(), bought, domain.Metadata{Actor: "till 4", Source: "shop", OccurredAt: time.Now()})
			if err != nil {
				return err
			}
		}
		if _, err := log.Append(ctx, stream, eventstore.Any, events); err != nil {
			return err
		}
		done += len(events)
		advance(len(events))
	}
	return nil
}
