package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
)

// A rebuild reads the log once. What concerns everybody is taken at that: the timeline, who is one person with whom, and
// the tables that are of no customer. What happened to customers is sorted by them, and folded afterwards.

// scanAtOnce is how many events are read back together, scanAhead how many such batches may wait.
const (
	scanAtOnce = 5_000
	scanAhead  = 8
)

// logAhead is the log as it is read from its beginning, some batches ahead of who takes them.
type logAhead struct {
	batches <-chan []eventstore.Record
	err     error // why it ended, known when the channel is closed
	stop    func()
}

// readAhead begins to read the log. Stop must be called.
func readAhead(ctx context.Context, store eventstore.Store) *logAhead {
	ctx, cancel := context.WithCancel(ctx)
	batches := make(chan []eventstore.Record, scanAhead)
	l := &logAhead{batches: batches}
	var reading sync.WaitGroup
	l.stop = func() { cancel(); reading.Wait() }
	send := func(batch []eventstore.Record) bool {
		select {
		case batches <- batch:
			return true
		case <-ctx.Done():
			return false
		}
	}
	reading.Go(func() {
		defer close(batches)
		defer func() { l.err = errors.Join(l.err, ctx.Err()) }()
		batch := make([]eventstore.Record, 0, scanAtOnce)
		for r, err := range store.ReadAll(ctx, 0) {
			if err != nil {
				l.err = fmt.Errorf("read the log: %w", err)
				return
			}
			if batch = append(batch, r); len(batch) == scanAtOnce {
				if !send(batch) {
					return
				}
				batch = make([]eventstore.Record, 0, scanAtOnce)
			}
		}
		send(batch)
	})
	return l
}

// scan is the reading of the log by a rebuild.
type scan struct {
	*page
	codec *eventstore.Codec
	spool *spool
	until eventstore.Position

	records []eventstore.Record // that are being taken
	last    *eventstore.Record  // the newest that was taken
}

// read takes the log up to a position, or as far as it goes.
func (s *scan) read(ctx context.Context, log *logAhead) error {
	for s.records = range log.batches {
		n := len(s.records)
		for n > 0 && s.records[n-1].Position > s.until {
			n--
		}
		whole := n == len(s.records)
		s.records = s.records[:n]
		if err := s.take(); err != nil || !whole {
			return err
		}
	}
	return errors.Join(ctx.Err(), log.err)
}

// take takes a batch.
func (s *scan) take() error {
	if len(s.records) == 0 {
		return nil
	}
	var whole []eventstore.Record // those that are read back whole
	for i := range s.records {
		r := &s.records[i]
		id, of := customer.IDOf(r.Stream)
		if of {
			if err := s.spool.add(id, r); err != nil {
				return err
			}
		}
		if s.page != nil && (!of || identifies(r.Type)) {
			whole = append(whole, *r)
		}
	}
	if s.page != nil {
		if err := s.takeWhole(whole); err != nil {
			return err
		}
	}
	s.last = &s.records[len(s.records)-1]
	return nil
}

// identifies reports whether events of a type say who is one person with whom, or was erased.
func identifies(eventType string) bool {
	switch eventType {
	case mergedType, splitType, erasedType:
		return true
	}
	return false
}

var mergedType, splitType = customer.Merged{}.EventType(), customer.SplitOff{}.EventType()

// takeWhole takes what concerns everybody, in the order of the log; some records of the batch were read back whole.
func (s *scan) takeWhole(whole []eventstore.Record) error {
	decoded, err := s.codec.DecodeAll(s.ctx, whole)
	if err != nil {
		return err
	}
	for i := range s.records {
		r := &s.records[i]
		if len(whole) > 0 && whole[0].Position == r.Position {
			if err := s.takeOne(r, &decoded[0]); err != nil {
				return &eventFault{position: uint64(r.Position), err: err}
			}
			whole, decoded = whole[1:], decoded[1:]
		} else if at, ok := s.codec.OccurredAt(*r); ok {
			s.observe(domain.Recorded{RecordedAt: r.RecordedAt, Metadata: domain.Metadata{OccurredAt: at}})
		}
	}
	if s.rowCount() < rowsAtOnce {
		return nil
	}
	return s.writeRows(nil)
}

