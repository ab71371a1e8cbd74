package commands

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
)

// RecordRead remembers that somebody is about to be shown personal data, and returns once that is durable. Nothing is
// decided over earlier reads, so the stream is not loaded, however long it is, and readers do not wait for each
// other: their events go to the disk together. The principal is who was proven to ask, if anybody was.
func (s *Service) RecordRead(ctx context.Context, e access.PersonalDataRead, principal string) error {
	stream := e.Stream()
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	m := domain.Metadata{CommandID: id, CorrelationID: id, Actor: e.Reader, Source: "rapport", Principal: principal, OccurredAt: s.log.now().UTC()}
	proposed, err := s.log.codec.Encode(ctx, stream, id, e, m)
	if err != nil {
		return err
	}
	if _, err := s.log.store.Append(ctx, stream, eventstore.Any, []eventstore.Proposed{proposed}); err != nil {
		return fmt.Errorf("record a read: %w", err)
	}
	return nil
}
