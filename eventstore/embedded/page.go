package embedded

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"

	"github.com/rapport-crm/rapport/eventstore"
)

// extent is a run of numbers, positions or revisions, that is read upwards or downwards: [low, high).
type extent struct {
	low, high uint64
	backwards bool
}

func (e extent) empty() bool { return e.low >= e.high }

// next is the number to read first.
func (e extent) next() uint64 {
	if e.backwards {
		return e.high - 1
	}
	return e.low
}

// rest is what remains after the first n.
func (e extent) rest(n uint64) extent {
	if e.backwards {
		e.high -= n
	} else {
		e.low += n
	}
	return e
}

// start puts an iterator at its beginning, in the direction of reading, and answers how to go on.
func (e extent) start(it *pebble.Iterator) (step func() bool, ok bool) {
	if e.backwards {
		return it.Prev, it.Last()
	}
	return it.Next, it.First()
}

// page is what was read of an extent.
type page struct {
	records []eventstore.Record
	bytes   int
	read    uint64 // how many numbers it went through
}

// A page ends after so many bytes, whatever its number of events.
const pageBytes = 4 << 20

// take adds an event, or leaves out a system event that is not wanted. It tells whether there is room for
// more.
func (p *page) take(at eventstore.Position, raw rawRecord, most int, system bool) (more bool) {
	p.read++
	if system || !raw.system() {
		p.records = append(p.records, raw.own(at))
		p.bytes += len(raw.data) + len(raw.metadata)
	}
	return len(p.records) < most && p.bytes < pageBytes
}

// events reads a page of the log, with up to that many events.
func (v *view) events(e extent, most int, system bool) (p page, err error) {
	it, err := v.iterate(eventPrefix, eventstore.Position(e.low), eventstore.Position(e.high))
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, damage(it.Close())) }()
	step, ok := e.start(it)
	for more := true; more && !e.rest(p.read).empty(); ok = step() {
		at := eventstore.Position(e.rest(p.read).next())
		raw, err := readRecord(it, ok, at)
		if err != nil {
			return p, err
		}
		more = p.take(at, raw, most, system)
	}
	return p, nil
}

// readRecord reads the event that an iterator should be at.
func readRecord(it *pebble.Iterator, ok bool, at eventstore.Position) (rawRecord, error) {
	err := it.Error()
	if err == nil && (!ok || len(it.Key()) != positionKeySize || number(it.Key()) != uint64(at)) {
		lost := &eventstore.DamageError{Position: at, Err: fmt.Errorf("%w: %w", eventstore.ErrMissing, ErrCorrupt)}
		if ok && len(it.Key()) == positionKeySize && number(it.Key()) > uint64(at) { // read upwards
			lost.Until = eventstore.Position(number(it.Key())) - 1
		}
		return rawRecord{}, lost
	}
	var value []byte
	if err == nil {
		value, err = it.ValueAndErr()
	}
	if err != nil {
		return rawRecord{}, misread(at, damage(err))
	}
	return parseRecord(at, value)
}

// misread names the event that damaged files keep from being read.
func misread(at eventstore.Position, err error) error {
	if errors.Is(err, ErrCorrupt) {
		return &eventstore.DamageError{Position: at, Err: err}
	}
	return fmt.Errorf("event at position %d: %w", at, err)
}

// streamEvents reads a page of a stream, by revisions.
func (v *view) streamEvents(stream string, e extent, most int, system bool) (p page, err error) {
	err = v.eachOf(stream, e, func(at eventstore.Position, raw rawRecord) bool {
		return p.take(at, raw, most, system)
	})
	return p, err
}

// eachOf calls visit with a stream's events until it answers false.
func (v *view) eachOf(stream string, e extent, visit func(eventstore.Position, rawRecord) bool) (err error) {
	if e.empty() {
		return nil
	}
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
	step, ok := e.start(index)
	for more := true; more && !e.empty(); ok = step() {
		at, err := readIndex(index, ok, e.next())
		if err != nil {
			return fmt.Errorf("revision %d of stream %s: %w", e.next(), stream, damage(err))
		}
		raw, err := readRecord(events, events.SeekGE(positionKey(eventPrefix, at)), at)
		if err != nil {
			return err
		}
		if string(raw.stream) != stream || raw.revision != e.next() {
			return fmt.Errorf("revision %d of stream %s is not at position %d: %w", e.next(), stream, at, ErrCorrupt)
		}
		e = e.rest(1)
		more = visit(at, raw)
	}
	return nil
}

// readIndex reads the position of the revision that an iterator should be at.
func readIndex(it *pebble.Iterator, ok bool, revision uint64) (eventstore.Position, error) {
	if err := it.Error(); err != nil {
		return 0, err
	}
	if !ok || number(it.Key()) != revision {
		return 0, fmt.Errorf("it is missing: %w", ErrCorrupt)
	}
	position, err := it.ValueAndErr()
	if err != nil {
		return 0, err
	}
	if len(position) != 8 {
		return 0, fmt.Errorf("its position has %d bytes: %w", len(position), ErrCorrupt)
	}
	return eventstore.Position(binary.BigEndian.Uint64(position)), nil
}
