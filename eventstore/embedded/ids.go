package embedded

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// An append that names no revision is known to be a repetition by its events' ids alone. So the streams that take
// such appends, and only they, have a key for each of their events; it costs the others nothing. A stream gets
// the keys of its earlier events at the first such append.

// index makes a stream's events be found by their ids from now on.
func (g *group) index(stream string, h head) error {
	if h.indexed {
		return nil
	}
	if _, ok := g.touched[stream]; ok && h.count > 0 {
		return errCommitFirst
	}
	err := g.writer.view.eachOf(stream, extent{high: h.count}, func(at eventstore.Position, r rawRecord) bool {
		g.place(stream, r.id, eventstore.Appended{Revision: r.revision, Position: at})
		return true
	})
	if err != nil {
		return err
	}
	h.indexed = true
	g.touch(stream, h)
	return nil
}

// place makes an event be found by its id.
func (g *group) place(stream string, id uuid.UUID, at eventstore.Appended) {
	key := idKey(stream, id)
	g.finish(g.batch.Set(key[:], binary.BigEndian.AppendUint64(nil, uint64(at.Position)), nil))
	g.placed[key] = at
}

// find answers where in a stream an event is, in this group or before it.
func (g *group) find(stream string, id uuid.UUID) (eventstore.Appended, bool, error) {
	key := idKey(stream, id)
	if at, ok := g.placed[key]; ok {
		return at, true, nil
	}
	value, closer, err := g.writer.view.snapshot.Get(key[:])
	if errors.Is(err, pebble.ErrNotFound) {
		return eventstore.Appended{}, false, nil
	}
	if err != nil {
		return eventstore.Appended{}, false, fmt.Errorf("event %s of stream %s: %w", id, stream, damage(err))
	}
	defer closer.Close()
	at := eventstore.Position(number(value))
	raw, err := g.writer.view.recordAt(at)
	if err == nil && (string(raw.stream) != stream || raw.id != id) {
		err = fmt.Errorf("event %s of stream %s is not at position %d: %w", id, stream, at, ErrCorrupt)
	}
	return eventstore.Appended{Revision: raw.revision, Position: at}, err == nil, err
}

// recordAt reads one event.
func (v *view) recordAt(at eventstore.Position) (raw rawRecord, err error) {
	it, err := v.iterate(eventPrefix, at, at+1)
	if err != nil {
		return raw, err
	}
	defer func() { err = errors.Join(err, damage(it.Close())) }()
	if raw, err = readRecord(it, it.First(), at); err == nil {
		raw.stream = append([]byte(nil), raw.stream...) // the rest is not used once the iterator is closed
	}
	return raw, err
}
