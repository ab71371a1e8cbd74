package customer

import "github.com/rapport-crm/rapport/domain"

// An archived customer is kept as they are but set aside: no guidance recommends anything for them until they are
// restored. Nothing else changes, and whatever they do is recorded as ever.

// Archive asks that the customer be set aside.
type Archive struct {
	Reason string `json:"reason,omitempty"`
	Rule   string `json:"rule,omitempty"`
}

func (Archive) Needs() Needs { return Needs{} }

// Decide yields nothing for a customer who is set aside already, for whatever reason.
func (c Archive) Decide(s *State, g Given) ([]Event, error) {
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	if c.Rule != "" && !domain.Nameable(c.Rule) {
		return nil, ErrArchiveRule
	}
	if s.archived {
		return nil, nil
	}
	return []Event{Archived(c)}, nil
}

// Archived is the fact that the customer was set aside.
type Archived struct {
	Reason string `json:"reason,omitempty" personal:"true"` // why
	Rule   string `json:"rule,omitempty"`                   // of the retention policy, where no person asked for it
}

func (Archived) EventType() string { return "customer.archived.v1" }

func (Archived) Evolve(s *State, _ domain.Metadata) { s.archived = true }

// Summary implements Told.
func (e Archived) Summary() string {
	if e.Rule != "" {
		return "set aside by the retention rule " + e.Rule
	}
	return "set aside"
}

// Restore asks that the customer be worked with again.
type Restore struct {
	Reason string `json:"reason,omitempty"`
}

func (Restore) Needs() Needs { return Needs{} }

// Decide yields nothing for a customer who is not set aside.
func (c Restore) Decide(s *State, g Given) ([]Event, error) {
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	if !s.archived {
		return nil, nil
	}
	return []Event{Restored(c)}, nil
}

// Restored is the fact that the customer is worked with again.
type Restored struct {
	Reason string `json:"reason,omitempty" personal:"true"` // why
}

func (Restored) EventType() string { return "customer.restored.v1" }

func (Restored) Evolve(s *State, _ domain.Metadata) { s.archived = false }

// Summary implements Told.
func (Restored) Summary() string { return "taken up again" }

// ErrArchiveRule refuses what cannot be a retention rule's name.
var ErrArchiveRule = &domain.Rejection{Kind: domain.Invalid, Code: "archive_rule_malformed", Field: "rule",
	Reason: "a rule's name is 1 to 63 of a-z, 0-9, _ and -, and begins with a letter"}
