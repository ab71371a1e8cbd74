package customer

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A recommendation tells a colleague what to do for the customer, why, and by when. They accept it or dismiss it
// with a reason; when its day is over before they did, it is overdue, and can still be answered.

// IssueRecommendation asks to recommend something to a colleague.
type IssueRecommendation struct {
	RecommendationID uuid.UUID  `json:"recommendation_id"`
	Assignee         string     `json:"assignee"`
	Action           string     `json:"action"`
	Reason           string     `json:"reason"`
	Evidence         []string   `json:"evidence,omitempty"`
	DueOn            domain.Day `json:"due_on"`
}

func (IssueRecommendation) Needs() Needs { return Needs{} }

// Decide accepts each RecommendationID once.
func (c IssueRecommendation) Decide(s *State, g Given) ([]Event, error) { return c.decide(s, g, nil) }

func (c IssueRecommendation) decide(s *State, g Given, by *Guided) ([]Event, error) {
	switch {
	case c.RecommendationID == uuid.Nil:
		return nil, ErrRecommendationID
	case c.Assignee == "":
		return nil, ErrRecommendationAssignee
	case c.Action == "":
		return nil, ErrRecommendationAction
	case c.Reason == "":
		return nil, ErrRecommendationReason
	case len(c.Evidence) > MaxEvidence:
		return nil, ErrRecommendationEvidence
	}
	if err := cmp.Or(checkText(c.Assignee, 300, "assignee"), checkText(c.Action, 1000, "action"),
		checkText(c.Reason, 1000, "reason")); err != nil {
		return nil, err
	}
	for i, text := range c.Evidence {
		if err := checkText(text, MaxEvidenceText, "evidence[%d]", i); err != nil {
			return nil, err
		}
	}
	e := RecommendationIssued{RecommendationID: c.RecommendationID, Assignee: c.Assignee, Action: c.Action,
		Reason: c.Reason, Evidence: c.Evidence, DueOn: c.DueOn, Guided: by}
	if known, ok := s.recommendations[c.RecommendationID]; ok {
		if known.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrRecommendationOtherwise
	}
	if c.DueOn < g.On || c.DueOn > g.On+maxRecommendationDays {
		return nil, ErrRecommendationDueOn
	}
	return []Event{e}, nil
}

// RecommendationIssued is the fact that something was recommended to a colleague.
type RecommendationIssued struct {
	RecommendationID uuid.UUID  `json:"recommendation_id"`
	Assignee         string     `json:"assignee"`                           // the colleague
	Action           string     `json:"action" personal:"true"`             // what they should do
	Reason           string     `json:"reason" personal:"true"`             // why
	Evidence         []string   `json:"evidence,omitempty" personal:"true"` // what that rests on
	DueOn            domain.Day `json:"due_on"`                             // last business day before it is overdue
	Guided           *Guided    `json:"guided,omitempty"`                   // by what guidance; none where a person recommended it
}

func (RecommendationIssued) EventType() string { return "customer.recommendation_issued.v1" }

func (e RecommendationIssued) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aRecommendation, e.RecommendationID, m)
	due := e.DueOn
	if s.recommendations == nil {
		s.recommendations = recommendationsState{}
	}
	s.recommendations[e.RecommendationID] = &recommendationState{digest: e.digest(), dueOn: &due}
}

// Summary implements Told.
func (e RecommendationIssued) Summary() string {
	return "something was recommended to a colleague, due on " + e.DueOn.String()
}

func (e RecommendationIssued) digest() domain.Digest {
	d := domain.NewDigest().Text(e.Assignee).Text(e.Action).Text(e.Reason).Int(int64(e.DueOn))
	for _, text := range e.Evidence {
		d = d.Text(text)
	}
	if e.Guided != nil {
		d = e.Guided.digest(d)
	}
	return d
}

// AcceptRecommendation asks to remember that the colleague does what was recommended.
type AcceptRecommendation struct {
	RecommendationID uuid.UUID `json:"recommendation_id"`
}

func (AcceptRecommendation) Needs() Needs { return Needs{} }

// Decide refuses to accept what was dismissed.
func (c AcceptRecommendation) Decide(s *State, g Given) ([]Event, error) {
	switch r := s.recommendations[c.RecommendationID]; {
	case r == nil:
		return nil, ErrRecommendationUnknown
	case r.accepted:
		return nil, nil
	case r.dismissed:
		return nil, ErrRecommendationDismissed
	}
	if err := s.began.notBefore(aRecommendation, c.RecommendationID, g); err != nil {
		return nil, err
	}
	return []Event{RecommendationAccepted(c)}, nil
}

// RecommendationAccepted is the fact that the colleague does what was recommended.
type RecommendationAccepted struct {
	RecommendationID uuid.UUID `json:"recommendation_id"`
}

func (RecommendationAccepted) EventType() string { return "customer.recommendation_accepted.v1" }

func (e RecommendationAccepted) Evolve(s *State, _ domain.Metadata) {
	if r := s.recommendations[e.RecommendationID]; r != nil {
		r.accepted, r.dueOn = true, nil
	}
}

// Summary implements Told.
func (e RecommendationAccepted) Summary() string { return "a recommendation was accepted" }

