package projections

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/walk"
	"github.com/rapport-crm/rapport/eventstore"
)

// people remembers folds between pages, those used last, within a bound of bytes. A fold that is not there is made again
// from the log.
type people struct {
	limit  int // bytes
	weight int
	folds  map[uuid.UUID]*list.Element // of *remembered
	recent *list.List                  // the one used last first
}

type remembered struct {
	*fold
	weight int
}

func newPeople(limit int) *people {
	return &people{limit: limit, folds: map[uuid.UUID]*list.Element{}, recent: list.New()}
}

func (m *people) get(id uuid.UUID) *fold {
	at := m.folds[id]
	if at == nil {
		return nil
	}
	m.recent.MoveToFront(at)
	return at.Value.(*remembered).fold
}

// put remembers a fold as it is now, in the place of what was known of the person.
func (m *people) put(f *fold) {
	m.drop(f.id)
	r := &remembered{f, f.weight()}
	m.folds[f.id] = m.recent.PushFront(r)
	m.weight += r.weight
}

func (m *people) drop(id uuid.UUID) {
	if at := m.folds[id]; at != nil {
		m.weight -= m.recent.Remove(at).(*remembered).weight
		delete(m.folds, id)
	}
}

// forget lets go of those used longest ago, beyond the bound. It may be called when every row is written.
func (m *people) forget() {
	for m.weight > m.limit && m.recent.Len() > 1 {
		m.drop(m.recent.Back().Value.(*remembered).id)
	}
}

// logReader reads streams again, for what cannot be said from memory.
type logReader struct {
	store eventstore.Store
	codec *eventstore.Codec
}

// errLog marks a fault of the log rather than of the event that made us read it.
var errLog = errors.New("the log cannot be read")

var erasedType = customer.Erased{}.EventType()

// facts returns what happened to a person, up to a position, in the order in which it happened. Of whoever was erased
// nothing personal is read, whether or not their key is destroyed yet.
func (l logReader) facts(ctx context.Context, members []uuid.UUID, upTo uint64, skipped map[eventstore.Position]bool) (
	all []told, err error) {
	gone := map[uuid.UUID]bool{} // who was erased
	for _, id := range members {
		var erased bool
		if all, erased, err = l.own(ctx, customer.Stream(id), upTo, skipped, all); err != nil {
			return nil, err
		}
		if erased {
			gone[id] = true
		}
	}
	if err := l.closeByOwner(ctx, all, gone); err != nil {
		return nil, err
	}
	inOrderTold(all)
	return all, ctx.Err()
}

// closeByOwner reads again what stands in another's stream than whose it is, where one of them was erased and the other
// was not: what is personal goes with whose it is.
func (l logReader) closeByOwner(ctx context.Context, all []told, gone map[uuid.UUID]bool) (err error) {
	for i := range all {
		fact := &all[i]
		owner, _ := customer.OwnerOf(&fact.Recorded)
		if closed := gone[owner]; closed != fact.closed {
			if closed {
				fact.Recorded, err = l.codec.DecodeClosed(*fact.record)
			} else {
				fact.Recorded, err = l.codec.Decode(ctx, *fact.record)
			}
			if err != nil {
				return fmt.Errorf("read %s: %w", fact.record.Stream, errors.Join(err, errLog))
			}
			fact.closed = closed
		}
		fact.record = nil
	}
	return nil
}

// own adds what is in one stream, and reports whether whose stream it is was erased.
func (l logReader) own(ctx context.Context, stream string, upTo uint64, skipped map[eventstore.Position]bool, all []told) (
	_ []told, erased bool, _ error) {
	var records []eventstore.Record
	for record, err := range eventstore.ReadWhole(ctx, l.store, stream, 0) {
		if errors.Is(err, eventstore.ErrHole) {
			return nil, false, fmt.Errorf("read %s: %w", stream, err)
		}
		if err != nil {
			return nil, false, fmt.Errorf("read %s: %w", stream, errors.Join(err, errLog))
		}
		if uint64(record.Position) > upTo {
			break
		}
		if skipped[record.Position] {
			continue
		}
		erased = erased || record.Type == erasedType
		records = append(records, record)
	}
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	decoded, err := l.decode(ctx, records, erased)
	if err != nil {
		return nil, false, fmt.Errorf("read %s: %w", stream, errors.Join(err, errLog))
	}
	all = slices.Grow(all, len(decoded))
	for i := range decoded {
		if all, err = ourFacts(all, &records[i], &decoded[i], erased); err != nil {
			return nil, false, err
		}
	}
	return all, erased, nil
}

