package eventstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/custody"
)

// Gaps are the missing revisions that people accepted, as the log has them.
type Gaps []AcceptedGap

// AcceptedGap is one of them, with who accepted it, when and why.
type AcceptedGap struct {
	custody.Gap
	By     string    `json:"by,omitempty"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// Accepted reports whether all of what is missing was accepted.
func (g Gaps) Accepted(h *HoleError) bool {
	if !custody.Acceptable(h.Stream) {
		return false
	}
	gaps := make([]custody.Gap, len(g))
	for i := range g {
		gaps[i] = g[i].Gap
	}
	return custody.Covered(custody.Gap{Stream: h.Stream, First: h.From, Last: h.Until}, gaps)
}

// Why says who accepted what is missing, or a part of it, and why; empty where nobody did.
func (g Gaps) Why(h *HoleError) string {
	for _, a := range g {
		if a.Stream == h.Stream && a.First <= h.Until && h.From <= a.Last {
			return fmt.Sprintf("accepted by %s on %s: %s", a.By, a.At.UTC().Format(time.DateOnly), a.Reason)
		}
	}
	return ""
}

// streamReader reads a stream, as a Store does.
type streamReader interface {
	ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[Record, error]
}

// AcceptedGaps reads which missing revisions people accepted. It is asked when some are met, which is seldom.
func AcceptedGaps(ctx context.Context, log streamReader) (gaps Gaps, err error) {
	for r, err := range log.ReadStream(ctx, custody.Stream, 0) {
		if errors.Is(err, ErrDeleted) {
			return nil, nil // nobody's word is there any more
		}
		if err != nil {
			return nil, fmt.Errorf("read which missing revisions were accepted: %w", err)
		}
		if r.Type != gapsAccepted {
			continue
		}
		var e custody.GapsAccepted
		var m domain.Metadata
		if err := json.Unmarshal(r.Data, &e); err != nil {
			return nil, fmt.Errorf("read which missing revisions were accepted: %w", err)
		}
		if err := json.Unmarshal(r.Metadata, &m); err != nil {
			return nil, fmt.Errorf("read who accepted missing revisions: %w", err)
		}
		for _, gap := range e.Gaps {
			gaps = append(gaps, AcceptedGap{gap, m.Actor, r.RecordedAt, e.Reason})
		}
	}
	return gaps, ctx.Err()
}

var gapsAccepted = custody.GapsAccepted{}.EventType()

// Missing finds all revisions that a stream lacks before its newest one.
func Missing(ctx context.Context, log streamReader, stream string) (gaps []custody.Gap, err error) {
	for _, err := range Whole(stream, 0, log.ReadStream(ctx, stream, 0), func(h *HoleError) (bool, error) {
		gaps = append(gaps, custody.Gap{Stream: stream, First: h.From, Last: h.Until})
		return true, nil
	}) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", stream, err)
		}
	}
	return gaps, ctx.Err()
}
