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
	"github.com/jackc/pgx/v5"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/projections/lease"
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
	// Trigrams has names found that are spelt alike, where the database has pg_trgm or lets it be made.
	Trigrams bool
	// PageEvents bounds a page of consecutive events, RebuildEvents what a rebuild folds at once, customers as wholes.
	PageEvents    int
	RebuildEvents int
	// AdminURL is of who may change what analysts built, if that is another than of DatabaseURL.
	AdminURL string
	// Scratch is the folder for what a rebuild sorts; the system's if empty.
	Scratch string
	// Room returns how many bytes are free where the database keeps its files. Nil where that is not known.
	Room func() (int64, error)
	// Program is the version of the program, shown to people. TakeOlder lets it take over from a newer one's Logic.
	Program   string
	TakeOlder bool
	// Memory bounds what is remembered of persons between pages, bytes.
	Memory int
	// Slice bounds how many persons are judged by changed rules at once: in the page that brings the change, and in each
	// transaction between pages.
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
		c.RebuildEvents = 8000 // a transaction costs about as much as a thousand events
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

// Engine keeps the read models up with the log. One engine a database is active, by a lease; others wait and take over.
type Engine struct {
	config     Config
	definition definition
	progress   *progress
	metrics    *metrics

	// session is the connection that writes while the lease is held; nil between sessions. It is guarded by mu, as are
	// the writer and the lease.
	mu      sync.Mutex
	session *pgx.Conn
	held    *lease.Held
	writer  *writer
	// pageEvents is how many events the next page takes at the most.
	pageEvents int
	changed    bool // the log is not the one that made the tables: nothing moves until a person rebuilds

	health  health
	resumed chan struct{} // receives when stopped projectors shall try again
	filling chan struct{} // receives when changes of the rules are to be filled in
	tidying chan struct{} // receives when replaced tables are to be dropped
	cutOff  chan struct{} // receives when a rebuild was cut off that can go on
	goesOn  bool          // there is one; guarded by mu

	looking sync.Mutex
	looker  *pgx.Conn // reads how far the tables are that another process keeps

	rebuilding sync.Mutex
	refolded   func(parts int) // told of each part of a rebuild that is done

	past eventstore.Position // the head of the log when Run began; announced only by tables that had not taken it
}

// leaseName names the lease of who writes the read models of a database.
const leaseName = "projections"

// NewEngine answers an engine that does nothing until Run.
func NewEngine(c Config) *Engine {
	c.setDefaults()
	e := &Engine{config: c, definition: define(c.Projectors), progress: newProgress(),
		resumed: make(chan struct{}, 1), filling: make(chan struct{}, 1), tidying: make(chan struct{}, 1), cutOff: make(chan struct{}, 1)}
	e.health.logger = c.Logger
	e.writer = e.newWriter()
	e.pageEvents = min(firstPage, c.PageEvents)
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
		unreadable: e.unreadable, from: e.checkpoint})
	router.AddConsumerHandler("read-models", "log", sub, func(m *message.Message) error {
		return e.handle(m.Context(), pageOf(m))
	})
	var beside sync.WaitGroup
	beside.Go(func() { e.keepHealth(ctx) })
	beside.Go(func() { e.keepLease(ctx) })
	beside.Go(func() { e.keepFilling(ctx) })
	beside.Go(func() { e.keepTidy(ctx) })
	beside.Go(func() { e.keepGoingOn(ctx) })
	err = router.Run(ctx)
	beside.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.endSession()
	e.looking.Lock()
	defer e.looking.Unlock()
	if e.looker != nil {
		closeConn(e.looker)
	}
	return err
}

// checkpoint answers where the read models are, and makes this engine the active one first.
func (e *Engine) checkpoint(ctx context.Context) (eventstore.Position, error) {
	for {
		e.mu.Lock()
		err := e.ensureSession(ctx)
		position, waiting := e.writer.position, e.writer.waiting || e.changed
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
	if e.changed {
		e.health.failed(stateLogChanged, errLogChanged)
		return errStopped
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
	for len(events) > 0 || page.next > e.writer.position {
		n, next := len(events), page.next
		if n > e.pageEvents {
			n = e.pageEvents
			next = eventstore.Position(events[n-1].Position)
		}
		began := time.Now()
		if err := e.writer.write(ctx, e.session, events[:n], next); err != nil {
			e.shrinkPages()
			e.failed(ctx, err)
			return err
		}
		took := time.Since(began)
		e.adaptPages(n, took)
		e.metrics.page(n, took)
		e.stirFilling()
		e.filled()
		e.health.took(n)
		e.progress.set(e.writer.position, true)
		events = events[n:]
	}
	e.health.caughtUp(page.caughtUp)
	e.progress.set(e.writer.position, true)
	return nil
}

// A page is one transaction. The first is small, and they grow while they are fast, so that a process that is killed again
// and again gets on all the same.
const (
	firstPage = 250 // events
	leastPage = 50
	fastPage  = 300 * time.Millisecond
	slowPage  = 2 * time.Second
)

func (e *Engine) shrinkPages() {
	e.pageEvents = min(max(e.pageEvents/2, leastPage), e.config.PageEvents)
}

func (e *Engine) adaptPages(events int, took time.Duration) {
	switch {
	case took > slowPage:
		e.shrinkPages()
	case took < fastPage && events == e.pageEvents:
		e.pageEvents = min(2*e.pageEvents, e.config.PageEvents)
	}
}

// unreadable draws the consequences of a log that cannot be read; it will be tried again.
func (e *Engine) unreadable(err error) {
	if !errors.Is(err, eventstore.ErrChanged) {
		e.health.failed(stateUnavailable, err)
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.endSession() // the next one finds out whether the log still is the one of the tables
}

// keepLease ends the session when its lease is lost, and waits for the lease again.
func (e *Engine) keepLease(ctx context.Context) {
	for ctx.Err() == nil {
		e.mu.Lock()
		held := e.held
		e.mu.Unlock()
		if held == nil {
			pause(ctx, 100*time.Millisecond)
			continue
		}
		select {
		case <-held.Done():
		case <-ctx.Done():
			return
		}
		e.mu.Lock()
		if e.held == held {
			e.endSession()
			if err := e.ensureSession(ctx); err != nil && ctx.Err() == nil {
				e.health.failed(stateUnavailable, err)
			}
		}
		e.mu.Unlock()
	}
}

// stir has something done that is waited for by one, once, however often it is asked for before.
func stir(what chan<- struct{}) {
	select {
	case what <- struct{}{}:
	default:
	}
}

// stirFilling has changes of the rules filled in, if there are any that everybody has not seen. The engine is locked.
func (e *Engine) stirFilling() {
	if !e.writer.behind() {
		return
	}
	stir(e.filling)
}

// keepFilling fills in changes of the rules, in slices that are short enough not to be felt by the pages between them.
func (e *Engine) keepFilling(ctx context.Context) {
	for {
		select {
		case <-e.filling:
		case <-ctx.Done():
			return
		}
		for more := true; more && ctx.Err() == nil; {
			more = e.fillSlice(ctx)
		}
	}
}

// fillSlice fills in one slice, and reports whether there is more.
func (e *Engine) fillSlice(ctx context.Context) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.session == nil || e.session.IsClosed() || e.writer.models == nil || e.writer.waiting {
		return false // another session, or the next page, begins it again
	}
	more, err := e.writer.fillOn(ctx, e.session)
	e.filled()
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
	stir(e.resumed)
}
