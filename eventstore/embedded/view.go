package embedded

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"

	"github.com/rapport-crm/rapport/eventstore"
)

// view is the log as it was after one commit: durable, and never changing. The log holds the current one;
// readers hold theirs for as long as it takes to read a page.
type view struct {
	log        *Log
	snapshot   *pebble.Snapshot
	last       eventstore.Position // of the newest event
	head       eventstore.Position // of the newest event that is not a system one
	superseded chan struct{}       // closed when a newer view takes its place, or the log closes
	holders    atomic.Int32
}

// newView pins what Pebble holds now; nobody must be committing.
func (l *Log) newView(last, head eventstore.Position) *view {
	v := &view{log: l, snapshot: l.db.NewSnapshot(), last: last, head: head, superseded: make(chan struct{})}
	v.holders.Store(1)
	l.views.Add(1)
	return v
}

// publish makes a view the current one (nil: the log closes) and wakes all who wait for it.
func (l *Log) publish(v *view) {
	l.mu.Lock()
	old := l.current
	l.current = v
	l.mu.Unlock()
	close(old.superseded)
	old.release()
}

// hold answers the current view, to be released.
func (l *Log) hold(ctx context.Context) (*view, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current == nil {
		return nil, eventstore.ErrClosed
	}
	l.current.holders.Add(1)
	return l.current, nil
}

func (v *view) release() {
	if v.holders.Add(-1) > 0 {
		return
	}
	if err := v.snapshot.Close(); err != nil {
		v.log.options.Logger.Error("event log: close a snapshot", "error", err)
	}
	v.log.views.Done()
}

// recoverView finds the end of what is on disk.
func (l *Log) recoverView() (*view, error) {
	newest, err := lastPosition(l.db, eventPrefix)
	if err != nil {
		return nil, err
	}
	v := l.newView(newest, newest)
	it, err := v.iterate(systemPrefix, 1, newest+1)
	if err != nil {
		v.release()
		return nil, err
	}
	for ok := it.Last(); ok && number(it.Key()) == uint64(v.head); ok = it.Prev() {
		v.head--
	}
	if err := damage(it.Close()); err != nil {
		v.release()
		return nil, err
	}
	return v, nil
}

func lastPosition(r pebble.Reader, prefix byte) (eventstore.Position, error) {
	it, err := r.NewIter(&pebble.IterOptions{LowerBound: []byte{prefix}, UpperBound: []byte{prefix + 1}})
	if err != nil {
		return 0, err
	}
	var last eventstore.Position
	for ok := it.Last(); ok && last == 0; ok = it.Prev() {
		if len(it.Key()) == positionKeySize { // or it is none of ours
			last = eventstore.Position(number(it.Key()))
		}
	}
	return last, damage(it.Close())
}

// iterate goes through the positions in [low, high) under a prefix.
func (v *view) iterate(prefix byte, low, high eventstore.Position) (*pebble.Iterator, error) {
	lower, upper := positionBounds(prefix, low, high)
	it, err := v.snapshot.NewIter(&pebble.IterOptions{LowerBound: lower, UpperBound: upper})
	return it, damage(err)
}

// damage marks an error that tells of damaged files.
func damage(err error) error {
	if err != nil && pebble.IsCorruptionError(err) {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return err
}
