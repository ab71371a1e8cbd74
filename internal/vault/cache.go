package vault

import (
	"sync"

	"github.com/google/uuid"
	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/rapport-crm/rapport/eventstore"
)

// cache keeps the keys that were used most recently: opening one costs more than all that is done with it.
type cache struct {
	mu   sync.Mutex
	keys *simplelru.LRU[uuid.UUID, eventstore.Key]
	// epoch counts what was forgotten, so that what was read before is not remembered after.
	epoch uint64
}

func newCache(capacity int) *cache {
	keys, err := simplelru.NewLRU[uuid.UUID, eventstore.Key](capacity, nil)
	if err != nil {
		panic(err) // only if the capacity is not positive
	}
	return &cache{keys: keys}
}

// get answers a customer's key, nil where it is not remembered, and the epoch in which to put it then.
func (c *cache) get(customer uuid.UUID) (eventstore.Key, uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key, _ := c.keys.Get(customer)
	return key, c.epoch
}

// put remembers a key that was asked for in an epoch, unless anything was forgotten since.
func (c *cache) put(customer uuid.UUID, key eventstore.Key, epoch uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if epoch == c.epoch && !c.keys.Contains(customer) {
		c.keys.Add(customer, key)
	}
}

func (c *cache) forget(customer uuid.UUID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	c.keys.Remove(customer)
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	c.keys.Purge()
}
