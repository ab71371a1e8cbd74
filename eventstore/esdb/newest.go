package esdb

import (
	"context"
	"time"

	"github.com/rapport-crm/rapport/eventstore"
)

// NewestRecordedAt returns when the newest event was recorded; the zero time where there is none.
func (s *Store) NewestRecordedAt(ctx context.Context) (time.Time, error) {
	for r, err := range s.scan(ctx, "read the end of the log", 4, func() cursor { return &back{eventstore.End} }) {
		return r.RecordedAt, err
	}
	return time.Time{}, nil
}
