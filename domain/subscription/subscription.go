// Package subscription decides about subscriptions: other systems that are sent what happens. A subscription says where
// events go, which ones, and about which customers. The package must not know how they get there, nor the secrets that sign
// them: it counts secrets, and the server derives each from its number.
package subscription

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/rules"
)

// StreamPrefix begins the name of every subscription's stream.
const StreamPrefix = "subscription-"

// Stream names a subscription's stream.
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
	secret  int
	title   string
	terms   Terms
	active  bool
	// overlap is until when the secret before the newest signs too.
	overlap time.Time
}

// Guard implements domain.StateOf.
func (s *State) Guard(n domain.Needs) error {
	if !n.Founds && s.version == 0 {
		return ErrUnknown
	}
	return nil
}

// Types of events that are not in the log: what the read models found out.
const (
	SegmentEntered = "rapport.segment.entered.v1"
	SegmentLeft    = "rapport.segment.left.v1"
	StageChanged   = "rapport.stage.changed.v1"
	CustomerErased = "rapport.customer.erased.v1"
)

// Announced are the types of events that are not in the log.
var Announced = []string{SegmentEntered, SegmentLeft, StageChanged, CustomerErased}

// Terms are what is sent where.
type Terms struct {
	URL   string   `json:"url"`            // http or https
	Types []string `json:"types"`          // names of types of events; a star at the end stands for any ending
	Rule  string   `json:"rule,omitempty"` // CEL over the facts: only what concerns customers for whom it holds
}

func (t Terms) same(u Terms) bool {
	return t.URL == u.URL && t.Rule == u.Rule && slices.Equal(t.Types, u.Types)
}

// Matches reports whether a type is among those named: a star at the end of a name stands for any ending.
func Matches(names []string, eventType string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		begin, open := strings.CutSuffix(name, "*")
		return name == eventType || open && strings.HasPrefix(eventType, begin)
	})
}

const (
	maxURL   = 2000
	maxTypes = 50
)

// Publish asks that events be sent on these terms from now on.
type Publish struct {
	Subscription string `json:"subscription"`
	Title        string `json:"title,omitempty"`
	Terms
}

func (Publish) Needs() Needs { return Needs{Founds: true} }

// Decide yields a new version unless the very same one is in force. One that was retired begins again with a new secret.
func (c Publish) Decide(s *State, g Given) ([]Event, error) {
	if !domain.Nameable(c.Subscription) || c.Subscription == Configured {
		return nil, ErrName
	}
	if err := domain.CheckText(c.Title, 300); err != nil {
		return nil, err.At("title")
	}
	if !isReachable(c.URL) {
		return nil, ErrURL
	}
	if len(c.Types) == 0 || len(c.Types) > maxTypes || slices.ContainsFunc(c.Types, isNoType) {
		return nil, ErrTypes
	}
	if c.Rule != "" {
		if _, err := rules.Compile(c.Rule); err != nil {
			return nil, err
		}
	}
	if s.active && s.title == c.Title && s.terms.same(c.Terms) {
		return nil, nil
	}
	secret := s.secret
	if !s.active {
		secret++
	}
	return []Event{Published{Subscription: c.Subscription, Version: s.version + 1, Title: c.Title, Secret: secret, Terms: c.Terms}}, nil
}

// Configured is the name of the subscription that the server is started with; no other may have it.
const Configured = "publish"

// isReachable reports whether events can be sent to a URL. It holds no password, since the log shows it.
func isReachable(text string) bool {
	u, err := url.Parse(text)
	return err == nil && len(text) <= maxURL && domain.PlainText(text) && (u.Scheme == "http" || u.Scheme == "https") &&
		u.Hostname() != "" && u.User == nil && u.Fragment == ""
}

func isNoType(name string) bool { return !IsType(name) }

// IsType reports whether a name could be that of types of events.
func IsType(name string) bool { return len(name) <= 100 && typePattern.MatchString(name) }

// Published is the fact that events are sent on these terms. Versions count from 1, and so do secrets.
type Published struct {
	Subscription string `json:"subscription"`
	Version      int    `json:"version"`
	Title        string `json:"title,omitempty"` // what people call it
	Secret       int    `json:"secret"`          // number of the secret that signs
	Terms
}

func (Published) EventType() string { return "subscription.published.v1" }

func (e Published) Evolve(s *State, _ domain.Metadata) {
	*s = State{version: e.Version, secret: e.Secret, title: e.Title, terms: e.Terms, active: true, overlap: s.overlap}
}

// secretOverlap is how long an old secret signs beside the new one.
const secretOverlap = 24 * time.Hour

// RotateSecret asks for a new secret. For a day the old one signs beside it; who asks again in that day gets no other.
type RotateSecret struct {
	Subscription string `json:"subscription"`
}

func (RotateSecret) Needs() Needs { return Needs{} }

func (c RotateSecret) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case !s.active:
		return nil, ErrUnknown
	case g.Now.Before(s.overlap):
		return nil, nil
	}
	return []Event{SecretRotated{Subscription: c.Subscription, Version: s.version, Secret: s.secret + 1,
		PreviousUntil: g.Now.Add(secretOverlap).UTC().Truncate(time.Second)}}, nil
}

// SecretRotated is the fact that events are signed with another secret.
type SecretRotated struct {
	Subscription  string    `json:"subscription"`
	Version       int       `json:"version"`        // that is in force
	Secret        int       `json:"secret"`         // its number
	PreviousUntil time.Time `json:"previous_until"` // until then the one before signs too
}

func (SecretRotated) EventType() string { return "subscription.secret_rotated.v1" }

func (e SecretRotated) Evolve(s *State, _ domain.Metadata) {
	s.secret, s.overlap = e.Secret, e.PreviousUntil
}

// Retire asks that nothing more be sent.
type Retire struct {
	Subscription string `json:"subscription"`
}

func (Retire) Needs() Needs { return Needs{} }

func (c Retire) Decide(s *State, g Given) ([]Event, error) {
	if !s.active {
		return nil, nil
	}
	return []Event{Retired{Subscription: c.Subscription, Version: s.version}}, nil
}

// Retired is the fact that nothing more is sent.
type Retired struct {
	Subscription string `json:"subscription"`
	Version      int    `json:"version"` // that was in force
}

func (Retired) EventType() string { return "subscription.retired.v1" }

func (e Retired) Evolve(s *State, _ domain.Metadata) { s.active = false }

var typePattern = regexp.MustCompile(`^(\*|[a-z][a-z0-9_.]*\*?)$`)

var (
	ErrName = &domain.Rejection{Kind: domain.Invalid, Code: "subscription_name_malformed", Field: "subscription",
		Reason: "a subscription's name is 1 to 63 of a-z, 0-9, _ and -, begins with a letter, and is not publish"}
	ErrURL = &domain.Rejection{Kind: domain.Invalid, Code: "url_malformed", Field: "url",
		Reason: "events go to an http or https URL of at most 2000 characters, without a password or a fragment"}
	ErrTypes = &domain.Rejection{Kind: domain.Invalid, Code: "types_malformed", Field: "types",
		Reason: "name 1 to 50 types of events; a star at the end stands for any ending"}
	ErrUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "subscription_unknown", Field: "subscription",
		Reason: "no such subscription is in force"}
)