// DismissRecommendation asks to remember that the colleague does not do what was recommended, and why.
type DismissRecommendation struct {
	RecommendationID uuid.UUID `json:"recommendation_id"`
	Reason           string    `json:"reason"`
}

func (DismissRecommendation) Needs() Needs { return Needs{} }

// Decide refuses to dismiss what was accepted.
func (c DismissRecommendation) Decide(s *State, g Given) ([]Event, error) {
	if c.Reason == "" {
		return nil, ErrRecommendationReason
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	switch r := s.recommendations[c.RecommendationID]; {
	case r == nil:
		return nil, ErrRecommendationUnknown
	case r.accepted:
		return nil, ErrRecommendationAccepted
	case r.dismissed:
		return nil, nil
	}
	if err := s.began.notBefore(aRecommendation, c.RecommendationID, g); err != nil {
		return nil, err
	}
	return []Event{RecommendationDismissed(c)}, nil
}

// RecommendationDismissed is the fact that the colleague does not do what was recommended.
type RecommendationDismissed struct {
	RecommendationID uuid.UUID `json:"recommendation_id"`
	Reason           string    `json:"reason" personal:"true"` // why not
}

func (RecommendationDismissed) EventType() string { return "customer.recommendation_dismissed.v1" }

func (e RecommendationDismissed) Evolve(s *State, _ domain.Metadata) {
	if r := s.recommendations[e.RecommendationID]; r != nil {
		r.dismissed, r.dueOn = true, nil
	}
}

// Summary implements Told.
func (e RecommendationDismissed) Summary() string { return "a recommendation was dismissed" }

// RecommendationOverdue is the fact that the day of a recommendation was over before it was answered.
type RecommendationOverdue struct {
	RecommendationID uuid.UUID `json:"recommendation_id"`
}

func (RecommendationOverdue) EventType() string { return "customer.recommendation_overdue.v1" }

func (e RecommendationOverdue) Evolve(s *State, _ domain.Metadata) {
	if r := s.recommendations[e.RecommendationID]; r != nil {
		r.dueOn = nil
	}
}

// Summary implements Told.
func (e RecommendationOverdue) Summary() string { return "a recommendation is overdue" }

type recommendationsState map[uuid.UUID]*recommendationState

type recommendationState struct {
	digest              domain.Digest
	accepted, dismissed bool
	dueOn               *domain.Day // nil once nothing falls due any more
}

func (r recommendationsState) next() (first domain.Day, found bool) {
	for _, one := range r {
		if one.dueOn != nil && (!found || *one.dueOn < first) {
			first, found = *one.dueOn, true
		}
	}
	return first, found
}

func (r recommendationsState) fall(day domain.Day) []Event {
	var overdue []uuid.UUID
	for id, one := range r {
		if one.dueOn != nil && *one.dueOn <= day {
			overdue = append(overdue, id)
		}
	}
	slices.SortFunc(overdue, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	facts := make([]Event, len(overdue))
	for i, id := range overdue {
		facts[i] = RecommendationOverdue{RecommendationID: id}
	}
	return facts
}

// MaxEvidence bounds the pieces of evidence of a recommendation, MaxEvidenceText the bytes of each.
const (
	MaxEvidence     = 50
	MaxEvidenceText = 1000
)

const maxRecommendationDays = 3653 // ten years

var (
	ErrRecommendationID = &domain.Rejection{Kind: domain.Invalid, Code: "recommendation_id_missing",
		Field: "recommendation_id", Reason: "name the recommendation by a UUID"}
	ErrRecommendationAssignee = &domain.Rejection{Kind: domain.Invalid, Code: "recommendation_assignee_missing",
		Field: "assignee", Reason: "say to whom it is recommended"}
	ErrRecommendationAction = &domain.Rejection{Kind: domain.Invalid, Code: "recommendation_action_missing",
		Field: "action", Reason: "say what is recommended"}
	ErrRecommendationReason = &domain.Rejection{Kind: domain.Invalid, Code: "recommendation_reason_missing",
		Field: "reason", Reason: "say why it is recommended, or dismissed"}
	ErrRecommendationEvidence = &domain.Rejection{Kind: domain.Invalid, Code: "recommendation_evidence_too_long",
		Field: "evidence", Reason: "at most 50 pieces of evidence fit"}
	ErrRecommendationDueOn = &domain.Rejection{Kind: domain.Invalid, Code: "recommendation_due_on_out_of_range",
		Field: "due_on", Reason: "a recommendation falls due on the day it is issued or within ten years"}
	ErrRecommendationOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "recommendation_issued_otherwise",
		Field: "recommendation_id", Reason: "this recommendation was issued before, with other content"}
	ErrRecommendationUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "recommendation_unknown",
		Field: "recommendation_id", Reason: "no such thing was recommended for this customer"}
	ErrRecommendationAccepted = &domain.Rejection{Kind: domain.Refused, Code: "recommendation_accepted",
		Field: "recommendation_id", Reason: "this recommendation was accepted"}
	ErrRecommendationDismissed = &domain.Rejection{Kind: domain.Refused, Code: "recommendation_dismissed",
		Field: "recommendation_id", Reason: "this recommendation was dismissed"}
)
