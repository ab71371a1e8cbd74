package postgres

import (
	"bufio"
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
	"testing"
	"time"
)

// These tests kill a process that runs a server: this test binary, told by the environment to be one.

const parentRole = "RAPPORT_TEST_PARENT_OF"

func itoa(n int) string { return strconv.Itoa(n) }

func TestMain(m *testing.M) {
	if dir := os.Getenv(parentRole); dir != "" {
		beParent(dir)
	}
	os.Exit(m.Run())
}

// beParent starts a server, tells its URL and the watchdog's pid, and waits to be killed.
func beParent(dir string) {
	s, err := Start(context.Background(), Options{Dir: dir})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(s.URL(), s.process.watchdog.cmd.Process.Pid)
	<-s.Done()
	os.Exit(0)
}

func startParent(t *testing.T, dir string) (parent *exec.Cmd, out io.Reader) {
	t.Helper()
	parent = exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), parentRole+"="+dir)
	parent.Stderr = os.Stderr
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kill(parent) })
	return parent, out
}

// kill ends a process in the hardest way; twice does no harm.
func kill(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// running starts a parent with a probe table and answers it with its server's URL and its watchdog.
func running(t *testing.T, dir string) (parent *exec.Cmd, url string, watchdogPID int) {
	t.Helper()
	parent, out := startParent(t, dir)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	url, pid, _ := strings.Cut(strings.TrimSpace(line), " ")
	if watchdogPID, err = strconv.Atoi(pid); err != nil {
		t.Fatal(err)
	}
	query(t, url, createProbe)
	return parent, url, watchdogPID
}

// eventually waits for something that other processes do.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !done(); {
		if time.Now().After(deadline) {
			t.Fatalf("it took too long until %s", what)
		}
		if err := pause(t.Context(), time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
}

// familyEnded tells whether no process of the server in dir is left.
func familyEnded(t *testing.T, dir string) bool {
	t.Helper()
	lock, err := tryLock(filepath.Join(dir, "server.lock"))
	if errors.Is(err, errLocked) {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	lock.Close()
	return true
}

func TestServerEndsWithItsParent(t *testing.T) {
	dir := closedDir(t)
	parent, url, _ := running(t, dir)
	if familyEnded(t, dir) {
		t.Fatal("a running server does not hold its lock")
	}
	kill(parent)
	eventually(t, "the server ended", func() bool { return familyEnded(t, dir) })
	again := mustStart(t, Options{Dir: dir})
	if again.URL() != url {
		t.Errorf("the URL has changed from %s to %s", url, again.URL())
	}
	if word := query(t, again.URL(), readProbe); word != "kept" {
		t.Errorf("the table holds %q", word)
	}
}

func TestOrphanIsStoppedFirst(t *testing.T) {
	dir := closedDir(t)
	parent, url, watchdogPID := running(t, dir)
	if err := syscall.Kill(watchdogPID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	kill(parent)
	if word := query(t, url, readProbe); word != "kept" { // nobody is left to stop it
		t.Fatalf("the orphan's table holds %q", word)
	}
	again := mustStart(t, Options{Dir: dir})
	if again.URL() != url {
		t.Errorf("the URL has changed from %s to %s: the orphan was still there", url, again.URL())
	}
	if word := query(t, again.URL(), readProbe); word != "kept" {
		t.Errorf("the table holds %q", word)
	}
}

func TestKillWhileTheClusterIsMade(t *testing.T) {
	dir := closedDir(t)
	parent, _ := startParent(t, dir)
	unfinished := filepath.Join(dir, "unfinished-*", "PG_VERSION")
	eventually(t, "initdb was at work", func() bool {
		found, err := filepath.Glob(unfinished)
		return err == nil && len(found) > 0
	})
	kill(parent)
	if _, err := os.Stat(filepath.Join(dir, "cluster")); err == nil {
		t.Fatal("the kill came too late to show anything")
	}
	mustStart(t, Options{Dir: dir})
}
