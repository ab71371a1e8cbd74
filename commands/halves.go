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

// Where the store takes the two halves of a merge one after the other, the survivor's stream says beforehand that a merge
// begins. The absorbed customer's half comes next, the survivor's last. So a half that a process leaves, or is about to
// complete, shows from both sides: whoever is about to decide on either customer completes it first, in any process.

// halfError: a merge that was begun is to be completed, or to be given up, before anything is decided on the survivor.
type halfError struct {
	absorbed, survivor uuid.UUID
	settled            bool // nobody can be about to record it any more
}

func (e *halfError) Error() string {
	return fmt.Sprintf("the merge of customer %s into %s is to be completed first", e.absorbed, e.survivor)
}

func (e *halfError) Unwrap() error { return eventstore.ErrUnavailable }

// half looks at the merges that a customer's stream says were begun, but for those that the command completes. It returns
// one that came about in the absorbed customer's stream, or that nobody can be about to record any more; nil where there is
// none. It reads the streams of others beside the cache.
func (h *Handler[S, N]) half(ctx context.Context, e *entry[S], completes func(absorbed uuid.UUID) bool) (*halfError, error) {
	if h.persons == nil {
		return nil, nil
	}
	for absorbed, at := range h.persons.begun(&e.state) {
		if completes(absorbed) {
			continue
		}
		into, erased, err := h.persons.mergedInto(ctx, absorbed)
		if err != nil {
			return nil, err
		}
		self, _ := customer.IDOf(e.stream)
		if settled := h.now().Sub(at) > undisturbed; into == self || settled && !erased {
			return &halfError{absorbed, self, settled}, nil
		}
	}
	return nil, nil
}

// completes reports whether an order is what completes the merge of a customer, or gives it up.
func (o *order[S, N]) completes(absorbed uuid.UUID) bool {
	switch c := any(o.command).(type) {
	case customer.Absorb:
		return c.AbsorbedID == absorbed
	case customer.Separate:
		return o.alone && c.AbsorbedID == absorbed
	}
	return false
}

// announce records that merges begin. It is done anew whenever a merge is decided anew, so that the absorbed customer's half
// is only ever recorded after it was found possible, and the survivor's stream announced it.
func (d *decision[S, N]) announce(ctx context.Context, o *order[S, N], facts []domain.EventOf[S]) error {
	h, e := d.handler, d.entry
	for _, fact := range facts {
		absorbed, is := any(fact).(customer.Absorbed)
		if !is {
			continue
		}
		begun, ok := any(customer.MergeBegun{AbsorbedID: absorbed.AbsorbedID}).(domain.EventOf[S])
		if !ok {
			return fmt.Errorf("announce a merge in %s: it is no customer's stream", e.stream)
		}
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		m := system()
		m.OccurredAt, m.CommandID, m.CorrelationID = h.now().UTC(), id, o.metadata.CorrelationID
		event, err := h.codec.Encode(ctx, e.stream, id, begun, m)
		if err != nil {
			return err
		}
		at, err := h.store.Append(ctx, e.stream, d.expected, []eventstore.Proposed{event})
		if errors.Is(err, eventstore.ErrWrongRevision) {
			return errOutdated
		}
		if err != nil {
			return fmt.Errorf("append to %s: %w", e.stream, err)
		}
		h.takeNext(e, begun, domain.Recorded{ID: id, Event: begun, Metadata: m, Stream: e.stream, Revision: e.next,
			Position: uint64(at.Position)})
		e.next, e.position = e.next+1, uint64(at.Position)
		e.took(id, event.Data)
		d.expected = e.expected()
		if o.ifRevision != nil { // the caller knows the revision before
			revision := e.next - 1
			o.ifRevision = &revision
		}
	}
	return nil
}

// heal completes a merge or gives it up. That the survivor refuses it, who is asked again, is no fault.
func (h *Handler[S, N]) heal(ctx context.Context, half *halfError) error {
	err := h.persons.heal(ctx, half.absorbed, half.survivor, half.settled)
	var refused *domain.Rejection
	if errors.As(err, &refused) {
		return nil
	}
	return err
}

