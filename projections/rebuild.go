package projections

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/eventstore"
)

var (
	// ErrRebuilding: one rebuild at a time.
	ErrRebuilding = errors.New("the read models are being rebuilt already")
	// ErrNoRoom: the disk has no room for tables beside the live ones.
	ErrNoRoom = errors.New("there is no room on the disk to make the tables anew beside the live ones")
	// ErrStandby: another process keeps these read models.
	ErrStandby = errors.New("another process keeps these read models")
)

// Rebuild makes all read models anew from the log, in a schema beside the live one, which answers all the
// while, and swaps them when it has caught up. It returns when that is done.
func (e *Engine) Rebuild(ctx context.Context) error {
	return e.beside(ctx, e.replaceable, func(r *rebuild) error { return e.replace(ctx, r) })
}

// beside makes all read models anew beside the live ones, and hands them over. Check is asked before anything is done.
func (e *Engine) beside(ctx context.Context, check func(context.Context) error, use func(*rebuild) error) (err error) {
	if _, leading, _ := e.progress.get(); !leading {
		return ErrStandby
	}
	if !e.rebuilding.TryLock() {
		return ErrRebuilding
	}
	defer e.rebuilding.Unlock()
	e.health.rebuilding(time.Now())
	defer func() { e.health.rebuilt(err) }()
	e.mu.Lock()
	held := e.held
	e.mu.Unlock()
	if held == nil {
		return ErrStandby
	}
	if err := check(ctx); err != nil {
		return err
	}
	r, err := e.startRebuild(ctx, held.Fence)
	if err != nil {
		return err
	}
	defer func() { r.end(ctx, err) }()
	if err := r.finish(ctx); err != nil {
		return err
	}
	return use(r)
}

// replace puts the rebuilt tables in the place of the live ones.
func (e *Engine) replace(ctx context.Context, r *rebuild) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := r.fill(ctx); err != nil { // what came since; the live projectors wait for it
		return err
	}
	if e.session == nil {
		return fmt.Errorf("swap the rebuilt tables in: %w", ErrUnavailable)
	}
	if err := e.swap(ctx, e.session); err != nil {
		return err
	}
	e.writer, e.changed = r.writer, false
	e.progress.set(e.writer.position, true)
	e.filled()
	if e.health.isStopped() {
		e.Resume()
	}
	e.health.caughtUp(true)
	_ = e.dropReplaced(ctx) // who tidies tries it again
	stir(e.tidying)
	return nil
}

// rebuild is one under way: a writer of its own, on a schema of its own. It reads the log once (scan), makes the rows of
// all persons (refold), then keys and indexes, and goes on page by page as the live projectors do. Each of these is
// written down, so that a rebuild that was cut off goes on where it was.
type rebuild struct {
	engine *Engine
	conn   *pgx.Conn
	writer *writer
	log    *logAhead // is read while the tables are created
	// announced is up to where everything was announced before the log was read, so that all of it is in what is read.
	announced uint64
}

// startRebuild goes on with what a rebuild left that was cut off, or begins one.
func (e *Engine) startRebuild(ctx context.Context, fence func(context.Context, pgx.Tx) error) (*rebuild, error) {
	conn, err := connect(ctx, e.config.DatabaseURL, rebuildSchema)
	if err != nil {
		return nil, err
	}
	r := &rebuild{engine: e, conn: conn, writer: e.newWriter()}
	r.writer.fence = fence
	goesOn := false
	if err = e.openOutbox(ctx, conn); err == nil {
		goesOn, err = e.canGoOn(ctx, conn)
	}
	if err == nil {
		r.announced, err = announced(ctx, conn)
	}
	r.log = readAhead(ctx, e.config.Store)
	if err == nil && !goesOn {
		if err = e.hasRoom(ctx, conn); err == nil {
			err = r.create(ctx)
		}
	}
	if err != nil {
		r.log.stop()
		closeConn(conn)
		return nil, err
	}
	if goesOn {
		e.config.Logger.Info("going on with a rebuild that was cut off")
	}
	return r, nil
}

// hasRoom fails with ErrNoRoom where the live tables, and a quarter more for what writing them leaves behind, would not fit
// on the disk once more.
func (e *Engine) hasRoom(ctx context.Context, conn *pgx.Conn) error {
	if e.config.Room == nil {
		return nil
	}
	const size = `SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = '` + liveSchema + `' AND c.relkind = 'r'`
	var live int64
	if err := conn.QueryRow(ctx, size).Scan(&live); err != nil {
		return fmt.Errorf("look how large the tables are: %w", err)
	}
	free, err := e.config.Room()
	if err != nil {
		return fmt.Errorf("look how much room the disk has: %w", err)
	}
	if needed := live + live/4; free < needed {
		return fmt.Errorf("%w: about %d MiB are needed, %d MiB are free", ErrNoRoom, needed>>20, free>>20)
	}
	return nil
}

