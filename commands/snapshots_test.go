package commands

import (
	"bytes"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/commands/snapshot"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/internal/vault"
)

var update = flag.Bool("update", false, "write testdata anew")

// forgetful is a service whose memory holds one state, with snapshots in a folder behind it.
func forgetful(t testing.TB, store eventstore.Store, codec *eventstore.Codec, o SnapshotOptions) *Service {
	t.Helper()
	o.Bytes = 64 << 20
	snapshots, err := OpenSnapshots(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(snapshots.Close)
	snapshots.Found()
	return New(store, codec, Options{MemoryBytes: 1, Snapshots: snapshots})
}

// history records purchases of alice, and drives her out of the memory.
func history(t testing.TB, s *Service, purchases int) {
	t.Helper()
	handle(t, s, of(register()))
	for range purchases {
		handle(t, s, of(anew()))
	}
	turnAway(t, s)
}

func anew() customer.RecordPurchase {
	c := purchase(1)
	c.PurchaseID = uuid.New()
	return c
}

func turnAway(t testing.TB, s *Service) {
	t.Helper()
	handle(t, s, request{Stream: customer.Stream(uuid.New()), Command: register()})
	if _, there := s.Customers.cache.entries[customer.Stream(alice)]; there {
		t.Fatal("alice is still in memory")
	}
}

// readingStore counts the events that are read from customers' streams.
type readingStore struct {
	eventstore.Store
	events atomic.Int64
}

func (s *readingStore) ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for record, err := range s.Store.ReadStream(ctx, stream, from) {
			if strings.HasPrefix(stream, customer.StreamPrefix) {
				s.events.Add(1)
			}
			if !yield(record, err) {
				return
			}
		}
	}
}

// However long a history is, a command on a customer who is not in memory reads what is newer than the snapshot.
func TestColdCommandReadsWhatIsNewer(t *testing.T) {
	store, dir := &readingStore{Store: newLog(t)}, t.TempDir()
	read := func(s *Service) int64 {
		t.Helper()
		store.events.Store(0)
		if answer := handle(t, s, of(anew())); answer.Appended != 1 {
			t.Errorf("%+v", answer)
		}
		return store.events.Load()
	}
	s := forgetful(t, store, codec, SnapshotOptions{Dir: dir})
	history(t, s, 300)
	if n := read(s); n != 0 {
		t.Errorf("%d events were read of a stream that only this process writes", n)
	}
	turnAway(t, s)
	handle(t, newService(store), of(anew())) // another process
	if n := read(s); n != 1 {
		t.Errorf("%d events were read, 1 is newer", n)
	}
	turnAway(t, s)
	sameFold(t, s, customer.Stream(alice))

	next := forgetful(t, store, codec, SnapshotOptions{Dir: dir})
	if n := read(next); n != 1 {
		t.Errorf("%d events were read by the next process, to see that the log is the same", n)
	}
	sameFold(t, next, customer.Stream(alice))
}

// A process that is killed leaves snapshots of histories that grew, though they never left its memory.
func TestKilledProcessLeavesSnapshots(t *testing.T) {
	store, dir := &readingStore{Store: newLog(t)}, t.TempDir()
	snapshots, err := OpenSnapshots(SnapshotOptions{Dir: dir, Bytes: 64 << 20})
	if err != nil {
		t.Fatal(err)
	}
	s := New(store, codec, Options{Snapshots: snapshots})
	handle(t, s, of(register()))
	for range 1000 {
		handle(t, s, of(anew()))
	}
	next := forgetful(t, store, codec, SnapshotOptions{Dir: dir})
	store.events.Store(0)
	handle(t, next, of(anew()))
	if n := store.events.Load(); n > 400 {
		t.Errorf("%d events were read", n)
	}
	sameFold(t, next, customer.Stream(alice))
}

