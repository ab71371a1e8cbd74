package web

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/internal/postgres"
)

// While PostgreSQL is away pages say so in words, show what the log knows, and have commands carried out.
func TestTablesAway(t *testing.T) {
	options := postgres.Options{Dir: t.TempDir(), Ephemeral: true, Logger: slog.New(slog.DiscardHandler)}
	database, err := postgres.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	stopped := false
	t.Cleanup(func() {
		if !stopped {
			database.Stop(t.Context())
		}
	})
	s := newShopOver(t, 5, database.URL())
	p := s.person(t, access.Admin)
	if a := p.post("/do/signHead", nil); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("sign a head: %d %s", a.StatusCode, a.text)
	}
	if err := database.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	stopped = true
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
