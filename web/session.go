package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/internal/oidc"
)

// How long somebody stays signed in without asking for anything, and in all; and how many may be at once.
const (
	sessionIdle = 8 * time.Hour
	sessionLong = 24 * time.Hour
	sessionsMax = 10_000
)

// sessions are those who are signed in. The browser holds a random name, the token stays here: so no page and no script
// can read it, and a restart signs everybody out. Its methods are safe for concurrent use.
type sessions struct {
	now func() time.Time
	mu  sync.Mutex
	all map[[32]byte]*session // by the hash of the name
}

type session struct {
	token       string
	began, seen time.Time
	refresh     string // by which the issuer gives another token
	until       time.Time
}

func newSessions(now func() time.Time) *sessions {
	return &sessions{now: now, all: map[[32]byte]*session{}}
}

// begin signs somebody in, and returns the name of the session.
func (s *sessions) begin(token string, from oidc.Tokens) string {
	name := rand.Text() + rand.Text()
	now := s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, one := range s.all {
		if one.over(now) {
			delete(s.all, id)
		}
	}
	if len(s.all) >= sessionsMax {
		var oldest [32]byte
		var seen time.Time
		for id, one := range s.all {
			if seen.IsZero() || one.seen.Before(seen) {
				oldest, seen = id, one.seen
			}
		}
		delete(s.all, oldest)
	}
	s.all[sha256.Sum256([]byte(name))] = &session{token: token, began: now, seen: now, refresh: from.Refresh, until: from.Until}
	return name
}

// token returns the token of a session; "" where there is none any more.
func (s *sessions) token(name string) string {
	id, now := sha256.Sum256([]byte(name)), s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.all[id]
	if one == nil {
		return ""
	}
	if one.over(now) {
		delete(s.all, id)
		return ""
	}
	one.seen = now
	return one.token
}

func (s *sessions) end(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, sha256.Sum256([]byte(name)))
}

func (s *session) over(now time.Time) bool {
	return now.Sub(s.seen) > sessionIdle || now.Sub(s.began) > sessionLong
}

// cookieName is that of the session's cookie. Over TLS, no other host can set it.
func (c *console) cookieName() string {
	if c.secure {
		return "__Host-rapport"
	}
	return "rapport"
}

func (c *console) setCookie(w http.ResponseWriter, name string, age time.Duration) {
	http.SetCookie(w, &http.Cookie{Name: c.cookieName(), Value: name, Path: "/", MaxAge: int(age / time.Second), Secure: c.secure,
		HttpOnly: true, SameSite: http.SameSiteStrictMode})
}

// sessionOf returns the name of the session that a browser shows, and its token.
func (c *console) sessionOf(r *http.Request) (name, token string) {
	cookie, err := r.Cookie(c.cookieName())
	if err != nil || cookie.Value == "" {
		return "", ""
	}
	return cookie.Value, c.sessions.token(cookie.Value)
}

// signing are the routes by which people come and go.
func (c *console) signing() {
	c.mux.HandleFunc("GET /signin", c.showSignIn)
	c.mux.HandleFunc("POST /signin", c.signIn)
	c.mux.HandleFunc("POST /signout", c.signOut)
	c.mux.HandleFunc("POST /theme", c.setTheme)
	if c.signsIn != nil {
		c.mux.HandleFunc("GET /signin/issuer", c.toIssuer)
		c.mux.HandleFunc("GET /signin/callback", c.fromIssuer)
	}
	for _, path := range []string{"GET /signin", "POST /signin", "POST /signout", "POST /theme"} {
		c.roles[path] = access.Public
	}
}

type signInPage struct {
	Shell
	Next    string
	Problem *Problem
	Issuer  string // by whom people can also sign in
	Href    string
}

func (c *console) showSignIn(w http.ResponseWriter, r *http.Request) {
	c.signInForm(w, r, local(r.URL.Query().Get("next")), nil)
}

// signInForm shows how to sign in, and what went wrong.
func (c *console) signInForm(w http.ResponseWriter, r *http.Request, next string, problem *Problem) {
	page, status := signInPage{Shell: c.shell(r, "Sign in"), Next: next, Problem: problem}, http.StatusOK
	if problem != nil {
		status = problem.Status
	}
	if c.signsIn != nil {
		page.Issuer, page.Href = c.signsIn.Name(), "/signin/issuer?next="+url.QueryEscape(next)
	}
	c.render(w, status, "signin", page)
}

func (c *console) signIn(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	token, next := strings.TrimSpace(r.PostFormValue("token")), local(r.PostFormValue("next"))
	a := &asker{api: c.behind, r: r, token: token}
	var who identity
	err := a.get("/v1/whoami", &who)
	if token == "" {
		err = &Problem{Status: http.StatusUnauthorized, Detail: "Enter your token."}
	}
	if err != nil {
		c.signInForm(w, r, next, problemOf(err))
		return
	}
	c.setCookie(w, c.sessions.begin(token, oidc.Tokens{}), sessionLong)
	http.Redirect(w, r, next, http.StatusSeeOther)
}

func (c *console) signOut(w http.ResponseWriter, r *http.Request) {
	if name, _ := c.sessionOf(r); name != "" {
		c.sessions.end(name)
	}
	c.setCookie(w, "", -time.Second)
	w.Header().Set("Clear-Site-Data", `"cache"`)
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
}

// themes are light, dark, and as the system has it.
var themes = []string{"", "light", "dark"}

func themeOf(r *http.Request) string {
	if cookie, err := r.Cookie("theme"); err == nil && slices.Contains(themes, cookie.Value) {
		return cookie.Value
	}
	return ""
}

func (c *console) setTheme(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if theme := r.PostFormValue("theme"); slices.Contains(themes, theme) {
		http.SetCookie(w, &http.Cookie{Name: "theme", Value: theme, Path: "/", MaxAge: 365 * 24 * 3600, Secure: c.secure, HttpOnly: true,
			SameSite: http.SameSiteLaxMode})
	}
	http.Redirect(w, r, local(r.PostFormValue("next")), http.StatusSeeOther)
}

// local returns a path of this server; "/" for whatever leads elsewhere.
func local(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") ||
		strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}

// elsewhere returns an error for what a browser asks on behalf of a page from elsewhere. A link that a person follows is no such
// thing; a frame or a picture is, since what is read of customers is recorded.
func (c *console) elsewhere(r *http.Request) error {
	if err := c.origin.Check(r); err != nil {
		return err
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none", "":
		return nil
	}
	if r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document" {
		return nil
	}
	return &Problem{Status: http.StatusForbidden}
}

// tag is a short hash of a text.
func tag(text []byte) string {
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}
