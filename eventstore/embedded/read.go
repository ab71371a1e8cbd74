package embedded

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/rapport-crm/rapport/eventstore"
)

// Readers read in pages that grow, so that whoever wants one event does not read a thousand.
const (
	firstPage   = 8
	largestPage = 1024
)

// ReadAll implements eventstore.Store. It ends at what was the end when it began.
func (l *Log) ReadAll(ctx context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	return l.readAll(ctx, after+min(1, eventstore.End-after), false, false)
}

// Scan reads the whole log, system events too, from a position (inclusive; End for the newest), upwards or
// downwards. It ends at what was the end when it began.
func (l *Log) Scan(ctx context.Context, from eventstore.Position,
	backwards bool) iter.Seq2[eventstore.Record, error] {
	return l.readAll(ctx, from, backwards, true)
}

func (l *Log) readAll(ctx context.Context, from eventstore.Position, backwards,
	system bool) iter.Seq2[eventstore.Record, error] {
	return l.read(ctx,
		func(v *view) (extent, error) {
			if backwards {
				return extent{low: 1, high: uint64(min(from, v.last)) + 1, backwards: true}, nil
			}
			return extent{low: uint64(max(from, 1)), high: uint64(v.last) + 1}, nil
		},
		func(v *view, e extent, most int) (page, error) { return v.events(e, most, system) })
}

// ReadStream implements eventstore.Store.
func (l *Log) ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	return l.readStream(ctx, stream, from, false, !strings.HasPrefix(stream, "$"))
}

// ReadStreamBackwards implements eventstore.Store.
func (l *Log) ReadStreamBackwards(ctx context.Context, stream string,
	from uint64) iter.Seq2[eventstore.Record, error] {
	return l.readStream(ctx, stream, from, true, !strings.HasPrefix(stream, "$"))
}

// ScanStream reads what a stream shows, system events too, from a revision (inclusive; End for the newest),
// upwards or downwards. A stream that does not exist or was deleted shows nothing; its metadata may hide
// the oldest events by number, revision or age.
func (l *Log) ScanStream(ctx context.Context, stream string, from uint64,
	backwards bool) iter.Seq2[eventstore.Record, error] {
	return l.readStream(ctx, stream, from, backwards, true)
}

func (l *Log) readStream(ctx context.Context, stream string, from uint64, backwards,
	system bool) iter.Seq2[eventstore.Record, error] {
	return l.read(ctx,
		func(v *view) (extent, error) {
			h, err := v.streamHead(stream)
			if err != nil {
				return extent{}, err
			}
			e, err := v.visible(stream, h)
			if e.backwards = backwards; backwards {
				e.high = min(e.high, from+min(1, eventstore.End-from))
			} else {
				e.low = max(e.low, from)
			}
			return e, err
		},
		func(v *view, e extent, most int) (page, error) { return v.streamEvents(stream, e, most, system) })
}

// read goes through what begin answers, each page from the view of its time. Events do not change, so
// later views hold the same ones.
func (l *Log) read(ctx context.Context, begin func(*view) (extent, error),
	next func(v *view, e extent, most int) (page, error)) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		var left extent
		for size := 0; size == 0 || !left.empty(); {
			v, err := l.hold(ctx)
			if err == nil && size == 0 {
				left, err = begin(v)
			}
			size = min(max(firstPage, 4*size), largestPage)
			var p page
			if err == nil && !left.empty() {
				p, err = next(v, left, size)
				left = left.rest(p.read)
			}
			if v != nil {
				v.release()
			}
			for _, r := range p.records {
				if ctx.Err() != nil {
					err = ctx.Err()
					break
				}
				if !yield(r, nil) {
					return
				}
			}
			if err != nil {
				yield(eventstore.Record{}, err)
				return
			}
		}
	}
}

// Limits implements eventstore.Store.
func (*Log) Limits() eventstore.Limits {
	return eventstore.Limits{AppendBytes: eventstore.MaxAppendBytes, AppendEvents: eventstore.MaxAppend, Joint: true}
}

