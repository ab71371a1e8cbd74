// Package eventstore is the log: streams of immutable events in one total order. It decides that a stream
// grows only from the revision that the writer knew, and that what was acknowledged stays. It must not
// know commands or read models. Engines: embedded (in process) and esdb (EventStoreDB).
package eventstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"time"

	"github.com/google/uuid"
)

// Position is an event's place in the whole log: it grows, and begins above 0, so that 0 is the place
// before everything. It need not be without gaps.
type Position uint64

// End, as the place to read backwards from, is the newest event.
const End = math.MaxUint64

// Limits that every engine keeps.
const (
	MaxEventBytes  = 1 << 20 // data and metadata of one event together
	MaxAppendBytes = 4 << 20 // of one Append
	MaxAppend      = 20_000  // events in one Append
	MaxStreamName  = 2048    // bytes, of a type's name as well
)

// Limits are what a store takes, within the limits of every engine.
type Limits struct {
	AppendBytes  int // of one Append, by the weights of its events
	AppendEvents int // in one Append
	// Joint is set where AppendAll appends to all streams or to none.
	Joint bool
}

// Fits reports whether events of a total weight go into one Append.
func (l Limits) Fits(events, weight int) bool {
	return events <= l.AppendEvents && weight <= l.AppendBytes
}

// Proposed is an event to append.
type Proposed struct {
	ID       uuid.UUID
	Type     string
	Data     []byte // JSON, unless Binary
	Metadata []byte // JSON, unless Binary
	Binary   bool   // Rapport's own events never are
}

// eventOverhead is more than what any store writes around an event, beside its type.
const eventOverhead = 128

// Weight is what the event counts in an append: its data and metadata, and what a store writes around them.
// EventStoreDB counts a type's letters twice.
func (p Proposed) Weight() int { return len(p.Data) + len(p.Metadata) + 2*len(p.Type) + eventOverhead }

// Record is an event as the log holds it. Its bytes are the reader's own.
type Record struct {
	ID         uuid.UUID
	Stream     string
	Type       string
	Data       []byte
	Metadata   []byte
	Binary     bool   // the writer did not say that the data is JSON
	Revision   uint64 // from 0, without gaps, within the stream
	Position   Position
	RecordedAt time.Time
}

// Expected is what a writer expects of a stream: the revision of its last event, or one of these.
type Expected int64

const (
	Any          Expected = -1 // whatever is there
	NoStream     Expected = -2 // no event yet
	StreamExists Expected = -3 // at least one event
)

// Exactly expects a stream whose last event has that revision.
func Exactly(revision uint64) Expected { return Expected(revision) }

func (e Expected) String() string {
	switch e {
	case Any:
		return "any revision"
	case NoStream:
		return "no stream"
	case StreamExists:
		return "an existing stream"
	}
	return fmt.Sprintf("revision %d", int64(e))
}

// Write is what is to be appended to one of several streams.
type Write struct {
	Stream   string
	Expected Expected
	Events   []Proposed
}

// Appended says where the last of the appended events stands.
type Appended struct {
	Revision uint64
	Position Position
}

// Page is a run of consecutive events of the log. Next is the position to follow from after it, at or
// beyond its last event; CaughtUp tells that nothing more was there when it was read.
type Page struct {
	Records  []Record
	Next     Position
	CaughtUp bool
}

// Store is the log. Implementations are safe for concurrent use. Every call ends when its context does.
// Events whose type begins with $ are the engine's own: they are not shown, except where they stand in a stream whose
// own name does not begin with $. There they are shown to who reads that stream, who would miss their revisions.
type Store interface {
	// Append adds events to a stream, all or none, and answers once they are durable. It fails with
	// ErrWrongRevision when the stream is not as expected, unless just these events (by id) are what was
	// appended there: then it answers as it did the first time.
	Append(ctx context.Context, stream string, expected Expected, events []Proposed) (Appended, error)

	// AppendAll does what Append does to several streams, each named once, and returns where the last event of each
	// stands. Where the limits say Joint, all is appended or nothing. Elsewhere the streams take their events one after
	// the other: a failure returns what was appended before, so the first stream decides.
	AppendAll(ctx context.Context, writes []Write) ([]Appended, error)

	// Limits returns how much one Append takes as far as the store knows, which may learn better: what goes beyond, up
	// to the limits of every engine, is tried all the same.
	Limits() Limits

	// ReadStream reads a stream upwards from a revision (inclusive). A stream that does not exist is empty. Where the
	// stream hides or lost events they are left out: see Whole.
	ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[Record, error]
	// ReadStreamBackwards reads a stream downwards from a revision (inclusive; End for the newest).
	ReadStreamBackwards(ctx context.Context, stream string, from uint64) iter.Seq2[Record, error]
	// ReadAll reads the log upwards, beginning after a position.
	ReadAll(ctx context.Context, after Position) iter.Seq2[Record, error]

	// At returns the event at a position. It fails with ErrMissing where none stands there.
	At(ctx context.Context, position Position) (Record, error)
	// Curtailed yields each stream, as it is named, whose own read may show less than the log holds: its metadata was
	// set once, or it was deleted for ever. A stream may come more than once.
	Curtailed(ctx context.Context) iter.Seq2[string, error]

	// Follow reads the log in pages of 1 to max events, beginning after a position, and waits for more when
	// it is at the end. It ends with ctx, with ErrClosed, or with ErrChanged where the events that it yielded are not
	// in the log any more; through other faults it resumes by itself.
	// A page is cut short rather than waited for: a reader that keeps up sees each event at once. When it
	// first reaches the end, it yields an empty page with CaughtUp, even on an empty log.
	Follow(ctx context.Context, after Position, max int) iter.Seq2[Page, error]

	// Head answers the position of the newest event, 0 when there is none.
	Head(ctx context.Context) (Position, error)
	// Distance counts the events after a position, up to limit.
	Distance(ctx context.Context, after Position, limit int) (int, error)

	// Close ends all calls under way and releases what the store holds. Closing twice is harmless.
	Close() error
}

