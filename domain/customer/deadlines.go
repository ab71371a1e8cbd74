package customer

import (
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A deadline is a business day at whose end something falls due by itself: a promise is broken, an offer
// expires. Nouns that have deadlines are in deadlines; when a day is over, PassDay turns what fell due into
// facts.

// deadline is what a noun with deadlines knows of them.
type deadline interface {
	// next answers the first day at whose end something falls due; false if nothing will.
	next() (domain.Day, bool)
	// fall answers the facts that fall due by the end of a day, in a fixed order.
	fall(day domain.Day) []Event
}

func (s *State) deadlines() []deadline {
	return []deadline{&s.promises, s.consents, &s.assets, &s.cases, &s.points, &s.agreements, s.recommendations,
		s.attributes, &s.offers}
}

// Due answers the first day at whose end something of the customer falls due; false if nothing will.
func (s *State) Due() (due domain.Day, ok bool) {
	for _, d := range s.deadlines() {
		if day, has := d.next(); has && (!ok || day < due) {
			due, ok = day, true
		}
	}
	return due, ok
}

// PassDay asks for what falls due when a business day is over. It is the engine that asks.
type PassDay struct {
	Date domain.Day `json:"date"`
}

func (PassDay) Needs() Needs { return Needs{} }

// Decide yields nothing for a customer of whom nothing falls due.
func (c PassDay) Decide(s *State, g Given) ([]Event, error) {
	var facts []Event
	for _, d := range s.deadlines() {
		facts = append(facts, d.fall(c.Date)...)
	}
	return facts, nil
}

// firstDue answers the first of the days on which something falls due; false if nothing will.
func firstDue(days map[uuid.UUID]domain.Day) (due domain.Day, ok bool) {
	for _, day := range days {
		if !ok || day < due {
			due, ok = day, true
		}
	}
	return due, ok
}

// fallen answers the facts of what falls due by the end of a day, in the order of its ids.
func fallen(days map[uuid.UUID]domain.Day, day domain.Day, fact func(uuid.UUID) Event) (facts []Event) {
	for _, id := range slices.SortedFunc(maps.Keys(days), compareIDs) {
		if days[id] <= day {
			facts = append(facts, fact(id))
		}
	}
	return facts
}
