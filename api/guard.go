package api

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/tokenmark"
)

// guard finds out who asks. It keeps all tokens in memory, and looks into the log for new ones at most once a second,
// when somebody asks: so a token that another process issued or revoked is known here within a second.
type guard struct {
	commands *commands.Service
	issuer   func(context.Context, string) (access.Identity, error) // nil: no other system's tokens are taken
	local    bool                                                   // without any token, whoever asks on this machine may do all
	// remembered compares the log with what is remembered beside it: see Config.Tokens.
	remembered func(ctx context.Context, events uint64) (ever bool, err error)
	failures   int // a minute, of one address
	now        func() time.Time
	logger     *slog.Logger

	known    atomic.Pointer[tokens]
	mu       sync.Mutex // of reading the log
	lookedAt time.Time
	lookErr  error

	subjects, strangers paces
}

func newGuard(c Config) *guard {
	return &guard{commands: c.Commands, issuer: c.Issuer, local: c.Local, remembered: c.Tokens,
		failures: c.Limits.Failures, now: c.Now, logger: c.Logger}
}

// tokens are those that the log has up to a revision.
type tokens struct {
	byID map[uuid.UUID]*token
	next uint64 // revision from which on others may follow
	of   uint64 // events about tokens that they stand in
	ever bool   // tokens were issued, whether or not the log knows of any
	at   time.Time
}

type token struct {
	access.TokenIssued
	issuedAt  time.Time
	issuedBy  string
	revokedAt time.Time // zero while it is not
	revokedBy string
	pace      *pace
}

// How long what is known is taken as it is, and how long it is trusted while the log cannot be read.
const (
	fresh   = time.Second
	trusted = time.Minute
)

// identify answers who asks, or why nobody can tell.
func (g *guard) identify(r *http.Request) (caller, error) {
	known, err := g.current(r.Context())
	if err != nil {
		return caller{}, err
	}
	given := r.Header["Authorization"]
	if len(given) == 0 {
		if g.needsNone(known) {
			return localCaller, checkLocal(r)
		}
		return caller{}, unauthorized("token_missing", "say who you are: Authorization: Bearer and a token", "")
	}
	scheme, shown, _ := strings.Cut(given[0], " ")
	if len(given) > 1 || !strings.EqualFold(scheme, bearer) {
		return caller{}, g.refused(r.RemoteAddr,
			unauthorized("token_malformed", "say who you are: Authorization: Bearer and a token", "invalid_request"))
	}
	return g.byToken(r.Context(), known, shown, r.RemoteAddr)
}

// needsNone reports whether whoever uses this machine may do everything: no token was ever issued.
func (g *guard) needsNone(known *tokens) bool { return g.local && g.issuer == nil && !known.ever }

// byToken answers whose a token is that was shown from an address.
func (g *guard) byToken(ctx context.Context, known *tokens, shown, from string) (caller, error) {
	err := error(errTokenWrong)
	if id, hash, ok := access.ParseToken(shown); ok {
		var one *token
		if one, err = known.check(id, hash, g.now()); err == nil {
			return caller{name: one.Name, principal: "token:" + id.String(), roles: []access.Role{one.Role}, pace: one.pace}, nil
		}
	} else if g.issuer != nil {
		who, refused := g.issuer(ctx, shown)
		if refused == nil {
			return caller{name: who.Name, principal: "oidc:" + who.Subject, roles: who.Roles, pace: g.subjects.of(who.Subject)}, nil
		}
		if errors.Is(refused, access.ErrIssuerAway) {
			return caller{}, refused
		}
		g.logger.Debug("a token of the issuer was refused", "error", refused)
	}
	return caller{}, g.refused(from, err)
}

// check answers the token whose secret was shown. Who knows the secret is told why it is good no more.
func (t *tokens) check(id uuid.UUID, hash string, now time.Time) (*token, error) {
	one := t.byID[id]
	switch {
	case one == nil || subtle.ConstantTimeCompare([]byte(one.Hash), []byte(hash)) == 0:
		return nil, errTokenWrong
	case !one.revokedAt.IsZero():
		return nil, unauthorized("token_revoked", "the token was revoked", "invalid_token")
	case !one.Lasts(now):
		return nil, unauthorized("token_expired", "the token has expired", "invalid_token")
	}
	return one, nil
}

// refused bounds how often an address may show what is no token.
func (g *guard) refused(from string, err error) error {
	address := addressOf(from)
	if wait := g.strangers.of(address).take(g.failures, g.now()); wait > 0 {
		return problem(http.StatusTooManyRequests, "too_many_failures",
			"no more than %d wrong tokens a minute are looked at", g.failures).retry(seconds(wait))
	}
	g.logger.Warn("a request without a valid token was refused", "address", address, "reason", err)
	return err
}

