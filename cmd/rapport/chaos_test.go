package main

import (
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/internal/postgres"
)

// chaosAsked is the variable by which make chaos lets the campaign run: it takes minutes.
const chaosAsked = "RAPPORT_CHAOS"

// setting reads a number of the campaign from the environment.
func setting(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(chaosAsked + "_" + name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s_%s is no number: %v", chaosAsked, name, err)
	}
	return n
}

// TestChaos kills the server, its event store and its PostgreSQL at random, while their network fails at random, and apps
// send commands all the time. What was acknowledged is in the log once, the tables equal those that a rebuild makes, and
// verify finds the log as it was written down.
func TestChaos(t *testing.T) {
	if os.Getenv(chaosAsked) == "" {
		t.Skip("takes minutes: run make chaos")
	}
	kills, faults := setting(t, "KILLS", 200), setting(t, "FAULTS", 500)
	lasts := time.Duration(setting(t, "SECONDS", 600)) * time.Second
	seed := uint64(setting(t, "SEED", int(time.Now().UnixNano()%1_000_000)))
	t.Logf("seed %d", seed)
	c := newCampaign(t)
	g := newShoppers(c.server, 16)
	c.server.settled()

	began := time.Now()
	stop := g.shop(c.server, func(status int) bool { return status == 0 || status == 503 })
	inflicted := map[string]int{}
	over, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		c.sabotage(rand.New(rand.NewPCG(seed, 1)), faults, lasts, over, inflicted)
	}()
	killed := c.kill(rand.New(rand.NewPCG(seed, 2)), kills, lasts)
	select {
	case <-ended:
	case <-time.After(max(0, lasts-time.Since(began))):
	}
	close(over)
	<-ended
	took := time.Since(began)
	g.untilBought(c.server, 100)
	stop()

	c.server.equalsRebuild()
	c.server.rapport("verify", "--leaves")
	c.server.end(syscall.SIGTERM)
	c.store.end(syscall.SIGTERM)
	g.checkLog(t, c.storeDir)
	t.Logf("in %s: kills %v, network faults %v; %d commands acknowledged, %d refused or unanswered; nothing lost or doubled unless said above",
		took.Round(time.Second), killed, inflicted, g.acknowledged.Load(), g.refused.Load())
	if n := sum(killed); n < kills {
		t.Errorf("%d kills of %d in the time given", n, kills)
	}
	if n := sum(inflicted); n < faults {
		t.Errorf("%d network faults of %d in the time given", n, faults)
	}
}

func sum(counts map[string]int) (n int) {
	for _, count := range counts {
		n += count
	}
	return n
}

// campaign is a server, an event store and a PostgreSQL, each a process of its own, with a network between them that fails.
type campaign struct {
	t        *testing.T
	server   *process
	store    *process
	database *postgres.Server

	data, storeDir string
	options        postgres.Options
	args           []string
	toStore, toSQL *link
}

func newCampaign(t *testing.T) *campaign {
	t.Helper()
	dir := t.TempDir()
	c := &campaign{t: t, data: filepath.Join(dir, "data"), storeDir: filepath.Join(dir, "log"),
		options: postgres.Options{Dir: filepath.Join(dir, "postgres"), Logger: slog.New(slog.DiscardHandler)}}
	c.startStore("127.0.0.1:0")
	c.startDatabase()
	at, err := url.Parse(c.database.URL())
	if err != nil {
		t.Fatal(err)
	}
	c.toStore, c.toSQL = newLink(t, c.store.address), newLink(t, at.Host)
	at.Host = c.toSQL.address
	c.args = []string{"--eventstore", "esdb://" + c.toStore.address + "?tls=false", "--postgres", at.String()}
	c.server = serve(t, c.data, c.args...)
	c.args = append([]string{"serve", "--listen", c.server.address, "--drain", "0s"}, c.args...)
	return c
}

func (c *campaign) startStore(address string) {
	c.store = launch(c.t, c.storeDir, "eventstore", "--for-servers", "--listen", address)
}

func (c *campaign) startDatabase() {
	c.t.Helper()
	var err error
	if c.database, err = postgres.Start(c.t.Context(), c.options); err != nil {
		c.t.Fatal(err)
	}
}

// killServer kills the server and starts it again. The shoppers keep to the address; only who waits for the server sees
// another process.
func (c *campaign) killServer() {
	c.server.end(syscall.SIGKILL)
	again := launch(c.t, c.data, c.args...)
	c.server.cmd, c.server.ended, c.server.log, c.server.out = again.cmd, again.ended, again.log, again.out
}

