package esdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/eventstore"
)

// Reads are made of pages, each a call with a timeout of its own: a slow reader holds nothing open, and
// what a reader holds in memory is bounded.
const (
	pageEvents = 1000
	pageBytes  = 4 << 20 // after which a page ends early
)

// ReadStream reads a stream upwards from a revision.
func (s *Store) ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	return s.scan(ctx, "read "+stream, pageEvents, func() cursor { return &upwards{stream, from} })
}

// ReadStreamBackwards reads a stream downwards from a revision.
func (s *Store) ReadStreamBackwards(ctx context.Context, stream string,
	from uint64) iter.Seq2[eventstore.Record, error] {
	return s.scan(ctx, "read "+stream, pageEvents, func() cursor { return &downwards{stream: stream, from: from} })
}

// ReadAll reads the log upwards, beginning after a position.
func (s *Store) ReadAll(ctx context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	return s.scan(ctx, "read the log", pageEvents, func() cursor { return &forth{after} })
}

// At returns the event at a position.
func (s *Store) At(ctx context.Context, position eventstore.Position) (eventstore.Record, error) {
	if position == 0 || position > math.MaxInt64 {
		return eventstore.Record{}, fmt.Errorf("event at position %d: %w", position, eventstore.ErrMissing)
	}
	what := fmt.Sprintf("read the event at position %d", position)
	r, err := call(ctx, s, what, func(ctx context.Context, c *client.Client) (eventstore.Record, error) {
		r, _, err := look(ctx, c, position)
		return r, err
	})
	if err == nil && r.Position != position {
		err = fmt.Errorf("%s: %w", what, eventstore.ErrMissing)
	}
	return r, s.mayReadAll(err)
}

// Head answers the position of the newest event. The server's own events lie between the end and it.
func (s *Store) Head(ctx context.Context) (eventstore.Position, error) {
	for r, err := range s.scan(ctx, "read the end of the log", 4, func() cursor { return &back{eventstore.End} }) {
		return r.Position, err
	}
	return 0, nil
}

// Distance counts the events after a position, up to limit, by reading them.
func (s *Store) Distance(ctx context.Context, after eventstore.Position, limit int) (int, error) {
	if limit < 1 {
		return 0, nil
	}
	n := 0
	start := func() cursor { return &forth{after} }
	for _, err := range s.scan(ctx, "count the log", min(limit, pageEvents)+1, start) {
		if err != nil {
			return 0, err
		}
		if n++; n >= limit {
			break
		}
	}
	return n, nil
}

// newest reads a stream downwards, in pages that begin small.
func (s *Store) newest(ctx context.Context, stream string) iter.Seq2[eventstore.Record, error] {
	return s.scan(ctx, "read the end of "+stream, 1,
		func() cursor { return &downwards{stream: stream, from: eventstore.End} })
}

// cursor is a place in a stream or in the log from which to read in one direction.
type cursor interface {
	// open reads up to count events from the place; io.EOF where there is none beyond.
	open(ctx context.Context, c *client.Client, count uint64) (*client.ReadStream, error)
	// pass moves the place beyond an event, and tells whether the event was not passed before.
	pass(eventstore.Record) bool
	// shows tells whether an event is shown to who reads here, or is the server's own.
	shows(eventstore.Record) bool
	// explain says how to give a right that is missing.
	explain(*Store, error) error
}

// ownOf tells whether an event is the server's own, as far as who reads its stream is concerned.
func ownOf(stream string, r eventstore.Record) bool {
	return strings.HasPrefix(stream, "$") && strings.HasPrefix(r.Type, "$")
}

// scan yields the events from a cursor on, but for those of the server itself. Pages begin with size
// events and double: at least 2 for the log, where the first event may be one that was passed. Once something was read,
// it bears with an outage for a while, and goes on where it was.
func (s *Store) scan(ctx context.Context, what string, size int,
	start func() cursor) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		place, heart := start(), s.heart()
		for size := size; ; size = min(2*size, pageEvents) {
			page, err := call(ctx, s, what, func(ctx context.Context, c *client.Client) (page, error) {
				return readPage(ctx, c, place, size)
			})
			s.seen.noteAll(page.records)
			for _, r := range page.records {
				if place.pass(r) && place.shows(r) && !yield(r, nil) {
					return
				}
			}
			if heart.goOn(ctx, len(page.records) > 0 || err == nil, err) {
				continue
			}
			if err != nil {
				yield(eventstore.Record{}, place.explain(s, err))
			}
			if err != nil || page.last {
				return
			}
		}
	}
}

// heart is how long a read that has begun bears with a server that went away.
type heart struct {
	store    *Store
	progress time.Time // zero until anything was read
	pause    time.Duration
}

func (s *Store) heart() *heart { return &heart{store: s, pause: s.options.BackoffMin} }