// heal completes what the process that merged or split two customers left half-way: whoever sees it first does what that
// process was about to do, also while it still is. Where the survivor was erased meanwhile, the person is erased whole. A
// merge that the survivor refuses by now, who was merged themselves, is undone, once nobody can be about to record it.
func (s *Service) heal(ctx context.Context, absorbed, survivor uuid.UUID, settled bool) error {
	// Who asks for this may have the turn of another customer: two who wait for each other do not wait long.
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	now, err := s.halfOf(ctx, absorbed, survivor)
	if err != nil {
		return err
	}
	ask := func(id uuid.UUID, c customer.Command, m domain.Metadata) error {
		_, err := s.Customers.Handle(ctx, Request[customer.State, customer.Needs]{Stream: customer.Stream(id), Command: c,
			Metadata: m, alone: true})
		return err
	}
	switch {
	case now.merging && now.gone != nil:
		return ask(absorbed, customer.Erase{Reason: now.gone.Reason}.With(survivor), system())
	case now.merging:
		m := system()
		m.OccurredAt = now.at
		err := ask(survivor, customer.Absorb{AbsorbedID: absorbed}, m)
		var refused *domain.Rejection
		if !errors.As(err, &refused) || !settled {
			return err
		}
	case now.begun && settled: // nothing came of it
		return ask(survivor, customer.Separate{AbsorbedID: absorbed}, system())
	}
	return ask(absorbed, customer.Split{From: survivor}, system())
}

// half is what the streams of two customers say of their merge.
type half struct {
	merging bool // by what both say: where only one of them knows, a merge was left half-way rather than a split
	at      time.Time
	begun   bool             // the survivor's stream does not say what came of it
	gone    *customer.Erased // the survivor
}

// halfOf reads what the streams of two customers say of their merge.
func (s *Service) halfOf(ctx context.Context, absorbed, survivor uuid.UUID) (now half, err error) {
	c := company{read: map[string]uint64{}}
	for _, id := range []uuid.UUID{absorbed, survivor} {
		if err := s.Customers.readInto(ctx, &c, customer.Stream(id), eventstore.End); err != nil {
			return now, err
		}
	}
	slices.SortStableFunc(c.events, func(a, b domain.Recorded) int { return cmp.Compare(a.Position, b.Position) })
	for i := range c.events {
		r := &c.events[i]
		if r.Stream == customer.Stream(absorbed) {
			if _, merged := r.Event.(customer.Merged); merged {
				now.at = r.Metadata.OccurredAt
			}
			continue
		}
		switch e := r.Event.(type) {
		case customer.MergeBegun:
			now.begun = now.begun || e.AbsorbedID == absorbed
		case customer.Absorbed:
			now.begun = now.begun && e.AbsorbedID != absorbed
		case customer.Separated:
			now.begun = now.begun && e.AbsorbedID != absorbed
		case customer.Erased:
			now.gone = &e
		}
	}
	now.merging = customer.Survivor(absorbed, c.events) == survivor
	return now, nil
}

// healHalf completes what a customer's stream says of a merge that the survivor's does not know of. It reports whether
// there was something to complete.
func (s *Service) healHalf(ctx context.Context, e *entry[customer.State]) (healed bool, err error) {
	absorbed, _ := customer.IDOf(e.stream)
	into := e.state.Survivor()
	if into == uuid.Nil {
		return false, nil
	}
	survivor, err := s.beside(ctx, into)
	if err != nil || survivor.state.StandsFor(absorbed) {
		return false, err
	}
	err = s.heal(ctx, absorbed, into, s.Customers.settledBy(e.since))
	var refused *domain.Rejection
	if errors.As(err, &refused) {
		return false, nil // it is undone once it is sure that nobody is about to record it
	}
	return err == nil, err
}

// Heal completes merges and splits that were left half-way: it looks at customers of whom read models say that another one
// stands for them, and returns of how many only one half was recorded.
func (s *Service) Heal(ctx context.Context, absorbed []uuid.UUID) (healed int, err error) {
	for _, id := range absorbed {
		e, err := s.beside(ctx, id)
		if err != nil {
			return healed, err
		}
		half, err := s.healHalf(ctx, e)
		if err != nil {
			return healed, err
		}
		if half {
			healed++
		}
	}
	return healed, nil
}
