package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
)

// A person is one, under however many ids: while a merge lasts, commands under any of them are decided on all streams
// folded together, and what they record goes to the survivor's stream.

// persons is what a handler has to know of states that several streams make up.
type persons[S any] struct {
	mends func(domain.Event) bool
	// byMerges reports whether a command goes by who stands for whom alone.
	byMerges func(any) bool
	// late reports whether a command tells of a time before what the calendar recorded; inTime decides on it as in time.
	late   func(s *S, command, given any) bool
	inTime func(s *S, command, given any) []domain.EventOf[S]

	begin     func(*S, []domain.Recorded)
	take      func(*S, domain.EventOf[S], domain.Metadata)
	owner     func(s *S, e domain.EventOf[S], given any) uuid.UUID
	survivor  func(*S) uuid.UUID
	standsFor func(*S, uuid.UUID) bool
	// begun returns the merges that the customer's stream says began, and not what came of them, with when they did; mergedInto
	// who stands for a customer by what their stream says, and whether they were erased.
	begun      func(*S) map[uuid.UUID]time.Time
	mergedInto func(context.Context, uuid.UUID) (into uuid.UUID, erased bool, err error)
	// heal completes a merge or a split of which only the absorbed customer's stream knows, or the survivor's.
	heal func(ctx context.Context, absorbed, survivor uuid.UUID, settled bool) error
}

func (s *Service) persons() *persons[customer.State] {
	return &persons[customer.State]{mends: customer.Mends, byMerges: customer.ByMerges, late: late, inTime: inTime,
		begin: (*customer.State).Begin, take: (*customer.State).Take, owner: ownerOf,
		survivor: (*customer.State).Survivor, standsFor: (*customer.State).StandsFor, heal: s.heal,
		begun: (*customer.State).MergesBegun, mergedInto: s.mergedInto}
}

func (s *Service) mergedInto(ctx context.Context, id uuid.UUID) (into uuid.UUID, erased bool, err error) {
	e, err := s.beside(ctx, id)
	return e.state.Survivor(), e.state.Erased(), err
}

func ownerOf(s *customer.State, e customer.Event, given any) uuid.UUID {
	return s.Owner(e, given.(*customer.Given))
}

func late(s *customer.State, command, given any) bool {
	c, ok := command.(customer.Command)
	return ok && s.Late(c, given.(*customer.Given))
}

func inTime(s *customer.State, command, given any) []customer.Event {
	return customer.InTime(s, command.(customer.Command), *given.(*customer.Given))
}

// errMoved: another stream is the one to decide on by now.
var errMoved = fmt.Errorf("%w: another customer is about to stand for this one", eventstore.ErrUnavailable)

// follow acquires the entry on which commands for a stream are decided: the survivor's, while a merge lasts. Then of is
// the customer of whom they were asked.
func (h *Handler[S, N]) follow(ctx context.Context, stream string, itself bool) (e *entry[S], of uuid.UUID, err error) {
	if e, err = h.cache.acquire(ctx, stream); err != nil || h.persons == nil {
		return e, of, err
	}
	if !e.loaded {
		if _, err := h.catchUp(ctx, e); err != nil {
			h.cache.release(e)
			return nil, of, err
		}
	}
	survivor := h.persons.survivor(&e.state)
	if survivor == uuid.Nil {
		return e, of, nil
	}
	h.cache.release(e)
	of, _ = customer.IDOf(stream)
	if e, err = h.cache.acquire(ctx, customer.Stream(survivor)); err != nil {
		return nil, of, err
	}
	if !e.loaded || !h.persons.standsFor(&e.state, of) {
		if _, err := h.catchUp(ctx, e); err != nil {
			h.cache.release(e)
			return nil, of, err
		}
	}
	stands := h.persons.standsFor(&e.state, of)
	if stands && !itself {
		return e, of, nil
	}
	h.cache.release(e)
	if e, err = h.cache.acquire(ctx, stream); err != nil || stands {
		return e, uuid.Nil, err
	}
	// Perhaps they were split meanwhile, or merged with another one: then who decides is asked again.
	if _, err = h.catchUp(ctx, e); err == nil && h.persons.survivor(&e.state) == survivor {
		settled := h.settledBy(e.since)
		h.cache.release(e)
		var refused *domain.Rejection
		if err = h.persons.heal(ctx, of, survivor, settled); err != nil && !errors.As(err, &refused) {
			return nil, of, err
		}
		if e, err = h.cache.acquire(ctx, stream); err != nil {
			return nil, of, err
		}
		_, err = h.catchUp(ctx, e)
	}
	if err != nil {
		h.cache.release(e)
	}
	return e, uuid.Nil, err
}

