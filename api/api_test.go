package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/go-chi/chi/v5"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/history"
	"github.com/rapport-crm/rapport/projections"
)

var noon = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)

const alice = "00000000-0000-4000-8000-00000000a11c"

// world is an API over a log of its own, without read models unless the test adds them.
type world struct {
	t      testing.TB
	store  eventstore.Store
	server http.Handler
	logged *bytes.Buffer
	// plant alters what is asked, where a test wants that.
	plant  func(path, body string) string
	reader *projections.Reader // where there are read models
}

func newWorld(t testing.TB, adjust ...func(*api.Config)) *world {
	t.Helper()
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	return newWorldOver(t, log, adjust...)
}

func newWorldOver(t testing.TB, store eventstore.Store, adjust ...func(*api.Config)) *world {
	t.Helper()
	w := &world{t: t, store: store, logged: &bytes.Buffer{}}
	codec := eventstore.NewCodec()
	config := api.Config{
		Commands: commands.New(store, codec, commands.Options{Now: func() time.Time { return noon }, Purchases: w.purchases}),
		History:  history.NewReader(store, codec),
		Head:     store.Head,
		Local:    true,
		Now:      func() time.Time { return noon },
		Logger:   slog.New(slog.NewTextHandler(w.logged, nil)),
	}
	for _, f := range adjust {
		f(&config)
	}
	w.reader, _ = config.Reader.(*projections.Reader)
	w.server = api.New(config)
	return w
}

// purchases answers what customers bought by the read models, or, where there are none, what some others did.
func (w *world) purchases(ctx context.Context, asked value.Fit) (value.Base, error) {
	if w.reader != nil {
		return w.reader.PurchaseBase(ctx, asked)
	}
	base := value.Base{AsOf: domain.DayOf(noon, time.UTC) - 1, Currency: "EUR", HoldoutDays: asked.Holdout(300)}
	often := []int64{0, 0, 0, 0, 0, 1, 1, 2, 4, 11}
	for i := range int64(300) {
		age, repeats := 100+i%97, often[i%10]
		last := min(repeats, 1) * age * (i%7 + 1) / 8
		c := value.Customer{History: value.HistoryOf(repeats, last, age), Mean: float64(10 + i%13)}
		base.Customers = append(base.Customers, c)
		base.Tested = append(base.Tested, value.Tested{Customer: c, Later: float64(i % 2)})
	}
	return base, nil
}

// answer is what came back.
type answer struct {
	*http.Response
	text string
}

func (a answer) json(t testing.TB) (out map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.text), &out); err != nil {
		t.Fatalf("%s is not JSON: %v", a.text, err)
	}
	return out
}

// do sends a request; headers are "Name: value".
func (w *world) do(method, path, body string, headers ...string) answer {
	w.t.Helper()
	if w.plant != nil {
		body = w.plant(path, body)
	}
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "localhost"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	recorder := httptest.NewRecorder()
	route := chi.NewRouteContext()
	if method != http.MethodHead { // which is looked up otherwise, and has no body
		r = r.WithContext(context.WithValue(r.Context(), chi.RouteCtxKey, route))
	}
	w.server.ServeHTTP(recorder, r)
	response := recorder.Result()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := document(w.t).Check(method, route.RoutePattern(), response.StatusCode, response.Header, text); err != nil {
		w.t.Errorf("an answer that the document does not allow: %v", err)
	}
	return answer{response, strings.TrimSpace(string(text))}
}

// must sends a request that has to be answered with a status.
func (w *world) must(status int, method, path, body string, headers ...string) answer {
	w.t.Helper()
	a := w.do(method, path, body, headers...)
	if a.StatusCode != status {
		w.t.Fatalf("%s %s %s: %d %s, want %d", method, path, body, a.StatusCode, a.text, status)
	}
	return a
}

// document is what all answers of these tests are held against. It is the same for all servers.
func document(t testing.TB) *apitest.Document {
	t.Helper()
	d, err := documentOnce()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var documentOnce = sync.OnceValues(func() (*apitest.Document, error) {
	return apitest.DocumentOf(api.New(api.Config{Local: true, Commands: &commands.Service{}}))
})

func (w *world) batch(lines ...string) []map[string]any {
	w.t.Helper()
	a := w.must(200, "POST", "/v1/batch", strings.Join(lines, "\n"), "Content-Type: application/x-ndjson")
	var out []map[string]any
	for line := range strings.SplitSeq(a.text, "\n") {
		out = append(out, answer{text: line}.json(w.t))
	}
	return out
}

func (w *world) head() eventstore.Position {
	w.t.Helper()
	head, err := w.store.Head(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return head
}

// unchanged fails when f leaves anything in the log.
func (w *world) unchanged(f func()) {
	w.t.Helper()
	before := w.head()
	f()
	if after := w.head(); after != before {
		w.t.Errorf("something was appended: the log grew from %d to %d", before, after)
	}
}

func purchases(id string) string { return "/v1/customers/" + id + "/purchases" }

const (
	registration = `{"customer_id":"` + alice + `","kind":"person","name":"Alice"}`
	tea          = `{"currency":"EUR","lines":[{"sku":"tea","quantity":2,"unit_price":"3.50"}]`
)

func bought(n int) string { return fmt.Sprintf(`%s,"purchase_id":"%s"}`, tea, numbered(n)) }

func numbered(n int) string { return fmt.Sprintf("00000000-0000-4000-9000-%012d", n) }
