package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a running server with what belongs to it.
type process struct {
	cmd      *exec.Cmd
	log      *serverLog
	watchdog *watchdog
	ended    chan struct{}
	err      error // readable once ended is closed
}

// errPortTaken: another program listens on the port.
var errPortTaken = errors.New("the port is taken")

// launch starts the server and waits until it takes connections.
func (c *cluster) launch(ctx context.Context, port int, family *os.File) (*process, error) {
	if err := c.writeSettings(port); err != nil {
		return nil, err
	}
	if err := c.awaitPidFile(ctx); err != nil {
		return nil, err
	}
	log, err := openLog(c.path("server.log"))
	if err != nil {
		return nil, err
	}
	// Its life is Stop's affair, not that of a context; a terminal's Ctrl-C, sent to our whole group, must
	// not reach it before we are done with it.
	cmd := c.account.command(context.WithoutCancel(ctx), c.bin.path("postgres"), "-D", c.data,
		"-c", "config_file="+c.path("postgresql.conf"), "-c", "hba_file="+c.path("pg_hba.conf"))
	cmd.SysProcAttr.Setsid = true
	cmd.Stderr = log
	cmd.ExtraFiles = []*os.File{family}
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	p := &process{cmd: cmd, log: log, ended: make(chan struct{})}
	go p.attend()
	signal, rubbish := "INT", "" // an orderly end
	if c.ephemeral {
		signal, rubbish = "QUIT", c.dir
	}
	if p.watchdog, err = watch(cmd.Process.Pid, signal, rubbish); err == nil {
		err = p.ready(ctx, filepath.Join(c.data, "postmaster.pid"))
	}
	if err != nil {
		p.kill()
		return nil, err
	}
	return p, nil
}

func (p *process) attend() {
	if err := p.cmd.Wait(); err != nil {
		p.err = fmt.Errorf("PostgreSQL ended: %w: %s", err, p.log.last())
	}
	p.log.Close()
	close(p.ended)
}

// ready waits until the server's own record of itself says so.
func (p *process) ready(ctx context.Context, pidFile string) error {
	for {
		// Lines are: pid, folder, start, port, sockets, address, shared memory, state.
		text, err := os.ReadFile(pidFile)
		if lines := strings.Split(string(text), "\n"); err == nil && len(lines) > 7 &&
			lines[0] == strconv.Itoa(p.cmd.Process.Pid) && strings.TrimSpace(lines[7]) == "ready" {
			return nil
		}
		select {
		case <-p.ended:
			if strings.Contains(p.log.last(), "could not bind") {
				return fmt.Errorf("%w: %w", errPortTaken, p.err)
			}
			return p.err
		case <-ctx.Done():
			return fmt.Errorf("wait for PostgreSQL to be ready: %w: %s", ctx.Err(), p.log.last())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// wait waits for the server's end, then dismisses the watchdog.
func (p *process) wait() {
	<-p.ended
	p.watchdog.dismiss()
}

// kill ends a server that did not come up.
func (p *process) kill() {
	_ = p.cmd.Process.Signal(syscall.SIGQUIT) // it may have ended
	p.wait()
}

// watchdog is a shell that ends the server if we end without doing so, even by kill -9: it reads from a
// pipe that we never write to, and that the system closes when we are gone.
type watchdog struct {
	cmd  *exec.Cmd
	pipe io.Closer
}

// bite ends process $2 by signal $1 and then, for an ephemeral server, removes the folder $3: once the
// server's own record of itself is gone, since a process that nobody waits for still seems to be there.
const bite = `read -r _; kill -s "$1" "$2" || exit 0
[ -n "$3" ] || exit 0
for _ in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do
	[ -e "$3/cluster/postmaster.pid" ] || break
	sleep 0.1
done
rm -rf "$3"`

func watch(pid int, signal, rubbish string) (*watchdog, error) {
	cmd := exec.Command("/bin/sh", "-c", bite, "postgres-watchdog", signal, strconv.Itoa(pid), rubbish)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	return &watchdog{cmd, pipe}, cmd.Start()
}

// dismiss ends the watchdog without letting it act.
func (w *watchdog) dismiss() {
	if w == nil || w.cmd.Process == nil {
		return
	}
	_ = w.cmd.Process.Kill()
	_ = w.cmd.Wait() // it was killed
	w.pipe.Close()
}
