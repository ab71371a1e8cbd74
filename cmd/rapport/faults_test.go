package main

import (
	"encoding/json"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/internal/postgres"
)

// commandsGoOn fails the test when a command is not carried out.
func commandsGoOn(int) bool { return false }

// problem answers the code of an RFC 9457 problem; empty for anything else.
func problemCode(contentType, text string) string {
	var p struct {
		Type, Title, Detail, Code string
		Status                    int
	}
	if contentType != "application/problem+json" || json.Unmarshal([]byte(text), &p) != nil ||
		p.Type == "" || p.Title == "" || p.Detail == "" || p.Status == 0 {
		return ""
	}
	return p.Code
}

// ask sends a query that is answered, or refused because the read models are away or what PostgreSQL knows of tokens
// cannot be read, and tells which.
func (p *process) ask(path string) (answered bool) {
	p.t.Helper()
	answer, text := p.send("GET", path, "")
	switch {
	case answer == nil:
		p.t.Fatalf("GET %s: %s", path, text)
	case answer.StatusCode == 200:
		return true
	case answer.StatusCode != 503 || answer.Header.Get("Retry-After") == "" || !slices.Contains(
		[]string{"read_models_unavailable", "access_unknown"}, problemCode(answer.Header.Get("Content-Type"), text)):
		p.t.Fatalf("GET %s: %s, %s", path, answer.Status, text)
	}
	return false
}

func (p *process) untilAsked(path string, answered bool) {
	p.t.Helper()
	p.until("queries are answered or not", func() (bool, string) { return p.ask(path) == answered, "" })
}

// notReady waits until /readyz says no, with these words.
func (p *process) notReady(words string) {
	p.t.Helper()
	p.until("the server is not ready", func() (bool, string) {
		code, text := p.http("GET", "/readyz", "")
		return code == 503 && strings.Contains(string(text), words), string(text)
	})
}

// postmaster answers the pid of the PostgreSQL in a directory.
func postmaster(t *testing.T, dir string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "cluster", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func sendSignal(t *testing.T, s syscall.Signal, pids ...int) {
	t.Helper()
	for _, pid := range pids {
		if err := syscall.Kill(pid, s); err != nil {
			t.Fatalf("%v to %d: %v", s, pid, err)
		}
	}
}

// TestLongPostgresDies kills the private PostgreSQL, twice, while commands come in.
func TestLongPostgresDies(t *testing.T) {
	t.Parallel()
	p := serve(t, filepath.Join(t.TempDir(), "data"))
	g := newShoppers(p, 4)
	p.settled()
	stop := g.shop(p, commandsGoOn)
	defer stop()
	for range 2 {
		g.untilBought(p, 50)
		sendSignal(t, syscall.SIGKILL, postmaster(t, filepath.Join(p.data, "postgres")))
		p.untilAsked("/v1/segments", false)
		p.untilAsked("/v1/segments", true)
	}
	g.untilBought(p, 50)
	stop()
	p.equalsRebuild()
}

// TestLongPostgresHangs stops all processes of the private PostgreSQL for a while, as a stalled disk would.
func TestLongPostgresHangs(t *testing.T) {
	t.Parallel()
	p := serve(t, filepath.Join(t.TempDir(), "data"))
	g := newShoppers(p, 4)
	p.settled()
	pids := []int{postmaster(t, filepath.Join(p.data, "postgres"))}
	for _, line := range p.sql("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()") {
		pid, err := strconv.Atoi(line)
		if err != nil {
			t.Fatal(err)
		}
		pids = append(pids, pid)
	}
	stop := g.shop(p, commandsGoOn)
	defer stop()
	g.untilBought(p, 50)
	sendSignal(t, syscall.SIGSTOP, pids...)
	goOn := sync.OnceFunc(func() { sendSignal(t, syscall.SIGCONT, pids...) })
	defer goOn()
	var asked sync.WaitGroup
	for _, path := range []string{"/v1/segments", "/v1/customers/" + g.all[0].customer, "/v1/projections/failures"} {
		asked.Go(func() {
			within(t, commandTime, path, func() {
				if p.ask(path) {
					t.Errorf("GET %s was answered by a PostgreSQL that hangs", path)
				}
			})
		})
	}
	g.untilBought(p, 50)
	p.notReady(`"read_models":{"ok":false`)
	asked.Wait()
	goOn()
	p.untilAsked("/v1/segments", true)
	stop()
	p.equalsRebuild()
}

// TestLongPostgresElsewhere stops and kills a PostgreSQL that is not the server's own, and is away when it starts.
func TestLongPostgresElsewhere(t *testing.T) {
	t.Parallel()
	options := postgres.Options{Dir: filepath.Join(t.TempDir(), "postgres"),
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil))}
	var database *postgres.Server
	begin := func() {
		var err error
		if database, err = postgres.Start(t.Context(), options); err != nil {
			t.Fatal(err)
		}
	}
	end := func() {
		if err := database.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	begin()
	url := database.URL()
	end()
	p := serve(t, filepath.Join(t.TempDir(), "data"), "--postgres", url)
	p.untilAsked("/v1/segments", false)
	begin()
	p.untilAsked("/v1/segments", true)
	g := newShoppers(p, 4) // with the keys that seal who they are, which are in PostgreSQL
	stop := g.shop(p, commandsGoOn)
	defer stop()
	g.untilBought(p, 50)
	sendSignal(t, syscall.SIGKILL, postmaster(t, options.Dir))
	<-database.Done()
	g.untilBought(p, 50)
	p.untilAsked("/v1/segments", false)
	begin()
	p.untilAsked("/v1/segments", true)
	g.untilBought(p, 50)
	stop()
	p.equalsRebuild()
	p.end(syscall.SIGTERM)
	end()
	g.checkLog(t, p.data)
}