// goOn tells, of a page that failed, whether to read it again; it has waited then.
func (h *heart) goOn(ctx context.Context, read bool, err error) bool {
	if read {
		h.progress, h.pause = time.Now(), h.store.options.BackoffMin
	}
	if err == nil || h.progress.IsZero() || !errors.Is(err, eventstore.ErrUnavailable) ||
		time.Since(h.progress) > h.store.options.ReadPatience {
		return false
	}
	waited := h.store.wait(ctx, h.pause) == nil
	h.pause = min(2*h.pause, h.store.options.BackoffMax)
	return waited
}

type page struct {
	records []eventstore.Record
	last    bool // there was nothing beyond it
}

func readPage(ctx context.Context, c *client.Client, from cursor, count int) (page, error) {
	var p page
	stream, err := from.open(ctx, c, uint64(count))
	if errors.Is(err, io.EOF) {
		return page{last: true}, nil
	}
	if err != nil {
		return p, err
	}
	defer stream.Close()
	for weight := 0; len(p.records) < count && (weight < pageBytes || len(p.records) < 2); {
		e, err := stream.Recv()
		if errors.Is(err, io.EOF) || codeOf(err) == client.ErrorCodeResourceNotFound {
			p.last = true
			return p, nil
		}
		if err != nil {
			return p, err
		}
		r := record(e)
		weight += len(r.Data) + len(r.Metadata)
		p.records = append(p.records, r)
	}
	return p, nil
}

func record(e *client.ResolvedEvent) eventstore.Record {
	r := e.OriginalEvent()
	return eventstore.Record{ID: r.EventID, Stream: r.StreamID, Type: r.EventType, Data: r.Data,
		Metadata: r.UserMetadata, Binary: r.ContentType != "application/json", Revision: r.EventNumber,
		Position: eventstore.Position(r.Position.Commit), RecordedAt: r.CreatedDate}
}

// upwards reads a stream from a revision, inclusive.
type upwards struct {
	stream string
	from   uint64
}

func (u *upwards) open(ctx context.Context, c *client.Client, count uint64) (*client.ReadStream, error) {
	if u.from > math.MaxInt64 { // the server's revisions end there
		return nil, io.EOF
	}
	return c.ReadStream(ctx, u.stream, client.ReadStreamOptions{From: client.Revision(u.from)}, count)
}

func (u *upwards) pass(r eventstore.Record) bool { u.from = r.Revision + 1; return true }

func (u *upwards) shows(r eventstore.Record) bool { return !ownOf(u.stream, r) }

func (u *upwards) explain(s *Store, err error) error { return s.mayRead(u.stream, err) }

// downwards reads a stream from a revision, inclusive.
type downwards struct {
	stream string
	from   uint64
	bottom bool // revision 0 was passed
}

func (d *downwards) open(ctx context.Context, c *client.Client, count uint64) (*client.ReadStream, error) {
	if d.bottom {
		return nil, io.EOF
	}
	o := client.ReadStreamOptions{Direction: client.Backwards, From: client.Revision(d.from)}
	if d.from > math.MaxInt64 {
		o.From = client.End{}
	}
	return c.ReadStream(ctx, d.stream, o, count)
}

func (d *downwards) pass(r eventstore.Record) bool {
	d.bottom = r.Revision == 0
	d.from = r.Revision - 1
	return true
}

func (d *downwards) shows(r eventstore.Record) bool { return !ownOf(d.stream, r) }

func (d *downwards) explain(s *Store, err error) error { return s.mayRead(d.stream, err) }

// forth reads the log from a position, exclusive. The server includes the event at the position.
type forth struct{ after eventstore.Position }

func (f *forth) open(ctx context.Context, c *client.Client, count uint64) (*client.ReadStream, error) {
	if f.after > math.MaxInt64 { // positions end there, too
		return nil, io.EOF
	}
	return c.ReadAll(ctx, client.ReadAllOptions{From: place(f.after)}, count)
}

func (f *forth) pass(r eventstore.Record) bool {
	fresh := r.Position > f.after
	f.after = max(f.after, r.Position)
	return fresh
}

func (f *forth) shows(r eventstore.Record) bool { return !strings.HasPrefix(r.Type, "$") }

func (f *forth) explain(s *Store, err error) error { return s.mayReadAll(err) }

// back reads the log downwards from a position, exclusive.
type back struct{ before eventstore.Position }

func (b *back) open(ctx context.Context, c *client.Client, count uint64) (*client.ReadStream, error) {
	o := client.ReadAllOptions{Direction: client.Backwards, From: place(b.before)}
	if b.before == eventstore.End {
		o.From = client.End{}
	}
	return c.ReadAll(ctx, o, count)
}

func (b *back) pass(r eventstore.Record) bool {
	fresh := r.Position < b.before
	b.before = min(b.before, r.Position)
	return fresh
}

func (b *back) shows(r eventstore.Record) bool { return !strings.HasPrefix(r.Type, "$") }

func (b *back) explain(s *Store, err error) error { return s.mayReadAll(err) }

func place(p eventstore.Position) client.AllPosition {
	if p == 0 {
		return client.Start{}
	}
	return client.Position{Commit: uint64(p), Prepare: uint64(p)}
}
