package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/esdb"
	"github.com/rapport-crm/rapport/eventstore/history"
	"github.com/rapport-crm/rapport/internal/beacon"
	"github.com/rapport-crm/rapport/internal/erasure"
	"github.com/rapport-crm/rapport/internal/files"
	"github.com/rapport-crm/rapport/internal/integration"
	"github.com/rapport-crm/rapport/internal/notary"
	"github.com/rapport-crm/rapport/internal/oidc"
	"github.com/rapport-crm/rapport/internal/postgres"
	"github.com/rapport-crm/rapport/internal/tokenmark"
	"github.com/rapport-crm/rapport/internal/uploads"
	"github.com/rapport-crm/rapport/projections"
	"github.com/rapport-crm/rapport/web"
)

type serveCmd struct {
	disclosureFlags
	headFlags
	Data             string        `help:"Where everything is kept." default:"./rapport-data" type:"path"`
	Listen           string        `help:"Address of the HTTP API." default:"127.0.0.1:8080"`
	Eventstore       string        `help:"EventStoreDB to use instead of the embedded log." placeholder:"esdb://HOST:2113"`
	Postgres         string        `help:"PostgreSQL to use instead of a private one." placeholder:"postgres://…"`
	EventstoreListen string        `help:"Also serve the embedded log to EventStoreDB clients, at this address." placeholder:"ADDR"`
	Currency         string        `help:"Currency of the books, ISO 4217; settled once. Without it the first purchase settles it."`
	TimeZone         string        `help:"Time zone in which business days are counted, such as Europe/Berlin; settled once. UTC without it."`
	TakeOver         bool          `help:"Take the read models over from a newer version of Rapport, to go back to this one: they are made anew."`
	OnPoison         string        `help:"What the projectors do at an event that they cannot take: stop, or skip it and go on." enum:"stop,skip" default:"stop"`
	Publish          string        `help:"Webhook, JetStream of NATS (nats://HOST:4222/SUBJECT) or exchange of AMQP (amqp://HOST:5672/VHOST?exchange=NAME) that is told who enters a segment and who leaves it." placeholder:"URL"`
	PublishSecret    string        `help:"File with the secret that signs webhooks; made where it is missing. By default in the data directory." placeholder:"FILE" type:"path"`
	WebhookSecrets   string        `help:"Folder of files with the secrets of the webhooks that are taken in, by their names. Without it they stand in RAPPORT_WEBHOOK_SECRET_… variables." type:"path" placeholder:"DIR"`
	ProofKey         string        `help:"File with the key that signs heads of the log; made where it is missing. By default in the data directory." placeholder:"FILE" type:"path"`
	ProofEvery       time.Duration `help:"How often a head of the log is signed, beside when a day is closed; 0: not by the clock." default:"1h"`
	MasterKey        string        `help:"Master key of the vault: a file, or a key management service by hcvault://HOST:PORT/MOUNT/keys/NAME and the token in VAULT_TOKEN. By default master.key in the data directory, made where it is missing." placeholder:"FILE|URI"`
	CommandMemory    bytesFlag     `help:"Memory for the states that commands decide on, most of all of customers." default:"128MiB" placeholder:"BYTES"`
	CommandDisk      bytesFlag     `help:"Disk, in the data directory, for those of customers that the memory does not hold; 0: they are read from the log again." default:"1GiB" placeholder:"BYTES"`
	Unsealed         bool          `kong:"-"` // for measuring what sealing costs
	TLSCert          string        `help:"File with the certificate, and those between it and its authority, in PEM: the API is served over TLS." type:"path" placeholder:"FILE"`
	TLSKey           string        `help:"File with the certificate's key, in PEM." type:"path" placeholder:"FILE"`
	OIDCIssuer       string        `help:"OpenID Connect issuer whose tokens are taken beside Rapport's own." placeholder:"URL" name:"oidc-issuer"`
	OIDCAudience     string        `help:"For whom tokens of the issuer must be meant." default:"rapport" name:"oidc-audience"`
	OIDCRoleClaim    string        `help:"Claim that has the roles: app, analyst, auditor, admin." default:"roles" name:"oidc-role-claim"`
	OIDCClientID     string        `help:"As whom the console is known to the issuer, for people to sign in there; by default as the audience." name:"oidc-client-id" placeholder:"ID"`
	OIDCClientSecret string        `help:"File with the secret of that client; none for a public one." name:"oidc-client-secret" type:"path" placeholder:"FILE"`
	OIDCScopes       []string      `help:"Scopes to ask the issuer for beside openid and profile, such as those that put roles into tokens." name:"oidc-scopes" placeholder:"SCOPE,…"`
	OIDCCallback     string        `help:"Address at which the issuer leads back, where a proxy stands before the server: https://HOST/signin/callback." name:"oidc-callback" placeholder:"URL"`
	RateLimit        int           `help:"Requests and lines of batches that one token may send in a minute." default:"1200000"`
	CORSOrigin       []string      `help:"Origins of pages elsewhere whose scripts may ask the API, with a token; none by default." name:"cors-origin" placeholder:"ORIGIN,…"`
	CloseDays        bool          `help:"Close each business day just after midnight, once the log follows live business." default:"true" negatable:""`
	Drain            time.Duration `help:"How long requests are still taken after SIGTERM, while /readyz says no; 0: not at all." default:"5s"`
	Memory           bytesFlag     `help:"Memory that the server, without PostgreSQL, tries to stay within: garbage is collected sooner as it gets near; 0: no limit." default:"2GiB" placeholder:"BYTES"`
	ErasureGrace     time.Duration `help:"How long a retention rule's erasures are planned before they are carried out, by the clocks of server and database." default:"168h"`
	RefitDays        int           `help:"Closed days after which the model of the customers' value is fitted anew; 0: by hand only." default:"30"`

	faceFlags
}

