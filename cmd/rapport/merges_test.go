package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/internal/postgres"
)

// Pairs of customers are merged and split by many connections while the server is killed, again and again. After each
// restart a pair is one person or two: to commands, to histories, to queries and in the tables, and to an erasure.
func TestLongMergesOutliveKills(t *testing.T) {
	t.Parallel()
	rounds, pairs := setting(t, "ROUNDS", 1), setting(t, "PAIRS", 60)
	for _, name := range []string{"embedded", "through the client"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			data := filepath.Join(dir, "data")
			database, err := postgres.Start(t.Context(), postgres.Options{Dir: filepath.Join(dir, "postgres"), Ephemeral: true,
				Logger: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := database.Stop(context.Background()); err != nil {
					t.Error(err)
				}
			}()
			flags := []string{"--postgres", database.URL()}
			if name != "embedded" {
				store := launch(t, filepath.Join(dir, "log"), "eventstore", "--for-servers", "--listen", "127.0.0.1:0")
				flags = append(flags, "--eventstore", "esdb://"+store.address+"?tls=false")
			}
			p := serve(t, data, flags...)
			if err := os.WriteFile(filepath.Join(data, "postgres.url"), []byte(database.URL()), 0o600); err != nil { // where sql looks
				t.Fatal(err)
			}
			c := newCouples(p, pairs)
			for range rounds {
				c.mergeAndSplit(p, 12, 150*time.Millisecond)
				p = serve(t, data, flags...)
				c.check(p)
				c.eraseSome(p, pairs/(rounds+1))
			}
			c.check(p)
			p.equalsRebuild()
			t.Logf("%d rounds, %d pairs: %d merges and %d splits acknowledged, %d in doubt when the server was killed, of which %d came about; %d pairs erased",
				rounds, pairs, c.merged, c.split, c.doubts, c.came, c.erased)
		})
	}
}

// couples are pairs of customers, and what was acknowledged of them.
type couples struct {
	pairs                               []*pair
	merged, split, doubts, came, erased int
}

// pair is two customers who are one, or not. The first has a point and a purchase, the second two points and a purchase.
type pair struct {
	a, b   string
	one    bool // as was acknowledged
	doubt  bool // the last merge or split was not answered
	erased bool
}

func newCouples(p *process, n int) *couples {
	p.t.Helper()
	c := &couples{}
	var lines strings.Builder
	for range n {
		pair := &pair{a: uuid.NewString(), b: uuid.NewString()}
		c.pairs = append(c.pairs, pair)
		for points, id := range []string{pair.a, pair.b} {
			fmt.Fprintf(&lines, `{"command":"register_customer","customer_id":%q,"kind":"person"}`+"\n", id)
			fmt.Fprintf(&lines, `{"command":"record_purchase","customer_id":%q,"purchase_id":%q,"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"1"}]}`+"\n", id, id)
			fmt.Fprintf(&lines, `{"command":"earn_points","customer_id":%q,"lot_id":%q,"points":%d}`+"\n", id, id, points+1)
		}
	}
	answer, text := p.send("POST", "/v1/batch", lines.String(), "Content-Type: application/x-ndjson")
	if answer == nil || strings.Count(text, `"status":201`) != 6*n {
		p.t.Fatalf("not everybody was registered: %s", text)
	}
	return c
}

// mergeAndSplit merges and splits pairs by so many connections, and kills the server after a while.
func (c *couples) mergeAndSplit(p *process, connections int, after time.Duration) {
	var running sync.WaitGroup
	var mu sync.Mutex // of the counts
	for k := range connections {
		running.Go(func() {
			r := rand.New(rand.NewPCG(uint64(k), uint64(time.Now().UnixNano())))
			for {
				pair := c.pairs[k+connections*r.IntN((len(c.pairs)-k+connections-1)/connections)]
				if pair.erased || pair.doubt {
					continue
				}
				path := "/v1/customers/" + pair.a + "/merges"
				if pair.one {
					path += "/separated"
				}
				answer, text := p.send("POST", path, fmt.Sprintf(`{"absorbed_id":%q}`, pair.b))
				mu.Lock()
				switch {
				case answer == nil:
					pair.doubt = true
					c.doubts++
				case answer.StatusCode != http.StatusCreated:
					p.t.Errorf("%s: %s", path, text)
				case pair.one:
					pair.one = false
					c.split++
				default:
					pair.one = true
					c.merged++
				}
				mu.Unlock()
				if answer == nil {
					return
				}
			}
		})
	}
	<-time.After(after)
	p.end(syscall.SIGKILL)
	running.Wait()
}

