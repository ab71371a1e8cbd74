package bench

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/demo"
	"github.com/rapport-crm/rapport/projections"
)

// repetitions of all that is compared, in turns.
const repetitions = 3

// rebuild makes all read models anew from the history of a shop. It compares this with a plain COPY of the rows
// that come out, and with the same projectors writing each event in a transaction of its own.
func (r *run) rebuild(ctx context.Context) error {
	return r.serve(ctx, "rebuild", func(ctx context.Context, s *Server) error {
		if err := r.fill(ctx, s, r.scaled(6000)); err != nil {
			return err
		}
		events, err := s.Store.Distance(ctx, 0, math.MaxInt)
		if err != nil {
			return err
		}
		databaseURL, err := r.database(ctx, "rebuild")
		if err != nil {
			return err
		}
		return r.singly(ctx, s, func(ctx context.Context, one *single) error {
			var rates, singleRates, ratios, rowRates, copyRates, copyRatios []float64
			advance, end := r.progress("rebuild", repetitions)
			defer end()
			for range repetitions {
				took, err := rebuilt(ctx, s.Engine)
				if err != nil {
					return err
				}
				copyTook, rows, err := copyAgain(ctx, databaseURL)
				if err != nil {
					return err
				}
				count, singleTook, err := one.take(ctx, r.scaled(100))
				if err != nil {
					return fmt.Errorf("a transaction per event: %w", err)
				}
				rate, singleRate := perSecond(events, took), perSecond(count, singleTook)
				rates, singleRates, ratios = append(rates, rate), append(singleRates, singleRate), append(ratios, rate/singleRate)
				rowRates, copyRates = append(rowRates, perSecond(rows, took)), append(copyRates, perSecond(rows, copyTook))
				copyRatios = append(copyRatios, ms(copyTook)/ms(took))
				advance(1)
			}
			r.report.set("rebuild.events_per_s", median(rates))
			r.report.set("rebuild.per_event_tx_per_s", median(singleRates))
			r.report.set("rebuild.ratio_to_per_event_tx", median(ratios))
			r.report.set("rebuild.rows_per_s", median(rowRates))
			r.report.set("rebuild.copy_rows_per_s", median(copyRates))
			r.report.set("rebuild.ratio_to_copy", median(copyRatios))
			return nil
		})
	})
}

func rebuilt(ctx context.Context, e *projections.Engine) (time.Duration, error) {
	began := time.Now()
	err := e.Rebuild(ctx)
	return time.Since(began), err
}

// fill puts the history of a shop into the log, with segments that are there from the beginning.
func (r *run) fill(ctx context.Context, s *Server, count int) error {
	api, err := s.client()
	if err != nil {
		return err
	}
	if err := defineSegments(ctx, api); err != nil {
		return err
	}
	advance, end := r.progress("a shop's history", count)
	defer end()
	history := demo.Generate(demo.Options{Customers: count/12 + 1, Currency: currency}) // each does about 12 things
	sent, err := send(ctx, api, first(count, history), advance)
	if err == nil && sent < count {
		err = fmt.Errorf("the shop's history has %d events, not %d", sent, count)
	}
	if err != nil {
		return err
	}
	return s.caughtUp(ctx)
}

// first cuts a history short.
func first(count int, history iter.Seq[client.Line]) iter.Seq[client.Line] {
	return func(yield func(client.Line) bool) {
		n := 0
		history(func(l client.Line) bool {
			n++
			return yield(l) && n < count
		})
	}
}

// single is an engine that writes a transaction for each event, behind a log of its own into which events of another
// log are copied.
type single struct {
	log    *embedded.Log
	next   func() (eventstore.Record, error, bool)
	behind *Server
}

// singly runs such an engine, and hands it to use.
func (r *run) singly(ctx context.Context, s *Server, use func(context.Context, *single) error) (err error) {
	log, err := embedded.Open(filepath.Join(r.Dir, "singly"), embedded.Options{Logger: r.Logger})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	databaseURL, err := r.database(ctx, "singly")
	if err != nil {
		return err
	}
	engine := projections.NewEngine(projections.Config{Store: log, Codec: s.Codec, DatabaseURL: databaseURL,
		PageEvents: 1, Logger: r.Logger})
	reader, err := projections.NewReader(ctx, databaseURL, engine)
	if err != nil {
		return err
	}
	defer reader.Close()
	running, end := context.WithCancel(ctx)
	var group errgroup.Group
	group.Go(func() error { return engine.Run(running) })
	defer func() {
		end()
		err = errors.Join(err, group.Wait())
	}()
	next, stop := iter.Pull2(s.Store.ReadAll(ctx, 0))
	defer stop()
	one := &single{log: log, next: next, behind: &Server{Store: log, Reader: reader}}
	if _, _, err := one.take(ctx, 1); err != nil { // which waits for the tables to be made
		return err
	}
	return use(ctx, one)
}

// take copies some more events, and returns how many there were and how long it took until they were in the tables.
func (s *single) take(ctx context.Context, most int) (count int, took time.Duration, err error) {
	began := time.Now()
	for ; count < most; count++ {
		e, err, more := s.next()
		if err != nil || !more {
			return count, 0, err
		}
		_, err = s.log.Append(ctx, e.Stream, eventstore.Any,
			[]eventstore.Proposed{{ID: e.ID, Type: e.Type, Data: e.Data, Metadata: e.Metadata}})
		if err != nil {
			return count, 0, err
		}
	}
	err = s.behind.caughtUp(ctx)
	return count, time.Since(began), err
}
