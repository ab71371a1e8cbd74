package face

import (
	"context"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Read answers events of one stream or of the whole log: a number of them, or, as a subscription, without
// end.
func (s *streamsService) Read(req *streams.ReadReq, call streams.Streams_ReadServer) error {
	o := req.GetOptions()
	wanted, err := newFilter(o.GetFilter())
	if err != nil {
		return err
	}
	src, err := newSource(s.log, o)
	if err != nil {
		return err
	}
	out := answers{call: call, textIDs: o.GetUuidOption().GetString_() != nil}
	if o.GetResolveLinks() {
		out.target = s.target
	}
	backwards := o.GetReadDirection() == streams.ReadReq_Options_Backwards
	switch o.GetCountOption().(type) {
	case *streams.ReadReq_Options_Count:
		err = read(call.Context(), src, backwards, o.GetCount(), wanted, out)
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

// read answers up to count events.
func read(ctx context.Context, src source, backwards bool, count uint64, wanted filter, out answers) error {
	state, err := src.state(ctx)
	if err != nil {
		return err
	}
	if !state.Exists {
		return out.notFound(src.stream)
	}
	place, some := src.first(backwards)
	if !some || count == 0 {
		return nil
	}
	if !backwards {
		place = max(place, state.First)
	}
	for r, err := range src.events(ctx, place, backwards) {
		if err != nil {
			return err
		}
		if src.stream != "" && r.Revision < state.First {
			return nil
		}
		if !wanted.has(r) {
			continue
		}
		if err := out.event(r); err != nil {
			return err
		}
		if count--; count == 0 {
			return nil
		}
	}
	return nil
}
