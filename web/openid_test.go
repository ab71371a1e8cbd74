package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	zitadel "github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/internal/oidc"
)

// people are those whom a provider knows, with a role for each in its tokens.
type people struct {
	*storage.Storage
	roles map[string]string
}

// SetUserinfoFromRequest implements op.CanSetUserinfoFromRequest.
func (p people) SetUserinfoFromRequest(_ context.Context, about *zitadel.UserInfo, r op.IDTokenRequest, _ []string) error {
	about.Subject, about.PreferredUsername = r.GetSubject(), "user "+r.GetSubject()
	about.AppendClaims("roles", []string{p.roles[r.GetSubject()]})
	return nil
}

// provider is an OpenID provider, and a console whose people sign in there.
func (s *shop) provider(t *testing.T) (consoleURL, issuerURL string) {
	t.Helper()
	var provider, shown http.Handler
	at := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { provider.ServeHTTP(w, r) }))
	t.Cleanup(at.Close)
	issuerURL = strings.Replace(at.URL, "127.0.0.1", "localhost", 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { shown.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	clients := map[string]*storage.Client{"rapport": storage.WebClient("rapport", "secret", server.URL+"/signin/callback")}
	known := storage.NewStorageWithClients(storage.NewUserStore(issuerURL), clients)
	before := slog.Default()
	provider = exampleop.SetupServer(issuerURL, people{known, map[string]string{"id1": "auditor"}}, slog.New(slog.DiscardHandler), false)
	slog.SetDefault(before)
	issuer, err := oidc.New(oidc.Config{Issuer: issuerURL, Audience: "rapport", RoleClaim: "roles"})
	if err != nil {
		t.Fatal(err)
	}
	config := s.config
	config.Issuer = issuer.Identify
	shown = New(Config{API: api.New(config), Version: "test", Logger: config.Logger,
		SignIn: issuer.SignIn(oidc.SignInConfig{Secret: "secret", Scopes: []string{"offline_access"}})})
	return server.URL, issuerURL
}

// People sign in at an OpenID provider by the code flow with PKCE, and are who it says.
func (s *shop) testOpenID(t *testing.T) {
	console, issuer := s.provider(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	get := func(address string) (shown, *url.URL) {
		t.Helper()
		a, err := browser.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Body.Close()
		text, err := io.ReadAll(a.Body)
		if err != nil {
			t.Fatal(err)
		}
		to, _ := a.Location()
		return shown{a, string(text)}, to
	}
	if a, _ := get(console + "/signin?next=%2Fcustomers"); !strings.Contains(a.text, `href="/signin/issuer?next=%2Fcustomers"`) || !strings.Contains(a.text, "Sign in with localhost") {
		t.Fatalf("the page does not lead to the issuer: %s", a.text)
	}
	a, to := get(console + "/signin/issuer?next=%2Fcustomers")
	if a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to.String(), issuer+"/auth?") {
		t.Fatalf("%d to %v", a.StatusCode, to)
	}
	q := to.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" || q.Get("nonce") == "" || q.Get("state") == "" || q.Get("response_type") != "code" {
		t.Errorf("the issuer is asked %v", q)
	}
	cookie := a.Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie of the sign-in is %v", cookie)
	}
	// What was not begun here, or by somebody else, leads nowhere; and each sign-in ends once.
	if a, _ = get(console + "/signin/callback?code=x&state=guessed"); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("a guessed state: %d", a.StatusCode)
	}
	if a, _ = get(console + "/signin/callback?code=x&state=" + q.Get("state")); a.StatusCode != http.StatusBadRequest {
		t.Errorf("a sign-in that has ended: %d", a.StatusCode)
	}
	_, to = get(console + "/signin/issuer")
	if a, _ = get(console + "/signin/callback?error=access_denied&state=" + to.Query().Get("state")); a.StatusCode != http.StatusUnauthorized || !strings.Contains(a.text, "not signed in") {
		t.Errorf("refused at the issuer: %d %s", a.StatusCode, a.text)
	}
	_, to = get(console + "/signin/issuer")
	if a, _ = get(console + "/signin/callback?code=stolen&state=" + to.Query().Get("state")); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("a code of nobody: %d %s", a.StatusCode, a.text)
	}

	b := s.browser(t, "auditor")
	b.signInAt(console, "test-user@localhost")
	b.at("Customers")
	if who := b.text(".me .menu"); !strings.Contains(who, "user id1") || !strings.Contains(who, "auditor") {
		t.Errorf("signed in as %s", who)
	}
	b.run(chromedp.Navigate(console + "/audit"))
	b.at("Audit")
	b.run(chromedp.Click(".me summary"), chromedp.Click(`form[action="/signout"] button`))
	b.until(`document.querySelector("#token") !== null`)
	b.signInAt(console, "test-user2")
	b.until(`document.querySelector(".problem") !== null && document.querySelector(".problem").textContent.includes("no role")`)
}

// signInAt goes to a console's page, and signs in at its issuer.
func (b *browser) signInAt(console, user string) {
	b.t.Helper()
	b.run(chromedp.Navigate(console + "/signin?next=%2Fcustomers"))
	b.until(`document.querySelector("a.button") !== null`)
	b.run(chromedp.Click("a.button"))
	b.until(`document.querySelector("#username") !== null`)
	b.run(chromedp.SendKeys("#username", user), chromedp.SendKeys("#password", "verysecure"), chromedp.Click(`button[type="submit"]`))
}

// A session's token is renewed before it expires, once for all who ask; where it cannot be, it ends with it.
func TestSessionsAreRenewed(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	s := newSessions(func() time.Time { return now })
	name := s.begin("one", oidc.Tokens{Refresh: "again", Until: now.Add(10 * time.Minute)})
	if s.expires(name) != "" {
		t.Error("it is renewed too soon")
	}
	now = now.Add(10*time.Minute - renewBefore)
	if got := s.expires(name); got != "again" {
		t.Errorf("renewed by %q", got)
	}
	if s.expires(name) != "" {
		t.Error("a second one renews it, too")
	}
	s.renewed(name, "two", oidc.Tokens{Refresh: "and again", Until: now.Add(time.Hour)})
	if got := s.token(name); got != "two" {
		t.Errorf("the token is %q", got)
	}
	now = now.Add(time.Hour)
	if got := s.expires(name); got != "and again" {
		t.Errorf("renewed by %q", got)
	}
	s.renewed(name, "", oidc.Tokens{})
	if got := s.token(name); got != "two" || s.expires(name) != "" {
		t.Errorf("it is asked for again: %q", got)
	}
}
