package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/google/uuid"
)

// Limits of one batch request, within those of the server.
const (
	MaxBatchLines = 10_000
	MaxBatchBytes = 8 << 20
)

// Line is one command of a batch.
type Line struct {
	Command        string    `json:"command"`
	CustomerID     uuid.UUID `json:"customer_id,omitzero"`
	IdempotencyKey string    `json:"idempotency_key,omitempty"`
	Body           any       `json:"body"`
	// Origin is what the sender made the command of, such as a line of a file. It is not sent.
	Origin any `json:"-"`
}

// Result is the answer to one line: what became of it, or the problem with it.
type Result struct {
	Status     int       `json:"status"`
	CustomerID uuid.UUID `json:"customer_id,omitzero"`
	Revision   uint64    `json:"revision"`
	Position   uint64    `json:"position"`
	Problem    *Problem  `json:"problem,omitempty"`
}

// Appended tells whether the command led to a new event; one that was true already leads to none.
func (r Result) Appended() bool { return r.Status == http.StatusCreated }

// Batch sends commands in one request and answers a result for each, in order. When the connection breaks
// or the server cannot serve for a moment, it goes on from the first line that has no good answer: so each
// line should name its ids, or an idempotency key. With an error, the results are those of the first lines.
func (c *Client) Batch(ctx context.Context, lines []Line) ([]Result, error) {
	b := &batch{}
	for _, l := range lines {
		if err := b.add(l); err != nil {
			return nil, err
		}
	}
	return c.send(ctx, b)
}

// batch is encoded once, however often it has to be sent.
type batch struct {
	lines []Line
	body  bytes.Buffer // NDJSON
	ends  []int        // where each line ends in body
}

func (b *batch) add(l Line) error {
	encoded, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("encode %s: %w", l.Command, err)
	}
	b.append(l, encoded)
	return nil
}

func (b *batch) append(l Line, encoded []byte) {
	b.body.Write(encoded)
	b.body.WriteByte('\n')
	b.lines = append(b.lines, l)
	b.ends = append(b.ends, b.body.Len())
}

// from answers what is to be sent when the first n lines have been answered.
func (b *batch) from(n int) []byte {
	if n == 0 {
		return b.body.Bytes()
	}
	return b.body.Bytes()[b.ends[n-1]:]
}

func (c *Client) send(ctx context.Context, b *batch) ([]Result, error) {
	results := make([]Result, 0, len(b.lines))
	if len(b.lines) == 0 {
		return results, nil
	}
	err := c.patiently(ctx, func(ctx context.Context) (err error) {
		results, err = c.exchange(ctx, b, results)
		return err
	})
	return results, err
}

var ndjson = http.Header{"Content-Type": {"application/x-ndjson"}, "Accept": {"application/x-ndjson"}}

// exchange sends what has no answer yet and adds the answers to the results, up to the first line that the
// server could not serve for the moment: from there on, what depends on that line may have failed with it.
func (c *Client) exchange(ctx context.Context, b *batch, results []Result) ([]Result, error) {
	answer, err := c.roundTrip(ctx, http.MethodPost, "/v1/batch", ndjson, b.from(len(results)))
	if err != nil {
		return results, err
	}
	defer answer.Close()
	decoder := json.NewDecoder(answer)
	for len(results) < len(b.lines) {
		var r Result
		if err := decoder.Decode(&r); err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			err = fmt.Errorf("the answer ended after %d of %d lines: %w", len(results), len(b.lines), err)
			return results, transport(err)
		}
		if r.Problem != nil && r.Problem.temporary() {
			return results, r.Problem
		}
		results = append(results, r)
	}
	return results, nil
}
