package proof_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// witnessed is a log with what was written down while it grew, and signed now and then.
type witnessed struct {
	t       testing.TB
	log     log
	kept    *memory
	key     *proof.Key
	damaged map[eventstore.Position]bool // that cannot be read
}

var signedAt = []int{1, 300, 1024, 2500}

func witness(t testing.TB, key *proof.Key, events log) *witnessed {
	w := &witnessed{t: t, log: events.clone(), kept: newMemory(), key: key}
	from := 0
	for _, size := range signedAt {
		if size <= len(events) {
			w.kept.take(events[from:size]...)
			w.kept.sign(t, key)
			from = size
		}
	}
	w.kept.take(events[from:]...)
	return w
}

// ReadAll stops at what is damaged, as the embedded log does.
func (w *witnessed) ReadAll(ctx context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for r := range w.log.ReadAll(ctx, after) {
			if w.damaged[r.Position] {
				yield(eventstore.Record{}, &eventstore.DamageError{Position: r.Position, Err: errors.New("its checksum is wrong")})
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (w *witnessed) verify() proof.Report {
	w.t.Helper()
	r, err := proof.Verify(w.t.Context(), proof.Verification{Log: w, Kept: w.kept, Heads: w.kept.heads, Key: w.key.Check()})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// leaf changes what is kept of an event.
func (w *witnessed) leaf(ordinal int, h tlog.Hash) {
	b := slices.Clone(w.kept.tiles[[2]int64{0, int64(ordinal / proof.TileWidth)}])
	copy(b[ordinal%proof.TileWidth*tlog.HashSize:], h[:])
	w.kept.tiles[[2]int64{0, int64(ordinal / proof.TileWidth)}] = b
}

// rewrite keeps the log as it is now, as if it had always been so; the heads stay.
func (w *witnessed) rewrite() {
	heads := w.kept.heads
	w.kept = newMemory()
	w.kept.take(w.log...)
	w.kept.heads = heads
}

// alter changes one thing of an event.
func (w *witnessed) alter(i int, r *rand.Rand) {
	e := &w.log[i]
	switch r.IntN(8) {
	case 0, 1:
		e.Data[r.IntN(len(e.Data))] ^= 1 << r.IntN(8)
	case 2:
		e.Metadata[r.IntN(len(e.Metadata))] ^= 1 << r.IntN(8)
	case 3:
		e.Stream += "x"
	case 4:
		e.Type = "customer.interaction_recorded.v2"
	case 5:
		e.RecordedAt = e.RecordedAt.Add(1)
	case 6:
		e.ID[r.IntN(16)] ^= 1
	case 7:
		e.Revision++
	}
}

// A tampering changes something about the event at an index, and answers which kind of finding must name it.
var tamperings = map[string]func(w *witnessed, i int, r *rand.Rand) string{
	"altered": func(w *witnessed, i int, r *rand.Rand) string {
		w.alter(i, r)
		return proof.Altered
	},
	"dropped": func(w *witnessed, i int, _ *rand.Rand) string {
		w.log = slices.Delete(w.log, i, i+1)
		return proof.Removed
	},
	"dropped, and those behind moved up": func(w *witnessed, i int, _ *rand.Rand) string {
		for k := len(w.log) - 1; k > i; k-- {
			w.log[k].Position = w.log[k-1].Position
		}
		w.log = slices.Delete(w.log, i, i+1)
		if i == len(w.log) {
			return proof.Removed
		}
		return "moved or altered"
	},
	"put in": func(w *witnessed, i int, _ *rand.Rand) string {
		forged := w.log[i]
		forged.ID = uuid.Max
		for k := i; k < len(w.log); k++ {
			w.log[k].Position++
		}
		w.log = slices.Insert(w.log, i, forged)
		return "moved or altered"
	},
	"swapped": func(w *witnessed, i int, r *rand.Rand) string {
		k := (i + 1 + r.IntN(len(w.log)-1)) % len(w.log)
		w.log[i], w.log[k] = w.log[k], w.log[i]
		w.log[i].Position, w.log[k].Position = w.log[k].Position, w.log[i].Position
		return proof.Moved
	},
	"cut off": func(w *witnessed, i int, _ *rand.Rand) string {
		w.log = w.log[:i]
		return proof.Removed
	},
	"cut off, and what was kept too": func(w *witnessed, i int, _ *rand.Rand) string {
		w.log = w.log[:i]
		w.rewrite()
		return proof.Removed
	},
	"unreadable": func(w *witnessed, i int, _ *rand.Rand) string {
		w.damaged = map[eventstore.Position]bool{w.log[i].Position: true}
		return proof.Unreadable
	},
	"altered, and its hash too": func(w *witnessed, i int, r *rand.Rand) string {
		w.alter(i, r)
		w.leaf(i, proof.Leaf(int64(i), w.log[i]))
		return proof.Rewritten
	},
	"altered, and all that was kept": func(w *witnessed, i int, r *rand.Rand) string {
		w.alter(i, r)
		w.rewrite()
		return proof.Rewritten
	},
	"the hash altered": func(w *witnessed, i int, _ *rand.Rand) string {
		w.leaf(i, tlog.Hash{})
		return proof.Unkept
	},
	"signed by another key": func(w *witnessed, i int, r *rand.Rand) string {
		w.alter(i, r)
		w.rewrite()
		w.kept.heads = []string{w.kept.sign(w.t, newKey(w.t)).Note}
		return proof.Forged
	},
}

// Each of 200 tamperings is found and named, whatever it is done to.
func TestTamperings(t *testing.T) {
	key, events := newKey(t), history(signedAt[len(signedAt)-1])
	names := slices.Sorted(maps.Keys(tamperings))
	for n := range 200 {
		r := rand.New(rand.NewPCG(uint64(n), 5))
		name := names[n%len(names)]
		w := witness(t, key, events)
		i := r.IntN(len(events))
		if n < 2*len(names) { // the first and the last of all
			i = n / len(names) * (len(events) - 1)
		}
		kind := tamperings[name](w, i, r)
		if report := w.verify(); !named(report, kind, events[i].Position) {
			t.Errorf("%d: the event at position %d (index %d), %s: want it %s, got %+v", n, events[i].Position, i, name, kind, report)
		}
	}
}

// named tells whether the first finding that is about a position is of a kind.
func named(r proof.Report, kind string, position eventstore.Position) bool {
	if r.Intact() || len(r.Findings) == 0 {
		return false
	}
	for _, f := range r.Findings {
		switch {
		case f.Kind == proof.Forged && kind == proof.Forged:
			return true
		case f.Position == position || f.Position <= position && position <= f.Until:
			return f.Kind == kind || kind == "moved or altered" && (f.Kind == proof.Moved || f.Kind == proof.Altered)
		}
	}
	return false
}

func TestUntouched(t *testing.T) {
	key, events := newKey(t), history(2600) // a hundred beyond the newest head
	w := witness(t, key, events)
	w.log = append(w.log, history(2610)[2600:]...) // and some that are not kept yet
	want := proof.Report{Events: 2610, Position: w.log[2609].Position, Kept: 2600, Heads: 4, Signed: 2500, Findings: []proof.Finding{}}
	if diff := cmp.Diff(want, w.verify()); diff != "" {
		t.Error(diff)
	}
	empty := &witnessed{t: t, kept: newMemory(), key: key}
	empty.kept.sign(t, key)
	if r := empty.verify(); !r.Intact() || r.Heads != 1 {
		t.Errorf("an empty log: %+v", r)
	}
}

// A head that was published elsewhere finds out even who has the key, and signs another history by it.
func TestHeadsPublishedElsewhere(t *testing.T) {
	key, events := newKey(t), history(1000)
	w := witness(t, key, events)
	published := w.kept.heads[1]
	w.log[200].Data = []byte("{}")
	w.kept = newMemory()
	w.kept.take(w.log...)
	w.kept.sign(t, key)
	if r := w.verify(); !r.Intact() {
		t.Fatalf("who has the key may do that: %+v", r)
	}
	w.kept.heads = append(w.kept.heads, published)
	if r := w.verify(); r.Intact() || r.Findings[0].Kind != proof.Rewritten || r.Findings[0].Until != events[299].Position {
		t.Errorf("%+v", r)
	}
}

// What is kept may be damaged as well: the log is found to be as it was.
func TestDamagedTree(t *testing.T) {
	for name, damage := range map[string]func(*memory){
		"a tile is missing":          func(m *memory) { delete(m.tiles, [2]int64{0, 4}) },
		"a tile above is missing":    func(m *memory) { delete(m.tiles, [2]int64{1, 0}) },
		"a tile above was changed":   func(m *memory) { m.tiles[[2]int64{1, 0}][70] ^= 1 },
		"a tile above is too short":  func(m *memory) { m.tiles[[2]int64{1, 0}] = m.tiles[[2]int64{1, 0}][:32] },
		"a hash of level 0 was lost": func(m *memory) { m.tiles[[2]int64{0, 2}][9] ^= 1 },
	} {
		w := witness(t, newKey(t), history(2500))
		damage(w.kept)
		r := w.verify()
		if r.Intact() || slices.ContainsFunc(r.Findings, func(f proof.Finding) bool { return f.Kind != proof.Unkept }) || r.Events != 2500 || r.Signed != 2500 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// Of very many differences all are counted, and some are told.
func TestManyDifferences(t *testing.T) {
	w := witness(t, newKey(t), history(2500))
	for i := range 1500 {
		w.log[1000+i].Data = []byte("{}")
	}
	if r := w.verify(); r.Differences != 1500 || len(r.Findings) != 100 || r.Findings[0].Position != w.log[1000].Position || r.Signed != 2500 {
		t.Errorf("%d differences, %d told, the first of them %+v", r.Differences, len(r.Findings), r.Findings[0])
	}
}

// What keeps the log from being read is not a finding.
func TestLogThatCannotBeRead(t *testing.T) {
	w := witness(t, newKey(t), history(600))
	away := errors.New("away")
	_, err := proof.Verify(t.Context(), proof.Verification{Log: failing{w.log, away}, Kept: w.kept, Heads: w.kept.heads, Key: w.key.Check()})
	if !errors.Is(err, away) {
		t.Errorf("%v, want %v", err, away)
	}
	ctx, cancel := context.WithCancel(t.Context())
	progress := func(int64) { cancel() }
	_, err = proof.Verify(ctx, proof.Verification{Log: w, Kept: w.kept, Heads: w.kept.heads, Key: w.key.Check(), Progress: progress})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
}

// failing is a log that is gone in its middle.
type failing struct {
	log
	err error
}

func (f failing) ReadAll(ctx context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for r := range f.log[:300].ReadAll(ctx, after) {
			if !yield(r, nil) {
				return
			}
		}
		yield(eventstore.Record{}, fmt.Errorf("read: %w", f.err))
	}
}
