package customer

import (
	"regexp"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// An agreement binds the customer and us for a time: a framework contract, a partnership, joint development. It
// is in force from its first day until it is ended, or until its last day is over.

// SignAgreement asks to remember that the customer and we agreed on something.
type SignAgreement struct {
	AgreementID uuid.UUID   `json:"agreement_id"`
	Kind        string      `json:"kind"`
	StartsOn    domain.Day  `json:"starts_on"`
	EndsOn      *domain.Day `json:"ends_on,omitempty"`
}

func (SignAgreement) Needs() Needs { return Needs{} }

// Decide accepts each AgreementID once.
func (c SignAgreement) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.AgreementID == uuid.Nil:
		return nil, ErrAgreementID
	case !agreementKind.MatchString(c.Kind):
		return nil, ErrAgreementKind
	case c.EndsOn != nil && (*c.EndsOn < c.StartsOn || *c.EndsOn > c.StartsOn+maxAgreementDays):
		return nil, ErrAgreementEndsOn
	}
	e := AgreementSigned{AgreementID: c.AgreementID, Kind: c.Kind, StartsOn: c.StartsOn, EndsOn: c.EndsOn}
	if known, ok := s.agreements.known[c.AgreementID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrAgreementOtherwise
	}
	if c.StartsOn < g.On-maxAgreementDays || c.StartsOn > g.On+maxAgreementDays {
		return nil, ErrAgreementStartsOn
	}
	return []Event{e}, nil
}

// AgreementSigned is the fact that the customer and we agreed on something.
type AgreementSigned struct {
	AgreementID uuid.UUID   `json:"agreement_id"`
	Kind        string      `json:"kind"`              // framework, partnership, co_creation, …
	StartsOn    domain.Day  `json:"starts_on"`         // first day on which it is in force
	EndsOn      *domain.Day `json:"ends_on,omitempty"` // last day; in force until it is ended without it
}

func (AgreementSigned) EventType() string { return "customer.agreement_signed.v1" }

func (e AgreementSigned) Evolve(s *State, m domain.Metadata) {
	s.began.begin(anAgreement, e.AgreementID, m)
	remember(&s.agreements.known, e.AgreementID, e.digest())
	remember(&s.agreements.open, e.AgreementID, expiry(e.EndsOn))
}

// Summary implements Told.
func (e AgreementSigned) Summary() string { return "signed an agreement from " + e.StartsOn.String() }

func (e AgreementSigned) digest() domain.Digest {
	return domain.NewDigest().Text(e.Kind).Int(int64(e.StartsOn)).Int(int64(expiry(e.EndsOn)))
}

// EndAgreement asks to remember that an agreement ended before its last day.
type EndAgreement struct {
	AgreementID uuid.UUID `json:"agreement_id"`
	Reason      string    `json:"reason,omitempty"`
}

func (EndAgreement) Needs() Needs { return Needs{} }

// Decide yields nothing for an agreement that has ended.
func (c EndAgreement) Decide(s *State, g Given) ([]Event, error) {
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	if _, known := s.agreements.known[c.AgreementID]; !known {
		return nil, ErrAgreementUnknown
	}
	if _, open := s.agreements.open[c.AgreementID]; !open {
		return nil, nil
	}
	if err := s.began.notBefore(anAgreement, c.AgreementID, g); err != nil {
		return nil, err
	}
	return []Event{AgreementEnded{AgreementID: c.AgreementID, Reason: c.Reason}}, nil
}

// AgreementEnded is the fact that an agreement is not in force any more; Expired, because its last day was over.
type AgreementEnded struct {
	AgreementID uuid.UUID `json:"agreement_id"`
	Reason      string    `json:"reason,omitempty" personal:"true"`
	Expired     bool      `json:"expired,omitempty"`
}

func (AgreementEnded) EventType() string { return "customer.agreement_ended.v1" }

func (e AgreementEnded) Evolve(s *State, _ domain.Metadata) { delete(s.agreements.open, e.AgreementID) }

// Summary implements Told.
func (e AgreementEnded) Summary() string {
	if e.Expired {
		return "an agreement expired"
	}
	return "an agreement was ended"
}

type agreementsState struct {
	known map[uuid.UUID]domain.Digest
	open  map[uuid.UUID]domain.Day // the last day
}

func (a *agreementsState) next() (due domain.Day, ok bool) {
	due = noExpiry
	for _, day := range a.open {
		due = min(due, day)
	}
	return due, due != noExpiry
}

func (a *agreementsState) fall(day domain.Day) []Event {
	return fallen(a.open, day, func(id uuid.UUID) Event { return AgreementEnded{AgreementID: id, Expired: true} })
}

var agreementKind = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

// maxAgreementDays bounds how long an agreement is in force, and how far from its signing it starts: 50 years.
const maxAgreementDays = 18263

var (
	ErrAgreementID = &domain.Rejection{Kind: domain.Invalid, Code: "agreement_id_missing", Field: "agreement_id",
		Reason: "name the agreement by a UUID"}
	ErrAgreementKind = &domain.Rejection{Kind: domain.Invalid, Code: "agreement_kind", Field: "kind",
		Reason: "the kind of an agreement is 1 to 32 of a-z, 0-9 and _, such as framework or co_creation"}
	ErrAgreementStartsOn = &domain.Rejection{Kind: domain.Invalid, Code: "agreement_starts_on_out_of_range",
		Field: "starts_on", Reason: "an agreement starts within fifty years of the day on which it is signed"}
	ErrAgreementEndsOn = &domain.Rejection{Kind: domain.Invalid, Code: "agreement_ends_on_out_of_range",
		Field: "ends_on", Reason: "an agreement ends on the day it starts or within fifty years"}
	ErrAgreementOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "agreement_signed_otherwise",
		Field: "agreement_id", Reason: "this agreement was signed before, with other content"}
	ErrAgreementUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "agreement_unknown", Field: "agreement_id",
		Reason: "the customer signed no such agreement"}
)
