package esdb

import (
	"context"
	"errors"
	"fmt"
	"strings"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
)

var errBusy = errors.New("too many calls are under way")

// failure puts what went wrong into the words of the contract. What the server decided comes first; then
// why the call was given up (the caller's context, the store's end, the call's own timeout); then faults.
func (s *Store) failure(caller, ctx context.Context, what string, err error) error {
	switch codeOf(err) {
	case client.ErrorCodeWrongExpectedVersion:
		return fmt.Errorf("%s: %w", what, err)
	case client.ErrorCodeStreamDeleted:
		return fmt.Errorf("%s: %w", what, eventstore.ErrDeleted)
	}
	if ended := s.ended(caller, what); ended != nil {
		return ended
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w: no answer within %s: %v", what, eventstore.ErrUnavailable, s.options.CallTimeout, err)
	}
	return fmt.Errorf("%s: %w", what, fault(err))
}

// ended tells why nothing more may be done for a caller: their context ended, or the store was closed. A
// deadline is also unavailability, since the server did not answer in the time that there was.
func (s *Store) ended(caller context.Context, what string) error {
	switch {
	case errors.Is(caller.Err(), context.DeadlineExceeded):
		return fmt.Errorf("%s: %w: %w", what, eventstore.ErrUnavailable, caller.Err())
	case caller.Err() != nil:
		return fmt.Errorf("%s: %w", what, caller.Err())
	case s.life.Err() != nil:
		return fmt.Errorf("%s: %w", what, eventstore.ErrClosed)
	}
	return nil
}

// fault sorts an error of the client or of the wire. What cannot be told counts as unavailability, which
// promises least: trying again may help, and what was being appended may or may not have been.
func fault(err error) error {
	switch codeOf(err) {
	case client.ErrorCodeUnauthenticated, client.ErrorCodeAccessDenied, client.ErrorCodeUnsupportedFeature:
		return err
	}
	switch status.Code(err) {
	case codes.ResourceExhausted:
		return fmt.Errorf("%w: %w", eventstore.ErrTooLarge, err)
	case codes.InvalidArgument:
		if says(err, "Maximum Append") || says(err, eventstore.ErrTooLarge.Error()) {
			return fmt.Errorf("%w: %w", eventstore.ErrTooLarge, err)
		}
		return fmt.Errorf("%w: %w", eventstore.ErrInvalid, err)
	}
	return fmt.Errorf("%w: %w", eventstore.ErrUnavailable, err)
}

// says looks for words of EventStoreDB or of our face: the client keeps their other explanations to itself.
func says(err error, words string) bool { return strings.Contains(err.Error(), words) }

// lost tells that a client is of no use any more. It may come from the wire itself, since the client does
// not put every error into its own words.
func lost(err error) bool {
	return codeOf(err) == client.ErrorCodeConnectionClosed || err != nil && status.Code(err) == codes.Unavailable
}

func codeOf(err error) client.ErrorCode {
	var e *client.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return client.ErrorCodeUnknown
}
