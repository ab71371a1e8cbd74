package customer

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A relationship says what the customer is to another customer: an employee of a company, a supplier, of the same
// household. It is recorded in the stream of the one whom it is declared of, and can be read from both ends.

// RelationshipKind says what the customer is to the other one.
type RelationshipKind string

// RelationshipKinds are those that exist. Household and partner_of are the same from both ends.
var RelationshipKinds = []RelationshipKind{"household", "employee_of", "parent_company_of", "supplier_of", "partner_of",
	"influences", "pays_for", "represents", "referred_by"}

// DeclareRelationship asks to remember what the customer is to another one.
type DeclareRelationship struct {
	RelationshipID uuid.UUID        `json:"relationship_id"`
	OtherID        uuid.UUID        `json:"other_id"`
	Kind           RelationshipKind `json:"kind"`
	Since          *domain.Day      `json:"since,omitempty"`
}

func (c DeclareRelationship) Needs() Needs { return needsCustomer(c.OtherID) }

// Decide accepts each RelationshipID once, and each kind of relationship to another customer once at a time.
func (c DeclareRelationship) Decide(s *State, g Given) ([]Event, error) {
	e := RelationshipDeclared{RelationshipID: c.RelationshipID, OtherID: c.OtherID, Kind: c.Kind, Since: c.Since}
	switch {
	case c.RelationshipID == uuid.Nil:
		return nil, ErrRelationshipID
	case !slices.Contains(RelationshipKinds, c.Kind):
		return nil, ErrRelationshipKind
	case c.OtherID == uuid.Nil || c.OtherID == g.ID:
		return nil, ErrOther
	}
	if known, ok := s.relationships[c.RelationshipID]; ok {
		if known.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrRelationshipOtherwise
	}
	for id, known := range s.relationships {
		if known.other == c.OtherID && known.kind == c.Kind && !known.ended {
			twice := *ErrRelationshipTwice
			twice.Existing = id.String()
			return nil, &twice
		}
	}
	switch {
	case s.StandsFor(c.OtherID):
		return nil, ErrOther
	case c.Since != nil && (*c.Since > g.On || *c.Since < g.On-maxRelationshipDays):
		return nil, ErrRelationshipSince
	case len(s.relationships) >= maxRelationships:
		return nil, ErrRelationships
	case !g.Needs.Customer.Known:
		return nil, ErrOtherUnknown
	}
	return []Event{e}, nil
}

// RelationshipDeclared is the fact that the customer is something to another one.
type RelationshipDeclared struct {
	RelationshipID uuid.UUID        `json:"relationship_id"`
	OtherID        uuid.UUID        `json:"other_id"`        // the other customer
	Kind           RelationshipKind `json:"kind"`            // what the customer is to them: employee_of, household, …
	Since          *domain.Day      `json:"since,omitempty"` // first business day; absent where nobody said
}

func (RelationshipDeclared) EventType() string { return "customer.relationship_declared.v1" }

func (e RelationshipDeclared) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aRelationship, e.RelationshipID, m)
	remember(&s.relationships, e.RelationshipID, &relationshipState{other: e.OtherID, kind: e.Kind, digest: e.digest()})
}

// Summary implements Told.
func (e RelationshipDeclared) Summary() string {
	return strings.ReplaceAll(string(e.Kind), "_", " ") + ": customer " + e.OtherID.String()
}

func (e RelationshipDeclared) digest() domain.Digest {
	d := domain.NewDigest().ID(e.OtherID).Text(string(e.Kind))
	if e.Since == nil {
		return d
	}
	return d.Int(int64(*e.Since))
}

// EndRelationship asks to remember that the customer is that to the other one no more.
type EndRelationship struct {
	RelationshipID uuid.UUID `json:"relationship_id"`
	Reason         string    `json:"reason,omitempty"`
}

func (EndRelationship) Needs() Needs { return Needs{} }

// Decide yields nothing for what has ended.
func (c EndRelationship) Decide(s *State, g Given) ([]Event, error) {
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	switch known := s.relationships[c.RelationshipID]; {
	case known == nil:
		return nil, ErrRelationshipUnknown
	case known.ended:
		return nil, nil
	}
	if err := s.began.notBefore(aRelationship, c.RelationshipID, g); err != nil {
		return nil, err
	}
	return []Event{RelationshipEnded(c)}, nil
}

// RelationshipEnded is the fact that the customer is that to the other one no more.
type RelationshipEnded struct {
	RelationshipID uuid.UUID `json:"relationship_id"`
	Reason         string    `json:"reason,omitempty" personal:"true"`
}

func (RelationshipEnded) EventType() string { return "customer.relationship_ended.v1" }

func (e RelationshipEnded) Evolve(s *State, _ domain.Metadata) {
	if known := s.relationships[e.RelationshipID]; known != nil {
		known.ended = true
	}
}

// Summary implements Told.
func (e RelationshipEnded) Summary() string { return "a relationship to another customer ended" }

type relationshipState struct {
	other  uuid.UUID
	kind   RelationshipKind
	ended  bool
	digest domain.Digest
}

const (
	maxRelationships    = 500   // of one customer, those that ended included
	maxRelationshipDays = 36525 // a hundred years
)

var (
	ErrRelationshipID = &domain.Rejection{Kind: domain.Invalid, Code: "relationship_id_missing",
		Field: "relationship_id", Reason: "name the relationship by a UUID"}
	ErrRelationshipKind = &domain.Rejection{Kind: domain.Invalid, Code: "relationship_kind_unknown", Field: "kind",
		Reason: "a relationship is one of household, employee_of, parent_company_of, supplier_of, partner_of, influences, " +
			"pays_for, represents, referred_by"}
	ErrOther = &domain.Rejection{Kind: domain.Invalid, Code: "other_customer_missing", Field: "other_id",
		Reason: "name another customer"}
	ErrOtherUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "other_customer_unknown", Field: "other_id",
		Reason: "no such customer: register them first"}
	ErrRelationshipSince = &domain.Rejection{Kind: domain.Invalid, Code: "relationship_since_out_of_range",
		Field: "since", Reason: "a relationship began on the day on which it is declared or up to a hundred years before"}
	ErrRelationshipOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "relationship_declared_otherwise",
		Field: "relationship_id", Reason: "this relationship was declared before, with other content"}
	ErrRelationshipTwice = &domain.Rejection{Kind: domain.Conflict, Code: "relationship_declared_already",
		Field: "relationship_id", Reason: "the customer is that to the other one under another id"}
	ErrRelationshipUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "relationship_unknown",
		Field: "relationship_id", Reason: "no such relationship was declared of this customer"}
	ErrRelationships = &domain.Rejection{Kind: domain.Refused, Code: "relationships_too_many",
		Field: "relationship_id", Reason: "at most 500 relationships of one customer are kept"}
)
