package proof_test

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// The tree is that of RFC 6962, whose own functions are kept beside it; whatever is resumed goes on as before.
func TestTreeIsThatOfTheStandard(t *testing.T) {
	tree, kept, standard := &proof.Tree{}, newMemory(), stored{}
	for n := range int64(70_000) {
		if n%997 == 0 || n < 600 || n > 65_500 && n < 65_600 {
			want, err := tlog.TreeHash(n, standard)
			if err != nil {
				t.Fatal(err)
			}
			if tree.Root() != want {
				t.Fatalf("root of %d leaves: %s, want %s", n, tree.Root(), want)
			}
			tree.Edge(kept.note)
			if tree, err = proof.Resume(t.Context(), n, kept); err != nil || tree.Size() != n || tree.Root() != want {
				t.Fatalf("resumed at %d: %d, %s, %v", n, tree.Size(), tree.Root(), err)
			}
		}
		leaf := tlog.RecordHash([]byte{byte(n), byte(n >> 8), byte(n >> 16)})
		tree.Add(leaf, kept.note)
		standard.add(t, n, leaf)
	}
	tree.Edge(kept.note)
	for _, tile := range tlog.NewTiles(proof.TileHeight, 0, 70_000) {
		want, err := tlog.ReadTileData(tile, standard)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := kept.ReadTiles(t.Context(), []tlog.Tile{tile}); err != nil || !bytes.HasPrefix(got[0], want) {
			t.Errorf("%s: %v", tile.Path(), err)
		}
	}
}

// Two events that differ in anything have other leaves, also where texts are cut elsewhere.
func TestLeavesTellEventsApart(t *testing.T) {
	texts := rapid.SampledFrom([]string{"", "a", "b", "ab", "\x00", "\x00\x00\x00\x01"})
	numbers := rapid.SampledFrom([]uint64{0, 1, 255, 256, 1 << 40})
	record := rapid.Custom(func(t *rapid.T) eventstore.Record {
		return eventstore.Record{ID: uuid.UUID{rapid.Byte().Draw(t, "id")}, Stream: texts.Draw(t, "stream"), Type: texts.Draw(t, "type"),
			Data: []byte(texts.Draw(t, "data")), Metadata: []byte(texts.Draw(t, "metadata")), Revision: numbers.Draw(t, "revision"),
			Position: eventstore.Position(numbers.Draw(t, "position")), RecordedAt: time.Unix(rapid.Int64Range(-1, 1).Draw(t, "s"), rapid.Int64Range(0, 1).Draw(t, "ns"))}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := record.Draw(t, "a"), record.Draw(t, "b")
		m, n := rapid.Int64Range(0, 1).Draw(t, "m"), rapid.Int64Range(0, 1).Draw(t, "n")
		same := m == n && reflect.DeepEqual(a, b)
		if (proof.Leaf(m, a) == proof.Leaf(n, b)) != same {
			t.Fatalf("leaves of %+v and %+v", a, b)
		}
	})
}

// Every event is proven under every head, and one head under another; what differs in a bit is not.
func TestProofs(t *testing.T) {
	key := newKey(t)
	events, kept := history(700), newMemory()
	var heads []proof.Head
	for i, size := range []int{1, 2, 255, 256, 257, 512, 700} {
		from := 0
		if i > 0 {
			from = int(heads[i-1].Size)
		}
		kept.take(events[from:size]...)
		heads = append(heads, kept.sign(t, key))
	}
	rapid.Check(t, func(rt *rapid.T) {
		to := rapid.SampledFrom(heads).Draw(rt, "to")
		at := rapid.Int64Range(0, to.Size-1).Draw(rt, "event")
		p, err := proof.ProveEvent(t.Context(), proof.Event{Ordinal: at, Record: events[at]}, to, kept)
		if err != nil {
			rt.Fatal(err)
		}
		p.Event.Revision++
		if err := p.Check(); !errors.Is(err, proof.ErrBroken) {
			rt.Fatalf("another revision: %v", err)
		}
		p.Event.Revision--
		if len(p.Path) > 0 {
			p.Path[rapid.IntRange(0, len(p.Path)-1).Draw(rt, "hash")][rapid.IntRange(0, 31).Draw(rt, "byte")] ^= 1
			if err := p.Check(); !errors.Is(err, proof.ErrBroken) {
				rt.Fatalf("another path: %v", err)
			}
		}
		from := rapid.SampledFrom(heads).Filter(func(h proof.Head) bool { return h.Size <= to.Size }).Draw(rt, "from")
		c, err := proof.ProveConsistency(t.Context(), from, to, kept)
		if err != nil {
			rt.Fatal(err)
		}
		c.From.Root[0] ^= 1
		if err := c.Check(); !errors.Is(err, proof.ErrBroken) {
			rt.Fatalf("another beginning: %v", err)
		}
	})
}

// What is proven from doctored tiles is not proven.
func TestProofsFromDoctoredTiles(t *testing.T) {
	key, events, kept := newKey(t), history(600), newMemory()
	kept.take(events...)
	head := kept.sign(t, key)
	kept.tiles[[2]int64{0, 1}][0] ^= 1
	for _, at := range []int64{256, 300} {
		if _, err := proof.ProveEvent(t.Context(), proof.Event{Ordinal: at, Record: events[at]}, head, kept); !errors.Is(err, proof.ErrBroken) {
			t.Errorf("event %d: %v", at, err)
		}
	}
	delete(kept.tiles, [2]int64{0, 2})
	if _, err := proof.Resume(t.Context(), 600, kept); !errors.Is(err, proof.ErrBroken) {
		t.Errorf("resumed without a tile: %v", err)
	}
	kept.tiles[[2]int64{0, 2}] = slices.Clone(kept.tiles[[2]int64{0, 1}][:32])
	if _, err := proof.Resume(t.Context(), 600, kept); !errors.Is(err, proof.ErrBroken) {
		t.Errorf("resumed with a short tile: %v", err)
	}
}
