package customer

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A void says that a fact was recorded by mistake. The fact stays in the log, struck out; everything is as if it had
// not been.

// FactVoided is the fact that an earlier one was recorded by mistake.
type FactVoided struct {
	Revision uint64    `json:"revision"`                         // of the voided fact
	In       uuid.UUID `json:"in,omitzero"`                      // the customer in whose stream that stands, where it is another
	Reason   string    `json:"reason,omitempty" personal:"true"` // why
}

// Of reports whether a fact is the one that is voided here, in a stream.
func (e FactVoided) Of(stream string, r *domain.Recorded) bool {
	return e.place(stream) == place{r.Stream, r.Revision}
}

func (e FactVoided) place(stream string) place {
	if e.In != uuid.Nil {
		stream = Stream(e.In)
	}
	return place{stream, e.Revision}
}

func (FactVoided) EventType() string { return "customer.fact_voided.v1" }

// Evolve changes nothing: a state is folded anew without the voided fact.
func (FactVoided) Evolve(*State, domain.Metadata) {}

// Summary implements Told.
func (e FactVoided) Summary() string { return "a fact was voided: it was recorded by mistake" }

// VoidFact asks that a fact which was recorded by mistake count no more.
type VoidFact struct {
	Revision uint64 `json:"revision"`
	Reason   string `json:"reason,omitempty"`
}

func (VoidFact) Needs() Needs { return toldNeed() }

// Decide voids the fact together with what followed from it by itself. It refuses a fact on which others rest.
func (c VoidFact) Decide(s *State, g Given) ([]Event, error) {
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	facts, at := told(&g), placeIn(&g, c.Revision)
	is := func(r *domain.Recorded) bool { return at == placeOf(r) }
	if slices.ContainsFunc(facts, func(r domain.Recorded) bool { return is(&r) }) {
		return voidsOf(facts, is, c.Reason, &g)
	}
	if personsOf(g.Needs.Told.Events).voided[at] {
		return nil, nil
	}
	return nil, ErrFactUnknown
}

// told returns what counts for the customer, in the order of the log, with what was recorded under a second id again.
func told(g *Given) []domain.Recorded {
	facts := counting(g.ID, g.Needs.Told.Events)
	slices.SortFunc(facts, func(a, b domain.Recorded) int { return cmp.Compare(a.Position, b.Position) })
	return facts
}

// placeIn returns the place of a revision in the stream of the customer who was asked of.
func placeIn(g *Given, revision uint64) place {
	if g.Of != uuid.Nil {
		return place{Stream(g.Of), revision}
	}
	return place{Stream(g.ID), revision}
}

func placeOf(r *domain.Recorded) place { return place{r.Stream, r.Revision} }

// voidsOf voids some of the facts of a customer together with what followed from them by itself, each once, and the newest
// first: whoever has read a part of the voids knows of nothing without what it rests on.
func voidsOf(facts []domain.Recorded, which func(*domain.Recorded) bool, reason string, g *Given) ([]Event, error) {
	together, resting := restingOn(facts, which)
	if slices.ContainsFunc(together, func(r *domain.Recorded) bool { return which(r) && !voidable(r) }) {
		return nil, ErrFactNotVoidable
	}
	if len(resting) > 0 {
		return nil, restedOn(resting)
	}
	voids := make([]Event, len(together))
	for i, r := range together {
		voids[len(voids)-1-i] = voidOf(r, g, reason)
	}
	return voids, nil
}

func voidOf(r *domain.Recorded, g *Given, reason string) FactVoided {
	void := FactVoided{Revision: r.Revision, Reason: reason}
	if in, _ := IDOf(r.Stream); in != g.ID {
		void.In = in
	}
	return void
}

// ownerOfVoided returns whose a voided fact is: an absorbed customer's, or zero for the one who was asked of.
func ownerOfVoided(e FactVoided, g *Given) uuid.UUID {
	at := e.place(Stream(g.ID))
	for i := range g.Needs.Told.Events {
		r := &g.Needs.Told.Events[i]
		if placeOf(r) != at {
			continue
		}
		if owner, _ := OwnerOf(r); owner != g.ID {
			return owner
		}
		break
	}
	return uuid.Nil
}

// voidable reports whether people or apps recorded a fact, and nothing else was done along with it.
func voidable(r *domain.Recorded) bool {
	switch r.Event.(type) {
	case Registered, IdentityLinked, IdentityUnlinked, ContactPointAdded, ContactPointRemoved, Absorbed, Separated, Merged,
		SplitOff, Erased, Archived, Restored:
		return false // what they did to others, or to who the customer is, is undone by commands of their own
	}
	return !byItself(r)
}