// At implements eventstore.Store.
func (l *Log) At(ctx context.Context, position eventstore.Position) (eventstore.Record, error) {
	v, err := l.hold(ctx)
	if err != nil {
		return eventstore.Record{}, err
	}
	defer v.release()
	if position == 0 || position > v.last {
		return eventstore.Record{}, fmt.Errorf("event at position %d: %w", position, eventstore.ErrMissing)
	}
	p, err := v.events(extent{low: uint64(position), high: uint64(position) + 1}, 1, true)
	if err != nil {
		return eventstore.Record{}, err
	}
	return p.records[0], nil
}

// Curtailed implements eventstore.Store: it goes through the system events, which alone can curtail a stream.
func (l *Log) Curtailed(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for next := eventstore.Position(1); ; {
			streams, err := l.curtailed(ctx, &next)
			for _, stream := range streams {
				if !yield(stream, nil) {
					return
				}
			}
			if err != nil {
				yield("", err)
			}
			if err != nil || len(streams) == 0 {
				return
			}
		}
	}
}

// curtailed returns some of the streams that the system events from a position on are about, and moves the position
// behind them.
func (l *Log) curtailed(ctx context.Context, next *eventstore.Position) (streams []string, err error) {
	v, err := l.hold(ctx)
	if err != nil {
		return nil, err
	}
	defer v.release()
	system, err := v.iterate(systemPrefix, *next, v.last+1)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, damage(system.Close())) }()
	for ok := system.First(); ok && len(streams) < largestPage; ok = system.Next() {
		*next = eventstore.Position(number(system.Key()))
		p, err := v.events(extent{low: uint64(*next), high: uint64(*next) + 1}, 1, true)
		if err != nil {
			return streams, err
		}
		*next++
		switch r := p.records[0]; r.Type {
		case metadataType:
			if base, ok := described(r.Stream); ok {
				streams = append(streams, base)
			}
		case tombstoneType:
			streams = append(streams, r.Stream)
		}
	}
	return streams, nil
}

// Head implements eventstore.Store.
func (l *Log) Head(ctx context.Context) (eventstore.Position, error) {
	v, err := l.hold(ctx)
	if err != nil {
		return 0, err
	}
	defer v.release()
	return v.head, nil
}

// Distance implements eventstore.Store. It costs a step for each system event after the position.
func (l *Log) Distance(ctx context.Context, after eventstore.Position, limit int) (int, error) {
	v, err := l.hold(ctx)
	if err != nil {
		return 0, err
	}
	defer v.release()
	if after >= v.last || limit <= 0 {
		return 0, nil
	}
	distance := uint64(v.last - after)
	system, err := v.iterate(systemPrefix, after+1, v.last+1)
	if err != nil {
		return 0, err
	}
	for ok := system.First(); ok; ok = system.Next() {
		distance--
	}
	return int(min(distance, uint64(limit))), damage(system.Close())
}

// StreamState tells what there is of a stream.
type StreamState struct {
	Begun      bool   // it has had events
	Exists     bool   // … and was not deleted
	Tombstoned bool   // it was deleted for ever
	Last       uint64 // revision of the newest event, deleted or not
	First      uint64 // revision of the oldest event shown, beyond Last when none is
}

// StreamState answers what there is of a stream.
func (l *Log) StreamState(ctx context.Context, stream string) (StreamState, error) {
	v, err := l.hold(ctx)
	if err != nil {
		return StreamState{}, err
	}
	defer v.release()
	h, err := v.streamHead(stream)
	if err != nil {
		return StreamState{}, err
	}
	if base, ok := described(stream); ok {
		about, err := v.streamHead(base)
		if err != nil {
			return StreamState{}, err
		}
		h.tombstoned = h.tombstoned || about.tombstoned
	}
	e, err := v.visible(stream, h)
	return StreamState{Begun: h.count > 0, Exists: h.exists(), Tombstoned: h.tombstoned, Last: max(h.count, 1) - 1, First: e.low}, err
}
