package history

import (
	"context"
	"fmt"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
)

// replay is one reading of the log: what the query lets it see, and what it found out on the way.
type replay struct {
	store eventstore.Store
	codec *eventstore.Codec
	query Query

	zone         *time.Location
	until        eventstore.Position // the last one that counts; 0 for all
	businessDate domain.Day
	closedAt     eventstore.Position // where the business date was declared over; 0 if it was not yet
}

// known tells whether the log held an event at the moment that the query asks about.
func (l *replay) known(r eventstore.Record) bool {
	if l.until != 0 && r.Position > l.until {
		return false
	}
	return l.query.KnownAt == nil || !r.RecordedAt.After(*l.query.KnownAt)
}

// readTimeZone finds out in which time zone days are counted. It is settled once, for all times.
func (l *replay) readTimeZone(ctx context.Context) error {
	var state business.State
	for record, err := range l.store.ReadStream(ctx, business.Stream, 0) {
		if err != nil {
			return fmt.Errorf("read %s: %w", business.Stream, err)
		}
		r, err := l.codec.Decode(ctx, record)
		if err != nil {
			return err
		}
		if e, ok := r.Event.(business.Event); ok {
			e.Evolve(&state)
		}
	}
	var err error
	l.zone, err = time.LoadLocation(state.TimeZone) // "" is UTC
	return err
}

// readBusinessDate finds out which day was the last to be over, and where the log says so. As of a moment
// that is the day before it; else the last closed one; before any is closed, the customer's newest day.
func (l *replay) readBusinessDate(ctx context.Context, c *facts.Customer) error {
	closed := false
	if l.query.AsOf != nil {
		l.businessDate = domain.DayOf(*l.query.AsOf, l.zone) - 1
	}
	for record, err := range l.store.ReadStreamBackwards(ctx, calendar.Stream, eventstore.End) {
		if err != nil {
			return fmt.Errorf("read %s: %w", calendar.Stream, err)
		}
		if !l.known(record) {
			continue
		}
		r, err := l.codec.Decode(ctx, record)
		if err != nil {
			return err
		}
		e, ok := r.Event.(calendar.DayClosed)
		if !ok {
			continue
		}
		closed = true
		if l.query.AsOf == nil {
			l.businessDate, l.closedAt = e.Date, record.Position
			break
		}
		if e.Date < l.businessDate {
			break
		}
		l.closedAt = record.Position
	}
	if l.query.AsOf == nil && !closed {
		l.businessDate, _ = c.Touched()
	}
	return nil
}

// stand finds out on which stage the customer stood, by the ladder that was in force then: as of a moment,
// the one that judged when the business date was closed.
func (l *replay) stand(ctx context.Context, h *History, c *facts.Customer) error {
	published, err := inForce[policy.Published](ctx, l, policy.Stream(policy.LadderName))
	if err != nil || published == nil || published.Ladder == nil {
		return err
	}
	model, err := inForce[value.Fitted](ctx, l, value.Stream)
	if err != nil {
		return err
	}
	if model != nil {
		c.Predictor = model.Predictor()
	}
	ladder, err := policy.CompileLadder(*published.Ladder)
	if err != nil {
		return err
	}
	if stage, _ := ladder.Stage(c, l.businessDate); stage != "" {
		h.Stage = &stage
	}
	h.PolicyVersion = &published.Version
	h.Evidence = ladder.Evidence(c, l.businessDate)
	return nil
}

// inForce answers the newest fact of a kind in a stream of what is in force; nil where there was none. As of a moment, it
// is the one by which was judged when the business date was closed.
func inForce[E domain.Event](ctx context.Context, l *replay, stream string) (*E, error) {
	for record, err := range l.store.ReadStreamBackwards(ctx, stream, eventstore.End) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", stream, err)
		}
		if !l.known(record) || l.query.AsOf != nil && l.closedAt != 0 && record.Position > l.closedAt {
			continue
		}
		r, err := l.codec.Decode(ctx, record)
		if err != nil {
			return nil, err
		}
		if e, ok := r.Event.(E); ok {
			return &e, nil
		}
	}
	return nil, nil
}
