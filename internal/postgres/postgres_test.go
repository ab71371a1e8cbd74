package postgres

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// closedDir answers a folder below one that is closed to everybody else, as mktemp -d makes them: for
// root, the server's user has no way in.
func closedDir(t *testing.T) string {
	t.Helper()
	closed := filepath.Join(t.TempDir(), "closed to others")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(closed, "postgres")
}

func mustStart(t *testing.T, o Options) *Server {
	t.Helper()
	o.Logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	s, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Stop(context.Background()) })
	return s
}

func mustStop(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// query answers the one value of the last of some statements.
func query(t *testing.T, url string, statements ...string) (value string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, sql := range statements {
		value = ""
		if err := conn.QueryRow(t.Context(), sql).Scan(&value); err != nil && !errors.Is(err, pgx.ErrNoRows) {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	return value
}

const (
	createProbe = "CREATE TABLE probe AS SELECT 'kept' AS word"
	readProbe   = "SELECT word FROM probe"
)

func TestRestartKeepsDataAndURL(t *testing.T) {
	dir := closedDir(t)
	first := mustStart(t, Options{Dir: dir})
	query(t, first.URL(), createProbe)
	mustStop(t, first)
	mustStop(t, first) // harmless
	select {
	case <-first.Done():
	default:
		t.Error("a stopped server is not done")
	}

	second := mustStart(t, Options{Dir: dir})
	if second.URL() != first.URL() {
		t.Errorf("the URL has changed from %s to %s", first.URL(), second.URL())
	}
	if word := query(t, second.URL(), readProbe); word != "kept" {
		t.Errorf("the table holds %q", word)
	}
	if info, err := os.Stat(filepath.Dir(dir)); err != nil || info.Mode().Perm()&0o007 != 0 {
		t.Errorf("the folder above was opened to everybody: %v, %v", info.Mode(), err)
	}
}

func TestOneServerPerDirectory(t *testing.T) {
	o := Options{Dir: closedDir(t), Ephemeral: true}
	mustStart(t, o)
	if _, err := Start(t.Context(), Options{Dir: o.Dir}); !errors.Is(err, ErrInUse) {
		t.Errorf("a second start answers %v, want %v", err, ErrInUse)
	}
}

func TestEphemeralLeavesNothing(t *testing.T) {
	o := Options{Dir: closedDir(t), Ephemeral: true}
	mustStop(t, mustStart(t, o))
	if _, err := os.Stat(o.Dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the directory is still there: %v", err)
	}
}

func TestAccess(t *testing.T) {
	s := mustStart(t, Options{Dir: closedDir(t), Ephemeral: true})
	for setting, want := range map[string]string{
		"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "password_encryption": "scram-sha-256",
		"server_encoding": "UTF8", "TimeZone": "UTC",
	} {
		if got := query(t, s.SuperuserURL(), "SHOW "+setting); got != want {
			t.Errorf("%s is %q, want %q", setting, got, want)
		}
	}
	const rights = `SELECT concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
		(SELECT array_agg(datname) FROM pg_database WHERE datdba = pg_roles.oid))
		FROM pg_roles WHERE rolname = current_user`
	if got, want := query(t, s.URL(), rights), "f f f f f {rapport}"; got != want {
		t.Errorf("the application's role has the rights %q, want %q", got, want)
	}
	for _, role := range []string{application, analyst, superuser} {
		u, err := url.Parse(s.URL())
		if err != nil {
			t.Fatal(err)
		}
		u.User = url.UserPassword(role, "guessed")
		if conn, err := pgx.Connect(t.Context(), u.String()); err == nil {
			conn.Close(t.Context())
			t.Errorf("%s came in with a wrong password", role)
		} else if !strings.Contains(err.Error(), "28P01") {
			t.Errorf("a wrong password gives %v, want SQLSTATE 28P01", err)
		}
	}
}

func TestSecretsAreForTheOwnerOnly(t *testing.T) {
	s := mustStart(t, Options{Dir: closedDir(t), Ephemeral: true})
	urlFile := filepath.Join(t.TempDir(), "postgres.url")
	if err := os.WriteFile(urlFile, []byte("an older one"), 0o644); err != nil {
		t.Fatal(err)
	}
	analystFile := filepath.Join(t.TempDir(), "postgres-analyst.url")
	if err := s.WriteURLs(urlFile, analystFile); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{urlFile: s.URL(), analystFile: s.AnalystURL()} {
		if content, err := os.ReadFile(path); err != nil || string(content) != want+"\n" {
			t.Errorf("%s holds %q, %v", path, content, err)
		}
	}
	for _, path := range []string{urlFile, analystFile, filepath.Join(s.dir, "superuser.password"),
		filepath.Join(s.dir, "rapport.password"), filepath.Join(s.dir, "analyst.password"), filepath.Join(s.dir, "server.log")} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", path, info.Mode(), err)
		}
	}
}

func TestPortTaken(t *testing.T) {
	o := Options{Dir: closedDir(t)}
	first := mustStart(t, o)
	mustStop(t, first)
	other, err := net.Listen("tcp4", net.JoinHostPort(loopback, itoa(first.port)))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if second := mustStart(t, o); second.port == first.port {
		t.Errorf("the server listens on port %d, which another program has", second.port)
	} else {
		mustStop(t, second)
	}
	o.Port = first.port
	if _, err := Start(t.Context(), o); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a wanted port that is taken gives %v", err)
	}
}