// kill kills so many processes within a time, and starts each again at once. It returns how often it killed which.
func (c *campaign) kill(r *rand.Rand, times int, within time.Duration) map[string]int {
	killed := map[string]int{}
	began := time.Now()
	for n := range times {
		next := began.Add(within * time.Duration(n) / time.Duration(times))
		<-time.After(time.Until(next))
		switch draw := r.IntN(10); {
		case draw < 6:
			killed["server"]++
			c.killServer()
		case draw < 8:
			killed["event store"]++
			address := c.store.address
			c.store.end(syscall.SIGKILL)
			c.startStore(address)
		default:
			killed["database"]++
			sendSignal(c.t, syscall.SIGKILL, postmaster(c.t, c.options.Dir))
			<-c.database.Done()
			c.startDatabase()
		}
		if time.Since(began) > within+within/2 {
			break
		}
	}
	return killed
}

// sabotage inflicts so many faults on the network, within a time or until over is closed, and counts them by kind.
func (c *campaign) sabotage(r *rand.Rand, times int, within time.Duration, over <-chan struct{}, inflicted map[string]int) {
	kinds := slices.Sorted(maps.Keys(faultKinds))
	began := time.Now()
	for n := range times {
		select {
		case <-over:
			return
		case <-time.After(time.Until(began.Add(within * time.Duration(n) / time.Duration(times)))):
		}
		target, name := c.toStore, "store"
		if r.IntN(2) == 0 {
			target, name = c.toSQL, "database"
		}
		kind := kinds[r.IntN(len(kinds))]
		lasts := time.Duration(20+r.IntN(800)) * time.Millisecond
		if r.IntN(40) == 0 {
			lasts = 12 * time.Second // longer than the deadline of a command
		}
		if room := within / time.Duration(times) * 3 / 4; r.IntN(4) > 0 && lasts > room {
			lasts = room
		}
		target.inflict(faultKinds[kind], lasts)
		inflicted[fmt.Sprintf("%s to the %s", kind, name)]++
	}
}

// fault is what happens to a connection.
type fault int

const (
	none   fault = iota
	cut          // all connections end
	refuse       // … and no new one is taken for a while
	stall        // nothing comes through for a while
	deaf         // questions come through, answers do not, and then all connections end
	torn         // all connections end in the middle of an answer
	slow         // everything takes longer for a while
)

var faultKinds = map[string]fault{"cut": cut, "refused": refuse, "stalled": stall, "deaf": deaf, "torn": torn, "slow": slow}

// link forwards connections to a target, and lets faults happen to them.
type link struct {
	address, target string

	mu    sync.Mutex
	now   fault
	over  chan struct{} // closed when the fault is
	conns map[net.Conn]bool
}

func newLink(t *testing.T, target string) *link {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	k := &link{address: l.Addr().String(), target: target, conns: map[net.Conn]bool{}, over: make(chan struct{})}
	t.Cleanup(func() { l.Close(); k.cut() })
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			go k.join(from)
		}
	}()
	return k
}

// join forwards a connection, unless connections are refused or the target is away.
func (k *link) join(from net.Conn) {
	if now, _ := k.fault(); now == refuse {
		from.Close()
		return
	}
	to, err := net.Dial("tcp", k.target)
	if err != nil {
		from.Close()
		return
	}
	k.mu.Lock()
	k.conns[from], k.conns[to] = true, true
	k.mu.Unlock()
	var both sync.WaitGroup
	both.Go(func() { k.pump(from, to, false); to.Close() })
	both.Go(func() { k.pump(to, from, true); from.Close() })
	both.Wait()
	k.mu.Lock()
	delete(k.conns, from)
	delete(k.conns, to)
	k.mu.Unlock()
}

func (k *link) pump(from, to net.Conn, answers bool) {
	buffer := make([]byte, 16<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		some := buffer[:n]
		switch now, over := k.fault(); {
		case now == stall, now == deaf && answers:
			<-over
		case now == torn && answers:
			_, _ = to.Write(some[:n/2]) // whether it arrives is all the same
			k.cut()
			return
		case now == slow:
			<-time.After(time.Duration(5+rand.IntN(25)) * time.Millisecond)
		}
		if _, err := to.Write(some); err != nil {
			return
		}
	}
}

func (k *link) fault() (fault, <-chan struct{}) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now, k.over
}

// cut ends all connections.
func (k *link) cut() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for c := range k.conns {
		if c, ok := c.(*net.TCPConn); ok {
			_ = c.SetLinger(0) // as when the network goes, what is under way is lost
		}
		c.Close()
	}
}

// inflict lets a fault last for so long.
func (k *link) inflict(f fault, lasts time.Duration) {
	k.mu.Lock()
	k.now, k.over = f, make(chan struct{})
	over := k.over
	k.mu.Unlock()
	if f == cut || f == refuse {
		k.cut()
	}
	if f != cut {
		<-time.After(lasts)
	}
	if f == deaf {
		k.cut()
	}
	k.mu.Lock()
	k.now = none
	k.mu.Unlock()
	close(over)
}
