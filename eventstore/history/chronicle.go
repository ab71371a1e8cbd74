package history

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
)

// chronicle remembers what the log says of all customers at once: the days that passed, the rules that came into force,
// and who was merged with whom. It reads the log once and then only what is new. That is little to remember, and what it
// remembers never changes.
type chronicle struct {
	store eventstore.Store
	codec *eventstore.Codec

	turn   chan struct{} // held by who reads on
	read   eventstore.Position
	facts  []domain.Recorded // in the order of the log; grows only
	merged map[uuid.UUID][]uuid.UUID

	zone   *time.Location
	closed bool        // a day was
	newest *domain.Day // on which something of a customer happened, while no day is closed
}

func newChronicle(store eventstore.Store, codec *eventstore.Codec) *chronicle {
	return &chronicle{store: store, codec: codec, turn: make(chan struct{}, 1), merged: map[uuid.UUID][]uuid.UUID{},
		zone: time.UTC}
}

// dawned is said by the chronicle itself: while no day was ever closed, the newest day on which something of any customer
// happened is the business date.
type dawned struct{ day domain.Day }

func (dawned) EventType() string { return "" }

// What rules are needed for is made of them once.
type (
	defined struct {
		segment.Defined
		rule *rules.Rule
	}
	published struct {
		policy.Published
		ladder *policy.CompiledLadder // nil where the policy is none
	}
	fitted struct {
		value.Fitted
		predictor *value.Predictor
	}
)

// chronicled are the types that the chronicle remembers as they are.
var chronicled = func() map[string]bool {
	types := map[string]bool{}
	for _, e := range []domain.Event{business.TimeZoneSet{}, calendar.DayClosed{}, policy.Published{}, segment.Defined{},
		segment.Retired{}, value.Fitted{}} {
		types[e.EventType()] = true
	}
	return types
}()

var mergedType = customer.Merged{}.EventType()

// upTo answers what is remembered of the log up to a position.
func (c *chronicle) upTo(ctx context.Context, until eventstore.Position) ([]domain.Recorded, error) {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for record, err := range c.store.ReadAll(ctx, c.read) {
		if err == nil && record.Position > until {
			break
		}
		if err == nil {
			err = c.take(record)
		}
		if err != nil {
			return nil, fmt.Errorf("read the log: %w", err)
		}
		c.read = record.Position
	}
	n := sort.Search(len(c.facts), func(i int) bool { return c.facts[i].Position > uint64(until) })
	return c.facts[:n:n], nil
}

// mergedInto answers who was ever merged into a customer, as far as the chronicle was read.
func (c *chronicle) mergedInto(survivor uuid.UUID) []uuid.UUID {
	c.turn <- struct{}{}
	defer func() { <-c.turn }()
	return c.merged[survivor]
}

func (c *chronicle) take(record eventstore.Record) error {
	id, ofCustomer := customer.IDOf(record.Stream)
	if !chronicled[record.Type] && record.Type != mergedType && (!ofCustomer || c.closed) {
		return nil
	}
	r, err := c.codec.DecodeClosed(record)
	if errors.Is(err, eventstore.ErrUnknownType) {
		return nil // of another application
	}
	if err != nil {
		return err
	}
	if day := domain.DayOf(r.Metadata.OccurredAt, c.zone); ofCustomer && !c.closed && (c.newest == nil || day > *c.newest) {
		c.newest = &day
		c.facts = append(c.facts, domain.Recorded{Event: dawned{day}, Position: r.Position})
	}
	if e, ok := r.Event.(customer.Merged); ok && !slices.Contains(c.merged[e.Into], id) {
		c.merged[e.Into] = append(c.merged[e.Into], id)
	}
	if ofCustomer {
		return nil
	}
	if r.Event, err = c.prepare(r.Event); err != nil {
		return fmt.Errorf("%s at position %d: %w", record.Type, r.Position, err)
	}
	c.facts = append(c.facts, r)
	return nil
}

// prepare makes of a fact what is needed of it again and again.
func (c *chronicle) prepare(e domain.Event) (_ domain.Event, err error) {
	switch e := e.(type) {
	case business.TimeZoneSet:
		c.zone, err = time.LoadLocation(e.TimeZone)
	case calendar.DayClosed:
		c.closed = true
	case segment.Defined:
		rule, err := rules.Compile(e.Rule)
		return defined{e, rule}, err
	case policy.Published:
		if e.Ladder == nil {
			return published{Published: e}, nil
		}
		ladder, err := policy.CompileLadder(*e.Ladder)
		return published{e, ladder}, err
	case value.Fitted:
		return fitted{e, e.Predictor()}, nil
	}
	return e, err
}
