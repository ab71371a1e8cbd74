package projections

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rapport-crm/rapport/eventstore"
)

// Config is what an Engine needs. Store, Codec and DatabaseURL must be given.
type Config struct {
	Store       eventstore.Store
	Codec       *eventstore.Codec
	DatabaseURL string
	// SkipPoison goes on behind an event that cannot be taken; otherwise the projectors stop there.
	SkipPoison bool
	// Announce writes to an outbox who enters a segment and who leaves it, for other systems.
	Announce bool
	// PageEvents bounds a page of consecutive events, RebuildEvents what a rebuild folds at once, customers as wholes.
	PageEvents    int
	RebuildEvents int
	// AdminURL is of who may change what analysts built, if that is another than of DatabaseURL.
	AdminURL string
	// Scratch is the folder for what a rebuild sorts; the system's if empty.
	Scratch string
	// Memory bounds what is remembered of persons between pages, bytes.
	Memory int
	// Slice is how many persons are judged by changed rules in the page that brings the change; the others are between
	// pages.
	Slice      int
	Projectors []Projector
	Logger     *slog.Logger
	Metrics    prometheus.Registerer
}

func (c *Config) setDefaults() {
	if c.PageEvents == 0 {
		c.PageEvents = 5000
	}
	if c.RebuildEvents == 0 {
		c.RebuildEvents = 12_000 // a transaction costs about as much as a thousand events
	}
	if c.Slice == 0 {
		c.Slice = 5000
	}
	if c.Memory == 0 {
		c.Memory = 256 << 20
	}
	if c.Projectors == nil {
		c.Projectors = Projectors
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
}

// Engine keeps the read models up with the log. One engine a database is active, by an advisory lock that
// its connection holds; others wait and take over.
type Engine struct {
	config     Config
	definition definition
	progress   *progress
	metrics    *metrics

	// session is the connection that holds the lease and writes; nil between sessions. It is guarded by mu,
	// as is the writer.
	mu      sync.Mutex
	session *pgx.Conn
	writer  *writer

	health  health
	resumed chan struct{} // receives when stopped projectors shall try again
	filling chan struct{} // receives when changes of the rules are to be filled in
	tidying chan struct{} // receives when replaced tables are to be dropped
	cutOff  chan struct{} // receives when a rebuild was cut off that can go on
	goesOn  bool          // there is one; guarded by mu

	rebuilding sync.Mutex
	refolded   func(parts int) // told of each part of a rebuild that is done

	past eventstore.Position // the head of the log when Run began; announced only by tables that had not taken it
}

// leaseKey is the advisory lock that makes an engine the active one of its database.
const leaseKey = 0x7261_7070_6f72_74 // "rapport"

// NewEngine answers an engine that does nothing until Run.
func NewEngine(c Config) *Engine {
	c.setDefaults()
	e := &Engine{config: c, definition: define(c.Projectors), progress: newProgress(),
		resumed: make(chan struct{}, 1), filling: make(chan struct{}, 1), tidying: make(chan struct{}, 1), cutOff: make(chan struct{}, 1)}
	e.health.logger = c.Logger
	e.writer = e.newWriter()
	e.metrics = newMetrics(c.Metrics, e)
	return e
}

func (e *Engine) newWriter() *writer {
	return &writer{handlers: arrange(e.config.Projectors), log: logReader{e.config.Store, e.config.Codec},
		memory: e.config.Memory, slice: e.config.Slice, skip: e.config.SkipPoison, announce: e.config.Announce, logger: e.config.Logger}
}

// Run projects until ctx ends; then the page under way is finished or rolled back. Faults of the database
// and the log are retried for ever, with backoff: they show in the status.
func (e *Engine) Run(ctx context.Context) error {
	e.awaitPast(ctx)
	logger := watermill.NewSlogLoggerWithLevelMapping(e.config.Logger,
		map[slog.Level]slog.Level{slog.LevelInfo: slog.LevelDebug, slog.LevelError: slog.LevelDebug})
	router, err := message.NewRouter(message.RouterConfig{CloseTimeout: 30 * time.Second}, logger)
	if err != nil {
		return fmt.Errorf("make the router: %w", err)
	}
	router.AddMiddleware(
		middleware.Retry{MaxRetries: 2, InitialInterval: 50 * time.Millisecond, Multiplier: 4,
			MaxInterval: time.Second, ResetContextOnRetry: true, Logger: logger,
			ShouldRetry: func(p middleware.RetryParams) bool { return !errors.Is(p.Err, errStopped) },
		}.Middleware,
		middleware.Recoverer,
	)
	sub := newSubscriber(&subscriber{store: e.config.Store, codec: e.config.Codec, pageSize: e.config.PageEvents,
		unreadable: func(err error) { e.health.failed(stateUnavailable, err) }, from: e.checkpoint})
	router.AddConsumerHandler("read-models", "log", sub, func(m *message.Message) error {
		return e.handle(m.Context(), pageOf(m))
	})
	var beside sync.WaitGroup
	beside.Go(func() { e.keepHealth(ctx) })
	beside.Go(func() { e.keepFilling(ctx) })
	beside.Go(func() { e.keepTidy(ctx) })
	beside.Go(func() { e.keepGoingOn(ctx) })
	err = router.Run(ctx)
	beside.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.endSession()
	return err
}

// checkpoint answers where the read models are, and makes this engine the active one first.
func (e *Engine) checkpoint(ctx context.Context) (eventstore.Position, error) {
	for {
		e.mu.Lock()
		err := e.ensureSession(ctx)
		position, waiting := e.writer.position, e.writer.waiting
		e.mu.Unlock()
		switch {
		case ctx.Err() != nil:
			return 0, ctx.Err()
		case err != nil:
			e.health.failed(stateUnavailable, err)
			pause(ctx, time.Second)
		case waiting && e.health.isStopped():
			select {
			case <-e.resumed:
				e.health.recovered()
			case <-ctx.Done():
				return 0, ctx.Err()
			}
		default:
			return position, nil
		}
	}
}

// handle writes a page. An error means that it shall come again, or what follows the checkpoint by then.
func (e *Engine) handle(ctx context.Context, page readPage) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.ensureSession(ctx); err != nil {
		e.health.failed(stateUnavailable, err)
		return err
	}
	if page.next <= e.writer.position && (len(page.events) > 0 || page.next < e.writer.position) {
		return nil // a rebuild or another engine has taken it already
	}
	if page.after > e.writer.position {
		return errMoved // the subscriber will begin from the checkpoint again
	}
	events := page.events
	for len(events) > 0 && eventstore.Position(events[0].Position) <= e.writer.position {
		events = events[1:]
	}
	if len(events) > 0 || page.next > e.writer.position {
		began := time.Now()
		if err := e.writer.write(ctx, e.session, events, page.next); err != nil {
			e.failed(ctx, err)
			return err
		}
		e.metrics.page(len(events), time.Since(began))
		e.stirFilling()
		e.health.took(len(events))
	}
	e.health.caughtUp(page.caughtUp)
	e.progress.set(e.writer.position, true)
	return nil
}

