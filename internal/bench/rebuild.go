package bench

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
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
		one, err := r.singly(ctx, s)
		if err != nil {
			return err
		}
		defer one.close()
		var again rebuilds
		var singleRates, ratios []float64
		advance, end := r.progress("rebuild", repetitions)
		defer end()
		for range repetitions {
			rate, err := r.rebuildAndCopy(ctx, s, "rebuild", &again)
			if err != nil {
				return err
			}
			count, took, err := one.take(ctx, r.scaled(100)+1)
			if err != nil {
				return fmt.Errorf("a transaction per event: %w", err)
			}
			singleRate := perSecond(count, took)
			singleRates, ratios = append(singleRates, singleRate), append(ratios, rate/singleRate)
			advance(1)
		}
		r.report.set("rebuild.events_per_s", median(again.rates))
		r.report.set("rebuild.per_event_tx_per_s", median(singleRates))
		r.report.set("rebuild.ratio_to_per_event_tx", median(ratios))
		r.report.set("rebuild.rows_per_s", median(again.rowRates))
		r.report.set("rebuild.copy_rows_per_s", median(again.copyRates))
		r.report.set("rebuild.ratio_to_copy", median(again.copyRatios))
		return nil
	})
}

// rebuilds are what rebuilds came to, each followed by a COPY of its rows.
type rebuilds struct{ rates, rowRates, copyRates, copyRatios []float64 }

// rebuildAndCopy rebuilds once more, copies the rows that came out, and returns how many events a second the rebuild took.
func (r *run) rebuildAndCopy(ctx context.Context, s *Server, database string, all *rebuilds) (rate float64, err error) {
	events, err := s.Store.Distance(ctx, 0, math.MaxInt)
	if err != nil {
		return 0, err
	}
	databaseURL, err := r.database(ctx, database)
	if err != nil {
		return 0, err
	}
	took, err := rebuilt(ctx, s.Engine)
	if err != nil {
		return 0, err
	}
	copyTook, rows, err := r.copyAgain(ctx, databaseURL)
	if err != nil {
		return 0, err
	}
	rate = perSecond(events, took)
	all.rates, all.rowRates = append(all.rates, rate), append(all.rowRates, perSecond(rows, took))
	all.copyRates = append(all.copyRates, perSecond(rows, copyTook))
	all.copyRatios = append(all.copyRatios, ms(copyTook)/ms(took))
	return rate, nil
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

// single takes a log by an engine that writes a transaction for each event.
type single struct {
	log         *embedded.Log
	codec       *eventstore.Codec
	databaseURL string
	logger      *slog.Logger
	next        func() (eventstore.Record, error, bool) // of the log that is copied
	stop        func()
}

// singly prepares that, on a log and tables of their own, with the events of a server's log.
func (r *run) singly(ctx context.Context, s *Server) (*single, error) {
	databaseURL, err := r.database(ctx, "singly")
	if err != nil {
		return nil, err
	}
	log, err := embedded.Open(filepath.Join(r.Dir, "singly"), embedded.Options{Logger: r.Logger})
	if err != nil {
		return nil, err
	}
	one := &single{log: log, codec: s.Codec, databaseURL: databaseURL, logger: r.Logger}
	one.next, one.stop = iter.Pull2(s.Store.ReadAll(ctx, 0))
	return one, nil
}

func (s *single) close() {
	s.stop()
	s.log.Close() // it is thrown away
}

// take copies some more events into the log and then starts an engine on it. Time runs from when the tables, which are
// there by then, show the first of these events until they show the last, so neither appending nor starting counts;
// it returns how many events that were, and the time.
func (s *single) take(ctx context.Context, most int) (count int, took time.Duration, err error) {
	var first, last eventstore.Position
	for n := range most {
		e, err, more := s.next()
		if err == nil && !more {
			err = fmt.Errorf("the log has no %d events to copy, but %d", most, n)
		}
		if err != nil {
			return 0, 0, err
		}
		appended, err := s.log.Append(ctx, e.Stream, eventstore.Any,
			[]eventstore.Proposed{{ID: e.ID, Type: e.Type, Data: e.Data, Metadata: e.Metadata}})
		if err != nil {
			return 0, 0, err
		}
		if last = appended.Position; n == 0 {
			first = last
		}
	}
	err = s.follow(ctx, func(ctx context.Context, reader *projections.Reader) error {
		if err := reader.WaitFor(ctx, first); err != nil {
			return err
		}
		began := time.Now()
		err := reader.WaitFor(ctx, last)
		took = time.Since(began)
		return err
	})
	return most - 1, took, err
}

// follow runs an engine with one event a page as long as it is used, at most five minutes.
func (s *single) follow(ctx context.Context, use func(context.Context, *projections.Reader) error) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	engine := projections.NewEngine(projections.Config{Store: s.log, Codec: s.codec, DatabaseURL: s.databaseURL,
		PageEvents: 1, Logger: s.logger})
	reader, err := projections.NewReader(ctx, s.databaseURL, engine)
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
	return use(ctx, reader)
}
