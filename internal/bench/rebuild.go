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
		return r.singly(ctx, s, r.scaled(250), func(ctx context.Context, single *projections.Engine, count int) error {
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
				singleTook, err := rebuilt(ctx, single)
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

// singly runs an engine that rebuilds with a transaction for each event, on a copy of the log's beginning, and
// hands it to use with the number of events.
func (r *run) singly(ctx context.Context, s *Server, most int,
	use func(ctx context.Context, e *projections.Engine, count int) error,
) (err error) {
	log, err := embedded.Open(filepath.Join(r.Dir, "singly"), embedded.Options{Logger: r.Logger})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	count, err := copyBeginning(ctx, s.Store, log, most)
	if err != nil {
		return err
	}
	databaseURL, err := r.database(ctx, "singly")
	if err != nil {
		return err
	}
	engine := projections.NewEngine(projections.Config{Store: log, Codec: s.Codec, DatabaseURL: databaseURL,
		RebuildEvents: 1, Logger: r.Logger})
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
	behind := &Server{Store: log, Reader: reader}
	if err := behind.caughtUp(ctx); err != nil {
		return err
	}
	return use(ctx, engine, count)
}

// copyBeginning copies the first events of a log to another one, and answers how many there were.
func copyBeginning(ctx context.Context, from, to eventstore.Store, most int) (count int, err error) {
	for e, err := range from.ReadAll(ctx, 0) {
		if err != nil || count == most {
			return count, err
		}
		_, err = to.Append(ctx, e.Stream, eventstore.Any,
			[]eventstore.Proposed{{ID: e.ID, Type: e.Type, Data: e.Data, Metadata: e.Metadata}})
		if err != nil {
			return count, err
		}
		count++
	}
	return count, ctx.Err()
}
