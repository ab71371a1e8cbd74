package client

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"golang.org/x/sync/errgroup"
)

// DefaultBatchLines is how many commands Send puts into one request unless told otherwise.
const DefaultBatchLines = 2000

// Send sends any number of commands in batches of at most batchLines (0: DefaultBatchLines) and hands each
// batch with its results to answered. One batch is under way at a time, so the order of the lines is kept
// across batches; the next is encoded meanwhile. It stops at the first batch that fails, after handing over
// the answers that this batch did get.
func (c *Client) Send(
	ctx context.Context, lines iter.Seq[Line], batchLines int, answered func([]Line, []Result),
) error {
	if batchLines <= 0 {
		batchLines = DefaultBatchLines
	}
	batchLines = min(batchLines, MaxBatchLines)
	group, ctx := errgroup.WithContext(ctx)
	batches := make(chan *batch)
	group.Go(func() error {
		defer close(batches)
		return encode(ctx, lines, batchLines, batches)
	})
	group.Go(func() error {
		for b := range batches {
			results, err := c.send(ctx, b)
			answered(b.lines[:len(results)], results)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

// encode cuts the lines into batches, by their number and their size.
func encode(ctx context.Context, lines iter.Seq[Line], batchLines int, to chan<- *batch) error {
	b := &batch{}
	pass := func() error {
		if len(b.lines) == 0 {
			return nil
		}
		select {
		case to <- b:
			b = &batch{}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for l := range lines {
		encoded, err := json.Marshal(l)
		if err != nil {
			return fmt.Errorf("encode %s: %w", l.Command, err)
		}
		if len(b.lines) == batchLines || b.body.Len()+len(encoded) >= MaxBatchBytes {
			if err := pass(); err != nil {
				return err
			}
		}
		b.append(l, encoded)
	}
	return pass()
}
