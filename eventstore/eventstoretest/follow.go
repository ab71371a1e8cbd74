package eventstoretest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

var followTests = map[string]func(*testing.T, eventstore.Store){
	"tells that an empty log is caught up": followsEmptyLog,
	"catches up, then goes on live":        followsLive,
	"yields pages of the size asked for":   followsInPages,
	"resumes from any page":                followsFromPages,
	"begins at the head":                   followsFromHead,
	"loses nothing between past and live":  followsThroughWriting,
	"serves many at once":                  followsMany,
	"ends with its context":                followsUntilCancelled,
	"ends when the reader has enough":      followsUntilBreak,
	"ends when the store is closed":        followsUntilClosed,
}

// follower follows in a goroutine, and hands over page by page.
type follower struct {
	t     *testing.T
	pages chan eventstore.Page // closed when following has ended
	err   error                // how it ended
	stop  context.CancelFunc
}

func follow(t *testing.T, store eventstore.Store, after eventstore.Position, max int) *follower {
	ctx, cancel := context.WithCancel(within(t))
	f := &follower{t: t, pages: make(chan eventstore.Page), stop: cancel}
	go func() {
		defer close(f.pages)
		for page, err := range store.Follow(ctx, after, max) {
			if err != nil {
				f.err = err
				return
			}
			select {
			case f.pages <- page:
			case <-ctx.Done():
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		_ = f.end()
	})
	return f
}

func (f *follower) page() eventstore.Page {
	f.t.Helper()
	page, ok := <-f.pages
	if !ok {
		f.t.Fatalf("following ended: %v", f.err)
	}
	return page
}

// end answers how following ended, which it must do by itself.
func (f *follower) end() error {
	for range f.pages { // what was under way
	}
	return f.err
}

// untilCaughtUp collects events up to the notice.
func (f *follower) untilCaughtUp() []eventstore.Record {
	f.t.Helper()
	var records []eventstore.Record
	for {
		p := f.page()
		records = append(records, p.Records...)
		if len(p.Records) == 0 {
			if !p.CaughtUp {
				f.t.Error("an empty page that does not tell that it is caught up")
			}
			return records
		}
	}
}

// events collects that many events.
func (f *follower) events(n int) []eventstore.Record {
	f.t.Helper()
	var records []eventstore.Record
	for len(records) < n {
		records = append(records, f.page().Records...)
	}
	return records
}

func followsEmptyLog(t *testing.T, store eventstore.Store) {
	f := follow(t, store, 0, 10)
	page := f.page()
	if len(page.Records) != 0 || !page.CaughtUp {
		t.Errorf("first page of an empty log: %+v", page)
	}
	events := facts(1)
	mustAppend(t, store, "customer-1", eventstore.NoStream, events)
	same(t, "live", ids(f.events(1)), idsOf(events))
}

func followsLive(t *testing.T, store eventstore.Store) {
	past := facts(25)
	mustAppend(t, store, "customer-1", eventstore.NoStream, past)
	f := follow(t, store, 0, 10)
	same(t, "the past", ids(f.untilCaughtUp()), idsOf(past))
	for i := range 10 { // each is seen before the next is there
		live := facts(2)
		mustAppend(t, store, fmt.Sprintf("customer-%d", i), eventstore.Any, live)
		same(t, "live", ids(f.events(2)), idsOf(live))
	}
}

func followsInPages(t *testing.T, store eventstore.Store) {
	mustAppend(t, store, "customer-1", eventstore.NoStream, facts(25))
	for _, size := range []int{1, 7, 25, 100} {
		f := follow(t, store, 0, size)
		next := eventstore.Position(0)
		seen := 0
		for {
			p := f.page()
			if len(p.Records) == 0 {
				break
			}
			if len(p.Records) > size {
				t.Errorf("a page of %d events, asked for at most %d", len(p.Records), size)
			}
			if p.Records[0].Position <= next || p.Next < p.Records[len(p.Records)-1].Position {
				t.Errorf("the page after %d has positions %d to %d, then goes on after %d", next,
					p.Records[0].Position, p.Records[len(p.Records)-1].Position, p.Next)
			}
			if seen += len(p.Records); p.CaughtUp && seen < 25 {
				t.Errorf("said to be caught up after %d of 25 events", seen)
			}
			next = p.Next
		}
		same(t, "events seen", seen, 25)
		f.stop()
	}
}

func followsFromPages(t *testing.T, store eventstore.Store) {
	events := facts(10)
	mustAppend(t, store, "customer-1", eventstore.NoStream, events)
	f := follow(t, store, 0, 3)
	for seen := 0; seen < 10; {
		p := f.page()
		seen += len(p.Records)
		rest := follow(t, store, p.Next, 100).untilCaughtUp()
		same(t, fmt.Sprintf("after page at %d", p.Next), ids(rest), slices.Clone(idsOf(events)[seen:]))
	}
}

func followsFromHead(t *testing.T, store eventstore.Store) {
	head := mustAppend(t, store, "customer-1", eventstore.NoStream, facts(5)).Position
	f := follow(t, store, head, 10)
	same(t, "the past", len(f.untilCaughtUp()), 0)
	live := facts(1)
	mustAppend(t, store, "customer-1", eventstore.Any, live)
	same(t, "live", ids(f.events(1)), idsOf(live))
}

func followsThroughWriting(t *testing.T, store eventstore.Store) {
	const writers, appends = 4, 25
	ctx := within(t)
	early := follow(t, store, 0, 7)
	written := make(chan []error)
	go func() {
		written <- concurrently(writers, func(i int) (err error) {
			for range appends {
				_, failed := store.Append(ctx, fmt.Sprintf("customer-%d", i), eventstore.Any, facts(2))
				err = errors.Join(err, failed)
			}
			return err
		})
	}()
	begun := early.events(10)
	late := follow(t, store, 0, 50)
	seen := ids(append(begun, early.events(writers*appends*2-len(begun))...))
	same(t, "events that the late follower saw", ids(late.events(writers*appends*2)), seen)
	if err := errors.Join(<-written...); err != nil {
		t.Error(err)
	}
	same(t, "the log", ids(collect(t, store.ReadAll(ctx, 0))), seen)
}

func followsMany(t *testing.T, store eventstore.Store) {
	past := facts(3)
	mustAppend(t, store, "customer-1", eventstore.NoStream, past)
	followers := make([]*follower, 20)
	for i := range followers {
		followers[i] = follow(t, store, 0, 2)
		same(t, "the past", ids(followers[i].untilCaughtUp()), idsOf(past))
	}
	var want, got [][]uuid.UUID
	live := facts(1)
	mustAppend(t, store, "customer-1", eventstore.Any, live)
	for _, f := range followers {
		want, got = append(want, idsOf(live)), append(got, ids(f.events(1)))
	}
	same(t, "live", got, want)
}

func followsUntilCancelled(t *testing.T, store eventstore.Store) {
	mustAppend(t, store, "customer-1", eventstore.NoStream, facts(1))
	f := follow(t, store, 0, 10)
	f.untilCaughtUp()
	f.stop()
	if err := f.end(); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

func followsUntilBreak(t *testing.T, store eventstore.Store) {
	events := facts(10)
	mustAppend(t, store, "customer-1", eventstore.NoStream, events)
	var seen []uuid.UUID
	for page, err := range store.Follow(within(t), 0, 3) {
		if err != nil {
			t.Fatal(err)
		}
		if seen = append(seen, ids(page.Records)...); len(seen) >= 3 {
			break
		}
	}
	same(t, "events seen", seen, idsOf(events)[:len(seen)])
}

func followsUntilClosed(t *testing.T, store eventstore.Store) {
	f := follow(t, store, 0, 10)
	f.untilCaughtUp()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.end(); !errors.Is(err, eventstore.ErrClosed) {
		t.Errorf("ended with %v, want ErrClosed", err)
	}
}
