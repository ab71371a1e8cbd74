package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/rapport-crm/rapport/domain/access"
)

// posts yields every address to which something is posted, with who may.
func (s *shop) posts(t *testing.T, yield func(path string, roles access.Roles)) {
	t.Helper()
	if err := s.console.forms.load(); err != nil {
		t.Fatal(err)
	}
	for pattern, roles := range s.console.roles {
		if _, path, _ := strings.Cut(pattern, " "); strings.HasPrefix(pattern, "POST ") && roles != access.Public && path != "/do/{command}" {
			yield(s.addressOf(pattern), roles)
		}
	}
	for name, one := range s.console.forms.all {
		yield("/do/"+name, one.Roles)
	}
}

// What a role may not have done is refused, whatever is filled in; for what it may there is a form.
func (s *shop) testFormRoles(t *testing.T) {
	head, err := s.ground.log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.AllRoles {
		p := s.person(t, role)
		s.posts(t, func(path string, roles access.Roles) {
			if !roles.Include(role) {
				a := p.post(path, url.Values{"customer_id": {s.best}})
				if a.StatusCode != http.StatusForbidden || !strings.Contains(a.text, "Not for your role") {
					t.Errorf("%s as %s: %d", path, role, a.StatusCode)
				}
				return
			}
			if _, form := strings.CutPrefix(path, "/do/"); form {
				if a := p.get(path); a.StatusCode != http.StatusOK || !strings.Contains(a.text, `<form action="`+path+`" method="post"`) {
					t.Errorf("%s as %s: %d %s", path, role, a.StatusCode, a.text)
				}
			}
		})
	}
	if now, err := s.ground.log.Head(t.Context()); err != nil || now != head {
		t.Errorf("something was recorded: the log is at %d, was at %d: %v", now, head, err)
	}
}

// Forms that come from elsewhere do nothing, and no page is read by a frame or a picture of others.
func (s *shop) testElsewhere(t *testing.T) {
	p := s.person(t, access.Admin)
	head, err := s.ground.log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"kind": {"person"}, "name": {"Mallory"}, "customer_id": {s.best}}
	s.posts(t, func(path string, _ access.Roles) {
		for _, headers := range [][]string{{"Sec-Fetch-Site: cross-site"}, {"Sec-Fetch-Site: same-site"}, {"Origin: https://example.com"}, {"Origin: null"}} {
			if a := p.post(path, form, headers...); a.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %v: %d", path, headers, a.StatusCode)
			}
		}
	})
	for _, path := range []string{"/signin", "/signout", "/theme"} {
		if a := p.post(path, form, "Sec-Fetch-Site: cross-site"); a.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	if now, err := s.ground.log.Head(t.Context()); err != nil || now != head {
		t.Errorf("something was recorded: the log is at %d, was at %d: %v", now, head, err)
	}
	for _, c := range []struct {
		mode, dest string
		want       int
	}{{"navigate", "document", http.StatusOK}, {"navigate", "iframe", http.StatusForbidden}, {"no-cors", "image", http.StatusForbidden}} {
		r := httptest.NewRequest(http.MethodGet, s.url+"/customers", nil)
		r.RequestURI = ""
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Sec-Fetch-Mode", c.mode)
		r.Header.Set("Sec-Fetch-Dest", c.dest)
		if a := p.do(r); a.StatusCode != c.want {
			t.Errorf("%s of %s from elsewhere: %d, want %d", c.mode, c.dest, a.StatusCode, c.want)
		}
	}
}

// A page of others, in the browser of somebody who is signed in, has nothing done: on another site, and on another port of the same
// one, from which the browser sends the cookie.
func (s *shop) testHostilePage(t *testing.T) {
	hostile := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<form id="f" method="post" action="%s/do/register_customer"><input name="kind" value="person"><input name="name" value="Mallory of %s"></form>
			<script>document.getElementById("f").submit()</script>`, s.url, r.Host)
	}))
	defer hostile.Close()
	b := s.browser(t, access.Admin)
	for _, from := range []string{hostile.URL, strings.Replace(hostile.URL, "127.0.0.1", "localhost", 1)} {
		b.run(chromedp.Navigate(from + "/post"))
		b.until(`document.body !== null && (document.body.textContent.includes("nothing was done") || location.pathname.startsWith("/signin"))`)
	}
	if found := s.rows(t, "customer_360", "name~=Mallory"); len(found) > 0 {
		t.Errorf("registered: %v", found)
	}
}
