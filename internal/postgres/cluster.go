package postgres

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	mathrand "math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rapport-crm/rapport/internal/files"
)

const loopback = "127.0.0.1"

// cluster is the server's home. The account owns data and nothing else; what is beside it stays ours, so
// that nothing we do there can be led astray by a less privileged user.
type cluster struct {
	dir       string // passwords, settings, log
	data      string // PostgreSQL's own files
	account   account
	bin       installation
	ephemeral bool
	logger    *slog.Logger
}

// openCluster finds out who runs the server and with which binaries, and sees to it that it can get there.
func openCluster(ctx context.Context, dir string, o Options) (*cluster, error) {
	c := &cluster{dir: dir, data: filepath.Join(dir, "cluster"), ephemeral: o.Ephemeral, logger: o.Logger}
	var err error
	if c.account, err = serverAccount(c.data); err != nil {
		return nil, err
	}
	if err := c.account.reach(ctx, dir, o.Logger); err != nil {
		return nil, err
	}
	version := 0
	text, err := readText(filepath.Join(c.data, "PG_VERSION"))
	switch {
	case err == nil:
		if version, err = strconv.Atoi(text); err != nil {
			return nil, fmt.Errorf("PG_VERSION of the cluster: %w", err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	c.bin, err = choose(installations(ctx, places()), version)
	return c, err
}

func (c *cluster) path(name string) string { return filepath.Join(c.dir, name) }

// endOrphan takes the lock that the server and all its children inherit. So whoever gets it knows that no
// server is left behind by a process that was killed; one that is still there is stopped first.
func (c *cluster) endOrphan(ctx context.Context) (*os.File, error) {
	lock, err := tryLock(c.path("server.lock"))
	if !errors.Is(err, errLocked) {
		return lock, err
	}
	c.logger.Warn("stopping a PostgreSQL that an earlier process left behind", "dir", c.dir)
	var out []byte
	for _, mode := range []string{"fast", "immediate"} {
		// It fails when the server happens to be gone by then: the lock tells.
		out, _ = c.account.command(ctx, c.bin.path("pg_ctl"), "stop", "-D", c.data, "-m", mode, "-t", fastEndSeconds).CombinedOutput()
		for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); {
			if lock, err := tryLock(c.path("server.lock")); !errors.Is(err, errLocked) {
				return lock, err
			}
			if err := pause(ctx, 10*time.Millisecond); err != nil {
				return nil, err
			}
		}
	}
	return nil, fmt.Errorf("a server that an earlier process left behind does not stop: %s", bytes.TrimSpace(out))
}

// pidFileWait is how long a server that somebody else runs on the cluster may take to end.
const pidFileWait = 20 * time.Second

// awaitPidFile waits while the server's record of itself names a living server that we did not start, such as one that
// an administrator is stopping. PostgreSQL itself would refuse to start at once. A record that names a process which is
// no PostgreSQL is left over from before a crash, and the number was given anew.
func (c *cluster) awaitPidFile(ctx context.Context) error {
	path := filepath.Join(c.data, "postmaster.pid")
	for deadline := time.Now().Add(pidFileWait); ; {
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		line, _, _ := strings.Cut(string(text), "\n")
		pid, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil || pid <= 0 || errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			return nil // PostgreSQL sees for itself that it is of the past
		}
		if name := processName(ctx, pid); name != "" && name != "postgres" && name != "postmaster" {
			c.logger.Warn("removing PostgreSQL's record of a server that is gone", "file", path, "pid", pid, "of", name)
			return os.Remove(path)
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("another PostgreSQL (process %d) runs in %s: end it, or remove postmaster.pid if it is no "+
				"server of this directory", pid, c.data)
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

// processName answers the name of a process's program, empty where that cannot be told.
func processName(ctx context.Context, pid int) string {
	if text, err := readText("/proc/" + strconv.Itoa(pid) + "/comm"); err == nil {
		return text
	}
	out, err := exec.CommandContext(ctx, "ps", "-o", "comm=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return ""
	}
	return filepath.Base(strings.TrimSpace(string(out)))
}

// pause lets an external process get on.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// passwords of the roles.
type passwords struct{ superuser, application, analyst string }

// ensure makes the cluster if there is none, and answers its passwords.
func (c *cluster) ensure(ctx context.Context) (passwords, error) {
	if _, err := os.Stat(c.data); errors.Is(err, fs.ErrNotExist) {
		return c.create(ctx)
	} else if err != nil {
		return passwords{}, err
	}
	su, err := readText(c.path("superuser.password"))
	if err != nil {
		return passwords{}, err
	}
	app, err := readText(c.path("rapport.password"))
	if err != nil {
		return passwords{}, err
	}
	guest, err := readText(c.path("analyst.password"))
	if errors.Is(err, fs.ErrNotExist) { // the cluster is from before there were analysts
		guest = rand.Text()
		err = files.Replace(c.path("analyst.password"), guest+"\n", 0o600)
	}
	return passwords{superuser: su, application: app, analyst: guest}, err
}

// create makes the cluster in a folder of its own, roles and database included, and gives it its name as
// the last step: a cluster that bears the name is complete, whenever we are killed.
func (c *cluster) create(ctx context.Context) (passwords, error) {
	p := passwords{superuser: rand.Text(), application: rand.Text(), analyst: rand.Text()}
	err := errors.Join(
		files.Replace(c.path("superuser.password"), p.superuser+"\n", 0o600),
		files.Replace(c.path("rapport.password"), p.application+"\n", 0o600),
		files.Replace(c.path("analyst.password"), p.analyst+"\n", 0o600))
	if err != nil {
		return p, err
	}
	unfinished, err := filepath.Glob(c.path("unfinished-*"))
	if err != nil {
		return p, err
	}
	for _, folder := range unfinished {
		os.RemoveAll(folder) // what it leaves does no harm
	}
	data, err := os.MkdirTemp(c.dir, "unfinished-*")
	if err != nil {
		return p, err
	}
	if err := c.initialise(ctx, data, p); err != nil {
		os.RemoveAll(data)
		return p, err
	}
	return p, files.Rename(data, c.data)
}

func (c *cluster) initialise(ctx context.Context, data string, p passwords) error {
	if err := c.account.own(data); err != nil {
		return err
	}
	// The same encoding and order everywhere: what a table shows must not depend on the machine's locale.
	err := c.run(ctx, "", "initdb", "-D", data, "--no-sync", "--encoding=UTF8", "--locale=C",
		"--username="+superuser, "--auth=reject") // whom access lets in is said at the start
	if err != nil {
		return err
	}
	sql := fmt.Sprintf("ALTER ROLE %s PASSWORD '%s';\nCREATE ROLE %s LOGIN PASSWORD '%s';\nCREATE DATABASE %s OWNER %s;\n",
		superuser, p.superuser, application, p.application, database, application)
	if err = c.alone(ctx, data, sql); err != nil || c.ephemeral {
		return err
	}
	return c.run(ctx, "", "initdb", "-D", data, "--sync-only")
}

// alone runs statements, one a line, without a server that others could meet before it has passwords.
func (c *cluster) alone(ctx context.Context, data, sql string) error {
	return c.run(ctx, sql, "postgres", "--single", "-D", data, "-c", "exit_on_error=on", "-c", "fsync=off", "postgres")
}

func (c *cluster) run(ctx context.Context, input, name string, arg ...string) error {
	cmd := c.account.command(ctx, c.bin.path(name), arg...)
	cmd.Stdin = strings.NewReader(input)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, bytes.TrimSpace(out))
	}
	return nil
}

// The range of ports to choose from: below those that systems give to outgoing connections, so that a
// chosen port is still free at the next start.
const portMin, portMax = 15432, 25432

// port answers the port to listen on: the wanted one, or the one of the last time, or a free one to keep.
func (c *cluster) port(wanted int) (int, error) {
	if wanted != 0 {
		if err := portFree(wanted); err != nil {
			return 0, err
		}
		return wanted, nil
	}
	if text, err := readText(c.path("port")); err == nil {
		if port, err := strconv.Atoi(text); err == nil && portFree(port) == nil {
			return port, nil
		}
		c.logger.Warn("PostgreSQL changes its port, since the one that it had is taken", "port", text)
	}
	for range 100 {
		port := portMin + mathrand.IntN(portMax-portMin)
		if portFree(port) == nil {
			return port, files.Replace(c.path("port"), strconv.Itoa(port)+"\n", 0o644)
		}
	}
	return 0, fmt.Errorf("no free port between %d and %d", portMin, portMax)
}

func portFree(port int) error {
	l, err := net.Listen("tcp4", net.JoinHostPort(loopback, strconv.Itoa(port)))
	if err != nil {
		return err
	}
	return l.Close()
}
