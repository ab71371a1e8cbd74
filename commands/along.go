package commands

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
)

// A merge, a split and the erasure of a person concern several streams. Where the store can, all is appended at once.
// Elsewhere it is appended to one after the other, and whoever next sees a customer of whom only one half was recorded
// completes it; so does the server when it starts.

// along is what is recorded of another customer along with a fact.
type along struct {
	eventstore.Write
	after    bool // than the fact, where the store does not take both at once
	releases []customer.Identity
	erases   bool
}

// along decides what is recorded of another customer, as of a moment. It reads their stream beside the cache: who has their entry there may
// wait for ours. It returns nil where all is so already.
func (s *Service) along(ctx context.Context, c customer.Condition, at time.Time) (*along, error) {
	for healed := false; ; healed = true {
		e, err := s.beside(ctx, c.CustomerID)
		if err != nil {
			return nil, err
		}
		half, err := s.Customers.half(ctx, e, func(uuid.UUID) bool { return false })
		if err == nil && half != nil && !healed {
			if err = s.Customers.heal(ctx, half); err == nil {
				continue
			}
		}
		if err != nil {
			return nil, err
		}
		o, facts, err := s.decideBeside(ctx, e, c.Command, at)
		if errors.Is(err, customer.ErrMerged) && !healed {
			if done, err := s.healHalf(ctx, e); err != nil {
				return nil, err
			} else if done {
				continue
			}
		}
		if err != nil || len(facts) == 0 {
			return nil, err
		}
		metadata := slices.Repeat([]domain.Metadata{o.metadata}, len(facts))
		events, _, err := s.Customers.encode(ctx, e.stream, o, facts, metadata)
		if err != nil {
			return nil, err
		}
		return &along{Write: eventstore.Write{Stream: e.stream, Expected: e.expected(), Events: events}, after: c.After,
			releases: givenUp(&e.state, facts), erases: slices.ContainsFunc(facts, isErasure[customer.State])}, nil
	}
}

// beside reads a customer's state beside the cache.
func (s *Service) beside(ctx context.Context, id uuid.UUID) (*entry[customer.State], error) {
	e := &entry[customer.State]{stream: customer.Stream(id), cache: s.Customers.cache}
	_, err := s.Customers.catchUp(ctx, e)
	return e, err
}

func (s *Service) decideBeside(ctx context.Context, e *entry[customer.State], c customer.Command, at time.Time) (
	*order[customer.State, customer.Needs], []customer.Event, error) {
	h := s.Customers
	r := Request[customer.State, customer.Needs]{Stream: e.stream, Command: c, Metadata: system(), alone: true}
	r.Metadata.OccurredAt = at
	o := h.prepare(ctx, e.stream, &r, h.now(), sync.OnceValues(func() (*time.Location, error) { return h.zone(ctx) }))
	if o.err != nil {
		return nil, nil, o.err
	}
	o.given.Events = e.next
	facts, err := h.decide(&e.state, c, o.given)
	return &o, facts, err
}

// recorded follows up on what was recorded of another customer.
func (s *Service) recorded(ctx context.Context, a *along) {
	if len(a.releases) > 0 {
		s.release(ctx, a.Stream, a.releases)
	}
	id, _ := customer.IDOf(a.Stream)
	switch {
	case a.erases:
		s.Customers.cache.forgetSnapshot(a.Stream)
		s.Customers.cache.forgetIdle(a.Stream)
		s.deadlines.forget(a.Stream)
		s.erased(ctx, a.Stream)
	case a.after: // they stand for themselves again, and something may fall due of them
		if e, err := s.beside(ctx, id); err == nil {
			if e.state.Survivor() != uuid.Nil { // not recorded yet
				_ = s.heal(ctx, id, e.state.Survivor(), true)
			}
			s.deadlines.note(e.stream, &e.state, true)
		}
	}
}
