package face

import (
	"context"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// source is what events are read from, and where the client wants to begin: a stream, whose places are
// revisions, or the whole log, whose places are positions.
type source struct {
	log       *embedded.Log
	stream    string // "" for the whole log
	fromStart bool
	from      uint64 // eventstore.End for the end
}

// pageBytes bounds the data of a page, but for its last event: what an open read holds in memory.
const pageBytes = 512 << 10

// found tells whether there is a stream to read; there always is the whole log. A tombstone is an error.
func (src source) found(ctx context.Context) (bool, error) {
	if src.stream == "" {
		return true, nil
	}
	state, err := src.log.StreamState(ctx, src.stream)
	if err == nil && state.Tombstoned {
		err = eventstore.ErrDeleted
	}
	return state.Exists, err
}

// first answers the place of the first event to read, if there can be one. As in EventStoreDB, the place
// where the client wants to begin is itself read, but not when the whole log is read backwards.
func (src source) first(backwards bool) (place uint64, some bool) {
	switch {
	case src.from == eventstore.End:
		return src.from, backwards
	case src.stream != "" || !backwards:
		return src.from, true
	case src.from == 0:
		return 0, false
	}
	return src.from - 1, true
}

// firstAfter answers the place of the first event for a subscription, which begins after the place that the
// client names.
func (src source) firstAfter(ctx context.Context) (uint64, error) {
	switch {
	case src.fromStart:
		return 0, nil
	case src.from != eventstore.End:
		return src.from + 1, nil
	case src.stream == "":
		tail, err := src.tail(ctx)
		return uint64(tail) + 1, err
	}
	state, err := src.log.StreamState(ctx, src.stream)
	if state.Exists {
		return state.Last + 1, err
	}
	return state.First, err
}

// tail answers the position of the newest event of the log, the system's included.
func (src source) tail(ctx context.Context) (eventstore.Position, error) {
	for r, err := range src.log.Scan(ctx, eventstore.End, true) {
		return r.Position, err
	}
	return 0, nil
}

// page reads up to limit events from a place on, and tells whether there are more.
func (src source) page(ctx context.Context, place uint64, backwards bool,
	limit int) (page []eventstore.Record, more bool, err error) {
	events := src.log.Scan(ctx, eventstore.Position(place), backwards)
	if src.stream != "" {
		events = src.log.ScanStream(ctx, src.stream, place, backwards)
	}
	bytes := 0
	for r, err := range events {
		if err != nil {
			return nil, false, err
		}
		if len(page) == limit || bytes >= pageBytes {
			return page, true, nil
		}
		page = append(page, r)
		bytes += len(r.Data) + len(r.Metadata)
	}
	return page, false, nil
}

// beyond answers the place next to an event. Going backwards, there must be more events.
func (src source) beyond(r eventstore.Record, backwards bool) uint64 {
	place := uint64(r.Position)
	if src.stream != "" {
		place = r.Revision
	}
	if backwards {
		return place - 1
	}
	return place + 1
}
