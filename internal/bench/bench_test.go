package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

func TestExchange(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/taken":
			w.WriteHeader(http.StatusCreated)
			fmt.Fprint(w, strings.Repeat("long ", 100))
		case "/in-pieces":
			fmt.Fprint(w, "a")
			w.(http.Flusher).Flush()
		}
	}))
	defer web.Close()
	c, err := dial(t.Context(), web.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer hangUp([]*connection{c})
	get := func(path string) []byte { return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path) }

	if err := c.expect(http.StatusCreated, get("/taken")); err != nil || string(c.body) != strings.Repeat("long ", 100) {
		t.Errorf("%q, %v", c.body, err)
	}
	if err := c.expect(http.StatusOK, get("/empty")); err != nil || len(c.body) != 0 {
		t.Errorf("the second answer of the connection: %q, %v", c.body, err)
	}
	if err := c.expect(http.StatusCreated, get("/empty")); err == nil {
		t.Error("another status than expected was taken")
	}
	if err := c.expect(http.StatusOK, get("/in-pieces")); err == nil {
		t.Error("an answer of unknown length was taken")
	}
}

// What is sent is what an app would send: whole requests, each for its customer and under an id of its own.
func TestPurchases(t *testing.T) {
	all, err := purchases()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("%d purchases", len(all))
	}
	seen, lines := map[uuid.UUID]bool{}, map[int]bool{}
	for _, p := range append(all, all...) {
		id := uuid.New()
		text := p.appendRequest([]byte("before"), []byte(id.String()))[len("before"):]
		request, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(text)))
		if err != nil {
			t.Fatal(err)
		}
		if want := "/v1/customers/" + id.String() + "/purchases"; request.URL.Path != want {
			t.Fatalf("path %s, want %s", request.URL.Path, want)
		}
		var c customer.RecordPurchase
		if err := json.NewDecoder(request.Body).Decode(&c); err != nil {
			t.Fatal(err)
		}
		if c.PurchaseID == p.command.PurchaseID || c.PurchaseID == uuid.Nil || seen[c.PurchaseID] {
			t.Fatalf("purchase %s is not new", c.PurchaseID)
		}
		seen[c.PurchaseID], lines[len(c.Lines)] = true, true
	}
	if len(lines) != 3 || !lines[1] || !lines[2] || !lines[3] {
		t.Errorf("there are purchases of so many lines: %v", lines)
	}
}

func TestReport(t *testing.T) {
	r := newReport("v1")
	r.set("commands.per_s", 12345.678)
	r.set("commands.p50_ms", 0.0123456)
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Run      struct{ Version string }
		Commands map[string]float64
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if got.Run.Version != "v1" || len(got.Commands) != 2 || got.Commands["per_s"] != 12346 || got.Commands["p50_ms"] != 0.0123 {
		t.Errorf("%s", text)
	}
	var table strings.Builder
	if err := r.Print(&table); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(table.String(), "commands."); lines != 2 || !strings.Contains(table.String(), "12346") {
		t.Errorf("a line for each figure that was measured:\n%s", table.String())
	}
}

func TestQuantile(t *testing.T) {
	var took []time.Duration
	for i := 100; i > 0; i-- {
		took = append(took, time.Duration(i))
	}
	for part, want := range map[float64]time.Duration{0: 1, 0.5: 51, 0.99: 100, 1: 100} {
		if got := quantile(took, part); got != want {
			t.Errorf("quantile %g is %d, want %d", part, got, want)
		}
	}
	if got := median([]float64{7}); got != 7 {
		t.Errorf("the median of 7 is %g", got)
	}
}

// A shop comes out about as large as it is asked for, in the order of time, and its stretches make up the whole.
func TestShop(t *testing.T) {
	bought, err := purchases()
	if err != nil {
		t.Fatal(err)
	}
	const events = 60_000
	s := newShop(events, bought)
	next, stop := iter.Pull(s.lines())
	defer stop()
	known, count, closed := map[uuid.UUID]bool{}, 0, domain.Day(0)
	for _, customers := range []int{s.customers / 10, s.customers * 9 / 10, s.customers} {
		var last time.Time
		for l := range s.stretch(next, customers) {
			count++
			if c, ok := l.Body.(calendar.CloseDay); ok {
				closed = c.Date
				continue
			}
			var how client.Circumstances
			text, err := json.Marshal(l.Body)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(text, &how); err != nil {
				t.Fatal(err)
			}
			if how.OccurredAt.Before(last) || closed != 0 && domain.DayOf(how.OccurredAt, time.UTC) != closed+1 {
				t.Fatalf("%s at %s, after %s and the end of %s", l.Command, how.OccurredAt, last, closed)
			}
			if last = how.OccurredAt; l.Command == "register_customer" {
				known[l.CustomerID] = true
			} else if !known[l.CustomerID] {
				t.Fatalf("%s of a customer who has not come yet", l.Command)
			}
		}
		if len(known) != customers {
			t.Errorf("%d customers, want %d", len(known), customers)
		}
	}
	if closed != s.until || count < events*9/10 || count > events*11/10 {
		t.Errorf("%d events until %s, want about %d until %s", count, closed, events, s.until)
	}
}