func (c serveCmd) Run(ctx context.Context, std streams, logger *slog.Logger) error {
	return c.serve(ctx, logger, func(ctx context.Context, s *server) error {
		fmt.Fprintf(std.out, "Rapport serves %[1]s (the console: %[1]s/, documentation: %[1]s/docs)\n", s.url())
		if s.open(ctx) {
			fmt.Fprintln(std.out, "Nobody needs a token yet, so it listens to this machine alone (rapport tokens issue --role admin --name YOU)")
		}
		if s.analystURLFile != "" {
			fmt.Fprintf(std.out, "Its tables: %s\n", s.psql(ctx))
		}
		return nil
	})
}

// server is all that runs in one process.
type server struct {
	address        string // of the API, as it listens
	local          bool   // it listens to its own machine alone
	tls            *tls.Config
	issuer         *oidc.Issuer          // whose tokens are taken; nil for none
	signIn         *oidc.SignIn          // of people, there
	rate           int                   // requests that one token may send in a minute
	origins        []string              // of pages elsewhere that may ask
	analystURLFile string                // holds the analysts' connection string of the private PostgreSQL
	adminURL       string                // of the private PostgreSQL
	room           func() (int64, error) // on the private PostgreSQL's disk, bytes
	databaseURL    string                // of the read models
	store          eventstore.Store
	door           *door // for EventStoreDB clients; nil: there is none
	codec          *eventstore.Codec
	secrets        func(name string) []string // of webhooks
	sending        *integration.Service
	commands       *commands.Service
	engine         *projections.Engine
	reader         *projections.Reader
	notary         *notary.Notary
	history        *history.Reader
	erasures       *erasure.Runner
	mark           *tokenmark.Mark
	beginning      *beginning // of the log
}

// psql is the shell command that opens the tables of the private PostgreSQL, to read them.
func (s *server) psql(ctx context.Context) string {
	return fmt.Sprintf(`%s "$(cat '%s')"`, postgres.Psql(ctx), s.analystURLFile)
}

