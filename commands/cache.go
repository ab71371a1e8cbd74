package commands

import (
	"container/list"
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands/snapshot"
	"github.com/rapport-crm/rapport/eventstore"
)

// memory bounds the folded states of all handlers together, by an estimate of their bytes. Those that were used last
// stay.
type memory struct {
	limit int64

	mu    sync.Mutex
	idle  *list.List // of entries that nobody holds or waits for, the last used first
	bytes int64      // of the idle entries
}

// idler is an entry of any handler's cache, as the memory sees it.
type idler interface {
	weigh() int64
	forget() // under the memory's lock
	save()   // what is forgotten, to come back to it
}

func newMemory(limit int64) *memory { return &memory{limit: limit, idle: list.New()} }

// shrink forgets what was used longest ago, until the rest is within the limit, and returns it to be saved. The last
// used one stays, however heavy: it is the likeliest to be asked for again.
func (m *memory) shrink() (forgotten []idler) {
	for m.bytes > m.limit && m.idle.Len() > 1 {
		oldest := m.idle.Remove(m.idle.Back()).(idler)
		m.bytes -= oldest.weigh()
		oldest.forget()
		forgotten = append(forgotten, oldest)
	}
	return forgotten
}

// cache keeps the folded states of a handler by stream. An entry is one caller's at a time: commands on one stream
// wait for each other rather than conflict, and a stream that many ask for at once is loaded once.
type cache[S any] struct {
	memory *memory
	sizes  *snapshot.Codec[folded[S]]
	behind snapshots[S] // of states that leave the memory; nil where there are none

	entries map[string]*entry[S] // under the memory's lock
}

// folded is a state, and what is to be known of the facts that it was folded from.
type folded[S any] struct {
	next     uint64    // the revision that the next event will have
	position uint64    // of the newest event
	newest   uuid.UUID // the newest event
	sealed   bool      // something in it stands sealed in the log
	state    S
	recent   recent
	contents contents
	measured measured
}

// entry is a stream's folded state. All but the bookkeeping belongs to whoever holds the turn.
type entry[S any] struct {
	stream string
	turn   chan struct{} // holds a token while somebody has the entry
	cache  *cache[S]

	// Bookkeeping, under the memory's lock.
	users  int
	weight int64
	place  *list.Element // in idle; nil while in use

	loaded bool // the state was read to the end of the stream once
	// apart is set where facts of others came to count for the state, or count no more, that were not folded into it yet:
	// it is right in who stands for whom, and in nothing else.
	apart bool
	company
	since time.Time // when another one began to stand for the customer
	folded[S]
	kept
}

// measured is what a state weighed when that was last found out.
type measured struct {
	next  uint64
	bytes int64
}

// overhead is about what an entry takes beside its state: itself, its name, its turn, its places in map and list.
const overhead = 512

func newCache[S any](m *memory) *cache[S] {
	return &cache[S]{memory: m, sizes: snapshot.NewSizes[folded[S]](), entries: map[string]*entry[S]{}}
}

// acquire waits for the stream's entry and takes it. It fails only when ctx ends before.
func (c *cache[S]) acquire(ctx context.Context, stream string) (*entry[S], error) {
	m := c.memory
	m.mu.Lock()
	e := c.entries[stream]
	if e == nil {
		e = &entry[S]{stream: stream, turn: make(chan struct{}, 1), cache: c, weight: overhead}
		c.entries[stream] = e
	}
	if e.place != nil {
		m.idle.Remove(e.place)
		e.place = nil
		m.bytes -= e.weight
	}
	e.users++
	m.mu.Unlock()
	select {
	case e.turn <- struct{}{}:
		return e, nil
	case <-ctx.Done():
		m.mu.Lock()
		forgotten := c.leave(e)
		m.mu.Unlock()
		saveAll(forgotten)
		return nil, ctx.Err()
	}
}

// release gives the entry back.
func (c *cache[S]) release(e *entry[S]) {
	if e.outgrewSnapshot() {
		e.save()
	}
	weight := e.measure()
	c.memory.mu.Lock()
	e.weight = weight
	<-e.turn
	forgotten := c.leave(e)
	c.memory.mu.Unlock()
	saveAll(forgotten)
}

func saveAll(forgotten []idler) {
	for _, f := range forgotten {
		f.save()
	}
}

func (c *cache[S]) leave(e *entry[S]) (forgotten []idler) {
	if e.users--; e.users > 0 {
		return nil
	}
	e.place = c.memory.idle.PushFront(e)
	c.memory.bytes += e.weight
	return c.memory.shrink()
}

// flush saves the states that are in memory and that nobody uses, to be found by the next process.
func (m *memory) flush() {
	m.mu.Lock()
	var all []idler
	for at := m.idle.Front(); at != nil; at = m.idle.Front() {
		all = append(all, m.idle.Remove(at).(idler))
		all[len(all)-1].forget()
	}
	m.bytes = 0
	m.mu.Unlock()
	saveAll(all)
}

// forgetIdle lets go of a stream's state, unless somebody uses it just now, who will see by the log that it is old.
func (c *cache[S]) forgetIdle(stream string) {
	c.memory.mu.Lock()
	defer c.memory.mu.Unlock()
	if e := c.entries[stream]; e != nil && e.place != nil {
		c.memory.idle.Remove(e.place)
		c.memory.bytes -= e.weight
		e.forget()
	}
}

func (e *entry[S]) weigh() int64 { return e.weight }

func (e *entry[S]) forget() { delete(e.cache.entries, e.stream) }

// eventBytes is about what one event takes that is kept to be folded anew.
const eventBytes = 1024

// measure estimates what the entry weighs. The state is gone through only when it has grown by a quarter; in between
// a fact is taken to weigh as much as those before it.
func (e *entry[S]) measure() int64 {
	m := &e.measured
	if m.bytes == 0 || e.next < m.next || e.next >= m.next+m.next/4+1 {
		*m = measured{next: e.next, bytes: overhead + int64(len(e.stream)) + e.cache.sizes.Size(&e.folded)}
	}
	grown := int64(e.next - m.next)
	return m.bytes + grown*(m.bytes/int64(m.next+1)) + int64(len(e.events))*eventBytes
}

// drop forgets the state, so that it is read from the log again.
func (e *entry[S]) drop() {
	e.loaded, e.apart, e.folded, e.kept = false, false, folded[S]{}, kept{}
	e.company, e.since = company{}, time.Time{}
}

// took notes the newest event that the state was folded from, as it stands in the log.
func (e *entry[S]) took(id uuid.UUID, data []byte) {
	e.newest, e.sealed = id, e.sealed || eventstore.Sealed(data)
}

// expected is the revision that an append must meet for the state to have been the right one.
func (e *entry[S]) expected() eventstore.Expected {
	if e.next == 0 {
		return eventstore.NoStream
	}
	return eventstore.Exactly(e.next - 1)
}
