package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/domain/access"
)

// One shop for all: what the subtests change does not concern the others.
func TestLongConsole(t *testing.T) {
	s := newShop(t, 120)
	s.chromium(t)
	t.Run("each page for each role", s.testRoles)
	t.Run("each form for each role", s.testFormRoles)
	t.Run("signing in and out", s.testSigning)
	t.Run("a form without a script", s.testForm)
	t.Run("tries from elsewhere", s.testElsewhere)
	t.Run("tries from a page of others", s.testHostilePage)
	t.Run("finding customers", s.testFinding)
	t.Run("columns and files of customers", s.testColumns)
	t.Run("pages on paper", s.testPaper)
	t.Run("figures are the tables'", s.testFigures)
	t.Run("names and texts of all kinds", s.testTexts)
	t.Run("WCAG 2.2 AA", s.testAccessible)
	t.Run("an agent, by keys alone", s.testAgent)
	t.Run("a desk", s.testDesk)
	t.Run("a marketer", s.testMarketer)
	t.Run("an editor of the ladder", s.testLadder)
	t.Run("an analyst", s.testAnalyst)
	t.Run("an auditor", s.testAuditor)
	t.Run("an operator", s.testOperator)
	t.Run("importing a file", s.testImport)
	t.Run("following the log", s.testFollowing)
	t.Run("correcting a fact", s.testCorrecting)
	t.Run("the log by stream and type", s.testLog)
	t.Run("signing in at an OpenID provider", s.testOpenID)
	t.Run("better with scripts", s.testScripts)
}

// noPages are addresses that answer with something else than a page.
var noPages = []string{"GET /live", "GET /live/events", "GET /customers.csv", "GET /customers/{id}/bundle"}

// addressOf fills a page's pattern in.
func (s *shop) addressOf(pattern string) string {
	_, path, _ := strings.Cut(pattern, " ")
	return strings.NewReplacer("{$}", "", "{id}", s.best, "{case}", s.oneCase, "{file}", "loyalty_stage", "{command}", "record_interaction",
		"{name}", "big_spenders", "facts/{revision}", s.aFact, "{upload}", "none").Replace(path)
}

func (s *shop) testRoles(t *testing.T) {
	for _, role := range access.AllRoles {
		p := s.person(t, role)
		for pattern, roles := range s.console.roles {
			if !strings.HasPrefix(pattern, "GET ") || roles == access.Public || pattern == "GET /live/events" {
				continue
			}
			path := s.addressOf(pattern)
			a := p.get(path)
			want := http.StatusOK
			if strings.Contains(pattern, "{upload}") {
				want = http.StatusNotFound // it is nobody's of these
			}
			if !roles.Include(role) || pattern == "GET /do/{command}" && !access.Apps.Include(role) {
				want = http.StatusForbidden
			}
			if a.StatusCode != want {
				t.Errorf("%s as %s: %d, want %d: %s", path, role, a.StatusCode, want, a.text)
			}
			if strings.Contains(a.text, `class="problem"`) && want == http.StatusOK {
				t.Errorf("%s as %s has a problem on it: %s", path, role, a.text)
			}
			if len(a.text) > 100_000 && !slices.Contains(noPages, pattern) {
				t.Errorf("%s as %s has %d bytes", path, role, len(a.text))
			}
			if a.Header.Get("X-Frame-Options") != "DENY" || !strings.Contains(a.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
				t.Errorf("%s can be framed: %v", path, a.Header)
			}
		}
		nav := p.get("/").text
		for _, link := range regexp.MustCompile(`<a href="(/[^"]*)"[^>]*data-key`).FindAllStringSubmatch(nav, -1) {
			if a := p.get(link[1]); a.StatusCode != http.StatusOK {
				t.Errorf("the navigation leads %s to %s: %d", role, link[1], a.StatusCode)
			}
		}
	}
}

func (s *shop) testSigning(t *testing.T) {
	p := s.person(t, access.Analyst)
	cookie := p.http.Jar.(*cookies).all[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || cookie.Value == s.tokens[access.Analyst] {
		t.Errorf("the session's cookie is %v", cookie)
	}
	a := p.sees("/", "a analyst", "Overview")
	for name, want := range map[string]string{"X-Frame-Options": "DENY", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if csp := a.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
		t.Errorf("the policy is %s", csp)
	}
	if strings.Contains(a.text, s.tokens[access.Analyst]) {
		t.Error("the token stands in the page")
	}
	if strings.Contains(a.text, "style=") || strings.Contains(a.text, "<style") || strings.Contains(a.text, " onclick") {
		t.Error("the page has something inline")
	}
	p.post("/signout", nil)
	p.http.Jar.(*cookies).all = []*http.Cookie{{Name: cookie.Name, Value: cookie.Value}}
	if a := p.get("/customers?q=x"); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/signin?next=%2Fcustomers%3Fq%3Dx" {
		t.Errorf("after signing out: %d to %s", a.StatusCode, a.Header.Get("Location"))
	}
	if a := p.post("/signin", url.Values{"token": {"wrong"}}); a.StatusCode != http.StatusUnauthorized || !strings.Contains(a.text, "no token of anybody") {
		t.Errorf("a wrong token: %d %s", a.StatusCode, a.text)
	}
	for _, next := range []string{"https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"} {
		a := p.post("/signin", url.Values{"token": {s.tokens[access.Analyst]}, "next": {next}})
		if a.Header.Get("Location") != "/" {
			t.Errorf("signing in leads to %s for %s", a.Header.Get("Location"), next)
		}
	}
}