// addressOf answers where a request comes from: a machine, or what counts as one.
func addressOf(from string) string {
	at, err := netip.ParseAddrPort(from)
	if err != nil {
		return from
	}
	address := at.Addr().Unmap()
	if address.Is6() {
		if network, err := address.Prefix(64); err == nil {
			return network.String() // whoever has one address there has them all
		}
	}
	return address.String()
}

// localCaller is whoever asks a server that needs no tokens yet.
var localCaller = caller{name: "local", roles: []access.Role{access.Admin}}

var sameOrigin = http.NewCrossOriginProtection()

// checkLocal refuses what a browser asks on behalf of a page from elsewhere, or by a name that only pretends to be of
// this machine.
func checkLocal(r *http.Request) error {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = strings.Trim(r.Host, "[]")
	}
	if address, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !address.IsLoopback()) {
		return problem(http.StatusForbidden, "host_not_local",
			"without any token this server answers to localhost alone: issue a token, or ask http://localhost")
	}
	if err := sameOrigin.Check(r); err != nil || asksFromElsewhere(r) {
		return problem(http.StatusForbidden, "origin_elsewhere", "without any token this server does nothing for pages from elsewhere")
	}
	return nil
}

// asksFromElsewhere reports whether a browser asks on behalf of a page from elsewhere, also where it asks to read: such
// a page cannot see what comes, but what is read of customers is recorded, and costs. A link that a person follows to a
// page of ours is no such thing.
func asksFromElsewhere(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return false
	case "": // no browser, or an old one
		origin := r.Header.Get("Origin")
		from, err := url.Parse(origin)
		return origin != "" && (err != nil || from.Host != r.Host)
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || strings.HasPrefix(r.URL.Path, "/v1/")
}

// current answers the tokens as they were at most a second ago; a minute, while the log cannot be read.
func (g *guard) current(ctx context.Context) (*tokens, error) {
	known := g.known.Load()
	switch {
	case known != nil && time.Since(known.at) < fresh:
		return known, nil
	case known == nil || time.Since(known.at) > trusted:
		g.mu.Lock()
	case !g.mu.TryLock():
		return known, nil // another request looks
	}
	defer g.mu.Unlock()
	if time.Since(g.lookedAt) >= fresh {
		g.look(ctx)
	}
	if known = g.known.Load(); g.lookErr != nil && (known == nil || time.Since(known.at) > trusted) {
		return nil, fmt.Errorf("find out who may ask: %w", g.lookErr)
	}
	return known, nil
}

// refresh takes in what this process just wrote.
func (g *guard) refresh(ctx context.Context) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.look(ctx)
}

// look reads what the log has beyond what is known.
func (g *guard) look(ctx context.Context) {
	// The caller may go away, the others still want to know; and none of them waits for long.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), healthTime)
	defer cancel()
	next := &tokens{byID: map[uuid.UUID]*token{}}
	if known := g.known.Load(); known != nil {
		*next = *known
	}
	next.at = time.Now()
	facts, err := g.commands.Facts(ctx, access.Stream, next.next)
	if hole := (*eventstore.HoleError)(nil); errors.As(err, &hole) {
		err = fmt.Errorf("%w: %v", errAccessHole, err)
	}
	if g.lookedAt, g.lookErr = time.Now(), err; err != nil {
		return
	}
	if len(facts) > 0 {
		next.byID = maps.Clone(next.byID)
	}
	for _, fact := range facts { // between which others' events may stand
		switch e := fact.Event.(type) {
		case access.TokenIssued:
			next.byID[e.TokenID] = &token{TokenIssued: e, issuedAt: fact.RecordedAt, issuedBy: fact.Metadata.Actor, pace: &pace{}}
		case access.TokenRevoked:
			if one := next.byID[e.TokenID]; one != nil {
				revoked := *one
				revoked.revokedAt, revoked.revokedBy = fact.RecordedAt, fact.Metadata.Actor
				next.byID[e.TokenID] = &revoked
			}
		}
		next.next = fact.Revision + 1
		next.of++
	}
	if next.ever, g.lookErr = g.remembered(ctx, next.of); g.lookErr != nil {
		return
	}
	g.known.Store(next)
}

// errAccessHole: events about tokens are hidden or missing, such as the revocation of one.
var errAccessHole = fmt.Errorf("%w: the stream access has a hole", tokenmark.ErrShortened)

var errTokenWrong = unauthorized("token_wrong", "this is no token of anybody who may use this", "invalid_token")

// unauthorized tells a caller to say who they are, by RFC 6750.
func unauthorized(code, detail, fault string) *Problem {
	p := problem(http.StatusUnauthorized, code, "%s", detail)
	p.challenge = `Bearer realm="rapport"`
	if fault != "" {
		p.challenge += fmt.Sprintf(`, error=%q`, fault)
	}
	return p
}
