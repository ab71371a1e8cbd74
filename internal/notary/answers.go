package notary

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/mod/sumdb/note"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// Heads answers signed heads, the newest first: those below a size, if one is given.
func (n *Notary) Heads(ctx context.Context, below *int64, limit int) ([]proof.Head, error) {
	notes, err := n.kept.notes(ctx, below, limit)
	if err != nil {
		return nil, err
	}
	heads := make([]proof.Head, len(notes))
	for i, text := range notes {
		if heads[i], err = proof.OpenHead(text, n.config.Key.Check()); err != nil {
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

// Bundle answers a whole stream with its proof under a head of now, as a signed text.
func (n *Notary) Bundle(ctx context.Context, stream string) (string, error) {
	head, err := n.Sign(ctx)
	if errors.Is(err, ErrStandby) { // the newest head will do
		head, err = n.Head(ctx, nil)
	}
	if err != nil {
		return "", err
	}
	b := proof.Bundle{Head: head, Stream: stream}
	for r, err := range n.config.Store.ReadStream(ctx, stream, 0) {
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
	return n.kept.verify(ctx, n.config.Store, n.config.Key.Check(), heads, progress)
}

// Verify verifies the log of a server that does not run, by what it wrote down in a database.
func Verify(ctx context.Context, databaseURL string, log proof.Log, by note.Verifier, heads []string,
	progress func(events int64)) (proof.Report, error) {
	pool, err := pgxpool.New(ctx, databaseURL)
	if err != nil {
		return proof.Report{}, fmt.Errorf("database URL: %w", err)
	}
	defer pool.Close()
	return kept{pool}.verify(ctx, log, by, heads, progress)
}

func (k kept) verify(ctx context.Context, log proof.Log, by note.Verifier, heads []string, progress func(events int64)) (
	proof.Report, error) {
	notes, err := k.notes(ctx, nil, math.MaxInt32)
	if err != nil {
		return proof.Report{}, err
	}
	return proof.Verify(ctx, proof.Verification{Log: log, Kept: k, Heads: append(notes, heads...), Key: by, Progress: progress})
}
