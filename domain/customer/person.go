package customer

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A person is one, under however many ids. While a merge lasts, everything that is known of the absorbed customer
// counts for the survivor, in whichever stream it stands; a split gives each id its own things back. What a person
// is, is a function of the events of all streams that ever belonged together: commands, read models and history all
// go by it.

// Facts returns what counts for the person of an id, in the order in which it happened: by occurred_at, and by
// position where that is the same; an erasure comes last. It is given the events of all streams that ever belonged
// together, in any order. What was voided is left out, with the voids, and so are merges that were undone and those
// that did not come about, and what was recorded under a second id again. Metadata.Of of each fact is the absorbed customer
// whose thing it is, also where it stands in their own stream; zero for the survivor's own things. For a customer for
// whom another one stands, nothing counts.
func Facts(id uuid.UUID, events []domain.Recorded) []domain.Recorded {
	return once(counting(id, events))
}

// counting is Facts with what was recorded under a second id again.
func counting(id uuid.UUID, events []domain.Recorded) []domain.Recorded {
	events = slices.Clone(events)
	slices.SortFunc(events, func(a, b domain.Recorded) int { return cmp.Compare(a.Position, b.Position) })
	p := personsOf(events)
	var facts []domain.Recorded
	for i := range events {
		e := events[i]
		owner, ok := OwnerOf(&e)
		if !ok || p.survivor(owner) != id || p.struck(&e) {
			continue
		}
		if e.Metadata.Of = owner; owner == id {
			e.Metadata.Of = uuid.Nil
		}
		facts = append(facts, e)
	}
	slices.SortStableFunc(facts, inOrder)
	return facts
}

// once leaves out what was recorded again under another id before they were one.
func once(facts []domain.Recorded) []domain.Recorded {
	begun := map[Name]uuid.UUID{}
	return slices.DeleteFunc(facts, func(r domain.Recorded) bool {
		name, named := Named(r.Event)
		if !named {
			return false
		}
		by, known := begun[name]
		if !known {
			begun[name] = r.Metadata.Of
		}
		return known && by != r.Metadata.Of
	})
}

// OwnerOf returns whose thing a fact is; false where it stands in no customer's stream.
func OwnerOf(r *domain.Recorded) (uuid.UUID, bool) {
	if r.Metadata.Of != uuid.Nil {
		return r.Metadata.Of, true
	}
	return IDOf(r.Stream)
}

// inOrder compares facts by when they happened, where they are sorted by position.
func inOrder(a, b domain.Recorded) int {
	_, erased := a.Event.(Erased)
	_, alsoErased := b.Event.(Erased)
	switch {
	case erased && !alsoErased:
		return 1
	case alsoErased && !erased:
		return -1
	}
	return a.Metadata.OccurredAt.Compare(b.Metadata.OccurredAt)
}

// Survivor returns who stands for a customer: themselves, unless a merge lasts. It is given the events of all
// streams that ever belonged together, in the order of the log.
func Survivor(id uuid.UUID, events []domain.Recorded) uuid.UUID {
	return personsOf(events).survivor(id)
}

// Relatives returns whose streams may belong together with a fact's own: all whom it names as merged, split off or
// erased together, and whose thing it is.
func Relatives(e domain.Recorded) (ids []uuid.UUID) {
	switch e := e.Event.(type) {
	case MergeBegun:
		ids = append(ids, e.AbsorbedID)
	case Absorbed:
		ids = append(ids, e.AbsorbedID)
	case Separated:
		ids = append(ids, e.AbsorbedID)
	case Merged:
		ids = append(ids, e.Into)
	case SplitOff:
		ids = append(ids, e.From)
	case Erased:
		ids = append(ids, e.AbsorbedIDs...)
		if e.SurvivorID != uuid.Nil {
			ids = append(ids, e.SurvivorID)
		}
	}
	if e.Metadata.Of != uuid.Nil {
		ids = append(ids, e.Metadata.Of)
	}
	return ids
}

// persons is who stands for whom, and what is struck out.
type persons struct {
	claims map[uuid.UUID][]claim // by the absorbed: the survivors who say that they stand for them
	merged map[uuid.UUID]merged  // by the absorbed: what their own stream says
	parted map[pair]uint64       // positions at which survivors last said that they stand for them no more
	came   map[pair]uint64       // positions at which survivors last said what came of a merge
	undone map[uint64]bool       // positions
	voided map[place]bool
}

// claim is what a survivor's stream says of a merge. That stream decides.
type claim struct {
	survivor uuid.UUID
	position uint64
}

// merged is what the absorbed customer's stream says of it. It tells which of two survivors came first.
type merged struct {
	into     uuid.UUID
	position uint64
}

// pair is two who are or were one.
type pair struct{ survivor, absorbed uuid.UUID }

// place is where a fact stands.
type place struct {
	stream   string
	revision uint64
}

func personsOf(events []domain.Recorded) *persons {
	p := &persons{claims: map[uuid.UUID][]claim{}, merged: map[uuid.UUID]merged{}, parted: map[pair]uint64{},
		came: map[pair]uint64{}, undone: map[uint64]bool{}, voided: map[place]bool{}}
	for i := range events {
		p.take(&events[i])
	}
	return p
}

func (p *persons) take(r *domain.Recorded) {
	self, _ := IDOf(r.Stream)
	switch e := r.Event.(type) {
	case FactVoided:
		p.voided[e.place(r.Stream)] = true
	case Absorbed:
		p.came[pair{self, e.AbsorbedID}] = r.Position
		p.claims[e.AbsorbedID] = append(p.claims[e.AbsorbedID], claim{self, r.Position})
	case Separated:
		p.came[pair{self, e.AbsorbedID}] = r.Position
		p.undone[r.Position], p.parted[pair{self, e.AbsorbedID}] = true, r.Position
		p.withdraw(self, e.AbsorbedID)
	case Merged:
		if last, ok := p.merged[self]; ok {
			p.undone[last.position] = true
		}
		p.merged[self] = merged{e.Into, r.Position}
	case SplitOff:
		p.undone[r.Position] = true
		if last, ok := p.merged[self]; ok {
			p.undone[last.position] = true
		}
		delete(p.merged, self)
		p.withdraw(e.From, self)
	}
}

// withdraw undoes what a survivor said of a merge.
func (p *persons) withdraw(survivor, absorbed uuid.UUID) {
	p.claims[absorbed] = slices.DeleteFunc(p.claims[absorbed], func(c claim) bool {
		if c.survivor == survivor {
			p.undone[c.position] = true
		}
		return c.survivor == survivor
	})
}

// survivor returns who stands for a customer. A merge or a split that only one of the two streams knows of yet is as if
// both did; of two survivors at once, the absorbed customer's stream names the one, and else the first one counts.
func (p *persons) survivor(id uuid.UUID) uuid.UUID {
	own, merged := p.merged[id]
	switch claims := p.claims[id]; {
	case merged && p.parted[pair{own.into, id}] <= own.position:
		return own.into
	case len(claims) > 0:
		return claims[0].survivor
	}
	return id
}

// struck reports whether a fact counts for nobody.
func (p *persons) struck(r *domain.Recorded) bool {
	self, _ := IDOf(r.Stream)
	switch e := r.Event.(type) {
	case FactVoided:
		return true
	case MergeBegun:
		return p.came[pair{self, e.AbsorbedID}] > r.Position
	case Absorbed:
		return p.undone[r.Position] || p.survivor(e.AbsorbedID) != self
	case Merged:
		return p.undone[r.Position] || p.survivor(self) != e.Into
	}
	return p.undone[r.Position] || p.voided[place{r.Stream, r.Revision}]
}
