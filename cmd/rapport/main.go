// Command rapport is the CRM engine: the server, and the tools of those who import, audit and look after it.
// It wires the packages together; it decides nothing about customers.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // business time zones, where the machine has none

	"github.com/alecthomas/kong"

	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/importer"
)

type commandLine struct {
	Serve       serveCmd       `cmd:"" help:"Run everything in one process: API, event log, projections and, unless told of one, a private PostgreSQL."`
	Demo        demoCmd        `cmd:"" help:"Serve, with generated customers, for a first look."`
	Import      importCmd      `cmd:"" help:"Import sales from a CSV file, or another source that is known by name, through a running server."`
	Replay      replayCmd      `cmd:"" help:"Tell a customer's history from the log."`
	Reads       readsCmd       `cmd:"" help:"Tell who was shown a customer's personal data, the newest first."`
	Diff        diffCmd        `cmd:"" help:"Tell from the log what became of a customer between two moments."`
	Erase       eraseCmd       `cmd:"" help:"Leave nothing personal of a customer, for good."`
	Value       valueCmd       `cmd:"" help:"Look after the model of the customers' value."`
	Projections projectionsCmd `cmd:"" help:"Look after the read models."`
	Verify      verifyCmd      `cmd:"" help:"Find out whether the log, or a bundle, is what it was."`
	Export      exportCmd      `cmd:"" help:"Write a customer's events with their proof into a file that anybody can verify."`
	Proof       proofCmd       `cmd:"" help:"Signed heads of the log, and the key that signs them."`
	Keys        keysCmd        `cmd:"" help:"Look after the keys that seal what is personal in the log."`
	Catalogue   catalogueCmd   `cmd:"" help:"Tell what the tables and views hold, column by column."`
	OpenAPI     openapiCmd     `cmd:"" name:"openapi" help:"Write the OpenAPI document of the API, for linters and generators of clients."`
	Tokens      tokensCmd      `cmd:"" help:"Say who may use Rapport."`
	Eventstore  eventstoreCmd  `cmd:"" help:"Run the embedded event log alone, for EventStoreDB clients."`
	Bench       benchCmd       `cmd:"" help:"Measure how fast Rapport is on this machine."`

	Version  kong.VersionFlag `help:"Print the version."`
	LogLevel slog.Level       `help:"Least severe log line to write: debug, info, warn or error." default:"info"`
	LogJSON  bool             `help:"Write log lines as JSON."`
}

// streams are where commands read and write, so that tests can listen.
type streams struct {
	out, err io.Writer
}

func main() {
	os.Exit(run(untilSignal(), os.Args[1:], streams{out: os.Stdout, err: os.Stderr}))
}

// errTerminated is the cause of an end by SIGTERM, which a supervisor sends.
var errTerminated = errors.New("terminated")

// untilSignal returns a context that ends with the first signal. A second one ends the process at once.
func untilSignal() context.Context {
	ctx, end := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		first := <-signals
		signal.Stop(signals)
		if first == syscall.SIGTERM {
			end(errTerminated)
		} else {
			end(context.Canceled)
		}
	}()
	return ctx
}

// parser reads a command line into c; the server's flags may also be given as RAPPORT_ variables.
func (c *commandLine) parser(more ...kong.Option) *kong.Kong {
	parser, err := kong.New(c, append(more, kong.Name("rapport"), environment(),
		kong.Vars{"version": version(), "presets": strings.Join(importer.Presets(), ", ")},
		kong.Description("Rapport is an event-sourced CRM engine: every touchpoint with a customer is an immutable\n"+
			"event; what analysts query follows from the events alone."))...)
	if err != nil {
		panic(err)
	}
	return parser
}

// exitError ends the program with a code of its own.
type exitError struct {
	code int
	error
}

func (e exitError) Unwrap() error { return e.error }

// run carries out a command line and returns the exit code: 0 done, 1 failed, 2 misused, 3 what was verified differs,
// unless a command says otherwise.
func run(ctx context.Context, args []string, std streams) (code int) {
	var c commandLine
	exited := errors.New("exited")
	defer func() { // kong ends --help and --version through Exit
		if r := recover(); r != nil && r != any(exited) {
			panic(r)
		}
	}()
	parser := c.parser(kong.UsageOnError(), kong.Writers(std.out, std.err),
		kong.Exit(func(n int) { code = n; panic(exited) }))
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(std.err, "rapport: %v\n(rapport --help lists what there is)\n", err)
		return 2
	}
	options := &slog.HandlerOptions{Level: c.LogLevel}
	var handler slog.Handler = slog.NewTextHandler(std.err, options)
	if c.LogJSON {
		handler = slog.NewJSONHandler(std.err, options)
	}
	logger := slog.New(handler)
	slog.SetDefault(logger)
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(std, logger); err != nil {
		fmt.Fprintf(std.err, "rapport: %v\n%s", err, wayOut(err))
		if other := (exitError{}); errors.As(err, &other) {
			return other.code
		}
		if errors.Is(err, errDiffers) {
			return 3
		}
		return 1
	}
	return 0
}

// wayOut says what to do about an error that is not the user's, where that is known.
func wayOut(err error) string {
	var away *client.Unavailable
	var answered *client.Problem
	if errors.As(err, &answered) && answered.Status == http.StatusUnauthorized {
		return "(say who you are by a token in RAPPORT_TOKEN, or in a file that --token-file names)\n"
	}
	if errors.As(err, &away) && !errors.As(err, &answered) {
		return "(start one with rapport serve, or name another by --server)\n"
	}
	return ""
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "development"
	}
	return info.Main.Version
}

// remote is for commands that speak to a running server.
type remote struct {
	Server    string `help:"The server to speak to." default:"http://127.0.0.1:8080"`
	Token     string `help:"Token that says who asks. Others on this machine may see a command's flags: rather put it into RAPPORT_TOKEN, or a file." placeholder:"rpt_…"`
	TokenFile string `help:"File with the token." type:"path" placeholder:"FILE"`
	Purpose   string `help:"Why personal data are looked at, as a code: whoever asks who looked is told." placeholder:"complaint:4711"`
}

// client answers a client for one question, whose answer somebody waits for.
func (r remote) client(std streams) (*client.Client, error) { return r.clientTrying(3, std) }

// patientClient answers a client for a long job, which a restart of the server must not end.
func (r remote) patientClient(std streams) (*client.Client, error) { return r.clientTrying(10, std) }

func (r remote) clientTrying(attempts int, std streams) (*client.Client, error) {
	token := r.Token
	if token == "" && r.TokenFile != "" {
		text, err := os.ReadFile(r.TokenFile)
		if err != nil {
			return nil, fmt.Errorf("read the token: %w", err)
		}
		token = strings.TrimSpace(string(text))
	}
	return client.New(r.Server, client.Options{Token: token, Purpose: r.Purpose, Attempts: attempts, OnRetry: func(err error, wait time.Duration) {
		fmt.Fprintf(std.err, "%v; trying again in %s\n", err, wait.Round(10*time.Millisecond))
	}})
}
