package face

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strconv"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// refuse makes of an error what clients understand: a status and, where they look for more, trailers.
func (s *streamsService) refuse(ctx context.Context, stream string, err error) error {
	if _, ours := status.FromError(err); ours {
		return err
	}
	switch {
	case errors.Is(err, errClosing), errors.Is(err, eventstore.ErrClosed),
		errors.Is(err, eventstore.ErrUnavailable):
		return status.Error(codes.Unavailable, err.Error())
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return status.FromContextError(err).Err()
	case errors.Is(err, eventstore.ErrDeleted):
		return explained(ctx, codes.FailedPrecondition, err.Error(), "stream-deleted",
			"stream-name", printable(stream))
	case errors.Is(err, eventstore.ErrTooLarge):
		return explained(ctx, codes.InvalidArgument, err.Error(), "maximum-append-size-exceeded",
			"maximum-append-size", strconv.Itoa(eventstore.MaxAppendBytes))
	case errors.Is(err, eventstore.ErrInvalid):
		return status.Error(codes.InvalidArgument, err.Error())
	}
	s.logger.ErrorContext(ctx, "the event store failed", slog.String("stream", stream), slog.Any("error", err))
	return status.Error(codes.Internal, "the event store failed; its log tells why")
}

// wrongRevision refuses a deletion. The numbers are EventStoreDB's, which has negative ones for the
// expectations and for no stream.
func wrongRevision(ctx context.Context, stream string, expected eventstore.Expected,
	current embedded.StreamState) error {
	const noStream, anyRevision, streamExists = "-1", "-2", "-4"
	wanted, actual := strconv.FormatInt(int64(expected), 10), noStream
	switch expected {
	case eventstore.NoStream:
		wanted = noStream
	case eventstore.Any:
		wanted = anyRevision
	case eventstore.StreamExists:
		wanted = streamExists
	}
	if current.Begun {
		actual = strconv.FormatUint(current.Last, 10)
	}
	return explained(ctx, codes.FailedPrecondition,
		"stream "+stream+" is at revision "+actual+", expected "+wanted, "wrong-expected-version",
		"stream-name", printable(stream), "expected-version", wanted, "actual-version", actual)
}

// explained is a status with trailers that name the exception and its particulars, keys and values in turn.
func explained(ctx context.Context, code codes.Code, text, exception string, particulars ...string) error {
	trailers := metadata.Pairs(append([]string{"exception", exception}, particulars...)...)
	if err := grpc.SetTrailer(ctx, trailers); err != nil {
		return err
	}
	return status.Error(code, text)
}

// printable answers a stream's name as it may stand in a trailer, which holds printable ASCII only.
func printable(stream string) string {
	if strings.ContainsFunc(stream, func(r rune) bool { return r < ' ' || r > '~' }) {
		return url.PathEscape(stream)
	}
	return stream
}
