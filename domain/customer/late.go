package customer

import (
	"cmp"
	"reflect"
	"slices"
	"time"

	"github.com/rapport-crm/rapport/domain"
)

// The calendar records what fell due because nobody had said otherwise by then. When somebody says later what happened
// in time, it withdraws what it would not have recorded, by a void, and records anew what falls due then.

// fell reports whether a fact is one that the calendar recorded, because its day was over.
func fell(e domain.Event, m domain.Metadata) bool {
	if m.Actor != system || m.Source != rapport {
		return false
	}
	switch e := e.(type) {
	case PromiseBroken:
		return e.Overdue
	case AgreementEnded:
		return e.Expired
	case OfferExpired, PointsExpired, ConsentExpired, AttributeExpired, CaseBreached, MaintenanceMissed, RecommendationOverdue:
		return true
	}
	return false
}

// system and rapport are the actor and the source of what is recorded by itself.
const (
	system  = "system"
	rapport = "rapport"
)

// defers reports whether a command is about what falls due when its day is over, so that it may show too late that it
// should not have.
func defers(c Command) bool {
	switch c := c.(type) {
	case KeepPromise, BreakPromise, AcceptOffer, RejectOffer, SpendPoints, RecordReturn, GrantConsent, WithdrawConsent,
		SetAttribute, RemoveAttribute, RespondToCase, PauseCase, ResumeCase, ResolveCase, PerformMaintenance,
		CancelMaintenance, AcceptRecommendation, DismissRecommendation, EndAgreement:
		return true
	case RecordPurchase:
		return c.OfferID != nil
	}
	return false
}

// Late reports whether a command tells of a time before something that the calendar recorded and that it may undo. Then
// InTime decides on it.
func (s *State) Late(c Command, g *Given) bool {
	return g.Dated && g.When.Before(s.fell) && defers(c)
}

// InTime decides on a command that is late as it would have been decided before the calendar recorded what fell due since,
// and withdraws what would not have fallen due then. It is given all that was told. It returns nothing where the command,
// too, would have been refused in time, or nothing would have been new.
func InTime(s *State, c Command, g Given) []Event {
	events := g.Needs.Told.Events
	known := Facts(g.ID, events)
	inTime := slices.DeleteFunc(slices.Clone(known), func(r domain.Recorded) bool {
		return fell(r.Event, r.Metadata) && r.Metadata.OccurredAt.After(g.When)
	})
	anew, err := c.Decide(folded(inTime), g)
	if err != nil || len(anew) == 0 {
		return nil
	}
	all := slices.Clone(known)
	for i, e := range anew {
		r := domain.Recorded{Event: e, Metadata: g.By, Stream: Stream(g.ID), Position: behind(events) + uint64(i)}
		r.Metadata.OccurredAt, r.Metadata.Of = g.When, s.Owner(e, &g)
		all = append(all, r)
	}
	slices.SortStableFunc(all, inOrder)
	before, after := due(known, g.Zone), due(all, g.Zone)
	var facts []Event
	for i := range slices.Backward(known) { // the newest first, as voidsOf does
		if r := &known[i]; before[r.Position] && !after[r.Position] {
			facts = append(facts, voidOf(r, &g, "what was told later shows that this did not fall due"))
		}
	}
	return append(facts, anew...)
}

// behind is a position behind those of events.
func behind(events []domain.Recorded) (next uint64) {
	for i := range events {
		next = max(next, events[i].Position+1)
	}
	return next
}

// folded folds facts in the order in which they were told.
func folded(facts []domain.Recorded) *State {
	facts = slices.SortedFunc(slices.Values(facts), func(a, b domain.Recorded) int { return cmp.Compare(a.Position, b.Position) })
	s := &State{}
	s.Begin(facts)
	for i := range facts {
		if e, ok := facts[i].Event.(Event); ok {
			s.Take(e, facts[i].Metadata)
		}
	}
	return s
}

// due returns which of the facts that the calendar recorded fell due indeed, by their positions, in the order in which
// things happened.
func due(facts []domain.Recorded, zone *time.Location) map[uint64]bool {
	indeed := map[uint64]bool{}
	s := &State{}
	s.Begin(facts)
	for i := range facts {
		r := &facts[i]
		e, ok := r.Event.(Event)
		if !ok {
			continue
		}
		if fell(e, r.Metadata) {
			day := domain.DayOf(r.Metadata.OccurredAt, zone)
			for _, d := range s.deadlines() {
				for _, falls := range d.fall(day) {
					indeed[r.Position] = indeed[r.Position] || reflect.DeepEqual(falls, e)
				}
			}
			if !indeed[r.Position] {
				continue // as if it had not been
			}
		}
		s.Take(e, r.Metadata)
	}
	return indeed
}
