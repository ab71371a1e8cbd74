package proof

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
)

// Indexed is a Log that keeps an index of its streams beside the events. CheckIndex compares the two and yields what
// does not fit, until yield returns false.
type Indexed interface {
	CheckIndex(ctx context.Context, yield func(at eventstore.Position, detail string) bool) error
}

// backwardsMost is how far times of recording may step back unnoticed: clocks of a cluster differ, and are set right.
const backwardsMost = time.Second

// streams holds the revisions of every stream against each other, and times of recording.
type streams struct {
	at    map[string]place
	lost  eventstore.Position // of the newest event that is missing, or not what it was
	time  time.Time           // when the newest event was recorded
	since eventstore.Position // of the newest event
}

// place is how far a stream is.
type place struct {
	next  uint64
	count uint64 // of its events
	last  eventstore.Position
}

// follow takes in the next event of the log. A revision that is missing where an event is known to be missing is no
// finding of its own.
func (s *streams) follow(j *judge, p pair) {
	if p.record == nil || p.kept == nil && !p.beyond || p.kept != nil && p.kept.Hash != p.hash {
		s.lost = p.at // what another event says of itself says nothing of the stream
		return
	}
	r := p.record
	if back := s.time.Sub(r.RecordedAt); back > backwardsMost && len(j.report.Warnings) < findingsMost {
		j.report.Warnings = append(j.report.Warnings, Finding{Kind: Backwards, Position: p.at, Detail: fmt.Sprintf(
			"%s was recorded %s before the event at position %d", describe(r), back.Round(time.Millisecond), s.since)})
	}
	s.time, s.since = r.RecordedAt, p.at
	at := s.at[r.Stream]
	switch {
	case !eventstore.Owned(r.Stream): // others hide events of theirs, and links among them are not shown
	case r.Revision > at.next && s.lost <= at.last && j.goesWithout(p, at.next):
	case r.Revision > at.next && s.lost <= at.last:
		j.find(Finding{Kind: Gap, Position: p.at, Detail: fmt.Sprintf("%s stands where revision %d should", describe(r), at.next)})
	case r.Revision < at.next:
		j.find(Finding{Kind: Repeated, Position: p.at, Detail: fmt.Sprintf("%s stands behind revision %d of it, at position %d",
			describe(r), at.next-1, at.last)})
	}
	s.at[r.Stream] = place{max(at.next, r.Revision+1), at.count + 1, p.at}
}

// goesWithout reports whether a person accepted that a stream lacks the revisions from one on before an event.
func (j *judge) goesWithout(p pair, from uint64) bool {
	hole := &eventstore.HoleError{Stream: p.record.Stream, From: from, Until: p.record.Revision - 1}
	if !j.gaps.Accepted(hole) {
		return false
	}
	j.accepted(p.at, hole)
	return true
}

// index finds what the engine's own index says otherwise than the events.
func (j *judge) index(ctx context.Context) error {
	log, ok := j.v.Log.(Indexed)
	if !ok {
		return nil
	}
	return log.CheckIndex(ctx, func(at eventstore.Position, detail string) bool {
		j.find(Finding{Kind: Misindexed, Position: at, Detail: detail})
		return ctx.Err() == nil
	})
}

// CountKeeper is a Kept that keeps the counts of streams beside: it returns of how many events, and the root over them.
type CountKeeper interface {
	CountsRoot(ctx context.Context) (events int64, root tlog.Hash, err error)
}

// counts finds out whether the counts of streams under a head are those of the events.
func (j *judge) counts(h Head) {
	if h.Streams == (tlog.Hash{}) || len(j.heads) > 1 && j.heads[1].Streams != (tlog.Hash{}) || j.report.Differences > 0 {
		return // only those under the newest head are worth the time, and only where nothing else is wrong
	}
	if j.streams.root() != h.Streams {
		j.find(Finding{Kind: Rewritten, Until: h.Position, Detail: fmt.Sprintf(
			"the signed head of %d events counts the streams' events otherwise than they are", h.Size)})
	}
}

// root is the root over the counts so far.
func (s *streams) root() tlog.Hash {
	tree, _ := s.tree()
	return tree.Root()
}

// prove proves how many events a stream has so far.
func (s *streams) prove(stream string) *Counted {
	tree, buckets := s.tree()
	number := BucketOf(stream)
	return &Counted{Bucket: buckets[number], Path: tree.Path(number)}
}

// tree is the tree over the counts so far, and its buckets.
func (s *streams) tree() (*Counts, []Bucket) {
	buckets := make([]Bucket, Buckets)
	for stream, at := range s.at {
		b := BucketOf(stream)
		buckets[b] = buckets[b].With(stream, at.count)
	}
	tree := NewCounts()
	for number, b := range buckets {
		if len(b) > 0 {
			tree.Set(number, b)
		}
	}
	return tree, buckets
}

// keptCounts finds out whether the counts that are kept are those of the events, once all are read that they count.
func (j *judge) keptCounts() {
	if j.counted > 0 && j.ordinal == j.counted && j.report.Differences == 0 && j.streams.root() != j.countsRoot {
		j.find(Finding{Kind: Unkept, Detail: "the counts of streams that were kept are not those of the events"})
	}
}