// serve runs everything until ctx ends or a part fails, then ends the parts in the order in which they
// depend on each other: what was acknowledged is durable by then. ready is called once all is up.
func (c serveCmd) serve(ctx context.Context, logger *slog.Logger, ready func(context.Context, *server) error) (err error) {
	var closers []func() error
	defer func() {
		for i := len(closers) - 1; i >= 0; i-- {
			err = errors.Join(err, closers[i]())
		}
	}()
	later := func(f func() error) { closers = append(closers, f) }
	failed := make(chan error, 8) // more than there are parts that can fail

	s := &server{secrets: c.secretsOf(logger), rate: c.RateLimit, origins: c.CORSOrigin}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen for the API: %w", err)
	}
	later(func() error { listener.Close(); return nil })
	s.address, s.local = listener.Addr().String(), listener.Addr().(*net.TCPAddr).IP.IsLoopback()
	if err := c.secure(s, logger); err != nil {
		return err
	}
	if err := beacon.Check(c.HeadsTo, c.Witness); err != nil {
		return err
	}
	front := &api.Front{}
	listening := c.listen(s, front, listener, logger, later, failed)
	if err := c.openStore(ctx, s, logger, later, failed); err != nil {
		return err
	}
	if err := s.mayListen(ctx, logger); err != nil {
		return err
	}
	databaseURL, err := c.openPostgres(ctx, s, logger, later)
	if err != nil {
		return err
	}
	s.databaseURL = databaseURL
	if err := s.remember(ctx, c.Data, databaseURL, logger); err != nil {
		return err
	}
	if err := s.mayOpenDoor(ctx, logger); err != nil {
		return err
	}
	keys, err := openVault(ctx, c.Data, c.MasterKey, databaseURL, logger)
	if err != nil {
		return err
	}
	later(func() error { keys.Close(); return nil })
	if s.codec = eventstore.NewSealingCodec(keys); c.Unsealed {
		s.codec = eventstore.NewCodec()
	}
	s.history = history.NewReader(s.store, s.codec)
	if s.erasures, err = erasure.New(ctx, erasure.Config{DatabaseURL: databaseURL, AdminURL: s.adminURL,
		DropReplaced: projections.DropReplaced,
		Destroy:      keys.Destroy, Logger: logger}); err != nil {
		return err
	}
	later(func() error { s.erasures.Close(); return nil })
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if s.notary, err = c.openNotary(ctx, s, logger, registry); err != nil {
		return err
	}
	later(func() error { s.notary.Close(); return nil })
	s.history.HoldAgainst(s.notary.Whole)
	options := commands.Options{Purchases: s.purchaseBase, Pseudonyms: keys.Pseudonyms, Erased: s.erasures.Erased,
		Halted: s.halted, MemoryBytes: int64(c.CommandMemory), Snapshots: c.openSnapshots(keys, logger)}
	if options.Snapshots != nil {
		later(func() error { options.Snapshots.Close(); return nil })
	}
	s.commands = commands.New(s.store, s.codec, options)
	later(func() error { s.commands.Close(); return nil })
	if err := c.settle(ctx, s, logger); err != nil {
		return fmt.Errorf("settle the books: %w", err)
	}

	s.engine = projections.NewEngine(projections.Config{Store: s.store, Codec: s.codec, DatabaseURL: databaseURL,
		AdminURL: s.adminURL, Scratch: c.Data, Room: s.room,
		SkipPoison: c.OnPoison == "skip", Announce: c.Publish != "", Trigrams: true, Logger: logger, Metrics: registry,
		Program: version(), TakeOlder: c.TakeOver})
	if s.reader, err = projections.NewReader(ctx, databaseURL, s.engine); err != nil {
		return err
	}
	later(func() error { s.reader.Close(); return nil })

	background, end := context.WithCancel(context.Background())
	var running sync.WaitGroup
	later(func() error { end(); running.Wait(); return nil })
	limitMemory(int64(c.Memory))
	running.Go(func() { spendMemory(background) })
	running.Go(func() {
		if err := s.engine.Run(background); err != nil {
			failed <- fmt.Errorf("projections: %w", err)
		}
	})
	running.Go(func() {
		if err := s.notary.Run(background); err != nil {
			failed <- fmt.Errorf("proof: %w", err)
		}
	})
	if s.sending, err = c.sending(ctx, s, databaseURL, logger); err != nil {
		return err
	}
	running.Go(func() {
		defer s.sending.Close()
		if err := s.sending.Run(background); err != nil {
			failed <- fmt.Errorf("send events to subscriptions: %w", err)
		}
	})
	guard := newClockGuard(logger, registry)
	running.Go(func() { closeDays(background, s, guard, logger, c.CloseDays) })
	running.Go(func() { refitValue(background, s, logger, c.RefitDays) })
	running.Go(func() { s.attend(background, s.guidance(), logger) })
	running.Go(func() { s.erasures.Run(background) })
	running.Go(func() { c.publishHeads(background, s, logger) })
	running.Go(func() { s.attend(background, s.retention(c.ErasureGrace, logger), logger) })
	running.Go(func() { warm(background, s, logger) })
	if s.door != nil {
		later(s.door.serve(s.callers(logger), false, logger, failed))
	}
	files, err := uploads.Open(uploads.Config{Dir: filepath.Join(c.Data, "uploads")})
	if err != nil {
		return err
	}
	later(files.Close)
	healNewest(ctx, s, logger)
	open, shut := context.WithCancel(background)
	listening.RegisterOnShutdown(shut)
	front.Open(web.New(web.Config{API: s.api(background, registry, logger), Version: version(), Secure: s.tls != nil, Logger: logger,
		Background: open, Uploads: files, SignIn: s.signIn, MakeUp: c.makeUp(s), Vault: vaultStatus(keys)}))
	later(func() error {
		grace, cancel := context.WithTimeout(context.Background(), 15*time.Second)
		defer cancel()
		if err := listening.Shutdown(grace); err != nil {
			return errors.Join(err, listening.Close())
		}
		return nil
	})
	if err := ready(ctx, s); err != nil {
		return err
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return c.drain(ctx, front, logger, failed)
	}
}