// ourFacts adds a fact that was read back to others, unless it is another application's.
func ourFacts(all []told, r *eventstore.Record, e *eventstore.Decoded, closed bool) ([]told, error) {
	switch {
	case errors.Is(e.Err, eventstore.ErrForeignType):
		return all, nil
	case e.Err != nil:
		return all, &factFault{uint64(r.Position), fmt.Errorf("read %s: %w", r.Stream, e.Err)}
	}
	return append(all, told{Recorded: e.Recorded, closed: closed, record: r}), nil
}

func (l logReader) decode(ctx context.Context, records []eventstore.Record, closed bool) ([]eventstore.Decoded, error) {
	if !closed {
		return l.codec.DecodeAll(ctx, records)
	}
	out := make([]eventstore.Decoded, len(records))
	for i, record := range records {
		out[i].Recorded, out[i].Err = l.codec.DecodeClosed(record)
	}
	return out, nil
}

// told is a fact of a person, whether it counts or only stands in their timeline, whether what is personal in it was left
// out, by what it was voided, if it was, and whether it is a purchase that came to nothing, or a return of it.
type told struct {
	domain.Recorded
	counts, closed bool
	voided         customer.Strike
	inVain         bool
	record         *eventstore.Record // as the log has it, while it is being read
}

// foldHistory is a person as of a place in the log.
type foldHistory struct {
	*fold
	facts []told
}

// foldFrom folds a person from the log, up to a position and by a timeline.
func (m *models) foldFrom(ctx context.Context, h *handlers, members []uuid.UUID, upTo uint64, t *walk.Timeline) (foldHistory, error) {
	events, err := m.facts(ctx, members, upTo)
	if err != nil {
		return foldHistory{}, err
	}
	return foldOf(h, members[0], len(members) > 1, events, t)
}

// facts returns what happened to a person, up to a position, in the order in which it happened: of all streams in which it
// may stand. What was told of an absorbed customer while a merge lasted stands in the survivor's, and is theirs again.
func (m *models) facts(ctx context.Context, members []uuid.UUID, upTo uint64) ([]told, error) {
	streams := m.families.streams(members)
	events, err := m.log.facts(ctx, streams, upTo, m.skipped)
	if len(streams) == len(members) {
		return events, err
	}
	strike(events) // also those of which the other streams tell
	return slices.DeleteFunc(events, func(r told) bool {
		owner, _ := customer.OwnerOf(&r.Recorded)
		return !slices.Contains(members, owner)
	}), err
}

// strike marks the facts that were voided, of which events tell.
func strike(events []told) {
	strikes := customer.Strikes(func(yield func(*domain.Recorded) bool) {
		for i := range events {
			if !yield(&events[i].Recorded) {
				return
			}
		}
	})
	for i := range events {
		if s, ok := strikes[events[i].Position]; ok {
			events[i].voided = s
		}
	}
}

// foldOf folds a person from what happened to them, in the order in which it happened.
func foldOf(h *handlers, id uuid.UUID, merged bool, events []told, t *walk.Timeline) (_ foldHistory, err error) {
	out := foldHistory{fold: newFold(id, merged), facts: events}
	strike(events)
	for i := range events {
		if events[i].voided.By == 0 {
			out.Facts.Foresee(events[i].Event)
		}
	}
	for i := range events {
		events[i].inVain = out.Facts.InVain(events[i].Event)
		if events[i].voided.By > 0 {
			out.pass(&events[i].Recorded)
			continue
		}
		if events[i].counts, err = out.take(h, t, &events[i].Recorded); err != nil {
			return foldHistory{}, &factFault{events[i].Position, err}
		}
	}
	return out, out.finish(t)
}

// inOrderTold sorts facts by when they happened.
func inOrderTold(facts []told) {
	slices.SortFunc(facts, func(a, b told) int { return momentOf(&a.Recorded).compare(momentOf(&b.Recorded)) })
}

// factFault is a fault of a fact that was recorded at a position.
type factFault struct {
	position uint64
	err      error
}

func (f *factFault) Error() string { return f.err.Error() }
func (f *factFault) Unwrap() error { return f.err }
