// Package oidc tells by the tokens of an OpenID Connect issuer who somebody is, and in which roles they may use Rapport.
// It must not know what the roles may do.
package oidc

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
)

// Config says whose tokens are taken.
type Config struct {
	Issuer   string // its URL: https, or on this machine
	Audience string // for whom a token must be meant
	// RoleClaim is where tokens have roles: a text or a list of texts, in an object where the name has points:
	// realm_access.roles. What is not a role of Rapport's is passed over.
	RoleClaim string
	Now       func() time.Time // time.Now
}

// Issuer verifies the tokens of one issuer. Its keys are kept for an hour, and asked for anew where they do not fit a
// token; it need not be there when Rapport starts.
type Issuer struct {
	config Config
	client *http.Client
	seldom *seldom

	mu     sync.Mutex
	keys   *oidc.RemoteKeySet
	flow   oauth2.Endpoint // of signing in
	keptAt time.Time
}

// New answers an issuer, without asking it for anything yet.
func New(c Config) (*Issuer, error) {
	u, err := url.Parse(c.Issuer)
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !onThisMachine(u.Hostname())) {
		return nil, fmt.Errorf("the issuer %q is not a URL like https://login.example.com", c.Issuer)
	}
	if c.Audience == "" || c.RoleClaim == "" {
		return nil, errors.New("tokens of an issuer are taken for an audience, and with a claim that has the roles")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &seldom{now: c.Now, asked: map[string]asked{}}
	return &Issuer{config: c, seldom: s, client: &http.Client{Transport: s, Timeout: 5 * time.Second}}, nil
}

func onThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// algorithms are those that a token may be signed by: none with a secret that both sides would know, and not "none".
var algorithms = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512,
	oidc.EdDSA}

// Identify answers who holds a token, or why it is nobody's: access.ErrIssuerAway where nothing can be said now.
func (i *Issuer) Identify(ctx context.Context, token string) (access.Identity, error) {
	keys, err := i.currentKeys(ctx)
	if err != nil {
		return access.Identity{}, fmt.Errorf("%w: %w", access.ErrIssuerAway, err)
	}
	var away error
	verifier := oidc.NewVerifier(i.config.Issuer, keySet(func(ctx context.Context, token string) ([]byte, error) {
		payload, err := keys.VerifySignature(ctx, token)
		if fetch := new(fetchError); errors.As(err, &fetch) {
			away = fetch
		}
		return payload, err
	}), &oidc.Config{ClientID: i.config.Audience, SupportedSigningAlgs: algorithms, Now: i.config.Now})
	verified, err := verifier.Verify(ctx, token)
	switch {
	case away != nil:
		return access.Identity{}, fmt.Errorf("%w: %w", access.ErrIssuerAway, away)
	case err != nil:
		return access.Identity{}, err
	}
	return i.identity(verified)
}

// identity reads who somebody is from a token that was verified.
func (i *Issuer) identity(verified *oidc.IDToken) (access.Identity, error) {
	var claims map[string]any
	if err := verified.Claims(&claims); err != nil {
		return access.Identity{}, fmt.Errorf("read the claims: %w", err)
	}
	who := access.Identity{Subject: verified.Subject, Name: verified.Subject, Roles: rolesIn(claims, i.config.RoleClaim)}
	if err := domain.CheckText(who.Subject, 255); err != nil || who.Subject == "" {
		return access.Identity{}, errors.New("the token has no subject that could be written down")
	}
	if name, ok := claims["preferred_username"].(string); ok && name != "" && domain.CheckText(name, maxName) == nil {
		who.Name = name
	}
	who.Name = strings.ToValidUTF8(who.Name[:min(len(who.Name), maxName)], "")
	return who, nil
}

// maxName bounds what is written down as an actor.
const maxName = 128

// rolesIn answers the roles in a claim.
func rolesIn(claims map[string]any, path string) (roles []access.Role) {
	var at any = claims
	if whole, ok := claims[path]; ok {
		at = whole // some issuers have URLs for names
	} else {
		for name := range strings.SplitSeq(path, ".") {
			object, _ := at.(map[string]any)
			at = object[name]
		}
	}
	named, ok := at.([]any)
	if !ok {
		named = []any{at}
	}
	for _, one := range named {
		name, _ := one.(string)
		if role := access.Role(name); role.Known() && !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	return roles
}

type keySet func(ctx context.Context, token string) ([]byte, error)

// VerifySignature implements oidc.KeySet.
func (k keySet) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	return k(ctx, token)
}

// keysLast is how long keys are kept, so that one that the issuer withdrew is not trusted for ever.
const keysLast = time.Hour

// currentKeys answers the issuer's keys: those from before, while it is away.
func (i *Issuer) currentKeys(ctx context.Context) (*oidc.RemoteKeySet, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.keys != nil && i.config.Now().Sub(i.keptAt) < keysLast {
		return i.keys, nil
	}
	// The caller may go away; others want to know, too.
	asking := oidc.ClientContext(context.WithoutCancel(ctx), i.client)
	provider, err := oidc.NewProvider(asking, i.config.Issuer)
	if err != nil {
		if i.keys != nil {
			return i.keys, nil
		}
		return nil, err
	}
	var told struct {
		JWKS string `json:"jwks_uri"`
	}
	if err := provider.Claims(&told); err != nil {
		return nil, err
	}
	i.keys, i.flow, i.keptAt = oidc.NewRemoteKeySet(asking, told.JWKS), provider.Endpoint(), i.config.Now()
	return i.keys, nil
}

// endpoints returns where people sign in, and where codes become tokens, once the keys are known.
func (i *Issuer) endpoints() oauth2.Endpoint {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.flow
}

// seldom asks the issuer for the same thing at most every few seconds, however many tokens do not fit its keys.
type seldom struct {
	now func() time.Time

	mu    sync.Mutex
	asked map[string]asked
}

type asked struct {
	at  time.Time
	err error
}

// fetchError tells that the issuer did not answer as it should.
type fetchError struct{ error }

func (e *fetchError) Unwrap() error { return e.error }

// errLately tells that the issuer's answer is as new as it may be.
var errLately = errors.New("it was asked a moment ago")

const (
	seldomEvery = 5 * time.Second
	mostAnswer  = 1 << 20 // bytes of an answer
)

// RoundTrip implements http.RoundTripper.
func (s *seldom) RoundTrip(r *http.Request) (*http.Response, error) {
	address := r.URL.String()
	s.mu.Lock()
	last, known := s.asked[address]
	if known && s.now().Sub(last.at) < seldomEvery {
		s.mu.Unlock()
		if last.err != nil {
			return nil, last.err
		}
		return nil, errLately
	}
	s.asked[address] = asked{at: s.now()}
	s.mu.Unlock()

	answer, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && answer.StatusCode != http.StatusOK {
		answer.Body.Close()
		err = fmt.Errorf("%s answered %s", address, answer.Status)
	}
	if err != nil {
		err = &fetchError{err}
		s.mu.Lock()
		s.asked[address] = asked{at: s.now(), err: err}
		s.mu.Unlock()
		return nil, err
	}
	answer.Body = http.MaxBytesReader(nil, answer.Body, mostAnswer)
	return answer, nil
}
