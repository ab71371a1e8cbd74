package proof

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
)

// Gather reads a log up to a head, and returns the bundle of a stream under it, for who has neither what was written down
// of the log nor the key. ErrBroken when the log is not the one that the head tells of. It keeps the hash of every event
// in memory.
func Gather(ctx context.Context, log Log, stream string, h Head, progress func(events int64)) (string, error) {
	b := Bundle{Head: h, Stream: stream}
	tree, kept, counted, hasher := &Tree{}, gathered{}, streams{at: map[string]place{}}, Hasher{}
	for r, err := range log.ReadAll(ctx, 0) {
		if err != nil {
			return "", fmt.Errorf("read the log: %w", err)
		}
		if tree.Size() == h.Size {
			break
		}
		if r.Stream == stream {
			b.Events = append(b.Events, Event{Ordinal: tree.Size(), Record: r})
		}
		at := counted.at[r.Stream]
		counted.at[r.Stream] = place{count: at.count + 1}
		tree.Add(hasher.Leaf(tree.Size(), r), kept.keep)
		if progress != nil && tree.Size()%chunkEvents == 0 {
			progress(tree.Size())
		}
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	tree.Edge(kept.keep)
	if !tree.says(h) {
		return "", fmt.Errorf("the log is not the one of %d events that the head tells of: %w", h.Size, ErrBroken)
	}
	if len(b.Events) == 0 {
		return "", fmt.Errorf("the stream %q has no events under the head", stream)
	}
	if h.Streams != (tlog.Hash{}) {
		b.Counted = counted.prove(stream)
	}
	return b.text(ctx, kept)
}

// gathered is a tree in memory.
type gathered map[tlog.Tile][]byte

func (g gathered) keep(t tlog.Tile, hashes []tlog.Hash) {
	data := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		data = append(data, h[:]...)
	}
	g[tlog.Tile{H: t.H, L: t.L, N: t.N}] = data
}

// ReadTiles implements Tiles.
func (g gathered) ReadTiles(_ context.Context, tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, t := range tiles {
		data[i] = g[tlog.Tile{H: t.H, L: t.L, N: t.N}]
	}
	return data, nil
}

// Curtailable is a Log whose streams' own reads may show less than the log holds: an eventstore.Store.
type Curtailable interface {
	Log
	eventstore.Streams
}

// hidden finds streams that hide events that the log has. Who reads such a stream is misled, though nothing is altered.
func (j *judge) hidden(ctx context.Context) error {
	log, ok := j.v.Log.(Curtailable)
	if !ok {
		return nil
	}
	passed := func(hole *eventstore.HoleError) bool {
		accepted := j.gaps.Accepted(hole)
		if accepted {
			j.accepted(0, hole)
		}
		return accepted
	}
	looked := map[string]bool{}
	for stream, err := range log.Curtailed(ctx) {
		if err != nil {
			return fmt.Errorf("find the streams that hide events: %w", err)
		}
		at := j.streams.at[stream]
		if looked[stream] || !eventstore.Owned(stream) || at.next == 0 {
			continue
		}
		looked[stream] = true
		hole, err := eventstore.FindHole(ctx, log, stream, at.next, passed)
		if err != nil {
			return fmt.Errorf("read %s: %w", stream, err)
		}
		if hole != nil {
			j.find(Finding{Kind: Hidden, Detail: hole.Error()})
		}
	}
	return nil
}
