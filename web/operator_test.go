package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

// An operator makes the tables anew, sees how far that is, and issues and revokes a token.
func (s *shop) testOperator(t *testing.T) {
	p := s.person(t, access.Admin)
	p.sees("/operations", "Events that could not be projected", "None: every event is in the tables.")
	open := s.ground.log.hold()
	defer open()
	a := p.post("/do/rebuildProjections", url.Values{"_next": {"/operations"}})
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("rebuild: %d %s", a.StatusCode, a.text)
	}
	p.sees(a.Header.Get("Location"), "Done: rebuild the read models", "A rebuild is under way", "<progress", `<meta http-equiv="refresh"`)
	if a := p.post("/do/rebuildProjections", nil); a.StatusCode != http.StatusConflict || !strings.Contains(a.text, "already") {
		t.Errorf("a second rebuild: %d %s", a.StatusCode, a.text)
	}
	b := s.browser(t, access.Admin)
	b.open("/operations")
	b.until(`document.querySelector("progress") !== null`)
	open()
	b.until(`document.querySelector("progress") === null && document.querySelector("main").textContent.includes("Live")`) // by itself
	p.sees("/operations", ">Live<")
	a = p.post("/do/issueToken", url.Values{"name": {"the till"}, "role": {"app"}})
	if a.StatusCode != http.StatusOK || !strings.Contains(a.text, "It is told this once") {
		t.Fatalf("issue a token: %d %s", a.StatusCode, a.text)
	}
	revoke := regexp.MustCompile(`token_id=([0-9a-f-]{36})`).FindAllStringSubmatch(p.sees("/audit/tokens", "the till").text, -1)
	a = p.post("/do/revokeToken", url.Values{"token_id": {revoke[len(revoke)-1][1]}, "_next": {"/audit/tokens"}})
	if a.StatusCode != http.StatusSeeOther {
		t.Errorf("revoke a token: %d %s", a.StatusCode, a.text)
	}
	p.sees("/audit/tokens", "Revoked")
	founded := time.Now().Add(-50 * time.Hour)
	s.console.vault = func(context.Context) (VaultStatus, error) {
		return VaultStatus{Customers: 120, FoundedAt: founded, Master: "master.key"}, nil
	}
	keys := p.sees("/operations/keys", "Customers with a key", "120", "2 days ago", "master.key", "rapport keys rotate --all", "Public key", "rapport proof rotate", "In force").text
	for role, token := range s.tokens {
		if strings.Contains(keys, token) {
			t.Errorf("the token of the %s stands on the page", role)
		}
	}
	p.sees("/customers/"+s.best+"/erase", "Open, and end", "<bdi>Purchases</bdi>", "The customer's key is destroyed", `<form action="/do/erase_customer"`)
}

// An event that no table can take stops the tables. The operator sees which and why, tries again in vain, and lets it be left out.
func TestAnEventThatNoTableTakes(t *testing.T) {
	on := ground{database: postgrestest.Database(t), log: newLog(t)}
	s := newShopOver(t, on)
	s.fill(t, 3)
	s.best = s.mostOrders(t)
	poison := eventstore.Proposed{ID: uuid.New(), Type: "customer.purchase_recorded.v1", Data: []byte(`{"lines":7}`), Metadata: []byte(`{"occurred_at":"2024-01-01T00:00:00Z"}`)}
	at, err := on.log.Append(t.Context(), "customer-"+s.best, eventstore.StreamExists, []eventstore.Proposed{poison})
	if err != nil {
		t.Fatal(err)
	}
	p := s.person(t, access.Admin)
	position := fmt.Sprintf(`<a href="/audit?position=%d">`, at.Position)
	p.until("/operations", ">Stopped<")
	p.sees("/operations", position, "customer.purchase_recorded.v1", "decode", "Try again", "--on-poison=skip")
	p.sees("/", `class="fresh warn"`, ">stopped<")
	if a := p.post("/do/resumeProjections", url.Values{"_next": {"/operations"}}); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("try again: %d %s", a.StatusCode, a.text)
	}
	p.until("/operations", ">Stopped<") // nothing was mended
	s.end()

	on.skipPoison = true
	again := newShopOver(t, on)
	again.tokens, again.best = s.tokens, s.best
	again.caughtUp()
	p = again.person(t, access.Admin)
	p.sees("/operations", position, ">Skipped<", ">Live<")
	p.sees("/customers/"+s.best, "Timeline")
}
