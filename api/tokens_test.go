package api_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/projections"
)

// issue asks for a token as a caller with a token does, or as anybody while there is none.
func (w *world) issue(by, name string, role access.Role, more string) (id, token string) {
	w.t.Helper()
	a := w.must(201, "POST", "/v1/tokens", fmt.Sprintf(`{"name":%q,"role":%q%s}`, name, role, more), as(by)...).json(w.t)
	return a["token_id"].(string), a["token"].(string)
}

func as(token string) []string {
	if token == "" {
		return nil
	}
	return []string{"Authorization: Bearer " + token}
}

// Every route, for every role and for whoever has none: the routes are those that the router has. Whoever may use one
// gets some answer of its handler, which here has no read models.
func TestWhoMayUseWhat(t *testing.T) {
	clock := noon
	w := newWorld(t, func(c *api.Config) {
		c.Now = func() time.Time { return clock }
		c.Limits.Failures = 1 << 20
		c.Engine = standby{}
	})
	_, root := w.issue("", "root", access.Admin, "")
	tokens := map[access.Role]string{access.Admin: root}
	for _, role := range []access.Role{access.App, access.Analyst, access.Auditor} {
		_, tokens[role] = w.issue(root, string(role), role, "")
	}
	_, expired := w.issue(root, "expired", access.Admin, `,"expires_at":"2024-05-01T12:00:01Z"`)
	clock = noon.Add(time.Second)
	id, revoked := w.issue(root, "revoked", access.Admin, "")
	w.must(204, "DELETE", "/v1/tokens/"+id, "", as(root)...)

	strangers := map[string]string{"": "token_missing", expired: "token_expired", revoked: "token_revoked",
		root[:len(root)-1] + "b": "token_wrong", revoked[:len(revoked)-1] + "b": "token_wrong",
		strings.Replace(root, "rpt_0", "rpt_1", 1): "token_wrong", "eyJhbGciOiJub25lIn0.e30.": "token_wrong", "rpt_": "token_wrong"}
	count := 0
	for _, r := range routesOf(t, w) {
		path := strings.NewReplacer("{customer_id}", alice, "{token_id}", alice).Replace(r.Path)
		for token, code := range strangers {
			a := w.do(r.Method, path, "", as(token)...)
			if r.Roles == access.Public {
				if a.StatusCode == 403 || a.StatusCode == 401 && r.Path != "/v1/hooks/{webhook}" {
					t.Errorf("%s %s with %s: %d %s", r.Method, r.Path, code, a.StatusCode, a.text)
				}
				continue
			}
			if a.StatusCode != 401 || a.json(t)["code"] != code || !strings.HasPrefix(a.Header.Get("WWW-Authenticate"), "Bearer ") {
				t.Errorf("%s %s with %s: %d %s %v", r.Method, r.Path, code, a.StatusCode, a.text, a.Header)
			}
			count++
		}
		for role, token := range tokens {
			a := w.do(r.Method, path, "", as(token)...)
			switch may := r.Roles == access.Public || r.Roles.Include(role); {
			case may && (a.StatusCode == 401 || a.StatusCode == 403):
				t.Errorf("%s %s as %s: %d %s", r.Method, r.Path, role, a.StatusCode, a.text)
			case !may && (a.StatusCode != 403 || a.json(t)["code"] != "role_forbids"):
				t.Errorf("%s %s as %s: %d %s, want 403", r.Method, r.Path, role, a.StatusCode, a.text)
			}
			count++
		}
	}
	if count < 1000 {
		t.Errorf("%d cases only", count)
	}
	for _, secret := range []string{root, expired, revoked} {
		if strings.Contains(w.logged.String(), secret[40:]) {
			t.Error("a token stands in the server's log")
		}
	}
}

// standby is an engine that another process keeps from working.
type standby struct{ api.Engine }

func (standby) Rebuild(context.Context) error { return projections.ErrStandby }
func (standby) Verify(context.Context) (projections.Verification, error) {
	return projections.Verification{}, projections.ErrStandby
}
func (standby) Resume() {}

