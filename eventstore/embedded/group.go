package embedded

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// errCommitFirst: the request must see what the group holds, which can be read only once it is committed.
var errCommitFirst = errors.New("the group must be committed first")

// group is the requests that one commit makes durable.
type group struct {
	writer  *writer
	refused error // why nothing can be written now
	batch   *pebble.Batch
	last    eventstore.Position // as of the view, after the group
	head    eventstore.Position
	touched map[string]head // of the streams that the group changes
	placed  map[[idKeySize]byte]eventstore.Appended
	answers []pending
}

type pending struct {
	request  *request
	appended eventstore.Appended
}

// stage adds what a request asks for to the group. If it fails, the group is as it was.
func (g *group) stage(r *request) (eventstore.Appended, error) {
	if g.refused != nil {
		return eventstore.Appended{}, g.refused
	}
	if len(r.along) > 0 {
		return g.stageAll(r)
	}
	h, err := g.headOf(r.stream)
	if err != nil {
		return eventstore.Appended{}, err
	}
	if base, ok := described(r.stream); ok {
		about, err := g.headOf(base)
		if err != nil {
			return eventstore.Appended{}, err
		}
		h.tombstoned = h.tombstoned || about.tombstoned
	}
	if h.tombstoned {
		return eventstore.Appended{}, eventstore.ErrDeleted
	}
	if r.operation == toDelete {
		if there, err := g.described(r.stream, h); err != nil || !there {
			return eventstore.Appended{}, cmp.Or(err,
				error(&eventstore.WrongRevisionError{Stream: r.stream, Expected: r.expected}))
		}
	}
	before, err := g.admit(r, h)
	if err != nil {
		return eventstore.Appended{}, err
	}
	if before != nil {
		return *before, nil
	}
	switch r.operation {
	case toDelete:
		return g.delete(r.stream, h)
	case toTombstone:
		return g.tombstone(r.stream, h)
	}
	if h.deleted() {
		if err := g.revive(r.stream, h.count); err != nil {
			return eventstore.Appended{}, err
		}
	}
	return g.add(r.stream, r.events)
}

// stageAll adds what a request asks for of several streams. All are looked at before the first one is changed.
func (g *group) stageAll(r *request) (eventstore.Appended, error) {
	parts, known := append([]*request{r}, r.along...), 0
	for _, p := range parts {
		h, err := g.headOf(p.stream)
		if err == nil && (h.tombstoned || h.deleted()) {
			err = eventstore.ErrDeleted
		}
		if err != nil {
			return eventstore.Appended{}, err
		}
		before, err := g.admit(p, h)
		if err != nil {
			return eventstore.Appended{}, err
		}
		if before != nil {
			p.appended = *before
			known++
		}
	}
	switch known {
	case len(parts):
		return r.appended, nil
	case 0:
	default: // others appended the rest
		return eventstore.Appended{}, &eventstore.WrongRevisionError{Stream: r.stream, Expected: r.expected}
	}
	for _, p := range parts {
		var err error
		if p.appended, err = g.add(p.stream, p.events); err != nil {
			g.finish(err) // it was looked at, and is nobody's metadata
		}
	}
	return r.appended, nil
}

// headOf answers a stream's head as of this group.
func (g *group) headOf(stream string) (head, error) {
	if h, ok := g.touched[stream]; ok {
		return h, nil
	}
	if h, ok := g.writer.heads.Get(stream); ok {
		return h, nil
	}
	h, err := g.writer.view.streamHead(stream)
	if err != nil {
		return h, err
	}
	g.writer.heads.Add(stream, h)
	return h, nil
}

// add appends events to a stream that takes them.
func (g *group) add(stream string, events []eventstore.Proposed) (eventstore.Appended, error) {
	h, err := g.headOf(stream)
	if err != nil {
		return eventstore.Appended{}, err
	}
	now := g.writer.clock.read()
	for _, e := range events {
		g.put(stream, h.count, e, now)
		if h.indexed {
			g.place(stream, e.ID, eventstore.Appended{Revision: h.count, Position: g.last})
		}
		h.count++
	}
	g.touch(stream, h)
	return eventstore.Appended{Revision: h.count - 1, Position: g.last}, g.limit(stream, events)
}