// Snapshots of another log in the same folder, or of one that was put back to an earlier day, are passed over.
func TestSnapshotsOfAnotherLog(t *testing.T) {
	dir := t.TempDir()
	history(t, forgetful(t, newLog(t), codec, SnapshotOptions{Dir: dir}), 20)
	for name, events := range map[string]int{"shorter": 5, "as long": 20, "longer": 30, "empty": 0} {
		t.Run(name, func(t *testing.T) {
			store := newLog(t)
			if events > 0 {
				history(t, New(store, codec, Options{MemoryBytes: 1}), events)
			}
			s := forgetful(t, store, codec, SnapshotOptions{Dir: dir})
			if events == 0 {
				refused(t, s, of(anew()), customer.ErrUnknown)
				return
			}
			handle(t, s, of(anew()))
			sameFold(t, s, customer.Stream(alice))
		})
	}
}

// What is personal is sealed in snapshots, also in the keys beside them, and gone with the customer's key.
func TestSnapshotsAreSealed(t *testing.T) {
	const secret = "nobody-else-knows@example.org"
	keys := vault.Config{DatabaseURL: postgrestest.Database(t), Master: vault.Master{Key: filepath.Join(t.TempDir(), "master.key")}}
	v, err := vault.Open(keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Close)
	sealing := eventstore.NewSealingCodec(v)
	store, o := &readingStore{Store: newLog(t)}, SnapshotOptions{Dir: t.TempDir(), Vault: v}
	s := forgetful(t, store, sealing, o)
	handle(t, s, of(register()))
	handle(t, s, of(customer.AddContactPoint{ContactPointID: alice, Kind: "email", Value: secret}))
	for range 10 {
		handle(t, s, of(anew()))
	}
	turnAway(t, s)
	value, _, ok := s.Customers.cache.behind.(*Snapshots).store.Get(alice)
	if !ok || value[0] == 0 || holds(t, o.Dir, secret) {
		t.Errorf("snapshot there: %t; it says %q in the open: %t", ok, secret, holds(t, o.Dir, secret))
	}
	for name, s := range map[string]*Service{"the same": s, "the next": forgetful(t, store, sealing, o)} {
		store.events.Store(0)
		if handle(t, s, of(anew())); store.events.Load() > 2 {
			t.Errorf("%s process read %d events", name, store.events.Load())
		}
		turnAway(t, s)
	}

	handle(t, s, of(customer.Erase{Reason: "asked"}))
	if _, _, ok := s.Customers.cache.behind.(*Snapshots).store.Get(alice); ok {
		t.Error("the process that erased her still finds her snapshot")
	}
	if err := v.Destroy(t.Context(), alice); err != nil {
		t.Fatal(err)
	}
	e := &entry[customer.State]{stream: customer.Stream(alice)}
	next := forgetful(t, store, sealing, o).Customers.cache.behind.(*Snapshots)
	if _, _, there := next.store.Get(alice); !there {
		t.Fatal("nothing is left to be opened, so this shows nothing")
	}
	if next.load(t.Context(), e); !reflect.DeepEqual(e.folded, folded[customer.State]{}) {
		t.Errorf("the snapshot was opened: %+v", e.folded)
	}
}

func holds(t *testing.T, dir, text string) bool {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	return slices.ContainsFunc(names, func(name string) bool {
		all, err := os.ReadFile(name)
		return err != nil || bytes.Contains(all, []byte(text))
	})
}

