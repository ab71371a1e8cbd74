package customer

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A merge says that two customers are one. The survivor stands for both from then on; what was recorded of
// the absorbed one stays in their own stream, so a split makes two of them again without rewriting an event.
// Both streams say so. Where a process ended half-way and only one of them does, whoever sees that next completes it.

// Absorb asks, of the survivor, that they stand for another customer too.
type Absorb struct {
	AbsorbedID uuid.UUID `json:"absorbed_id"`
	Reason     string    `json:"reason,omitempty"`
}

func (Absorb) Needs() Needs { return Needs{Needs: domain.Needs{Itself: true}} }

// Decide refuses whoever is absorbed themselves: the one who stands for them is to be asked.
func (c Absorb) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.AbsorbedID == uuid.Nil || c.AbsorbedID == g.ID:
		return nil, ErrAbsorbedID
	case s.merges.into != uuid.Nil:
		return nil, s.merges.refuse()
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	if s.merges.absorbed[c.AbsorbedID] {
		return nil, nil
	}
	return []Event{Absorbed{AbsorbedID: c.AbsorbedID, Reason: c.Reason, SurvivorID: g.ID}}, nil
}

// Absorbed is the fact that the customer stands for another one too.
type Absorbed struct {
	AbsorbedID uuid.UUID `json:"absorbed_id"`
	SurvivorID uuid.UUID `json:"survivor_id"`
	Reason     string    `json:"reason,omitempty" personal:"true"`
}

func (Absorbed) EventType() string { return "customer.absorbed.v1" }

func (e Absorbed) Evolve(s *State, _ domain.Metadata) {
	remember(&s.merges.absorbed, e.AbsorbedID, true)
	delete(s.merges.begun, e.AbsorbedID)
}

// Summary implements Told.
func (e Absorbed) Summary() string { return "stands for customer " + e.AbsorbedID.String() + " too" }

// Along returns what is recorded in the absorbed customer's stream along with this. It is recorded before: whoever sees
// the absorbed customer finds that the survivor's stream lacks this. Who sees the survivor finds MergeBegun.
func (e Absorbed) Along() []Condition {
	return []Condition{{CustomerID: e.AbsorbedID, Command: Merge{Into: e.SurvivorID}}}
}

// MergeBegun is the fact that the customer is about to stand for another one too. It is recorded before the halves of a merge
// where the store does not take both at once, so that the survivor's stream shows that there may be one. By itself it changes
// nothing: whether the merge came about is said by the absorbed customer's stream.
type MergeBegun struct {
	AbsorbedID uuid.UUID `json:"absorbed_id"`
}

func (MergeBegun) EventType() string { return "customer.merge_begun.v1" }

// Evolve leaves a person alone: it is the survivor's stream that says so.
func (e MergeBegun) Evolve(s *State, m domain.Metadata) {
	if m.Of == uuid.Nil {
		remember(&s.merges.begun, e.AbsorbedID, m.OccurredAt)
	}
}

// Summary implements Told.
func (e MergeBegun) Summary() string {
	return "is about to stand for customer " + e.AbsorbedID.String()
}

// Merge asks, of the absorbed customer, that another one stand for them.
type Merge struct {
	Into uuid.UUID `json:"into"`
}

func (Merge) Needs() Needs {
	return Needs{Needs: domain.Needs{Founds: true, Outlasts: true, Itself: true}}
}

// Decide refuses whoever stands for others, or is merged into somebody else.
func (c Merge) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case s.erased:
		return nil, ErrErased.At("absorbed_id")
	case !s.registration.done:
		return nil, ErrUnknown.At("absorbed_id")
	case s.merges.into == c.Into:
		return nil, nil
	case s.merges.into != uuid.Nil:
		return nil, s.merges.refuse()
	case len(s.merges.absorbed) > 0:
		return nil, ErrStandsForOthers
	}
	return []Event{Merged(c)}, nil
}

// Merged is the fact that another customer stands for this one.
type Merged struct {
	Into uuid.UUID `json:"into"`
}

func (Merged) EventType() string { return "customer.merged.v1" }

// Evolve leaves a person alone: only the absorbed customer by themselves is merged into somebody.
func (e Merged) Evolve(s *State, m domain.Metadata) {
	if m.Of == uuid.Nil {
		s.merges.into = e.Into
	}
}

