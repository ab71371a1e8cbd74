package customer

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/identity"
)

// An identity is an e-mail address, a phone number or another system's id by which the customer is known. It
// belongs to one customer at a time; whoever handles the command claims it before the fact is recorded.

// MaxIdentities bounds what is linked to one customer.
const MaxIdentities = 100

// LinkIdentity asks that the customer be known by an identity too.
type LinkIdentity struct {
	identity.Key
}

func (c LinkIdentity) Needs() Needs { return needsPhones(c.Kind) }

// Decide yields nothing for what is linked already.
func (c LinkIdentity) Decide(s *State, g Given) ([]Event, error) {
	key, err := identity.NormalIn(c.Key, g.Needs.Phones.Region)
	if err != nil {
		return nil, err
	}
	if _, linked := s.linked(key); linked {
		return nil, nil
	}
	if len(s.identities) >= MaxIdentities {
		return nil, ErrIdentities
	}
	return []Event{IdentityLinked{Key: key}}, nil
}

// IdentityLinked is the fact that the customer is known by an identity.
type IdentityLinked struct {
	identity.Key
}

func (IdentityLinked) EventType() string { return "customer.identity_linked.v1" }

func (e IdentityLinked) Evolve(s *State, m domain.Metadata) { s.link(e.Key, m.Of) }

// Claims answers what must be the customer's before this can be recorded.
func (e IdentityLinked) Claims() []identity.Key { return []identity.Key{e.Key} }

// Summary implements Told.
func (e IdentityLinked) Summary() string { return "became known by " + e.told() }

// UnlinkIdentity asks that the customer be known by an identity no more.
type UnlinkIdentity struct {
	identity.Key
}

func (c UnlinkIdentity) Needs() Needs { return needsPhones(c.Kind) }

// Decide yields nothing for what is not linked.
func (c UnlinkIdentity) Decide(s *State, g Given) ([]Event, error) {
	key, err := identity.NormalIn(c.Key, g.Needs.Phones.Region)
	if err != nil {
		return nil, err
	}
	known, linked := s.linked(key)
	if !linked {
		return nil, nil
	}
	return []Event{IdentityUnlinked{Key: known}}, nil
}

// IdentityUnlinked is the fact that the customer is not known by an identity any more.
type IdentityUnlinked struct {
	identity.Key
}

func (IdentityUnlinked) EventType() string { return "customer.identity_unlinked.v1" }

func (e IdentityUnlinked) Evolve(s *State, _ domain.Metadata) { delete(s.identities, e.Key) }

// Releases answers what is nobody's again once this is recorded.
func (e IdentityUnlinked) Releases(s *State) []Identity {
	return []Identity{{e.Key, s.identities[e.Key]}}
}

// Summary implements Told.
func (e IdentityUnlinked) Summary() string { return "is known no more by " + IdentityLinked(e).told() }

func (e IdentityLinked) told() string {
	switch e.Kind {
	case identity.Email:
		return "an e-mail address"
	case identity.Phone:
		return "a phone number"
	}
	return "an id in " + e.System
}

// Claims answers the external ids, which must be the customer's before the registration can be recorded.
func (e Registered) Claims() []identity.Key {
	keys := make([]identity.Key, len(e.ExternalIDs))
	for i, x := range e.ExternalIDs {
		keys[i] = identity.Key{Kind: identity.External, System: x.System, Value: x.ID}
	}
	return keys
}

// Identified tells whether the customer is known by an identity.
func (s *State) Identified(key identity.Key) bool {
	_, linked := s.identities[key]
	return linked
}

// linked returns the form under which the customer is known by an identity; false where they are not.
func (s *State) linked(key identity.Key) (identity.Key, bool) {
	if s.Identified(key) || len(s.identities) == 0 {
		return key, s.Identified(key)
	}
	for _, older := range identity.OlderForms(key) {
		if s.Identified(older) {
			return older, true
		}
	}
	return key, false
}

// Identity is one by which a person is known, and whose it is: an absorbed customer's, or zero for the survivor's.
type Identity struct {
	identity.Key
	Of uuid.UUID
}

// known answers all by which the customer is known, in a fixed order.
func (s *State) known() []Identity {
	all := make([]Identity, 0, len(s.identities))
	for key, of := range s.identities {
		all = append(all, Identity{key, of})
	}
	slices.SortFunc(all, func(a, b Identity) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.System, b.System), cmp.Compare(a.Value, b.Value))
	})
	return all
}

func (s *State) link(key identity.Key, of uuid.UUID) {
	if s.identities == nil {
		s.identities = map[identity.Key]uuid.UUID{}
	}
	s.identities[key] = of
}

// ErrIdentities bounds the identities of one customer.
var ErrIdentities = &domain.Rejection{Kind: domain.Refused, Code: "identities_too_many", Field: "value",
	Reason: "at most 100 identities can be linked to one customer"}
