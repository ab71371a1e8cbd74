package embedded

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// Append implements eventstore.Store. Appending the same events again answers as it did the first time, as
// long as they still follow the expected revision; where any revision is expected, the writer looks for
// them among the stream's newest 256 events only. A deleted stream takes NoStream and the revision that
// it had, and goes on with its numbers; a tombstoned one answers ErrDeleted.
func (l *Log) Append(ctx context.Context, stream string, expected eventstore.Expected,
	events []eventstore.Proposed) (eventstore.Appended, error) {
	if err := eventstore.Check(stream, expected, events); err != nil {
		return eventstore.Appended{}, err
	}
	return l.writer.submit(ctx, &request{operation: toAppend, stream: stream, expected: expected, events: events})
}

// Delete makes a stream read as not found, as EventStoreDB's soft delete does: a later append goes on
// with the revision numbers. It answers the stream's last revision, and the position that tells of it.
func (l *Log) Delete(ctx context.Context, stream string,
	expected eventstore.Expected) (eventstore.Appended, error) {
	return l.remove(ctx, toDelete, stream, expected)
}

// Tombstone deletes a stream for ever: appends to it fail with eventstore.ErrDeleted.
func (l *Log) Tombstone(ctx context.Context, stream string,
	expected eventstore.Expected) (eventstore.Appended, error) {
	return l.remove(ctx, toTombstone, stream, expected)
}

func (l *Log) remove(ctx context.Context, o operation, stream string,
	expected eventstore.Expected) (eventstore.Appended, error) {
	if err := eventstore.Check(metadataPrefix+stream, expected, []eventstore.Proposed{
		systemEvent(metadataType, nil)}); err != nil {
		return eventstore.Appended{}, err
	}
	if _, ok := described(stream); ok || stream == "" {
		return eventstore.Appended{}, fmt.Errorf("%s stream %q, which holds metadata: %w", o, stream,
			eventstore.ErrInvalid)
	}
	return l.writer.submit(ctx, &request{operation: o, stream: stream, expected: expected})
}

// admit tells whether a stream is as a request expects it. If just the request's events stand there
// already, it answers where.
func (g *group) admit(r *request, h head) (before *eventstore.Appended, err error) {
	wrong := &eventstore.WrongRevisionError{Stream: r.stream, Expected: r.expected}
	switch r.expected {
	case eventstore.Any:
		return g.recently(r, h)
	case eventstore.StreamExists:
		if !h.exists() {
			return nil, wrong
		}
		return g.recently(r, h)
	case eventstore.NoStream:
		if h.count == 0 {
			return nil, nil
		}
		before, err = g.standing(r, h, 0)
		if begun := h.truncateBefore; err == nil && before == nil && begun > 0 && !h.deleted() {
			before, err = g.standing(r, h, begun) // after it was deleted, the stream began anew there
		}
		if err != nil || before != nil {
			return before, err
		}
		if !h.exists() {
			return nil, nil
		}
		return nil, wrong
	}
	next := uint64(r.expected) + 1
	if next == h.count {
		return nil, nil
	}
	before, err = g.standing(r, h, next)
	if err == nil && before == nil {
		return nil, wrong
	}
	return before, err
}

// standing answers where a request's last event stands, if its events are those from a revision on.
func (g *group) standing(r *request, h head, from uint64) (*eventstore.Appended, error) {
	n := uint64(len(r.events))
	if n == 0 || from+n > h.count {
		return nil, nil
	}
	if _, ok := g.touched[r.stream]; ok {
		return nil, errCommitFirst
	}
	var last eventstore.Position
	same := uint64(0)
	err := g.writer.view.eachOf(r.stream, extent{low: from, high: from + n},
		func(at eventstore.Position, raw rawRecord) bool {
			if raw.id != r.events[same].ID {
				return false
			}
			same, last = same+1, at
			return true
		})
	if err != nil || same < n {
		return nil, err
	}
	return &eventstore.Appended{Revision: from + n - 1, Position: last}, nil
}

// recently is standing for a request that names no revision.
func (g *group) recently(r *request, h head) (*eventstore.Appended, error) {
	if len(r.events) == 0 {
		return nil, nil
	}
	ids, ok := g.writer.ids.Get(r.stream)
	if !ok {
		if _, ok := g.touched[r.stream]; ok {
			return nil, errCommitFirst
		}
		var err error
		if ids, err = g.recentOf(r.stream, h); err != nil {
			return nil, err
		}
		g.writer.ids.Add(r.stream, ids)
	}
	back, ok := ids.find(r.events[len(r.events)-1].ID)
	if !ok || h.count < back+uint64(len(r.events)) {
		return nil, nil
	}
	return g.standing(r, h, h.count-back-uint64(len(r.events)))
}

func (g *group) recentOf(stream string, h head) (recent, error) {
	ids := make(recent, 0, min(h.count, recentIDs))
	e := extent{low: h.count - min(h.count, recentIDs), high: h.count}
	err := g.writer.view.eachOf(stream, e, func(_ eventstore.Position, r rawRecord) bool {
		ids = append(ids, r.id)
		return true
	})
	return ids, err
}

// recent is the ids of a stream's newest events, the newest last.
type recent []uuid.UUID

const recentIDs = 256

// with answers the ids after an append; r is not to be used any more.
func (r recent) with(events []eventstore.Proposed) recent {
	for _, e := range events {
		r = append(r, e.ID)
	}
	if len(r) > 2*recentIDs {
		r = slices.Clone(r[len(r)-recentIDs:])
	}
	return r
}

// find answers how many events are newer than the one with that id.
func (r recent) find(id uuid.UUID) (newer uint64, ok bool) {
	for i := len(r) - 1; i >= max(0, len(r)-recentIDs); i-- {
		if r[i] == id {
			return uint64(len(r) - 1 - i), true
		}
	}
	return 0, false
}