// settledBy reports whether what was recorded of a merge at a moment is all that there will be.
func (h *Handler[S, N]) settledBy(at time.Time) bool {
	return h.store.Limits().Joint || h.now().Sub(at) > undisturbed
}

// moved reports whether an order is to be decided on another stream than the entry's.
func (h *Handler[S, N]) moved(e *entry[S], o *order[S, N]) bool {
	switch {
	case h.persons == nil || o.given.Needs.Common().Itself:
		return false
	case o.given.Of != uuid.Nil:
		return !h.persons.standsFor(&e.state, o.given.Of)
	}
	return !o.alone && h.persons.survivor(&e.state) != uuid.Nil
}

// company is what an entry knows of the streams of others that its state rests on.
type company struct {
	// events are those of all the streams, the entry's own among them, in the order of the log. There are none where the
	// state rests on its own stream alone.
	events   []domain.Recorded
	read     map[string]uint64 // by stream: the revision from which on it was not read yet
	joined   int               // of the events: those whose relatives were looked for
	unplaced int               // how many of the last events have no place in the log yet
}

// behind is the position of the newest of the events.
func (c *company) behind() uint64 {
	if len(c.events) == 0 {
		return 0
	}
	return c.events[len(c.events)-1].Position
}

// place says where what was appended last stands.
func (c *company) place(position uint64) {
	for i := range min(c.unplaced, len(c.events)) {
		c.events[len(c.events)-1-i].Position = position - uint64(i)
	}
	c.unplaced = 0
}

// takeNext takes a fact of an entry's own stream into its state.
func (h *Handler[S, N]) takeNext(e *entry[S], fact domain.EventOf[S], r domain.Recorded) {
	if len(e.events) > 0 {
		e.events = append(e.events, r)
	}
	h.take(e, fact, r.Metadata)
	e.apart = e.apart || h.persons != nil && h.persons.mends(fact)
}

// whole folds what came to count for an entry's state, or counts no more. It waits until somebody asks: many customers
// are merged into one at the cost of one.
func (h *Handler[S, N]) whole(ctx context.Context, e *entry[S]) error {
	if !e.apart {
		return nil
	}
	if err := h.join(ctx, e); err != nil {
		e.drop()
		return err
	}
	e.apart = false
	return nil
}

// take folds a fact into an entry's state.
func (h *Handler[S, N]) take(e *entry[S], fact domain.EventOf[S], m domain.Metadata) {
	if h.persons == nil {
		fact.Evolve(&e.state, m)
		return
	}
	h.persons.take(&e.state, fact, m)
}

// join folds all streams that ever belonged together with the entry's own. Those that were read before are read on only
// where a new fact names them: nobody writes to an absorbed customer's stream but who splits them off.
func (h *Handler[S, N]) join(ctx context.Context, e *entry[S]) error {
	if e.read == nil {
		e.company = company{read: map[string]uint64{}}
		if err := h.readInto(ctx, &e.company, e.stream, e.next); err != nil {
			return err
		}
	}
	if own := ownOf(e); merged(own) { // all that is asked of this state is who stands for the customer
		e.company = company{}
		h.foldAll(e, own, own)
		return nil
	}
	if err := h.readRelatives(ctx, &e.company, e.stream); err != nil {
		return err
	}
	h.refold(e)
	if len(e.read) == 1 {
		e.company = company{} // what comes is folded as it comes
	}
	return nil
}

// readRelatives reads the streams that events name.
func (h *Handler[S, N]) readRelatives(ctx context.Context, c *company, own string) error {
	for ; c.joined < len(c.events); c.joined++ {
		r := c.events[c.joined]
		for _, id := range customer.Relatives(r) {
			stream := customer.Stream(id)
			if _, seen := c.read[stream]; stream == own || seen && !h.persons.mends(r.Event) {
				continue
			}
			if err := h.readInto(ctx, c, stream, eventstore.End); err != nil {
				return err
			}
		}
	}
	slices.SortStableFunc(c.events, func(a, b domain.Recorded) int { return cmp.Compare(a.Position, b.Position) })
	return nil
}

