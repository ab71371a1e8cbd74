package embedded

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"
	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/rapport-crm/rapport/eventstore"
)

const (
	groupBytes  = 2 << 20  // a commit takes no more appends beyond this: it fits in a memtable
	queuedBytes = 64 << 20 // appends beyond this are refused until the writer has caught up
	knownHeads  = 1 << 16  // streams that need no reading to be appended to
)

// operation is what a request asks for.
type operation string

const (
	toAppend    operation = "append to"
	toDelete    operation = "delete"
	toTombstone operation = "tombstone"
)

// request is a call that waits for the writer.
type request struct {
	operation operation
	stream    string
	expected  eventstore.Expected
	events    []eventstore.Proposed
	along     []*request          // what is appended to other streams, all or nothing
	appended  eventstore.Appended // where that stands, once the request that it goes along with is answered
	settled   atomic.Bool         // whether the writer has taken it up, or the caller has given it up: the first wins
	done      chan answer         // has room for one
}

type answer struct {
	appended eventstore.Appended
	err      error
}

func (r *request) size() int {
	size := len(r.stream)
	for _, e := range r.events {
		size += recordSize(r.stream, e)
	}
	for _, along := range r.along {
		size += along.size()
	}
	return size
}

// writer is the one goroutine that writes.
type writer struct {
	log   *Log
	view  *view                        // the current one, which only the writer replaces
	heads *simplelru.LRU[string, head] // of streams, as after the newest group

	clock clock // of the times at which events are recorded

	refusing bool // the newest group was refused as a whole

	mu      sync.Mutex
	queue   []*request
	queued  int // bytes
	stopped bool
	wake    chan struct{} // has room for one
	ended   chan struct{}
}

func newWriter(l *Log) *writer {
	// Where the newest event is damaged, its readers say so; the clock begins anew.
	newest, _ := l.current.newestRecordedAt()
	return &writer{log: l, view: l.current, heads: remembering[head](knownHeads),
		clock: clock{now: l.options.Now, newest: newest}, wake: make(chan struct{}, 1), ended: make(chan struct{})}
}

// remembering keeps what was used most recently, by stream.
func remembering[V any](many int) *simplelru.LRU[string, V] {
	c, err := simplelru.NewLRU[string, V](many, nil)
	if err != nil {
		panic(err) // only if many is not positive
	}
	return c
}

// submit hands a request to the writer and waits for its answer. A caller whose context ends before the
// writer takes the request up has changed nothing; later, it may or may not have.
func (w *writer) submit(ctx context.Context, r *request) (eventstore.Appended, error) {
	a := w.await(ctx, r)
	if a.err != nil {
		return eventstore.Appended{}, fmt.Errorf("%s stream %s: %w", r.operation, r.stream, a.err)
	}
	return a.appended, nil
}

func (w *writer) await(ctx context.Context, r *request) answer {
	if err := ctx.Err(); err != nil {
		return answer{err: err}
	}
	r.done = make(chan answer, 1)
	if err := w.enqueue(r); err != nil {
		return answer{err: err}
	}
	select {
	case a := <-r.done:
		return a
	case <-ctx.Done():
	}
	if r.settled.CompareAndSwap(false, true) {
		return answer{err: ctx.Err()}
	}
	select {
	case a := <-r.done:
		return a
	default:
		return answer{err: fmt.Errorf("given up while it was being written, so it may or may not have been: %w (%w)",
			eventstore.ErrUnavailable, ctx.Err())}
	}
}

func (w *writer) enqueue(r *request) error {
	size := r.size()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stopped {
		return eventstore.ErrClosed
	}
	if w.queued > 0 && w.queued+size > queuedBytes {
		return fmt.Errorf("%w: too many appends are waiting", eventstore.ErrUnavailable)
	}
	w.queue = append(w.queue, r)
	w.queued += size
	select {
	case w.wake <- struct{}{}:
	default:
	}
	return nil
}

// stop ends the writer, which answers whatever still waits with ErrClosed.
func (w *writer) stop() {
	w.mu.Lock()
	w.stopped = true
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
	<-w.ended
}

func (w *writer) run() {
	defer close(w.ended)
	for range w.wake {
		w.mu.Lock()
		requests, stopped := w.queue, w.stopped
		w.queue, w.queued = nil, 0
		w.mu.Unlock()
		if !stopped {
			w.write(requests)
			continue
		}
		for _, r := range requests {
			r.done <- answer{err: eventstore.ErrClosed}
		}
		return
	}
}

// write answers requests in their order, in as few commits as may be.
func (w *writer) write(requests []*request) {
	g := w.begin()
	for _, r := range requests {
		if !r.settled.CompareAndSwap(false, true) {
			continue
		}
		a, err := g.stage(r)
		if errors.Is(err, errCommitFirst) {
			w.commit(g)
			g = w.begin()
			a, err = g.stage(r)
		}
		if err != nil {
			r.done <- answer{err: err}
			continue
		}
		g.answers = append(g.answers, pending{r, a})
		if g.batch.Len() > groupBytes {
			w.commit(g)
			g = w.begin()
		}
	}
	w.commit(g)
}

func (w *writer) begin() *group {
	w.log.crowd.wait(w.log)
	refused := w.log.Writable()
	w.noteRefusal(refused)
	return &group{writer: w, refused: refused, batch: w.log.db.NewBatch(), last: w.view.last, head: w.view.head,
		touched: map[string]head{}, placed: map[[idKeySize]byte]eventstore.Appended{}}
}

// noteRefusal logs when the log begins to refuse appends, and when it takes them again. A failed write was
// logged already.
func (w *writer) noteRefusal(err error) {
	switch {
	case errors.Is(err, eventstore.ErrReadOnly), (err != nil) == w.refusing:
		return
	case err != nil:
		w.log.options.Logger.Error("the event log refuses appends", "error", err)
	default:
		w.log.options.Logger.Info("the event log takes appends again")
	}
	w.refusing = err != nil
}

// commit makes a group durable, shows it to readers, and answers its requests.
func (w *writer) commit(g *group) {
	defer g.batch.Close()
	changes := !g.batch.Empty()
	err := w.persist(g)
	if err == nil && changes {
		w.view = w.log.newView(g.last, g.head)
		w.log.publish(w.view)
	}
	for _, p := range g.answers {
		p.request.done <- answer{p.appended, err}
	}
}

func (w *writer) persist(g *group) error {
	if g.batch.Empty() {
		return nil
	}
	g.putHeads()
	err := g.batch.Commit(pebble.Sync)
	if err != nil {
		w.log.fault.note(err)
	}
	if err := w.log.fault.err(); err != nil {
		return fmt.Errorf("%w: what was being appended may or may not have been: %w", eventstore.ErrReadOnly, err)
	}
	return nil
}
