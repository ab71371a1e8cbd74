package eventstore

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/google/uuid"
)

// ErrHole: a stream does not show all of its events. Errors are *HoleError.
var ErrHole = errors.New("a stream does not show all of its events")

// HoleError names the revisions that a stream ought to show, from From to Until, and does not: its metadata hides
// them, it was deleted, or the server removed them. An Until of End stands for all that there are.
type HoleError struct {
	Stream      string
	From, Until uint64
}

func (e *HoleError) Error() string {
	which := fmt.Sprintf("revisions %d to %d are", e.From, e.Until)
	switch e.Until {
	case e.From:
		which = fmt.Sprintf("revision %d is", e.From)
	case End:
		which = fmt.Sprintf("the revisions from %d on are", e.From)
	}
	return fmt.Sprintf("stream %s is not whole: %s hidden or missing", e.Stream, which)
}

func (e *HoleError) Is(target error) bool { return target == ErrHole }

// Whole yields what is read of a stream upwards from a revision, and ends with a *HoleError where one is missing, unless
// that was accepted: nil for where nothing is. A stream that Rapport owns begins at revision 0 and has no gap: what is
// decided or shown of less would be wrong.
func Whole(stream string, from uint64, records iter.Seq2[Record, error], accepted func(*HoleError) (bool, error)) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		next := from
		for r, err := range records {
			if err == nil && r.Revision != next {
				hole, goOn := &HoleError{Stream: stream, From: next, Until: r.Revision - 1}, false
				if accepted != nil && r.Revision > next {
					goOn, err = accepted(hole)
				}
				if err == nil && !goOn {
					err = hole
				}
				if err != nil {
					yield(Record{}, err)
					return
				}
			}
			if !yield(r, err) {
				return
			}
			next = r.Revision + 1
		}
	}
}

// ReadWhole reads a stream upwards from a revision, and ends with a *HoleError where one is missing, unless a person
// accepted that.
func ReadWhole(ctx context.Context, store Store, stream string, from uint64) iter.Seq2[Record, error] {
	return Whole(stream, from, store.ReadStream(ctx, stream, from), func(hole *HoleError) (bool, error) {
		gaps, err := AcceptedGaps(ctx, store)
		return gaps.Accepted(hole), err
	})
}

// Streams reads streams, as a Store does.
type Streams interface {
	streamReader
	Curtailed(ctx context.Context) iter.Seq2[string, error]
}

// FindHole finds the first revisions that a stream ought to show and does not, where the log has so many events of it and
// those are not passed over: nil where it shows all of them.
func FindHole(ctx context.Context, log Streams, stream string, events uint64, passed func(*HoleError) bool) (*HoleError, error) {
	next := uint64(0)
	for r, err := range Whole(stream, 0, log.ReadStream(ctx, stream, 0), func(h *HoleError) (bool, error) { return passed(h), nil }) {
		var hole *HoleError
		switch {
		case errors.As(err, &hole):
			return hole, nil
		case errors.Is(err, ErrDeleted):
			return &HoleError{Stream: stream, From: 0, Until: End}, nil
		case err != nil:
			return nil, err
		}
		if next = r.Revision + 1; next >= events {
			return nil, nil
		}
	}
	if err := ctx.Err(); err != nil || next >= events {
		return nil, err
	}
	return &HoleError{Stream: stream, From: next, Until: events - 1}, nil
}

// ErrChanged: the log is not the one that was read before. Errors are *ChangedError.
var ErrChanged = errors.New("the log is not the one that was read before")

// ChangedError names an event that was in the log and is not there any more: an older copy, or another log, took its
// place.
type ChangedError struct {
	Position Position
	ID       uuid.UUID
	Head     Position // of the log as it is now
}

func (e *ChangedError) Error() string {
	return fmt.Sprintf("%v: the event %s at position %d is not there any more, and the log ends at %d",
		ErrChanged, e.ID, e.Position, e.Head)
}

func (e *ChangedError) Is(target error) bool { return target == ErrChanged }

// Unchanged finds out whether the event at a position is still the one with an id. It returns a *ChangedError where it
// is not, and any other error where that could not be found out: then nobody should go on as if it were.
// Ask about an event in a stream that Rapport owns: those of others may be removed by their owners.
func Unchanged(ctx context.Context, store Store, at Position, id uuid.UUID) error {
	if at == 0 {
		return nil
	}
	r, err := store.At(ctx, at)
	if err == nil && r.ID == id {
		return nil
	}
	if err != nil && !errors.Is(err, ErrMissing) {
		return fmt.Errorf("look for the event at position %d: %w", at, err)
	}
	head, err := store.Head(ctx)
	if err != nil {
		return fmt.Errorf("find the end of the log: %w", err)
	}
	return &ChangedError{Position: at, ID: id, Head: head}
}
