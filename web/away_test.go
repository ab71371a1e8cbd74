package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/internal/postgres"
)

// A server in its first hour, and while its database is away.
func TestBeginningAndFault(t *testing.T) {
	options := postgres.Options{Dir: t.TempDir(), Ephemeral: true, Logger: slog.New(slog.DiscardHandler)}
	database, err := postgres.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	stop := sync.OnceValue(func() error { return database.Stop(context.WithoutCancel(t.Context())) })
	t.Cleanup(func() { _ = stop() }) // that it could not is found by the test that wants it away
	s := newShopOver(t, ground{database: database.URL()})
	s.caughtUp()
	t.Run("welcome", s.testWelcome)
	s.fill(t, 3)
	s.best = s.mostOrders(t)
	t.Run("tables away", func(t *testing.T) { s.testTablesAway(t, stop) })
}

// Without any token, whoever uses this machine may do everything; a log without customers says how to begin.
func (s *shop) testWelcome(t *testing.T) {
	p := &person{t, s, http.DefaultClient}
	p.sees("/", "Welcome to Rapport", "rapport demo", "Register a customer")
	for pattern := range s.console.roles { // an empty page says what to do, and has no problem
		method, path, _ := strings.Cut(pattern, " ")
		if method != "GET" || strings.Contains(path, "{") || pattern == "GET /live/events" {
			continue
		}
		if a := p.sees(path); strings.Contains(a.text, `class="problem"`) {
			t.Errorf("%s has a problem on it: %s", path, a.text)
		}
	}
	r := httptest.NewRequest(http.MethodGet, s.url+"/", nil)
	r.RequestURI, r.Host = "", "rapport.example.com"
	if a := p.do(r); a.StatusCode != http.StatusForbidden || !strings.Contains(a.text, "localhost") {
		t.Errorf("by another name: %d %s", a.StatusCode, a.text)
	}
}

// While PostgreSQL is away pages say so in words, show what the log knows, and have commands carried out.
func (s *shop) testTablesAway(t *testing.T, stop func() error) {
	p := s.person(t, access.Admin)
	if a := p.post("/do/signHead", nil); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("sign a head: %d %s", a.StatusCode, a.text)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/customers", "/customers/" + s.best, "/service", "/sales", "/value", "/operations"} {
		a := p.get(path)
		if !strings.Contains(a.text, "try again in a moment") || !strings.Contains(a.text, "Operations</a>") && !strings.Contains(a.text, `href="/operations"`) {
			t.Errorf("%s does not say what to do: %d %s", path, a.StatusCode, a.text)
		}
	}
	p.sees("/do/make_promise?customer_id="+s.best, "What was promised")
	a := p.post("/do/make_promise", url.Values{"customer_id": {s.best}, "what": {"come back"}, "due_on": {"2031-01-01"}, "_next": {"/operations"}, "_key": {"away"}})
	if a.StatusCode != http.StatusSeeOther {
		t.Errorf("a command: %d %s", a.StatusCode, a.text)
	}
	p.sees("/customers/"+s.best+"/asof", `<li class="entry promise">`)
}
