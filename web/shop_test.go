package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/history"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/demo"
	"github.com/rapport-crm/rapport/internal/notary"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/internal/uploads"
	"github.com/rapport-crm/rapport/projections"
)

// shop is a server with the made-up shop, and a token for each role.
type shop struct {
	url      string
	console  *console
	tokens   map[access.Role]string
	best     string // the customer with the most orders
	caughtUp func()
	end      func()
	ground   ground
	config   api.Config
	oneCase  string // a case of theirs, made for the test
	odd      string // a customer with odd texts everywhere
	aFact    string // a purchase of theirs: "facts/7?position=1234"
	chrome   context.Context
}

// newShop makes one, which ends with the test.
func newShop(t *testing.T, customers int) *shop {
	t.Helper()
	s := newShopOver(t, ground{database: postgrestest.Database(t)})
	s.fill(t, customers)
	if status, text := s.ask(t, s.tokens[access.Admin], http.MethodPost, "/v1/value/fits", `{"model":"bg_nbd","holdout_days":90}`); status >= http.StatusMultipleChoices {
		t.Fatalf("fit: %d %s", status, text)
	}
	s.best = s.mostOrders(t)
	s.oneCase = s.openCase(t)
	s.aFact = s.aPurchase(t)
	return s
}

// ground is what a server stands on.
type ground struct {
	database   string
	log        *gate // a new one where it is nil
	skipPoison bool
}

// gate is a log whose reading from its beginning can be held up, as a rebuild is on a large one.
type gate struct {
	eventstore.Store
	closed atomic.Pointer[chan struct{}]
}

// hold keeps waiting whoever reads the log from its beginning, until open is called.
func (g *gate) hold() (open func()) {
	opened := make(chan struct{})
	g.closed.Store(&opened)
	return sync.OnceFunc(func() { g.closed.Store(nil); close(opened) })
}

func (g *gate) wait(ctx context.Context) {
	if opened := g.closed.Load(); opened != nil {
		select {
		case <-*opened:
		case <-ctx.Done():
		}
	}
}

// ReadAll implements eventstore.Store.
func (g *gate) ReadAll(ctx context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		if after == 0 {
			g.wait(ctx)
		}
		g.Store.ReadAll(ctx, after)(yield)
	}
}

func newLog(t *testing.T) *gate {
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
	return &gate{Store: log}
}

