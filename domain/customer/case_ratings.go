package customer

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A rating says how justly a complaint was handled, in the customer's eyes: by what they got (distributive
// justice), by how it was decided (procedural) and by how they were treated (interactional). Each is an answer from
// 1, not just at all, to 7, entirely just. The three kinds are those of Tax, Brown and Chandrashekaran (1998),
// "Customer Evaluations of Service Complaint Experiences", Journal of Marketing 62(2).

// RateComplaint asks to remember how justly the customer feels a complaint was handled.
type RateComplaint struct {
	CaseID        uuid.UUID `json:"case_id"`
	Distributive  int       `json:"distributive"`
	Procedural    int       `json:"procedural"`
	Interactional int       `json:"interactional"`
}

func (RateComplaint) Needs() Needs { return Needs{} }

// Decide accepts one rating of each resolution: a complaint that was reopened can be rated anew once it is
// resolved again.
func (c RateComplaint) Decide(s *State, g Given) ([]Event, error) {
	k, err := s.knownCase(c.CaseID, g)
	switch {
	case err != nil:
		return nil, err
	case k.kind != Complaint:
		return nil, ErrNoComplaint
	case !rateable(c.Distributive):
		return nil, ErrRating.At("distributive")
	case !rateable(c.Procedural):
		return nil, ErrRating.At("procedural")
	case !rateable(c.Interactional):
		return nil, ErrRating.At("interactional")
	case k.resolution == nil:
		return nil, ErrCaseUnresolved
	}
	e := ComplaintRated(c)
	if k.rating != nil {
		if *k.rating == e.digest() {
			return nil, nil
		}
		return nil, ErrRatedOtherwise
	}
	if err := s.began.notBefore(aPhase, c.CaseID, g); err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

func rateable(score int) bool { return score >= 1 && score <= 7 }

// ComplaintRated is the fact that the customer said how justly a complaint was handled, from 1 to 7 each.
type ComplaintRated struct {
	CaseID        uuid.UUID `json:"case_id"`
	Distributive  int       `json:"distributive"`  // what they got, 1 to 7
	Procedural    int       `json:"procedural"`    // how it was decided, 1 to 7
	Interactional int       `json:"interactional"` // how they were treated, 1 to 7
}

func (ComplaintRated) EventType() string { return "customer.complaint_rated.v1" }

func (e ComplaintRated) Evolve(s *State, _ domain.Metadata) {
	s.cases.change(e.CaseID, func(k *caseState) {
		d := e.digest()
		k.rating = &d
	})
}

// Summary implements Told.
func (e ComplaintRated) Summary() string { return "rated how a complaint was handled" }

func (e ComplaintRated) digest() domain.Digest {
	return domain.NewDigest().Int(int64(e.Distributive)).Int(int64(e.Procedural)).Int(int64(e.Interactional))
}

var (
	ErrNoComplaint = &domain.Rejection{Kind: domain.Refused, Code: "case_no_complaint", Field: "case_id",
		Reason: "this case is no complaint"}
	ErrRating = &domain.Rejection{Kind: domain.Invalid, Code: "rating_out_of_range", Field: "distributive",
		Reason: "a rating is a whole number from 1 to 7"}
	ErrRatedOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "complaint_rated_otherwise", Field: "case_id",
		Reason: "how this complaint was handled was rated before, otherwise"}
)
