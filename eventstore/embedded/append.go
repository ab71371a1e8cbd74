package embedded

import (
	"cmp"
	"context"
	"fmt"

	"github.com/rapport-crm/rapport/eventstore"
)

// Append implements eventstore.Store. Appending the same events again answers as it did the first time: they must
// still follow the expected revision; where any revision is expected, they may stand anywhere in the stream. A
// deleted stream takes NoStream and the revision that it had, and goes on with its numbers; a tombstoned one
// answers ErrDeleted, and so does a deleted one to StreamExists.
func (l *Log) Append(ctx context.Context, stream string, expected eventstore.Expected,
	events []eventstore.Proposed) (eventstore.Appended, error) {
	if err := eventstore.Check(stream, expected, events); err != nil {
		return eventstore.Appended{}, err
	}
	return l.writer.submit(ctx, &request{operation: toAppend, stream: stream, expected: expected, events: events})
}

// AppendAll implements eventstore.Store: all streams take their events in one commit, or none does.
func (l *Log) AppendAll(ctx context.Context, writes []eventstore.Write) ([]eventstore.Appended, error) {
	requests, seen := make([]*request, len(writes)), map[string]bool{}
	for i, w := range writes {
		if err := eventstore.Check(w.Stream, w.Expected, w.Events); err != nil {
			return nil, err
		}
		if _, ok := described(w.Stream); ok || seen[w.Stream] {
			return nil, fmt.Errorf("append to stream %q among others: %w", w.Stream, eventstore.ErrInvalid)
		}
		seen[w.Stream] = true
		requests[i] = &request{operation: toAppend, stream: w.Stream, expected: w.Expected, events: w.Events}
	}
	if len(requests) == 0 {
		return nil, nil
	}
	first := requests[0]
	first.along = requests[1:]
	appended, err := l.writer.submit(ctx, first)
	if err != nil {
		return nil, err
	}
	all := []eventstore.Appended{appended}
	for _, r := range first.along {
		all = append(all, r.appended)
	}
	return all, nil
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

// admit tells whether a stream is as a request expects it. If the request's events stand there already, it
// answers where. Both are EventStoreDB's rules, deleted streams and parts of earlier appends included.
func (g *group) admit(r *request, h head) (before *eventstore.Appended, err error) {
	wrong := &eventstore.WrongRevisionError{Stream: r.stream, Expected: r.expected}
	switch r.expected {
	case eventstore.StreamExists:
		if h.deleted() {
			return nil, eventstore.ErrDeleted
		}
		if there, err := g.described(r.stream, h); err != nil || !there {
			return nil, cmp.Or(err, error(wrong))
		}
		return g.known(r, h)
	case eventstore.Any:
		return g.known(r, h)
	}
	next := uint64(0)
	if r.expected != eventstore.NoStream {
		next = uint64(r.expected) + 1
	}
	if next >= h.count {
		if next == h.count {
			return nil, nil
		}
		return nil, wrong
	}
	before, same, err := g.standing(r, h, next)
	switch {
	case err != nil || before != nil:
		return before, err
	case same == 0 && r.expected == eventstore.NoStream && h.deleted():
		return nil, nil
	}
	return nil, wrong
}

// described tells whether a stream has events, or at least metadata.
func (g *group) described(stream string, h head) (bool, error) {
	if h.count > 0 {
		return true, nil
	}
	metadata, err := g.headOf(metadataPrefix + stream)
	return metadata.count > 0, err
}

// standing answers where a request's last event stands, if its events are those from a revision on; if not, how
// many of them are.
func (g *group) standing(r *request, h head, from uint64) (*eventstore.Appended, int, error) {
	n := len(r.events)
	if n == 0 {
		return nil, 0, nil
	}
	if _, ok := g.touched[r.stream]; ok {
		return nil, 0, errCommitFirst
	}
	var last eventstore.Position
	same := 0
	err := g.writer.view.eachOf(r.stream, extent{low: from, high: min(h.count, from+uint64(n))},
		func(at eventstore.Position, raw rawRecord) bool {
			if raw.id != r.events[same].ID {
				return false
			}
			same, last = same+1, at
			return true
		})
	if err != nil || same < n {
		return nil, same, err
	}
	return &eventstore.Appended{Revision: from + uint64(n) - 1, Position: last}, same, nil
}

// known is standing for a request that names no revision: its events are found by their ids, wherever in the
// stream they are. If the first one is new, so are all; if a later one is, the append is not the one that it
// seemed to repeat.
func (g *group) known(r *request, h head) (*eventstore.Appended, error) {
	if len(r.events) == 0 {
		return nil, nil
	}
	if err := g.index(r.stream, h); err != nil || h.count == 0 {
		return nil, err
	}
	wrong := &eventstore.WrongRevisionError{Stream: r.stream, Expected: r.expected}
	var first, last eventstore.Appended
	for i, e := range r.events {
		at, ok, err := g.find(r.stream, e.ID)
		if err != nil {
			return nil, err
		}
		if !ok && i == 0 {
			return nil, nil
		}
		if !ok {
			return nil, wrong
		}
		if last = at; i == 0 {
			first = at
		}
	}
	if last.Revision+1 < first.Revision { // they stand there in another order
		return nil, wrong
	}
	return &last, nil
}
