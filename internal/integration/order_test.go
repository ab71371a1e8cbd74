package integration_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/internal/integration"
)

// seen is the types and segments of what was taken, in order.
func (r *receiver) seen() (all []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, body := range r.bodies {
		var e struct {
			Type string
			Data struct{ Segment string }
		}
		if err := json.Unmarshal([]byte(body), &e); err != nil {
			panic(err)
		}
		all = append(all, strings.TrimSuffix(strings.TrimPrefix(e.Type, "rapport."), ".v1")+" "+e.Data.Segment)
	}
	return all
}

// What was given up and is tried again tells no older state behind a newer one.
func TestNoOlderStateBehindANewer(t *testing.T) {
	p := fillOutbox(t, 0)
	p.announce(1, "segment.entered", "fans", 1, "")
	p.announce(2, "segment.entered", "fans", 2, "")
	p.announce(3, "segment.entered", "other", 1, "")
	p.announce(4, "segment.entered", "fans", 3, "")
	p.announce(5, "segment.left", "fans", 1, "")
	p.announce(6, "customer.erased", "", 3, "")
	p.exec("UPDATE integration.subscription SET position = 4, seq = 4")
	p.exec(`INSERT INTO integration.letter (subscription, position, seq, id, type, subject, status)
		SELECT 'publish', position, seq, id, type, subject::text, 'dead' FROM integration.outbox WHERE position <= 4`)
	r := newReceiver(t, nil)
	p.start(r.URL)
	p.until("dead 4, delivered 2", counts)
	p.exec("UPDATE integration.letter SET status = 'waiting'")
	p.until("delivered 4, superseded 2", counts)
	want := []string{"segment.left fans", "customer.erased ", "segment.entered fans", "segment.entered other"}
	if got := r.seen(); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Attributes go out only as declared, and after it is on record; without that, the event goes without them.
func TestAttributesGoOutAsDeclared(t *testing.T) {
	p := fillOutbox(t, 0)
	const evidence = `,"evidence":{"orders":3,"attributes[\"income\"]":"high","attributes[\"faith\"]":"none"}`
	for n := range 3 {
		p.announce(n, "segment.entered", fmt.Sprint("s", n), n, evidence)
	}
	var recorded []integration.Share
	r := newReceiver(t, nil)
	p.run(r.URL, integration.Config{Attempts: 3, Configured: []integration.Subscription{{Disclosure: integration.Disclosure{Attributes: []string{"income"},
		Record: func(_ context.Context, s integration.Share) (bool, error) {
			recorded = append(recorded, s)
			switch len(recorded) {
			case 2:
				return false, fmt.Errorf("the log is away")
			case 4:
				return false, nil // without consent
			}
			return true, nil
		}}}}})
	p.until("delivered 3", counts)
	p.end()
	for i, want := range []string{`{"attributes[\"income\"]":"high","orders":3}`, `{"attributes[\"income\"]":"high","orders":3}`, `{"orders":3}`} {
		var e struct {
			Data struct{ Evidence json.RawMessage }
		}
		if err := json.Unmarshal([]byte(r.bodies[i]), &e); err != nil || string(e.Data.Evidence) != want {
			t.Errorf("event %d: %s, want %s (%v)", i, e.Data.Evidence, want, err)
		}
	}
	for i, n := range []int{0, 1, 2, 1} {
		if s := recorded[i]; s.ID != numbered(n) || s.Customer != numbered(n) || !slices.Equal(s.Fields, []string{"income"}) {
			t.Errorf("recorded %+v", s)
		}
	}
	undeclared := fillOutbox(t, 0)
	undeclared.announce(1, "segment.entered", "s", 1, evidence)
	r = newReceiver(t, nil)
	undeclared.start(r.URL)
	undeclared.until("delivered 1", counts)
	if strings.Contains(r.bodies[0], "high") || !strings.Contains(r.bodies[0], `"orders":3`) {
		t.Errorf("undeclared: %s", r.bodies[0])
	}
}
