package access

import (
	"regexp"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// Stream is where it stands who may use Rapport.
const Stream = "access"

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Needs   = domain.Needs
	Given   = domain.Given[Needs]
)

// State is every token that was ever issued.
type State struct {
	tokens map[uuid.UUID]*issued
}

// Guard implements domain.StateOf: every command may be the first.
func (s *State) Guard(domain.Needs) error { return nil }

type issued struct {
	TokenIssued
	revoked bool
}

func (t *issued) inForce(at time.Time) bool { return !t.revoked && t.Lasts(at) }

// adminBeside tells whether an admin's token other than this one is good at a time.
func (s *State) adminBeside(id uuid.UUID, at time.Time) bool {
	for _, t := range s.tokens {
		if t.TokenID != id && t.Role == Admin && t.inForce(at) {
			return true
		}
	}
	return false
}

// Bounds of what may be issued.
const (
	maxName   = 100
	maxTokens = 10_000 // that were ever issued: every server keeps them all in memory
	maxYears  = 10
)

// IssueToken asks that whoever knows the secret may use Rapport in a role.
type IssueToken struct {
	TokenID   uuid.UUID `json:"token_id"`
	Name      string    `json:"name"`
	Role      Role      `json:"role"`
	Hash      string    `json:"hash"`
	ExpiresAt time.Time `json:"expires_at,omitzero"`
}

func (IssueToken) Needs() Needs { return Needs{Founds: true} }

// Decide accepts each id once. The first token is an admin's: from then on everybody needs one.
func (c IssueToken) Decide(s *State, g Given) ([]Event, error) {
	if err := domain.CheckText(c.Name, maxName); err != nil {
		return nil, err.At("name")
	}
	switch {
	case c.TokenID == uuid.Nil:
		return nil, ErrTokenID
	case c.Name == "":
		return nil, ErrTokenName
	case !c.Role.Known():
		return nil, ErrRole
	case !sha256Hex.MatchString(c.Hash):
		return nil, ErrTokenHash
	}
	asked := TokenIssued{c.TokenID, c.Name, c.Role, c.Hash, c.ExpiresAt.UTC()}
	if known := s.tokens[c.TokenID]; known != nil {
		if known.revoked || known.TokenIssued != asked {
			return nil, ErrTokenExists
		}
		return nil, nil
	}
	switch {
	case !c.ExpiresAt.IsZero() && (!c.ExpiresAt.After(g.When) || c.ExpiresAt.After(g.When.AddDate(maxYears, 0, 0))):
		return nil, ErrTokenExpiry
	case c.Role != Admin && !s.adminBeside(uuid.Nil, g.When):
		return nil, ErrAdminFirst
	case len(s.tokens) >= maxTokens:
		return nil, ErrTokensTooMany
	}
	return []Event{asked}, nil
}

// TokenIssued is the fact that whoever knows the secret may use Rapport in a role.
type TokenIssued struct {
	TokenID   uuid.UUID `json:"token_id"`
	Name      string    `json:"name"`                // whose it is: the actor of commands that name none
	Role      Role      `json:"role"`                // app, analyst, auditor or admin
	Hash      string    `json:"hash"`                // SHA-256 of the secret, in hex
	ExpiresAt time.Time `json:"expires_at,omitzero"` // from when on it is good no more; absent where that is not settled
}

func (TokenIssued) EventType() string { return "access.token_issued.v1" }

func (e TokenIssued) Evolve(s *State, _ domain.Metadata) {
	if s.tokens == nil {
		s.tokens = map[uuid.UUID]*issued{}
	}
	s.tokens[e.TokenID] = &issued{TokenIssued: e}
}

// Lasts tells whether a time lies before the token's end.
func (e TokenIssued) Lasts(at time.Time) bool { return e.ExpiresAt.IsZero() || at.Before(e.ExpiresAt) }

// RevokeToken asks that a token be good no more.
type RevokeToken struct {
	TokenID uuid.UUID `json:"token_id"`
}

func (RevokeToken) Needs() Needs { return Needs{Founds: true} }

// Decide leaves one admin at least: without any, nobody could let anybody in.
func (c RevokeToken) Decide(s *State, g Given) ([]Event, error) {
	t := s.tokens[c.TokenID]
	switch {
	case t == nil:
		return nil, ErrTokenUnknown
	case t.revoked:
		return nil, nil
	case t.Role == Admin && t.inForce(g.When) && !s.adminBeside(c.TokenID, g.When):
		return nil, ErrLastAdmin
	}
	return []Event{TokenRevoked{TokenID: c.TokenID}}, nil
}

// TokenRevoked is the fact that a token is good no more.
type TokenRevoked struct {
	TokenID uuid.UUID `json:"token_id"`
}

func (TokenRevoked) EventType() string { return "access.token_revoked.v1" }

func (e TokenRevoked) Evolve(s *State, _ domain.Metadata) {
	if t := s.tokens[e.TokenID]; t != nil {
		t.revoked = true
	}
}

var sha256Hex = regexp.MustCompile(`^[0-9a-f]{64}$`)

var (
	ErrTokenID = &domain.Rejection{Kind: domain.Invalid, Code: "token_id_missing", Field: "token_id",
		Reason: "name the token by a UUID"}
	ErrTokenName = &domain.Rejection{Kind: domain.Invalid, Code: "token_name_missing", Field: "name",
		Reason: "say whose token it is: a person's, or a system's"}
	ErrRole = &domain.Rejection{Kind: domain.Invalid, Code: "role_unknown", Field: "role",
		Reason: "a role is app, analyst, auditor or admin"}
	ErrTokenHash = &domain.Rejection{Kind: domain.Invalid, Code: "token_hash_malformed", Field: "hash",
		Reason: "the hash is the secret's SHA-256: 64 of 0-9 and a-f"}
	ErrTokenExpiry = &domain.Rejection{Kind: domain.Invalid, Code: "token_expiry_out_of_range", Field: "expires_at",
		Reason: "a token expires in the future, within ten years"}
	ErrTokenExists = &domain.Rejection{Kind: domain.Conflict, Code: "token_exists", Field: "token_id",
		Reason: "a token with this id was issued, and its secret is told once: issue another one"}
	ErrTokensTooMany = &domain.Rejection{Kind: domain.Refused, Code: "tokens_too_many",
		Reason: "so many tokens were issued that no server would keep more in memory"}
	ErrAdminFirst = &domain.Rejection{Kind: domain.Refused, Code: "admin_first", Field: "role",
		Reason: "no admin's token is in force, and nobody else can issue tokens: issue an admin's first"}
	ErrTokenUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "token_unknown", Field: "token_id",
		Reason: "there is no such token"}
	ErrLastAdmin = &domain.Rejection{Kind: domain.Refused, Code: "last_admin", Field: "token_id",
		Reason: "this is the last admin's token in force: issue another admin's first"}
)