// stirFilling has changes of the rules filled in, if there are any that everybody has not seen. The engine is locked.
func (e *Engine) stirFilling() {
	if !e.writer.behind() {
		return
	}
	select {
	case e.filling <- struct{}{}:
	default:
	}
}

// keepFilling fills in changes of the rules, in slices that are short enough not to be felt by the pages between them.
func (e *Engine) keepFilling(ctx context.Context) {
	persons := 100
	for {
		select {
		case <-e.filling:
		case <-ctx.Done():
			return
		}
		for more := true; more && ctx.Err() == nil; {
			began := time.Now()
			more = e.fillSlice(ctx, persons)
			switch took := time.Since(began); {
			case took > 2*sliceMost:
				persons = max(10, persons/2)
			case took < sliceMost:
				persons = min(5000, persons+persons/2)
			}
		}
	}
}

// sliceMost is how long a slice of filling should take.
const sliceMost = 50 * time.Millisecond

// fillSlice fills in one slice, and reports whether there is more.
func (e *Engine) fillSlice(ctx context.Context, persons int) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.session == nil || e.session.IsClosed() || e.writer.models == nil || e.writer.waiting {
		return false // another session, or the next page, begins it again
	}
	more, err := e.writer.fillOn(ctx, e.session, persons)
	if err != nil {
		e.failed(ctx, err)
		return false
	}
	return more
}

// failed draws the consequences of a page that could not be written.
func (e *Engine) failed(ctx context.Context, err error) {
	if errors.Is(err, errStopped) {
		e.health.failed(stateStopped, err)
		e.progress.set(e.writer.position, true) // what stands before the event was taken
		return
	}
	if ctx.Err() == nil { // otherwise it is the end of Run, not a fault
		e.health.failed(stateUnavailable, err)
	}
	e.endSession()
}

// Resume makes stopped projectors try again the event at which they stopped.
func (e *Engine) Resume() {
	select {
	case e.resumed <- struct{}{}:
	default:
	}
}

// ensureSession makes this engine the active one: a connection that holds the lease, tables that fit this
// program, and the memory behind them. It waits while another engine is active.
func (e *Engine) ensureSession(ctx context.Context) error {
	if e.session != nil && !e.session.IsClosed() && e.writer.models != nil {
		return nil
	}
	e.endSession()
	conn, err := connect(ctx, e.config.DatabaseURL, liveSchema)
	if err != nil {
		return err
	}
	if err := e.open(ctx, conn); err != nil {
		closeConn(conn)
		return err
	}
	e.session = conn
	e.stirFilling()
	e.stirTidying()
	e.progress.set(e.writer.position, true)
	if e.goesOn {
		e.goesOn = false
		select {
		case e.cutOff <- struct{}{}:
		default:
		}
	}
	e.health.recovered()
	return nil
}

// open takes the lease on a connection and makes the tables fit.
func (e *Engine) open(ctx context.Context, conn *pgx.Conn) error {
	e.health.waiting()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(leaseKey)); err != nil {
		return fmt.Errorf("take the lease: %w", err)
	}
	if err := e.openOutbox(ctx, conn); err != nil {
		return err
	}
	version, err := schemaVersion(ctx, conn, liveSchema)
	if err != nil {
		return err
	}
	switch version {
	case e.definition.version:
		same, err := e.sameLog(ctx, conn)
		if err != nil {
			return err
		}
		if !same {
			e.config.Logger.Warn("the read models were made from another log, or from more of this one than is left: " +
				"rebuilding them")
			if err := e.remake(ctx, conn); err != nil {
				return err
			}
		}
	case "":
		if err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			if err := e.definition.create(ctx, tx, liveSchema); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, e.definition.indexes)
			return err
		}); err != nil {
			return err
		}
	default:
		e.config.Logger.Info("the read models were made by another version of this program: rebuilding them")
		if err := e.remake(ctx, conn); err != nil {
			return err
		}
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
	r, err := e.startRebuild(ctx)
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
	e.writer.models = nil
	position, _, _ := e.progress.get()
	e.progress.set(position, false)
}
