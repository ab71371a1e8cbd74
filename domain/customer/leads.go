package customer

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A lead is a sign that the customer may want something, as marketing captures it. Marketing qualifies it, sales
// accepts it and makes an opportunity of it; or either of them rejects it, with a reason. That is its end. What is
// said of a lead is said in the order in which it happened, so the time of each hand-over can be told.

// CaptureLead asks to remember a sign that the customer may want something.
type CaptureLead struct {
	LeadID     uuid.UUID `json:"lead_id"`
	LeadSource string    `json:"lead_source"`
	Campaign   string    `json:"campaign,omitempty"`
	Interest   string    `json:"interest,omitempty"`
	Owner      string    `json:"owner,omitempty"`
}

func (CaptureLead) Needs() Needs { return Needs{} }

// Decide accepts each LeadID once.
func (c CaptureLead) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.LeadID == uuid.Nil:
		return nil, ErrLeadID
	case c.LeadSource == "":
		return nil, ErrLeadSource
	}
	if err := cmp.Or(checkText(c.LeadSource, 100, "lead_source"), checkText(c.Campaign, 100, "campaign"),
		checkText(c.Interest, 1000, "interest"), checkText(c.Owner, 200, "owner")); err != nil {
		return nil, err
	}
	e := LeadCaptured{LeadID: c.LeadID, LeadSource: c.LeadSource, Campaign: c.Campaign, Interest: c.Interest, Owner: c.Owner,
		At: g.When.UTC()}
	if known := s.leads[c.LeadID]; known != nil {
		if known.captured == e.digest() {
			return nil, nil
		}
		return nil, ErrLeadOtherwise
	}
	return []Event{e}, nil
}

// LeadCaptured is the fact that there was a sign that the customer may want something.
type LeadCaptured struct {
	LeadID     uuid.UUID `json:"lead_id"`
	LeadSource string    `json:"lead_source"`                        // what it came by: form, fair, call, …
	Campaign   string    `json:"campaign,omitempty"`                 // that caused it
	Interest   string    `json:"interest,omitempty" personal:"true"` // what the customer may want
	Owner      string    `json:"owner,omitempty"`                    // who works on it
	At         time.Time `json:"at"`                                 // when it was captured, UTC
}

func (LeadCaptured) EventType() string { return "customer.lead_captured.v1" }

func (e LeadCaptured) Evolve(s *State, _ domain.Metadata) {
	remember(&s.leads, e.LeadID, &leadState{captured: e.digest(), changedAt: e.At})
}

// Summary implements Told.
func (e LeadCaptured) Summary() string { return "a lead was captured" }

func (e LeadCaptured) digest() domain.Digest {
	return domain.NewDigest().Text(e.LeadSource).Text(e.Campaign).Text(e.Interest).Text(e.Owner)
}

// QualifyLead asks to remember that a lead is worth the work of sales, and why.
type QualifyLead struct {
	LeadID uuid.UUID `json:"lead_id"`
	Score  *int      `json:"score,omitempty"`
	Reason string    `json:"reason,omitempty"`
}

func (QualifyLead) Needs() Needs { return Needs{} }