// Summary implements Told.
func (e Merged) Summary() string { return "merged into customer " + e.Into.String() }

// Separate asks, of the survivor, that they stand for another customer no more.
type Separate struct {
	AbsorbedID uuid.UUID `json:"absorbed_id"`
	Reason     string    `json:"reason,omitempty"`
}

func (Separate) Needs() Needs { return Needs{Needs: domain.Needs{Itself: true}} }

// Decide yields nothing where they are two already.
func (c Separate) Decide(s *State, g Given) ([]Event, error) {
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	if _, begun := s.merges.begun[c.AbsorbedID]; !begun && !s.merges.absorbed[c.AbsorbedID] {
		return nil, nil
	}
	return []Event{Separated{AbsorbedID: c.AbsorbedID, Reason: c.Reason, SurvivorID: g.ID}}, nil
}

// Separated is the fact that the customer stands for another one no more.
type Separated struct {
	AbsorbedID uuid.UUID `json:"absorbed_id"`
	SurvivorID uuid.UUID `json:"survivor_id"`
	Reason     string    `json:"reason,omitempty" personal:"true"`
}

func (Separated) EventType() string { return "customer.separated.v1" }

func (e Separated) Evolve(s *State, _ domain.Metadata) {
	delete(s.merges.absorbed, e.AbsorbedID)
	delete(s.merges.begun, e.AbsorbedID)
}

// Summary implements Told.
func (e Separated) Summary() string {
	return "stands for customer " + e.AbsorbedID.String() + " no more"
}

// Along returns what is recorded in the absorbed customer's stream along with this. It is recorded after: once this is
// there, they stand for themselves.
func (e Separated) Along() []Condition {
	return []Condition{{CustomerID: e.AbsorbedID, Command: Split{From: e.SurvivorID}, After: true}}
}

// Split asks, of the absorbed customer, that they stand for themselves again.
type Split struct {
	From uuid.UUID `json:"from"`
}

func (Split) Needs() Needs {
	return Needs{Needs: domain.Needs{Founds: true, Outlasts: true, Itself: true}}
}

// Decide yields nothing where they do already, and refuses whoever was erased together with the survivor.
func (c Split) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case s.erased:
		return nil, ErrErased.At("absorbed_id")
	case s.merges.into != c.From:
		return nil, nil
	}
	return []Event{SplitOff(c)}, nil
}

// SplitOff is the fact that the customer stands for themselves again.
type SplitOff struct {
	From uuid.UUID `json:"from"`
}

func (SplitOff) EventType() string { return "customer.split.v1" }

func (e SplitOff) Evolve(s *State, _ domain.Metadata) { s.merges.into = uuid.Nil }

// Summary implements Told.
func (e SplitOff) Summary() string { return "split from customer " + e.From.String() }

// SplitAgain answers the positions of the merges that were split again, and of those splits: whoever tells of the
// customers anew leaves them out.
func SplitAgain(events []domain.Recorded) map[uint64]bool {
	again, open := map[uint64]bool{}, map[string]uint64{}
	for _, e := range events {
		switch e.Event.(type) {
		case Merged:
			open[e.Stream] = e.Position
		case SplitOff:
			again[open[e.Stream]], again[e.Position] = true, true
		}
	}
	return again
}

type mergesState struct {
	into     uuid.UUID // who stands for the customer; nil: they do themselves
	absorbed map[uuid.UUID]bool
	begun    map[uuid.UUID]time.Time // merges that were to come, and since when
}

func (m *mergesState) refuse() error {
	r := ErrMerged.Because("customer %s stands for this one", m.into)
	r.Existing = m.into.String()
	return r
}

var (
	ErrAbsorbedID = &domain.Rejection{Kind: domain.Invalid, Code: "absorbed_id_missing", Field: "absorbed_id",
		Reason: "name another customer"}
	ErrMerged = &domain.Rejection{Kind: domain.Conflict, Code: "customer_merged", Field: "absorbed_id",
		Reason: "another customer stands for this one"}
	ErrStandsForOthers = &domain.Rejection{Kind: domain.Refused, Code: "customer_stands_for_others",
		Field: "absorbed_id", Reason: "this customer stands for others: split those off first, or merge the other way round"}
)
