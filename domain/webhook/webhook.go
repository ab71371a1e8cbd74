// Package webhook decides about webhooks: other systems that tell what happened in a form of their own. A webhook
// says how its deliveries are signed and which commands they mean. The package must not know how deliveries arrive,
// nor the secrets by which they are signed.
package webhook

import (
	"regexp"

	"github.com/rapport-crm/rapport/domain"
)

// StreamPrefix begins the name of every webhook's stream.
const StreamPrefix = "webhook-"

// Stream names a webhook's stream.
func Stream(name string) string { return StreamPrefix + name }

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Needs   = domain.Needs
	Given   = domain.Given[Needs]
)

// State is the newest version.
type State struct {
	version int
	title   string
	terms   Terms
	active  bool
}

// Guard implements domain.StateOf.
func (s *State) Guard(n domain.Needs) error {
	if !n.Founds && s.version == 0 {
		return ErrUnknown
	}
	return nil
}

// Terms are how deliveries are taken.
type Terms struct {
	Secret    string    `json:"secret"` // names the shared secret, which the server keeps outside of the log
	Signature Signature `json:"signature"`
	Key       string    `json:"key"`                  // CEL over payload and headers: the sender's id of a delivery
	Commands  string    `json:"commands"`             // CEL over payload and headers: a list of commands, as lines of a batch
	PerMinute int       `json:"per_minute,omitempty"` // deliveries taken in a minute
}

// defaultPerMinute is what a webhook takes that does not say otherwise.
const defaultPerMinute = 600

// Publish asks that deliveries be taken on these terms from now on.
type Publish struct {
	Webhook string `json:"webhook"`
	Title   string `json:"title,omitempty"`
	Terms
}

func (Publish) Needs() Needs { return Needs{Founds: true} }

// Decide yields a new version unless the very same one is in force.
func (c Publish) Decide(s *State, g Given) ([]Event, error) {
	if !domain.Nameable(c.Webhook) {
		return nil, ErrName
	}
	if err := domain.CheckText(c.Title, 300); err != nil {
		return nil, err.At("title")
	}
	terms := c.Terms
	if terms.PerMinute == 0 {
		terms.PerMinute = defaultPerMinute
	}
	switch {
	case !secretPattern.MatchString(terms.Secret):
		return nil, ErrSecret
	case terms.PerMinute < 1 || terms.PerMinute > 60_000:
		return nil, ErrPerMinute
	}
	var err error
	if terms.Signature, err = terms.Signature.settled(); err != nil {
		return nil, err
	}
	if _, err := Compile(terms.Key, terms.Commands); err != nil {
		return nil, err
	}
	if s.active && s.title == c.Title && s.terms == terms {
		return nil, nil
	}
	return []Event{Published{Webhook: c.Webhook, Version: s.version + 1, Title: c.Title, Terms: terms}}, nil
}

// Published is the fact that deliveries are taken on these terms. Versions count from 1.
type Published struct {
	Webhook string `json:"webhook"`
	Version int    `json:"version"`
	Title   string `json:"title,omitempty"` // what people call it
	Terms
}

func (Published) EventType() string { return "webhook.published.v1" }

func (e Published) Evolve(s *State, _ domain.Metadata) {
	*s = State{version: e.Version, title: e.Title, terms: e.Terms, active: true}
}

// Retire asks that no more deliveries be taken.
type Retire struct {
	Webhook string `json:"webhook"`
}

func (Retire) Needs() Needs { return Needs{} }

func (c Retire) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case !s.active:
		return nil, nil
	}
	return []Event{Retired{Webhook: c.Webhook, Version: s.version}}, nil
}

// Retired is the fact that no more deliveries are taken.
type Retired struct {
	Webhook string `json:"webhook"`
	Version int    `json:"version"` // that was in force
}

func (Retired) EventType() string { return "webhook.retired.v1" }

func (e Retired) Evolve(s *State, _ domain.Metadata) { s.active = false }

var (
	secretPattern = regexp.MustCompile(`^[A-Z][A-Z0-9_]{0,62}$`)
)

var (
	ErrName = &domain.Rejection{Kind: domain.Invalid, Code: "webhook_name_malformed", Field: "webhook",
		Reason: "a webhook's name is 1 to 63 of a-z, 0-9, _ and -, and begins with a letter"}
	ErrSecret = &domain.Rejection{Kind: domain.Invalid, Code: "secret_name_malformed", Field: "secret",
		Reason: "name the secret, do not tell it: 1 to 63 of A-Z, 0-9 and _, beginning with a letter"}
	ErrPerMinute = &domain.Rejection{Kind: domain.Invalid, Code: "per_minute_out_of_range", Field: "per_minute",
		Reason: "a webhook takes 1 to 60000 deliveries a minute"}
	ErrUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "webhook_unknown", Field: "webhook",
		Reason: "no such webhook is in force"}
)