// byItself reports whether the calendar recorded a fact, or another one did along with it.
func byItself(r *domain.Recorded) bool {
	return r.Metadata.Actor == system && r.Metadata.Source == rapport
}

// restingOn returns some of the facts with those that followed from them by themselves, and the others that rest on any of
// these: those that name what one of them begins, that go on with what it changed, or that were concluded from it. What
// began the same under a second id rests on nothing.
func restingOn(facts []domain.Recorded, which func(*domain.Recorded) bool) (together, resting []*domain.Recorded) {
	var g ground
	for i := range facts {
		r := &facts[i]
		along := g.along(r)
		switch {
		case which(r):
			g.lay(r)
			together = append(together, r)
		case len(g.laid) == 0, g.again(r), !along && !g.bears(r):
		case along, byItself(r):
			g.note(r)
			together = append(together, r)
		default:
			resting = append(resting, r)
		}
	}
	return together, resting
}

// ground is what facts may rest on.
type ground struct {
	laid    []*domain.Recorded
	begun   map[uuid.UUID]bool
	changed map[uuid.UUID]string // the nouns of what goes on with a thing
}

func (g *ground) lay(r *domain.Recorded) {
	g.laid = append(g.laid, r)
	g.note(r)
}

func (g *ground) note(r *domain.Recorded) {
	if name, named := Named(r.Event); named {
		remember(&g.begun, name.ID, true)
		return
	}
	for _, id := range idsIn(reflect.ValueOf(r.Event)) {
		remember(&g.changed, id, nounOf(r.Event))
	}
}

// again reports whether a fact begins what one of those began that were laid.
func (g *ground) again(r *domain.Recorded) bool {
	name, named := Named(r.Event)
	return named && slices.ContainsFunc(g.laid, func(fact *domain.Recorded) bool {
		begun, ok := Named(fact.Event)
		return ok && begun == name
	})
}

// along reports whether a fact was recorded by the command that recorded one of those.
func (g *ground) along(r *domain.Recorded) bool {
	return slices.ContainsFunc(g.laid, func(fact *domain.Recorded) bool { return fact.Metadata.CommandID == r.Metadata.CommandID })
}

// bears reports whether a fact rests on those that were noted.
func (g *ground) bears(r *domain.Recorded) bool {
	own, named := Named(r.Event)
	for _, id := range idsIn(reflect.ValueOf(r.Event)) {
		if named && id == own.ID {
			continue // what begins a thing rests on nothing that was told of it, such as under a second id
		}
		if g.begun[id] || g.changed[id] != "" && g.changed[id] == nounOf(r.Event) {
			return true
		}
	}
	concluded, ok := r.Event.(InsightRecorded)
	return ok && slices.ContainsFunc(g.laid, func(fact *domain.Recorded) bool {
		return r.Stream == fact.Stream && slices.Contains(concluded.Evidence, int64(fact.Revision))
	})
}

// nounOf returns what a fact is about, by the first word of its type's name.
func nounOf(e domain.Event) string {
	noun, _, _ := strings.Cut(strings.TrimPrefix(e.EventType(), "customer."), "_")
	return noun
}

// idsIn returns all ids of things within a fact, however deep.
func idsIn(v reflect.Value) (ids []uuid.UUID) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return idsIn(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			ids = append(ids, idsIn(v.Index(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); f.IsExported() && !customers[name] {
				ids = append(ids, idsIn(v.Field(i))...)
			}
		}
	case reflect.Array:
		if id, ok := reflect.TypeAssert[uuid.UUID](v); ok && id != uuid.Nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// restedOn refuses to void a fact, and names what rests on it.
func restedOn(resting []*domain.Recorded) error {
	var lines, revisions []string
	for _, r := range resting[:min(len(resting), 20)] {
		line := fmt.Sprintf("%d: %s", r.Revision, r.Event.EventType())
		if told, ok := r.Event.(Told); ok {
			line = fmt.Sprintf("%d: %s", r.Revision, told.Summary())
		}
		lines, revisions = append(lines, line), append(revisions, fmt.Sprint(r.Revision))
	}
	refused := ErrFactRestedOn.Because("void first, by their revisions: %s", strings.Join(lines, "; "))
	refused.Existing = strings.Join(revisions, ",")
	return refused
}

var (
	ErrFactUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "fact_unknown", Field: "revision",
		Reason: "the customer's stream has no such fact that counts"}
	ErrFactNotVoidable = &domain.Rejection{Kind: domain.Refused, Code: "fact_not_voidable", Field: "revision",
		Reason: "this follows by itself, or is undone by a command of its own: unlink, split, restore, erase"}
	ErrFactRestedOn = &domain.Rejection{Kind: domain.Refused, Code: "fact_rested_on", Field: "revision",
		Reason: "other facts rest on this one: void those first"}
)
