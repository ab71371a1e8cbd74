package embedded

import "container/list"

// lru keeps the values that were used most recently. It is not safe for concurrent use.
type lru[V any] struct {
	capacity int
	entries  map[string]*list.Element
	order    *list.List // newest first
}

type lruEntry[V any] struct {
	key   string
	value V
}

func newLRU[V any](capacity int) *lru[V] {
	return &lru[V]{capacity: capacity, entries: map[string]*list.Element{}, order: list.New()}
}

func (c *lru[V]) get(key string) (value V, ok bool) {
	element, ok := c.entries[key]
	if !ok {
		return value, false
	}
	c.order.MoveToFront(element)
	return element.Value.(*lruEntry[V]).value, true
}

func (c *lru[V]) put(key string, value V) {
	if element, ok := c.entries[key]; ok {
		element.Value.(*lruEntry[V]).value = value
		c.order.MoveToFront(element)
		return
	}
	c.entries[key] = c.order.PushFront(&lruEntry[V]{key, value})
	if c.order.Len() > c.capacity {
		oldest := c.order.Remove(c.order.Back()).(*lruEntry[V])
		delete(c.entries, oldest.key)
	}
}
