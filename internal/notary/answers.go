package notary

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// Heads answers signed heads, the newest first: those below a size, if one is given.
func (n *Notary) Heads(ctx context.Context, below *int64, limit int) ([]proof.Head, error) {
	notes, err := n.kept.notes(ctx, below, limit)
	if err != nil {
		return nil, err
	}
	keys, err := n.trusted(ctx)
	if err != nil {
		return nil, err
	}
	heads := make([]proof.Head, len(notes))
	for i, text := range notes {
		if heads[i], err = keys.OpenHead(text); err != nil {
			return nil, fmt.Errorf("%w: %w", proof.ErrBroken, err)
		}
	}
	return heads, nil
}

// Head answers the signed head of a size; nil: the newest.
func (n *Notary) Head(ctx context.Context, size *int64) (proof.Head, error) {
	var below *int64
	if size != nil {
		below = new(*size + min(1, math.MaxInt64-*size))
	}
	heads, err := n.Heads(ctx, below, 1)
	if err == nil && (len(heads) == 0 || size != nil && heads[0].Size != *size) {
		err = fmt.Errorf("a head of that size: %w", ErrNotFound)
	}
	if err != nil {
		return proof.Head{}, err
	}
	return heads[0], nil
}

// Changes answers the statements about changes of the key.
func (n *Notary) Changes(ctx context.Context) ([]string, error) { return n.config.Changes(ctx) }

// Leaves answers the hashes of up to so many events, from an ordinal on.
func (n *Notary) Leaves(ctx context.Context, from int64, limit int) ([]tlog.Hash, error) {
	leaves := make([]tlog.Hash, 0, min(limit, 1<<16))
	for at, err := range n.kept.leavesFrom(ctx, from, limit) {
		if err != nil {
			return nil, err
		}
		leaves = append(leaves, at.Hash)
	}
	return leaves, ctx.Err()
}

// Event proves the event at a position under the head of a size; nil: the newest.
func (n *Notary) Event(ctx context.Context, position eventstore.Position, size *int64) (proof.Inclusion, error) {
	head, err := n.Head(ctx, size)
	if err != nil {
		return proof.Inclusion{}, err
	}
	e := proof.Event{}
	for r, err := range n.config.Store.ReadAll(ctx, position-min(1, position)) {
		if err != nil {
			return proof.Inclusion{}, err
		}
		e.Record = r
		break
	}
	if err := ctx.Err(); err != nil {
		return proof.Inclusion{}, err
	}
	if e.Position != position || position == 0 {
		return proof.Inclusion{}, fmt.Errorf("position %d: %w", position, ErrNotFound)
	}
	if e.Position > head.Position {
		return proof.Inclusion{}, ErrNotSigned
	}
	placed := []proof.Event{e}
	if err := n.place(ctx, placed); err != nil {
		return proof.Inclusion{}, err
	}
	return proof.ProveEvent(ctx, placed[0], head, n.kept)
}

// Consistency proves that the log under one head is the beginning of the log under another.
func (n *Notary) Consistency(ctx context.Context, from, to *int64) (proof.Consistency, error) {
	var heads [2]proof.Head
	for i, size := range []*int64{from, to} {
		var err error
		if heads[i], err = n.Head(ctx, size); err != nil {
			return proof.Consistency{}, err
		}
	}
	if heads[0].Size > heads[1].Size || heads[0].Size == 0 {
		return proof.Consistency{}, fmt.Errorf("from a head of %d events to one of %d: %w", heads[0].Size, heads[1].Size, ErrNotFound)
	}
	return proof.ProveConsistency(ctx, heads[0], heads[1], n.kept)
}

// Bundle answers a whole stream with its proof under a head of now, as a signed text. ErrStandby where another process
// signs heads.
func (n *Notary) Bundle(ctx context.Context, stream string) (string, error) {
	b := proof.Bundle{Stream: stream}
	var err error
	if b.Head, b.Counted, err = n.signCounted(ctx, stream); err != nil {
		return "", err
	}
	head := b.Head
	// Of a stream that lacks events there is no bundle, whoever accepted that: a bundle proves that it is all.
	for r, err := range eventstore.Whole(stream, 0, n.config.Store.ReadStream(ctx, stream, 0), nil) {
		if err != nil {
			return "", err
		}
		if r.Position > head.Position {
			break // since the head was signed
		}
		b.Events = append(b.Events, proof.Event{Record: r})
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if shown, counted := uint64(len(b.Events)), b.Counted.Bucket.Count(stream); shown < counted {
		return "", &eventstore.HoleError{Stream: stream, From: shown, Until: counted - 1}
	}
	if len(b.Events) == 0 {
		return "", fmt.Errorf("stream %s: %w", stream, ErrNotFound)
	}
	if err := n.place(ctx, b.Events); err != nil {
		return "", err
	}
	return n.config.Key.Seal(ctx, b, n.kept)
}

// place finds the ordinals of events, whose positions ascend.
func (n *Notary) place(ctx context.Context, events []proof.Event) error {
	positions := make([]int64, len(events))
	for i, e := range events {
		positions[i] = int64(e.Position)
	}
	tiles, err := n.kept.tilesOf(ctx, positions)
	if err != nil {
		return err
	}
	for i := range events {
		e := &events[i]
		for len(tiles) > 1 && tiles[1].positions[0] <= e.Position {
			tiles = tiles[1:]
		}
		at, there := 0, false
		if len(tiles) > 0 {
			at, there = slices.BinarySearch(tiles[0].positions, e.Position)
		}
		if !there {
			return fmt.Errorf("the event at position %d was never written down: %w", e.Position, proof.ErrBroken)
		}
		e.Ordinal = tiles[0].first() + int64(at)
	}
	return nil
}

// Verify reads the whole log and holds it against what was written down, and against all heads, those kept and those
// given.
func (n *Notary) Verify(ctx context.Context, heads []string, progress func(events int64)) (proof.Report, error) {
	changes, err := n.config.Changes(ctx)
	if err != nil {
		return proof.Report{}, err
	}
	return n.kept.verify(ctx, proof.Verification{Log: n.config.Store, Key: n.config.Key.Check(), Changes: changes,
		Elsewhere: heads, Progress: progress})
}

// Verify verifies the log of a server that does not run, by what it wrote down in a database: v needs neither Kept nor
// Heads.
func Verify(ctx context.Context, databaseURL string, v proof.Verification) (proof.Report, error) {
	pool, err := pgxpool.New(ctx, databaseURL)
	if err != nil {
		return proof.Report{}, fmt.Errorf("database URL: %w", err)
	}
	defer pool.Close()
	return kept{pool}.verify(ctx, v)
}

func (k kept) verify(ctx context.Context, v proof.Verification) (_ proof.Report, err error) {
	v.Kept = k
	if v.Heads, err = k.notes(ctx, nil, math.MaxInt32); err != nil {
		return proof.Report{}, err
	}
	return proof.Verify(ctx, v)
}
