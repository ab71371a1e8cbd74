package customer

import (
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain"
)

// Departments are in conflict over an attribute while what they say of it differs. Settling it upholds one of
// their values, and overrules the others.

// ResolveAttribute asks to settle what is so of the customer, among what departments say: by the value itself, or
// by the department that is right.
type ResolveAttribute struct {
	Name   string `json:"name"`
	Value  string `json:"value,omitempty"`
	Keep   string `json:"keep,omitempty"`
	Reason string `json:"reason,omitempty"`
}

func (ResolveAttribute) Needs() Needs { return Needs{} }

// Decide yields nothing when that value was upheld already and nobody said otherwise since.
func (c ResolveAttribute) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case !attributeName.MatchString(c.Name):
		return nil, ErrAttributeName
	case (c.Value == "") == (c.Keep == ""):
		return nil, ErrAttributeChoice
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	said := s.attributes[c.Name]
	value := c.Value
	if c.Keep != "" {
		right := said.by(c.Keep)
		if right == nil {
			return nil, ErrAttributeUnknown.At("keep")
		}
		value = right.value
	}
	e := AttributeResolved{Name: c.Name, Value: value, Reason: c.Reason}
	settled := true
	for _, a := range said {
		if a.value == value {
			e.Upheld = append(e.Upheld, a.department)
		} else {
			e.Overruled = append(e.Overruled, a.department)
		}
		settled = settled && a.overruled == (a.value != value)
	}
	switch {
	case len(e.Upheld) == 0:
		return nil, ErrAttributeUnknown
	case settled:
		return nil, nil
	}
	slices.SortFunc(e.Upheld, strings.Compare)
	slices.SortFunc(e.Overruled, strings.Compare)
	return []Event{e}, nil
}

// AttributeResolved is the fact that somebody settled what is so of the customer, among what departments said.
type AttributeResolved struct {
	Name      string   `json:"name"`                  // of the attribute
	Value     string   `json:"value" personal:"true"` // what is so
	Upheld    []string `json:"upheld"`                // the departments that said so
	Overruled []string `json:"overruled,omitempty"`   // the departments that said otherwise
	Reason    string   `json:"reason,omitempty" personal:"true"`
}

func (AttributeResolved) EventType() string { return "customer.attribute_resolved.v1" }

func (e AttributeResolved) Evolve(s *State, _ domain.Metadata) {
	said := s.attributes[e.Name]
	for i := range said {
		said[i].overruled = slices.Contains(e.Overruled, said[i].department)
	}
}

// Summary implements Told.
func (e AttributeResolved) Summary() string {
	return "it was settled what is so of an attribute: " + e.Name
}

var (
	ErrAttributeChoice = &domain.Rejection{Kind: domain.Invalid, Code: "attribute_choice_unclear", Field: "value",
		Reason: "say either which value is so, or which department is right"}
	ErrAttributeUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "attribute_unknown", Field: "value",
		Reason: "no department says so of the customer: set it first"}
)
