package custody

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
)

// A stream that lacks revisions stops whoever reads it: what is decided or shown of less would be wrong. Where they are
// gone for good, a person may accept that, and everything goes on as if they had never been.

// Gap is revisions of a stream that are missing, from First to Last.
type Gap struct {
	Stream string `json:"stream"`
	First  uint64 `json:"first"`
	Last   uint64 `json:"last"`
}

func (g Gap) String() string { return fmt.Sprintf("%d to %d of %s", g.First, g.Last, g.Stream) }

// Covered reports whether all revisions of a gap lie within others.
func Covered(gap Gap, by []Gap) bool {
	for at := gap.First; ; {
		i := slices.IndexFunc(by, func(g Gap) bool { return g.Stream == gap.Stream && g.First <= at && at <= g.Last })
		switch {
		case i < 0:
			return false
		case by[i].Last >= gap.Last:
			return true
		}
		at = by[i].Last + 1
	}
}

// Acceptable reports whether a stream may have accepted gaps. Who may use Rapport, and who vouches for the log, never rests
// on less than all that was said.
func Acceptable(stream string) bool { return stream != access.Stream && stream != Stream }

// Needs names the streams of which has to be known what is missing. Whoever handles the command fills that in.
type Needs struct {
	domain.Needs
	Streams []string
	Missing []Gap
}

// AcceptGaps asks that everything go on without revisions that are missing.
type AcceptGaps struct {
	Gaps   []Gap  `json:"gaps"`
	Reason string `json:"reason"`
}

func (c AcceptGaps) Needs() Needs {
	n := Needs{Needs: domain.Needs{Founds: true}}
	for _, g := range c.Gaps {
		n.Streams = append(n.Streams, g.Stream)
	}
	slices.Sort(n.Streams)
	n.Streams = slices.Compact(n.Streams)
	return n
}

// Decide accepts what is indeed missing, and yields nothing for what was accepted before.
func (c AcceptGaps) Decide(s *State, g Given) ([]Event, error) {
	if len(c.Gaps) == 0 || len(c.Gaps) > maxGaps {
		return nil, ErrGaps
	}
	if err := domain.CheckText(c.Reason, 1000); err != nil {
		return nil, err.At("reason")
	}
	if c.Reason == "" {
		return nil, ErrGapReason
	}
	known := true
	for i, gap := range c.Gaps {
		switch {
		case gap.First > gap.Last:
			return nil, ErrGap.At("gaps[%d]", i)
		case !Acceptable(gap.Stream):
			return nil, ErrGapStream.At("gaps[%d].stream", i)
		case !Covered(gap, g.Needs.Missing):
			return nil, notMissing(gap.Stream, g.Needs.Missing).At("gaps[%d]", i)
		}
		known = known && Covered(gap, s.accepted)
	}
	if known {
		return nil, nil
	}
	return []Event{GapsAccepted(c)}, nil
}

// notMissing refuses to accept what is there, and says what is missing.
func notMissing(stream string, missing []Gap) *domain.Rejection {
	var of []string
	for _, gap := range missing {
		if gap.Stream == stream {
			of = append(of, fmt.Sprintf("%d to %d", gap.First, gap.Last))
		}
	}
	if len(of) == 0 {
		return ErrGapNotMissing.Because("no revision of %s is missing", stream)
	}
	return ErrGapNotMissing.Because("of %s these are missing: %s", stream, strings.Join(of, ", "))
}

// GapsAccepted is the fact that a person accepted that revisions are missing. Who it was stands in the metadata.
type GapsAccepted struct {
	Gaps   []Gap  `json:"gaps"`
	Reason string `json:"reason"` // why, in that person's words
}

func (GapsAccepted) EventType() string { return "proof.gaps_accepted.v1" }

func (e GapsAccepted) Evolve(s *State, _ domain.Metadata) { s.accepted = append(s.accepted, e.Gaps...) }

// maxGaps bounds what is accepted at once.
const maxGaps = 1000

var (
	ErrGaps = &domain.Rejection{Kind: domain.Invalid, Code: "gaps_missing", Field: "gaps",
		Reason: "name 1 to 1000 gaps: a stream, and the first and the last revision that it lacks"}
	ErrGap = &domain.Rejection{Kind: domain.Invalid, Code: "gap_malformed", Field: "gaps",
		Reason: "a gap ends at the revision at which it begins, or later"}
	ErrGapReason = &domain.Rejection{Kind: domain.Invalid, Code: "gap_reason_missing", Field: "reason",
		Reason: "say why it is right to go on without them: it stands in the log"}
	ErrGapStream = &domain.Rejection{Kind: domain.Refused, Code: "gap_not_acceptable", Field: "gaps",
		Reason: "who may use Rapport, and who vouches for the log, never rests on less than all that was said: put a backup back"}
	ErrGapNotMissing = &domain.Rejection{Kind: domain.Refused, Code: "gap_not_missing", Field: "gaps",
		Reason: "these revisions are there"}
)
