package face_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore/face"
)

// heard writes down what a subscription tells: words, "!" when it caught up, "~" when it fell behind, and
// [position] for a checkpoint.
type heard struct {
	t   *testing.T
	sub *esdb.Subscription
}

func (h heard) next() string {
	h.t.Helper()
	e := h.sub.Recv()
	switch {
	case e.EventAppeared != nil:
		return words([]*esdb.RecordedEvent{e.EventAppeared.Event})
	case e.CaughtUp != nil:
		return "!"
	case e.FellBehind != nil:
		return "~"
	case e.CheckPointReached != nil:
		return fmt.Sprintf("[%d]", e.CheckPointReached.Commit)
	}
	h.t.Fatalf("the subscription was dropped: %v", e.SubscriptionDropped.Error)
	return ""
}

// hears fails unless the subscription tells just this next.
func (h heard) hears(want string) {
	h.t.Helper()
	got := ""
	for len(got) < len(want) {
		got += h.next()
	}
	if got != want {
		h.t.Fatalf("heard %q, want %q", got, want)
	}
}

func (h heard) ends(with codes.Code) {
	h.t.Helper()
	e := h.sub.Recv()
	if e.SubscriptionDropped == nil || status.Code(e.SubscriptionDropped.Error) != with {
		h.t.Errorf("the subscription tells %+v, want an end with %v", e, with)
	}
}

func (n *node) toStream(t *testing.T, stream string, from esdb.StreamPosition) heard {
	t.Helper()
	sub, err := n.SubscribeToStream(patient(t), stream, esdb.SubscribeToStreamOptions{From: from})
	return started(t, sub, err)
}

func (n *node) toAll(t *testing.T, o esdb.SubscribeToAllOptions) heard {
	t.Helper()
	sub, err := n.SubscribeToAll(patient(t), o)
	return started(t, sub, err)
}

func started(t *testing.T, sub *esdb.Subscription, err error) heard {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if sub.Id() == "" {
		t.Error("the subscription has no id")
	}
	t.Cleanup(func() { _ = sub.Close() })
	return heard{t, sub}
}

