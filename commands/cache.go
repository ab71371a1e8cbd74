package commands

import (
	"container/list"
	"context"
	"sync"

	"github.com/rapport-crm/rapport/eventstore"
)

// cache keeps folded states by stream, those that were used last, bounded by the events folded into them. An
// entry is one caller's at a time: commands on one stream wait for each other rather than conflict, and a
// stream that many ask for at once is loaded once.
type cache[S any] struct {
	limit int

	mu      sync.Mutex
	entries map[string]*entry[S]
	idle    *list.List // of entries that nobody holds or waits for, the last used first
	weight  int        // of the idle entries
}

// entry is a stream's folded state. All but the bookkeeping belongs to whoever holds the turn.
type entry[S any] struct {
	stream string
	turn   chan struct{} // holds a token while somebody has the entry

	// Bookkeeping, under the cache's lock.
	users  int
	weight int
	place  *list.Element // in idle; nil while in use

	loaded   bool   // the state was read to the end of the stream once
	next     uint64 // the revision that the next event will have
	position uint64 // of the newest event
	state    S
	recent   recent
}

func newCache[S any](limit int) *cache[S] {
	return &cache[S]{limit: limit, entries: map[string]*entry[S]{}, idle: list.New()}
}

// acquire waits for the stream's entry and takes it. It fails only when ctx ends before.
func (c *cache[S]) acquire(ctx context.Context, stream string) (*entry[S], error) {
	c.mu.Lock()
	e := c.entries[stream]
	if e == nil {
		e = &entry[S]{stream: stream, turn: make(chan struct{}, 1), weight: 1}
		c.entries[stream] = e
	}
	if e.place != nil {
		c.idle.Remove(e.place)
		e.place = nil
		c.weight -= e.weight
	}
	e.users++
	c.mu.Unlock()
	select {
	case e.turn <- struct{}{}:
		return e, nil
	case <-ctx.Done():
		c.mu.Lock()
		defer c.mu.Unlock()
		c.leave(e)
		return nil, ctx.Err()
	}
}

// release gives the entry back.
func (c *cache[S]) release(e *entry[S]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e.weight = int(e.next) + 1
	<-e.turn
	c.leave(e)
}

func (c *cache[S]) leave(e *entry[S]) {
	if e.users--; e.users > 0 {
		return
	}
	e.place = c.idle.PushFront(e)
	c.weight += e.weight
	// The last used one stays, however heavy: it is the likeliest to be asked for again.
	for c.weight > c.limit && c.idle.Len() > 1 {
		oldest := c.idle.Remove(c.idle.Back()).(*entry[S])
		c.weight -= oldest.weight
		delete(c.entries, oldest.stream)
	}
}

// drop forgets the state, so that it is read from the log again.
func (e *entry[S]) drop() {
	var zero S
	e.loaded, e.next, e.position, e.state, e.recent = false, 0, 0, zero, recent{}
}

// expected is the revision that an append must meet for the state to have been the right one.
func (e *entry[S]) expected() eventstore.Expected {
	if e.next == 0 {
		return eventstore.NoStream
	}
	return eventstore.Exactly(e.next - 1)
}
