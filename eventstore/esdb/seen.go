package esdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
)

// seen is the newest event of an owned stream that the store appended or read: what a log that went back lacks. Others'
// streams do not count, as their owners may remove what is in them.
type seen struct {
	logger    *slog.Logger
	patience  time.Duration // for how long a new connection may lack the event: a node that lags behind soon has it
	lookEvery time.Duration // a log that lacks it is looked at again

	mu       sync.Mutex
	position eventstore.Position
	id       uuid.UUID
	changed  error // the log that the store is connected to does not have it
	looked   time.Time
}

// lookAgain tells whether it is time to.
func (s *seen) lookAgain() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.looked) < s.lookEvery {
		return false
	}
	s.looked = time.Now()
	return true
}

// note remembers an event if it is newer than the one remembered.
func (s *seen) note(stream string, position eventstore.Position, id uuid.UUID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if position > s.position && s.changed == nil && eventstore.Owned(stream) {
		s.position, s.id = position, id
	}
}

// noteAll remembers the newest of some events.
func (s *seen) noteAll(records []eventstore.Record) {
	if len(records) == 0 {
		return
	}
	s.mu.Lock()
	known := s.position
	s.mu.Unlock()
	for i := len(records) - 1; i >= 0; i-- { // upwards, the last one that is owned is the newest
		if r := records[i]; r.Position > known && eventstore.Owned(r.Stream) {
			s.note(r.Stream, r.Position, r.ID)
			known = r.Position
		}
	}
}

func (s *seen) newest() (eventstore.Position, uuid.UUID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.position, s.id
}

// fault says that the log is not the one that was seen; nil while it is.
func (s *seen) fault() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// judge notes what a look for the newest event came to. It is told once.
func (s *seen) judge(changed error) {
	s.mu.Lock()
	before := s.changed
	s.changed, s.looked = changed, time.Now()
	s.mu.Unlock()
	switch {
	case changed != nil && before == nil:
		s.logger.Error("THE LOG WENT BACK: nothing is appended to it or read on from it. Put the newer log back, or, if this one is "+
			"to be the log from now on, restart and rebuild the tables", "error", changed)
	case changed == nil && before != nil:
		s.logger.Warn("the log that was read before is back")
	}
}

// recognize finds out, on a new connection, whether the log still has the newest event that was seen. A log of which
// nobody may read that much is taken as it is: Check tells.
func (s *Store) recognize(c *connection) error {
	position, id := s.seen.newest()
	if position == 0 {
		return nil
	}
	ctx, cancel := s.alive(c.life, s.seen.patience)
	defer cancel()
	for pause := s.options.BackoffMin; ; pause = min(2*pause, s.options.BackoffMax) {
		found, head, err := look(ctx, c.client, position)
		switch {
		case refuses(err):
			return nil
		case err != nil:
			return fmt.Errorf("look for the newest event that was seen: %w", err)
		case found.ID == id:
			s.seen.judge(nil)
			return nil
		case s.wait(ctx, pause) == nil:
		case s.life.Err() != nil:
			return eventstore.ErrClosed
		case c.life.Err() != nil:
			return errLost
		default:
			s.seen.judge(&eventstore.ChangedError{Position: position, ID: id, Head: head})
			return nil
		}
	}
}

var errLost = errors.New("the connection was lost again")

// unchanged fails with eventstore.ErrChanged while the log is not the one that was seen. It looks again now and then.
func (s *Store) unchanged(ctx context.Context) error {
	if s.seen.fault() == nil || !s.seen.lookAgain() {
		return s.seen.fault()
	}
	position, id := s.seen.newest()
	_, err := call(ctx, s, "look for the newest event that was seen",
		func(ctx context.Context, c *client.Client) (eventstore.Record, error) {
			found, _, err := look(ctx, c, position)
			if err == nil && found.ID == id {
				s.seen.judge(nil)
			}
			return found, err
		})
	if err != nil {
		return err
	}
	return s.seen.fault()
}

// look answers the event at a position, or none, and where the log ends.
func look(ctx context.Context, c *client.Client, at eventstore.Position) (eventstore.Record, eventstore.Position, error) {
	end, err := first(ctx, c, client.ReadAllOptions{Direction: client.Backwards, From: client.End{}})
	if err != nil || end.Position < at {
		return eventstore.Record{}, end.Position, err
	}
	there, err := first(ctx, c, client.ReadAllOptions{From: place(at)})
	if noPlace(err) || err == nil && there.Position != at {
		return eventstore.Record{}, end.Position, nil
	}
	return there, end.Position, err
}

// first answers the first event of a read of the log, or none.
func first(ctx context.Context, c *client.Client, o client.ReadAllOptions) (eventstore.Record, error) {
	stream, err := c.ReadAll(ctx, o, 1)
	if err != nil {
		return eventstore.Record{}, err
	}
	defer stream.Close()
	e, err := stream.Recv()
	if errors.Is(err, io.EOF) {
		return eventstore.Record{}, nil
	}
	if err != nil {
		return eventstore.Record{}, err
	}
	return record(e), nil
}

// noPlace tells that a server could not read from a position, as where no record begins there.
func noPlace(err error) bool {
	said, ours := status.FromError(err)
	if err == nil || !ours {
		return false
	}
	switch said.Code() {
	case codes.Unknown, codes.Internal, codes.InvalidArgument, codes.OutOfRange:
		return true
	}
	return false
}
