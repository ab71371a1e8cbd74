package commands

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/eventstore"
)

func (s *countingStore) ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	s.reads.Add(1)
	if strings.HasPrefix(stream, customer.StreamPrefix) {
		s.customerReads.Add(1)
	}
	return s.Store.ReadStream(ctx, stream, from)
}

// sameFold fails unless the cached state is what the log folds to.
func sameFold(t interface{ Fatalf(string, ...any) }, s *Service, stream string) {
	fold := func(s *Service) folded[customer.State] {
		e, err := s.Customers.cache.acquire(context.Background(), stream)
		if err != nil {
			t.Fatalf("%v", err)
		}
		defer s.Customers.cache.release(e)
		if _, err := s.Customers.catchUp(context.Background(), e); err != nil {
			t.Fatalf("%v", err)
		}
		if err := s.Customers.whole(context.Background(), e); err != nil { // as whoever asks for it has it
			t.Fatalf("%v", err)
		}
		out := e.folded
		out.measured = measured{}
		out.recent = recent{} // what others appended has no place in it until it is read anew
		return out
	}
	if cached, fresh := fold(s), fold(newService(s.log.store)); !reflect.DeepEqual(cached, fresh) {
		t.Fatalf("the cached state\n%+v\nis not the log's\n%+v", cached, fresh)
	}
}

func TestStreamIsLoadedOnce(t *testing.T) {
	store := &countingStore{Store: newLog(t)}
	handle(t, newService(store), of(register()))
	handle(t, newService(store), of(purchase(0)))
	if err := newService(store).Settle(t.Context(), "", "Europe/Berlin"); err != nil {
		t.Fatal(err)
	}
	store.customerReads.Store(0)
	s := newService(store)
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() { handle(t, s, of(purchase(byte(i+1)))) })
	}
	wg.Wait()
	// One read of the customer; the others are of the settled currency and time zone, by those who come first.
	if n := store.customerReads.Load(); n != 1 {
		t.Errorf("%d reads", n)
	}
}

