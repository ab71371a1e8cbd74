package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/eventstore"
)

var mail = identity.Key{Kind: identity.Email, Value: "someone@example.org"}

func registered(t *testing.T, s *Service, n byte) string {
	t.Helper()
	stream := customer.Stream(uuid.UUID{0: 7, 15: n})
	handle(t, s, request{Stream: stream, Command: register()})
	return stream
}

func TestOneOfManyGetsTheAddress(t *testing.T) {
	store := newLog(t)
	services := []*Service{newService(store), newService(store)} // two processes
	const writers = 64
	streams := make([]string, writers)
	for i := range streams {
		streams[i] = registered(t, services[0], byte(i))
	}
	var mu sync.Mutex
	var winners []string
	owners := map[string]int{}
	var all sync.WaitGroup
	for i, stream := range streams {
		all.Go(func() {
			_, err := services[i%2].Customers.Handle(context.Background(),
				request{Stream: stream, Command: customer.LinkIdentity{Key: mail}})
			mu.Lock()
			defer mu.Unlock()
			var r *domain.Rejection
			switch {
			case err == nil:
				winners = append(winners, stream)
			case errors.As(err, &r) && r.Code == identity.ErrTaken.Code && r.Kind == domain.Conflict:
				owners[customer.StreamPrefix+r.Existing]++
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(winners) != 1 || owners[winners[0]] != writers-1 {
		t.Fatalf("winners %v, owners that the others were told of %v", winners, owners)
	}
	for _, stream := range streams {
		want := 1
		if stream == winners[0] {
			want = 2
		}
		if n := len(recorded(t, store, stream)); n != want {
			t.Errorf("%s has %d events", stream, n)
		}
	}
	// Given up, it is free for another.
	handle(t, services[0], request{Stream: winners[0], Command: customer.UnlinkIdentity{Key: mail}})
	for _, stream := range streams {
		if stream != winners[0] {
			handle(t, services[1], request{Stream: stream, Command: customer.LinkIdentity{Key: mail}})
			return
		}
	}
}

func TestRegistrationClaimsExternalIDs(t *testing.T) {
	s := newService(newLog(t))
	shop := []customer.ExternalID{{System: "shop", ID: "1"}}
	handle(t, s, request{Stream: customer.Stream(uuid.UUID{1}), Command: customer.Register{Kind: customer.Person, ExternalIDs: shop}})
	refused(t, s, request{Stream: customer.Stream(uuid.UUID{2}),
		Command: customer.Register{Kind: customer.Person, ExternalIDs: shop}}, identity.ErrTaken)
}

// What one taken identity refuses leaves none of the others claimed.
func TestARefusedRegistrationClaimsNothing(t *testing.T) {
	s := newService(newLog(t))
	free, taken := customer.ExternalID{System: "shop", ID: "1"}, customer.ExternalID{System: "till", ID: "1"}
	as := func(n byte, ids ...customer.ExternalID) request {
		return request{Stream: customer.Stream(uuid.UUID{n}), Command: customer.Register{Kind: customer.Person, ExternalIDs: ids}}
	}
	handle(t, s, as(1, taken))
	refused(t, s, as(2, free, taken), identity.ErrTaken)
	handle(t, s, as(3, free))
}

// A process that does not know yet that somebody stands for the survivor merges nobody into them.
func TestARefusedMergeLeavesTheOtherAlone(t *testing.T) {
	store := newLog(t)
	ours, theirs := newService(store), newService(store)
	for n := range byte(3) {
		registered(t, ours, n)
	}
	absorb := func(survivor, absorbed byte) request {
		return request{Stream: customer.Stream(uuid.UUID{0: 7, 15: survivor}),
			Command: customer.Absorb{AbsorbedID: uuid.UUID{0: 7, 15: absorbed}}}
	}
	handle(t, theirs, absorb(0, 1))
	refused(t, ours, absorb(1, 2), customer.ErrMerged)
}

// The names of identities' streams and the digests of commands cannot be told without the secret: what leads to them is
// personal, and few enough to be tried.
func TestPseudonyms(t *testing.T) {
	derived := func(secret string) (texts []string) {
		store := newLog(t)
		s := New(store, codec, Options{Pseudonyms: func(context.Context) ([]byte, error) { return []byte(secret), nil }})
		ann := registered(t, s, 1)
		handle(t, s, request{Stream: ann, Command: customer.LinkIdentity{Key: mail}, IdempotencyKey: "k"})
		refused(t, s, request{Stream: registered(t, s, 2), Command: customer.LinkIdentity{Key: mail}}, identity.ErrTaken)
		for r, err := range store.ReadAll(context.Background(), 0) {
			if err != nil {
				t.Fatal(err)
			}
			e, err := codec.Decode(context.Background(), r)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(r.Stream, identity.StreamPrefix) {
				texts = append(texts, r.Stream)
			}
			if e.Metadata.CommandDigest != "" {
				texts = append(texts, e.Metadata.CommandDigest)
			}
		}
		return texts
	}
	one, again, other := derived("one"), derived("one"), derived("other")
	if len(one) != 2 || !slices.Equal(one, again) || one[0] == other[0] || one[1] == other[1] {
		t.Errorf("%v, again %v, under another secret %v", one, again, other)
	}
}

// A claim whose link was never recorded, because the process died in between, keeps nobody out for long.
func TestAClaimThatNothingBearsOutIsGivenUp(t *testing.T) {
	store := newLog(t)
	now := time.Now()
	s := New(store, codec, Options{Now: func() time.Time { return now }})
	ann, bob := registered(t, s, 1), registered(t, s, 2)
	anns, _ := customer.IDOf(ann)
	if err := s.tellIdentity(context.Background(), mail, identity.Claim{CustomerID: anns}); err != nil {
		t.Fatal(err)
	}
	link := customer.LinkIdentity{Key: mail}
	refused(t, s, request{Stream: bob, Command: link}, identity.ErrTaken) // the link may be under way
	now = now.Add(undisturbed + time.Minute)
	handle(t, s, request{Stream: bob, Command: link})
	refused(t, s, request{Stream: ann, Command: link}, identity.ErrTaken)
	now = now.Add(time.Hour)
	refused(t, s, request{Stream: ann, Command: link}, identity.ErrTaken) // bob did link it
}

// What was linked before identities had their normal form is still its owner's, under whichever spelling it is asked for.
func TestAnOlderFormIsTakenToo(t *testing.T) {
	for _, c := range []struct{ kind, older, newer string }{
		{"phone", "+490301234567", "+49 30 1234567"},
		{"email", "mia@example.org\u200b", "mia@example.org"},
		{"email", "mia@bücher.example", "mia@xn--bcher-kva.example"},
	} {
		store := newLog(t)
		s := newService(store)
		ann, bob := registered(t, s, 1), registered(t, s, 2)
		older := identity.Key{Kind: identity.Kind(c.kind), Value: c.older}
		anns, _ := customer.IDOf(ann)
		if err := s.tellIdentity(t.Context(), older, identity.Claim{CustomerID: anns}); err != nil {
			t.Fatal(err)
		}
		event, err := codec.Encode(t.Context(), ann, uuid.New(), customer.IdentityLinked{Key: older}, domain.Metadata{OccurredAt: time.Now()})
		if err == nil {
			_, err = store.Append(t.Context(), ann, eventstore.Any, []eventstore.Proposed{event})
		}
		if err != nil {
			t.Fatal(err)
		}
		newer := identity.Key{Kind: identity.Kind(c.kind), Value: c.newer}
		refused(t, s, request{Stream: bob, Command: customer.LinkIdentity{Key: newer}}, identity.ErrTaken)
		if got := handle(t, s, request{Stream: ann, Command: customer.LinkIdentity{Key: newer}}); got.Appended != 0 {
			t.Errorf("%s: linked once more", c.newer)
		}
		handle(t, s, request{Stream: ann, Command: customer.UnlinkIdentity{Key: newer}})
		handle(t, s, request{Stream: bob, Command: customer.LinkIdentity{Key: newer}})
	}
}
