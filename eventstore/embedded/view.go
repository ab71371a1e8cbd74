package embedded

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"

	"github.com/rapport-crm/rapport/eventstore"
)

// view is the log as it was after one commit: durable, and never changing. The log holds the current one;
// readers hold theirs for as long as it takes to read a page.
type view struct {
	log        *Log
	snapshot   *pebble.Snapshot
	last       eventstore.Position // of the newest event
	head       eventstore.Position // of the newest event that is not a system one
	superseded chan struct{}       // closed when a newer view takes its place, or the log closes
	holders    atomic.Int32
}

// newView pins what Pebble holds now; nobody must be committing.
func (l *Log) newView(last, head eventstore.Position) *view {
	v := &view{log: l, snapshot: l.db.NewSnapshot(), last: last, head: head, superseded: make(chan struct{})}
	v.holders.Store(1)
	l.views.Add(1)
	return v
}

// publish makes a view the current one (nil: the log closes) and wakes all who wait for it.
func (l *Log) publish(v *view) {
	l.mu.Lock()
	old := l.current
	l.current = v
	l.mu.Unlock()
	close(old.superseded)
	old.release()
}

// hold answers the current view, to be released.
func (l *Log) hold(ctx context.Context) (*view, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current == nil {
		return nil, eventstore.ErrClosed
	}
	l.current.holders.Add(1)
	return l.current, nil
}

func (v *view) release() {
	if v.holders.Add(-1) > 0 {
		return
	}
	if err := v.snapshot.Close(); err != nil {
		v.log.options.Logger.Error("event log: close a snapshot", "error", err)
	}
	v.log.views.Done()
}

// recoverView finds the end of what is on disk.
func (l *Log) recoverView() (*view, error) {
	newest, err := lastPosition(l.db, eventPrefix)
	if err != nil {
		return nil, err
	}
	v := l.newView(newest, newest)
	it, err := v.iterate(systemPrefix, 1, newest+1)
	if err != nil {
		v.release()
		return nil, err
	}
	for ok := it.Last(); ok && number(it.Key()) == uint64(v.head); ok = it.Prev() {
		v.head--
	}
	if err := damage(it.Close()); err != nil {
		v.release()
		return nil, err
	}
	return v, nil
}

func lastPosition(r pebble.Reader, prefix byte) (eventstore.Position, error) {
	it, err := r.NewIter(&pebble.IterOptions{LowerBound: []byte{prefix}, UpperBound: []byte{prefix + 1}})
	if err != nil {
		return 0, err
	}
	var last eventstore.Position
	if it.Last() {
		last = eventstore.Position(number(it.Key()))
	}
	return last, damage(it.Close())
}

// iterate goes through the positions in [low, high) under a prefix.
func (v *view) iterate(prefix byte, low, high eventstore.Position) (*pebble.Iterator, error) {
	lower, upper := positionBounds(prefix, low, high)
	it, err := v.snapshot.NewIter(&pebble.IterOptions{LowerBound: lower, UpperBound: upper})
	return it, damage(err)
}

// extent is a run of numbers, positions or revisions: [low, high).
type extent struct{ low, high uint64 }

func (e extent) empty() bool { return e.low >= e.high }

// rest is what remains after the first n, in the direction of reading.
func (e extent) rest(n uint64, backwards bool) extent {
	if backwards {
		return extent{e.low, e.high - n}
	}
	return extent{e.low + n, e.high}
}

// A page ends after so many bytes, whatever its number of events.
const pageBytes = 4 << 20

// events reads a page of the log, up to max events, and answers how many positions it went through.
// System events are left out at will.
func (v *view) events(e extent, backwards bool, max int, system bool) (records []eventstore.Record, n uint64,
	err error) {
	it, err := v.iterate(eventPrefix, eventstore.Position(e.low), eventstore.Position(e.high))
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, damage(it.Close())) }()
	step, ok := it.Next, it.First()
	if backwards {
		step, ok = it.Prev, it.Last()
	}
	for size := 0; ok && len(records) < max && size < pageBytes; ok = step() {
		at := eventstore.Position(e.low + n)
		if backwards {
			at = eventstore.Position(e.high - 1 - n)
		}
		if number(it.Key()) != uint64(at) {
			return records, n, fmt.Errorf("event at position %d is missing: %w", at, ErrCorrupt)
		}
		raw, err := readRecord(it, at)
		if err != nil {
			return records, n, err
		}
		n++
		if system || !raw.system() {
			records = append(records, raw.own(at))
			size += len(raw.data) + len(raw.metadata)
		}
	}
	if err := it.Error(); err != nil {
		return records, n, fmt.Errorf("events at positions %d to %d: %w", e.low, e.high-1, damage(err))
	}
	if !ok && !e.rest(n, backwards).empty() {
		return records, n, fmt.Errorf("events after the %d in %d to %d are missing: %w", n, e.low, e.high-1, ErrCorrupt)
	}
	return records, n, nil
}

func readRecord(it *pebble.Iterator, at eventstore.Position) (rawRecord, error) {
	value, err := it.ValueAndErr()
	if err != nil {
		return rawRecord{}, fmt.Errorf("event at position %d: %w", at, damage(err))
	}
	return parseRecord(at, value)
}

// streamEvents is events for the revisions of a stream.
func (v *view) streamEvents(stream string, e extent, backwards bool, max int, system bool) (
	records []eventstore.Record, n uint64, err error) {
	err = v.eachOf(stream, e, backwards, func(at eventstore.Position, raw rawRecord) bool {
		n++
		if system || !raw.system() {
			records = append(records, raw.own(at))
		}
		return len(records) < max
	})
	return records, n, err
}

// eachOf calls visit with a stream's events until it answers false.
func (v *view) eachOf(stream string, e extent, backwards bool,
	visit func(eventstore.Position, rawRecord) bool) (err error) {
	index, err := v.snapshot.NewIter(&pebble.IterOptions{
		LowerBound: indexKey(stream, e.low), UpperBound: indexKey(stream, e.high)})
	if err != nil {
		return damage(err)
	}
	defer func() { err = errors.Join(err, damage(index.Close())) }()
	events, err := v.iterate(eventPrefix, 1, v.last+1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, damage(events.Close())) }()
	step, ok := index.Next, index.First()
	if backwards {
		step, ok = index.Prev, index.Last()
	}
	left := e
	for ; ok && !left.empty(); ok = step() {
		revision := left.low
		if backwards {
			revision = left.high - 1
		}
		position, err := index.ValueAndErr()
		if err != nil {
			return damage(err)
		}
		if number(index.Key()) != revision || len(position) != 8 {
			break
		}
		at := eventstore.Position(binary.BigEndian.Uint64(position))
		if !events.SeekGE(positionKey(eventPrefix, at)) || number(events.Key()) != uint64(at) {
			return errors.Join(fmt.Errorf("event at position %d is missing: %w", at, ErrCorrupt), damage(events.Error()))
		}
		raw, err := readRecord(events, at)
		if err != nil {
			return err
		}
		if string(raw.stream) != stream || raw.revision != revision {
			return fmt.Errorf("event at position %d is not revision %d of %s: %w", at, revision, stream, ErrCorrupt)
		}
		left = left.rest(1, backwards)
		if !visit(at, raw) {
			return nil
		}
	}
	if !left.empty() {
		return errors.Join(fmt.Errorf("stream %s: a revision from %d to %d is missing: %w",
			stream, left.low, left.high-1, ErrCorrupt), damage(index.Error()))
	}
	return nil
}

// damage marks an error that tells of damaged files.
func damage(err error) error {
	if err != nil && pebble.IsCorruptionError(err) {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return err
}
