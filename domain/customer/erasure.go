package customer

import (
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// An erasure ends a customer's history: what is personal in it can be read by nobody any more, and what
// remains are facts of nobody. It cannot be taken back, and the id never begins another history. Whoever
// stands for others is erased together with them, those first; who is absorbed is erased with the survivor, or
// split off before.

// Erase asks that nothing personal of the customer be left.
type Erase struct {
	// Reason is a short code such as consent_withdrawn: it stays when the person is gone.
	Reason string `json:"reason"`

	survivor uuid.UUID // with whom an absorbed customer is erased
}

// With returns the command as it is asked of an absorbed customer who is erased with the survivor.
func (c Erase) With(survivor uuid.UUID) Erase {
	c.survivor = survivor
	return c
}

func (Erase) Needs() Needs { return Needs{Needs: domain.Needs{Outlasts: true, Itself: true}} }

// Decide refuses whoever is absorbed. With a survivor it leaves alone whoever is not absorbed by them any more.
func (c Erase) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case !domain.Nameable(c.Reason):
		return nil, ErrErasureReason
	case s.erased:
		return nil, nil
	case c.survivor != uuid.Nil && s.merges.into != c.survivor:
		return nil, nil
	case c.survivor == uuid.Nil && s.merges.into != uuid.Nil:
		return nil, s.merges.refuse()
	}
	e := Erased{Reason: c.Reason, SurvivorID: c.survivor}
	for _, id := range slices.SortedFunc(maps.Keys(s.merges.absorbed), compareIDs) {
		e.AbsorbedIDs, e.SurvivorID = append(e.AbsorbedIDs, id), g.ID
	}
	return []Event{e}, nil
}

// Erased is the fact that nothing personal of the customer is left: their key is destroyed, so what was sealed
// with it in the events before stays closed for good.
type Erased struct {
	Reason string `json:"reason"` // a code
	// SurvivorID is who stood for all who were erased together, AbsorbedIDs the others; zero where it was one alone.
	SurvivorID  uuid.UUID   `json:"survivor_id,omitzero"`
	AbsorbedIDs []uuid.UUID `json:"absorbed_ids,omitempty"` // in the survivor's stream; they were erased before
}

func (Erased) EventType() string { return "customer.erased.v1" }

// Evolve leaves what is known of nobody, and that this was somebody. An absorbed customer goes before the survivor, who
// stands for them no more.
func (e Erased) Evolve(s *State, m domain.Metadata) {
	if m.Of != uuid.Nil {
		delete(s.merges.absorbed, m.Of)
		return
	}
	*s = State{erased: true}
}

// Summary implements Told.
func (e Erased) Summary() string { return "was erased (" + e.Reason + ")" }

// Along returns what is recorded of those for whom the customer stood along with this.
func (e Erased) Along() []Condition {
	conditions := make([]Condition, len(e.AbsorbedIDs))
	for i, id := range e.AbsorbedIDs {
		conditions[i] = Condition{CustomerID: id, Command: Erase{Reason: e.Reason}.With(e.SurvivorID)}
	}
	return conditions
}

// Releases answers what is nobody's again once this is recorded: all by which the customer was known.
func (e Erased) Releases(s *State) []Identity { return s.known() }

// Erased tells whether there was such a customer, of whom nothing personal is left.
func (s *State) Erased() bool { return s.erased }

var (
	ErrErased = &domain.Rejection{Kind: domain.Gone, Code: "customer_erased", Field: "customer_id",
		Reason: "this customer was erased, and cannot come back under the same id"}
	ErrErasureReason = &domain.Rejection{Kind: domain.Invalid, Code: "erasure_reason_malformed", Field: "reason",
		Reason: "a reason that is no personal data: 1 to 63 of a-z, 0-9, _ and -, beginning with a letter, such as consent_withdrawn"}
)