func TestWaitingForAStreamEndsWithItsContext(t *testing.T) {
	c := newCache[int](newMemory(10))
	e, err := c.acquire(context.Background(), "s")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.acquire(ctx, "s"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	c.release(e)
	if e, err = c.acquire(context.Background(), "s"); err != nil {
		t.Fatal(err)
	}
	c.release(e)
}

func TestMemoryIsBoundedByBytes(t *testing.T) {
	m := newMemory(10_000)
	c, other := newCache[string](m), newCache[[]byte](m)
	use := func(stream string, bytes int) *entry[string] {
		e, err := c.acquire(context.Background(), stream)
		if err != nil {
			t.Fatal(err)
		}
		e.loaded, e.next, e.state = true, e.next+1, strings.Repeat("x", bytes)
		return e
	}
	has := func(want ...string) {
		t.Helper()
		if got := slices.Sorted(maps.Keys(c.entries)); !slices.Equal(got, want) {
			t.Errorf("%q are in memory, not %q", got, want)
		}
		least := int64(0)
		for _, e := range c.entries {
			if e.users == 0 {
				least += int64(len(e.state))
			}
		}
		if m.bytes < least || m.idle.Len() > 1 && m.bytes > m.limit {
			t.Errorf("they count %d bytes", m.bytes)
		}
	}
	c.release(use("a", 3000))
	c.release(use("b", 3000))
	held := use("c", 50_000) // in use: not counted, not dropped
	c.release(use("a", 3000))
	c.release(use("d", 3000)) // b is the one that was used last
	has("a", "c", "d")
	o, err := other.acquire(context.Background(), "o")
	if err != nil {
		t.Fatal(err)
	}
	o.next, o.state = 1, make([]byte, 5000)
	other.release(o) // another handler's, of the same memory
	has("c", "d")
	c.release(held) // heavier than the whole memory: it stays alone
	if has("c"); len(other.entries) > 0 {
		t.Error("the other handler's state stayed")
	}
}

// A state that grows is not measured at every fact, and what it is taken to weigh stays near the truth.
func TestStatesAreWeighed(t *testing.T) {
	s := newService(newLog(t))
	handle(t, s, of(register()))
	e := s.Customers.cache.entries[customer.Stream(alice)]
	measured, last := 0, uint64(0)
	for i := range 500 {
		c := purchase(1)
		c.PurchaseID = uuid.New()
		handle(t, s, of(c))
		if e.measured.next != last {
			measured, last = measured+1, e.measured.next
		}
		if truth := e.cache.sizes.Size(&e.folded); e.weight < truth*3/4 || e.weight > truth*4/3+2*overhead {
			t.Fatalf("after %d purchases it weighs %d bytes, and is taken for %d", i+1, truth, e.weight)
		}
	}
	if measured > 40 {
		t.Errorf("measured %d times", measured)
	}
}

func TestPanicLeavesNoTrace(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	handle(t, s, of(register()))
	func() {
		defer func() {
			if recover() == nil {
				t.Error("no panic came through")
			}
		}()
		s.Customers.HandleAll(context.Background(), customer.Stream(alice),
			[]request{{Command: purchase(1)}, {Command: panics{}}})
	}()
	handle(t, s, of(purchase(1))) // not taken for recorded
	sameFold(t, s, customer.Stream(alice))
}

type panics struct{}

func (panics) Needs() customer.Needs { return customer.Needs{} }

func (panics) Decide(*customer.State, customer.Given) ([]customer.Event, error) { panic("on purpose") }

// Whatever is asked, in whatever batches, through two processes and with a cache that holds next to nothing:
// what is cached is what the log folds to, and a refused command leaves no event.
func TestCachedStateIsTheLogs(t *testing.T) {
	store := newLog(t)
	rapid.Check(t, func(rt *rapid.T) {
		services := []*Service{newService(store), New(store, codec, Options{MemoryBytes: 1})}
		ids := []uuid.UUID{uuid.New(), uuid.New()}
		for range rapid.IntRange(1, 12).Draw(rt, "calls") {
			s := services[rapid.IntRange(0, 1).Draw(rt, "service")]
			stream := customer.Stream(ids[rapid.IntRange(0, 1).Draw(rt, "customer")])
			requests := rapid.SliceOfN(rapid.Custom(drawRequest), 1, 6).Draw(rt, "requests")
			keyed := slices.ContainsFunc(requests, func(r request) bool { return r.IdempotencyKey != "" })
			before := len(recorded(t, store, stream))
			appended := 0
			for _, r := range s.Customers.HandleAll(context.Background(), stream, requests) {
				var rejection *domain.Rejection
				if r.Err != nil && !errors.As(r.Err, &rejection) {
					rt.Fatal(r.Err)
				}
				appended += r.Answer.Appended
			}
			// What the other service appended under the same key counts for both.
			if grown := len(recorded(t, store, stream)) - before; grown > appended || grown < appended && !keyed {
				rt.Fatalf("%d new events, %d were answered", grown, appended)
			}
		}
		for _, s := range services {
			for _, id := range ids {
				sameFold(rt, s, customer.Stream(id))
			}
		}
	})
}

func drawRequest(t *rapid.T) request {
	r := request{IdempotencyKey: rapid.SampledFrom([]string{"", "", "k1", "k2"}).Draw(t, "key")}
	if rapid.IntRange(0, 3).Draw(t, "known") == 0 {
		r.Command = register()
	} else {
		asked := domaintest.Asking(domain.DayOf(noon, time.UTC)).Filter(func(a domaintest.Asked) bool {
			_, ok := a.Command.(customer.Command)
			return ok
		})
		r.Command = asked.Draw(t, "asked").Command.(customer.Command)
	}
	if rapid.IntRange(0, 5).Draw(t, "conditional") == 0 {
		revision := rapid.Uint64Range(0, 4).Draw(t, "revision")
		r.IfRevision = &revision
	}
	return r
}

// A customer with 10,000 touchpoints costs about what a new one does.
func BenchmarkHandle(b *testing.B) {
	for _, touchpoints := range []int{0, 10_000} {
		b.Run(fmt.Sprintf("touchpoints=%d", touchpoints), func(b *testing.B) {
			s := newService(newLog(b))
			handle(b, s, of(register()))
			batch := make([]request, touchpoints)
			for i := range batch {
				c := purchase(1)
				c.PurchaseID = uuid.UUID{1: 1, 14: byte(i >> 8), 15: byte(i)}
				batch[i] = request{Command: c}
			}
			s.Customers.HandleAll(b.Context(), customer.Stream(alice), batch)
			b.ReportAllocs()
			for b.Loop() {
				c := purchase(1)
				c.PurchaseID = uuid.New()
				handle(b, s, of(c))
			}
		})
	}
}
