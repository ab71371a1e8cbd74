package esdb

import (
	"context"
	"fmt"
	"math"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// defaultAppendBytes is what a server takes in one append unless its MaxAppendSize says otherwise.
const defaultAppendBytes = 1 << 20

// Limits returns the server's default of 1 MiB an append, or what was learnt since: less by a refusal, more by an append
// that was taken.
func (s *Store) Limits() eventstore.Limits {
	return eventstore.Limits{AppendBytes: int(s.appendBytes.Load()), AppendEvents: eventstore.MaxAppend}
}

// learn notes what came of an append of some weight.
func (s *Store) learn(weight int, err error) {
	switch known := s.appendBytes.Load(); {
	case err == nil && int64(weight) > known:
		s.appendBytes.CompareAndSwap(known, int64(weight))
	case err != nil && maximum(err) > 0:
		s.appendBytes.Store(int64(min(maximum(err), eventstore.MaxAppendBytes)))
	}
}

// never is a revision that no stream has: an append that expects it is refused, after all else was looked at.
const never = math.MaxInt64 - 1

// reason finds out why the server ended an append while it was being sent. The client throws the server's answer away
// then, so the server is asked again by appends that change nothing: one without events is refused to who may not
// write, one event of the same size is refused where it is too large. Each is sent before the server can answer.
func (s *Store) reason(ctx context.Context, c *client.Client, stream string, weight int, cut error) error {
	o := client.AppendToStreamOptions{ExpectedRevision: client.Revision(never), Deadline: &s.options.CallTimeout}
	_, err := c.AppendToStream(ctx, stream, o)
	if refuses(err) {
		return err
	}
	_, err = c.AppendToStream(ctx, stream, o, client.EventData{EventID: uuid.New(), EventType: "test",
		ContentType: client.ContentTypeBinary, Data: make([]byte, weight)})
	if refuses(err) || err != nil && maximum(err) > 0 {
		return err
	}
	return fmt.Errorf("the connection ended while it was being sent: %w", cut)
}

// refuses tells that the server does not let this user do it.
func refuses(err error) bool {
	code := codeOf(err)
	return code == client.ErrorCodeAccessDenied || code == client.ErrorCodeUnauthenticated
}

// total is the weight of events together.
func total(events []eventstore.Proposed) (weight int) {
	for _, e := range events {
		weight += e.Weight()
	}
	return weight
}
