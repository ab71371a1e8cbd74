package client

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Line is a command as a line of a batch. Body is what its own operation takes: RecordPurchase for record_purchase.
type Line struct {
	Command        string `json:"command"`
	CustomerID     string `json:"customer_id,omitempty"`
	IdempotencyKey string `json:"idempotency_key"`
	IfRevision     *int64 `json:"if_revision,omitempty"`
	Body           any    `json:"body"`
}

// Batch carries out many commands, and returns what became of each. Lines without an idempotency key get one, so that the batch can be
// repeated when the server does not answer.
func (c *Client) Batch(ctx context.Context, lines []Line, options ...Option) ([]BatchAnswer, error) {
	var b bytes.Buffer
	for _, l := range lines {
		if l.IdempotencyKey == "" {
			l.IdempotencyKey = rand.Text()
		}
		text, err := json.Marshal(l)
		if err != nil {
			return nil, fmt.Errorf("write a line of the batch: %w", err)
		}
		b.Write(append(text, '\n'))
	}
	var answers []BatchAnswer
	err := c.ask(ctx, http.MethodPost, "/v1/batch", nil, "application/x-ndjson", b.Bytes(),
		append([]Option{func(h http.Header) { h.Set("Accept", "application/x-ndjson"); h.Del("Idempotency-Key") }}, options...),
		func(r io.Reader) error {
			answers = answers[:0]
			for d := json.NewDecoder(r); ; {
				var a BatchAnswer
				if err := d.Decode(&a); err == io.EOF {
					return nil
				} else if err != nil {
					return err
				}
				answers = append(answers, a)
			}
		})
	return answers, err
}