func TestTokensAreListedWithoutTheirSecrets(t *testing.T) {
	w := newWorld(t)
	_, root := w.issue("", "root", access.Admin, "")
	id, shop := w.issue(root, "shop", access.App, `,"expires_at":"2024-06-01T00:00:00Z"`)
	a := w.must(200, "GET", "/v1/tokens", "", as(root)...)
	all := a.json(t)["tokens"].([]any)
	if len(all) != 2 || strings.Contains(a.text, "hash") || strings.Contains(a.text, shop[40:]) {
		t.Errorf("listed %s", a.text)
	}
	one := all[1].(map[string]any)
	if one["token_id"] != id || one["name"] != "shop" || one["state"] != "in_force" || one["issued_by"] != "root" ||
		one["expires_at"] != "2024-06-01T00:00:00Z" {
		t.Errorf("listed %v", one)
	}
	if got := w.must(200, "GET", "/v1/whoami", "", as(shop)...).text; !strings.Contains(got, `"name":"shop"`) ||
		!strings.Contains(got, `"principal":"token:`+id+`"`) || !strings.Contains(got, `"roles":["app"]`) {
		t.Errorf("the shop is %s", got)
	}
	if got := told(t, w.do("DELETE", "/v1/tokens/"+all[0].(map[string]any)["token_id"].(string), "", as(root)...)); got !=
		"422 last_admin path.token_id" {
		t.Error(got)
	}
	w.must(204, "DELETE", "/v1/tokens/"+id, "", as(root)...)
	w.must(401, "GET", "/v1/whoami", "", as(shop)...)
	one = w.must(200, "GET", "/v1/tokens", "", as(root)...).json(t)["tokens"].([]any)[1].(map[string]any)
	if one["state"] != "revoked" || one["revoked_by"] != "root" || one["revoked_at"] == nil {
		t.Errorf("listed %v", one)
	}
}

func TestEventsTellWhoseTokenTheyCameBy(t *testing.T) {
	w := newWorld(t)
	_, root := w.issue("", "root", access.Admin, "")
	id, shop := w.issue(root, "shop", access.App, "")
	w.must(201, "POST", "/v1/customers", registration, as(shop)...)
	w.must(201, "POST", purchases(alice), strings.Replace(bought(1), "{", `{"actor":"ann",`, 1), as(shop)...)
	w.must(200, "POST", "/v1/batch", `{"command":"record_interaction","customer_id":"`+alice+`","kind":"call","direction":"inbound"}`,
		append(as(shop), "Content-Type: application/x-ndjson")...)
	want := []string{"shop", "ann", "shop"}
	codec := eventstore.NewCodec()
	for record, err := range w.store.ReadStream(t.Context(), "customer-"+alice, 0) {
		if err != nil {
			t.Fatal(err)
		}
		fact, err := codec.Decode(t.Context(), record)
		if err != nil {
			t.Fatal(err)
		}
		if m := fact.Metadata; m.Principal != "token:"+id || m.Actor != want[fact.Revision] {
			t.Errorf("%s is by %q, asked by %q", record.Type, m.Actor, m.Principal)
		}
	}
}

func TestALineOfABatchAsksForNoMoreThanItsCallerMay(t *testing.T) {
	w := newWorld(t)
	_, root := w.issue("", "root", access.Admin, "")
	_, shop := w.issue(root, "shop", access.App, "")
	a := w.must(200, "POST", "/v1/batch", `{"command":"close_day","date":"2024-04-30"}`+"\n"+
		`{"command":"register_customer","kind":"person"}`, append(as(shop), "Content-Type: application/x-ndjson")...)
	lines := strings.Split(a.text, "\n")
	if !strings.Contains(lines[0], `"status":403`) || !strings.Contains(lines[0], `"role_forbids"`) || !strings.Contains(lines[1], `"status":201`) {
		t.Error(a.text)
	}
}