// canGoOn reports whether there is a schema that a rebuild by this program and of this log left.
func (e *Engine) canGoOn(ctx context.Context, conn *pgx.Conn) (bool, error) {
	version, err := schemaVersion(ctx, conn, rebuildSchema)
	if err != nil || version != e.definition.version {
		return false, err
	}
	return e.sameLog(ctx, conn)
}

// create makes the schema, without the keys of what is filled by COPY: they are made when the tables are full.
func (r *rebuild) create(ctx context.Context) error {
	return r.writer.inTx(ctx, r.conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET LOCAL lock_timeout = '10s'"); err != nil {
			return err
		}
		if err := r.engine.definition.create(ctx, tx, rebuildSchema); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, rebuildStateSchema+dropKeys)
		if err != nil {
			return fmt.Errorf("begin a rebuild: %w", err)
		}
		return nil
	})
}

// end lets go of the connection. What a rebuild has made stays for the next one to go on with where it was cut off, and
// goes where it failed.
func (r *rebuild) end(ctx context.Context, err error) {
	defer closeConn(r.conn)
	r.log.stop()
	if err == nil || ctx.Err() != nil || errors.Is(err, ErrUnavailable) || r.conn.IsClosed() {
		return
	}
	if err := dropRebuild(ctx, r.conn); err != nil {
		r.engine.config.Logger.Warn("drop what a rebuild has made", "error", err)
	}
}

func dropRebuild(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "SET lock_timeout = '5s'; DROP SCHEMA IF EXISTS "+rebuildSchema+" CASCADE; RESET lock_timeout")
	return err
}

// finish makes the tables and takes what came meanwhile.
func (r *rebuild) finish(ctx context.Context) error {
	var filling bool
	if err := r.conn.QueryRow(ctx, "SELECT to_regclass('projection_rebuild') IS NOT NULL").Scan(&filling); err != nil {
		return fmt.Errorf("look how far a rebuild is: %w", err)
	}
	if filling {
		if err := r.refold(ctx); err != nil {
			return fmt.Errorf("rebuild: %w", err)
		}
	}
	if err := r.writer.begin(ctx, r.conn); err != nil {
		return err
	}
	return r.fill(ctx)
}

// until returns up to where everything is folded at once, and whether the log was scanned so far already: what other
// systems are to be told of comes page by page.
func (r *rebuild) until(ctx context.Context) (until eventstore.Position, scanned bool, err error) {
	var known *int64
	if err := r.conn.QueryRow(ctx, "SELECT until FROM projection_rebuild").Scan(&known); err != nil {
		return 0, false, fmt.Errorf("look how far a rebuild is: %w", err)
	}
	if known != nil {
		return eventstore.Position(*known), true, nil
	}
	return eventstore.Position(r.announced), false, nil
}

// refold makes the rows of everything up to a position.
func (r *rebuild) refold(ctx context.Context) error {
	until, scanned, err := r.until(ctx)
	if err != nil {
		return err
	}
	sorted := &spool{folder: r.engine.config.Scratch}
	defer func() {
		if err := sorted.close(); err != nil {
			r.engine.config.Logger.Warn("remove what was sorted for a rebuild", "error", err)
		}
	}()
	m, err := r.scan(ctx, sorted, until, scanned)
	if err != nil {
		return err
	}
	if err := r.refoldAll(ctx, sorted, m, until); err != nil {
		return err
	}
	return r.index(ctx, m, until)
}

// scan reads the log, and returns what it says of everybody.
func (r *rebuild) scan(ctx context.Context, sorted *spool, until eventstore.Position, scanned bool) (*models, error) {
	defer r.log.stop() // what is behind until is read later, in pages
	e := r.engine
	m := newModels(r.writer.log, e.config.Memory)
	err := r.writer.inTx(ctx, r.conn, func(tx pgx.Tx) error {
		s := &scan{codec: e.config.Codec, spool: sorted, until: until}
		p := newPage(ctx, tx, m, r.writer.handlers, 0)
		if scanned {
			if err := loadModels(p); err != nil {
				return err
			}
			return s.read(ctx, r.log)
		}
		s.page = p
		if err := s.read(ctx, r.log); err != nil {
			return err
		}
		return s.end()
	})
	return m, err
}