// TestFold folds an example of every fact and compares what each leaves with what it left before. Where it is
// something else, customer.Fold must be raised, or snapshots of the code before would be taken for this one's.
func TestFold(t *testing.T) {
	const file = "testdata/fold.txt"
	text, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	kept := strings.Fields(string(text))
	if len(kept) < 2 {
		kept = []string{"0", ""}
	}
	snapshots := snapshot.NewCodec[folded[customer.State]]()
	version, layout := fmt.Sprint(customer.Fold), snapshots.Layout()
	if kept[1] != layout && !*update {
		t.Fatal("State looks different, which makes snapshots void by itself: go test ./commands -run Fold -update")
	}
	var names []string
	for i := 2; i < len(kept); i += 2 {
		names = append(names, kept[i])
	}
	for _, e := range eventstore.Types {
		if _, ok := e.(customer.Event); ok && !slices.Contains(names, e.EventType()) {
			names = append(names, e.EventType())
		}
	}
	after := foldExamples(t, snapshots, names)
	out := fmt.Sprintln(version, layout)
	for i, name := range names {
		out += fmt.Sprintln(name, after[i])
		if before := 3 + 2*i; kept[0] == version && kept[1] == layout && before < len(kept) && kept[before] != after[i] {
			t.Fatalf("after a %s there is another state than before: raise customer.Fold, then go test ./commands -run Fold -update", name)
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if out != string(text) {
		t.Error("there are other facts than before: go test ./commands -run Fold -update")
	}
}

// foldExamples returns a digest of the states after each of the facts. All but the end of a customer happens twice:
// first some of what a fact is about is not there yet.
func foldExamples(t *testing.T, snapshots *snapshot.Codec[folded[customer.State]], names []string) []string {
	var state folded[customer.State]
	after := make([]string, len(names))
	for range 2 {
		for i, name := range names {
			data, err := os.ReadFile(filepath.Join("..", "eventstore", "testdata", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			read, err := codec.Decode(t.Context(), eventstore.Record{Type: name, Data: data, Metadata: []byte("{}")})
			if err != nil {
				t.Fatal(err)
			}
			on := &state
			if _, ends := read.Event.(customer.Erased); ends {
				on = &folded[customer.State]{}
			}
			read.Event.(domain.EventOf[customer.State]).Evolve(&on.state, read.Metadata)
			sum := sha256.Sum256(append([]byte(after[i]), snapshots.Canonical(on)...))
			after[i] = fmt.Sprintf("%x", sum[:8])
		}
	}
	return after
}

// BenchmarkCold compares purchases of customers at random, most of whom are not in memory, with purchases of a few who
// are: 20 touchpoints each, 64 apps at once, in turns. It also measures the first command on a busy customer.
func BenchmarkCold(b *testing.B) {
	const customers, few, touchpoints, busy, apps = 20_000, 100, 20, 10_000, 64
	for name, disk := range map[string]int64{"log": 0, "snapshots": 1 << 30} {
		b.Run(name, func(b *testing.B) {
			store, err := embedded.Open(b.TempDir(), embedded.Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { store.Close() })
			dir := b.TempDir()
			start := func() *Service {
				o := Options{MemoryBytes: 16 << 20}
				if disk > 0 {
					if o.Snapshots, err = OpenSnapshots(SnapshotOptions{Dir: dir, Bytes: disk}); err != nil {
						b.Fatal(err)
					}
					b.Cleanup(o.Snapshots.Close)
					o.Snapshots.Found()
				}
				return New(store, codec, o)
			}
			s, ids := start(), make([]uuid.UUID, customers)
			live := func(id uuid.UUID, touchpoints int) {
				requests := []request{{Command: register()}}
				for len(requests) < touchpoints {
					requests = append(requests, request{Command: anew()})
				}
				for _, r := range s.Customers.HandleAll(b.Context(), customer.Stream(id), requests) {
					if r.Err != nil {
						b.Error(r.Err)
					}
				}
			}
			var g errgroup.Group
			g.SetLimit(apps)
			for i := range ids {
				ids[i] = uuid.New()
				g.Go(func() error { live(ids[i], touchpoints); return nil })
			}
			_ = g.Wait()
			live(alice, busy)
			buy := func(among []uuid.UUID, n int) time.Duration {
				began := time.Now()
				var wg sync.WaitGroup
				for range apps {
					wg.Go(func() {
						for range n / apps {
							handle(b, s, request{Stream: customer.Stream(among[rand.IntN(len(among))]), Command: anew()})
						}
					})
				}
				wg.Wait()
				return time.Since(began)
			}
			var cold, warm []time.Duration
			for b.Loop() {
				cold = append(cold, buy(ids, 6400))
				warm = append(warm, buy(ids[:few], 6400))
			}
			slices.Sort(cold)
			slices.Sort(warm)
			b.ReportMetric(float64(6400)/warm[len(warm)/2].Seconds(), "warm/s")
			b.ReportMetric(float64(warm[len(warm)/2])/float64(cold[len(cold)/2]), "cold_ratio")
			s.Close()
			s = start()
			began := time.Now()
			handle(b, s, of(anew()))
			b.ReportMetric(float64(time.Since(began).Microseconds())/1000, "busy_cold_ms")
		})
	}
}
