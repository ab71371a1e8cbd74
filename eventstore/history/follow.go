package history

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/eventstore"
)

// Followed is a run of the log's events, without what is personal in them. Next is the position to follow from after it;
// CaughtUp reports that nothing more was there when it was read.
type Followed struct {
	Events   []Told
	Next     eventstore.Position
	CaughtUp bool
}

// Told is an event with the name of its type. Where this program does not know the type, it has no Event.
type Told struct {
	domain.Recorded
	Type string
}

// Follow reads the log in runs of at most max events, beginning after a position, and waits for more at its end. Events of
// other programs are left out.
func (r *Reader) Follow(ctx context.Context, after eventstore.Position, max int) iter.Seq2[Followed, error] {
	return func(yield func(Followed, error) bool) {
		for page, err := range r.store.Follow(ctx, after, max) {
			if err != nil {
				yield(Followed{}, fmt.Errorf("follow the log: %w", err))
				return
			}
			run := Followed{Next: page.Next, CaughtUp: page.CaughtUp}
			for _, record := range page.Records {
				e, err := r.codec.DecodeClosed(record)
				switch {
				case errors.Is(err, eventstore.ErrForeignType):
					continue
				case err != nil && !errors.Is(err, eventstore.ErrUnknownType):
					yield(Followed{}, fmt.Errorf("follow the log: %w", err))
					return
				}
				run.Events = append(run.Events, Told{e, record.Type})
			}
			if !yield(run, nil) {
				return
			}
		}
	}
}

// Event returns the event at a position as Follow yields it; eventstore.ErrMissing where none stands there.
func (r *Reader) Event(ctx context.Context, at eventstore.Position) (Told, error) {
	record, err := r.store.At(ctx, at)
	if err != nil {
		return Told{}, fmt.Errorf("read the event at %d: %w", at, err)
	}
	e, err := r.codec.DecodeClosed(record)
	if err != nil && !errors.Is(err, eventstore.ErrUnknownType) {
		return Told{}, fmt.Errorf("read the event at %d: %w", at, err)
	}
	return Told{e, record.Type}, nil
}
