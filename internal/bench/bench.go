// Package bench measures how fast Rapport is on the machine at hand: mostly as ratios of two things done in
// turns within one run, so that whatever else the machine does weighs on both. It decides what is measured
// against what; it must not know how a server is put together, which is handed in.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/postgres"
	"github.com/rapport-crm/rapport/projections"
)

// Config says what to measure, and where. Dir, Serve and Seconds must be given.
type Config struct {
	Dir     string   // holds logs and tables meanwhile, on the disk that is measured with them
	Seconds float64  // about how long each thing is measured; smaller is quicker and rougher
	Only    []string // the benchmarks to run, by name; all of them if there is none
	Events  int      // about how many the large shop of scale has; 130,000 for each of Seconds if 0
	Serve   Serve

	Version  string    // of the program, for the report
	Progress io.Writer // how far it is; io.Discard
	Logger   *slog.Logger
}

// Server is a running Rapport: what is asked over HTTP at its address, and what is behind it.
type Server struct {
	Address  string
	Store    eventstore.Store
	Codec    *eventstore.Codec
	Commands *commands.Service
	Engine   *projections.Engine
	Reader   *projections.Reader
}

// Serve runs a whole server on a directory and a database, hands it to use, and ends it when that returns. It seals
// what is personal unless it is not to.
type Serve func(ctx context.Context, dir, databaseURL string, unsealed bool, use func(context.Context, *Server) error) error

// benchmarks in the order in which they run. Each has a log and a database of its own.
var benchmarks = []struct {
	name    string
	measure func(*run, context.Context) error
}{
	{"commands", (*run).commands},
	{"sealing", (*run).sealing},
	{"rebuild", (*run).rebuild},
	{"visible", (*run).visible},
	{"busy", (*run).busy},
	{"append", (*run).appends},
	{"days", (*run).days},
	{"views", (*run).views},
	{"pages", (*run).pages},
	{"reads", (*run).reads},
	{"verify", (*run).verify},
	{"scale", (*run).scale},
	{"sustained", (*run).sustained},
	{"cold", (*run).cold},
}

// run is one run of the benchmarks.
type run struct {
	Config
	postgres *postgres.Server
	report   *Report
}

// Run measures, and returns what it found, also where it fails.
func Run(ctx context.Context, c Config) (_ *Report, err error) {
	if c.Progress == nil {
		c.Progress = io.Discard
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	r := &run{Config: c, report: newReport(c.Version)}
	if err := r.disk(); err != nil {
		return nil, fmt.Errorf("measure the disk: %w", err)
	}
	r.postgres, err = postgres.Start(ctx, postgres.Options{Dir: filepath.Join(c.Dir, "postgres"), Logger: c.Logger})
	if err != nil {
		return nil, err
	}
	defer func() {
		grace, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		err = errors.Join(err, r.postgres.Stop(grace))
	}()
	for _, b := range benchmarks {
		if len(c.Only) > 0 && !slices.Contains(c.Only, b.name) {
			continue
		}
		var err error
		pprof.Do(ctx, pprof.Labels("benchmark", b.name), func(ctx context.Context) { err = b.measure(r, ctx) })
		if err != nil {
			return r.report, fmt.Errorf("benchmark %s: %w", b.name, err)
		}
	}
	return r.report, nil
}

// disk takes the time of what every durable write waits for: 4 KiB written and synced.
func (r *run) disk() error {
	file, err := os.Create(filepath.Join(r.Dir, "disk"))
	if err != nil {
		return err
	}
	defer file.Close()
	block := make([]byte, 4<<10)
	var took []time.Duration
	for end := time.Now().Add(r.share(20)); len(took) == 0 || time.Now().Before(end); {
		began := time.Now()
		if _, err := file.Write(block); err != nil {
			return err
		}
		if err := file.Sync(); err != nil {
			return err
		}
		took = append(took, time.Since(began))
	}
	r.report.set("disk.sync_ms", ms(median(took)))
	return nil
}

// share is a part of the time that a benchmark may take.
func (r *run) share(parts int) time.Duration {
	return time.Duration(r.Seconds / float64(parts) * float64(time.Second))
}

// scaled is how many of something there are, at so many a second of measuring.
func (r *run) scaled(perSecond int) int { return max(int(r.Seconds*float64(perSecond)), 1) }

// progress shows how far a benchmark is.
func (r *run) progress(what string, steps int) (advance func(int), end func()) {
	return client.Progress(r.Progress, what, steps)
}

// serve runs a server whose log and database bear that name: new ones the first time, the same ones again.
func (r *run) serve(ctx context.Context, name string, use func(context.Context, *Server) error) error {
	return r.serveAs(ctx, name, false, use)
}

func (r *run) serveUnsealed(ctx context.Context, name string, use func(context.Context, *Server) error) error {
	return r.serveAs(ctx, name, true, use)
}

func (r *run) serveAs(ctx context.Context, name string, unsealed bool, use func(context.Context, *Server) error) error {
	databaseURL, err := r.database(ctx, name)
	if err != nil {
		return err
	}
	return r.Serve(ctx, filepath.Join(r.Dir, name), databaseURL, unsealed, use)
}

// database answers the URL of a database, made if it is missing.
func (r *run) database(ctx context.Context, name string) (string, error) {
	u, err := url.Parse(r.postgres.URL())
	if err != nil {
		return "", err
	}
	conn, err := pgx.Connect(ctx, r.postgres.SuperuserURL())
	if err != nil {
		return "", fmt.Errorf("make the database %s: %w", name, err)
	}
	defer conn.Close(ctx)
	var exists bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&exists)
	if err == nil && !exists {
		_, err = conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()+
			" OWNER "+pgx.Identifier{u.User.Username()}.Sanitize())
	}
	if err != nil {
		return "", fmt.Errorf("make the database %s: %w", name, err)
	}
	u.Path = "/" + name
	return u.String(), nil
}

// caughtUp waits until the read models show all that the log holds, with everybody judged by it.
func (s *Server) caughtUp(ctx context.Context) error { return s.caughtUpWithin(ctx, 5*time.Minute) }

func (s *Server) caughtUpWithin(ctx context.Context, most time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	head, err := s.Store.Head(ctx)
	if err != nil {
		return err
	}
	return s.Reader.WaitJudged(ctx, head)
}
