package esdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
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
		err = fmt.Errorf("%w: no answer within %s: %v", eventstore.ErrUnavailable, s.options.CallTimeout, err)
	} else {
		err = s.fault(err)
	}
	if errors.Is(err, eventstore.ErrUnavailable) {
		s.outage.down(err)
	}
	return fmt.Errorf("%s: %w", what, err)
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
func (s *Store) fault(err error) error {
	if errors.Is(err, eventstore.ErrUnusable) || errors.Is(err, eventstore.ErrChanged) {
		return err
	}
	switch codeOf(err) {
	case client.ErrorCodeUnauthenticated:
		return fmt.Errorf("%w: it does not know %s, or not with this password; give both in the connection string, "+
			"esdb://USER:PASSWORD@HOST:2113: %w", eventstore.ErrUnusable, s.user(), err)
	case client.ErrorCodeAccessDenied:
		return fmt.Errorf("%w: %s lacks the right: %w", eventstore.ErrUnusable, s.user(), err)
	case client.ErrorCodeUnsupportedFeature:
		return fmt.Errorf("%w: it does not serve this: %w", eventstore.ErrUnusable, err)
	}
	switch status.Code(err) {
	case codes.ResourceExhausted:
		return fmt.Errorf("%w: %w", eventstore.ErrTooLarge, err)
	case codes.InvalidArgument:
		if most := maximum(err); most > 0 {
			return fmt.Errorf("%w: it takes %d bytes in one append, as its MaxAppendSize says", eventstore.ErrTooLarge, most)
		}
		if says(err, "Maximum Append") || says(err, eventstore.ErrTooLarge.Error()) {
			return fmt.Errorf("%w: %w", eventstore.ErrTooLarge, err)
		}
		return fmt.Errorf("%w: %w", eventstore.ErrInvalid, err)
	}
	return fmt.Errorf("%w: %w", eventstore.ErrUnavailable, err)
}

// user names who the store connects as.
func (s *Store) user() string {
	switch {
	case s.config.Username != "":
		return fmt.Sprintf("the user %q", s.config.Username)
	case s.config.UserCertFile != "":
		return "the user of the certificate " + s.config.UserCertFile
	}
	return "who connects without a user"
}

// says looks for words of EventStoreDB or of our face: the client keeps their other explanations to itself.
func says(err error, words string) bool { return strings.Contains(err.Error(), words) }

var maximumAppend = regexp.MustCompile(`Maximum Append Size of (\d+) Exceeded`)

// maximum returns how much a server takes in one append, as it said when it refused one; 0 where it did not.
func maximum(err error) int {
	said := maximumAppend.FindStringSubmatch(err.Error())
	if said == nil {
		return 0
	}
	most, _ := strconv.Atoi(said[1])
	return most
}

// cutOff tells that an append ended while it was being sent. The client says EOF then, whatever the server said.
func cutOff(err error) bool { return errors.Is(err, io.EOF) }

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
