package customer

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A referral is that the customer spoke of us to somebody; it is converted when that one became a customer. A
// testimonial is a recommendation in public, to nobody in particular.

// MakeReferral asks to remember that the customer referred somebody to us, who has no name here.
type MakeReferral struct {
	ReferralID uuid.UUID `json:"referral_id"`
	Via        string    `json:"via,omitempty"`
}

func (MakeReferral) Needs() Needs { return Needs{} }

// Decide accepts each ReferralID once.
func (c MakeReferral) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.ReferralID == uuid.Nil:
		return nil, ErrReferralID
	}
	if err := checkText(c.Via, 100, "via"); err != nil {
		return nil, err
	}
	if known, ok := s.referrals.made[c.ReferralID]; ok {
		if known == c.Via {
			return nil, nil
		}
		return nil, ErrReferralOtherwise
	}
	return []Event{ReferralMade(c)}, nil
}

// ReferralMade is the fact that the customer referred somebody to us.
type ReferralMade struct {
	ReferralID uuid.UUID `json:"referral_id"`
	Via        string    `json:"via,omitempty"` // by what means: link, card, word of mouth, …
}

func (ReferralMade) EventType() string { return "customer.referral_made.v1" }

func (e ReferralMade) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aReferral, e.ReferralID, m)
	remember(&s.referrals.made, e.ReferralID, e.Via)
}

// Summary implements Told.
func (e ReferralMade) Summary() string { return "referred somebody to us" }

// ConvertReferral asks to remember that whom the customer referred became a customer.
type ConvertReferral struct {
	ReferralID uuid.UUID  `json:"referral_id"`
	ReferredID uuid.UUID  `json:"referred_id"`
	PurchaseID *uuid.UUID `json:"purchase_id,omitempty"`
}

func (c ConvertReferral) Needs() Needs { return needsCustomer(c.ReferredID) }

// Decide converts each referral once, and brings each customer once.
func (c ConvertReferral) Decide(s *State, g Given) ([]Event, error) {
	if c.ReferredID == uuid.Nil || c.ReferredID == g.ID {
		return nil, ErrReferredID
	}
	if _, made := s.referrals.made[c.ReferralID]; !made {
		return nil, ErrReferralUnknown
	}
	e := ReferralConverted{ReferralID: c.ReferralID, ReferredID: c.ReferredID, PurchaseID: c.PurchaseID}
	if known, ok := s.referrals.converted[c.ReferralID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrReferralConverted
	}
	if _, brought := s.referrals.brought[c.ReferredID]; brought {
		return nil, ErrReferredTwice
	}
	switch {
	case s.StandsFor(c.ReferredID):
		return nil, ErrReferredID
	case !g.Needs.Customer.Known:
		return nil, ErrReferredUnknown
	}
	if err := s.began.notBefore(aReferral, c.ReferralID, g); err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

// ReferralConverted is the fact that the customer brought us another.
type ReferralConverted struct {
	ReferralID uuid.UUID  `json:"referral_id"`
	ReferredID uuid.UUID  `json:"referred_id"`           // the customer who was brought
	PurchaseID *uuid.UUID `json:"purchase_id,omitempty"` // theirs, by which it is known
}

func (ReferralConverted) EventType() string { return "customer.referral_converted.v1" }

func (e ReferralConverted) Evolve(s *State, _ domain.Metadata) {
	remember(&s.referrals.converted, e.ReferralID, e.digest())
	remember(&s.referrals.brought, e.ReferredID, struct{}{})
}

// Summary implements Told.
func (e ReferralConverted) Summary() string { return "brought us a customer" }

func (e ReferralConverted) digest() domain.Digest {
	d := domain.NewDigest().ID(e.ReferredID)
	if e.PurchaseID != nil {
		d = d.ID(*e.PurchaseID)
	}
	return d
}

// GiveTestimonial asks to remember that the customer recommended us in public.
type GiveTestimonial struct {
	TestimonialID uuid.UUID `json:"testimonial_id"`
	Where         string    `json:"where"`
	Text          string    `json:"text,omitempty"`
}

func (GiveTestimonial) Needs() Needs { return Needs{} }

// Decide accepts each TestimonialID once.
func (c GiveTestimonial) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.TestimonialID == uuid.Nil:
		return nil, ErrTestimonialID
	case c.Where == "":
		return nil, ErrTestimonialWhere
	}
	if err := checkText(c.Where, 300, "where"); err != nil {
		return nil, err
	}
	if err := checkText(c.Text, 10_000, "text"); err != nil {
		return nil, err
	}
	e := TestimonialGiven(c)
	if known, ok := s.referrals.testimonials[c.TestimonialID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrTestimonialOtherwise
	}
	return []Event{e}, nil
}

// TestimonialGiven is the fact that the customer recommended us in public.
type TestimonialGiven struct {
	TestimonialID uuid.UUID `json:"testimonial_id"`
	Where         string    `json:"where"`                          // a review site, a fair, a newspaper, …
	Text          string    `json:"text,omitempty" personal:"true"` // what they said
}

func (TestimonialGiven) EventType() string { return "customer.testimonial_given.v1" }

func (e TestimonialGiven) Evolve(s *State, _ domain.Metadata) {
	remember(&s.referrals.testimonials, e.TestimonialID, e.digest())
}

// Summary implements Told.
func (e TestimonialGiven) Summary() string { return "recommended us in public" }

func (e TestimonialGiven) digest() domain.Digest {
	return domain.NewDigest().Text(e.Where).Text(e.Text)
}

type referralsState struct {
	made         map[uuid.UUID]string // by what means
	converted    map[uuid.UUID]domain.Digest
	brought      map[uuid.UUID]struct{} // customers
	testimonials map[uuid.UUID]domain.Digest
}

var (
	ErrReferralID = &domain.Rejection{Kind: domain.Invalid, Code: "referral_id_missing", Field: "referral_id",
		Reason: "name the referral by a UUID"}
	ErrReferralOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "referral_made_otherwise",
		Field: "referral_id", Reason: "this referral was made before, by other means"}
	ErrReferralUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "referral_unknown", Field: "referral_id",
		Reason: "the customer made no such referral"}
	ErrReferredID = &domain.Rejection{Kind: domain.Invalid, Code: "referred_id_missing", Field: "referred_id",
		Reason: "name the other customer, who was brought, by their UUID"}
	ErrReferredUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "referred_unknown", Field: "referred_id",
		Reason: "no such customer: register them first"}
	ErrReferralConverted = &domain.Rejection{Kind: domain.Conflict, Code: "referral_converted_otherwise",
		Field: "referral_id", Reason: "this referral brought another customer, or by another purchase"}
	ErrReferredTwice = &domain.Rejection{Kind: domain.Refused, Code: "referred_already", Field: "referred_id",
		Reason: "another referral of this customer brought them already"}
	ErrTestimonialID = &domain.Rejection{Kind: domain.Invalid, Code: "testimonial_id_missing",
		Field: "testimonial_id", Reason: "name the testimonial by a UUID"}
	ErrTestimonialWhere = &domain.Rejection{Kind: domain.Invalid, Code: "testimonial_where_missing", Field: "where",
		Reason: "say where the customer recommended us"}
	ErrTestimonialOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "testimonial_given_otherwise",
		Field: "testimonial_id", Reason: "this testimonial was given before, with other content"}
)
