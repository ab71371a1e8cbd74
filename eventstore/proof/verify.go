package proof

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
)

// Log is what is verified: an eventstore.Store.
type Log interface {
	ReadAll(ctx context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error]
}

// KeptLeaf is the hash of an event as the tree keeps it, and where the event stood.
type KeptLeaf struct {
	Position eventstore.Position
	Hash     tlog.Hash
}

// Kept is what was written down about the log while it grew: what it is held against.
type Kept interface {
	Tiles
	// Root answers how many leaves there are at least, and what the root over so many was when they were written down.
	Root(ctx context.Context) (size int64, root tlog.Hash, err error)
	// Leaves goes through all leaves, in their order.
	Leaves(ctx context.Context) iter.Seq2[KeptLeaf, error]
}

// Verification says what is held against what. Log and Key must be given, and Kept or some heads.
type Verification struct {
	Log       Log
	Kept      Kept     // nil: the log is held against heads alone
	Heads     []string // notes, as they were written down
	Elsewhere []string // notes that were kept elsewhere
	Key       note.Verifier
	Changes   []string // statements about changes of the key
	// Progress, if set, is called now and then with the number of events read.
	Progress func(events int64)
}

// chunkEvents is how many events are hashed at a time.
const chunkEvents = 512

// Verify reads the whole log and finds every event that was altered, removed, added or moved since the tree learned
// of it. Reading and hashing go on at once. An error means that this could not be found out.
func Verify(ctx context.Context, v Verification) (Report, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var size int64
	var root tlog.Hash
	var err error
	if v.Kept != nil {
		if size, root, err = v.Kept.Root(ctx); err != nil {
			return Report{}, err
		}
	} else if len(v.Heads)+len(v.Elsewhere) == 0 {
		return Report{}, errors.New("there is nothing to hold the log against: neither what was written down of it nor a head")
	}
	j := newJudge(v, Head{Size: size, Root: root})
	if log, ok := v.Log.(Curtailable); ok {
		if j.gaps, err = eventstore.AcceptedGaps(ctx, log); err != nil {
			return Report{}, err
		}
	}
	if counts, ok := v.Kept.(CountKeeper); ok {
		if j.counted, j.countsRoot, err = counts.CountsRoot(ctx); err != nil {
			return Report{}, err
		}
	}
	chunks, work := make(chan *chunk, 2*runtime.GOMAXPROCS(0)), make(chan *chunk)
	defer func() { // the hashers end with the reader, which ends with ctx
		cancel()
		for range chunks {
		}
	}()
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for c := range work {
				c.hash()
			}
		}()
	}
	var gap, failed error
	go func() {
		defer close(chunks)
		defer close(work)
		gap, failed = compare(ctx, v, func(c *chunk) bool {
			select {
			case chunks <- c:
			case <-ctx.Done():
				return false
			}
			work <- c // a hasher takes it in any case
			return true
		})
	}()
	for c := range chunks {
		<-c.hashed
		j.take(c)
		if v.Progress != nil {
			v.Progress(j.report.Events)
		}
	}
	if failed == nil {
		failed = ctx.Err()
	}
	if failed != nil {
		return Report{}, failed
	}
	return j.end(ctx, gap)
}

// pair is a leaf and the event that stands in its place: one of them may be missing.
type pair struct {
	at     eventstore.Position
	kept   *KeptLeaf
	record *eventstore.Record
	fault  error     // why the event cannot be read
	beyond bool      // the event stands after all leaves
	hash   tlog.Hash // of the event, as the leaf that it should be
}

// chunk is some pairs, in the order of their positions.
type chunk struct {
	first  int64 // ordinal of the first leaf
	pairs  []pair
	hashed chan struct{}
}

// hash makes the leaves. An event that the tree does not know takes no ordinal, as long as the tree goes on.
func (c *chunk) hash() {
	var h Hasher
	ordinal := c.first
	for i := range c.pairs {
		p := &c.pairs[i]
		if p.record != nil {
			p.hash = h.Leaf(ordinal, *p.record)
		}
		if p.counts() {
			ordinal++
		}
	}
	close(c.hashed)
}

// counts tells whether a pair has a place in the tree: that of its leaf, or, beyond the tree, the next one.
func (p *pair) counts() bool { return p.kept != nil || p.beyond }

// compare puts the events of the log beside the leaves by their positions, both ascending, and hands them on in
// chunks until emit answers false. Where the leaves break off, the events are beyond the tree.
func compare(ctx context.Context, v Verification, emit func(*chunk) bool) (gap, err error) {
	var leaves iter.Seq2[KeptLeaf, error] = func(func(KeptLeaf, error) bool) {}
	if v.Kept != nil {
		leaves = v.Kept.Leaves(ctx)
	}
	leaf, stop := iter.Pull2(leaves)
	defer stop()
	var kept KeptLeaf
	more := true
	next := func() {
		var fault error
		if kept, fault, more = leaf(); fault != nil {
			more = false
			if gap = fault; !errors.Is(fault, ErrBroken) {
				err = fault
			}
		}
	}
	c := &chunk{hashed: make(chan struct{})}
	ordinal, going := int64(0), true
	add := func(p pair) {
		c.pairs = append(c.pairs, p)
		if p.counts() {
			ordinal++
		}
		if len(c.pairs) == chunkEvents {
			going = emit(c)
			c = &chunk{first: ordinal, hashed: make(chan struct{})}
		}
	}
	lost := func() {
		add(pair{at: kept.Position, kept: new(kept)})
		next()
	}
	next()
	for p, readErr := range readable(ctx, v.Log) {
		if readErr != nil {
			return nil, readErr
		}
		for going && more && kept.Position < p.at {
			lost()
		}
		if err != nil || !going {
			return nil, err
		}
		p.beyond = !more && p.fault == nil
		if more && kept.Position == p.at {
			p.kept = new(kept)
			next()
		}
		add(p)
	}
	for going && more {
		lost()
	}
	if going && err == nil && len(c.pairs) > 0 {
		emit(c)
	}
	return gap, err
}

// readable reads the log, and goes on behind each event that cannot be read.
func readable(ctx context.Context, log Log) iter.Seq2[pair, error] {
	return func(yield func(pair, error) bool) {
		after := eventstore.Position(0)
		var damage *eventstore.DamageError
		for again := true; again; {
			again = false
			for r, err := range log.ReadAll(ctx, after) {
				p := pair{at: r.Position, record: &r}
				if errors.As(err, &damage) && damage.Position > after {
					p, again = pair{at: damage.Position, fault: damage}, true
				} else if err != nil {
					yield(pair{}, fmt.Errorf("read the log after position %d: %w", after, err))
					return
				}
				if after = p.at; again {
					after = max(after, damage.Until)
				}
				if !yield(p, nil) {
					return
				}
				if again {
					break
				}
			}
		}
	}
}

// openHeads sorts the heads by size, and returns apart what is wrong with those that no key signed.
func openHeads(v Verification) (heads []Head, forged []string) {
	keys := Trust(v.Key, v.Changes...)
	take := func(h Head, err error) {
		if err != nil {
			forged = append(forged, err.Error())
			return
		}
		heads = append(heads, h)
	}
	for _, n := range v.Heads {
		take(keys.OpenHead(n))
	}
	for _, n := range v.Elsewhere {
		take(keys.ReadHead(n))
	}
	slices.SortStableFunc(heads, func(a, b Head) int { return cmp.Compare(a.Size, b.Size) })
	return heads, forged
}
