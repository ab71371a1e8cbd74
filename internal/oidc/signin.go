package oidc

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// SignIn has people sign in at the issuer, by the authorization code flow with PKCE (RFC 7636).
type SignIn struct {
	issuer *Issuer
	c      SignInConfig
	client *http.Client
}

// SignInConfig is as whom Rapport is known to the issuer.
type SignInConfig struct {
	ClientID string
	Secret   string   // none for a public client
	Scopes   []string // beside openid: those by which tokens get the roles
	// Callback is the address at which people come back; where it is empty, it follows from the one that they came by.
	Callback string
}

// Begun is a sign-in that is under way: it has to be kept by the side that began it, for the browser that began it.
type Begun struct {
	Address              string // to which the browser is sent
	State, nonce, secret string
	callback             string
}

// Tokens are what the issuer says of somebody: whoever shows Candidates[0], or else the next, is them.
type Tokens struct {
	Candidates []string
	Refresh    string    // to get new ones; empty where there are none
	Until      time.Time // when they expire
}

// SignIn has people sign in at the issuer.
func (i *Issuer) SignIn(c SignInConfig) *SignIn {
	if c.ClientID == "" {
		c.ClientID = i.config.Audience
	}
	return &SignIn{issuer: i, c: c, client: &http.Client{Timeout: 10 * time.Second, Transport: bounded{http.DefaultTransport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Name is what people are told of the issuer: its host.
func (s *SignIn) Name() string {
	u, err := url.Parse(s.issuer.config.Issuer)
	if err != nil {
		return s.issuer.config.Issuer
	}
	return u.Hostname()
}

// Begin returns where to send a browser. Callback is where it comes back to, unless the configuration says otherwise.
func (s *SignIn) Begin(ctx context.Context, callback string) (Begun, error) {
	if s.c.Callback != "" {
		callback = s.c.Callback
	}
	flow, _, err := s.flow(ctx, callback)
	if err != nil {
		return Begun{}, err
	}
	b := Begun{State: rand.Text(), nonce: rand.Text(), secret: oauth2.GenerateVerifier(), callback: callback}
	b.Address = flow.AuthCodeURL(b.State, oidc.Nonce(b.nonce), oauth2.S256ChallengeOption(b.secret))
	return b, nil
}

// ErrSignIn says that somebody was not signed in; errors about the issuer itself are none.
var ErrSignIn = errors.New("the issuer signed nobody in")

// Finish takes what the browser came back with.
func (s *SignIn) Finish(ctx context.Context, b Begun, back url.Values) (Tokens, error) {
	if subtle.ConstantTimeCompare([]byte(back.Get("state")), []byte(b.State)) != 1 || b.State == "" {
		return Tokens{}, fmt.Errorf("%w: it was begun elsewhere", ErrSignIn)
	}
	if said := back.Get("iss"); said != "" && said != s.issuer.config.Issuer { // RFC 9207
		return Tokens{}, fmt.Errorf("%w: another issuer answered", ErrSignIn)
	}
	if code := back.Get("error"); code != "" {
		return Tokens{}, fmt.Errorf("%w: %s", ErrSignIn, strings.ToValidUTF8(code[:min(len(code), 100)], ""))
	}
	flow, verifier, err := s.flow(ctx, b.callback)
	if err != nil {
		return Tokens{}, err
	}
	ctx = oidc.ClientContext(ctx, s.client)
	token, err := flow.Exchange(ctx, back.Get("code"), oauth2.VerifierOption(b.secret))
	if err != nil {
		return Tokens{}, exchangeError(err)
	}
	return s.take(ctx, verifier, token, b.nonce)
}

// Renew gets new tokens for those that expire.
func (s *SignIn) Renew(ctx context.Context, refresh string) (Tokens, error) {
	flow, verifier, err := s.flow(ctx, "")
	if err != nil {
		return Tokens{}, err
	}
	ctx = oidc.ClientContext(ctx, s.client)
	token, err := flow.TokenSource(ctx, &oauth2.Token{RefreshToken: refresh}).Token()
	if err != nil {
		return Tokens{}, exchangeError(err)
	}
	return s.take(ctx, verifier, token, "")
}

// exchangeError parts refusals from an issuer that is away.
func exchangeError(err error) error {
	if refused := (*oauth2.RetrieveError)(nil); errors.As(err, &refused) && refused.Response.StatusCode < http.StatusInternalServerError {
		return fmt.Errorf("%w: %s", ErrSignIn, refused.ErrorCode)
	}
	return fmt.Errorf("ask the issuer for tokens: %w", err)
}

// take verifies what the issuer says.
func (s *SignIn) take(ctx context.Context, verifier *oidc.IDTokenVerifier, token *oauth2.Token, nonce string) (Tokens, error) {
	out := Tokens{Refresh: token.RefreshToken, Until: token.Expiry}
	if strings.Count(token.AccessToken, ".") == 2 { // one that the API can read, not only the issuer
		out.Candidates = append(out.Candidates, token.AccessToken)
	}
	raw, _ := token.Extra("id_token").(string)
	if raw == "" && nonce != "" {
		return Tokens{}, fmt.Errorf("%w: it said nothing of who it is", ErrSignIn)
	}
	if raw == "" {
		return out, nil // a renewal need not say it again
	}
	id, err := verifier.Verify(ctx, raw)
	switch {
	case err != nil:
		return Tokens{}, fmt.Errorf("%w: %w", ErrSignIn, err)
	case nonce != "" && id.Nonce != nonce:
		return Tokens{}, fmt.Errorf("%w: it answered somebody else's request", ErrSignIn)
	case id.AccessTokenHash != "" && id.VerifyAccessToken(token.AccessToken) != nil:
		return Tokens{}, fmt.Errorf("%w: its tokens do not belong together", ErrSignIn)
	}
	out.Candidates = append(out.Candidates, raw)
	if out.Until.IsZero() || id.Expiry.Before(out.Until) {
		out.Until = id.Expiry
	}
	return out, nil
}

// flow is the code flow as the issuer describes it.
func (s *SignIn) flow(ctx context.Context, callback string) (*oauth2.Config, *oidc.IDTokenVerifier, error) {
	keys, err := s.issuer.currentKeys(ctx)
	if err != nil {
		return nil, nil, err
	}
	scopes := append([]string{oidc.ScopeOpenID, "profile"}, s.c.Scopes...)
	slices.Sort(scopes)
	flow := &oauth2.Config{ClientID: s.c.ClientID, ClientSecret: s.c.Secret, Endpoint: s.issuer.endpoints(), RedirectURL: callback,
		Scopes: slices.Compact(scopes)}
	verifier := oidc.NewVerifier(s.issuer.config.Issuer, keys, &oidc.Config{ClientID: s.c.ClientID, SupportedSigningAlgs: algorithms,
		Now: s.issuer.config.Now})
	return flow, verifier, nil
}

// bounded refuses answers that are larger than tokens can be.
type bounded struct{ http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = http.MaxBytesReader(nil, answer.Body, mostAnswer)
	}
	return answer, err
}
