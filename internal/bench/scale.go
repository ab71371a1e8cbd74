package bench

import (
	"context"
	"fmt"
	"iter"
	"math"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
)

// smallEvents is the size that a shop of any size is compared with.
const smallEvents = 60_000

// patience is how long tables may take to follow a large shop.
const patience = time.Hour

// restTime is after how long a server has given back what it does not need at rest.
const restTime = 20 * time.Second

// scale measures how much slower things get with many customers and much to remember.
func (r *run) scale(ctx context.Context) error {
	bought, err := purchases()
	if err != nil {
		return err
	}
	events := r.Events
	if events == 0 {
		events = r.scaled(130_000)
	}
	if err := r.smallShop(ctx, newShop(min(smallEvents, events), bought)); err != nil {
		return fmt.Errorf("a small shop: %w", err)
	}
	large, err := r.largeShop(ctx, newShop(events, bought))
	if err != nil {
		return fmt.Errorf("a large shop: %w", err)
	}
	if err := r.rebuildSmallShop(ctx, large); err != nil {
		return fmt.Errorf("a small shop again: %w", err)
	}
	return nil
}

// smallShop takes what a small business takes of the machine, at rest after its history and a rebuild. It comes first,
// since a process does not forget all that it did.
func (r *run) smallShop(ctx context.Context, shop *shop) error {
	return r.serve(ctx, "small", func(ctx context.Context, s *Server) error {
		if _, err := r.load(ctx, s, shop); err != nil {
			return err
		}
		if _, err := rebuilt(ctx, s.Engine); err != nil {
			return err
		}
		return r.atRest(ctx, "small", "at_rest.rss_mib", "at_rest.log_mb")
	})
}

// largeShop measures a shop as it grows, everybody judged by new rules, and a rebuild, whose figures it returns.
func (r *run) largeShop(ctx context.Context, shop *shop) (rate float64, err error) {
	err = r.serve(ctx, "large", func(ctx context.Context, s *Server) error {
		stop := r.watchMemory("scale.rss_mib")
		defer stop()
		rates, err := r.load(ctx, s, shop)
		if err != nil {
			return err
		}
		events, err := s.Store.Distance(ctx, 0, math.MaxInt)
		if err != nil {
			return err
		}
		r.report.set("scale.events", float64(events))
		r.report.set("scale.customers", float64(shop.customers))
		r.report.set("scale.load_events_per_s", rates[len(rates)-1])
		r.report.set("scale.load_ratio", rates[len(rates)-1]/rates[0])
		if err := r.databaseSize(ctx, shop); err != nil {
			return err
		}
		if err := r.everybody(ctx, s, shop); err != nil {
			return err
		}
		_, end := r.progress(fmt.Sprintf("rebuild of %d events", events), 1)
		defer end()
		var again rebuilds
		if rate, err = r.rebuildAndCopy(ctx, s, "large", &again); err != nil {
			return err
		}
		r.report.set("scale.rebuild_events_per_s", rate)
		r.report.set("scale.rebuild_ratio_to_copy", again.copyRatios[0])
		return r.atRest(ctx, "large", "scale.at_rest_rss_mib", "scale.log_mb")
	})
	return rate, err
}

// rebuildSmallShop compares the rebuild of the large shop with those of the small one.
func (r *run) rebuildSmallShop(ctx context.Context, large float64) error {
	return r.serve(ctx, "small", func(ctx context.Context, s *Server) error {
		if err := s.leads(ctx); err != nil {
			return err
		}
		var again rebuilds
		advance, end := r.progress("rebuild of the small shop", repetitions)
		defer end()
		for range repetitions {
			if _, err := r.rebuildAndCopy(ctx, s, "small", &again); err != nil {
				return err
			}
			advance(1)
		}
		r.report.set("scale.rebuild_ratio", large/median(again.rates))
		r.report.set("scale.small_rebuild_ratio_to_copy", median(again.copyRatios))
		return nil
	})
}

// leads waits until the server, started on tables that are there, is the one that keeps them.
func (s *Server) leads(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for s.Engine.Status(ctx).State != "live" {
		select {
		case <-look.C:
		case <-ctx.Done():
			return fmt.Errorf("become the one who keeps the tables: %w", ctx.Err())
		}
	}
	return nil
}

// load sends a shop's history by the API's batches. It returns how many events a second there were while the first tenth of
// the customers came, the next eight, and the last, each until the read models show them.
func (r *run) load(ctx context.Context, s *Server, shop *shop) (rates []float64, err error) {
	api, err := s.client()
	if err != nil {
		return nil, err
	}
	if err := defineSegments(ctx, api); err != nil {
		return nil, err
	}
	next, stop := iter.Pull(shop.lines())
	defer stop()
	advance, end := r.progress(fmt.Sprintf("a shop of %d customers", shop.customers), shop.customers*perCustomer)
	defer end()
	for _, customers := range []int{shop.customers / 10, shop.customers * 9 / 10, shop.customers} {
		before, err := s.Store.Head(ctx)
		if err != nil {
			return nil, err
		}
		began := time.Now()
		if _, err := send(ctx, api, shop.stretch(next, customers), advance); err != nil {
			return nil, err
		}
		if err := s.caughtUpWithin(ctx, patience); err != nil {
			return nil, err
		}
		events, err := s.Store.Distance(ctx, before, math.MaxInt)
		if err != nil {
			return nil, err
		}
		rates = append(rates, perSecond(events, time.Since(began)))
	}
	return rates, nil
}

// databaseSize reports what a customer takes of the database: all read models with their indexes, keys, and the proof.
func (r *run) databaseSize(ctx context.Context, shop *shop) error {
	return r.query(ctx, "large", func(conn *pgx.Conn) error {
		var bytes int64
		if err := conn.QueryRow(ctx, "SELECT pg_database_size(current_database())").Scan(&bytes); err != nil {
			return err
		}
		r.report.set("scale.bytes_per_customer", float64(bytes)/float64(shop.customers))
		return nil
	})
}

// query connects to a database and hands the connection to use.
func (r *run) query(ctx context.Context, database string, use func(*pgx.Conn) error) error {
	url, err := r.database(ctx, database)
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return use(conn)
}

// atRest reports the resident memory of a server that nobody asked for a while, and the size of its log.
func (r *run) atRest(ctx context.Context, name, memory, log string) error {
	_, end := r.progress("at rest", 1)
	defer end()
	select {
	case <-time.After(time.Duration(min(r.Seconds, 1) * float64(restTime))):
	case <-ctx.Done():
		return ctx.Err()
	}
	if mib, ok := residentMiB(); ok {
		r.report.set(memory, mib)
	}
	bytes, err := folderBytes(filepath.Join(r.Dir, name, "log"))
	if err != nil {
		return fmt.Errorf("measure the log: %w", err)
	}
	r.report.set(log, float64(bytes)/1e6)
	return nil
}
