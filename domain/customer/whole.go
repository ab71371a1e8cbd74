package customer

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// The state of a survivor is that of the whole person: all streams folded together. It remembers whose the things of
// absorbed customers are, so that what is told of them later is theirs too.

// Mends reports whether a fact changes which other facts count in its stream, so that a state is folded anew.
func Mends(e domain.Event) bool {
	switch e.(type) {
	case MergeBegun, Absorbed, Separated, Merged, SplitOff, FactVoided:
		return true
	}
	return false
}

// ByMerges reports whether a command goes by who stands for whom alone, so that no fact of others has to be folded for it.
func ByMerges(command any) bool {
	switch command.(type) {
	case Absorb, Separate, Merge, Split:
		return true
	}
	return false
}

// Survivor returns who stands for the customer; zero where they do themselves.
func (s *State) Survivor() uuid.UUID { return s.merges.into }

// MergesBegun returns the customers for whom this one was about to stand, of whom its stream does not say what came of it,
// and since when.
func (s *State) MergesBegun() map[uuid.UUID]time.Time {
	if s.erased {
		return nil
	}
	return s.merges.begun
}

// StandsFor reports whether the customer stands for another one.
func (s *State) StandsFor(id uuid.UUID) bool { return s.merges.absorbed[id] }

// Begin prepares an empty state for the facts that it will take.
func (s *State) Begin(facts []domain.Recorded) {
	s.joint = slices.ContainsFunc(facts, func(r domain.Recorded) bool {
		_, absorbs := r.Event.(Absorbed)
		return absorbs || r.Metadata.Of != uuid.Nil
	})
}

// Take folds a fact, and remembers whose thing it is about.
func (s *State) Take(e Event, m domain.Metadata) {
	e.Evolve(s, m)
	if fell(e, m) && m.OccurredAt.After(s.fell) {
		s.fell = m.OccurredAt
	}
	if !s.joint {
		return
	}
	for _, thing := range thingsOf(e) {
		if _, known := s.owners[thing]; !known {
			remember(&s.owners, thing, m.Of)
		}
	}
}

// Owner returns whose thing a fact is about that is told of a customer: an absorbed one, or zero for the survivor.
func (s *State) Owner(e Event, g *Given) uuid.UUID {
	switch e := e.(type) {
	case IdentityUnlinked:
		if owner, known := s.identities[e.Key]; known {
			return owner
		}
	case FactVoided: // goes with what it voids, also after a split
		return ownerOfVoided(e, g)
	}
	of := g.Of
	if len(s.owners) == 0 {
		return of
	}
	for _, thing := range thingsOf(e) {
		if owner, ok := s.owners[thing]; ok {
			return owner
		}
	}
	return of
}

// thingsOf returns the ids of the things that a fact or a command names: purchases, cases, offers, lots, …; not those of
// customers.
func thingsOf(e any) (things []uuid.UUID) {
	v := reflect.ValueOf(e)
	for _, at := range thingFields(v.Type()) {
		f := v.FieldByIndex(at)
		if f.Kind() == reflect.Pointer {
			if f.IsNil() {
				continue
			}
			f = f.Elem()
		}
		if id, ok := reflect.TypeAssert[uuid.UUID](f); ok && id != uuid.Nil {
			things = append(things, id)
		}
	}
	return things
}

// customers are members that name customers.
var customers = map[string]bool{"other_id": true, "recipient_id": true, "referred_id": true, "absorbed_id": true,
	"survivor_id": true, "into": true, "from": true, "in": true}

var fieldsOfThings sync.Map // from an event's type to the places of its things' ids

func thingFields(t reflect.Type) [][]int {
	if known, ok := fieldsOfThings.Load(t); ok {
		return known.([][]int)
	}
	var at [][]int
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		is := f.Type == reflect.TypeFor[uuid.UUID]() || f.Type == reflect.TypeFor[*uuid.UUID]()
		if is && !customers[name] && f.IsExported() {
			at = append(at, f.Index)
		}
	}
	fieldsOfThings.Store(t, at)
	return at
}
