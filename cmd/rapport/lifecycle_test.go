package main

import (
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A server answers from the first moment that it is starting; asked to end, it first says that it is not ready, and goes
// on taking requests for a while.
func TestStartsAndEndsInTheOpen(t *testing.T) {
	t.Parallel()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	p := &process{t: t, address: address, ended: make(chan struct{}), log: &lockedBuffer{},
		cmd: exec.Command(path, "serve", "--listen", address, "--drain", "3s", "--data", filepath.Join(t.TempDir(), "data"))}
	p.cmd.Stderr = p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = p.cmd.Wait(); close(p.ended) }()
	t.Cleanup(func() { p.end(syscall.SIGKILL) })

	var first *http.Response
	var text string
	p.until("somebody answers", func() (bool, string) {
		first, text = p.send("GET", "/v1/segments", "")
		return first != nil, text
	})
	if first.StatusCode != 503 || first.Header.Get("Retry-After") != "1" || problemCode(first.Header.Get("Content-Type"), text) != "starting" {
		t.Errorf("the first answer is %s, %s", first.Status, text)
	}
	if code, text := p.http("GET", "/healthz", ""); code != 200 {
		t.Errorf("/healthz of a server that starts: %d %s", code, text)
	}
	p.notReady("the server is starting")
	p.settled()

	asked := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.notReady("about to end")
	if code, text := p.http("POST", "/v1/customers", `{"kind":"person"}`); code != 201 {
		t.Errorf("a command while the server drains: %d %s", code, text)
	}
	<-p.ended
	if took := time.Since(asked); took < 3*time.Second {
		t.Errorf("it ended after %v", took)
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 0 || strings.Contains(p.log.String(), "goroutine") {
		t.Errorf("it ended with %d:\n%s", code, p.log)
	}
}
