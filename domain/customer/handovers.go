package customer

import (
	"cmp"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A hand-over is work on the customer that one department gives to another; it waits until that one accepts it.

// HandOver asks to give work on the customer to another department.
type HandOver struct {
	HandoverID uuid.UUID `json:"handover_id"`
	From       string    `json:"from"`
	To         string    `json:"to"`
	What       string    `json:"what"`
}

func (HandOver) Needs() Needs { return Needs{} }

// Decide accepts each HandoverID once.
func (c HandOver) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.HandoverID == uuid.Nil:
		return nil, ErrHandoverID
	case c.From == "" || c.To == "" || c.From == c.To:
		return nil, ErrHandoverDepartments
	case c.What == "":
		return nil, ErrHandoverEmpty
	}
	if err := cmp.Or(checkText(c.From, 128, "from"), checkText(c.To, 128, "to"),
		checkText(c.What, 1000, "what")); err != nil {
		return nil, err
	}
	e := HandedOver(c)
	if known, ok := s.handovers.known[c.HandoverID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrHandoverOtherwise
	}
	return []Event{e}, nil
}

// HandedOver is the fact that a department gave work on the customer to another.
type HandedOver struct {
	HandoverID uuid.UUID `json:"handover_id"`
	From       string    `json:"from"`                 // department: sales, service, marketing, …
	To         string    `json:"to"`                   // department
	What       string    `json:"what" personal:"true"` // the work
}

func (HandedOver) EventType() string { return "customer.handed_over.v1" }

func (e HandedOver) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aHandover, e.HandoverID, m)
	remember(&s.handovers.known, e.HandoverID, e.digest())
}

// Summary implements Told.
func (e HandedOver) Summary() string { return "was handed over to another department" }

func (e HandedOver) digest() domain.Digest {
	return domain.NewDigest().Text(e.From).Text(e.To).Text(e.What)
}

// AcceptHandover asks to remember that the other department took the work.
type AcceptHandover struct {
	HandoverID uuid.UUID `json:"handover_id"`
}

func (AcceptHandover) Needs() Needs { return Needs{} }

// Decide yields nothing where it was taken.
func (c AcceptHandover) Decide(s *State, g Given) ([]Event, error) {
	if _, known := s.handovers.known[c.HandoverID]; !known {
		return nil, ErrHandoverUnknown
	}
	if _, accepted := s.handovers.accepted[c.HandoverID]; accepted {
		return nil, nil
	}
	if err := s.began.notBefore(aHandover, c.HandoverID, g); err != nil {
		return nil, err
	}
	return []Event{HandoverAccepted(c)}, nil
}

// HandoverAccepted is the fact that the other department took the work.
type HandoverAccepted struct {
	HandoverID uuid.UUID `json:"handover_id"`
}

func (HandoverAccepted) EventType() string { return "customer.handover_accepted.v1" }

func (e HandoverAccepted) Evolve(s *State, _ domain.Metadata) {
	remember(&s.handovers.accepted, e.HandoverID, struct{}{})
}

// Summary implements Told.
func (e HandoverAccepted) Summary() string { return "another department took over" }

type handoversState struct {
	known    map[uuid.UUID]domain.Digest
	accepted map[uuid.UUID]struct{}
}

var (
	ErrHandoverID = &domain.Rejection{Kind: domain.Invalid, Code: "handover_id_missing", Field: "handover_id",
		Reason: "name the hand-over by a UUID"}
	ErrHandoverDepartments = &domain.Rejection{Kind: domain.Invalid, Code: "handover_departments", Field: "to",
		Reason: "say from which department to which other one"}
	ErrHandoverEmpty = &domain.Rejection{Kind: domain.Invalid, Code: "handover_empty", Field: "what",
		Reason: "say what is handed over"}
	ErrHandoverOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "handed_over_otherwise",
		Field: "handover_id", Reason: "this hand-over was made before, with other content"}
	ErrHandoverUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "handover_unknown", Field: "handover_id",
		Reason: "no such thing was handed over for this customer"}
)
