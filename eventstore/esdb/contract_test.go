package esdb

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/eventstoretest"
)

// The contract runs against the face of the embedded log: once with a log for each test, once with one log for
// all. RAPPORT_TEST_ESDB may name a real server by its connection string, to run against that in place of the
// latter.
func TestContract(t *testing.T) {
	t.Run("log of one's own", func(t *testing.T) {
		eventstoretest.Test(t, func(t *testing.T) eventstore.Store {
			_, address := serve(t)
			return open(t, address, Options{})
		})
	})
	_, address := serve(t)
	server := cmp.Or(os.Getenv("RAPPORT_TEST_ESDB"), "esdb://"+address+"?tls=false")
	t.Run("shared log", func(t *testing.T) {
		eventstoretest.Test(t, func(t *testing.T) eventstore.Store { return newTenant(t, dial(t, server, Options{})) })
	})
}

// tenant is a part of a log that others use as well: it sees the streams that it wrote, and nothing else. So a
// test that wants an empty log can have one on a server that it cannot empty.
type tenant struct {
	*Store
	name   string
	origin eventstore.Position // there is nothing of the tenant's up to here

	mu      sync.Mutex
	streams map[string]string // by the name that the server knows
}

func newTenant(t *testing.T, s *Store) *tenant {
	t.Helper()
	origin, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &tenant{Store: s, name: uuid.NewString(), origin: origin, streams: map[string]string{}}
}

// on answers the server's name for a stream, which may be as long as ever allowed.
func (n *tenant) on(stream string) string {
	about, described := strings.CutPrefix(stream, "$$")
	known := n.name + uuid.NewSHA1(uuid.Nil, []byte(about)).String()
	if described {
		return "$$" + known
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.streams[known] = stream
	return known
}

// own tells whether a record is the tenant's, and gives its stream the name that it had.
func (n *tenant) own(r *eventstore.Record) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	stream, own := n.streams[r.Stream]
	r.Stream = stream
	return own
}

func (n *tenant) only(records iter.Seq2[eventstore.Record, error]) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for r, err := range records {
			if (err != nil || n.own(&r)) && !yield(r, err) {
				return
			}
		}
	}
}

func (n *tenant) Append(ctx context.Context, stream string, expected eventstore.Expected,
	events []eventstore.Proposed) (eventstore.Appended, error) {
	if err := eventstore.Check(stream, expected, events); err != nil {
		return eventstore.Appended{}, err
	}
	a, err := n.Store.Append(ctx, n.on(stream), expected, events)
	var wrong *eventstore.WrongRevisionError
	if errors.As(err, &wrong) {
		wrong.Stream = stream
	}
	return a, err
}

func (n *tenant) AppendAll(ctx context.Context, writes []eventstore.Write) ([]eventstore.Appended, error) {
	own := slices.Clone(writes)
	for i := range own {
		own[i].Stream = n.on(own[i].Stream)
	}
	return n.Store.AppendAll(ctx, own)
}

func (n *tenant) ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	return n.only(n.Store.ReadStream(ctx, n.on(stream), from))
}

func (n *tenant) ReadStreamBackwards(ctx context.Context, stream string,
	from uint64) iter.Seq2[eventstore.Record, error] {
	return n.only(n.Store.ReadStreamBackwards(ctx, n.on(stream), from))
}

func (n *tenant) ReadAll(ctx context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	return n.only(n.Store.ReadAll(ctx, max(after, n.origin)))
}

func (n *tenant) Follow(ctx context.Context, after eventstore.Position,
	most int) iter.Seq2[eventstore.Page, error] {
	return func(yield func(eventstore.Page, error) bool) {
		for page, err := range n.Store.Follow(ctx, max(after, n.origin), most) {
			notice := len(page.Records) == 0
			page.Records = slices.DeleteFunc(page.Records, func(r eventstore.Record) bool { return !n.own(&r) })
			for i := range page.Records {
				n.own(&page.Records[i])
			}
			if (err != nil || notice || len(page.Records) > 0) && !yield(page, err) {
				return
			}
		}
	}
}

// Head cannot tell whose event the server's newest is. That it is the server's is tested on a log of one's own.
func (n *tenant) Head(ctx context.Context) (eventstore.Position, error) {
	head, err := n.Store.Head(ctx)
	if err != nil {
		return 0, err
	}
	newest := eventstore.Position(0)
	for r, err := range n.ReadAll(ctx, 0) {
		if err != nil {
			return 0, err
		}
		newest = r.Position
	}
	return min(head, newest), nil
}

func (n *tenant) Distance(ctx context.Context, after eventstore.Position, limit int) (int, error) {
	count := 0
	for _, err := range n.ReadAll(ctx, after) {
		if err != nil {
			return 0, err
		}
		if count++; count == limit {
			break
		}
	}
	return count, nil
}

func (n *tenant) At(ctx context.Context, position eventstore.Position) (eventstore.Record, error) {
	r, err := n.Store.At(ctx, position)
	if err == nil && !n.own(&r) {
		return eventstore.Record{}, eventstore.ErrMissing
	}
	return r, err
}

func (n *tenant) Curtailed(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for stream, err := range n.Store.Curtailed(ctx) {
			r := eventstore.Record{Stream: stream}
			if (err != nil || n.own(&r)) && !yield(r.Stream, err) {
				return
			}
		}
	}
}
