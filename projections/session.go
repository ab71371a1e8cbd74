package projections

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/projections/lease"
)

// ensureSession makes this engine the active one: a connection that holds the lease, tables that fit this
// program, and the memory behind them. It waits while another engine is active.
func (e *Engine) ensureSession(ctx context.Context) error {
	if e.session != nil && !e.session.IsClosed() && e.writer.models != nil {
		return nil
	}
	e.endSession()
	e.health.waiting()
	l, err := lease.Open(e.config.DatabaseURL, lease.Options{Name: leaseName, Logic: Logic, Program: e.config.Program,
		TakeOlder: e.config.TakeOlder, Logger: e.config.Logger})
	if err != nil {
		return err
	}
	held, err := l.Hold(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	e.writer.fence = held.Fence
	conn, err := connectHardened(ctx, e.config.DatabaseURL, liveSchema, func(c *pgx.ConnConfig) {
		l.Harden(c)
		// A page may take long between statements. Whoever takes over ends it by the fence.
		delete(c.RuntimeParams, "idle_in_transaction_session_timeout")
	})
	if err == nil {
		if err = e.open(ctx, conn); err != nil {
			closeConn(conn)
		}
	}
	if err != nil {
		held.Release()
		return err
	}
	e.session, e.held = conn, held
	e.stirFilling()
	e.filled()
	stir(e.tidying)
	e.progress.set(e.writer.position, true)
	if e.goesOn {
		e.goesOn = false
		stir(e.cutOff)
	}
	if e.health.recovered(); e.changed {
		e.health.failed(stateLogChanged, errLogChanged)
	}
	return nil
}

// errLogChanged: what the tables hold last is not in the log any more.
var errLogChanged = errors.New("the log is not the one that the read models were made from, or an older copy of it: nothing is " +
	"projected until somebody makes them anew from this one, by rapport projections rebuild")

// open makes the tables fit.
func (e *Engine) open(ctx context.Context, conn *pgx.Conn) error {
	if err := e.openOutbox(ctx, conn); err != nil {
		return err
	}
	if e.config.Trigrams {
		if err := e.definition.trigrams(ctx, conn); err != nil {
			return err
		}
	}
	version, err := schemaVersion(ctx, conn, liveSchema)
	if err != nil {
		return err
	}
	same := true
	if version != "" {
		if same, err = e.sameLog(ctx, conn); err != nil {
			return err
		}
	}
	e.changed = !same
	switch {
	case !same:
	case version == e.definition.version:
		err = e.writer.inTx(ctx, conn, func(tx pgx.Tx) error { return e.definition.refresh(ctx, tx) })
		if errors.Is(err, errOtherViews) {
			e.config.Logger.Info("rebuilding the read models", "reason", err)
			err = e.remake(ctx, conn)
		}
	case version == "":
		err = e.writer.inTx(ctx, conn, func(tx pgx.Tx) error {
			if err := e.definition.create(ctx, tx, liveSchema); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, e.definition.index())
			return err
		})
	default:
		e.config.Logger.Info("the read models were made by another version of this program: rebuilding them")
		err = e.remake(ctx, conn)
	}
	if err != nil {
		return err
	}
	if err := e.clearRebuild(ctx); err != nil {
		return fmt.Errorf("clear away what a rebuild left: %w", err)
	}
	if _, err := conn.Exec(ctx, admitAnalysts); err != nil { // the role may be newer than the tables
		return fmt.Errorf("let analysts read: %w", err)
	}
	return e.writer.begin(ctx, conn)
}

// remake replaces the live tables while nobody writes them.
func (e *Engine) remake(ctx context.Context, conn *pgx.Conn) (err error) {
	e.health.rebuilding(time.Now())
	defer func() { e.health.rebuilt(err) }()
	r, err := e.startRebuild(ctx, e.writer.fence)
	if err != nil {
		return err
	}
	defer func() { r.end(ctx, err) }()
	if err := r.finish(ctx); err != nil {
		return err
	}
	if err := e.swap(ctx, conn); err != nil {
		return err
	}
	if err := e.dropReplaced(ctx); err != nil { // it is tried again beside
		e.config.Logger.Info("the replaced read models are not dropped yet", "error", err)
	}
	return nil
}

// sameLog tells whether the last event that the tables took still stands where it stood. Otherwise somebody
// has put another log in the place of this one, or an older copy of it.
func (e *Engine) sameLog(ctx context.Context, conn *pgx.Conn) (bool, error) {
	var stream *string
	var revision *int64
	var id *uuid.UUID
	err := conn.QueryRow(ctx, "SELECT last_stream, last_revision, last_event FROM projection_checkpoint").
		Scan(&stream, &revision, &id)
	if err != nil {
		return false, fmt.Errorf("read the last event of the tables: %w", err)
	}
	if stream == nil {
		return true, nil
	}
	for r, err := range e.config.Store.ReadStream(ctx, *stream, uint64(*revision)) {
		if err != nil && !errors.Is(err, eventstore.ErrDeleted) {
			return false, fmt.Errorf("look for the last event of the tables in the log: %w", err)
		}
		return err == nil && r.Revision == uint64(*revision) && r.ID == *id, nil
	}
	return false, ctx.Err()
}

// schemaVersion returns which definitions made the tables of a schema; empty where there are none.
func schemaVersion(ctx context.Context, conn *pgx.Conn, schema string) (version string, err error) {
	var exists bool
	err = conn.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", schema+".projection_checkpoint").Scan(&exists)
	if err == nil && exists {
		err = conn.QueryRow(ctx, "SELECT schema_version FROM "+schema+".projection_checkpoint").Scan(&version)
	}
	if err != nil {
		return "", fmt.Errorf("read the version of the tables: %w", err)
	}
	return version, nil
}

func (e *Engine) endSession() {
	if e.session == nil {
		return
	}
	closeConn(e.session)
	e.session = nil
	e.held.Release()
	e.held = nil
	e.writer.models = nil
	position, _, _ := e.progress.get()
	e.progress.set(position, false)
}
