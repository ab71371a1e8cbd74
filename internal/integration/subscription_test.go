package integration_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/integration"
)

// subscribe publishes a subscription, as the projectors write it down.
func (p *publisher) subscribe(name, url, types, rule string) {
	p.t.Helper()
	p.exec("UPDATE integration.subscription SET name = $1", name)
	p.exec(`INSERT INTO crm.subscriptions (subscription, version, url, types, rule, secret, position, published_on)
		VALUES ($1, 1, $2, to_jsonb(string_to_array($3, ' ')), nullif($4, ''), 1, 0, '2024-01-01')`, name, url, types, rule)
}

// happens records an event of a customer, and says that the read models have it.
func (p *publisher) happens(n int, e domain.Event) {
	p.t.Helper()
	proposed, err := p.codec.Encode(p.t.Context(), customer.Stream(numbered(n)), uuid.New(), e,
		domain.Metadata{OccurredAt: time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)})
	if err != nil {
		p.t.Fatal(err)
	}
	done, err := p.store.Append(p.t.Context(), customer.Stream(numbered(n)), eventstore.Any, []eventstore.Proposed{proposed})
	if err != nil {
		p.t.Fatal(err)
	}
	p.exec("UPDATE integration.checkpoint SET position = $1", int64(done.Position))
}

// clock is a time that passes when it is told to.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }
func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

type sent struct {
	ID, Type, Subject, Sequence, PartitionKey string
	Data                                      struct{ Reference, Segment string }
}

func (r *receiver) took(t *testing.T) (all []sent) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, body := range r.bodies {
		var e sent
		if err := json.Unmarshal([]byte(body), &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// A receiver that fails for an hour gets everything once it is back, and what concerns one customer in its order. Time passes
// by a clock.
func TestAReceiverThatFailsForAnHourGetsAllInOrder(t *testing.T) {
	const customers, each, leastAttempts = 25, 8, 10
	time0 := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
	now, attempts := &clock{now: time0}, 0
	r := newReceiver(t, func(int) int {
		if now.Now().Sub(time0) < time.Hour || attempts < leastAttempts {
			attempts++
			now.pass(time.Minute) // it is in no hurry to fail
			return http.StatusBadGateway
		}
		return 0
	})
	p := fillOutbox(t, 0)
	for i := range each {
		for n := range customers {
			p.happens(n, customer.Archived{Reason: fmt.Sprint(i)})
		}
	}
	p.subscribe("shop", r.URL, "customer.archived.v1", "")
	p.serve(integration.Config{Secret: []byte("own"), Now: now.Now, Attempts: 5, Retry: time.Second, RetryMost: 15 * time.Minute})
	p.until("true", "SELECT coalesce(bool_or(failing_since IS NOT NULL), false)::text FROM integration.subscription")
	delivered := fmt.Sprint("delivered ", customers*each)
	for range 100_000 {
		if p.told(counts) == delivered {
			break
		}
		now.pass(5 * time.Second) // the letters' own pauses
	}
	p.until(delivered, counts)
	all := r.took(t)
	if len(all) != customers*each || now.Now().Sub(time0) < time.Hour {
		t.Errorf("%d events after %s, want %d", len(all), now.Now().Sub(time0), customers*each)
	}
	last := map[string]uint64{}
	for _, e := range all {
		var at uint64
		if _, err := fmt.Sscan(e.Sequence, &at); err != nil || at <= last[e.Subject] || e.PartitionKey != e.Subject {
			t.Errorf("%+v comes behind %d", e, last[e.Subject])
		}
		last[e.Subject] = at
	}
}

// What the receiver does not take of one customer holds nobody else up; it is given up in the end, tried again when asked for,
// and replayed from a position.
func TestOneCustomerHoldsNobodyUp(t *testing.T) {
	bad := numbered(1).String()
	var refusing sync.Mutex
	refused := true
	r := newReceiver(t, nil)
	r.refuseBody = func(body string) bool {
		refusing.Lock()
		defer refusing.Unlock()
		return refused && strings.Contains(body, bad)
	}
	p := fillOutbox(t, 0)
	for n := range 3 {
		p.happens(n, customer.Archived{})
	}
	p.announce(1, "segment.entered", "fans", 1, "")
	p.subscribe("shop", r.URL, "*", "")
	p.serve(integration.Config{Secret: []byte("own"), Attempts: 2, Retry: time.Millisecond, RetryMost: time.Millisecond})
	p.until("dead 2, delivered 2", counts)
	refusing.Lock()
	refused = false
	refusing.Unlock()
	p.exec("UPDATE integration.letter SET status = 'waiting', attempts = 0")
	p.until("delivered 4", counts)
	var types []string
	for _, e := range r.took(t)[2:] {
		types = append(types, e.Type)
	}
	if want := []string{"customer.archived.v1", "rapport.segment.entered.v1"}; !slices.Equal(types, want) {
		t.Errorf("tried again: %v, want %v", types, want)
	}
	p.exec("UPDATE integration.subscription SET position = 0, seq = 0")
	p.until("delivered 8", counts)
}

// A subscription has its own types, rule and secret; while that is replaced, both sign.
func TestASubscriptionHasItsTypesRuleAndSecret(t *testing.T) {
	r := newReceiver(t, nil)
	p := fillOutbox(t, 0)
	p.happens(1, customer.Archived{})
	p.happens(2, customer.Archived{})
	p.happens(1, customer.Restored{})
	p.happens(2, customer.Erased{Reason: "asked"})
	p.subscribe("shop", r.URL, "customer.archived.v1 customer.erased.v1", "orders >= 2")
	p.exec("UPDATE crm.subscriptions SET secret = 5, previous_secret_until = '2024-01-02T00:00Z'")
	now := &clock{now: time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)}
	p.serve(integration.Config{Secret: []byte("own"), Now: now.Now, Judge: func(_ context.Context, _ *rules.Rule, ids []uuid.UUID) ([]bool, error) {
		holds := make([]bool, len(ids))
		for i, id := range ids {
			holds[i] = id == numbered(1)
		}
		return holds, nil
	}})
	p.until("delivered 2", counts)
	var got []string
	for _, e := range r.took(t) {
		got = append(got, e.Type+" "+e.Subject)
	}
	if want := []string{"customer.archived.v1 " + numbered(1).String(), "customer.erased.v1 " + numbered(2).String()}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	h := r.heads[0]
	var want []string
	for _, number := range []int64{5, 4} {
		want = append(want, "v1,"+base64.StdEncoding.EncodeToString(integration.Sign(integration.SecretOf([]byte("own"), "shop", number),
			h.Get("Webhook-Id"), h.Get("Webhook-Timestamp"), []byte(r.bodies[0]))))
	}
	if got := h.Get("Webhook-Signature"); got != strings.Join(want, " ") {
		t.Errorf("signed %s, want %s", got, want)
	}
}
