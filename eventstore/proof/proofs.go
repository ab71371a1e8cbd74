package proof

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
)

// Event is an event, with its place in the tree.
type Event struct {
	Ordinal int64
	eventstore.Record
}

// Inclusion proves that an event is in the log that a head tells of: as RFC 6962 does, and as Check does.
type Inclusion struct {
	Event Event
	Head  Head
	Path  tlog.RecordProof // from the leaf to the root
}

// ProveEvent proves an event under a head. ErrBroken when what is kept does not say so.
func ProveEvent(ctx context.Context, e Event, h Head, kept Tiles) (Inclusion, error) {
	path, err := tlog.ProveRecord(h.Size, e.Ordinal, reader(ctx, h, kept))
	if err != nil {
		return Inclusion{}, broken(ctx, err)
	}
	i := Inclusion{Event: e, Head: h, Path: path}
	return i, i.Check()
}

// Check finds out whether the path leads from the event to the head's root. The head's own note is for OpenHead.
func (i Inclusion) Check() error {
	if err := tlog.CheckRecord(i.Path, i.Head.Size, i.Head.Root, i.Event.Ordinal, Leaf(i.Event.Ordinal, i.Event.Record)); err != nil {
		return fmt.Errorf("the event at position %d is not in the log of %d events: %w", i.Event.Position, i.Head.Size, ErrBroken)
	}
	return nil
}

// Consistency proves that the log under one head is the beginning of the log under a later one.
type Consistency struct {
	From, To Head
	Path     tlog.TreeProof
}

// ProveConsistency proves that a head continues an earlier one, which is not of an empty log.
func ProveConsistency(ctx context.Context, from, to Head, kept Tiles) (Consistency, error) {
	path, err := tlog.ProveTree(to.Size, from.Size, reader(ctx, to, kept))
	if err != nil {
		return Consistency{}, broken(ctx, err)
	}
	c := Consistency{From: from, To: to, Path: path}
	return c, c.Check()
}

// Check finds out whether the one root follows from the other.
func (c Consistency) Check() error {
	if err := tlog.CheckTree(c.Path, c.To.Size, c.To.Root, c.From.Size, c.From.Root); err != nil {
		return fmt.Errorf("the log of %d events does not begin as the log of %d events: %w", c.To.Size, c.From.Size, ErrBroken)
	}
	return nil
}

// broken tells what tlog finds wrong with the tiles from the end of the request.
func broken(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", ErrBroken, err)
}

// branch is what of a tree leads to some of its leaves, [low, high) with the ordinals of those in it, in ascending
// order. A branch without leaves is one hash of a proof; where leaves are neighbours, they share what is above.
type branch struct {
	low, high int64
	leaves    []int64
}

// halves splits a branch as RFC 6962 splits a tree.
func (b branch) halves() (left, right branch) {
	width := int64(1)
	for 2*width < b.high-b.low {
		width *= 2
	}
	middle := b.low + width
	at, _ := slices.BinarySearch(b.leaves, middle)
	return branch{b.low, middle, b.leaves[:at]}, branch{middle, b.high, b.leaves[at:]}
}

// whole answers the perfect subtrees that a branch without leaves consists of, as indexes of stored hashes.
func (b branch) whole(indexes []int64) []int64 {
	if width := b.high - b.low; width&(width-1) == 0 {
		level := 0
		for width>>level > 1 {
			level++
		}
		return append(indexes, tlog.StoredHashIndex(level, b.low>>level))
	}
	left, right := b.halves()
	return right.whole(left.whole(indexes))
}

// proveMany answers the hashes that, with the leaves, lead to the root.
func proveMany(b branch, read tlog.HashReader) ([]tlog.Hash, error) {
	var indexes []int64
	var counts []int // of the subtrees of each hash
	var walk func(branch)
	walk = func(b branch) {
		switch {
		case len(b.leaves) == 0:
			before := len(indexes)
			indexes = b.whole(indexes)
			counts = append(counts, len(indexes)-before)
		case b.high-b.low > 1:
			left, right := b.halves()
			walk(left)
			walk(right)
		}
	}
	walk(b)
	subtrees, err := read.ReadHashes(indexes)
	if err != nil {
		return nil, err
	}
	hashes := make([]tlog.Hash, len(counts))
	for i, n := range counts {
		h := subtrees[n-1]
		for j := n - 2; j >= 0; j-- {
			h = tlog.NodeHash(subtrees[j], h)
		}
		hashes[i], subtrees = h, subtrees[n:]
	}
	return hashes, nil
}

// rootOf is the root that leaves and the hashes of a proof lead to, and the hashes that are left then.
func rootOf(b branch, leaf func(ordinal int64) tlog.Hash, hashes []tlog.Hash) (root tlog.Hash, rest []tlog.Hash, err error) {
	switch {
	case len(b.leaves) == 0 && len(hashes) == 0:
		return root, nil, ErrBroken
	case len(b.leaves) == 0:
		return hashes[0], hashes[1:], nil
	case b.high-b.low == 1:
		return leaf(b.low), hashes, nil
	}
	left, right := b.halves()
	l, rest, err := rootOf(left, leaf, hashes)
	if err != nil {
		return root, nil, err
	}
	r, rest, err := rootOf(right, leaf, rest)
	return tlog.NodeHash(l, r), rest, err
}
