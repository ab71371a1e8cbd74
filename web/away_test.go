package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/demo"
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
	t.Run("a shop is made up", s.testMakingUp)
	s.issue(t)
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
		a := p.sees(path)
		if strings.Contains(a.text, `class="problem"`) {
			t.Errorf("%s has a problem on it: %s", path, a.text)
		}
		for _, panel := range bare.FindAllString(a.text, -1) {
			t.Errorf("%s has an empty panel: %s", path, panel)
		}
	}
	r := httptest.NewRequest(http.MethodGet, s.url+"/", nil)
	r.RequestURI, r.Host = "", "rapport.example.com"
	if a := p.do(r); a.StatusCode != http.StatusForbidden || !strings.Contains(a.text, "localhost") {
		t.Errorf("by another name: %d %s", a.StatusCode, a.text)
	}
}

// bare is a panel that shows nothing, and does not say why.
var bare = regexp.MustCompile(`(?s)<section class="panel[^>]*>\s*(<header>[^/]*</h2>(<p class="links">.{0,400}?</p>)?</header>)?\s*(<p class="note">[^<]*</p>)?\s*</section>`)

// An admin has a shop made up by a button, in a log without customers, and sees how far it is.
func (s *shop) testMakingUp(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	s.console.makeUp = func(ctx context.Context, app *client.Client, progress io.Writer) error {
		fmt.Fprint(progress, "making up customers: 1 of 4\n")
		close(begun)
		<-end
		done, err := demo.Load(ctx, app, demo.Options{Customers: 3, Departments: true}, progress)
		if err == nil {
			s.caughtUp()
			err = done.FirstRefusal
		}
		return err
	}
	p := &person{t, s, &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	p.sees("/", `<form action="`+shopPath+`" method="post"`)
	if a := p.post(shopPath, nil, "Sec-Fetch-Site: cross-site"); a.StatusCode != http.StatusForbidden {
		t.Errorf("asked for from elsewhere: %d", a.StatusCode)
	}
	for range 2 { // a second click begins nothing
		if a := p.post(shopPath, nil); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != shopPath {
			t.Fatalf("make up: %d %s", a.StatusCode, a.text)
		}
		<-begun
	}
	p.sees(shopPath, "Under way", "1 of 4 events", "<progress", `<meta http-equiv="refresh"`)
	close(end)
	p.until(shopPath, "It is open")
	p.sees("/", "Stages of loyalty")
	if a := p.post(shopPath, nil); a.StatusCode != http.StatusConflict || !strings.Contains(a.text, "There are customers already") {
		t.Errorf("again: %d %s", a.StatusCode, a.text)
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
