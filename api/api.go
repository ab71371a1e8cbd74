// Package api is Rapport over HTTP. It decides how requests become commands and queries, and how answers and
// refusals are written. It must not know SQL or how the log is kept.
package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/history"
	"github.com/rapport-crm/rapport/projections"
)

// Config is what the API speaks to. All but Writable, Secrets, the limits, the logger and the metrics is needed.
type Config struct {
	Commands *commands.Service
	Reader   Reader
	// History replays customers from the log.
	History *history.Reader
	// Head answers the position of the newest event in the log.
	Head func(context.Context) (eventstore.Position, error)
	// Writable tells why the log takes no commands now. Nil: it takes them whenever its head can be read.
	Writable func() error
	// Engine keeps the read models.
	Engine Engine
	// Proof tells whether the log is what it was.
	Proof Proof
	// Erasures tells what was done after customers were erased; nil: nothing but what the log and the tables tell.
	Erasures Erasures
	// Secrets answers the secrets that a webhook names: several while one replaces another, none where it is unknown.
	Secrets func(name string) []string
	// Issuer tells whose a token of another system is, or why it is nobody's; access.ErrIssuerAway where it cannot tell. Nil:
	// no such tokens are taken.
	Issuer func(ctx context.Context, token string) (access.Identity, error)
	// Local lets whoever asks on this machine do everything, until a token is issued. Only for a server that nobody else
	// can reach.
	Local bool
	// Origins are those of pages elsewhere that may ask, such as https://shop.example.com; none by default.
	Origins []string
	// Tokens compares how many events the log has about tokens with what is remembered beside it, and reports whether
	// tokens were ever issued. Nil: the log alone says so.
	Tokens func(ctx context.Context, events uint64) (ever bool, err error)
	// Background ends what goes on after a request was answered; context.Background.
	Background context.Context

	Limits        Limits
	Version       string
	Now           func() time.Time // time.Now
	Subscriptions Subscriptions
	Logger        *slog.Logger         // slog.Default
	Metrics       *prometheus.Registry // one of its own
}

