package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// send is http with headers ("Name: value"), and tells all of the answer; nil when nobody answered.
func (p *process) send(method, path, body string, headers ...string) (*http.Response, string) {
	r, err := http.NewRequest(method, "http://"+p.address+path, strings.NewReader(body))
	if err != nil {
		p.t.Error(err)
		return nil, ""
	}
	r.Header.Set("Content-Type", "application/json")
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	answer, err := appClient.Do(r)
	if err != nil {
		return nil, err.Error()
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err.Error()
	}
	return answer, string(text)
}

// appClient is that of an app with many requests at once.
var appClient = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

// shoppers each send one purchase after the other, and repeat one that was not answered under its key until it
// is. So all that was acknowledged is known, and what may or may not have been recorded.
type shoppers struct {
	all                   []*shopper
	acknowledged, refused atomic.Int64
	position              positions // the newest one that was acknowledged
}

type shopper struct {
	customer     string
	name         string
	sent         int      // purchases
	pending      bool     // the newest one was not answered
	acknowledged []string // references of purchases
}

// newShoppers registers customers.
func newShoppers(p *process, n int) *shoppers {
	p.t.Helper()
	g := &shoppers{}
	for i := range n {
		s := &shopper{customer: uuid.NewString(), name: fmt.Sprintf("shopper %d", i)}
		p.must("POST", "/v1/customers", fmt.Sprintf(`{"customer_id":%q,"kind":"person","name":%q}`, s.customer, s.name), nil)
		g.all = append(g.all, s)
	}
	return g
}

// buy sends the next purchase, or again the one that was not answered, and answers the status; 0 when nobody
// answered.
func (s *shopper) buy(p *process) (status int, text string) {
	if !s.pending {
		s.sent++
		s.pending = true
	}
	reference := fmt.Sprintf("%s-%d", s.name, s.sent)
	answer, text := p.send("POST", "/v1/customers/"+s.customer+"/purchases",
		fmt.Sprintf(`{"reference":%q,"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"3.50"}]}`, reference),
		"Idempotency-Key: "+reference)
	if answer == nil {
		return 0, text
	}
	if answer.StatusCode < 300 {
		s.pending = false
		s.acknowledged = append(s.acknowledged, reference)
	}
	return answer.StatusCode, text
}

// shop lets all shoppers buy until stop is called, which waits for them. Whatever is not an acknowledgement has to
// be tolerated.
func (g *shoppers) shop(p *process, tolerated func(status int) bool) (stop func()) {
	var stopped atomic.Bool
	var running sync.WaitGroup
	for _, s := range g.all {
		running.Go(func() {
			for !stopped.Load() {
				status, text := s.buy(p)
				switch {
				case status == 200 || status == 201:
					g.acknowledged.Add(1)
					g.position.told(text)
				case tolerated(status):
					g.refused.Add(1)
				default:
					p.t.Errorf("%s: %d %s", s.name, status, text)
					return
				}
			}
		})
	}
	return func() { stopped.Store(true); running.Wait() }
}

// untilBought waits for so many more acknowledgements.
func (g *shoppers) untilBought(p *process, more int64) {
	p.t.Helper()
	enough := g.acknowledged.Load() + more
	p.until("commands are acknowledged", func() (bool, string) {
		n := g.acknowledged.Load()
		return n >= enough, fmt.Sprintf("%d of %d", n, enough)
	})
}

// untilRefused waits for the next command that is tolerated not to be acknowledged.
func (g *shoppers) untilRefused(p *process) {
	p.t.Helper()
	before := g.refused.Load()
	p.until("commands are refused", func() (bool, string) { return g.refused.Load() > before, "" })
}

// checkLog opens the log of a server that has ended: whatever was acknowledged is there, once.
func (g *shoppers) checkLog(t *testing.T, data string) {
	t.Helper()
	log, err := embedded.Open(filepath.Join(data, "log"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	for _, s := range g.all {
		var recorded []string
		for record, err := range log.ReadStream(t.Context(), customer.Stream(uuid.MustParse(s.customer)), 0) {
			if err != nil {
				t.Fatal(err)
			}
			var purchase struct{ Reference string }
			if err := json.Unmarshal(record.Data, &purchase); err != nil {
				t.Fatal(err)
			}
			if purchase.Reference != "" {
				recorded = append(recorded, purchase.Reference)
			}
		}
		want := s.acknowledged
		if s.pending && len(recorded) > len(want) { // it was recorded, and nobody was told
			want = append(slices.Clone(want), fmt.Sprintf("%s-%d", s.name, s.sent))
		}
		if diff := cmp.Diff(want, recorded); diff != "" {
			t.Errorf("%s, acknowledged and recorded:\n%s", s.name, diff)
		}
	}
}

// equalsRebuild waits until the tables hold all of the log, and compares them with what the log alone makes.
func (p *process) equalsRebuild() {
	p.t.Helper()
	before := p.settled()
	p.rapport("projections", "rebuild")
	if diff := cmp.Diff(before, p.settled()); diff != "" {
		p.t.Errorf("as it was, and rebuilt:\n%s", diff)
	}
}

func within(t *testing.T, most time.Duration, what string, f func()) {
	t.Helper()
	began := time.Now()
	if f(); time.Since(began) > most {
		t.Errorf("%s took %s, longer than %s", what, time.Since(began).Round(time.Millisecond), most)
	}
}
