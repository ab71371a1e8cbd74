package projections

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/eventstore"
)

var (
	// ErrRebuilding: one rebuild at a time.
	ErrRebuilding = errors.New("the read models are being rebuilt already")
	// ErrStandby: another process keeps these read models.
	ErrStandby = errors.New("another process keeps these read models")
)

// Rebuild makes all read models anew from the log, in a schema beside the live one, which answers all the
// while, and swaps them when it has caught up. It returns when that is done.
func (e *Engine) Rebuild(ctx context.Context) (err error) {
	if _, leading, _ := e.progress.get(); !leading {
		return ErrStandby
	}
	if !e.rebuilding.TryLock() {
		return ErrRebuilding
	}
	defer e.rebuilding.Unlock()
	e.health.rebuilding(time.Now())
	defer func() { e.health.rebuilt(err) }()
	r, err := e.startRebuild(ctx)
	if err != nil {
		return err
	}
	defer r.end()
	if err := r.finish(ctx); err != nil {
		return err
	}
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
	e.writer = r.writer
	e.progress.set(e.writer.position, true)
	if e.health.isStopped() {
		e.Resume()
	}
	e.health.caughtUp(true)
	return nil
}

// rebuild is one under way: a writer of its own, on a schema of its own.
type rebuild struct {
	engine *Engine
	conn   *pgx.Conn
	writer *writer
}

func (e *Engine) startRebuild(ctx context.Context) (*rebuild, error) {
	conn, err := connect(ctx, e.config.DatabaseURL, rebuildSchema)
	if err != nil {
		return nil, err
	}
	r := &rebuild{engine: e, conn: conn, writer: e.newWriter()}
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return e.definition.create(ctx, tx, rebuildSchema) })
	if err == nil {
		err = r.writer.begin(ctx, conn)
	}
	if err != nil {
		closeConn(conn)
		return nil, err
	}
	return r, nil
}

// end lets go of the connection, and of the schema unless it was swapped in.
func (r *rebuild) end() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	// Readers that began before the swap may still hold the old tables; the next rebuild drops them then.
	_, err := r.conn.Exec(ctx, "SET lock_timeout = '5s'; DROP SCHEMA IF EXISTS "+rebuildSchema+" CASCADE;"+
		"DROP SCHEMA IF EXISTS "+oldSchema+" CASCADE")
	if err != nil {
		r.engine.config.Logger.Warn("drop the old read models", "error", err)
	}
	closeConn(r.conn)
}

// finish fills the tables, makes the indexes, and takes what came meanwhile.
func (r *rebuild) finish(ctx context.Context) error {
	if err := r.fill(ctx); err != nil {
		return err
	}
	if _, err := r.conn.Exec(ctx, r.engine.definition.indexes+";"+r.engine.definition.analyze); err != nil {
		return fmt.Errorf("index the rebuilt tables: %w", err)
	}
	return r.fill(ctx)
}

// fill applies the log from the checkpoint to its end. The next page is read and decoded while the one
// before is written.
func (r *rebuild) fill(ctx context.Context) error {
	if r.writer.announce {
		var err error
		if r.writer.announced, err = announced(ctx, r.conn); err != nil {
			return err
		}
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
	var err error
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
		more, err = r.writer.fillOn(parent, r.conn, 2*everybodyAtOnce)
	}
	if err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	return nil
}

func (r *rebuild) read(ctx context.Context, after eventstore.Position, pages chan<- readPage) error {
	size := r.engine.config.RebuildEvents
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
	err := pgx.BeginFunc(ctx, leased, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "DROP SCHEMA IF EXISTS "+oldSchema+" CASCADE; ALTER SCHEMA "+liveSchema+
			" RENAME TO "+oldSchema+"; ALTER SCHEMA "+rebuildSchema+" RENAME TO "+liveSchema+"; "+admitAnalysts)
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
