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
	"github.com/rapport-crm/rapport/domain/identity"
)

// An identity is claimed for a customer before the fact that links it is appended, and released after the one
// that unlinks it. What fails in between leaves a claim that no fact bears out: the customer's own to use, and
// anybody's once it is older than any append can be under way.

// claiming is a fact that needs identities to be the customer's, releasing one that gives up some of those that the
// state before it has, joint one along with which something is recorded of other customers.
type (
	claiming         interface{ Claims() []identity.Key }
	releasing[S any] interface{ Releases(*S) []customer.Identity }
	joint            interface{ Along() []customer.Condition }
)

// claims is who knows whose an identity is, decides what is recorded of others along with a fact, and tells whom nothing
// is left of.
type claims interface {
	claim(ctx context.Context, stream string, keys []identity.Key) error
	release(ctx context.Context, stream string, all []customer.Identity)
	along(ctx context.Context, c customer.Condition, at time.Time) (*along, error)
	recorded(ctx context.Context, a *along)
	erased(ctx context.Context, stream string)
}

// reachesOut tells whether facts need something of other streams.
func reachesOut[S any](facts []domain.EventOf[S]) bool {
	return slices.ContainsFunc(facts, func(fact domain.EventOf[S]) bool {
		switch fact := fact.(type) {
		case claiming:
			return len(fact.Claims()) > 0
		case joint:
			return len(fact.Along()) > 0
		}
		return false
	})
}

// reachOut sees to what the facts of one command need: it claims, and decides what is recorded along with them. A
// refusal names who stands in the way.
func reachOut[S any](ctx context.Context, c claims, stream string, facts []domain.EventOf[S], metadata []domain.Metadata) (
	all []*along, err error) {
	for i, fact := range facts {
		if needs, ok := fact.(claiming); ok {
			of := stream
			if metadata[i].Of != uuid.Nil {
				of = customer.Stream(metadata[i].Of)
			}
			if err := c.claim(ctx, of, needs.Claims()); err != nil {
				return nil, err
			}
		}
		if others, ok := fact.(joint); ok {
			for _, condition := range others.Along() {
				a, err := c.along(ctx, condition, metadata[i].OccurredAt)
				if err != nil {
					return nil, err
				}
				if a != nil {
					all = append(all, a)
				}
			}
		}
	}
	return all, nil
}

// undisturbed is how old a claim must be before it counts as given up if no fact bears it out. It is longer
// than any append takes.
const undisturbed = 2 * time.Minute

func (s *Service) claim(ctx context.Context, stream string, keys []identity.Key) error {
	owner, ok := customer.IDOf(stream)
	if !ok && len(keys) > 0 {
		return fmt.Errorf("%s is no customer's stream, and cannot claim", stream)
	}
	for _, key := range keys { // what was claimed before identities had their normal form stands under another one
		for _, older := range identity.OlderForms(key) {
			if err := s.checkFree(ctx, older, owner); err != nil {
				return err
			}
		}
	}
	if len(keys) > 1 { // one that is taken refuses the command: then it must not leave the others claimed
		for _, key := range keys {
			if err := s.checkFree(ctx, key, owner); err != nil {
				return err
			}
		}
	}
	for _, key := range keys {
		err := s.tellIdentity(ctx, key, identity.Claim{CustomerID: owner})
		if errors.Is(err, identity.ErrTaken) {
			var instead uuid.UUID
			if instead, err = s.givenUp(ctx, key, err); err == nil {
				err = s.tellIdentity(ctx, key, identity.Claim{CustomerID: owner, Instead: instead})
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkFree refuses an identity that is another customer's.
func (s *Service) checkFree(ctx context.Context, key identity.Key, owner uuid.UUID) error {
	stream, err := s.identityStream(ctx, key)
	if err != nil {
		return err
	}
	var taken error
	err = s.Identities.view(ctx, stream, func(now *identity.State) {
		taken = now.Taken(owner)
	})
	if err == nil && taken != nil {
		_, err = s.givenUp(ctx, key, taken)
	}
	return err
}

// tellIdentity carries out a command on an identity.
func (s *Service) tellIdentity(ctx context.Context, key identity.Key, c identity.Command) error {
	stream, err := s.identityStream(ctx, key)
	if err == nil {
		_, err = s.Identities.Handle(ctx, Request[identity.State, identity.Needs]{Stream: stream, Command: c, Metadata: system()})
	}
	return err
}

func (s *Service) identityStream(ctx context.Context, key identity.Key) (string, error) {
	secret, err := s.log.pseudonyms(ctx)
	if err != nil {
		return "", fmt.Errorf("name the stream of an identity: %w", err)
	}
	return key.Stream(secret), nil
}

// givenUp answers who claimed an identity without ever linking it; where the owner did link it, the refusal.
func (s *Service) givenUp(ctx context.Context, key identity.Key, taken error) (uuid.UUID, error) {
	stream, err := s.identityStream(ctx, key)
	if err != nil {
		return uuid.Nil, err
	}
	newest, found, err := s.Newest(ctx, stream)
	if err != nil {
		return uuid.Nil, err
	}
	claimed, ok := newest.Event.(identity.Claimed)
	if !found || !ok || s.log.now().Sub(newest.RecordedAt) < undisturbed {
		return uuid.Nil, taken
	}
	owner, err := s.beside(ctx, claimed.CustomerID)
	if survivor := owner.state.Survivor(); err == nil && survivor != uuid.Nil { // who says by what the person is known
		owner, err = s.beside(ctx, survivor)
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("look for the owner of an identity: %w", err)
	}
	if owner.state.Identified(key) {
		return uuid.Nil, taken
	}
	return claimed.CustomerID, nil
}

// release gives identities up. Where it fails, the claim is found given up when somebody else wants it.
func (s *Service) release(ctx context.Context, stream string, all []customer.Identity) {
	self, _ := customer.IDOf(stream)
	for _, known := range all {
		_ = s.tellIdentity(ctx, known.Key, identity.Release{CustomerID: cmp.Or(known.Of, self)})
	}
}

// erased tells that a customer was erased, whether or not who asked for it still waits.
func (s *Service) erased(ctx context.Context, stream string) {
	id, _ := customer.IDOf(stream)
	s.told(context.WithoutCancel(ctx), id)
}
