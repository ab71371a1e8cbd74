package history

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

// Reader replays customers. It is safe for concurrent use, and remembers of the log what concerns all of them.
type Reader struct {
	store     eventstore.Store
	codec     *eventstore.Codec
	chronicle *chronicle
	holds     func(ctx context.Context, stream string) error
}

// NewReader answers a reader of a log.
func NewReader(store eventstore.Store, codec *eventstore.Codec) *Reader {
	return &Reader{store: store, codec: codec, chronicle: newChronicle(store, codec),
		holds: func(context.Context, string) error { return nil }}
}

// HoldAgainst makes the reader refuse streams that are not as somebody else knows them: what a stream shows says
// nothing about what was taken out of it. It is called before the reader is used.
func (r *Reader) HoldAgainst(known func(ctx context.Context, stream string) error) { r.holds = known }

// Whole returns why the stream of a customer is not as somebody else knows it.
func (r *Reader) Whole(ctx context.Context, id uuid.UUID) error {
	if err := r.holds(ctx, customer.Stream(id)); err != nil {
		return fmt.Errorf("read the events of a customer: %w", err)
	}
	return nil
}

// Events answers the events of a customer one by one, from the first on.
func (r *Reader) Events(ctx context.Context, id uuid.UUID, take func(domain.Recorded) error) error {
	if err := r.Whole(ctx, id); err != nil {
		return err
	}
	for record, err := range eventstore.ReadWhole(ctx, r.store, customer.Stream(id), 0) {
		if err != nil {
			return fmt.Errorf("read the events of a customer: %w", err)
		}
		e, err := r.codec.Decode(ctx, record)
		if errors.Is(err, eventstore.ErrForeignType) {
			continue
		}
		if err != nil {
			return fmt.Errorf("read the events of a customer: %w", err)
		}
		if err := take(e); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Warm reads what is in the log, so that the first replay need not.
func (r *Reader) Warm(ctx context.Context) error {
	head, err := r.store.Head(ctx)
	if err == nil {
		_, err = r.chronicle.upTo(ctx, head)
	}
	return err
}

// Replay folds a customer from the log. It fails with customer.ErrUnknown where nothing of the customer
// counts, with ErrRevisionUnknown or ErrPositionUnknown, and with the log's own errors.
func (r *Reader) Replay(ctx context.Context, id uuid.UUID, q Query) (History, error) {
	h, f, err := r.replay(ctx, id, q)
	if err == nil {
		h.Timeline, err = timelineOf(f.events, f.struck, q)
	}
	return h, err
}

// replay returns a history without its timeline, and what happened.
func (r *Reader) replay(ctx context.Context, id uuid.UUID, q Query) (History, family, error) {
	until, err := r.until(ctx, id, q)
	if err != nil {
		return History{}, family{}, err
	}
	said, err := r.chronicle.upTo(ctx, until)
	if err != nil {
		return History{}, family{}, err
	}
	f, err := r.family(ctx, id, until, q.AsOf)
	if err != nil {
		return History{}, family{}, err
	}
	if len(f.events) == 0 {
		return History{}, family{}, customer.ErrUnknown
	}
	var asOf *domain.Day
	if q.AsOf != nil {
		day := said.timeline.DayOf(*q.AsOf) - 1
		asOf = &day
	}
	p, err := walked(f, said, asOf)
	if err != nil {
		return History{}, family{}, fmt.Errorf("replay customer %s: %w", id, err)
	}
	h := History{CustomerID: f.survivor, StandsFor: f.others, Revision: f.revision, Position: uint64(until), BusinessDate: p.date,
		TimeZone: said.timeline.Zone.String(), Profile: profileOf(&p.Facts), Figures: figuresOf(&p.Facts, p.date),
		Beliefs: p.believed(), Facts: factsOf(&p.Facts, p.on())}
	h.ErasedOn = p.erasedOn
	return h, f, nil
}

// until finds the place in the log up to which a query looks.
func (r *Reader) until(ctx context.Context, id uuid.UUID, q Query) (eventstore.Position, error) {
	until, err := r.store.Head(ctx)
	if err != nil {
		return 0, fmt.Errorf("find the end of the log: %w", err)
	}
	if q.Position != nil {
		if *q.Position > until {
			return 0, ErrPositionUnknown
		}
		until = *q.Position
	}
	if q.KnownAt != nil {
		known, err := r.knownBy(ctx, *q.KnownAt, until)
		if err != nil {
			return 0, err
		}
		until = known
	}
	if q.Revision == nil {
		return until, nil
	}
	for record, err := range r.store.ReadStream(ctx, customer.Stream(id), *q.Revision) {
		if err != nil {
			return 0, fmt.Errorf("read %s: %w", customer.Stream(id), err)
		}
		if record.Revision == *q.Revision && record.Position <= until {
			return record.Position, nil
		}
		break
	}
	return 0, ErrRevisionUnknown
}

// knownBy finds the last place in the log, up to one, at which no event was recorded after a moment. It reads from places
// alone at which events stand: not every store can read from others.
func (r *Reader) knownBy(ctx context.Context, moment time.Time, until eventstore.Position) (eventstore.Position, error) {
	if _, err := r.chronicle.upTo(ctx, until); err != nil {
		return 0, err
	}
	known := r.chronicle.recordedBy(moment, until)
	for record, err := range r.store.ReadAll(ctx, known) {
		if err != nil {
			return 0, fmt.Errorf("find what was known: %w", err)
		}
		if record.Position > until || record.RecordedAt.After(moment) {
			break
		}
		known = record.Position
	}
	return known, ctx.Err()
}

// family is what happened to a customer and to all for whom they stand, in the order of the log.
type family struct {
	survivor uuid.UUID
	others   []uuid.UUID // for whom the survivor stands
	revision uint64      // of the survivor's stream
	events   []domain.Recorded
	struck   map[uint64]customer.Strike // the events that were voided, by their positions
}

// family reads what happened to a customer, or to who stands for them, and to those for whom they stand: of all streams
// that ever belonged together, what counts for that person.
func (r *Reader) family(ctx context.Context, id uuid.UUID, until eventstore.Position, asOf *time.Time) (family, error) {
	var all, said []domain.Recorded // all are those that count by then, said also those that void others
	revisions, ids := map[uuid.UUID]uint64{}, []uuid.UUID{id}
	for i := 0; i < len(ids); i++ {
		s, err := r.strand(ctx, ids[i], until, asOf)
		if err != nil {
			return family{}, err
		}
		revisions[ids[i]] = s.revision
		all, said = append(all, s.events...), append(append(said, s.events...), s.later...)
		relatives := slices.Clone(r.chronicle.mergedInto(ids[i]))
		for _, e := range s.events {
			relatives = append(relatives, customer.Relatives(e)...)
		}
		for _, other := range relatives {
			if _, known := revisions[other]; !known {
				revisions[other] = 0
				ids = append(ids, other)
			}
		}
	}
	slices.SortFunc(all, byPosition)
	f := family{survivor: customer.Survivor(id, all), others: []uuid.UUID{}, struck: customer.Strikes(domain.Each(said))}
	f.revision = revisions[f.survivor]
	if len(ids) == 1 {
		f.events = all
		return f, nil
	}
	persons := map[uuid.UUID]uuid.UUID{}
	for _, other := range ids {
		if persons[other] = customer.Survivor(other, all); persons[other] == f.survivor && other != f.survivor {
			f.others = append(f.others, other)
		}
	}
	for i := range all {
		if owner, ok := customer.OwnerOf(&all[i]); ok && persons[owner] == f.survivor {
			f.events = append(f.events, all[i])
		}
	}
	return f, nil
}

// counting returns the events that were not voided.
func (f *family) counting() []domain.Recorded {
	if len(f.struck) == 0 {
		return f.events
	}
	return slices.DeleteFunc(slices.Clone(f.events), func(e domain.Recorded) bool {
		_, struck := f.struck[e.Position]
		return struck
	})
}

// strand is what one stream tells.
type strand struct {
	events   []domain.Recorded
	later    []domain.Recorded // voids that were said to happen after what was asked for: what they void never happened
	revision uint64            // of the newest event looked at
}

func (r *Reader) strand(ctx context.Context, id uuid.UUID, until eventstore.Position, asOf *time.Time) (strand, error) {
	var s strand
	var records []eventstore.Record
	stream := customer.Stream(id)
	if err := r.holds(ctx, stream); err != nil {
		return s, fmt.Errorf("read %s: %w", stream, err)
	}
	for record, err := range eventstore.ReadWhole(ctx, r.store, stream, 0) {
		if err != nil {
			return s, fmt.Errorf("read %s: %w", stream, err)
		}
		if record.Position > until {
			break
		}
		records = append(records, record)
	}
	decoded, err := r.decode(ctx, stream, records)
	if err != nil {
		return s, fmt.Errorf("read %s: %w", stream, err)
	}
	s.events = make([]domain.Recorded, 0, len(records))
	for _, e := range decoded {
		s.revision = e.Revision
		if errors.Is(e.Err, eventstore.ErrForeignType) {
			continue
		}
		if e.Err != nil {
			return s, fmt.Errorf("read %s: %w", stream, e.Err)
		}
		if asOf != nil && e.Metadata.OccurredAt.After(*asOf) {
			if _, void := e.Event.(customer.FactVoided); void {
				s.later = append(s.later, e.Recorded)
			}
			continue
		}
		s.events = append(s.events, e.Recorded)
	}
	return s, nil
}

// decode reads what happened to a customer. Of whoever was erased since, nothing personal is read.
func (r *Reader) decode(ctx context.Context, stream string, records []eventstore.Record) ([]eventstore.Decoded, error) {
	for newest, err := range r.store.ReadStreamBackwards(ctx, stream, eventstore.End) {
		if err != nil {
			return nil, err
		}
		if eventstore.Foreign(newest.Type) {
			continue
		}
		if newest.Type != erasedType {
			break
		}
		closed := make([]eventstore.Decoded, len(records))
		for i, record := range records {
			closed[i].Recorded, closed[i].Err = r.codec.DecodeClosed(record)
		}
		return closed, nil
	}
	return r.codec.DecodeAll(ctx, records)
}

var erasedType = customer.Erased{}.EventType()

func byPosition(a, b domain.Recorded) int { return cmp.Compare(a.Position, b.Position) }