var (
	// ErrWrongRevision: the stream is not as the writer expected. Errors are *WrongRevisionError.
	ErrWrongRevision = errors.New("the stream is at another revision")
	// ErrUnavailable: the log cannot be reached or written now; trying again later may help. What was being
	// appended may or may not have been.
	ErrUnavailable = errors.New("the event store is not available")
	// ErrFull: the disk of the log is full, so that nothing was appended. It is also ErrUnavailable.
	ErrFull = fmt.Errorf("%w: its disk is full", ErrUnavailable)
	// ErrReadOnly: a write failed, and nothing more is written until the log is opened again. It is also
	// ErrUnavailable.
	ErrReadOnly = fmt.Errorf("%w: it is read-only since a write failed, until it is opened again", ErrUnavailable)
	// ErrClosed: the store was closed.
	ErrClosed = errors.New("the event store is closed")
	// ErrTooLarge: beyond one of the limits.
	ErrTooLarge = errors.New("too large for the event store")
	// ErrInvalid: a stream name or event that no engine takes.
	ErrInvalid = errors.New("not a valid event")
	// ErrDeleted: the stream was tombstoned; or it was deleted, and is expected to exist.
	ErrDeleted = errors.New("the stream was deleted")
	// ErrUnusable: the store cannot be used as it is set up: a right is missing, or its version does not do. The error
	// says what to change; trying again does not help before.
	ErrUnusable = errors.New("the event store cannot be used as it is set up")
	// ErrMissing: an event is gone from where it stood.
	ErrMissing = errors.New("it is missing")
)

// DamageError tells which event cannot be read, because what is stored is not what was written. Where events are
// missing, Until is the last one of them.
type DamageError struct {
	Position, Until Position
	Err             error
}

func (e *DamageError) Error() string {
	return fmt.Sprintf("event at position %d: %v", e.Position, e.Err)
}

// Unwrap answers what is wrong with the event.
func (e *DamageError) Unwrap() error { return e.Err }

// WrongRevisionError tells what was expected. What the stream is at must be read: not every engine
// reports it reliably.
type WrongRevisionError struct {
	Stream   string
	Expected Expected
}

func (e *WrongRevisionError) Error() string {
	return fmt.Sprintf("stream %s is not as expected: %s", e.Stream, e.Expected)
}

func (e *WrongRevisionError) Is(target error) bool { return target == ErrWrongRevision }

// Check tells whether an Append keeps the limits. Engines call it first.
func Check(stream string, expected Expected, events []Proposed) error {
	if stream == "" || len(stream) > MaxStreamName {
		return fmt.Errorf("stream name of %d bytes: %w", len(stream), ErrInvalid)
	}
	if expected < StreamExists {
		return fmt.Errorf("expected revision %d: %w", int64(expected), ErrInvalid)
	}
	if len(events) == 0 {
		return fmt.Errorf("nothing to append: %w", ErrInvalid)
	}
	if len(events) > MaxAppend {
		return fmt.Errorf("%d events in one append, at most %d fit: %w", len(events), MaxAppend, ErrTooLarge)
	}
	total := 0
	for i, e := range events {
		if e.ID == uuid.Nil || e.Type == "" || len(e.Type) > MaxStreamName {
			return fmt.Errorf("event %d has no id or no proper type: %w", i, ErrInvalid)
		}
		size := len(e.Data) + len(e.Metadata)
		if size > MaxEventBytes {
			return fmt.Errorf("event of %d bytes, at most %d fit: %w", size, MaxEventBytes, ErrTooLarge)
		}
		total += size
	}
	if total > MaxAppendBytes {
		return fmt.Errorf("%d bytes in one append, at most %d fit: %w", total, MaxAppendBytes, ErrTooLarge)
	}
	return nil
}
