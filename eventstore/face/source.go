package face

import (
	"context"
	"iter"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// metadataPrefix begins the name of the stream that holds another one's metadata.
const metadataPrefix = "$$"

// source is what events are read from, and where the client wants to begin: a stream, whose places are
// revisions, or the whole log, whose places are positions.
type source struct {
	log       *embedded.Log
	stream    string // "" for the whole log
	fromStart bool
	from      uint64 // eventstore.End for the end
}

// newSource tells from a request what to read, and from where.
func newSource(log *embedded.Log, o *streams.ReadReq_Options) (source, error) {
	src := source{log: log}
	switch of := o.GetStreamOption().(type) {
	case *streams.ReadReq_Options_Stream:
		src.stream = string(of.Stream.GetStreamIdentifier().GetStreamName())
		if src.stream == "" {
			return src, status.Error(codes.InvalidArgument, "the stream has no name")
		}
		switch at := of.Stream.GetRevisionOption().(type) {
		case *streams.ReadReq_Options_StreamOptions_Start:
			src.fromStart = true
		case *streams.ReadReq_Options_StreamOptions_End:
			src.from = eventstore.End
		case *streams.ReadReq_Options_StreamOptions_Revision:
			src.from = at.Revision
		default:
			return src, status.Error(codes.InvalidArgument, "a read of a stream begins at a revision")
		}
	case *streams.ReadReq_Options_All:
		switch at := of.All.GetAllOption().(type) {
		case *streams.ReadReq_Options_AllOptions_Start:
			src.fromStart = true
		case *streams.ReadReq_Options_AllOptions_End:
			src.from = eventstore.End
		case *streams.ReadReq_Options_AllOptions_Position:
			src.from = at.Position.GetCommitPosition()
		default:
			return src, status.Error(codes.InvalidArgument, "a read of $all begins at a position")
		}
	default:
		return src, status.Error(codes.InvalidArgument, "a read is of a stream or of $all")
	}
	return src, nil
}

// state answers what there is of the stream; of the whole log, that it exists. A tombstone is an error.
func (src source) state(ctx context.Context) (embedded.StreamState, error) {
	if src.stream == "" {
		return embedded.StreamState{Exists: true}, nil
	}
	state, err := src.log.StreamState(ctx, src.stream)
	if err == nil && state.Tombstoned {
		err = eventstore.ErrDeleted
	}
	if strings.HasPrefix(src.stream, metadataPrefix) {
		state.First = state.Last // what a stream's metadata was before does not show, as if $maxCount were 1
	}
	return state, err
}

// first answers the place of the first event to read, if there can be one. As in EventStoreDB, the place
// where the client wants to begin is itself read, but not when the whole log is read backwards.
func (src source) first(backwards bool) (place uint64, some bool) {
	switch {
	case src.from == eventstore.End:
		return src.from, backwards
	case src.stream != "" || !backwards:
		return src.from, true
	case src.from == 0:
		return 0, false
	}
	return src.from - 1, true
}

// firstAfter answers the place of the first event for a subscription, which begins after the place that the
// client names.
func (src source) firstAfter(ctx context.Context, state embedded.StreamState) (uint64, error) {
	switch {
	case src.fromStart:
		return state.First, nil
	case src.from != eventstore.End:
		return max(src.from+1, state.First), nil
	case src.stream == "":
		tail, err := src.tail(ctx)
		return uint64(tail) + 1, err
	case state.Exists:
		return state.Last + 1, nil
	}
	return state.First, nil
}

// tail answers the position of the newest event of the log, the system's included.
func (src source) tail(ctx context.Context) (eventstore.Position, error) {
	for r, err := range src.log.Scan(ctx, eventstore.End, true) {
		return r.Position, err
	}
	return 0, nil
}

// seen answers a position up to which a subscription, which reads on from a place, will have seen all once it
// has read to the end.
func (src source) seen(ctx context.Context, next uint64) (eventstore.Position, error) {
	if src.stream == "" {
		return eventstore.Position(max(next, 1) - 1), nil
	}
	return src.tail(ctx)
}

// events reads from a place on, up to what is the end now.
func (src source) events(ctx context.Context, place uint64,
	backwards bool) iter.Seq2[eventstore.Record, error] {
	if src.stream == "" {
		return src.log.Scan(ctx, eventstore.Position(place), backwards)
	}
	return src.log.ScanStream(ctx, src.stream, place, backwards)
}

// after answers the place next to an event, upwards.
func (src source) after(r eventstore.Record) uint64 {
	if src.stream == "" {
		return uint64(r.Position) + 1
	}
	return r.Revision + 1
}