// refoldAll makes the rows of all persons whose part is not done.
func (r *rebuild) refoldAll(ctx context.Context, sorted *spool, m *models, until eventstore.Position) error {
	var done []int32
	if err := r.conn.QueryRow(ctx, "SELECT done FROM projection_rebuild").Scan(&done); err != nil {
		return fmt.Errorf("look how far a rebuild is: %w", err)
	}
	var seen, finished atomic.Int64
	total := max(sorted.total(), 1)
	gaps, err := eventstore.AcceptedGaps(ctx, r.engine.config.Store)
	if err != nil {
		return err
	}
	f := &refold{models: m, writer: r.writer, gaps: gaps, until: uint64(until),
		seen: func(events int) {
			r.engine.health.rebuiltTo(eventstore.Position(float64(until) * min(float64(seen.Add(int64(events)))/float64(total), 1)))
		}}
	type part struct {
		number int
		piles  []int
	}
	groups := append([][]int{nil}, sorted.groups(r.engine.config.RebuildEvents)...) // part 0 is of the families
	parts := make(chan part, len(groups))
	for i, piles := range groups {
		if !slices.Contains(done, int32(i)) {
			parts <- part{i, piles}
		}
	}
	close(parts)
	return r.sideBySide(ctx, func(ctx context.Context, conn *pgx.Conn) (err error) {
		for p := range parts {
			if p.number == 0 {
				err = f.families(ctx, conn, p.number)
			} else {
				err = f.piles(ctx, conn, p.number, sorted, p.piles)
			}
			if err != nil {
				return err
			}
			if n := finished.Add(1); r.engine.refolded != nil {
				r.engine.refolded(int(n))
			}
		}
		return nil
	})
}

// sideBySide carries f out on as many connections as there are processors, at least two.
func (r *rebuild) sideBySide(ctx context.Context, f func(context.Context, *pgx.Conn) error) error {
	work, ctx := errgroup.WithContext(ctx)
	for range max(runtime.GOMAXPROCS(0), 2) {
		work.Go(func() error {
			conn, err := connect(ctx, r.engine.config.DatabaseURL, rebuildSchema)
			if err != nil {
				return err
			}
			defer closeConn(conn)
			return f(ctx, conn)
		})
	}
	return work.Wait()
}

// fill applies the log from the checkpoint to its end. The next page is read and decoded while the one
// before is written.
func (r *rebuild) fill(ctx context.Context) error {
	var err error
	if r.writer.announced, err = announced(ctx, r.conn); err != nil {
		return err
	}
	parent := ctx
	ctx, cancel := context.WithCancel(ctx)
	pages := make(chan readPage, 1)
	var reading sync.WaitGroup
	var readErr error
	reading.Go(func() {
		defer close(pages)
		readErr = r.read(ctx, r.writer.position, pages)
	})

	for page := range pages {
		if err = r.writer.write(ctx, r.conn, page.events, page.next); err != nil {
			break
		}
		r.engine.health.rebuiltTo(r.writer.position)
	}
	cancel()
	reading.Wait()
	if err == nil {
		err = readErr
	}
	for more := true; more && err == nil; {
		more, err = r.writer.fillOn(parent, r.conn)
	}
	if err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	return nil
}

func (r *rebuild) read(ctx context.Context, after eventstore.Position, pages chan<- readPage) error {
	size := r.engine.config.PageEvents
	records := make([]eventstore.Record, 0, size)
	send := func() error {
		events, err := decodePage(ctx, r.engine.config.Codec, records)
		if err != nil {
			return err
		}
		next := records[len(records)-1].Position
		page := readPage{after: after, next: next, events: events}
		after, records = next, records[:0]
		select {
		case pages <- page:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for record, err := range r.engine.config.Store.ReadAll(ctx, after) {
		if err != nil {
			return err
		}
		if records = append(records, record); len(records) == size {
			if err := send(); err != nil {
				return err
			}
		}
	}
	if len(records) == 0 {
		return nil
	}
	return send()
}

// swap puts the rebuilt schema in the place of the live one. Who reads meanwhile sees the one or the
// other, whole.
func (e *Engine) swap(ctx context.Context, leased *pgx.Conn) error {
	err := e.writer.inTx(ctx, leased, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "ALTER SCHEMA "+liveSchema+" RENAME TO "+replacedName(time.Now())+"; ALTER SCHEMA "+
			rebuildSchema+" RENAME TO "+liveSchema+"; "+admitAnalysts)
		return err
	})
	if err != nil {
		return fmt.Errorf("swap the rebuilt tables in: %w", err)
	}
	return nil
}

// connect opens a connection of the projectors. What it writes can be had again from the log, together with
// the checkpoint, so its commits need not wait for the disk.
func connect(ctx context.Context, url, schema string) (*pgx.Conn, error) {
	return connectHardened(ctx, url, schema, nil)
}

// connectHardened is connect with more settings.
func connectHardened(ctx context.Context, url, schema string, harden func(*pgx.ConnConfig)) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	config.RuntimeParams["search_path"] = schema
	config.RuntimeParams["synchronous_commit"] = "off"
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["application_name"] = "rapport projections"
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	if harden != nil {
		harden(config)
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	readDays(conn.TypeMap())
	return conn, nil
}

func closeConn(conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_ = conn.Close(ctx) // it is given up either way
}
