package face

import (
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// Append takes the options, then the events, and appends them once the client has sent all. What is refused earlier is
// received to its end all the same.
func (s *streamsService) Append(call streams.Streams_AppendServer) error {
	err := s.append(call)
	if err != nil {
		hearOut(call)
	}
	return err
}

func (s *streamsService) append(call streams.Streams_AppendServer) error {
	first, err := call.Recv()
	if err != nil {
		return err
	}
	options := first.GetOptions()
	if options == nil {
		return status.Error(codes.InvalidArgument, "an append begins with its options")
	}
	stream := string(options.GetStreamIdentifier().GetStreamName())
	if err := s.mayWrite(call.Context(), stream); err != nil {
		return err
	}
	expected, err := expectation(options, options.GetExpectedStreamRevision() != nil)
	if err != nil {
		return err
	}
	events, err := s.proposedEvents(call)
	if err != nil {
		return s.refuse(call.Context(), stream, err)
	}
	if len(events) == 0 {
		return s.appendNothing(call, stream, expected)
	}
	at, err := s.log.Append(call.Context(), stream, expected, events)
	switch {
	case errors.Is(err, eventstore.ErrWrongRevision):
		current, err := s.log.StreamState(call.Context(), stream)
		if err != nil {
			return s.refuse(call.Context(), stream, err)
		}
		return call.SendAndClose(wrongExpectedVersion(expected, current))
	case err != nil:
		return s.refuse(call.Context(), stream, err)
	}
	return call.SendAndClose(&streams.AppendResp{Result: &streams.AppendResp_Success_{
		Success: &streams.AppendResp_Success{
			CurrentRevisionOption: &streams.AppendResp_Success_CurrentRevision{CurrentRevision: at.Revision},
			PositionOption: &streams.AppendResp_Success_Position{Position: &streams.AppendResp_Position{
				CommitPosition: uint64(at.Position), PreparePosition: uint64(at.Position)}},
		}}})
}

// appendNothing answers an append without events, which only asks whether the stream is as expected.
func (s *streamsService) appendNothing(call streams.Streams_AppendServer, stream string,
	expected eventstore.Expected) error {
	current, err := s.log.StreamState(call.Context(), stream)
	if err == nil && current.Tombstoned {
		err = eventstore.ErrDeleted
	}
	if err != nil {
		return s.refuse(call.Context(), stream, err)
	}
	switch {
	case expected == eventstore.NoStream && current.Exists,
		expected == eventstore.StreamExists && !current.Exists,
		expected >= 0 && (!current.Begun || uint64(expected) != current.Last):
		return call.SendAndClose(wrongExpectedVersion(expected, current))
	}
	success := &streams.AppendResp_Success{
		CurrentRevisionOption: &streams.AppendResp_Success_NoStream{NoStream: &shared.Empty{}},
		PositionOption:        &streams.AppendResp_Success_NoPosition{NoPosition: &shared.Empty{}}}
	if current.Begun {
		success.CurrentRevisionOption = &streams.AppendResp_Success_CurrentRevision{CurrentRevision: current.Last}
	}
	return call.SendAndClose(&streams.AppendResp{Result: &streams.AppendResp_Success_{Success: success}})
}

// proposedEvents receives the events. It stops at the limits of an append rather than hold more.
func (s *streamsService) proposedEvents(call streams.Streams_AppendServer) ([]eventstore.Proposed, error) {
	var events []eventstore.Proposed
	bytes := 0
	for {
		req, err := call.Recv()
		if err == io.EOF {
			return events, nil
		}
		if err != nil {
			return nil, err
		}
		m := req.GetProposedMessage()
		if m == nil {
			return nil, status.Error(codes.InvalidArgument, "only events follow the options of an append")
		}
		event, err := proposedEvent(m)
		if err == nil {
			err = s.mayHold(call.Context(), event.Type)
		}
		if err != nil {
			return nil, err
		}
		bytes += len(event.Data) + len(event.Metadata)
		if bytes > eventstore.MaxAppendBytes || len(events) == eventstore.MaxAppend {
			return nil, fmt.Errorf("more than %d events or %d bytes in one append: %w",
				eventstore.MaxAppend, eventstore.MaxAppendBytes, eventstore.ErrTooLarge)
		}
		events = append(events, event)
	}
}

// expecting is what the requests of Append, Delete and Tombstone have in common.
type expecting interface {
	GetRevision() uint64
	GetNoStream() *shared.Empty
	GetAny() *shared.Empty
	GetStreamExists() *shared.Empty
}

func expectation(o expecting, given bool) (eventstore.Expected, error) {
	switch {
	case !given:
		return 0, status.Error(codes.InvalidArgument, "the request does not say what revision it expects")
	case o.GetAny() != nil:
		return eventstore.Any, nil
	case o.GetNoStream() != nil:
		return eventstore.NoStream, nil
	case o.GetStreamExists() != nil:
		return eventstore.StreamExists, nil
	case o.GetRevision() > math.MaxInt64:
		return 0, status.Errorf(codes.InvalidArgument, "no stream has a revision of %d", o.GetRevision())
	}
	return eventstore.Exactly(o.GetRevision()), nil
}

// wrongExpectedVersion tells at which revision the stream is, also where it was deleted.
func wrongExpectedVersion(expected eventstore.Expected, current embedded.StreamState) *streams.AppendResp {
	wrong, empty := &streams.AppendResp_WrongExpectedVersion{}, &shared.Empty{}
	if current.Begun {
		wrong.CurrentRevisionOption =
			&streams.AppendResp_WrongExpectedVersion_CurrentRevision{CurrentRevision: current.Last}
	} else {
		wrong.CurrentRevisionOption =
			&streams.AppendResp_WrongExpectedVersion_CurrentNoStream{CurrentNoStream: empty}
	}
	switch expected {
	case eventstore.NoStream:
		wrong.ExpectedRevisionOption =
			&streams.AppendResp_WrongExpectedVersion_ExpectedNoStream{ExpectedNoStream: empty}
	case eventstore.StreamExists:
		wrong.ExpectedRevisionOption =
			&streams.AppendResp_WrongExpectedVersion_ExpectedStreamExists{ExpectedStreamExists: empty}
	default:
		wrong.ExpectedRevisionOption =
			&streams.AppendResp_WrongExpectedVersion_ExpectedRevision{ExpectedRevision: uint64(expected)}
	}
	return &streams.AppendResp{Result: &streams.AppendResp_WrongExpectedVersion_{WrongExpectedVersion: wrong}}
}
