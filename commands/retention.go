package commands

import (
	"context"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/segment"
)

// segmentsInForce fills in which definitions of segments the rules of retention are made for.
func (s *Service) segmentsInForce(ctx context.Context, c policy.Command) (policy.Command, error) {
	publish, ok := c.(policy.PublishRetention)
	if !ok {
		return c, nil
	}
	versions := map[string]int{}
	for _, rule := range publish.Retention.Rules {
		if !domain.Nameable(rule.Segment) {
			continue
		}
		err := s.Segments.view(ctx, segment.Stream(rule.Segment), func(now *segment.State) {
			if now.InForce() {
				versions[rule.Segment] = now.Version()
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return publish.Within(versions), nil
}