// eventStoreAway tolerates what is answered to commands while the event store is away.
func eventStoreAway(status int) bool { return status == 503 }

// commandTime is more than the deadline of a command or query, 10 s, and what a busy machine takes to say that it has
// passed; far less than a command that waits for the event store takes.
const commandTime = 25 * time.Second

// refusedInTime sends commands of all shoppers at once to a server whose event store is away.
func (g *shoppers) refusedInTime(p *process) {
	p.t.Helper()
	var all sync.WaitGroup
	for _, s := range g.all {
		all.Go(func() {
			within(p.t, commandTime, "a command without an event store", func() {
				status, text := s.buy(p)
				code := problemCode("application/problem+json", text)
				if status != 503 || code != "event_store_unavailable" && code != "timeout" {
					p.t.Errorf("a command without an event store: %d %s", status, text)
				}
			})
		})
	}
	all.Wait()
}

// TestLongEventStoreDies kills the event store under load, lets commands run against nothing, and starts it again.
func TestLongEventStoreDies(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "log")
	log := launch(t, dir, "eventstore", "--for-servers", "--listen", "127.0.0.1:0")
	p := serve(t, filepath.Join(t.TempDir(), "data"), "--eventstore", "esdb://"+log.address+"?tls=false")
	g := newShoppers(p, 50)
	p.settled()
	for range 2 {
		stop := g.shop(p, eventStoreAway)
		g.untilBought(p, 200)
		log.end(syscall.SIGKILL)
		g.untilRefused(p)
		stop()
		g.refusedInTime(p)
		p.notReady(`"event_store":{"ok":false`)
		if !p.ask("/v1/segments") {
			t.Error("queries are not answered without an event store")
		}
		log = launch(t, dir, "eventstore", "--for-servers", "--listen", log.address)
		stop = g.shop(p, eventStoreAway)
		g.untilBought(p, 200)
		stop()
	}
	p.equalsRebuild()
	p.end(syscall.SIGTERM)
	log.end(syscall.SIGTERM)
	g.checkLog(t, dir)
}

// TestLongEventStoreHangs stops the event store for a while: connections stay, and nothing comes back.
func TestLongEventStoreHangs(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "log")
	log := launch(t, dir, "eventstore", "--for-servers", "--listen", "127.0.0.1:0")
	p := serve(t, filepath.Join(t.TempDir(), "data"), "--eventstore", "esdb://"+log.address+"?tls=false")
	g := newShoppers(p, 50)
	p.settled()
	sendSignal(t, syscall.SIGSTOP, log.cmd.Process.Pid)
	goOn := sync.OnceFunc(func() { sendSignal(t, syscall.SIGCONT, log.cmd.Process.Pid) })
	defer goOn()
	g.refusedInTime(p)
	goOn()
	stop := g.shop(p, eventStoreAway)
	g.untilBought(p, 200)
	stop()
	p.equalsRebuild()
	p.end(syscall.SIGTERM)
	log.end(syscall.SIGTERM)
	g.checkLog(t, dir)
}

// TestEventStoreComesLater starts the server while there is no event store yet.
func TestEventStoreComesLater(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	p := serve(t, filepath.Join(t.TempDir(), "data"), "--eventstore", "esdb://"+address+"?tls=false", "--currency", "EUR")
	p.notReady(`"event_store":{"ok":false`)
	within(t, commandTime, "a command without an event store", func() {
		if code, text := p.http("POST", "/v1/customers", `{"kind":"person"}`); code != 503 {
			t.Errorf("%d %s", code, text)
		}
	})
	launch(t, filepath.Join(t.TempDir(), "log"), "eventstore", "--for-servers", "--listen", address)
	p.until("commands are taken", func() (bool, string) {
		code, text := p.http("POST", "/v1/customers", `{"kind":"person","external_ids":[{"system":"shop","id":"1"}]}`)
		return code == 201 || code == 200, string(text)
	})
	p.settled()
	p.until("what the flags say is settled, and the ladder is in force", func() (bool, string) {
		got := p.sql("SELECT currency, (SELECT count(*) FROM crm.loyalty_stage) FROM crm.business_date")
		return got[0] == "EUR|1", got[0]
	})
}