func (c *Config) setDefaults() {
	c.Limits.setDefaults()
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Background == nil {
		c.Background = context.Background()
	}
	if c.Writable == nil {
		c.Writable = func() error { return nil }
	}
	if c.Secrets == nil {
		c.Secrets = func(string) []string { return nil }
	}
	if c.Subscriptions == nil {
		c.Subscriptions = noSubscriptions{}
	}
	if c.Tokens == nil {
		c.Tokens = func(_ context.Context, events uint64) (bool, error) { return events > 0, nil }
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	if c.Metrics == nil {
		c.Metrics = prometheus.NewRegistry()
	}
}

// Reader answers questions from the read models: *projections.Reader.
type Reader interface {
	Customer(ctx context.Context, id uuid.UUID) (projections.Customer360, error)
	Family(ctx context.Context, id uuid.UUID) ([]uuid.UUID, error)
	Export(ctx context.Context, ids []uuid.UUID, take func(table string, row []byte) error) error
	Erasure(ctx context.Context, id uuid.UUID) (projections.Erasure, error)
	Timeline(ctx context.Context, id uuid.UUID, below *int64, limit int) ([]projections.TimelineEntry, error)
	Segments(ctx context.Context) ([]projections.Segment, error)
	Segment(ctx context.Context, name string) (projections.Segment, error)
	Members(ctx context.Context, name string, on *domain.Day, after uuid.UUID, limit int, purpose string) ([]projections.Membership, error)
	Explain(ctx context.Context, segment string, id uuid.UUID) (projections.Explanation, error)
	Judge(ctx context.Context, rule *rules.Rule, ids []uuid.UUID) ([]bool, error)
	Preview(ctx context.Context, rule *rules.Rule, sample int) (projections.Preview, error)
	ForecastRetention(ctx context.Context, segment string, afterDays int, on *domain.Day, sample int) (
		projections.RetentionForecast, error)
	AllGuidance(ctx context.Context) ([]projections.GuidanceInForce, error)
	Guidance(ctx context.Context, name string) (projections.GuidanceInForce, error)
	Recommendations(ctx context.Context, assignee string, limit int) ([]projections.Recommendation, error)
	Delivery(ctx context.Context, subscription string) (projections.Delivery, error)
	Letters(ctx context.Context, subscription string, limit int) ([]projections.Letter, error)
	RetryDead(ctx context.Context, subscription string) (int64, error)
	Replay(ctx context.Context, subscription string, from eventstore.Position) error
	Products(ctx context.Context, after string, limit int) ([]projections.Product, error)
	Product(ctx context.Context, sku string) (projections.Product, error)
	Stages(ctx context.Context) ([]projections.StageCount, error)
	Reads(ctx context.Context, id uuid.UUID, everybody bool, below *int64, limit int) ([]projections.Read, error)
	Transitions(ctx context.Context, q projections.TransitionQuery) ([]projections.Transition, error)
	Prediction(ctx context.Context, id uuid.UUID, horizonDays int) (projections.Prediction, error)
	Status(ctx context.Context) (projections.Status, error)
	Failures(ctx context.Context) ([]projections.Failure, error)
	Tables(ctx context.Context) ([]projections.Table, error)
	Table(ctx context.Context, name string) (projections.Table, error)
	FindsAlike(ctx context.Context) (bool, error)
	Rows(ctx context.Context, sql string, args []any, take func(row [][]byte) error) error
	Select(ctx context.Context, s projections.Selection, take func(row [][]byte) error) error
	WaitFor(ctx context.Context, position eventstore.Position) error
	WaitJudged(ctx context.Context, position eventstore.Position) error
	Checksums(ctx context.Context) ([]projections.Checksum, error)
	BusinessChecksums(ctx context.Context) ([]projections.Checksum, error)
}

// Engine keeps the read models: *projections.Engine.
type Engine interface {
	Status(ctx context.Context) projections.Status
	// Rebuild returns when it is done, at once where it cannot be.
	Rebuild(ctx context.Context) error
	// Verify compares the read models with what a rebuild makes; Verification returns what came of the last time.
	Verify(ctx context.Context) (projections.Verification, error)
	Verification() (projections.VerificationStatus, error)
	// Resume makes stopped projectors try again.
	Resume()
}

// Limits bound what one request may cost. Zero fields take their defaults.
type Limits struct {
	Body  int64 // bytes of a request: 1 MiB
	Batch int64 // bytes of a batch: 32 MiB
	Line  int   // bytes of one line of a batch: 1 MiB
	Lines int   // lines of a batch: 10,000

	Streams int // streams that one batch writes to at once: 64
	Batches int // batches at once; others wait: 8
	Exports int // tables sent at once; others wait: 2

	Rate     int // requests and lines of batches that one token may send in a minute: 1,200,000
	Failures int // wrong tokens that an address may show in a minute: 60

	Request   time.Duration // for a command or query: 10 s
	BatchTime time.Duration // for a batch: 2 min
	Wait      time.Duration // for the read models to reach a position: 5 s
	Checksum  time.Duration // for the checksums of all tables: 5 min
	Export    time.Duration // for a table as CSV: 10 min
	Verify    time.Duration // for reading the whole log: 1 h
	Stalled   time.Duration // for a client to take what was sent of it: 30 s
	Lag       time.Duration // that the read models may be behind and the server be ready still: 1 min
}

func (l *Limits) setDefaults() {
	defaultTo(&l.Body, 1<<20)
	defaultTo(&l.Batch, 32<<20)
	defaultTo(&l.Line, 1<<20)
	defaultTo(&l.Lines, 10_000)
	defaultTo(&l.Streams, 64)
	defaultTo(&l.Batches, 8)
	defaultTo(&l.Exports, 2)
	defaultTo(&l.Rate, 1_200_000)
	defaultTo(&l.Failures, 60)
	defaultTo(&l.Request, 10*time.Second)
	defaultTo(&l.BatchTime, 2*time.Minute)
	defaultTo(&l.Wait, 5*time.Second)
	defaultTo(&l.Checksum, 5*time.Minute)
	defaultTo(&l.Export, 10*time.Minute)
	defaultTo(&l.Verify, time.Hour)
	defaultTo(&l.Stalled, 30*time.Second)
	defaultTo(&l.Lag, time.Minute)
}

func defaultTo[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

type server struct {
	origins       []string // of pages elsewhere that may ask
	ratePolicy    string   // the header that says how often a caller may
	commands      *commands.Service
	reader        Reader
	replays       *history.Reader
	head          func(context.Context) (eventstore.Position, error)
	secrets       func(name string) []string
	subscriptions Subscriptions
	hooks         hooks
	guard         *guard
	writable      func() error
	engine        Engine
	proof         Proof
	erasures      Erasures
	limits        Limits
	now           func() time.Time
	logger        *slog.Logger
	metrics       *metrics
	batches       chan struct{} // a token for each batch under way
	exports       chan struct{} // and for each table that is being sent

	verifying chan struct{} // a token while the whole log is read
	ctx       context.Context

	router *chi.Mux
	roles  map[string]access.Roles // who may use a route, by method and path
	// discloses are the routes that show personal data, by method and path.
	discloses map[string]bool
	// lists are the schemas that declared lists have brought.
	lists  map[string]bool
	huma   huma.API
	byName map[string]*command
}

// New answers the handler of all routes.
func New(c Config) http.Handler {
	c.setDefaults()
	s := &server{commands: c.Commands, reader: c.Reader, replays: c.History, head: c.Head, secrets: c.Secrets, subscriptions: c.Subscriptions,
		hooks: hooks{commands: c.Commands, byName: map[string]*hook{}}, writable: c.Writable, engine: c.Engine, proof: c.Proof,
		erasures:  c.Erasures,
		verifying: make(chan struct{}, 1),
		ctx:       c.Background, limits: c.Limits, now: c.Now, logger: c.Logger, metrics: newMetrics(c.Metrics),
		batches: make(chan struct{}, c.Limits.Batches), exports: make(chan struct{}, c.Limits.Exports), router: chi.NewRouter(),
		origins: c.Origins, ratePolicy: fmt.Sprintf(`"caller";q=%d;w=60`, c.Limits.Rate),
		roles: map[string]access.Roles{}, discloses: map[string]bool{}, lists: map[string]bool{}, byName: map[string]*command{}}
	s.guard = newGuard(c)
	s.router.Use(middleware.GetHead)
	s.huma = newHuma(adapter{s}, c.Version)
	for _, command := range commandList {
		s.commandRoute(command)
	}
	s.batchRoute()
	s.customerRoutes()
	s.timelineRoutes()
	s.historyRoutes()
	s.erasureRoutes()
	s.exportRoutes()
	s.readRoutes()
	s.segmentRoutes()
	s.ruleRoutes()
	s.guidanceRoutes()
	s.worklistRoutes()
	s.subscriptionRoutes()
	s.loyaltyRoutes()
	s.policyRoutes()
	s.productRoutes()
	s.valueRoutes()
	s.webhookRoutes()
	s.tokenRoutes()
	s.tableRoutes()
	s.projectionRoutes()
	s.proofRoutes()
	s.healthRoutes(c.Metrics)
	s.listRoutes()
	s.complete()
	s.docsRoutes()
	s.router.NotFound(func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, problem(http.StatusNotFound, "route_unknown", "there is nothing at this path; see /docs"))
	})
	s.router.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", strings.Join(s.methods(r), ", "))
		writeProblem(w, problem(http.StatusMethodNotAllowed, "method_not_allowed", "this path does not take %s", r.Method))
	})
	return s
}

// ServeHTTP implements http.Handler. It is all the middleware that there is.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if cause := recover(); cause != nil {
			if cause == http.ErrAbortHandler {
				panic(cause)
			}
			s.panicked(w, r, cause)
		}
	}()
	h := w.Header()
	h["X-Content-Type-Options"] = nosniff
	h["Content-Security-Policy"] = noContent
	h["Referrer-Policy"] = noReferrer
	h["Cache-Control"] = noStore
	h["Cross-Origin-Resource-Policy"] = ownOrigin
	if r.TLS != nil {
		h["Strict-Transport-Security"] = onlyTLS
	}
	if s.crosses(w, r) {
		return
	}
	if r.Method != http.MethodGet {
		s.router.ServeHTTP(w, r)
		return
	}
	h.Add("Vary", "Accept-Encoding")
	read := &reading{ResponseWriter: w, request: r}
	s.router.ServeHTTP(read, r)
	read.end()
}

var (
	nosniff    = []string{"nosniff"}
	noContent  = []string{"default-src 'none'; frame-ancestors 'none'"}
	noReferrer = []string{"no-referrer"}
	noStore    = []string{"no-store"}
	ownOrigin  = []string{"same-origin"}
	onlyTLS    = []string{"max-age=31536000"}
)
