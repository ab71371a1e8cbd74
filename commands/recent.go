package commands

import "github.com/google/uuid"

// maxRecent is how many commands with an idempotency key a stream's state remembers. A repetition after more
// than that is decided anew, and the ids in the command tell then that it is nothing new.
const maxRecent = 256

// recent remembers the newest commands of a stream that had an idempotency key.
type recent struct {
	ring []handled
	next int // where the oldest is overwritten, once the ring is full
}

// handled is a command that left facts: where the last of them stands. Position 0: not appended yet.
type handled struct {
	id                 uuid.UUID
	digest             string
	revision, position uint64
}

func (r *recent) find(id uuid.UUID) (handled, bool) {
	for i := range r.ring {
		if r.ring[i].id == id {
			return r.ring[i], true
		}
	}
	return handled{}, false
}

// remember takes a command in, or the next fact of the one that it took in last.
func (r *recent) remember(h handled) {
	if len(r.ring) > 0 {
		if last := &r.ring[(r.next+len(r.ring)-1)%len(r.ring)]; last.id == h.id {
			*last = h
			return
		}
	}
	if len(r.ring) < maxRecent {
		r.ring = append(r.ring, h)
		return
	}
	r.ring[r.next] = h
	r.next = (r.next + 1) % maxRecent
}

// place gives a position to what had none.
func (r *recent) place(position uint64) {
	for i := range r.ring {
		if r.ring[i].position == 0 {
			r.ring[i].position = position
		}
	}
}
