package commands

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

var (
	noon  = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	alice = uuid.MustParse("00000000-0000-4000-8000-00000000a11c")
	codec = eventstore.NewCodec()
)

type request = Request[customer.State, customer.Needs]

func newLog(t testing.TB) eventstore.Store {
	t.Helper()
	store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func newService(store eventstore.Store) *Service {
	return New(store, codec, Options{Now: func() time.Time { return noon }})
}

func register() customer.Command { return customer.Register{Kind: customer.Person, Name: "Alice"} }

func purchase(n byte) customer.RecordPurchase {
	return customer.RecordPurchase{PurchaseID: uuid.UUID{15: n, 0: 1}, Currency: "EUR", Lines: []customer.Line{
		{SKU: "tea", Quantity: decimal.MustNew(2, 0), UnitPrice: decimal.MustParse("3.50")}}}
}

func of(c customer.Command) request { return request{Stream: customer.Stream(alice), Command: c} }

func keyed(key string, c customer.Command) request {
	r := of(c)
	r.IdempotencyKey = key
	return r
}

func handle(t testing.TB, s *Service, r request) Answer {
	t.Helper()
	answer, err := s.Customers.Handle(context.Background(), r)
	if err != nil {
		t.Fatalf("%T: %v", r.Command, err)
	}
	return answer
}

func refused(t testing.TB, s *Service, r request, want *domain.Rejection) {
	t.Helper()
	before := head(t, s.log.store)
	if _, err := s.Customers.Handle(context.Background(), r); !errors.Is(err, want) {
		t.Errorf("%T: got %v, want %s", r.Command, err, want.Code)
	}
	if after := head(t, s.log.store); after != before {
		t.Errorf("a refused %T left events", r.Command)
	}
}

func head(t testing.TB, store eventstore.Store) eventstore.Position {
	t.Helper()
	position, err := store.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return position
}

func recorded(t testing.TB, store eventstore.Store, stream string) []domain.Recorded {
	t.Helper()
	var all []domain.Recorded
	for record, err := range store.ReadStream(context.Background(), stream, 0) {
		if err != nil {
			t.Fatal(err)
		}
		r, err := codec.Decode(context.Background(), record)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func types(all []domain.Recorded) []string {
	names := []string{}
	for _, r := range all {
		names = append(names, r.Event.EventType())
	}
	return names
}

func TestAnswerSaysWhereTheFactsStand(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	first := handle(t, s, of(register()))
	if want := (Answer{Stream: customer.Stream(alice), Position: uint64(head(t, store)), Appended: 1}); first != want {
		t.Errorf("got %+v, want %+v", first, want)
	}
	again := handle(t, s, of(register()))
	if want := (Answer{Stream: first.Stream, Position: first.Position}); again != want {
		t.Errorf("what is true already: got %+v, want %+v", again, want)
	}
	second := handle(t, s, of(purchase(1)))
	if second.Revision != 1 || second.Appended != 1 || second.Position <= first.Position {
		t.Errorf("got %+v after %+v", second, first)
	}
}

func TestMetadataIsCompletedAndChecked(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	handle(t, s, of(register()))
	got := recorded(t, store, customer.Stream(alice))[0].Metadata
	if !got.OccurredAt.Equal(noon) || got.CommandID == uuid.Nil || got.CorrelationID != got.CommandID || got.CommandDigest != "" {
		t.Errorf("got %+v", got)
	}
	backdated := of(purchase(1))
	backdated.Metadata = domain.Metadata{Actor: "bob", Channel: "store", CorrelationID: alice,
		OccurredAt: time.Date(2023, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600))}
	handle(t, s, backdated)
	got = recorded(t, store, customer.Stream(alice))[1].Metadata
	want := backdated.Metadata
	want.CommandID, want.OccurredAt = got.CommandID, want.OccurredAt.UTC()
	if want.Content = got.Content; len(want.Content) != 32 {
		t.Errorf("what is told has the digest %q", got.Content)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct {
		metadata domain.Metadata
		want     *domain.Rejection
	}{
		{domain.Metadata{OccurredAt: noon.Add(24*time.Hour + 1)}, ErrInFuture},
		{domain.Metadata{OccurredAt: earliest.Add(-1)}, ErrTooEarly},
		{domain.Metadata{Department: strings.Repeat("x", MaxMetadataBytes+1)}, domain.ErrText},
		{domain.Metadata{Channel: "web\x00"}, domain.ErrText},
	} {
		r := of(purchase(2))
		r.Metadata = c.metadata
		refused(t, s, r, c.want)
	}
	refused(t, s, keyed(string(make([]byte, MaxKeyBytes+1)), purchase(2)), ErrKeyTooLong)
	tomorrow := of(purchase(2))
	tomorrow.Metadata.OccurredAt = noon.Add(24 * time.Hour)
	handle(t, s, tomorrow)
}

func TestSameKeySameAnswer(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	handle(t, s, of(register()))
	first := handle(t, s, keyed("k", purchase(1)))
	handle(t, s, of(purchase(2)))
	want := first
	want.Appended = 0
	for name, service := range map[string]*Service{"cached": s, "after a restart": newService(store)} {
		stale := uint64(77)
		again := keyed("k", purchase(1))
		again.IfRevision = &stale // what was carried out already does not look at it
		if got := handle(t, service, again); got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
		refused(t, service, keyed("k", purchase(3)), ErrKeyReused)
		later := keyed("k", purchase(1))
		later.Metadata.OccurredAt = noon.Add(-time.Hour)
		refused(t, service, later, ErrKeyReused)
	}
	if n := len(recorded(t, store, customer.Stream(alice))); n != 3 {
		t.Errorf("%d events", n)
	}
}

func TestOnlyTheNewestKeysAreRemembered(t *testing.T) {
	var r recent
	id := func(i int) uuid.UUID { return uuid.UUID{0: byte(i >> 8), 1: byte(i), 2: 1} }
	for i := range maxRecent + 10 {
		r.remember(handled{id: id(i), revision: uint64(2 * i)})
		r.remember(handled{id: id(i), revision: uint64(2*i + 1)}) // its second fact
	}
	for i := range maxRecent + 10 {
		got, ok := r.find(id(i))
		if ok != (i >= 10) || ok && got.revision != uint64(2*i+1) {
			t.Fatalf("command %d: %+v, %t", i, got, ok)
		}
	}
}

func TestIfRevision(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	at := func(revision uint64, c customer.Command) request {
		r := of(c)
		r.IfRevision = &revision
		return r
	}
	refused(t, s, at(0, register()), ErrStale)
	handle(t, s, of(register()))
	refused(t, s, at(1, purchase(1)), ErrStale)
	handle(t, s, at(0, purchase(1)))
	// The cached state lags behind what another process wrote: it must not refuse the newest revision.
	handle(t, newService(store), of(purchase(2)))
	handle(t, s, at(2, purchase(3)))
	refused(t, s, at(2, purchase(4)), ErrStale)
}

func TestBatchDecidesEachOverTheOnesBefore(t *testing.T) {
	store := &countingStore{Store: newLog(t)}
	s := newService(store)
	revision := func(n uint64) *uint64 { return &n }
	results := s.Customers.HandleAll(context.Background(), customer.Stream(alice), []request{
		{Command: purchase(1)}, // not registered yet
		{Command: register()},
		{Command: purchase(1), IdempotencyKey: "k"},
		{Command: purchase(1)},                          // already true
		{Command: purchase(1), IdempotencyKey: "k"},     // the same again
		{Command: purchase(2), IdempotencyKey: "k"},     // another one under the key
		{Command: purchase(2), IfRevision: revision(0)}, // overtaken
		{Command: purchase(2), IfRevision: revision(1)},
	})
	var got []string
	for _, r := range results {
		var rejection *domain.Rejection
		switch {
		case errors.As(r.Err, &rejection):
			got = append(got, rejection.Code)
		case r.Err != nil:
			t.Fatal(r.Err)
		case r.Answer.Position != uint64(head(t, store)):
			t.Errorf("position %d of a batch that ends at %d", r.Answer.Position, head(t, store))
		default:
			got = append(got, string(rune('0'+r.Answer.Appended))+" at "+string(rune('0'+r.Answer.Revision)))
		}
	}
	want := []string{"customer_unknown", "1 at 0", "1 at 1", "0 at 1", "0 at 1", "idempotency_key_reused",
		"revision_stale", "1 at 2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	// One for the customer, one that settles the currency.
	if n := store.appends.Load(); n != 2 {
		t.Errorf("%d appends", n)
	}
	if diff := cmp.Diff([]string{"customer.registered.v1", "customer.purchase_recorded.v1",
		"customer.purchase_recorded.v1"}, types(recorded(t, store, customer.Stream(alice)))); diff != "" {
		t.Error(diff)
	}
}

func TestBatchBeyondOneAppendIsSplit(t *testing.T) {
	store := &countingStore{Store: newLog(t)}
	s := newService(store)
	requests := []request{{Command: register()}}
	for i := range 20 {
		requests = append(requests, request{Command: bulky{byte(i), 240_000}})
	}
	for i, result := range s.Customers.HandleAll(context.Background(), customer.Stream(alice), requests) {
		if result.Err != nil || result.Answer.Revision != uint64(i) || result.Answer.Position == 0 {
			t.Errorf("%d: %+v", i, result)
		}
	}
	if n := store.appends.Load(); n != 2 {
		t.Errorf("%d appends", n)
	}
	refused(t, s, of(bulky{99, eventstore.MaxEventBytes}), ErrTooLarge)
	sameFold(t, s, customer.Stream(alice))
}

// bulky asks for an event of a certain size.
type bulky struct {
	n    byte
	size int
}

func (bulky) Needs() customer.Needs { return customer.Needs{} }

func (c bulky) Decide(*customer.State, customer.Given) ([]customer.Event, error) {
	return []customer.Event{customer.InteractionRecorded{InteractionID: uuid.UUID{15: c.n, 0: 3},
		Text: strings.Repeat("x", c.size)}}, nil
}

func TestOthersMayWriteMeanwhile(t *testing.T) {
	store := newLog(t)
	ours, theirs := newService(store), newService(store)
	handle(t, ours, of(register()))
	handle(t, theirs, of(purchase(1)))
	// Ours has an outdated state: it appends, finds out, decides anew.
	handle(t, ours, of(purchase(2)))
	handle(t, theirs, of(purchase(3)))
	results := ours.Customers.HandleAll(context.Background(), customer.Stream(alice),
		[]request{{Command: purchase(3)}, {Command: purchase(4)}, {Command: purchase(5)}})
	for i, appended := range []int{0, 1, 1} {
		if results[i].Err != nil || results[i].Answer.Appended != appended {
			t.Errorf("%d: %+v", i, results[i])
		}
	}
	// What is refused by an outdated state is decided on a new one, too.
	bob := customer.Stream(uuid.UUID{1})
	refused(t, ours, request{Stream: bob, Command: purchase(1)}, customer.ErrUnknown)
	handle(t, theirs, request{Stream: bob, Command: register()})
	handle(t, ours, request{Stream: bob, Command: purchase(1)})
	sameFold(t, ours, customer.Stream(alice))
	sameFold(t, theirs, customer.Stream(alice))
}

func TestAttemptsAreBounded(t *testing.T) {
	store := &countingStore{Store: newLog(t)}
	s := New(store, codec, Options{MaxAttempts: 3})
	handle(t, s, of(register()))
	store.appends.Store(0)
	store.before = func(context.Context, string) error {
		return &eventstore.WrongRevisionError{Stream: customer.Stream(alice)}
	}
	kind := of(customer.RecordInteraction{InteractionID: alice, Kind: "call", Direction: customer.Inbound})
	if _, err := s.Customers.Handle(context.Background(), kind); !errors.Is(err, eventstore.ErrWrongRevision) {
		t.Error(err)
	}
	if n := store.appends.Load(); n != 3 {
		t.Errorf("%d attempts", n)
	}
}

func Test64WritersOnOneStream(t *testing.T) {
	store := newLog(t)
	services := []*Service{newService(store), newService(store)}
	handle(t, services[0], of(register()))
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			for n := range 4 {
				c := purchase(byte(i))
				c.PurchaseID[1] = byte(n)
				if _, err := services[i%2].Customers.Handle(context.Background(), of(c)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := len(recorded(t, store, customer.Stream(alice))); n != 1+64*4 {
		t.Errorf("%d events", n)
	}
	sameFold(t, services[0], customer.Stream(alice))
}

func TestUncertainAppendIsLookedUpAgain(t *testing.T) {
	store := &countingStore{Store: newLog(t)}
	s := newService(store)
	handle(t, s, of(register()))
	handle(t, s, of(purchase(1)))
	for name, fail := range map[string]*func(context.Context, string) error{"lost": &store.before, "unanswered": &store.after} {
		*fail = func(context.Context, string) error { return eventstore.ErrUnavailable }
		key := keyed(name, purchase(byte(len(name))))
		if _, err := s.Customers.Handle(context.Background(), key); !errors.Is(err, eventstore.ErrUnavailable) {
			t.Fatal(err)
		}
		*fail = nil
		handle(t, s, key)
	}
	if n := len(recorded(t, store, customer.Stream(alice))); n != 4 {
		t.Errorf("%d events: each purchase must be there once", n)
	}
	sameFold(t, s, customer.Stream(alice))
}

// countingStore counts what is asked of a log, and may make it fail.
type countingStore struct {
	eventstore.Store
	appends, reads, customerReads atomic.Int64
	before, after                 func(context.Context, string) error
}

func (s *countingStore) Append(ctx context.Context, stream string, expected eventstore.Expected,
	events []eventstore.Proposed) (eventstore.Appended, error) {
	s.appends.Add(1)
	if s.before != nil {
		if err := s.before(ctx, stream); err != nil {
			return eventstore.Appended{}, err
		}
	}
	appended, err := s.Store.Append(ctx, stream, expected, events)
	if err == nil && s.after != nil {
		err = s.after(ctx, stream)
	}
	return appended, err
}