// check holds against each other what is said of each pair, in all ways in which it can be asked.
func (c *couples) check(p *process) {
	p.t.Helper()
	var all sync.WaitGroup
	var mu sync.Mutex // of the counts
	for k := range 12 {
		all.Go(func() {
			for i := k; i < len(c.pairs); i += 12 {
				one := c.pairs[i].check(p)
				mu.Lock()
				c.settle(p.t, c.pairs[i], one)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	tables := map[string]string{}
	p.settled()
	for _, row := range p.sql("SELECT purchase_id::text, customer_id::text, (SELECT survivor_id::text FROM crm.merged_customers WHERE absorbed_id = purchase_id), " +
		"(SELECT orders FROM crm.customer_360 c WHERE c.customer_id = p.customer_id) FROM crm.purchases p") {
		id, rest, _ := strings.Cut(row, "|")
		tables[id] = rest
	}
	for _, pair := range c.pairs {
		want := [2]string{pair.a + "|<nil>|1", pair.b + "|<nil>|1"}
		if pair.one {
			want = [2]string{pair.a + "|<nil>|2", pair.a + "|" + pair.a + "|2"}
		}
		if got := [2]string{tables[pair.a], tables[pair.b]}; got != want {
			p.t.Errorf("the tables say %q of %s and %s, want %q", got, pair.a, pair.b, want)
		}
	}
}

// settle notes what came of a pair of which it was not known.
func (c *couples) settle(t *testing.T, pair *pair, one bool) {
	if pair.doubt && pair.one != one {
		c.came++
	}
	if !pair.doubt && pair.one != one {
		t.Errorf("%s and %s are one: %v, and %v was acknowledged", pair.a, pair.b, one, pair.one)
	}
	pair.one, pair.doubt = one, false
}

// check asks in all ways whether a pair is one, and reports what was answered.
func (pair *pair) check(p *process) (one bool) {
	said := map[string]string{}
	for name, id := range map[string]string{"b": pair.b, "a": pair.a} { // in either order
		status, code, points := pair.spend(p, id)
		said["a command for "+name] = fmt.Sprint(status, " ", code, " ", points)
		var h struct {
			CustomerID string `json:"customer_id"`
			Orders     int
		}
		_, text := p.patiently("GET", "/v1/customers/"+id+"/history", "")
		if err := json.Unmarshal([]byte(text), &h); err != nil {
			p.t.Errorf("the history of %s: %s", name, text)
		}
		said["the history of "+name] = fmt.Sprint(h.CustomerID, " ", h.Orders)
	}
	wants := map[bool]map[string]string{
		true: {"a command for a": "422 points_insufficient 3", "a command for b": "422 points_insufficient 3",
			"the history of a": pair.a + " 2", "the history of b": pair.a + " 2"},
		false: {"a command for a": "422 points_insufficient 1", "a command for b": "422 points_insufficient 2",
			"the history of a": pair.a + " 1", "the history of b": pair.b + " 1"},
	}
	if pair.erased {
		for _, want := range wants {
			want["a command for a"], want["a command for b"] = "410 customer_erased 0", "410 customer_erased 0"
		}
	}
	one = said["the history of b"] == wants[true]["the history of b"]
	if diff := cmp.Diff(wants[one], said); diff != "" {
		p.t.Errorf("%s and %s are neither one nor two:\n%s", pair.a, pair.b, diff)
	}
	return one
}

// spend tries to spend more points than anybody has, and returns how many it is told that there are.
func (pair *pair) spend(p *process, id string) (status int, code string, points int) {
	status, text := p.patiently("POST", "/v1/customers/"+id+"/points/spent", `{"points":1000}`)
	var problem struct{ Code, Detail string }
	if json.Unmarshal([]byte(text), &problem) != nil {
		return status, text, 0
	}
	if m := someDigits.FindString(problem.Detail); m != "" && status == http.StatusUnprocessableEntity {
		points, _ = strconv.Atoi(m)
	}
	return status, problem.Code, points
}

// patiently sends a request again for as long as the server is not available.
func (p *process) patiently(method, path, body string) (status int, text string) {
	for end := time.Now().Add(2 * time.Minute); ; {
		answer, text := p.send(method, path, body)
		if answer != nil && answer.StatusCode != http.StatusServiceUnavailable {
			return answer.StatusCode, text
		}
		if time.Now().After(end) {
			return 0, text
		}
		<-time.After(50 * time.Millisecond)
	}
}

var someDigits = regexp.MustCompile("[0-9]+")

// eraseSome erases so many pairs, whole, whoever of them is asked for.
func (c *couples) eraseSome(p *process, n int) {
	p.t.Helper()
	for _, pair := range c.pairs {
		if pair.erased || n == 0 {
			continue
		}
		n--
		ids := []string{pair.a}
		if !pair.one {
			ids = append(ids, pair.b)
		}
		for _, id := range ids {
			if status, text := p.patiently("POST", "/v1/customers/"+id+"/erase", `{"reason":"asked"}`); status > 299 {
				p.t.Errorf("erase %s: %s", id, text)
			}
		}
		for _, id := range []string{pair.a, pair.b} {
			if status, code, _ := pair.spend(p, id); status != http.StatusGone {
				p.t.Errorf("%s of an erased pair: %d %s", id, status, code)
			}
		}
		pair.erased = true
		c.erased++
	}
}
