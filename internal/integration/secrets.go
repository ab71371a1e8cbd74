package integration

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
)

// testType is the type of events that say nothing but that they arrive.
const testType = "rapport.test.v1"

// WrittenSecrets returns the secrets that sign what a subscription sends, in their written form, the newest first; none where
// there is no such subscription.
func (s *Service) WrittenSecrets(ctx context.Context, name string) (written []string, err error) {
	all, err := s.inForce(ctx)
	if err != nil || all[name] == nil {
		return nil, err
	}
	for _, secret := range all[name].Secrets {
		written = append(written, WriteSecret(secret))
	}
	return written, nil
}

// Test sends a subscription an event that says nothing, at once, and returns why it was not taken; found reports whether there
// is such a subscription.
func (s *Service) Test(ctx context.Context, name string) (found bool, refused error, err error) {
	all, err := s.inForce(ctx)
	if err != nil || all[name] == nil {
		return false, nil, err
	}
	publisher, err := all[name].publisher(s.config, s.logger)
	if err != nil {
		return true, nil, err
	}
	defer publisher.Close()
	now := s.config.Now().UTC().Truncate(time.Second)
	e := event{cloudEvent: cloudEvent{ID: uuid.New(), Type: testType, Subject: name, Time: now, RecordedTime: now, Data: json.RawMessage("{}")}}
	m, err := e.settled().message(ctx)
	if err != nil {
		return true, nil, err
	}
	return true, publisher.Publish("integration", m), nil
}