func (s *scan) observe(r domain.Recorded) {
	if s.timeline.Observe(r) {
		s.keepClock()
	}
}

// takeOne takes one event that was read back whole.
func (s *scan) takeOne(r *eventstore.Record, e *eventstore.Decoded) error {
	switch {
	case errors.Is(e.Err, eventstore.ErrForeignType):
		return nil
	case e.Err != nil:
		return e.Err
	}
	s.position = e.Position
	id, of := customer.IDOf(r.Stream)
	if !of {
		return recovered(func() error { return s.applyToAll(e.Recorded) })
	}
	s.observe(e.Recorded)
	switch m := e.Event.(type) {
	case customer.Merged:
		s.families.merge(id, m.Into)
	case customer.SplitOff:
		s.families.split(id)
	}
	s.identified(e.Recorded, id)
	return nil
}

// end writes what was found: everybody is to be folded by the rules as they are now.
func (s *scan) end() error {
	rows := rowsFor(&s.rowSets, mergedRows)
	for absorbed, survivor := range s.families.into {
		rows.put(mergedRow{absorbed, survivor})
	}
	s.fill.base, s.fill.target, s.fill.moved = len(s.timeline.Entries), len(s.timeline.Entries), true
	return s.writeRows(s.keepEnd)
}

// keepEnd writes down up to where the scan went.
func (s *scan) keepEnd(b *pgx.Batch) {
	var until int64
	var stream *string
	var revision *int64
	var id pgtype.UUID
	if s.last != nil {
		at := int64(s.last.Revision)
		until, stream, revision, id = int64(s.last.Position), &s.last.Stream, &at, pgtype.UUID{Bytes: s.last.ID, Valid: true}
	}
	b.Queue("UPDATE projection_checkpoint SET last_stream = $1, last_revision = $2, last_event = $3", stream, revision, id)
	b.Queue("UPDATE projection_rebuild SET until = $1", until)
}

// rebuildStateSchema is there while a schema is being filled for the first time.
const rebuildStateSchema = `
CREATE TABLE projection_rebuild (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	until bigint,
	done integer[] NOT NULL DEFAULT '{}',
	keys text[] NOT NULL,
	indexed text[] NOT NULL DEFAULT '{}' -- tables whose keys and indexes are made
);
`

// groups puts piles together that are folded at once, up to so many events where there are more piles than one.
func (s *spool) groups(most int) (groups [][]int) {
	var events int
	var size int64
	for n := range piles {
		if s.events[n] == 0 {
			continue
		}
		if len(groups) == 0 || events+s.events[n] > most || size+s.bytes[n] > groupBytes {
			groups, events, size = append(groups, nil), 0, 0
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], n)
		events, size = events+s.events[n], size+s.bytes[n]
	}
	return groups
}

// groupBytes bounds what is folded at once, where events are large.
const groupBytes = 16 << 20

// historyOf is what happened to one customer, as the log has it.
type historyOf struct {
	id      uuid.UUID
	records []eventstore.Record
	next    uint64 // the revision that comes
	erased  bool
}

// byCustomer sorts records of piles by customer, in the order of their ids. It fails with a HoleError where a stream does
// not come as revision 0, 1, 2, and so on, but for gaps that people accepted.
func byCustomer(records []eventstore.Record, gaps eventstore.Gaps) ([]*historyOf, error) {
	found := map[string]*historyOf{}
	var all []*historyOf
	for i := range records {
		r := &records[i]
		h := found[r.Stream]
		if h == nil {
			id, _ := customer.IDOf(r.Stream)
			h = &historyOf{id: id}
			found[r.Stream] = h
			all = append(all, h)
		}
		if r.Revision != h.next {
			hole := &eventstore.HoleError{Stream: r.Stream, From: h.next, Until: max(r.Revision, 1) - 1}
			if r.Revision < h.next || !gaps.Accepted(hole) {
				return nil, hole
			}
		}
		h.next = r.Revision + 1
		h.records, h.erased = append(h.records, *r), h.erased || r.Type == erasedType
	}
	slices.SortFunc(all, func(a, b *historyOf) int { return compareIDs(a.id, b.id) })
	return all, nil
}
