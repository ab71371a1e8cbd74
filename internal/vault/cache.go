package vault

import (
	"container/list"
	"sync"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// cache keeps the keys that were used most recently: opening one costs more than all that is done with it.
type cache struct {
	mu       sync.Mutex
	capacity int
	entries  map[uuid.UUID]*list.Element
	order    *list.List // newest first
	// epoch counts what was forgotten, so that what was read before is not remembered after.
	epoch uint64
}

type cached struct {
	customer uuid.UUID
	key      eventstore.Key
}

func newCache(capacity int) *cache {
	return &cache{capacity: capacity, entries: map[uuid.UUID]*list.Element{}, order: list.New()}
}

// get answers a customer's key, nil where it is not remembered, and the epoch in which to put it then.
func (c *cache) get(customer uuid.UUID) (eventstore.Key, uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.entries[customer]
	if !ok {
		return nil, c.epoch
	}
	c.order.MoveToFront(element)
	return element.Value.(cached).key, c.epoch
}

// put remembers a key that was asked for in an epoch, unless anything was forgotten since.
func (c *cache) put(customer uuid.UUID, key eventstore.Key, epoch uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, there := c.entries[customer]; there || epoch != c.epoch {
		return
	}
	c.entries[customer] = c.order.PushFront(cached{customer, key})
	if c.order.Len() > c.capacity {
		delete(c.entries, c.order.Remove(c.order.Back()).(cached).customer)
	}
}

func (c *cache) forget(customer uuid.UUID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	if element, ok := c.entries[customer]; ok {
		c.order.Remove(element)
		delete(c.entries, customer)
	}
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	clear(c.entries)
	c.order.Init()
}
