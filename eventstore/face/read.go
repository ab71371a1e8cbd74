package face

import (
	"context"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
)

// Read answers events of one stream or of the whole log: a number of them, or, as a subscription, without
// end.
func (s *streamsService) Read(req *streams.ReadReq, call streams.Streams_ReadServer) error {
	o := req.GetOptions()
	wanted, err := newFilter(o.GetFilter())
	if err != nil {
		return err
	}
	src, err := s.source(o)
	if err != nil {
		return err
	}
	out := answers{call: call, textIDs: o.GetUuidOption().GetString_() != nil}
	backwards := o.GetReadDirection() == streams.ReadReq_Options_Backwards
	switch o.GetCountOption().(type) {
	case *streams.ReadReq_Options_Count:
		err = s.read(call.Context(), src, backwards, o.GetCount(), wanted, out)
	case *streams.ReadReq_Options_Subscription:
		if backwards {
			return status.Error(codes.InvalidArgument, "a subscription goes forwards")
		}
		err = s.subscribe(call.Context(), src, wanted, out)
	default:
		return status.Error(codes.InvalidArgument, "a read has a count, or is a subscription")
	}
	if err != nil {
		return s.refuse(call.Context(), src.stream, err)
	}
	return nil
}

// read answers up to count events. What it reads from the log is let go before it is sent, however slowly
// the client takes it.
func (s *streamsService) read(ctx context.Context, src source, backwards bool, count uint64, wanted filter,
	out answers) error {
	if found, err := src.found(ctx); err != nil {
		return err
	} else if !found {
		return out.notFound(src.stream)
	}
	next, more := src.first(backwards)
	for more && count > 0 {
		limit := s.pageEvents
		if wanted.all() {
			limit = int(min(count, uint64(limit)))
		}
		page, rest, err := src.page(ctx, next, backwards, limit)
		if err != nil {
			return err
		}
		for _, r := range page {
			if count == 0 {
				return nil
			}
			if !wanted.has(r) {
				continue
			}
			if err := out.event(r); err != nil {
				return err
			}
			count--
		}
		if more = rest; more {
			next = src.beyond(page[len(page)-1], backwards)
		}
	}
	return nil
}

// source tells from the request what to read, and from where.
func (s *streamsService) source(o *streams.ReadReq_Options) (source, error) {
	switch of := o.GetStreamOption().(type) {
	case *streams.ReadReq_Options_Stream:
		src := source{log: s.log, stream: string(of.Stream.GetStreamIdentifier().GetStreamName())}
		switch at := of.Stream.GetRevisionOption().(type) {
		case *streams.ReadReq_Options_StreamOptions_Start:
			src.fromStart = true
		case *streams.ReadReq_Options_StreamOptions_End:
			src.from = eventstore.End
		case *streams.ReadReq_Options_StreamOptions_Revision:
			src.from = at.Revision
		default:
			return source{}, status.Error(codes.InvalidArgument, "a read of a stream begins at a revision")
		}
		if src.stream == "" {
			return source{}, status.Error(codes.InvalidArgument, "the stream has no name")
		}
		return src, nil
	case *streams.ReadReq_Options_All:
		src := source{log: s.log}
		switch at := of.All.GetAllOption().(type) {
		case *streams.ReadReq_Options_AllOptions_Start:
			src.fromStart = true
		case *streams.ReadReq_Options_AllOptions_End:
			src.from = eventstore.End
		case *streams.ReadReq_Options_AllOptions_Position:
			src.from = at.Position.GetCommitPosition()
		default:
			return source{}, status.Error(codes.InvalidArgument, "a read of $all begins at a position")
		}
		return src, nil
	}
	return source{}, status.Error(codes.InvalidArgument, "a read is of a stream or of $all")
}
