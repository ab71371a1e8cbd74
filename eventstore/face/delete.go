package face

import (
	"context"
	"errors"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
)

// Delete makes a stream read as not found. It may be appended to again.
func (s *streamsService) Delete(ctx context.Context, req *streams.DeleteReq) (*streams.DeleteResp, error) {
	o := req.GetOptions()
	stream := string(o.GetStreamIdentifier().GetStreamName())
	if err := s.mayWrite(ctx, stream); err != nil {
		return nil, err
	}
	expected, err := expectation(o, o.GetExpectedStreamRevision() != nil)
	if err != nil {
		return nil, err
	}
	if expected == eventstore.StreamExists { // as EventStoreDB, which has no such deletion
		return nil, status.Error(codes.Internal, "a deletion expects any revision, none, or one by its number")
	}
	at, err := s.log.Delete(ctx, stream, expected)
	if err != nil {
		return nil, s.refuseDeletion(ctx, stream, expected, err)
	}
	return &streams.DeleteResp{PositionOption: &streams.DeleteResp_Position_{
		Position: &streams.DeleteResp_Position{
			CommitPosition: uint64(at.Position), PreparePosition: uint64(at.Position)}}}, nil
}

// Tombstone deletes a stream for ever.
func (s *streamsService) Tombstone(ctx context.Context,
	req *streams.TombstoneReq) (*streams.TombstoneResp, error) {
	o := req.GetOptions()
	stream := string(o.GetStreamIdentifier().GetStreamName())
	if err := s.mayWrite(ctx, stream); err != nil {
		return nil, err
	}
	expected, err := expectation(o, o.GetExpectedStreamRevision() != nil)
	if err != nil {
		return nil, err
	}
	at, err := s.log.Tombstone(ctx, stream, expected)
	if err != nil {
		return nil, s.refuseDeletion(ctx, stream, expected, err)
	}
	return &streams.TombstoneResp{PositionOption: &streams.TombstoneResp_Position_{
		Position: &streams.TombstoneResp_Position{
			CommitPosition: uint64(at.Position), PreparePosition: uint64(at.Position)}}}, nil
}

// refuseDeletion tells the numbers of a wrong revision in trailers: here, other than in the answer to an
// append, the protocol has no message for them.
func (s *streamsService) refuseDeletion(ctx context.Context, stream string, expected eventstore.Expected,
	err error) error {
	if !errors.Is(err, eventstore.ErrWrongRevision) {
		return s.refuse(ctx, stream, err)
	}
	current, err := s.log.StreamState(ctx, stream)
	if err != nil {
		return s.refuse(ctx, stream, err)
	}
	return wrongRevision(ctx, stream, expected, current)
}
