package commands

import (
	"context"
	"errors"
	"fmt"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/segment"
)

// segmentInForce fills in whether the segment of a guidance is in force.
func (s *Service) segmentInForce(ctx context.Context, n *guidance.Needs) error {
	if !domain.Nameable(n.Segment) {
		return nil
	}
	return s.Segments.view(ctx, segment.Stream(n.Segment), func(s *segment.State) { n.SegmentInForce = s.InForce() })
}

// Adopted says what was put in force, and where in the log that stands.
type Adopted struct {
	Segments []string `json:"segments"`
	Guidance []string `json:"guidance"`
	// Position is the place in the log that a reader must have reached to know all that is adopted.
	Position uint64 `json:"position"`
}

// AdoptGuidance puts the ready-made guidance in force, with its segments. What was ever defined under such a name
// stays as it is, retired or not.
func (s *Service) AdoptGuidance(ctx context.Context) (Adopted, error) {
	out := Adopted{Segments: []string{}, Guidance: []string{}}
	for _, r := range guidance.ReadyMade {
		answer, err := s.Segments.Handle(ctx, Request[segment.State, segment.Needs]{Stream: segment.Stream(r.Segment.Name),
			Command: r.Segment, Metadata: system(), onlyFirst: true})
		if err != nil {
			return out, fmt.Errorf("adopt the segment %s: %w", r.Segment.Name, err)
		}
		if out.Position = max(out.Position, answer.Position); answer.Appended > 0 {
			out.Segments = append(out.Segments, r.Segment.Name)
		}
		answer, err = s.Guidance.Handle(ctx, Request[guidance.State, guidance.Needs]{Stream: guidance.Stream(r.Guidance.Name),
			Command: r.Guidance, Metadata: system(), onlyFirst: true})
		if errors.Is(err, guidance.ErrSegment) {
			continue // somebody retired the segment
		}
		if err != nil {
			return out, fmt.Errorf("adopt the guidance %s: %w", r.Guidance.Name, err)
		}
		if out.Position = max(out.Position, answer.Position); answer.Appended > 0 {
			out.Guidance = append(out.Guidance, r.Guidance.Name)
		}
	}
	return out, nil
}
