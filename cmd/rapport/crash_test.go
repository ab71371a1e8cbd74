package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/esdb"
)

// refusesToRun runs rapport with a command line that it has to refuse, for a reason and without a stack trace,
// and answers what it said.
func refusesToRun(t *testing.T, code int, reason string, args ...string) string {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	out, _ := cmd.CombinedOutput() // how it ended is what is looked at
	if got := cmd.ProcessState.ExitCode(); got != code {
		t.Errorf("rapport %v ended with %d, not %d:\n%s", args, got, code, out)
	}
	if !strings.Contains(string(out), reason) || strings.Contains(string(out), "goroutine") {
		t.Errorf("rapport %v does not say %q:\n%s", args, reason, out)
	}
	return string(out)
}

// TestKilledUnderLoad kills the server again and again, with clients who wait for the answers to their commands.
func TestKilledUnderLoad(t *testing.T) {
	t.Parallel()
	gone := func(status int) bool { return status == 0 }
	data := filepath.Join(t.TempDir(), "data")
	p := serve(t, data)
	g := newShoppers(p, 16)
	for range 4 {
		stop := g.shop(p, gone)
		g.untilBought(p, 200)
		p.end(syscall.SIGKILL)
		stop()
		p = serve(t, data)
	}
	stop := g.shop(p, gone)
	g.untilBought(p, 200)
	stop()
	p.equalsRebuild()
	p.end(syscall.SIGTERM)
	g.checkLog(t, data)
}

// TestEndsUnderLoad asks the server to end while commands come in.
func TestEndsUnderLoad(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	p := serve(t, data)
	g := newShoppers(p, 16)
	stop := g.shop(p, func(status int) bool { return status == 0 || status == 503 })
	g.untilBought(p, 300)
	within(t, 15*time.Second, "an orderly end", func() { p.end(syscall.SIGTERM) })
	stop()
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("it ended with %d", code)
	}
	g.checkLog(t, data)
}

// TestOneServerForADirectory starts others beside a server, on its data.
func TestOneServerForADirectory(t *testing.T) {
	t.Parallel()
	p := serve(t, filepath.Join(t.TempDir(), "data"))
	g := newShoppers(p, 1)
	for _, command := range []string{"serve", "eventstore", "demo"} {
		refusesToRun(t, 1, "another rapport uses "+p.data, command, "--listen", "127.0.0.1:0", "--data", p.data)
	}
	refusesToRun(t, 1, "address already in use", "serve", "--listen", p.address, "--data", filepath.Join(t.TempDir(), "other"))
	stop := g.shop(p, commandsGoOn)
	g.untilBought(p, 10)
	stop()
	p.equalsRebuild()
}

// smallDisk mounts a file system of a few hundred MiB, or skips the test where that is not allowed.
func smallDisk(t *testing.T, mib int) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm", mib), "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("needs the right to mount a small disk: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v: %s", err, out)
		}
	})
	return dir
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// fill takes what is left of a disk, until free is called.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(f, zeros{}); err == nil {
		t.Fatal("the disk cannot be filled")
	}
	return func() { f.Close(); os.Remove(f.Name()) }
}

// TestFullDisk lets the disk fill up under load, twice: once the server goes on by itself when there is room
// again, and once it is killed and cannot start before.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t, 400)
	data := filepath.Join(disk, "data")
	p := serve(t, data)
	g := newShoppers(p, 8)
	full := func(status int) bool { return status == 503 || status == 0 }
	stop := g.shop(p, full)
	g.untilBought(p, 100)
	free := fill(t, disk)
	g.untilRefused(p)
	stop()
	answer, text := p.send("POST", "/v1/customers", `{"kind":"person"}`)
	if answer == nil || answer.StatusCode != 503 || problemCode(answer.Header.Get("Content-Type"), text) != "disk_full" {
		t.Errorf("a command on a full disk: %v %s", answer, text)
	}
	p.notReady("its disk is full")
	free()
	stop = g.shop(p, full)
	g.untilBought(p, 100)
	free = fill(t, disk)
	g.untilRefused(p)
	p.end(syscall.SIGKILL)
	stop()
	refusesToRun(t, 1, "no space left on device", "serve", "--listen", "127.0.0.1:0", "--data", data)
	free()
	p = serve(t, data)
	stop = g.shop(p, full)
	g.untilBought(p, 100)
	stop()
	p.equalsRebuild()
	p.end(syscall.SIGTERM)
	g.checkLog(t, data)
}

// TestPoison lets another program write something unreadable into a customer's stream.
func TestPoison(t *testing.T) {
	t.Parallel()
	alone := launch(t, filepath.Join(t.TempDir(), "log"), "eventstore", "--for-servers", "--listen", "127.0.0.1:0")
	data := filepath.Join(t.TempDir(), "data")
	p := serve(t, data, "--eventstore", "esdb://"+alone.address+"?tls=false")
	g := newShoppers(p, 3)
	p.settled()
	poisoned := g.all[2].customer
	log, err := esdb.Open("esdb://"+alone.address+"?tls=false", esdb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	at, err := log.Append(t.Context(), customer.Stream(uuid.MustParse(poisoned)), eventstore.StreamExists,
		[]eventstore.Proposed{{ID: uuid.New(), Type: "customer.purchase_recorded.v1", Data: []byte(`{"lines":"none"}`)}})
	if err != nil {
		t.Fatal(err)
	}
	p.notReady("they stopped at")
	g.all = g.all[:2]
	stop := g.shop(p, commandsGoOn)
	g.untilBought(p, 20)
	stop()
	if text := p.rapport("projections", "status"); !strings.HasPrefix(text, fmt.Sprintf("stopped at position %d ", at.Position-1)) ||
		!strings.Contains(text, "last error: ") {
		t.Errorf("status: %s", text)
	}
	failure := fmt.Sprintf("position %d, customer.purchase_recorded.v1 in customer-%s, ", at.Position, poisoned)
	if text := p.rapport("projections", "failures"); !strings.HasPrefix(text, failure+"stopped: ") {
		t.Errorf("failures: %s", text)
	}
	p.rapport("projections", "resume")
	p.notReady("they stopped at")
	p.end(syscall.SIGTERM)

	p = serve(t, data, "--eventstore", "esdb://"+alone.address+"?tls=false", "--on-poison", "skip")
	p.equalsRebuild()
	if text := p.rapport("projections", "failures"); !strings.HasPrefix(text, failure+"skipped: ") {
		t.Errorf("failures: %s", text)
	}
	expect(t, "purchases", p.sql("SELECT count(*) FROM crm.purchases"),
		fmt.Sprint(len(g.all[0].acknowledged)+len(g.all[1].acknowledged)))
	answer, text := p.send("POST", "/v1/customers/"+poisoned+"/interactions", `{"kind":"call","direction":"inbound"}`)
	if answer == nil || answer.StatusCode < 500 {
		t.Errorf("a command on a history that cannot be read: %v %s", answer, text)
	}
}