func TestDeathIsNoticed(t *testing.T) {
	s := mustStart(t, Options{Dir: closedDir(t), Ephemeral: true})
	if s.Err() != nil {
		t.Errorf("a running server answers %v", s.Err())
	}
	s.signal(syscall.SIGKILL)
	select {
	case <-s.Done():
	case <-time.After(30 * time.Second):
		t.Fatal("the server's death was not noticed")
	}
	if s.Err() == nil {
		t.Error("the server's death has no reason")
	}
}

func TestStopInAHurry(t *testing.T) {
	s := mustStart(t, Options{Dir: closedDir(t), Ephemeral: true})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Stop(ended); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("stop answers %v", err)
	}
	select {
	case <-s.Done():
	default:
		t.Error("the server is still running")
	}
}

func TestCancelledStart(t *testing.T) {
	o := Options{Dir: closedDir(t)}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Start(ctx, o); err == nil {
		t.Fatal("a cancelled start succeeds")
	}
	mustStart(t, o)
}

// A session that hangs does not keep the server from ending, and costs nothing that was committed.
func TestStopWithAHangingSession(t *testing.T) {
	o := Options{Dir: closedDir(t)}
	s := mustStart(t, o)
	query(t, s.URL(), createProbe)
	conn, err := pgx.Connect(t.Context(), s.AnalystURL())
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(int(conn.PgConn().PID()), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	mustStop(t, s)
	if took := time.Since(began); took > fastEnd+10*time.Second {
		t.Errorf("the end took %v", took)
	}
	if word := query(t, mustStart(t, o).URL(), readProbe); word != "kept" {
		t.Errorf("the table holds %q", word)
	}
}

// holdPidFile writes PostgreSQL's record of itself for a process with that name, of the server's user, that ends by
// itself after some seconds.
func holdPidFile(t *testing.T, dir, name string, seconds int) *exec.Cmd {
	t.Helper()
	sleep, err := exec.LookPath("sleep")
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(sleep)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp("", "rapport-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	path := filepath.Join(folder, name)
	if err := errors.Join(os.Chmod(folder, 0o755), os.WriteFile(path, program, 0o755)); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "cluster")
	a, err := serverAccount(data)
	if err != nil {
		t.Fatal(err)
	}
	cmd := a.command(t.Context(), path, itoa(seconds))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() { _ = cmd.Process.Kill(); <-ended })
	pidFile := filepath.Join(data, "postmaster.pid")
	if err := errors.Join(os.WriteFile(pidFile, []byte(itoa(cmd.Process.Pid)+"\n"+data+"\n1\n1\n\n\n\n\n"), 0o600),
		a.own(pidFile)); err != nil {
		t.Fatal(err)
	}
	return cmd
}

func TestHeldPidFile(t *testing.T) {
	o := Options{Dir: closedDir(t)}
	mustStop(t, mustStart(t, o))

	// The number of a server that crashed is another program's by now.
	other := holdPidFile(t, o.Dir, "sleep", 600)
	s := mustStart(t, o)
	if err := syscall.Kill(other.Process.Pid, 0); err != nil {
		t.Errorf("the other program was ended: %v", err)
	}
	mustStop(t, s)

	// Another server is about to end.
	holdPidFile(t, o.Dir, "postgres", 2)
	mustStop(t, mustStart(t, o))

	// It does not end in time.
	holdPidFile(t, o.Dir, "postgres", 600)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := Start(ctx, o); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a start beside another server: %v", err)
	}
}