// patient ends what ought to have told something long ago.
func patient(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

func TestSubscribeToAStream(t *testing.T) {
	n := start(t, options{})
	n.append(t, "s", events("a", "b", "c", "d", "e")...)
	n.append(t, "other", event("z"))
	subs := map[string]heard{}
	for want, from := range map[string]esdb.StreamPosition{
		"abcde!": esdb.Start{}, "bcde!": esdb.Revision(0), "!": esdb.Revision(4), "!!": esdb.End{}} {
		subs[want] = n.toStream(t, "s", from)
		subs[want].hears(strings.ReplaceAll(want, "!!", "!"))
	}
	n.append(t, "other", event("z"))
	n.append(t, "s", event("f"))
	n.append(t, "s", event("g"))
	for _, sub := range subs {
		sub.hears("fg")
	}
}

// TestSubscribeToAStreamThatIsToCome: as EventStoreDB does, it tells of having caught up once there was something.
func TestSubscribeToAStreamThatIsToCome(t *testing.T) {
	n := start(t, options{})
	for _, from := range []esdb.StreamPosition{esdb.Start{}, esdb.End{}} {
		stream := fmt.Sprintf("s-%T", from)
		sub := n.toStream(t, stream, from)
		n.append(t, stream, event("a"))
		sub.hears("a!")
	}
}

func TestASubscriptionEndsWithItsStream(t *testing.T) {
	n := start(t, options{})
	n.append(t, "s", event("a"))
	sub := n.toStream(t, "s", esdb.Start{})
	sub.hears("a!")
	if _, err := n.TombstoneStream(t.Context(), "s", esdb.TombstoneStreamOptions{}); err != nil {
		t.Fatal(err)
	}
	sub.ends(codes.FailedPrecondition)
	_, err := n.SubscribeToStream(t.Context(), "s", esdb.SubscribeToStreamOptions{})
	if codeOf(err) != esdb.ErrorCodeStreamDeleted {
		t.Errorf("a subscription to what is gone: %v", err)
	}
}

func TestSubscribeToAll(t *testing.T) {
	n := start(t, options{})
	n.append(t, "one", events("a", "b")...)
	c := n.append(t, "two", event("c"))
	n.append(t, "one", event("d"))
	for _, sub := range []struct {
		from esdb.AllPosition
		want string
	}{
		{esdb.Start{}, "abcd!"},
		{esdb.Position{}, "abcd!"},
		{esdb.Position{Commit: c.CommitPosition, Prepare: c.PreparePosition}, "d!"},
		{esdb.End{}, "!"},
	} {
		n.toAll(t, esdb.SubscribeToAllOptions{From: sub.from}).hears(sub.want)
	}
	live := n.toAll(t, esdb.SubscribeToAllOptions{})
	live.hears("!")
	for _, word := range []string{"e", "f", "g"} {
		n.append(t, "three", event(word))
		live.hears(word)
	}
}

func TestALiveSubscriptionIsToldWhenItFallsBehind(t *testing.T) {
	n := start(t, options{Options: face.Options{MayLag: 2}})
	n.append(t, "s", event("x"))
	all := n.toAll(t, esdb.SubscribeToAllOptions{})
	one := n.toStream(t, "s", esdb.Start{})
	all.hears("!")
	one.hears("x!")
	n.append(t, "s", events("a", "b")...)
	all.hears("ab")
	one.hears("ab")
	n.append(t, "s", events("c", "d", "e")...)
	all.hears("cd~e!")
	one.hears("cd~e!")
}

func onStreams(pattern string, prefixes ...string) esdb.SubscriptionFilter {
	return esdb.SubscriptionFilter{Type: esdb.StreamFilterType, Regex: pattern, Prefixes: prefixes}
}

func onTypes(pattern string, prefixes ...string) esdb.SubscriptionFilter {
	return esdb.SubscriptionFilter{Type: esdb.EventFilterType, Regex: pattern, Prefixes: prefixes}
}

func TestFilters(t *testing.T) {
	n := start(t, options{})
	for _, e := range []struct{ stream, kind string }{
		{"customer-1", "customer.registered"}, {"customer-2", "customer.registered"},
		{"calendar", "calendar.day_closed"}, {"customer-1", "customer.moved"}, {"Customer-3", "segment.defined"}} {
		told := event(strings.ToLower(e.stream[len(e.stream)-1:]))
		told.EventType = e.kind
		n.append(t, e.stream, told)
	}
	var none esdb.StreamMetadata
	if _, err := n.SetStreamMetadata(t.Context(), "customer-1", esdb.AppendToStreamOptions{}, none); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		filter esdb.SubscriptionFilter
		want   string
	}{
		"streams by prefix":   {onStreams("", "customer-", "cal"), "12r1"},
		"streams by pattern":  {onStreams("^[Cc]ustomer-[13]$"), "113"},
		"types by prefix":     {onTypes("", "customer."), "121"},
		"types by pattern":    {onTypes("ed$"), "12r13"},
		"types by look-ahead": {onTypes(`^(?!customer\.|\$)`), "r3"},
		"types that repeat":   {onTypes(`([a-z])\1`), ""},
		"no system events":    {*esdb.ExcludeSystemEventsFilter(), "12r13"},
		"nothing that exists": {onTypes("", "x"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			sub := n.toAll(t, esdb.SubscribeToAllOptions{From: esdb.Start{}, Filter: &c.filter})
			got := ""
			for {
				told := sub.next()
				if told == "!" {
					break
				}
				if told[0] != '[' {
					got += told
				}
			}
			if got != c.want {
				t.Errorf("heard %q, want %q", got, c.want)
			}
		})
	}
}

func TestFiltersThatMakeNoSense(t *testing.T) {
	n := start(t, options{})
	for name, o := range map[string]esdb.SubscribeToAllOptions{
		"a pattern that is none": {Filter: &esdb.SubscriptionFilter{Regex: "("}},
		"a look-ahead cut short": {Filter: &esdb.SubscriptionFilter{Regex: "^(?!"}},
	} {
		if _, err := n.SubscribeToAll(t.Context(), o); status.Code(err) != codes.InvalidArgument {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCheckpointsComeAtTheIntervalThatWasAskedFor(t *testing.T) {
	n := start(t, options{})
	at := make([]uint64, 0, 20)
	say := func(stream, word string) { at = append(at, n.append(t, stream, event(word)).CommitPosition) }
	for range 3 {
		say("few", "x")
		say("many", "y")
		say("many", "y")
	}
	sub := n.toAll(t, esdb.SubscribeToAllOptions{From: esdb.Start{}, MaxSearchWindow: 2, CheckpointInterval: 2,
		Filter: &esdb.SubscriptionFilter{Type: esdb.StreamFilterType, Prefixes: []string{"few"}}})
	sub.hears(fmt.Sprintf("xx[%d]x[%d][%d]!", at[3], at[7], at[8]))
	for range 4 {
		say("many", "y")
	}
	sub.hears(fmt.Sprintf("[%d]", at[12]))
	say("few", "z")
	sub.hears("z")
}

func TestCloseEndsSubscriptions(t *testing.T) {
	n := start(t, options{Options: face.Options{Grace: 2 * patience}}) // they need no hurry
	n.append(t, "s", event("a"))
	subs := []heard{n.toAll(t, esdb.SubscribeToAllOptions{From: esdb.Start{}}), n.toStream(t, "s", esdb.Start{})}
	for _, sub := range subs {
		sub.hears("a!")
	}
	n.server.Close()
	for _, sub := range subs {
		sub.ends(codes.Unavailable)
	}
	if err := <-n.served; err != nil {
		t.Errorf("Serve ended with %v", err)
	}
}
