package customer

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/identity"
)

// A contact point is by what the customer can be reached: an e-mail address, a phone number, a place that post goes to.
// Unlike an identity it tells nobody who they are, so a household may share one. One of each kind may be preferred.

// ContactKind is the channel that a contact point belongs to.
type ContactKind string

// ContactKinds are those that exist.
var ContactKinds = []ContactKind{"email", "phone", "post", "social", "messenger"}

// AddContactPoint asks to remember by what the customer can be reached.
type AddContactPoint struct {
	ContactPointID uuid.UUID   `json:"contact_point_id"`
	Kind           ContactKind `json:"kind"`
	Value          string      `json:"value,omitempty"` // of an address, where it is absent, its parts in one line
	Address        *Address    `json:"address,omitempty"`
	Label          string      `json:"label,omitempty"`
	Preferred      bool        `json:"preferred,omitempty"`
}

func (c AddContactPoint) Needs() Needs { return needsPhones(identity.Kind(c.Kind)) }

// Decide accepts each ContactPointID once, and each address or number once at a time.
func (c AddContactPoint) Decide(s *State, g Given) ([]Event, error) {
	e, err := c.checked(g.Needs.Phones.Region)
	if err != nil {
		return nil, err
	}
	if known, ok := s.contactPoints[c.ContactPointID]; ok {
		if known.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrContactPointOtherwise
	}
	if id, taken := s.contactPoints.find(e.Kind, e.Value); taken {
		twice := *ErrContactPointTwice
		twice.Existing = id.String()
		return nil, &twice
	}
	if len(s.contactPoints) >= maxContactPoints {
		return nil, ErrContactPoints
	}
	if c.Preferred && !early(s.contactPoints.preferredAt(e.Kind), g) {
		return []Event{e, s.contactPoints.prefer(e.ContactPointID, e.Kind)}, nil
	}
	return []Event{e}, nil
}

func (c AddContactPoint) checked(region string) (ContactPointAdded, error) {
	e := ContactPointAdded{ContactPointID: c.ContactPointID, Kind: c.Kind, Value: strings.TrimSpace(c.Value),
		Address: c.Address, Label: c.Label}
	if e.Value == "" && c.Address != nil {
		e.Value = c.Address.String()
	}
	switch {
	case c.ContactPointID == uuid.Nil:
		return e, ErrContactPointID
	case !slices.Contains(ContactKinds, c.Kind):
		return e, ErrContactKind
	case e.Value == "":
		return e, ErrContactPointEmpty
	}
	if err := cmp.Or(c.Address.check(c.Kind), checkText(e.Value, 1000, "value"), checkText(c.Label, 100, "label")); err != nil {
		return e, err
	}
	if kind := identity.Kind(c.Kind); kind == identity.Email || kind == identity.Phone {
		key, err := identity.NormalIn(identity.Key{Kind: kind, Value: c.Value}, region)
		if err != nil {
			return e, err
		}
		e.Value = key.Value
	}
	return e, nil
}

// ContactPointAdded is the fact that we know by what the customer can be reached.
type ContactPointAdded struct {
	ContactPointID uuid.UUID   `json:"contact_point_id"`
	Kind           ContactKind `json:"kind"`                            // the channel: email, phone, post, social or messenger
	Value          string      `json:"value" personal:"true"`           // address, number or name
	Address        *Address    `json:"address,omitempty"`               // by its parts
	Label          string      `json:"label,omitempty" personal:"true"` // what for or whose: work, billing, the neighbour's, …
}

func (ContactPointAdded) EventType() string { return "customer.contact_point_added.v1" }

func (e ContactPointAdded) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aContactPoint, e.ContactPointID, m)
	if s.contactPoints == nil {
		s.contactPoints = contactPointsState{}
	}
	s.contactPoints[e.ContactPointID] = &contactPointState{kind: e.Kind, value: e.normal(), digest: e.digest()}
}

// Summary implements Told.
func (e ContactPointAdded) Summary() string { return "can be reached another way: " + string(e.Kind) }

func (e ContactPointAdded) digest() domain.Digest {
	return e.Address.digest(domain.NewDigest().Text(string(e.Kind)).Text(e.normal()).Text(e.Label))
}

// normal returns the value in the form in which values are compared; what was recorded before may have another one.
func (e ContactPointAdded) normal() string {
	if key, err := identity.Normal(identity.Key{Kind: identity.Kind(e.Kind), Value: e.Value}); err == nil {
		return key.Value
	}
	return e.Value
}

