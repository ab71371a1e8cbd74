// Package identity decides to whom an e-mail address, a phone number or another system's id belongs: to one
// customer at a time. Each identity has a stream of its own, so that it is unique even when many claim it at
// once.
package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// StreamPrefix begins the name of every identity's stream.
const StreamPrefix = "identity-"

// Kind of identity.
type Kind string

const (
	Email    Kind = "email"
	Phone    Kind = "phone"    // E.164: +441632960961
	External Kind = "external" // an id in another system
)

// Key is an identity in its normal form: two spellings of one address have one Key.
type Key struct {
	Kind   Kind   `json:"kind"`
	System string `json:"system,omitempty"` // of an external id
	Value  string `json:"value" personal:"true"`
}

// Stream names the identity's stream. Without the secret nobody can tell the identity by the name, not even by trying
// all there are.
func (k Key) Stream(secret []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(string(k.Kind) + "\x00" + k.System + "\x00" + k.Value))
	return StreamPrefix + hex.EncodeToString(mac.Sum(nil)[:20])
}

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Needs   = domain.Needs
	Given   = domain.Given[Needs]
)

// State is whose the identity is; nobody's while Owner is nil.
type State struct {
	Owner uuid.UUID
}

// Guard implements domain.StateOf: every command may be the first.
func (s *State) Guard(domain.Needs) error { return nil }

// Claim asks that the identity be a customer's from now on. Release is not asked for first: Instead names
// an owner who gave it up without saying so.
type Claim struct {
	CustomerID uuid.UUID `json:"customer_id"`
	Instead    uuid.UUID `json:"instead,omitzero"`
}

func (Claim) Needs() Needs { return Needs{Founds: true} }

// Decide refuses what is another customer's.
func (c Claim) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case s.Owner == c.CustomerID:
		return nil, nil
	case s.Owner != c.Instead:
		if err := s.Taken(c.CustomerID); err != nil {
			return nil, err
		}
	}
	return []Event{Claimed{CustomerID: c.CustomerID}}, nil
}

// Taken refuses a claim of what is another customer's, and names them.
func (s *State) Taken(by uuid.UUID) error {
	if s.Owner == uuid.Nil || s.Owner == by {
		return nil
	}
	taken := ErrTaken.Because("it is customer %s's", s.Owner)
	taken.Existing = s.Owner.String()
	return taken
}

// Claimed is the fact that the identity is a customer's.
type Claimed struct {
	CustomerID uuid.UUID `json:"customer_id"`
}

func (Claimed) EventType() string { return "identity.claimed.v1" }

func (e Claimed) Evolve(s *State, _ domain.Metadata) { s.Owner = e.CustomerID }

// Release asks that the identity be nobody's again, if it is this customer's.
type Release struct {
	CustomerID uuid.UUID `json:"customer_id"`
}

func (Release) Needs() Needs { return Needs{Founds: true} }

// Decide leaves alone what is not the customer's.
func (c Release) Decide(s *State, g Given) ([]Event, error) {
	if s.Owner != c.CustomerID || s.Owner == uuid.Nil {
		return nil, nil
	}
	return []Event{Released(c)}, nil
}

// Released is the fact that the identity is nobody's any more.
type Released struct {
	CustomerID uuid.UUID `json:"customer_id"`
}

func (Released) EventType() string { return "identity.released.v1" }

func (e Released) Evolve(s *State, _ domain.Metadata) { s.Owner = uuid.Nil }

var (
	ErrTaken = &domain.Rejection{Kind: domain.Conflict, Code: "identity_taken", Field: "value",
		Reason: "it belongs to another customer"}
	ErrKind = &domain.Rejection{Kind: domain.Invalid, Code: "identity_kind_unknown", Field: "kind",
		Reason: "an identity is an email, a phone or an external id"}
	ErrEmail = &domain.Rejection{Kind: domain.Invalid, Code: "email_malformed", Field: "value",
		Reason: "an e-mail address looks like name@example.org"}
	ErrPhone = &domain.Rejection{Kind: domain.Invalid, Code: "phone_malformed", Field: "value",
		Reason: "a phone number is international, such as +441632960961, or one of the default region"}
	ErrExternal = &domain.Rejection{Kind: domain.Invalid, Code: "external_identity_incomplete", Field: "system",
		Reason: "an external id names the system and the id that it uses there"}
)
