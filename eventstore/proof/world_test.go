package proof_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// log is a log in memory, which a test may doctor.
type log []eventstore.Record

func (l log) ReadAll(_ context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for _, r := range l {
			if r.Position > after && !yield(r, nil) {
				return
			}
		}
	}
}

// history is a log of so many events of 7 customers, with gaps between the positions of some.
func history(n int) log {
	var l log
	revisions := map[int]uint64{}
	position := eventstore.Position(0)
	for i := range n {
		position += eventstore.Position(1 + i%13/12)
		who := i * i % 7
		l = append(l, eventstore.Record{ID: uuid.NewSHA1(uuid.Nil, fmt.Append(nil, i)), Stream: fmt.Sprintf("customer-%d", who),
			Type: "customer.interaction_recorded.v1", Data: fmt.Appendf(nil, `{"number":%d}`, i), Metadata: []byte(`{"actor":"till"}`),
			Revision: revisions[who], Position: position, RecordedAt: time.UnixMicro(1700000000000000 + int64(i)*1000001).UTC()})
		revisions[who]++
	}
	return l
}

func (l log) clone() log {
	c := slices.Clone(l)
	for i := range c {
		c[i].Data, c[i].Metadata = slices.Clone(c[i].Data), slices.Clone(c[i].Metadata)
	}
	return c
}

// memory keeps a tree in memory: it is a proof.Kept.
type memory struct {
	tree   *proof.Tree
	tiles  map[[2]int64][]byte
	leaves []proof.KeptLeaf
	heads  []string
}

func newMemory() *memory { return &memory{tree: &proof.Tree{}, tiles: map[[2]int64][]byte{}} }

func (m *memory) note(t tlog.Tile, hashes []tlog.Hash) {
	var b []byte
	for _, h := range hashes {
		b = append(b, h[:]...)
	}
	m.tiles[[2]int64{int64(t.L), t.N}] = b
}

// take writes events down.
func (m *memory) take(records ...eventstore.Record) {
	for _, r := range records {
		leaf := proof.Leaf(m.tree.Size(), r)
		m.leaves = append(m.leaves, proof.KeptLeaf{Position: r.Position, Hash: leaf})
		m.tree.Add(leaf, m.note)
	}
	m.tree.Edge(m.note)
}

func (m *memory) sign(t testing.TB, k *proof.Key) proof.Head {
	t.Helper()
	h := proof.Head{Size: m.tree.Size(), Root: m.tree.Root(), SignedAt: time.Date(2024, 5, 1, 12, 0, 0, 123, time.UTC)}
	if len(m.leaves) > 0 {
		h.Position = m.leaves[len(m.leaves)-1].Position
	}
	h, err := k.Sign(h)
	if err != nil {
		t.Fatal(err)
	}
	m.heads = append(m.heads, h.Note)
	return h
}

func (m *memory) ReadTiles(_ context.Context, tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, t := range tiles {
		b, ok := m.tiles[[2]int64{int64(t.L), t.N}]
		if !ok {
			return nil, fmt.Errorf("tile %s is missing: %w", t.Path(), proof.ErrBroken)
		}
		data = append(data, b)
	}
	return data, nil
}

func (m *memory) Root(context.Context) (int64, tlog.Hash, error) {
	return m.tree.Size(), m.tree.Root(), nil
}

// Leaves implements proof.Kept: what the tiles of level 0 hold.
func (m *memory) Leaves(context.Context) iter.Seq2[proof.KeptLeaf, error] {
	return func(yield func(proof.KeptLeaf, error) bool) {
		for i, leaf := range m.leaves {
			b, ok := m.tiles[[2]int64{0, int64(i) / proof.TileWidth}]
			if !ok {
				yield(proof.KeptLeaf{}, fmt.Errorf("a tile is missing: %w", proof.ErrBroken))
				return
			}
			leaf.Hash = tlog.Hash(b[i%proof.TileWidth*tlog.HashSize:])
			if !yield(leaf, nil) {
				return
			}
		}
	}
}

func newKey(t testing.TB) *proof.Key {
	t.Helper()
	k, err := proof.LoadKey(t.TempDir() + "/proof.key")
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// stored are the hashes of a tree as tlog itself keeps them.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		out[i] = s[at]
	}
	return out, nil
}

func (s *stored) add(t testing.TB, n int64, leaf tlog.Hash) {
	t.Helper()
	more, err := tlog.StoredHashesForRecordHash(n, leaf, *s)
	if err != nil {
		t.Fatal(err)
	}
	*s = append(*s, more...)
}
