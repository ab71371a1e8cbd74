package customer

import (
	"iter"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A correction voids a fact and records it anew, at once: everything is as if it had been told so in the first place.

// CorrectFact asks that a fact which was recorded by mistake be told as another command tells it.
type CorrectFact struct {
	Revision uint64  `json:"revision,omitempty"` // of the fact; zero for the one that begins what As names
	Reason   string  `json:"reason,omitempty"`
	As       Command `json:"as"`
}

// Needs are those of the command that tells it anew.
func (c CorrectFact) Needs() Needs {
	n := toldNeed()
	if c.As != nil {
		n = c.As.Needs()
		n.Told.Asked, n.Founds, n.Outlasts, n.Itself = true, false, false, false
	}
	return n
}

// Decide voids as VoidFact does, also what recorded the same under a second id, and lets the command decide on all that
// counts then.
func (c CorrectFact) Decide(s *State, g Given) ([]Event, error) {
	if c.As == nil {
		return nil, ErrNotToldAnew
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	facts := told(&g)
	i, err := c.find(facts, s, &g)
	if err != nil || i < 0 {
		return nil, err
	}
	fact := &facts[i]
	if g.By.Content != "" && fact.Metadata.Content == g.By.Content {
		return nil, nil // it is told so
	}
	voids, err := voidsOf(facts, sameAs(fact), c.Reason, &g)
	if err != nil {
		return nil, err
	}
	anew, err := c.As.Decide(without(voids, &g), g)
	if err != nil {
		return nil, err
	}
	if len(anew) == 0 {
		return nil, ErrKnownAnyway
	}
	if !slices.ContainsFunc(anew, func(e Event) bool { return e.EventType() == fact.Event.EventType() }) {
		return nil, ErrOtherFact.Because("it tells a %s, not a %s", anew[0].EventType(), fact.Event.EventType())
	}
	return append(voids, anew...), nil
}

// sameAs reports of facts whether they are a certain one, or recorded the same under a second id.
func sameAs(fact *domain.Recorded) func(*domain.Recorded) bool {
	name, named := Named(fact.Event)
	return func(r *domain.Recorded) bool {
		again, ok := Named(r.Event)
		return placeOf(r) == placeOf(fact) || named && ok && again == name
	}
}

// Corrected returns the fact that is to be told anew, also where it was by now; false where there is none.
func (c CorrectFact) Corrected(g *Given) (domain.Recorded, bool) {
	if c.Revision == 0 {
		facts := told(g)
		if i := c.index(facts, g); i >= 0 {
			return facts[i], true
		}
		return domain.Recorded{}, false
	}
	at := placeIn(g, c.Revision)
	for _, r := range g.Needs.Told.Events {
		if placeOf(&r) == at {
			return r, true
		}
	}
	return domain.Recorded{}, false
}

// find returns which of the facts is to be told anew, or -1 where it was told so since.
func (c CorrectFact) find(facts []domain.Recorded, s *State, g *Given) (int, error) {
	if i := c.index(facts, g); i >= 0 {
		return i, nil
	}
	if c.Revision == 0 {
		return -1, ErrFactUnknown
	}
	at := placeIn(g, c.Revision)
	by, voided := Strike{}, false
	for i := range g.Needs.Told.Events {
		if r := &g.Needs.Told.Events[i]; placeOf(r) == at {
			by, voided = Strikes(domain.Each(g.Needs.Told.Events))[r.Position]
		}
	}
	if !voided {
		return -1, ErrFactUnknown
	}
	if again, err := c.As.Decide(s, *g); err == nil && len(again) == 0 {
		return -1, nil
	}
	refused := ErrFactVoided.Because("it counts no more")
	for _, r := range g.Needs.Told.Events {
		if by.Instead > 0 && r.Position == by.Instead {
			refused = ErrFactVoided.Because("revision %d was recorded in its stead", r.Revision)
			refused.Existing = strconv.FormatUint(r.Revision, 10)
		}
	}
	return -1, refused
}

func (c CorrectFact) index(facts []domain.Recorded, g *Given) int {
	if c.Revision > 0 {
		at := placeIn(g, c.Revision)
		return slices.IndexFunc(facts, func(r domain.Recorded) bool { return at == placeOf(&r) })
	}
	things := thingsOf(c.As)
	for i := len(facts) - 1; i >= 0; i-- {
		if name, named := Named(facts[i].Event); named && slices.Contains(things, name.ID) {
			return i
		}
	}
	return -1
}

// without folds all that counts once something is voided.
func without(voids []Event, g *Given) *State {
	events := slices.Clone(g.Needs.Told.Events)
	next := behind(events)
	for i, e := range voids {
		events = append(events, domain.Recorded{Event: e, Stream: Stream(g.ID), Position: next + uint64(i)})
	}
	return folded(Facts(g.ID, events))
}

// Strike says by which fact another one was voided, and which one was recorded in its stead, by their positions. Instead is
// zero where none was.
type Strike struct{ By, Instead uint64 }

// Strikes returns the facts that were voided, by their positions; nil where none were. It is given the events of all
// streams that ever belonged together, in any order.
func Strikes(events iter.Seq[*domain.Recorded]) map[uint64]Strike {
	voided := map[place]*domain.Recorded{}
	for r := range events {
		if void, ok := r.Event.(FactVoided); ok {
			at := void.place(r.Stream)
			if first := voided[at]; first == nil || r.Position < first.Position {
				voided[at] = r
			}
		}
	}
	if len(voided) == 0 {
		return nil
	}
	type told struct {
		command   uuid.UUID
		eventType string
	}
	anew := map[told]uint64{}
	for r := range events {
		if _, ok := r.Event.(FactVoided); !ok && r.Metadata.CommandID != uuid.Nil {
			anew[told{r.Metadata.CommandID, r.Event.EventType()}] = r.Position
		}
	}
	strikes := make(map[uint64]Strike, len(voided))
	for r := range events {
		if by := voided[placeOf(r)]; by != nil {
			strikes[r.Position] = Strike{by.Position, anew[told{by.Metadata.CommandID, r.Event.EventType()}]}
		}
	}
	return strikes
}

var (
	ErrNotToldAnew = &domain.Rejection{Kind: domain.Invalid, Code: "correction_missing", Field: "as",
		Reason: "say what should have been recorded"}
	ErrOtherFact = &domain.Rejection{Kind: domain.Refused, Code: "correction_of_another_kind", Field: "as",
		Reason: "a correction tells the same kind of fact: void this one, and record the other"}
	ErrKnownAnyway = &domain.Rejection{Kind: domain.Conflict, Code: "correction_known", Field: "as",
		Reason: "this is known without the fact: void that"}
	ErrFactVoided = &domain.Rejection{Kind: domain.Conflict, Code: "fact_voided", Field: "revision",
		Reason: "this fact was voided before"}
)