// limit makes what a metadata stream now says count for the stream that it is about. A deleted stream whose new
// metadata does not say which events to hide exists again, without those it had.
func (g *group) limit(stream string, events []eventstore.Proposed) error {
	base, ok := described(stream)
	if !ok {
		return nil
	}
	h, err := g.headOf(base)
	if err != nil {
		return err
	}
	for _, e := range events {
		if e.Type != metadataType {
			continue
		}
		anew := h.deleted() && !truncates(e.Data)
		h.limits = parseLimits(e.Data)
		g.touch(base, h)
		if anew {
			if err := g.truncate(base, e.Data, h.count); err != nil {
				return err
			}
			h, _ = g.headOf(base) // it was touched
		}
	}
	return nil
}

func (g *group) touch(stream string, h head) {
	g.touched[stream] = h
	g.writer.heads.Add(stream, h)
}

// put writes one event, at the next position.
func (g *group) put(stream string, revision uint64, e eventstore.Proposed, now time.Time) {
	g.last++
	write := g.batch.SetDeferred(9, recordSize(stream, e))
	copy(write.Key, positionKey(eventPrefix, g.last))
	putRecord(write.Value, g.last, stream, revision, now, e)
	g.finish(write.Finish())
	if e.Type[0] == '$' {
		g.finish(g.batch.Set(positionKey(systemPrefix, g.last), nil, nil))
	} else {
		g.head = g.last
	}
	if revision != tombstoneRevision {
		position := binary.BigEndian.AppendUint64(nil, uint64(g.last))
		g.finish(g.batch.Set(indexKey(stream, revision), position, nil))
	}
}

func (g *group) putHeads() {
	for stream, h := range g.touched {
		g.finish(g.batch.Set(headKey(stream), h.encode(), nil))
	}
}

// finish takes the error of building a batch, which only a fault of the program can cause.
func (g *group) finish(err error) {
	if err != nil {
		panic(fmt.Errorf("event log: build a batch: %w", err))
	}
}

// delete hides all that a stream has, as EventStoreDB does: by its metadata, of which nothing else remains.
func (g *group) delete(stream string, h head) (eventstore.Appended, error) {
	err := g.truncate(stream, nil, deletedBefore)
	return eventstore.Appended{Revision: max(h.count, 1) - 1, Position: g.last}, err
}

// revive lets a deleted stream begin anew at a revision, with its metadata as they are otherwise.
func (g *group) revive(stream string, at uint64) error {
	metadata := metadataPrefix + stream
	if _, ok := g.touched[metadata]; ok {
		return errCommitFirst
	}
	h, err := g.headOf(metadata)
	if err != nil {
		return err
	}
	var data []byte
	if h.count > 0 {
		err := g.writer.view.eachOf(metadata, extent{low: h.count - 1, high: h.count},
			func(_ eventstore.Position, r rawRecord) bool { data = append(data, r.data...); return true })
		if err != nil {
			return err
		}
	}
	return g.truncate(stream, data, at)
}

// truncate gives a stream metadata with another truncate-before.
func (g *group) truncate(stream string, metadata []byte, before uint64) error {
	metadata, err := withTruncateBefore(metadata, before)
	if err != nil {
		return err
	}
	_, err = g.add(metadataPrefix+stream, []eventstore.Proposed{systemEvent(metadataType, metadata)})
	return err
}

// tombstone ends a stream for ever.
func (g *group) tombstone(stream string, h head) (eventstore.Appended, error) {
	g.put(stream, tombstoneRevision, systemEvent(tombstoneType, []byte("{}")), g.writer.clock.read())
	h.tombstoned = true
	g.touch(stream, h)
	return eventstore.Appended{Revision: tombstoneRevision, Position: g.last}, nil
}

func systemEvent(typ string, data []byte) eventstore.Proposed {
	return eventstore.Proposed{ID: uuid.New(), Type: typ, Data: data}
}
