// Package postgres runs a private PostgreSQL server under a data directory, from the server binaries that
// are installed, so that Rapport and its tests need no database set up by hand. It decides where the
// cluster lives, who may connect and how the server ends; it does not know what is stored in it. It needs
// a Unix.
//
// The server answers on the loopback only, to three roles only, by password (scram-sha-256): the application, analysts,
// who may read what the application grants them, and the superuser. It ends with the process
// that started it, however that one ends. Beside the cluster, the directory holds the passwords (mode
// 0600), the server's settings and its log.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/rapport-crm/rapport/internal/files"
)

// Options say where the server lives.
type Options struct {
	// Dir holds the cluster and what belongs to it. It is made if it is missing.
	Dir string
	// Port to listen on. 0 takes a free one and keeps it over restarts, so that the URL stays.
	Port int
	// Ephemeral gives up durability for speed, and removes Dir once the server or this process has ended.
	Ephemeral bool
	// Logger takes what is worth knowing about starts and stops. Nil: slog.Default().
	Logger *slog.Logger
}

// ErrInUse: another process runs a server in this directory.
var ErrInUse = errors.New("another process uses this directory")

// Server is a running PostgreSQL. Its methods are safe for concurrent use.
type Server struct {
	dir       string
	port      int
	passwords passwords
	process   *process
	done      chan struct{}
	logger    *slog.Logger
}

// The roles, and the database that the application's role owns.
const (
	superuser   = "postgres"
	application = "rapport"
	database    = "rapport"
)

// Start starts the server in o.Dir and waits until it takes connections. The first start makes the
// cluster. A server that an earlier process left behind is stopped first. ctx bounds the start alone; the
// server runs until Stop. A directory in use by another process gives ErrInUse; without server binaries,
// ErrNotInstalled.
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	s, err := start(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("start PostgreSQL in %s: %w", o.Dir, err)
	}
	return s, nil
}

func start(ctx context.Context, o Options) (_ *Server, err error) {
	dir, err := makeDir(o.Dir)
	if err != nil {
		return nil, err
	}
	lock, err := tryLock(filepath.Join(dir, "lock"))
	if errors.Is(err, errLocked) {
		return nil, ErrInUse
	}
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			lock.Close()
			if o.Ephemeral {
				os.RemoveAll(dir)
			}
		}
	}()
	c, err := openCluster(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	family, err := c.endOrphan(ctx)
	if err != nil {
		return nil, err
	}
	defer family.Close() // the server has inherited it by then
	s := &Server{dir: dir, done: make(chan struct{}), logger: o.Logger}
	if s.passwords, err = c.ensure(ctx); err != nil {
		return nil, err
	}
	if err = s.launch(ctx, c, o.Port, family); err != nil {
		return nil, err
	}
	go s.attend(o.Ephemeral, lock)
	w := &warden{url: s.AdminURL(), password: s.passwords.analyst, logger: o.Logger}
	if err := w.admit(ctx); err != nil {
		s.signal(syscall.SIGQUIT)
		<-s.done // which has put everything away
		return nil, err
	}
	if !o.Ephemeral {
		go w.watch(s.done)
	}
	o.Logger.Info("PostgreSQL is running", "dir", dir, "port", s.port, "version", c.bin.major)
	return s, nil
}

// makeDir makes dir and answers its true path. Others may pass through it, since the server can be
// another user; what it holds is protected by itself.
func makeDir(dir string) (string, error) {
	if dir == "" {
		return "", errors.New("no directory given")
	}
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return "", err
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(dir)
}

// launch finds a port and starts the server on it. A port of our own choice that another program snatches
// between the choice and the start is replaced.
func (s *Server) launch(ctx context.Context, c *cluster, port int, family *os.File) (err error) {
	for attempt := 1; ; attempt++ {
		if s.port, err = c.port(port); err != nil {
			return err
		}
		s.process, err = c.launch(ctx, s.port, family)
		if !errors.Is(err, errPortTaken) || port != 0 || attempt == 5 {
			return err
		}
	}
}

// attend waits for the server's end and puts everything away.
func (s *Server) attend(ephemeral bool, lock *os.File) {
	s.process.wait()
	if ephemeral {
		os.RemoveAll(s.dir)
	}
	lock.Close()
	close(s.done)
}

// URL is what the application connects with: postgres://rapport:<password>@127.0.0.1:<port>/rapport.
func (s *Server) URL() string { return s.url(application, s.passwords.application, database) }

// AnalystURL is what those connect with who may only read.
func (s *Server) AnalystURL() string { return s.url(analyst, s.passwords.analyst, database) }

// SuperuserURL is what an administrator connects with, to the same server.
func (s *Server) SuperuserURL() string { return s.url(superuser, s.passwords.superuser, "postgres") }

// AdminURL is what an administrator connects with to the application's database.
func (s *Server) AdminURL() string { return s.url(superuser, s.passwords.superuser, database) }

func (s *Server) url(role, password, database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(role, password),
		Host: net.JoinHostPort(loopback, strconv.Itoa(s.port)), Path: "/" + database}
	return u.String()
}

// WriteURLs writes URL and AnalystURL, each with a newline, to files that only their owner may read.
func (s *Server) WriteURLs(application, analyst string) error {
	err := errors.Join(files.Replace(application, s.URL()+"\n", 0o600), files.Replace(analyst, s.AnalystURL()+"\n", 0o600))
	if err != nil {
		return fmt.Errorf("write the connection strings: %w", err)
	}
	return nil
}

// Done is closed when the server has ended, after Stop or by itself.
func (s *Server) Done() <-chan struct{} { return s.done }

// Err tells why the server ended by itself, with the last words of its log. Nil while it runs and after a
// clean end.
func (s *Server) Err() error {
	select {
	case <-s.done:
		return s.process.err
	default:
		return nil
	}
}

// fastEnd is how long the server may take to roll back what is open and save the rest. A session that hangs would keep
// it for ever.
const (
	fastEnd        = 3 * time.Second
	fastEndSeconds = "3"
)

// Stop ends the server and waits for that: open transactions are rolled back, everything committed is
// saved. When that takes longer than 3 s, or ctx ends first, the server ends at once and recovers from its own log at
// the next start: nothing that was committed is lost. Stopping twice is harmless; a server that has ended by itself
// answers Err.
func (s *Server) Stop(ctx context.Context) error {
	s.signal(syscall.SIGINT)
	fast := time.NewTimer(fastEnd)
	defer fast.Stop()
	select {
	case <-s.done:
		return s.process.err
	case <-ctx.Done():
	case <-fast.C:
		s.logger.Warn("PostgreSQL takes too long to end: ending it at once, to recover at the next start", "dir", s.dir)
	}
	s.signal(syscall.SIGQUIT)
	select {
	case <-s.done:
		return ctx.Err()
	case <-time.After(10 * time.Second): // a disk that hangs, say: nothing is left to try
		return fmt.Errorf("stop PostgreSQL in %s: it does not end", s.dir)
	}
}

// signal fails only for a server that has ended, and then there is nothing to do.
func (s *Server) signal(sig os.Signal) { _ = s.process.cmd.Process.Signal(sig) }