func TestWithoutTokens(t *testing.T) {
	ask := func(w *world, method, host string, headers ...string) int {
		r := httptest.NewRequest(method, "/v1/projections/resume", nil)
		r.Host = host
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			r.Header.Set(name, value)
		}
		recorder := httptest.NewRecorder()
		w.server.ServeHTTP(recorder, r)
		return recorder.Code
	}
	local := newWorld(t, func(c *api.Config) { c.Engine = standby{} })
	for _, host := range []string{"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]"} {
		if got := ask(local, "POST", host); got == 401 || got == 403 {
			t.Errorf("%s: %d", host, got)
		}
	}
	for _, host := range []string{"", "crm.example", "localhost.example:80", "192.168.0.1:8080"} {
		if got := ask(local, "POST", host); got != 403 {
			t.Errorf("%q: %d", host, got)
		}
	}
	if got := ask(local, "POST", "localhost", "Origin: https://elsewhere.example"); got != 403 {
		t.Errorf("for a page from elsewhere: %d", got)
	}
	for _, c := range []struct {
		method, path string
		headers      []string
		refused      bool
	}{
		{"GET", "/v1/whoami", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"}, true},
		{"GET", "/v1/whoami", []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"}, true}, // another port
		{"GET", "/v1/whoami", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"}, true},
		{"GET", "/v1/whoami", []string{"Origin: https://elsewhere.example"}, true},
		{"GET", "/v1/whoami", []string{"Origin: null"}, true},
		{"HEAD", "/v1/whoami", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"}, true},
		{"GET", "/v1/whoami", []string{"Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors"}, false},
		{"GET", "/v1/whoami", []string{"Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate"}, false}, // typed by a person
		{"GET", "/v1/whoami", []string{"Origin: http://localhost"}, false},
		{"GET", "/v1/whoami", nil, false},
	} {
		r := httptest.NewRequest(c.method, c.path, nil)
		r.Host = "localhost"
		for _, h := range c.headers {
			name, value, _ := strings.Cut(h, ": ")
			r.Header.Set(name, value)
		}
		recorder := httptest.NewRecorder()
		local.server.ServeHTTP(recorder, r)
		if got := recorder.Code == 403; got != c.refused {
			t.Errorf("%s %s %v: %d", c.method, c.path, c.headers, recorder.Code)
		}
	}
	if got := ask(local, "POST", "localhost", "Authorization: Bearer x"); got != 401 {
		t.Errorf("with a token that is none: %d", got)
	}
	exposed := newWorld(t, func(c *api.Config) { c.Local = false })
	if got := ask(exposed, "POST", "localhost"); got != 401 {
		t.Errorf("a server that others can reach: %d", got)
	}
}

func TestTokensOfAnotherProcess(t *testing.T) {
	w := newWorld(t)
	other := newWorldOver(t, w.store)
	id, root := w.issue("", "root", access.Admin, "")
	_, second := w.issue(root, "second", access.Admin, "")
	other.must(200, "GET", "/v1/whoami", "", as(root)...)
	w.must(204, "DELETE", "/v1/tokens/"+id, "", as(second)...)
	began := time.Now()
	for range time.Tick(20 * time.Millisecond) {
		if other.do("GET", "/v1/whoami", "", as(root)...).StatusCode == 401 {
			break
		}
		if time.Since(began) > 10*time.Second {
			t.Fatal("the other process did not notice the revocation")
		}
	}
}

func TestTokensOfAnIssuer(t *testing.T) {
	w := newWorld(t, func(c *api.Config) {
		c.Issuer = func(_ context.Context, token string) (access.Identity, error) {
			switch token {
			case "ann's":
				return access.Identity{Subject: "4711", Name: "Ann", Roles: []access.Role{access.App, access.Auditor}}, nil
			case "away":
				return access.Identity{}, access.ErrIssuerAway
			}
			return access.Identity{}, errors.New("not signed by the issuer")
		}
	})
	w.must(401, "GET", "/v1/whoami", "")
	w.must(201, "POST", "/v1/customers", registration, as("ann's")...)
	w.must(200, "GET", "/v1/customers/"+alice+"/history", "", as("ann's")...)
	w.must(403, "POST", "/v1/calendar/days", `{"date":"2024-04-30"}`, as("ann's")...)
	if got := told(t, w.do("GET", "/v1/whoami", "", as("bob's")...)); got != "401 token_wrong " {
		t.Error(got)
	}
	if got := told(t, w.do("GET", "/v1/whoami", "", as("away")...)); got != "503 issuer_unavailable " {
		t.Error(got)
	}
}

func TestPace(t *testing.T) {
	clock := noon
	w := newWorld(t, func(c *api.Config) {
		c.Now = func() time.Time { return clock }
		c.Limits.Rate, c.Limits.Failures = 10, 2
	})
	_, root := w.issue("", "root", access.Admin, "")
	_, shop := w.issue(root, "shop", access.App, "")
	for range 9 {
		w.must(200, "GET", "/v1/whoami", "", as(shop)...)
	}
	batch := strings.Repeat(`{"command":"register_customer","kind":"person"}`+"\n", 6)
	w.must(200, "POST", "/v1/batch", batch, append(as(shop), "Content-Type: application/x-ndjson")...)
	a := w.do("GET", "/v1/whoami", "", as(shop)...)
	if a.StatusCode != 429 || a.json(t)["code"] != "too_many_requests" || a.Header.Get("Retry-After") != "37" {
		t.Errorf("%d %s %v", a.StatusCode, a.text, a.Header)
	}
	w.must(200, "GET", "/v1/whoami", "", as(root)...)
	clock = clock.Add(37 * time.Second)
	w.must(200, "GET", "/v1/whoami", "", as(shop)...)

	for i, want := range []int{401, 401, 429, 429} {
		if got := w.do("GET", "/v1/whoami", "", as("guess")...); got.StatusCode != want {
			t.Errorf("guess %d: %d %s", i, got.StatusCode, got.text)
		}
	}
	w.must(200, "GET", "/v1/whoami", "", as(root)...)
}

func TestTokensAreIssuedByNoForm(t *testing.T) {
	w := newWorld(t)
	for _, media := range []string{"text/plain", "application/x-www-form-urlencoded", ""} {
		w.unchanged(func() {
			if got := w.do("POST", "/v1/tokens", `{"name":"root","role":"admin"}`, "Content-Type: "+media); got.StatusCode/100 != 4 {
				t.Errorf("%q: %d %s", media, got.StatusCode, got.text)
			}
		})
	}
}