// PreferContactPoint asks that the customer be reached by this one before others of its kind.
type PreferContactPoint struct {
	ContactPointID uuid.UUID `json:"contact_point_id"`
}

func (PreferContactPoint) Needs() Needs { return Needs{} }

// Decide yields nothing for what is preferred already.
func (c PreferContactPoint) Decide(s *State, g Given) ([]Event, error) {
	p, err := s.contactPoint(c.ContactPointID)
	switch {
	case err != nil || p.preferred:
		return nil, err
	case early(s.contactPoints.preferredAt(p.kind), g):
		return nil, ErrContactPointEarlier
	}
	if err := s.began.notBefore(aContactPoint, c.ContactPointID, g); err != nil {
		return nil, err
	}
	return []Event{s.contactPoints.prefer(c.ContactPointID, p.kind)}, nil
}

// ContactPointPreferred is the fact that the customer is to be reached by this one before others of its kind.
type ContactPointPreferred struct {
	ContactPointID uuid.UUID  `json:"contact_point_id"`
	Instead        *uuid.UUID `json:"instead,omitempty"` // of the one that was preferred before
}

func (ContactPointPreferred) EventType() string { return "customer.contact_point_preferred.v1" }

// Evolve prefers the one that was preferred last, also where two customers became one who preferred one each.
func (e ContactPointPreferred) Evolve(s *State, m domain.Metadata) {
	p := s.contactPoints[e.ContactPointID]
	if p == nil {
		return
	}
	last := s.contactPoints.preferredAt(p.kind)
	p.preferredAt = m.OccurredAt
	if p.removed || !m.OccurredAt.IsZero() && m.OccurredAt.Before(last) {
		return
	}
	for _, other := range s.contactPoints {
		other.preferred = other.preferred && other.kind != p.kind
	}
	p.preferred = true
}

// Summary implements Told.
func (e ContactPointPreferred) Summary() string { return "is to be reached another way first" }

// VerifyContactPoint asks to remember that the customer can indeed be reached by it.
type VerifyContactPoint struct {
	ContactPointID uuid.UUID `json:"contact_point_id"`
	Method         string    `json:"method"`
}

func (VerifyContactPoint) Needs() Needs { return Needs{} }

// Decide yields nothing for what was verified already, by whatever method.
func (c VerifyContactPoint) Decide(s *State, g Given) ([]Event, error) {
	p, err := s.contactPoint(c.ContactPointID)
	switch {
	case err != nil:
		return nil, err
	case c.Method == "":
		return nil, ErrContactPointMethod
	}
	if err := checkText(c.Method, 100, "method"); err != nil {
		return nil, err
	}
	if p.verified {
		return nil, nil
	}
	if err := s.began.notBefore(aContactPoint, c.ContactPointID, g); err != nil {
		return nil, err
	}
	return []Event{ContactPointVerified(c)}, nil
}

// ContactPointVerified is the fact that the customer can indeed be reached by it.
type ContactPointVerified struct {
	ContactPointID uuid.UUID `json:"contact_point_id"`
	Method         string    `json:"method"` // how it was found out: link, code, call, letter, …
}

func (ContactPointVerified) EventType() string { return "customer.contact_point_verified.v1" }

func (e ContactPointVerified) Evolve(s *State, m domain.Metadata) {
	if p := s.contactPoints[e.ContactPointID]; p != nil {
		p.verified, p.verifiedAt = true, m.OccurredAt
	}
}

// Summary implements Told.
func (e ContactPointVerified) Summary() string { return "can indeed be reached: verified" }

// RemoveContactPoint asks to remember that the customer cannot be reached by it any more.
type RemoveContactPoint struct {
	ContactPointID uuid.UUID `json:"contact_point_id"`
	Reason         string    `json:"reason,omitempty"`
}

func (RemoveContactPoint) Needs() Needs { return Needs{} }

// Decide yields nothing for what was removed already.
func (c RemoveContactPoint) Decide(s *State, g Given) ([]Event, error) {
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	switch p := s.contactPoints[c.ContactPointID]; {
	case p == nil:
		return nil, ErrContactPointUnknown
	case p.removed:
		return nil, nil
	case early(p.preferredAt, g), early(p.verifiedAt, g):
		return nil, ErrContactPointEarlier
	}
	if err := s.began.notBefore(aContactPoint, c.ContactPointID, g); err != nil {
		return nil, err
	}
	return []Event{ContactPointRemoved(c)}, nil
}

