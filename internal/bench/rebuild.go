package bench

import (
	"context"
	"errors"
	"fmt"
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

// repetitions of a rebuild and of a COPY, in turns.
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
		var took, copyTook []time.Duration
		var rows int
		advance, end := r.progress("rebuild", repetitions+1)
		defer end()
		for range repetitions {
			began := time.Now()
			if err := s.Engine.Rebuild(ctx); err != nil {
				return err
			}
			took = append(took, time.Since(began))
			copied, n, err := copyAgain(ctx, databaseURL)
			if err != nil {
				return err
			}
			copyTook, rows = append(copyTook, copied), n
			advance(1)
		}
		single, err := r.rebuildSingly(ctx, s, r.scaled(500))
		if err != nil {
			return fmt.Errorf("a transaction per event: %w", err)
		}
		advance(1)
		rate := perSecond(events, median(took))
		r.report.set("rebuild.events_per_s", rate)
		r.report.set("rebuild.per_event_tx_per_s", single)
		r.report.set("rebuild.ratio_to_per_event_tx", rate/single)
		r.report.set("rebuild.rows_per_s", perSecond(rows, median(took)))
		r.report.set("rebuild.copy_rows_per_s", perSecond(rows, median(copyTook)))
		r.report.set("rebuild.ratio_to_copy", ms(median(copyTook))/ms(median(took)))
		return nil
	})
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
func first(count int, history func(func(client.Line) bool)) func(func(client.Line) bool) {
	return func(yield func(client.Line) bool) {
		n := 0
		history(func(l client.Line) bool {
			n++
			return yield(l) && n < count
		})
	}
}

// rebuildSingly rebuilds the read models of the log's beginning, each event in a transaction of its own, and
// answers how many events a second that comes to.
func (r *run) rebuildSingly(ctx context.Context, s *Server, count int) (rate float64, err error) {
	log, err := embedded.Open(filepath.Join(r.Dir, "singly"), embedded.Options{Logger: r.Logger})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	if count, err = copyBeginning(ctx, s.Store, log, count); err != nil {
		return 0, err
	}
	databaseURL, err := r.database(ctx, "singly")
	if err != nil {
		return 0, err
	}
	engine := projections.NewEngine(projections.Config{Store: log, Codec: s.Codec, DatabaseURL: databaseURL,
		RebuildEvents: 1, Logger: r.Logger})
	reader, err := projections.NewReader(ctx, databaseURL, engine)
	if err != nil {
		return 0, err
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
		return 0, err
	}
	began := time.Now()
	err = engine.Rebuild(ctx)
	return perSecond(count, time.Since(began)), err
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
