package history

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/domain/walk"
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
	now    *walk.Timeline
	past   []chronicled // after each event that moved the timeline, in the order of the log
	rules  []ruled
	merged map[uuid.UUID][]uuid.UUID
	marks  marks
}

// chronicled is what was said of all customers by a place in the log.
type chronicled struct {
	position uint64
	timeline *walk.Timeline
	rules    []ruled
}

// ruled is a rule that came into force, or was retired.
type ruled struct {
	event    domain.Event
	from     domain.Day // business day at whose end it holds
	position uint64
}

func newChronicle(store eventstore.Store, codec *eventstore.Codec) *chronicle {
	return &chronicle{store: store, codec: codec, turn: make(chan struct{}, 1), merged: map[uuid.UUID][]uuid.UUID{},
		now: walk.NewTimeline()}
}

// ofAll are the types that concern everybody.
var ofAll = func() map[string]bool {
	types := map[string]bool{}
	for _, e := range []domain.Event{business.TimeZoneSet{}, calendar.DayClosed{}, policy.Published{}, segment.Defined{},
		segment.Retired{}, value.Fitted{}} {
		types[e.EventType()] = true
	}
	return types
}()

var mergedType = customer.Merged{}.EventType()

// upTo returns what was said of all customers by a place in the log.
func (c *chronicle) upTo(ctx context.Context, until eventstore.Position) (chronicled, error) {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return chronicled{}, ctx.Err()
	}
	for record, err := range c.store.ReadAll(ctx, c.read) {
		if err == nil && record.Position > until {
			break
		}
		if err == nil {
			err = c.take(record)
		}
		if err != nil {
			return chronicled{}, fmt.Errorf("read the log: %w", err)
		}
		c.read = record.Position
		c.marks.read(record)
	}
	n := sort.Search(len(c.past), func(i int) bool { return c.past[i].position > uint64(until) })
	if n == 0 {
		return chronicled{timeline: walk.NewTimeline()}, nil
	}
	return c.past[n-1], nil
}

// mergedInto returns who was ever merged into a customer, as far as the chronicle was read.
func (c *chronicle) mergedInto(survivor uuid.UUID) []uuid.UUID {
	c.turn <- struct{}{}
	defer func() { <-c.turn }()
	return c.merged[survivor]
}

func (c *chronicle) take(record eventstore.Record) error {
	id, ofCustomer := customer.IDOf(record.Stream)
	if !ofAll[record.Type] && record.Type != mergedType && (!ofCustomer || c.now.Closed != nil) {
		return nil
	}
	r, err := c.codec.DecodeClosed(record)
	if errors.Is(err, eventstore.ErrUnknownType) {
		return nil // of another application
	}
	if err != nil {
		return err
	}
	if ofCustomer {
		if e, ok := r.Event.(customer.Merged); ok && !slices.Contains(c.merged[e.Into], id) {
			c.merged[e.Into] = append(c.merged[e.Into], id)
		}
		if c.now.Observe(r) {
			c.moved(r.Position)
		}
		return nil
	}
	if err := c.now.Take(r); err != nil {
		return fmt.Errorf("%s at position %d: %w", record.Type, r.Position, err)
	}
	switch r.Event.(type) {
	case policy.Published, segment.Defined, segment.Retired, value.Fitted:
		from := walk.Always
		if c.now.Started {
			from = c.now.Date
		}
		c.rules = append(c.rules, ruled{r.Event, from, r.Position})
	}
	c.moved(r.Position)
	return nil
}

// moved remembers the timeline as it is now.
func (c *chronicle) moved(position uint64) {
	now := *c.now
	now.Entries = slices.Clip(now.Entries)
	c.past = append(c.past, chronicled{position, &now, slices.Clip(c.rules)})
}

// inForce returns the versions of the rules in force at the end of a business day.
func (c chronicled) inForce(on domain.Day) InForce {
	in := InForce{Policies: map[string]RuleVersion{}, Segments: map[string]RuleVersion{}}
	for _, r := range c.rules {
		if r.from > on && c.timeline.Started {
			continue
		}
		switch e := r.event.(type) {
		case policy.Published:
			in.Policies[e.Policy] = RuleVersion{int64(e.Version), r.position}
		case segment.Defined:
			in.Segments[e.Name] = RuleVersion{int64(e.Version), r.position}
		case segment.Retired:
			delete(in.Segments, e.Name)
		case value.Fitted:
			fit := RuleVersion{1, r.position}
			if in.ValueModel != nil {
				fit.Version += in.ValueModel.Version
			}
			in.ValueModel = &fit
		}
	}
	return in
}
