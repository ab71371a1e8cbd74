// Package policy decides about the rules by which the engine itself decides. A policy is data: a versioned
// document, published as an event, so that every automatic decision can name the version it followed.
package policy

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// StreamPrefix begins the name of every policy's stream.
const StreamPrefix = "policy-"

// Stream names a policy's stream.
func Stream(name string) string { return StreamPrefix + name }

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Given   = domain.Given[Needs]
)

// Needs names what a command has to know of others than the policy. Whoever handles the command fills it in.
type Needs struct {
	domain.Needs
	Segments []string
	Versions map[string]int // of their definitions, those that are in force
}

func founding() Needs { return Needs{Needs: domain.Needs{Founds: true}} }

// State is the version in force of one policy; 0 before the first.
type State struct {
	version int
	ladder  Ladder
	service *customer.ServiceTerms
	rfm     RFM
	costs   *Costs
	bands   *PriceBands

	retention Retention
	phones    Phones
}

// Guard implements domain.StateOf: every command may be the first.
func (s *State) Guard(domain.Needs) error { return nil }

// Published is the fact that a policy is in force from now on. Versions count from 1. One of the
// documents is present, the one that Policy names.
type Published struct {
	Policy  string                 `json:"policy"` // which one: ladder, tiers, service, rfm, costs, price_bands, retention or phones
	Version int                    `json:"version"`
	Ladder  *Ladder                `json:"ladder,omitempty"`  // the loyalty ladder, or the tiers
	Service *customer.ServiceTerms `json:"service,omitempty"` // the terms of service
	RFM     *RFM                   `json:"rfm,omitempty"`     // the scheme of RFM scores
	Costs   *Costs                 `json:"costs,omitempty"`   // what activities cost
	// PriceBands are those into which unit prices fall.
	PriceBands *PriceBands `json:"price_bands,omitempty"`
	Retention  *Retention  `json:"retention,omitempty"` // how long customers are kept
	Phones     *Phones     `json:"phones,omitempty"`    // how phone numbers are read
}

func (Published) EventType() string { return "policy.published.v1" }

func (e Published) Evolve(s *State, _ domain.Metadata) {
	s.version = e.Version
	if e.Ladder != nil {
		s.ladder = *e.Ladder
	}
	if e.Service != nil {
		s.service = e.Service
	}
	if e.RFM != nil {
		s.rfm = *e.RFM
	}
	if e.Costs != nil {
		s.costs = e.Costs
	}
	if e.PriceBands != nil {
		s.bands = e.PriceBands
	}
	if e.Retention != nil {
		s.retention = *e.Retention
	}
	if e.Phones != nil {
		s.phones = *e.Phones
	}
}
