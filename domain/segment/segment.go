// Package segment decides about named groups of customers. A segment is a rule, versioned: who belongs
// follows from the rule and the facts, and is never said by hand.
package segment

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/rules"
)

// StreamPrefix begins the name of every segment's stream.
const StreamPrefix = "segment-"

// Stream names a segment's stream.
func Stream(name string) string { return StreamPrefix + name }

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Needs   = domain.Needs
	Given   = domain.Given[Needs]
)

// State is the definition in force.
type State struct {
	version int
	title   string
	rule    string
	active  bool
}

// Guard implements domain.StateOf.
func (s *State) Guard(n domain.Needs) error {
	if !n.Founds && s.version == 0 {
		return ErrUnknown
	}
	return nil
}

// InForce tells whether the segment has a definition and was not retired.
func (s *State) InForce() bool { return s.active }

// Version answers the definition in force, or the last one; 0 before the first.
func (s *State) Version() int { return s.version }

// Define asks that a segment follow a rule from now on, whether it existed or not.
type Define struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	Rule  string `json:"rule"`
}

func (Define) Needs() Needs { return Needs{Founds: true} }

// Decide yields a new version unless the very same definition is in force.
func (c Define) Decide(s *State, g Given) ([]Event, error) {
	if !domain.Nameable(c.Name) {
		return nil, ErrName
	}
	if err := domain.CheckText(c.Title, 300); err != nil {
		return nil, err.At("title")
	}
	if _, err := rules.Compile(c.Rule); err != nil {
		return nil, err
	}
	if s.active && s.rule == c.Rule && s.title == c.Title {
		return nil, nil
	}
	return []Event{Defined{Name: c.Name, Version: s.version + 1, Title: c.Title, Rule: c.Rule}}, nil
}

// Defined is the fact that a segment follows a rule. Versions count from 1.
type Defined struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	Title   string `json:"title,omitempty"` // what people call it
	Rule    string `json:"rule"`            // CEL over the facts
}

func (Defined) EventType() string { return "segment.defined.v1" }

func (e Defined) Evolve(s *State, _ domain.Metadata) {
	*s = State{version: e.Version, title: e.Title, rule: e.Rule, active: true}
}

// Retire asks that a segment have no members any more. Its history stays.
type Retire struct {
	Name string `json:"name"`
}

func (Retire) Needs() Needs { return Needs{} }

func (c Retire) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case !s.active:
		return nil, nil
	}
	return []Event{Retired{Name: c.Name, Version: s.version}}, nil
}

// Retired is the fact that a segment is no longer kept.
type Retired struct {
	Name    string `json:"name"`
	Version int    `json:"version"` // of the definition that was in force
}

func (Retired) EventType() string { return "segment.retired.v1" }

func (e Retired) Evolve(s *State, _ domain.Metadata) { s.active = false }

var (
	ErrName = &domain.Rejection{Kind: domain.Invalid, Code: "segment_name_malformed", Field: "name",
		Reason: "a segment's name is 1 to 63 of a-z, 0-9, _ and -, and begins with a letter"}
	ErrUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "segment_unknown", Field: "name",
		Reason: "no such segment"}
)