var hidden = regexp.MustCompile(`name="_key" value="([^"]+)"`)

func (s *shop) testForm(t *testing.T) {
	p := s.person(t, access.App)
	path := "/do/record_purchase?customer_id=" + s.best
	a := p.sees(path, "Currency", "needed", "ISO 4217 code", "Unit price")
	key := hidden.FindStringSubmatch(a.text)
	if key == nil {
		t.Fatal("the form has no key")
	}
	form := url.Values{"_key": {key[1]}, "customer_id": {s.best}, "currency": {"EUR"}, "reference": {"BY-HAND"}, "lines[0].sku": {"tea"},
		"lines[0].quantity": {"-2"}, "lines[0].unit_price": {"3.50"}}
	a = p.post("/do/record_purchase", form)
	if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.text, `value="BY-HAND"`) || !strings.Contains(a.text, `aria-invalid="true"`) {
		t.Errorf("a faulty quantity is not shown at its field: %d %s", a.StatusCode, a.text)
	}
	form.Set("_add", "lines")
	if a = p.post("/do/record_purchase", form); a.StatusCode != http.StatusOK || !strings.Contains(a.text, `name="lines[1].sku"`) {
		t.Errorf("no line was added: %d", a.StatusCode)
	}
	form.Del("_add")
	form.Set("lines[0].quantity", "2")
	for range 2 { // a second click changes nothing
		a = p.post("/do/record_purchase", form)
		if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/customers/"+s.best+"?done=record_purchase" {
			t.Fatalf("%d %s %s", a.StatusCode, a.Header.Get("Location"), a.text)
		}
	}
	a = p.sees(a.Header.Get("Location"), "Done: record a purchase.", "BY-HAND")
	if n := strings.Count(a.text, "(invoice BY-HAND)"); n != 1 {
		t.Errorf("the purchase is %d times in the timeline", n)
	}
	a = p.post("/do/record_purchase", url.Values{"customer_id": {s.best}})
	if a.StatusCode != http.StatusBadRequest || !strings.Contains(a.text, `class="fault"`) {
		t.Errorf("an empty form: %d", a.StatusCode)
	}
}

// Whoever looks after customers finds them by what is at hand.
func (s *shop) testFinding(t *testing.T) {
	name := s.nameOfBest(t)
	email := s.rows(t, "contact_points", "kind=email&customer_id="+s.best)[0]["value"]
	external := s.rows(t, "customer_identity", "kind=external&customer_id="+s.best)[0]
	for _, role := range []access.Role{access.App, access.Auditor, access.Admin} {
		p := s.person(t, role)
		for _, find := range []string{name, email, external["system"] + ":" + external["value"]} {
			p.sees("/customers?q="+url.QueryEscape(find), `href="/customers/`+s.best+`"`)
		}
		p.sees("/customers?rule=orders+%3E%3D+20", `href="/customers/`+s.best+`"`)
		p.sees("/customers?rule=ordrs+%3E%3D+20", "did you mean orders")
		p.sees("/customers?q=x%40", "Nobody matches")
		if a := p.get("/customers?q=" + s.best); a.Header.Get("Location") != "/customers/"+s.best {
			t.Errorf("an id leads %s to %s", role, a.Header.Get("Location"))
		}
	}
	p := s.person(t, access.Analyst)
	p.sees("/customers?sort=-orders", `href="/customers/`+s.best+`"`, `aria-sort="descending"`)
}

func TestAlternatives(t *testing.T) {
	for help, want := range map[string][]string{
		"person or organisation":                                  {"person", "organisation"},
		"low, normal (unless another is given), high or urgent":   {"low", "normal", "high", "urgent"},
		"app, analyst, auditor or admin; the first is an admin's": {"app", "analyst", "auditor", "admin"},
		"hours, km, cycles, …":                                    nil,
		"In force, or not":                                        nil,
		"what it is, or how it was":                               nil,
	} {
		if got := alternativesIn(help); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", help, got, want)
		}
	}
}

func TestLocalePatterns(t *testing.T) {
	for accepts, want := range map[string][]string{
		"en-GB":          {"1,234.50 EUR", "29 Nov 2026", "1,234,567"},
		"en-US,en;q=0.5": {"1,234.50 EUR", "Nov 29, 2026", "1,234,567"},
		"de-DE":          {"1.234,50 EUR", "29.11.2026", "1.234.567"},
		"":               {"1,234.50 EUR", "29 Nov 2026", "1,234,567"},
		"sv;q=xx":        {"1,234.50 EUR", "29 Nov 2026", "1,234,567"},
	} {
		l := localeOf(accepts)
		if got := []string{l.Money(123450, "EUR"), l.Day("2026-11-29"), l.Int(1234567)}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", accepts, got, want)
		}
	}
	if got := localeOf("en").Money(-1234, "JPY") + localeOf("en").Money(5, "KWD"); got != "−1,234 JPY0.005 KWD" {
		t.Error(got)
	}
}
