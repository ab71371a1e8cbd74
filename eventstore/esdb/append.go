package esdb

import (
	"bytes"
	"context"
	"fmt"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/eventstore"
)

// Append adds events to a stream. That a repeated append answers as the first did is the server's doing,
// which promises it for every expectation but Any, where it remembers recent events only.
func (s *Store) Append(ctx context.Context, stream string, expected eventstore.Expected,
	events []eventstore.Proposed) (eventstore.Appended, error) {
	if err := eventstore.Check(stream, expected, events); err != nil {
		return eventstore.Appended{}, err
	}
	if err := s.unchanged(ctx); err != nil {
		return eventstore.Appended{}, fmt.Errorf("append to %s: %w", stream, err)
	}
	o := client.AppendToStreamOptions{ExpectedRevision: expectation(expected), Deadline: &s.options.CallTimeout}
	data, weight := proposed(events), total(events)
	result, err := call(ctx, s, "append to "+stream,
		func(ctx context.Context, c *client.Client) (*client.WriteResult, error) {
			if err := s.seen.fault(); err != nil { // found out when the connection was made, perhaps just now
				return nil, err
			}
			result, err := c.AppendToStream(ctx, stream, o, data...)
			if cutOff(err) {
				err = s.reason(ctx, c, stream, weight, err)
			}
			s.learn(weight, err)
			return result, err
		})
	if codeOf(err) == client.ErrorCodeWrongExpectedVersion {
		return eventstore.Appended{}, &eventstore.WrongRevisionError{Stream: stream, Expected: expected}
	}
	if err != nil {
		return eventstore.Appended{}, s.mayWrite(stream, err)
	}
	at, err := s.settle(ctx, stream, expected, events, result)
	if err == nil {
		s.seen.note(stream, at.Position, events[len(events)-1].ID)
	}
	return at, err
}

// AppendAll implements eventstore.Store: EventStoreDB takes events for one stream at a time.
func (s *Store) AppendAll(ctx context.Context, writes []eventstore.Write) (all []eventstore.Appended, err error) {
	for _, w := range writes {
		appended, err := s.Append(ctx, w.Stream, w.Expected, w.Events)
		if err != nil {
			return all, err
		}
		all = append(all, appended)
	}
	return all, nil
}

// settle finds where the events stand. The client's word for the revision is not taken: where the server
// gives none, it says 1. After an exact revision it is known anyway. A stream that did not exist begins
// at 0, unless it was deleted before: then it goes on from its old end, and the two do not agree.
// In doubt, and where there is no position, the events are looked for in the stream.
func (s *Store) settle(ctx context.Context, stream string, expected eventstore.Expected,
	events []eventstore.Proposed, result *client.WriteResult) (eventstore.Appended, error) {
	n := uint64(len(events))
	said := eventstore.Appended{Revision: result.NextExpectedVersion,
		Position: eventstore.Position(result.CommitPosition)}
	if said.Position > 0 {
		switch {
		case expected >= 0:
			return eventstore.Appended{Revision: uint64(expected) + n, Position: said.Position}, nil
		case expected == eventstore.NoStream && said.Revision == n-1:
			return said, nil
		}
	}
	last := events[n-1].ID
	for r, err := range s.newest(ctx, stream) {
		if err != nil {
			return eventstore.Appended{}, err
		}
		if r.ID == last {
			return eventstore.Appended{Revision: r.Revision, Position: r.Position}, nil
		}
	}
	// Others appended since, and the stream keeps so few events that ours are gone: nobody knows better.
	return said, nil
}

func expectation(e eventstore.Expected) client.ExpectedRevision {
	switch e {
	case eventstore.Any:
		return client.Any{}
	case eventstore.NoStream:
		return client.NoStream{}
	case eventstore.StreamExists:
		return client.StreamExists{}
	}
	return client.Revision(uint64(e))
}

// proposed copies the events: a call that was given up may still be reading them when Append has returned.
func proposed(events []eventstore.Proposed) []client.EventData {
	data := make([]client.EventData, len(events))
	for i, e := range events {
		data[i] = client.EventData{EventID: e.ID, EventType: e.Type, ContentType: client.ContentTypeJson,
			Data: bytes.Clone(e.Data), Metadata: bytes.Clone(e.Metadata)}
		if e.Binary {
			data[i].ContentType = client.ContentTypeBinary
		}
	}
	return data
}
