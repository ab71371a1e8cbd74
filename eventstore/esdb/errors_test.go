package esdb

import (
	"errors"
	"io"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
)

func TestFaultsAreSorted(t *testing.T) {
	var s Store
	for _, c := range []struct {
		err  error
		want error
		lost bool
	}{
		{status.Error(codes.Unavailable, "connection refused"), eventstore.ErrUnavailable, true},
		{status.Error(codes.Internal, "the stream was reset"), eventstore.ErrUnavailable, false},
		{status.Error(codes.Aborted, "timed out"), eventstore.ErrUnavailable, false},
		{io.EOF, eventstore.ErrUnavailable, false}, // what the client makes of a connection that ends while it sends
		{status.Error(codes.InvalidArgument, "Maximum Append Size of 1048576 Exceeded."), eventstore.ErrTooLarge, false},
		{status.Error(codes.InvalidArgument, "6 MiB: too large for the event store"), eventstore.ErrTooLarge, false},
		{status.Error(codes.ResourceExhausted, "message larger than max"), eventstore.ErrTooLarge, false},
		{status.Error(codes.InvalidArgument, "bad stream name"), eventstore.ErrInvalid, false},
	} {
		if got := s.fault(c.err); !errors.Is(got, c.want) || lost(c.err) != c.lost {
			t.Errorf("%v is sorted as %v, lost: %t", c.err, got, lost(c.err))
		}
	}
}