// ContactPointRemoved is the fact that the customer cannot be reached by it any more.
type ContactPointRemoved struct {
	ContactPointID uuid.UUID `json:"contact_point_id"`
	Reason         string    `json:"reason,omitempty" personal:"true"` // moved, bounced, asked for it, …
}

func (ContactPointRemoved) EventType() string { return "customer.contact_point_removed.v1" }

func (e ContactPointRemoved) Evolve(s *State, _ domain.Metadata) {
	if p := s.contactPoints[e.ContactPointID]; p != nil {
		p.removed, p.preferred = true, false
	}
}

// Summary implements Told.
func (e ContactPointRemoved) Summary() string { return "cannot be reached one way any more" }

type contactPointsState map[uuid.UUID]*contactPointState

type contactPointState struct {
	kind                         ContactKind
	value                        string
	preferred, verified, removed bool
	preferredAt, verifiedAt      time.Time // when it was last
	digest                       domain.Digest
}

// contactPoint answers one that is in use.
func (s *State) contactPoint(id uuid.UUID) (*contactPointState, error) {
	switch p := s.contactPoints[id]; {
	case p == nil:
		return nil, ErrContactPointUnknown
	case p.removed:
		return nil, ErrContactPointRemoved
	default:
		return p, nil
	}
}

// find answers the one in use of that kind and value.
func (s contactPointsState) find(kind ContactKind, value string) (uuid.UUID, bool) {
	for id, p := range s {
		if p.kind == kind && p.value == value && !p.removed {
			return id, true
		}
	}
	return uuid.Nil, false
}

// preferredAt returns when one of a kind was last preferred.
func (s contactPointsState) preferredAt(kind ContactKind) (last time.Time) {
	for _, p := range s {
		if p.kind == kind && p.preferredAt.After(last) {
			last = p.preferredAt
		}
	}
	return last
}

// prefer answers the fact that one is preferred to the one that is now.
func (s contactPointsState) prefer(id uuid.UUID, kind ContactKind) ContactPointPreferred {
	for other, p := range s {
		if p.kind == kind && p.preferred {
			return ContactPointPreferred{ContactPointID: id, Instead: &other}
		}
	}
	return ContactPointPreferred{ContactPointID: id}
}

// maxContactPoints bounds those of one customer, removed ones included.
const maxContactPoints = 200

var (
	ErrContactPointID = &domain.Rejection{Kind: domain.Invalid, Code: "contact_point_id_missing",
		Field: "contact_point_id", Reason: "name the contact point by a UUID"}
	ErrContactKind = &domain.Rejection{Kind: domain.Invalid, Code: "contact_kind_unknown", Field: "kind",
		Reason: "a contact point is of kind email, phone, post, social or messenger"}
	ErrContactPointEmpty = &domain.Rejection{Kind: domain.Invalid, Code: "contact_point_empty", Field: "value",
		Reason: "give the address, number or name"}
	ErrContactPointMethod = &domain.Rejection{Kind: domain.Invalid, Code: "contact_point_method_missing",
		Field: "method", Reason: "say how it was verified"}
	ErrContactPointOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "contact_point_added_otherwise",
		Field: "contact_point_id", Reason: "this contact point was added before, with other content"}
	ErrContactPointTwice = &domain.Rejection{Kind: domain.Conflict, Code: "contact_point_added_already",
		Field: "value", Reason: "the customer has this contact point under another id"}
	ErrContactPoints = &domain.Rejection{Kind: domain.Refused, Code: "contact_points_too_many",
		Field: "contact_point_id", Reason: "at most 200 contact points of one customer are kept"}
	ErrContactPointUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "contact_point_unknown",
		Field: "contact_point_id", Reason: "the customer has no such contact point"}
	ErrContactPointEarlier = &domain.Rejection{Kind: domain.Refused, Code: "contact_point_changed_later",
		Field: "occurred_at", Reason: "what holds of it was so later"}
	ErrContactPointRemoved = &domain.Rejection{Kind: domain.Refused, Code: "contact_point_removed",
		Field: "contact_point_id", Reason: "the customer cannot be reached by this one any more"}
)
