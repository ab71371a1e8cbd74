package projections

import (
	"sync"

	"github.com/rapport-crm/rapport/eventstore"
)

// progress tells readers in this process how far the read models are.
type progress struct {
	mu       sync.Mutex
	position eventstore.Position
	leading  bool // this process writes the read models
	moved    chan struct{}
}

func newProgress() *progress { return &progress{moved: make(chan struct{})} }

// set announces a position.
func (p *progress) set(position eventstore.Position, leading bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.position, p.leading = position, leading
	close(p.moved)
	p.moved = make(chan struct{})
}

// get answers the position, whether this process writes the read models, and a channel that is closed
// when either changes.
func (p *progress) get() (eventstore.Position, bool, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.position, p.leading, p.moved
}
