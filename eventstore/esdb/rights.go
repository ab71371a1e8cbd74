package esdb

import (
	"context"
	"errors"
	"fmt"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/eventstore"
)

// probed is a stream that Rapport writes to, by which the right to write is tried.
const probed = "business"

// Check finds out whether the server can be used: it is of a version that does, and lets this user read the whole log
// and, unless the store is only read, write. It fails with eventstore.ErrUnusable and what to change, or with
// eventstore.ErrUnavailable where the server cannot be asked yet.
func (s *Store) Check(ctx context.Context, readOnly bool) error {
	const what = "find out whether the event store can be used"
	_, err := call(ctx, s, what, func(ctx context.Context, c *client.Client) (eventstore.Record, error) {
		return first(ctx, c, client.ReadAllOptions{})
	})
	if err != nil || readOnly {
		return s.mayReadAll(err)
	}
	_, err = call(ctx, s, what, func(ctx context.Context, c *client.Client) (struct{}, error) {
		o := client.AppendToStreamOptions{ExpectedRevision: client.Revision(never), Deadline: &s.options.CallTimeout}
		_, err := c.AppendToStream(ctx, probed, o)
		if refuses(err) || lost(err) {
			return struct{}{}, err
		}
		return struct{}{}, nil // it is refused in any case, as it expects what cannot be
	})
	return s.mayWrite(probed, err)
}

// mayWrite says how to give the right to write, where it is missing.
func (s *Store) mayWrite(stream string, err error) error {
	if !errors.Is(err, eventstore.ErrUnusable) || codeOf(err) != client.ErrorCodeAccessDenied {
		return err
	}
	return fmt.Errorf("%w: %s may not write to the stream %s: an administrator gives the right by the default ACL of streams "+
		`(stream $settings: {"$userStreamAcl":{"$r":"rapport","$w":"rapport","$d":"$admins","$mr":"$admins","$mw":"$admins"}}), `+
		"or puts the user into a group that has it (where rapport eventstore serves the log: start it with --for-servers)", eventstore.ErrUnusable, s.user(), stream)
}

// mayReadAll says how to give the right to read the whole log, where it is missing.
func (s *Store) mayReadAll(err error) error {
	if !errors.Is(err, eventstore.ErrUnusable) || codeOf(err) != client.ErrorCodeAccessDenied {
		return err
	}
	return fmt.Errorf("%w: %s may not read $all, from which the tables are made: an administrator gives the right by the metadata "+
		`of $all (stream $$$all: {"$acl":{"$r":["$admins","rapport"]}}), where "rapport" is the user or a group of theirs`,
		eventstore.ErrUnusable, s.user())
}

// mayRead says how to give the right to read a stream, where it is missing.
func (s *Store) mayRead(stream string, err error) error {
	if !errors.Is(err, eventstore.ErrUnusable) || codeOf(err) != client.ErrorCodeAccessDenied {
		return err
	}
	return fmt.Errorf("%w: %s may not read the stream %s: an administrator gives the right by the default ACL of streams "+
		"(stream $settings) or that of the stream", eventstore.ErrUnusable, s.user(), stream)
}
