package projections

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sort"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/projections/lease"
)

// decoded is an event ready to be applied, or the reason why it cannot be.
type decoded struct {
	domain.Recorded
	eventType string
	err       error
}

// decodePage reads the events of a page. Events of other applications that share the log are left out;
// a type that looks like ours but is unknown is a fault. An error means that all of them must be read again later.
func decodePage(ctx context.Context, codec *eventstore.Codec, records []eventstore.Record) ([]decoded, error) {
	events, err := codec.DecodeAll(ctx, records)
	if err != nil {
		return nil, err
	}
	out := make([]decoded, 0, len(records))
	for i, e := range events {
		eventType := records[i].Type
		if errors.Is(e.Err, eventstore.ErrForeignType) {
			continue
		}
		out = append(out, decoded{Recorded: e.Recorded, eventType: eventType, err: e.Err})
	}
	return out, nil
}

// writer turns pages into rows of one schema. It owns the memory behind them.
type writer struct {
	handlers *handlers
	log      logReader
	memory   int // bytes, for folds of persons
	slice    int // persons who are judged by changed rules at once, at the most
	skip     bool
	announce bool // whether other systems are told what is found out, whoever subscribes
	logger   *slog.Logger

	// fence is the first statement of each transaction: it fails where another process has taken over.
	fence func(context.Context, pgx.Tx) error

	models   *models
	position eventstore.Position
	// waiting: an event stopped the projectors, and nothing after it was taken since.
	waiting bool
	// listened: there is a subscription in force.
	listened bool
	// announced is up to which position everything was announced, as far as this writer knows.
	announced uint64
}

var (
	// errMoved: the checkpoint is not where this writer left it.
	errMoved = errors.New("the checkpoint was moved by somebody else, or its last moves were lost")
	// errStopped: an event cannot be taken, and policy says to wait for a fix.
	errStopped = errors.New("the projectors stopped at an event that they cannot take")
)

// eventFault is a fault of one event rather than of the database.
type eventFault struct {
	position uint64 // of the event in the log; 0 where it is not known which
	err      error
}

func (f *eventFault) Error() string { return f.err.Error() }
func (f *eventFault) Unwrap() error { return f.err }

// inTx carries f out in a transaction of whoever holds the lease.
func (w *writer) inTx(ctx context.Context, conn *pgx.Conn, f func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if err := w.fence(ctx, tx); err != nil {
			return err
		}
		return f(tx)
	})
}

// begin reads the checkpoint and the memory of the schema that is first on the search path.
func (w *writer) begin(ctx context.Context, conn *pgx.Conn) error {
	w.models = nil
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		var position int64
		if err := tx.QueryRow(ctx, "SELECT position FROM projection_checkpoint").Scan(&position); err != nil {
			return fmt.Errorf("read the checkpoint: %w", err)
		}
		if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM projection_failures WHERE status = 'stopped')").
			Scan(&w.waiting); err != nil {
			return fmt.Errorf("read the failures: %w", err)
		}
		if err := w.listen(ctx, tx); err != nil {
			return err
		}
		m := newModels(w.log, w.memory)
		if err := loadModels(newPage(ctx, tx, m, w.handlers, uint64(position))); err != nil {
			return err
		}
		w.models, w.position = m, eventstore.Position(position)
		return nil
	})
}

// listen finds out whether there is a subscription in force.
func (w *writer) listen(ctx context.Context, from interface {
	QueryRow(context.Context, string, ...any) pgx.Row
}) error {
	err := from.QueryRow(ctx, `SELECT EXISTS (SELECT FROM subscriptions s WHERE retired_on IS NULL
		AND version = (SELECT max(version) FROM subscriptions n WHERE n.subscription = s.subscription))`).Scan(&w.listened)
	if err != nil {
		return fmt.Errorf("look who subscribes: %w", err)
	}
	return nil
}

// write applies events that follow the checkpoint and moves it to next, in one transaction. Where an event
// is at fault it halves the page until it has found it; the rest is applied. errStopped ends it at that
// event unless policy is to skip. After any other error begin must be called again.
func (w *writer) write(ctx context.Context, conn *pgx.Conn, events []decoded, next eventstore.Position) error {
	if old := w.old(events); old > 0 && old < len(events) {
		if err := w.write(ctx, conn, events[:old], eventstore.Position(events[old-1].Position)); err != nil {
			return err
		}
		events = events[old:]
	}
	err := w.transact(ctx, conn, events, next)
	var fault *eventFault
	if !errors.As(err, &fault) {
		return err
	}
	if err := w.begin(ctx, conn); err != nil {
		return err
	}
	if len(events) == 1 {
		return w.isolate(ctx, conn, events[0], next, fault)
	}
	middle := len(events) / 2
	if at := slices.IndexFunc(events, func(e decoded) bool { return e.Position == fault.position }); at >= 0 {
		middle = max(at, 1)
	}
	before := eventstore.Position(events[middle-1].Position)
	if err := w.write(ctx, conn, events[:middle], before); err != nil {
		return err
	}
	return w.write(ctx, conn, events[middle:], next)
}

// old counts the events of a page that were announced before: where there are others, they are a page of their own,
// so that who is judged at the end of a page is judged where they were judged then.
func (w *writer) old(events []decoded) int {
	return sort.Search(len(events), func(i int) bool { return events[i].Position > w.announced })
}

