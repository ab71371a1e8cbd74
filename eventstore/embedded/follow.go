package embedded

import (
	"context"
	"iter"

	"github.com/rapport-crm/rapport/eventstore"
)

// Follow implements eventstore.Store. An event that cannot be read ends it as well.
func (l *Log) Follow(ctx context.Context, after eventstore.Position, most int) iter.Seq2[eventstore.Page, error] {
	return func(yield func(eventstore.Page, error) bool) {
		told := false
		for {
			page, superseded, err := l.next(ctx, after, max(most, 1))
			if len(page.Records) > 0 && !yield(page, nil) {
				return
			}
			after = page.Next
			if err == nil && page.CaughtUp {
				if !told && !yield(eventstore.Page{Next: after, CaughtUp: true}, nil) {
					return
				}
				told = true
				err = l.await(ctx, superseded)
			}
			if err != nil {
				yield(eventstore.Page{Next: after}, err)
				return
			}
		}
	}
}

// next reads a page, and answers what is closed when there may be more than it saw.
func (l *Log) next(ctx context.Context, after eventstore.Position, most int) (
	eventstore.Page, <-chan struct{}, error) {
	out := eventstore.Page{Next: after}
	v, err := l.hold(ctx)
	if err != nil {
		return out, nil, err
	}
	defer v.release()
	if after < v.last {
		var p page
		p, err = v.events(extent{low: uint64(after) + 1, high: uint64(v.last) + 1}, most, false)
		out.Records = p.records
		out.Next += eventstore.Position(p.read)
	}
	out.CaughtUp = out.Next >= v.last
	return out, v.superseded, err
}

// Wait returns once the log, system events included, reaches beyond a position.
func (l *Log) Wait(ctx context.Context, after eventstore.Position) error {
	for {
		v, err := l.hold(ctx)
		if err != nil {
			return err
		}
		last, superseded := v.last, v.superseded
		v.release()
		if last > after {
			return nil
		}
		if err := l.await(ctx, superseded); err != nil {
			return err
		}
	}
}

// await returns once a view is not the current one any more, also when the log closes.
func (l *Log) await(ctx context.Context, superseded <-chan struct{}) error {
	select {
	case <-superseded:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
