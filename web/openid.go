package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/rapport-crm/rapport/internal/oidc"
)

// begunSignIns are those who are at the issuer to sign in. What they have to come back with stays here; their browser has a random
// name by which it is found. Its methods are safe for concurrent use.
type begunSignIns struct {
	now func() time.Time
	mu  sync.Mutex
	all map[[32]byte]begunSignIn
}

type begunSignIn struct {
	oidc.Begun
	next  string
	until time.Time
}

// How long signing in may take, and how many may be at it.
const (
	signInTime = 10 * time.Minute
	signInsMax = 10_000
)

// add returns the name of a sign-in; false where too many are under way.
func (s *begunSignIns) add(b oidc.Begun, next string) (name string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	maps.DeleteFunc(s.all, func(_ [32]byte, one begunSignIn) bool { return now.After(one.until) })
	if len(s.all) >= signInsMax {
		return "", false
	}
	name = rand.Text()
	s.all[sha256.Sum256([]byte(name))] = begunSignIn{b, next, now.Add(signInTime)}
	return name, true
}

// take returns a sign-in once.
func (s *begunSignIns) take(name string) (begunSignIn, bool) {
	id := sha256.Sum256([]byte(name))
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.all[id]
	delete(s.all, id)
	return one, ok && !s.now().After(one.until)
}

// signInCookie ties a sign-in to the browser that began it. It is sent when the issuer leads back.
func (c *console) signInCookie() string { return c.cookieName() + "-signin" }

// toIssuer sends a browser to the issuer.
func (c *console) toIssuer(w http.ResponseWriter, r *http.Request) {
	next := local(r.URL.Query().Get("next"))
	scheme := "http"
	if c.secure || r.TLS != nil {
		scheme = "https"
	}
	begun, err := c.signsIn.Begin(r.Context(), scheme+"://"+r.Host+"/signin/callback")
	if err != nil {
		c.issuerAway(w, r, next, err)
		return
	}
	name, ok := c.begun.add(begun, next)
	if !ok {
		c.signInForm(w, r, next, &Problem{Status: http.StatusServiceUnavailable, Detail: "Too many people are signing in. Try again in a moment."})
		return
	}
	http.SetCookie(w, &http.Cookie{Name: c.signInCookie(), Value: name, Path: "/", MaxAge: int(signInTime / time.Second), Secure: c.secure,
		HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, begun.Address, http.StatusSeeOther)
}

func (c *console) issuerAway(w http.ResponseWriter, r *http.Request, next string, err error) {
	c.logger.Warn("somebody could not sign in: the issuer does not answer as it should", "error", err)
	c.signInForm(w, r, next, &Problem{Status: http.StatusServiceUnavailable,
		Detail: c.signsIn.Name() + " does not answer as it should. Try again in a moment, or sign in with a token."})
}

// fromIssuer signs in who comes back from the issuer.
func (c *console) fromIssuer(w http.ResponseWriter, r *http.Request) {
	cookie, err := r.Cookie(c.signInCookie())
	var begun begunSignIn
	known := false
	if err == nil {
		begun, known = c.begun.take(cookie.Value)
	}
	next := cmp.Or(begun.next, "/")
	http.SetCookie(w, &http.Cookie{Name: c.signInCookie(), Path: "/", MaxAge: -1, Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	if !known {
		c.signInForm(w, r, next, &Problem{Status: http.StatusBadRequest, Detail: "That took too long, or was begun in another browser. Sign in again."})
		return
	}
	tokens, err := c.signsIn.Finish(r.Context(), begun.Begun, r.URL.Query())
	switch {
	case errors.Is(err, oidc.ErrSignIn):
		c.logger.Info("somebody was not signed in", "reason", err)
		c.signInForm(w, r, next, &Problem{Status: http.StatusUnauthorized, Detail: "You were not signed in at " + c.signsIn.Name() + ". Try again."})
		return
	case err != nil:
		c.issuerAway(w, r, next, err)
		return
	}
	token, err := c.accepted(r, tokens)
	if forbidden(err) {
		err = &Problem{Status: http.StatusForbidden, Detail: "You are known, but have no role here: app, analyst, auditor or admin. Who keeps " +
			c.signsIn.Name() + " gives one."}
	}
	if err != nil {
		c.signInForm(w, r, next, problemOf(err))
		return
	}
	c.setCookie(w, c.sessions.begin(token, tokens), sessionLong)
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// accepted returns the token by which the API takes somebody for who they are.
func (c *console) accepted(r *http.Request, tokens oidc.Tokens) (token string, err error) {
	err = &Problem{Status: http.StatusUnauthorized, Detail: "The issuer gave no token that is meant for Rapport."}
	for _, token := range tokens.Candidates {
		var who identity
		if err = (&asker{api: c.behind, r: r, token: token}).get("/v1/whoami", &who); err == nil {
			return token, nil
		}
	}
	return "", err
}

// renew gets a session's token renewed before it expires. A session whose token cannot be renewed ends with it.
func (c *console) renew(r *http.Request, name string) {
	refresh := c.sessions.expires(name)
	if c.signsIn == nil || refresh == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), signInWait)
	defer cancel()
	tokens, err := c.signsIn.Renew(ctx, refresh)
	token := ""
	if err == nil {
		token, err = c.accepted(r, tokens)
	}
	if err != nil {
		c.logger.Info("a session could not be renewed", "reason", err)
	}
	c.sessions.renewed(name, token, tokens)
}

const (
	signInWait  = 5 * time.Second // for the issuer, while a page waits
	renewBefore = time.Minute     // a token expires
)

// expires returns by what a session's token is renewed, where that is due. Who asks first renews it; meanwhile others go on.
func (s *sessions) expires(name string) (refresh string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.all[sha256.Sum256([]byte(name))]
	if one == nil || one.refresh == "" || one.until.IsZero() || s.now().Before(one.until.Add(-renewBefore)) {
		return ""
	}
	refresh, one.refresh = one.refresh, ""
	return refresh
}

// renewed puts another token into a session; an empty one leaves what is there until it expires.
func (s *sessions) renewed(name, token string, from oidc.Tokens) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.all[sha256.Sum256([]byte(name))]
	if one == nil || token == "" {
		return
	}
	one.token, one.until, one.refresh = token, from.Until, from.Refresh
}