func newShopOver(t *testing.T, on ground) *shop {
	t.Helper()
	if on.log == nil {
		on.log = newLog(t)
	}
	codec := eventstore.NewCodec()
	quiet := slog.New(slog.DiscardHandler)
	engine := projections.NewEngine(projections.Config{Store: on.log, Codec: codec, DatabaseURL: on.database, Scratch: t.TempDir(), Logger: quiet,
		Metrics: prometheus.NewRegistry(), SkipPoison: on.skipPoison})
	reader, err := projections.NewReader(t.Context(), on.database, engine)
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- engine.Run(ctx) }()
	service := commands.New(on.log, codec, commands.Options{Purchases: reader.PurchaseBase})
	if err := service.Settle(ctx, "EUR", "UTC"); err != nil {
		t.Fatal(err)
	}
	if err := service.EnsureLadder(ctx); err != nil {
		t.Fatal(err)
	}
	key, err := proof.LoadKey(t.TempDir() + "/proof.key")
	if err != nil {
		t.Fatal(err)
	}
	proofs, err := notary.New(t.Context(), notary.Config{Store: on.log, DatabaseURL: on.database, Key: key, Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	written := make(chan error, 1)
	go func() { written <- proofs.Run(ctx) }()
	config := api.Config{Commands: service, Reader: reader, Engine: engine, History: history.NewReader(on.log, codec), Head: on.log.Head,
		Proof: proofs, Local: true, Logger: quiet, Version: "test"}
	files, err := uploads.Open(uploads.Config{Dir: t.TempDir() + "/uploads"})
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{config: config, ground: on, tokens: map[access.Role]string{}, console: New(Config{API: api.New(config), Version: "test",
		Logger: quiet, Background: ctx, Uploads: files}).(*console)}
	server := httptest.NewServer(s.console)
	s.url = server.URL
	s.end = sync.OnceFunc(func() {
		server.Close()
		end()
		if err := errors.Join(<-ended, <-written); err != nil {
			t.Error(err)
		}
		proofs.Close()
		service.Close()
		reader.Close()
	})
	t.Cleanup(s.end)
	s.caughtUp = func() {
		at, err := on.log.Head(t.Context())
		if err == nil {
			err = reader.WaitFor(t.Context(), at)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (s *shop) fill(t *testing.T, customers int) {
	t.Helper()
	defer s.caughtUp()
	app, err := client.New(s.url, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	done, err := demo.Load(t.Context(), app, demo.Options{Customers: customers, Departments: true}, io.Discard)
	if err != nil || done.Refused > 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	s.issue(t)
}

// issue issues a token for each role.
func (s *shop) issue(t *testing.T) {
	t.Helper()
	for _, role := range []access.Role{access.Admin, access.App, access.Analyst, access.Auditor} {
		body := fmt.Sprintf(`{"name":"a %s","role":%q}`, role, role)
		_, text := s.ask(t, s.tokens[access.Admin], http.MethodPost, "/v1/tokens", body)
		var issued struct{ Token string }
		if err := json.Unmarshal([]byte(text), &issued); err != nil || issued.Token == "" {
			t.Fatalf("no token for %s: %s", role, text)
		}
		s.tokens[role] = issued.Token
	}
}

func (s *shop) openCase(t *testing.T) string {
	t.Helper()
	status, text := s.ask(t, s.tokens[access.Admin], http.MethodPost, "/v1/customers/"+s.best+"/cases", `{"type":"question","subject":"Which grind?","department":"service"}`)
	var opened struct {
		CaseID   string `json:"case_id"`
		Position uint64 `json:"position"`
	}
	if err := json.Unmarshal([]byte(text), &opened); err != nil || status != http.StatusCreated {
		t.Fatalf("%d %s", status, text)
	}
	s.ask(t, s.tokens[access.Admin], http.MethodGet, fmt.Sprintf("/v1/loyalty/stages?after=%d", opened.Position), "")
	return opened.CaseID
}

func (s *shop) aPurchase(t *testing.T) string {
	t.Helper()
	_, text := s.ask(t, s.tokens[access.Admin], http.MethodGet, "/v1/customers/"+s.best+"/timeline?limit=500", "")
	var out struct {
		Entries []struct {
			Type               string
			Revision, Position uint64
		}
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	for _, e := range out.Entries {
		if e.Type == "customer.purchase_recorded.v1" {
			return fmt.Sprintf("facts/%d?position=%d", e.Revision, e.Position)
		}
	}
	t.Fatal("they bought nothing")
	return ""
}

func (s *shop) mostOrders(t *testing.T) string {
	t.Helper()
	_, csv := s.ask(t, s.tokens[access.Admin], http.MethodGet, "/v1/tables/customer_360.csv?exact=true&order=-orders&limit=1", "")
	rows, err := readRows(strings.NewReader(csv))
	if err != nil {
		t.Fatal(err)
	}
	return rows[0]["customer_id"]
}

// ask asks the API.
func (s *shop) ask(t *testing.T, token, method, path, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// person is somebody with a browser that has no scripts.
type person struct {
	t    *testing.T
	shop *shop
	http *http.Client
}

// person signs in by the token of a role.
func (s *shop) person(t *testing.T, role access.Role) *person {
	t.Helper()
	jar := &cookies{}
	p := &person{t, s, &http.Client{Jar: jar, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	a := p.post("/signin", url.Values{"token": {s.tokens[role]}, "next": {"/customers?stage=client"}})
	if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/customers?stage=client" {
		t.Fatalf("sign in as %s: %d %s", role, a.StatusCode, a.text)
	}
	return p
}

// cookies keeps those of one server.
type cookies struct{ all []*http.Cookie }

func (c *cookies) SetCookies(_ *url.URL, cookies []*http.Cookie) { c.all = append(c.all, cookies...) }
func (c *cookies) Cookies(*url.URL) []*http.Cookie               { return c.all }

type shown struct {
	*http.Response
	text string
}

func (p *person) do(r *http.Request) shown {
	p.t.Helper()
	r.Header.Set("Accept", "text/html")
	r.Header.Set("Accept-Language", "en-GB")
	answer, err := p.http.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return shown{answer, string(text)}
}

func (p *person) get(path string) shown {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.shop.url+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.do(r)
}

func (p *person) post(path string, form url.Values, headers ...string) shown {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.shop.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	return p.do(r)
}

// sees fails where a page does not say something.
func (p *person) sees(path string, texts ...string) shown {
	p.t.Helper()
	a := p.get(path)
	if a.StatusCode != http.StatusOK {
		p.t.Errorf("%s: %d", path, a.StatusCode)
	}
	for _, text := range texts {
		if !strings.Contains(a.text, text) {
			p.t.Errorf("%s does not say %q", path, text)
		}
	}
	return a
}
