// Package guidance decides what is recommended to colleagues by itself: what they should do for whoever enters a
// segment, why, by when, and how it is told whether that was worth while. It must not know who is in a segment, nor
// when anything is issued.
package guidance

import (
	"errors"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/rules"
)

// StreamPrefix begins the name of every guidance's stream.
const StreamPrefix = "guidance-"

// Stream names a guidance's stream.
func Stream(name string) string { return StreamPrefix + name }

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Given   = domain.Given[Needs]
)

// Needs names what a command has to know of others than the guidance. Whoever handles the command fills it in.
type Needs struct {
	domain.Needs
	Segment        string
	SegmentInForce bool
}

// State is the guidance in force.
type State struct {
	version int
	terms   Terms
	active  bool
}

// Guard implements domain.StateOf.
func (s *State) Guard(n domain.Needs) error {
	if !n.Founds && s.version == 0 {
		return ErrUnknown
	}
	return nil
}

// Terms are what a guidance says.
type Terms struct {
	Segment       string `json:"segment"`                  // for whoever enters it
	Action        string `json:"action"`                   // what a colleague should do
	Reason        string `json:"reason"`                   // why, as a sentence
	Assignee      string `json:"assignee"`                 // who should do it: a person, or a role
	ForDepartment string `json:"for_department,omitempty"` // on whose behalf
	DueDays       int    `json:"due_days"`                 // after which it is overdue
	CooldownDays  int    `json:"cooldown_days"`            // in which it is not recommended again for the same customer
	// Suggests is what each recommendation names beside: Category, or nothing.
	Suggests      Suggestion       `json:"suggests,omitempty"`
	ExpectedValue string           `json:"expected_value,omitempty"` // CEL over the facts: a number, in major units of the reporting currency
	Outcome       customer.Outcome `json:"outcome"`                  // what counts as success
	OutcomeDays   int              `json:"outcome_days,omitempty"`   // within which it does
}

// Suggestion is what a recommendation names beside what the guidance says.
type Suggestion string

// Category is the category that customers of the same favourite buy most above average, and this one does not.
// Nothing is recommended for whom there is none.
const Category Suggestion = "category"

// Define asks that a guidance be in force from now on, whether it existed or not.
type Define struct {
	Name string `json:"name"`
	Terms
}

func (c Define) Needs() Needs {
	return Needs{Needs: domain.Needs{Founds: true}, Segment: c.Segment}
}

// Decide yields a new version unless the very same guidance is in force.
func (c Define) Decide(s *State, g Given) ([]Event, error) {
	if !domain.Nameable(c.Name) {
		return nil, ErrName
	}
	if err := c.Terms.check(); err != nil {
		return nil, err
	}
	if !g.Needs.SegmentInForce {
		return nil, ErrSegment
	}
	if s.active && s.terms == c.Terms {
		return nil, nil
	}
	return []Event{Defined{Name: c.Name, Version: s.version + 1, Terms: c.Terms}}, nil
}

func (t Terms) check() error {
	for _, text := range []struct {
		field, said string
		bytes       int
		missing     *domain.Rejection
	}{
		{"action", t.Action, 500, ErrAction}, {"reason", t.Reason, 1000, ErrReason},
		{"assignee", t.Assignee, 300, ErrAssignee}, {"for_department", t.ForDepartment, 100, nil},
	} {
		if strings.TrimSpace(text.said) == "" && text.missing != nil {
			return text.missing
		}
		if err := domain.CheckText(text.said, text.bytes); err != nil {
			return err.At("%s", text.field)
		}
	}
	switch {
	case t.DueDays < 0 || t.DueDays > maxDays:
		return ErrDays.At("due_days")
	case t.CooldownDays < 0 || t.CooldownDays > maxDays:
		return ErrDays.At("cooldown_days")
	case t.Suggests != "" && t.Suggests != Category:
		return ErrSuggests
	case !slices.Contains(customer.Outcomes, t.Outcome):
		return ErrOutcome
	case t.Outcome == customer.NoOutcome && t.OutcomeDays != 0:
		return ErrDays.At("outcome_days").Because("where nothing counts as success there are no days to count in")
	case t.Outcome != customer.NoOutcome && (t.OutcomeDays < 1 || t.OutcomeDays > maxDays):
		return ErrDays.At("outcome_days").Because("success is looked for on 1 to %d days", maxDays)
	}
	_, err := t.Expects()
	return err
}

// Expects answers the expected value as it is reckoned; nil where none is.
func (t Terms) Expects() (*rules.Number, error) {
	if t.ExpectedValue == "" {
		return nil, nil
	}
	number, err := rules.CompileNumber(t.ExpectedValue)
	var malformed *domain.Rejection
	if errors.As(err, &malformed) {
		err = malformed.At("expected_value")
	}
	return number, err
}

// Defined is the fact that a guidance is in force. Versions count from 1.
type Defined struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	Terms
}

func (Defined) EventType() string { return "guidance.defined.v1" }

func (e Defined) Evolve(s *State, _ domain.Metadata) {
	*s = State{version: e.Version, terms: e.Terms, active: true}
}

// Retire asks that nothing be recommended by a guidance any more. What was recommended stays.
type Retire struct {
	Name string `json:"name"`
}

func (Retire) Needs() Needs { return Needs{} }

func (c Retire) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case !s.active:
		return nil, nil
	}
	return []Event{Retired{Name: c.Name, Version: s.version}}, nil
}

// Retired is the fact that a guidance recommends nothing any more.
type Retired struct {
	Name    string `json:"name"`
	Version int    `json:"version"` // that was in force
}

func (Retired) EventType() string { return "guidance.retired.v1" }

func (e Retired) Evolve(s *State, _ domain.Metadata) { s.active = false }

// maxDays bounds what is due, waits or counts: ten years.
const maxDays = 3653

var (
	ErrName = &domain.Rejection{Kind: domain.Invalid, Code: "guidance_name_malformed", Field: "name",
		Reason: "a guidance's name is 1 to 63 of a-z, 0-9, _ and -, and begins with a letter"}
	ErrSegment = &domain.Rejection{Kind: domain.Refused, Code: "guidance_segment_unknown", Field: "segment",
		Reason: "no such segment is in force: define it first"}
	ErrAction = &domain.Rejection{Kind: domain.Invalid, Code: "guidance_action_missing", Field: "action",
		Reason: "say what should be done"}
	ErrReason = &domain.Rejection{Kind: domain.Invalid, Code: "guidance_reason_missing", Field: "reason",
		Reason: "say why it should be done"}
	ErrAssignee = &domain.Rejection{Kind: domain.Invalid, Code: "guidance_assignee_missing", Field: "assignee",
		Reason: "say who should do it: a person, or a role"}
	ErrDays = &domain.Rejection{Kind: domain.Invalid, Code: "guidance_days_out_of_range", Field: "due_days",
		Reason: "a number of days is from 0 to 3653, which is ten years"}
	ErrSuggests = &domain.Rejection{Kind: domain.Invalid, Code: "guidance_suggestion_unknown", Field: "suggests",
		Reason: "what can be suggested beside is a category"}
	ErrOutcome = &domain.Rejection{Kind: domain.Invalid, Code: "guidance_outcome_unknown", Field: "outcome",
		Reason: "what counts as success is purchase, complaint_resolved, maintenance_performed, points_spent, contact or none"}
	ErrUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "guidance_unknown", Field: "name",
		Reason: "no such guidance"}
)