// listen serves from the first moment, so that who asks while the server starts is told so and does not wait.
func (c serveCmd) listen(s *server, front *api.Front, listener net.Listener, logger *slog.Logger, later func(func() error),
	failed chan<- error) *http.Server {
	listening := newWeb(front, logger)
	listening.TLSConfig = s.tls
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := serveWeb(listening, listener); !errors.Is(err, http.ErrServerClosed) {
			failed <- fmt.Errorf("serve the API: %w", err)
		}
	})
	later(func() error { listening.Close(); serving.Wait(); return nil })
	return listening
}

// drain goes on serving for a while after it was asked to end, so that whoever distributes requests sees that it is not
// ready any more before it takes none. A person at a terminal (SIGINT) does not wait for that.
func (c serveCmd) drain(ctx context.Context, front *api.Front, logger *slog.Logger, failed <-chan error) error {
	front.Drain()
	if c.Drain <= 0 || !errors.Is(context.Cause(ctx), errTerminated) {
		logger.Info("shutting down")
		return nil
	}
	logger.Info("shutting down after a while in which others can notice", "drain", c.Drain)
	select {
	case err := <-failed:
		return err
	case <-time.After(c.Drain):
		return nil
	}
}

// warm lets the auditors' reader go through the log, so that their first question need not wait for it.
func warm(ctx context.Context, s *server, logger *slog.Logger) {
	if err := s.history.Warm(ctx); err != nil && ctx.Err() == nil {
		logger.Warn("read the log for its auditors; the first of them will wait for it", "error", err)
	}
}

func (s *server) api(ctx context.Context, registry *prometheus.Registry, logger *slog.Logger) http.Handler {
	config := api.Config{
		Background:    ctx,
		Commands:      s.commands,
		Reader:        s.reader,
		Engine:        s.engine,
		Proof:         s.notary,
		History:       s.history,
		Erasures:      s.erasures,
		Head:          s.store.Head,
		Local:         s.local,
		Origins:       s.origins,
		Tokens:        s.mark.Check,
		Limits:        api.Limits{Rate: s.rate},
		Secrets:       s.secrets,
		Subscriptions: s.sending,
		Version:       version(),
		Logger:        logger,
		Metrics:       registry,
	}
	if s.issuer != nil {
		config.Issuer = s.issuer.Identify
	}
	if log, ok := s.store.(interface{ Writable() error }); ok {
		config.Writable = log.Writable
	}
	return api.New(config)
}