// told returns the events on which an entry's state rests.
func (h *Handler[S, N]) told(ctx context.Context, e *entry[S]) ([]domain.Recorded, error) {
	if len(e.events) > 0 {
		return e.events, nil
	}
	c := company{read: map[string]uint64{}}
	if err := h.readInto(ctx, &c, e.stream, e.next); err != nil {
		return nil, err
	}
	return c.events, h.readRelatives(ctx, &c, e.stream)
}

// readInto reads on in a stream, up to a revision.
func (h *Handler[S, N]) readInto(ctx context.Context, c *company, stream string, until uint64) error {
	from := c.read[stream]
	c.read[stream] = from
	for record, err := range eventstore.ReadWhole(ctx, h.store, stream, from) {
		if err != nil {
			return fmt.Errorf("read %s: %w", stream, err)
		}
		if record.Revision >= until {
			break
		}
		c.read[stream] = record.Revision + 1
		recorded, err := h.codec.Decode(ctx, record)
		if errors.Is(err, eventstore.ErrForeignType) {
			continue
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", stream, err)
		}
		c.events = append(c.events, recorded)
	}
	// A sequence may end without an error when its context did.
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("read %s: %w", stream, err)
	}
	return nil
}

// ownOf returns the events of an entry's own stream.
func ownOf[S any](e *entry[S]) []domain.Recorded {
	return slices.DeleteFunc(slices.Clone(e.events), func(r domain.Recorded) bool { return r.Stream != e.stream })
}

// merged reports whether another customer stands for the one whose stream it is, by what that says.
func merged(own []domain.Recorded) (is bool) {
	for i := range own {
		switch own[i].Event.(type) {
		case customer.Merged:
			is = true
		case customer.SplitOff:
			is = false
		}
	}
	return is
}

// refold folds an entry's state from the events of its streams, in the order in which they were told, as those of one stream
// are.
func (h *Handler[S, N]) refold(e *entry[S]) {
	id, _ := customer.IDOf(e.stream)
	facts := customer.Facts(id, e.events)
	slices.SortFunc(facts, func(a, b domain.Recorded) int { return cmp.Compare(a.Position, b.Position) })
	h.foldAll(e, facts, e.events)
}

// foldAll folds an entry's state from facts. The commands that it remembers are those in the streams of all who are the
// person, and those that another one's stream has from when that one stood for any of them.
func (h *Handler[S, N]) foldAll(e *entry[S], facts, events []domain.Recorded) {
	var state S
	e.state, e.recent, e.contents = state, recent{}, nil
	if h.persons != nil {
		h.persons.begin(&e.state, facts)
	}
	self, _ := customer.IDOf(e.stream)
	own := map[uuid.UUID]bool{self: true} // whose things count
	for i := range facts {
		own[facts[i].Metadata.Of] = true
		if fact, ok := facts[i].Event.(domain.EventOf[S]); ok {
			h.take(e, fact, facts[i].Metadata)
			e.contents.add(facts[i].Metadata.Content)
		}
	}
	stood := map[string]int{} // by the stream: for how many of them it stands
	for i := range events {
		r := &events[i]
		switch fact := r.Event.(type) {
		case customer.Absorbed:
			if own[fact.AbsorbedID] {
				stood[r.Stream]++
			}
		case customer.Separated:
			if own[fact.AbsorbedID] {
				stood[r.Stream]--
			}
		}
		in, _ := customer.IDOf(r.Stream)
		if r.Metadata.CommandDigest != "" && (own[in] || stood[r.Stream] > 0) {
			e.recent.remember(handled{id: r.Metadata.CommandID, digest: r.Metadata.CommandDigest, revision: r.Revision, position: r.Position})
		}
	}
}

// mergedAt returns when another one began to stand for the customer.
func mergedAt(e domain.Event, at time.Time) (time.Time, bool) {
	_, ok := e.(customer.Merged)
	return at, ok
}