// Decide lets a lead be qualified once: sales works by the score that it was handed over with.
func (c QualifyLead) Decide(s *State, g Given) ([]Event, error) {
	l, err := s.lead(c.LeadID)
	if err != nil {
		return nil, err
	}
	if c.Score != nil && (*c.Score < 0 || *c.Score > 100) {
		return nil, ErrLeadScore
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	e := LeadQualified{LeadID: c.LeadID, Score: c.Score, Reason: c.Reason, At: g.When.UTC()}
	if l.qualified != 0 {
		if l.qualified == e.digest() {
			return nil, nil
		}
		return nil, ErrLeadQualifiedOtherwise
	}
	if err := l.mayChange(e.At); err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

// LeadQualified is the fact that a lead was found to be worth the work of sales.
type LeadQualified struct {
	LeadID uuid.UUID `json:"lead_id"`
	Score  *int      `json:"score,omitempty"`                  // how good it is, from 0 to 100
	Reason string    `json:"reason,omitempty" personal:"true"` // why
	At     time.Time `json:"at"`                               // when it was qualified, UTC
}

func (LeadQualified) EventType() string { return "customer.lead_qualified.v1" }

func (e LeadQualified) Evolve(s *State, _ domain.Metadata) {
	if l := s.leads[e.LeadID]; l != nil {
		l.qualified, l.changedAt = e.digest(), e.At
	}
}

// Summary implements Told.
func (e LeadQualified) Summary() string { return "a lead was qualified" }

func (e LeadQualified) digest() domain.Digest {
	d := domain.NewDigest().Text(e.Reason)
	if e.Score != nil {
		d = d.Text("score").Int(int64(*e.Score))
	}
	return d
}

// AcceptLead asks to remember that sales took a lead over.
type AcceptLead struct {
	LeadID        uuid.UUID  `json:"lead_id"`
	OpportunityID *uuid.UUID `json:"opportunity_id,omitempty"`
}

func (AcceptLead) Needs() Needs { return Needs{} }

// Decide refuses what nobody qualified, and an opportunity that was not opened.
func (c AcceptLead) Decide(s *State, g Given) ([]Event, error) {
	l, err := s.lead(c.LeadID)
	switch {
	case err != nil:
		return nil, err
	case c.OpportunityID != nil && s.pipeline[*c.OpportunityID] == nil:
		return nil, ErrOpportunityUnknown
	case l.end == leadAccepted:
		if same(l.opportunity, c.OpportunityID) {
			return nil, nil
		}
		return nil, ErrLeadAcceptedOtherwise
	}
	if err := l.mayChange(g.When); err != nil {
		return nil, err
	}
	if l.qualified == 0 {
		return nil, ErrLeadUnqualified
	}
	return []Event{LeadAccepted{LeadID: c.LeadID, OpportunityID: c.OpportunityID, At: g.When.UTC()}}, nil
}

// LeadAccepted is the fact that sales took a lead over.
type LeadAccepted struct {
	LeadID        uuid.UUID  `json:"lead_id"`
	OpportunityID *uuid.UUID `json:"opportunity_id,omitempty"` // that it became
	At            time.Time  `json:"at"`                       // when it was taken over, UTC
}

func (LeadAccepted) EventType() string { return "customer.lead_accepted.v1" }

func (e LeadAccepted) Evolve(s *State, _ domain.Metadata) {
	if l := s.leads[e.LeadID]; l != nil {
		l.end, l.opportunity, l.changedAt = leadAccepted, e.OpportunityID, e.At
	}
}

// Summary implements Told.
func (e LeadAccepted) Summary() string { return "sales accepted a lead" }

// RejectLead asks to remember that a lead leads nowhere, and why.
type RejectLead struct {
	LeadID uuid.UUID `json:"lead_id"`
	Reason string    `json:"reason"`
}

func (RejectLead) Needs() Needs { return Needs{} }

// Decide refuses to reject what sales accepted: that ends as an opportunity does.
func (c RejectLead) Decide(s *State, g Given) ([]Event, error) {
	l, err := s.lead(c.LeadID)
	switch {
	case err != nil:
		return nil, err
	case c.Reason == "":
		return nil, ErrLeadReason
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	if l.end == leadRejected {
		return nil, nil
	}
	if err := l.mayChange(g.When); err != nil {
		return nil, err
	}
	return []Event{LeadRejected{LeadID: c.LeadID, Reason: c.Reason, At: g.When.UTC()}}, nil
}

// LeadRejected is the fact that a lead leads nowhere.
type LeadRejected struct {
	LeadID uuid.UUID `json:"lead_id"`
	Reason string    `json:"reason" personal:"true"` // why
	At     time.Time `json:"at"`                     // when it was rejected, UTC
}

func (LeadRejected) EventType() string { return "customer.lead_rejected.v1" }

func (e LeadRejected) Evolve(s *State, _ domain.Metadata) {
	if l := s.leads[e.LeadID]; l != nil {
		l.end, l.changedAt = leadRejected, e.At
	}
}

// Summary implements Told.
func (e LeadRejected) Summary() string { return "a lead was rejected" }

type leadState struct {
	captured, qualified domain.Digest // qualified is 0 until it is
	end                 leadEnd
	opportunity         *uuid.UUID
	changedAt           time.Time
}

type leadEnd int

const (
	leadOpen leadEnd = iota
	leadAccepted
	leadRejected
)

func (s *State) lead(id uuid.UUID) (*leadState, error) {
	l := s.leads[id]
	if l == nil {
		return nil, ErrLeadUnknown
	}
	return l, nil
}

func (l *leadState) mayChange(at time.Time) error {
	switch {
	case l.end != leadOpen:
		return ErrLeadEnded
	case at.Before(l.changedAt):
		return ErrLeadEarlier.Because("it was last changed at %s", l.changedAt.Format(time.RFC3339))
	}
	return nil
}

// same tells whether two ids that may be absent are one.
func same(a, b *uuid.UUID) bool { return a == b || a != nil && b != nil && *a == *b }

var (
	ErrLeadID = &domain.Rejection{Kind: domain.Invalid, Code: "lead_id_missing", Field: "lead_id",
		Reason: "name the lead by a UUID"}
	ErrLeadSource = &domain.Rejection{Kind: domain.Invalid, Code: "lead_source_missing", Field: "lead_source",
		Reason: "say what the lead came by"}
	ErrLeadScore = &domain.Rejection{Kind: domain.Invalid, Code: "lead_score_out_of_range", Field: "score",
		Reason: "a score is between 0 and 100"}
	ErrLeadReason = &domain.Rejection{Kind: domain.Invalid, Code: "lead_reason_missing", Field: "reason",
		Reason: "say why the lead leads nowhere"}
	ErrLeadOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "lead_captured_otherwise", Field: "lead_id",
		Reason: "this lead was captured before, with other content"}
	ErrLeadQualifiedOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "lead_qualified_otherwise",
		Field: "lead_id", Reason: "this lead was qualified before, with another score or reason"}
	ErrLeadAcceptedOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "lead_accepted_otherwise",
		Field: "opportunity_id", Reason: "this lead was accepted before, for another opportunity"}
	ErrLeadUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "lead_unknown", Field: "lead_id",
		Reason: "the customer has no such lead"}
	ErrLeadUnqualified = &domain.Rejection{Kind: domain.Refused, Code: "lead_not_qualified", Field: "lead_id",
		Reason: "nobody qualified this lead yet"}
	ErrLeadEnded = &domain.Rejection{Kind: domain.Refused, Code: "lead_ended", Field: "lead_id",
		Reason: "this lead was accepted or rejected: whoever shows interest again is another lead"}
	ErrLeadEarlier = &domain.Rejection{Kind: domain.Refused, Code: "lead_changed_later", Field: "occurred_at",
		Reason: "something later is known of this lead"}
)