// openStore opens the event log, and binds the address for EventStoreDB clients if there is one.
func (c serveCmd) openStore(ctx context.Context, s *server, logger *slog.Logger, later func(func() error), failed chan<- error) error {
	if c.Eventstore != "" {
		if c.EventstoreListen != "" {
			return errors.New("--eventstore-listen serves the embedded log, which --eventstore replaces: give one of them")
		}
		store, err := esdb.Open(c.Eventstore, esdb.Options{Logger: logger})
		if err != nil {
			return err
		}
		s.store = store
		later(store.Close)
		return usable(ctx, store, failed)
	}
	log, err := openLog(c.Data, logger)
	if err != nil {
		return err
	}
	s.store = log
	later(log.Close)
	if c.EventstoreListen == "" {
		return nil
	}
	s.door, err = openDoor(log, doorFlags{c.EventstoreListen, c.EventstoreTLSCert, c.EventstoreTLSKey,
		"--eventstore-tls-cert", "--eventstore-tls-key"}, logger)
	if err == nil {
		later(func() error { s.door.listener.Close(); return nil })
	}
	return err
}

func openLog(data string, logger *slog.Logger) (*embedded.Log, error) {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return nil, fmt.Errorf("make the data directory: %w", err)
	}
	log, err := embedded.Open(filepath.Join(data, "log"), embedded.Options{Logger: logger})
	if errors.Is(err, embedded.ErrLocked) {
		return nil, fmt.Errorf("another rapport uses %s: end it, or give this one a --data of its own (%w)", data, err)
	}
	return log, err
}

// openPostgres answers the URL of the database, and starts a private one unless one is given.
func (c serveCmd) openPostgres(ctx context.Context, s *server, logger *slog.Logger, later func(func() error)) (string, error) {
	if c.Postgres != "" {
		return c.Postgres, nil
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return "", fmt.Errorf("make the data directory: %w", err)
	}
	options := postgres.Options{Dir: filepath.Join(c.Data, "postgres"), Logger: logger}
	private, err := postgres.Start(ctx, options)
	if err != nil {
		return "", fmt.Errorf("start a private PostgreSQL: %w", err)
	}
	stop, stopped := context.WithCancel(context.Background())
	var watch sync.WaitGroup
	watch.Go(func() { private = keepRunning(stop, private, options, logger) })
	later(func() error {
		stopped()
		watch.Wait()
		grace, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		return private.Stop(grace)
	})
	s.adminURL = private.AdminURL()
	s.room = func() (int64, error) { return files.Free(options.Dir) }
	s.analystURLFile = filepath.Join(c.Data, "postgres-analyst.url")
	return private.URL(), private.WriteURLs(filepath.Join(c.Data, "postgres.url"), s.analystURLFile)
}

// keepRunning starts the private PostgreSQL again whenever it ends by itself; commands go on meanwhile, and
// its port and password stay. It answers the server that runs when ctx ends.
func keepRunning(ctx context.Context, s *postgres.Server, o postgres.Options, logger *slog.Logger) *postgres.Server {
	for {
		select {
		case <-ctx.Done():
			return s
		case <-s.Done():
		}
		logger.Error("the private PostgreSQL ended; starting it again", "error", s.Err())
		again, err := postgres.Start(ctx, o)
		if err == nil {
			s = again
			continue
		}
		logger.Error("start the private PostgreSQL again", "error", err)
		select {
		case <-ctx.Done():
			return s
		case <-time.After(2 * time.Second):
		}
	}
}

// settle writes down what the flags settle, and the ladder of a new log. A log that cannot be reached yet
// does not keep the server from starting: it goes on trying.
func (c serveCmd) settle(ctx context.Context, s *server, logger *slog.Logger) error {
	err := s.commands.Settle(ctx, domain.Currency(c.Currency), c.TimeZone)
	if err == nil {
		err = s.commands.EnsureLadder(ctx)
	}
	if !errors.Is(err, eventstore.ErrUnavailable) {
		return err
	}
	logger.Warn("the event store cannot be reached; commands wait for it", "error", err)
	time.AfterFunc(5*time.Second, func() {
		if err := c.settle(ctx, s, logger); err != nil && ctx.Err() == nil {
			logger.Error("settle the books", "error", err)
		}
	})
	return nil
}
