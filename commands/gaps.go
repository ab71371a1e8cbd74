package commands

import (
	"context"

	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/eventstore"
)

// missing fills in which revisions streams lack.
func (s *Service) missing(ctx context.Context, n *custody.Needs) error {
	for _, stream := range n.Streams {
		if !eventstore.Owned(stream) {
			continue
		}
		gaps, err := eventstore.Missing(ctx, s.log.store, stream)
		if err != nil {
			return err
		}
		n.Missing = append(n.Missing, gaps...)
	}
	return nil
}

// AcceptedGaps returns the missing revisions that people accepted.
func (s *Service) AcceptedGaps(ctx context.Context) (eventstore.Gaps, error) {
	return eventstore.AcceptedGaps(ctx, s.log.store)
}