// transact is write without the search for a faulty event.
func (w *writer) transact(ctx context.Context, conn *pgx.Conn, events []decoded, next eventstore.Position) error {
	subscribes := slices.ContainsFunc(events, func(e decoded) bool { return listens(e.Event) })
	err := w.inTx(ctx, conn, func(tx pgx.Tx) error {
		p := newPage(ctx, tx, w.models, w.handlers, uint64(w.position))
		p.announces, p.filledAtOnce = w.announce || w.listened || subscribes, w.slice
		for i := range events {
			if err := p.take(&events[i]); err != nil {
				if isDatabaseFault(conn, err) {
					return err
				}
				return &eventFault{position: events[i].Position, err: err}
			}
		}
		err := recovered(func() error {
			return p.finish(func(b *pgx.Batch) { w.moveCheckpoint(b, events, next) })
		})
		if err != nil && !errors.Is(err, errMoved) && !isDatabaseFault(conn, err) {
			var fault *eventFault
			if errors.As(err, &fault) {
				return fault
			}
			return &eventFault{err: err}
		}
		return err
	})
	if err != nil {
		w.models = nil
		return err
	}
	w.position, w.waiting = next, false
	if subscribes {
		if err := w.listen(ctx, conn); err != nil {
			return err
		}
	}
	w.models.people.forget()
	for _, c := range w.models.caches {
		c.forget(rowsKept)
	}
	return nil
}

// moveCheckpoint queues the move of the checkpoint to next, behind events.
func (w *writer) moveCheckpoint(b *pgx.Batch, events []decoded, next eventstore.Position) {
	if w.waiting {
		b.Queue("DELETE FROM projection_failures WHERE status = 'stopped'")
	}
	b.Queue("UPDATE integration.checkpoint SET position = $1 WHERE position < $1", int64(next))
	var stream *string // without events the last one stays
	var revision *int64
	var id pgtype.UUID
	if len(events) > 0 {
		last := &events[len(events)-1]
		at := int64(last.Revision)
		stream, revision, id = &last.Stream, &at, pgtype.UUID{Bytes: last.ID, Valid: true}
	}
	b.Queue(`UPDATE projection_checkpoint SET position = $1, updated_at = now(),
		last_stream = coalesce($3, last_stream), last_revision = coalesce($4, last_revision),
		last_event = coalesce($5, last_event) WHERE position = $2`,
		int64(next), int64(w.position), stream, revision, id).Exec(func(tag pgconn.CommandTag) error {
		if tag.RowsAffected() != 1 {
			return errMoved
		}
		return nil
	})
}

const recordFailure = `INSERT INTO projection_failures (position, type, stream, error, status)
	VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (position) DO UPDATE SET error = EXCLUDED.error, status = EXCLUDED.status`

// isolate writes down that an event cannot be taken, and by policy goes on behind it or stops before it.
func (w *writer) isolate(ctx context.Context, conn *pgx.Conn, e decoded, next eventstore.Position, fault *eventFault) error {
	status := "stopped"
	if w.skip {
		status = "skipped"
	}
	w.logger.Error("an event cannot be projected", "position", e.Position, "type", e.eventType,
		"stream", e.Stream, "status", status, "error", fault.err)
	err := w.inTx(ctx, conn, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, recordFailure, int64(e.Position), e.eventType, e.Stream, fault.err.Error(), status)
		if err != nil || !w.skip {
			return err
		}
		b := &pgx.Batch{}
		w.moveCheckpoint(b, []decoded{e}, next)
		return tx.SendBatch(ctx, b).Close()
	})
	switch {
	case err != nil:
		return fmt.Errorf("record a failure: %w", err)
	case w.skip:
		w.position = next
		w.models.skipped[eventstore.Position(e.Position)] = true
		return nil
	}
	w.waiting = true
	return fmt.Errorf("%w: position %d, %s: %w", errStopped, e.Position, e.eventType, fault.err)
}

// take applies an event; a panic is that event's fault.
func (p *page) take(e *decoded) error {
	if e.err != nil {
		return e.err
	}
	return recovered(func() error { return p.apply(e.Recorded) })
}

// recovered makes an error of a panic.
func recovered(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return f()
}

// rowsKept is how many rows of a table that is of no customer are remembered between pages.
const rowsKept = 10_000

// unmoved queues a check that the checkpoint is where this writer left it.
func (w *writer) unmoved(b *pgx.Batch) {
	b.Queue("UPDATE projection_checkpoint SET updated_at = now() WHERE position = $1", int64(w.position)).
		Exec(func(tag pgconn.CommandTag) error {
			if tag.RowsAffected() != 1 {
				return errMoved
			}
			return nil
		})
}

// isDatabaseFault tells a fault that is the database's or the connection's, so that trying again may help,
// from one that the data caused.
func isDatabaseFault(conn *pgx.Conn, err error) bool {
	if conn.IsClosed() || errors.Is(err, errLog) || errors.Is(err, lease.ErrLost) || errors.Is(err, eventstore.ErrUnavailable) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	switch pg.Code[:2] {
	case "22", "23", "54": // data exception, integrity constraint, program limit
		return false
	}
	return true
}
