package commands

import (
	"context"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/segment"
)

// segmentsInForce fills in which definitions of segments the rules of retention are made for.
func (s *Service) segmentsInForce(ctx context.Context, n *policy.Needs) error {
	if len(n.Segments) == 0 {
		return nil
	}
	n.Versions = map[string]int{}
	for _, name := range n.Segments {
		if !domain.Nameable(name) {
			continue
		}
		err := s.Segments.view(ctx, segment.Stream(name), func(now *segment.State) {
			if now.InForce() {
				n.Versions[name] = now.Version()
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}
