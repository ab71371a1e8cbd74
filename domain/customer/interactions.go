package customer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// An interaction is any contact with the customer that is not a transaction: a mail, a call, a visit.

// InteractionKind says by what means the contact took place.
type InteractionKind string

// InteractionKinds are those that exist.
var InteractionKinds = []InteractionKind{"email", "call", "meeting", "interview", "chat", "social_post",
	"web_visit", "form", "letter", "sms", "store_visit"}

// Direction says who sought the contact.
type Direction string

const (
	Inbound  Direction = "inbound"  // the customer did
	Outbound Direction = "outbound" // we did
)

// RecordInteraction asks to remember a contact.
type RecordInteraction struct {
	InteractionID uuid.UUID       `json:"interaction_id"`
	Kind          InteractionKind `json:"kind"`
	Direction     Direction       `json:"direction"`
	Subject       string          `json:"subject,omitempty"`
	Text          string          `json:"text,omitempty"`
	DurationS     int64           `json:"duration_s,omitempty"`
}

func (RecordInteraction) Needs() Needs { return Needs{} }

// Decide accepts each InteractionID once.
func (c RecordInteraction) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.InteractionID == uuid.Nil:
		return nil, ErrInteractionID
	case !slices.Contains(InteractionKinds, c.Kind):
		return nil, ErrInteractionKind
	case c.Direction != Inbound && c.Direction != Outbound:
		return nil, ErrDirection
	case c.DurationS < 0 || c.DurationS > 7*86400:
		return nil, ErrDuration
	}
	if err := cmp.Or(checkText(c.Subject, 1000, "subject"), checkText(c.Text, 200_000, "text")); err != nil {
		return nil, err
	}
	e := InteractionRecorded(c)
	if known, ok := s.interactions[c.InteractionID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrInteractionOtherwise
	}
	return []Event{e}, nil
}

// InteractionRecorded is the fact that we were in contact with the customer.
type InteractionRecorded struct {
	InteractionID uuid.UUID       `json:"interaction_id"`
	Kind          InteractionKind `json:"kind"`      // by what means: email, call, meeting, …
	Direction     Direction       `json:"direction"` // inbound or outbound
	Subject       string          `json:"subject,omitempty" personal:"true"`
	Text          string          `json:"text,omitempty" personal:"true"`
	DurationS     int64           `json:"duration_s,omitempty"` // seconds
}

func (InteractionRecorded) EventType() string { return "customer.interaction_recorded.v1" }

func (e InteractionRecorded) Evolve(s *State, _ domain.Metadata) {
	remember(&s.interactions, e.InteractionID, e.digest())
}

// Summary says what happened in one line.
func (e InteractionRecorded) Summary() string {
	kind := strings.ReplaceAll(string(e.Kind), "_", " ")
	if e.Direction == Outbound {
		return "was contacted: " + kind
	}
	return "contacted us: " + kind
}

func (e InteractionRecorded) digest() domain.Digest {
	return domain.NewDigest().Text(string(e.Kind)).Text(string(e.Direction)).Text(e.Subject).Text(e.Text).
		Int(e.DurationS)
}

var (
	ErrInteractionID = &domain.Rejection{Kind: domain.Invalid, Code: "interaction_id_missing",
		Field: "interaction_id", Reason: "name the interaction by a UUID"}
	ErrInteractionKind = &domain.Rejection{Kind: domain.Invalid, Code: "interaction_kind_unknown", Field: "kind",
		Reason: "the kind is one of email, call, meeting, interview, chat, social_post, web_visit, form, letter, " +
			"sms, store_visit"}
	ErrDirection = &domain.Rejection{Kind: domain.Invalid, Code: "direction_unknown", Field: "direction",
		Reason: "the direction is inbound or outbound"}
	ErrDuration = &domain.Rejection{Kind: domain.Invalid, Code: "duration_out_of_range", Field: "duration_s",
		Reason: "a duration is between 0 seconds and 7 days"}
	ErrInteractionOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "interaction_recorded_otherwise",
		Field: "interaction_id", Reason: "this interaction was recorded before, with other content"}
)
