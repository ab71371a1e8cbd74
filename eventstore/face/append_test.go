package face_test

import (
	"bytes"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
)

func TestAppendHoldsTheClientToWhatItExpects(t *testing.T) {
	n := start(t, options{})
	for name, c := range map[string]struct {
		existing []string
		expected esdb.ExpectedRevision
		revision uint64
		refused  string
	}{
		"any, of a new stream":              {nil, esdb.Any{}, 0, ""},
		"any, of an old stream":             {[]string{"a", "b"}, esdb.Any{}, 2, ""},
		"no stream, rightly":                {nil, esdb.NoStream{}, 0, ""},
		"no stream, wrongly":                {[]string{"a"}, esdb.NoStream{}, 0, "'no_stream' but got '0'"},
		"an existing stream, rightly":       {[]string{"a"}, esdb.StreamExists{}, 1, ""},
		"an existing stream, wrongly":       {nil, esdb.StreamExists{}, 0, "'stream_exists' but got 'no_stream'"},
		"a revision, rightly":               {[]string{"a", "b"}, esdb.Revision(1), 2, ""},
		"a revision that is past":           {[]string{"a", "b", "c"}, esdb.Revision(1), 0, "'1' but got '2'"},
		"a revision that is to come":        {[]string{"a"}, esdb.Revision(7), 0, "'7' but got '0'"},
		"a revision of a stream that isn't": {nil, esdb.Revision(0), 0, "'0' but got 'no_stream'"},
	} {
		t.Run(name, func(t *testing.T) {
			before := uint64(0)
			if len(c.existing) > 0 {
				before = n.append(t, name, events(c.existing...)...).CommitPosition
			}
			got, err := n.AppendToStream(t.Context(), name,
				esdb.AppendToStreamOptions{ExpectedRevision: c.expected}, event("x"))
			if c.refused != "" {
				if codeOf(err) != esdb.ErrorCodeWrongExpectedVersion || !strings.Contains(err.Error(), c.refused) {
					t.Fatalf("got %v, want a refusal: %s", err, c.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got.NextExpectedVersion != c.revision {
				t.Errorf("revision %d, want %d", got.NextExpectedVersion, c.revision)
			}
			if got.CommitPosition <= before || got.PreparePosition != got.CommitPosition {
				t.Errorf("position %d/%d, want one beyond %d", got.CommitPosition, got.PreparePosition, before)
			}
		})
	}
}

func TestAppendRepeatedAnswersAsTheFirstTime(t *testing.T) {
	n := start(t, options{})
	twice := events("a", "b")
	for i := range twice {
		twice[i].EventID = uuid.New()
	}
	for _, expected := range []esdb.ExpectedRevision{esdb.NoStream{}, esdb.Any{}} {
		o := esdb.AppendToStreamOptions{ExpectedRevision: expected}
		first, err := n.AppendToStream(t.Context(), "s", o, twice...)
		if err != nil {
			t.Fatal(err)
		}
		n.append(t, "other", event("between"))
		second, err := n.AppendToStream(t.Context(), "s", o, twice...)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("expecting %T, another answer: %s", expected, diff)
		}
	}
	got, err := all(n.ReadStream(t.Context(), "s", esdb.ReadStreamOptions{}, 10))
	if words(got) != "ab" || err != nil {
		t.Errorf("the stream says %q, %v", words(got), err)
	}
}

func TestAppendTakesWhatFitsAndRefusesTheRest(t *testing.T) {
	n := start(t, options{})
	sized := func(size int) esdb.EventData {
		return esdb.EventData{EventType: "said", Data: bytes.Repeat([]byte("1"), size)}
	}
	many := func(count int, e esdb.EventData) (out []esdb.EventData) {
		for range count {
			out = append(out, e)
		}
		return out
	}
	for name, c := range map[string]struct {
		stream string
		events []esdb.EventData
		want   codes.Code
	}{
		"the largest event":      {"s", many(1, sized(eventstore.MaxEventBytes)), codes.OK},
		"too large an event":     {"s", many(1, sized(eventstore.MaxEventBytes+1)), codes.InvalidArgument},
		"far too large an event": {"s", many(1, sized(2*eventstore.MaxAppendBytes)), codes.ResourceExhausted},
		"the largest append":     {"s", many(4, sized(eventstore.MaxAppendBytes/4)), codes.OK},
		"too large an append":    {"s", many(5, sized(eventstore.MaxAppendBytes/4)), codes.InvalidArgument},
		"too many events":        {"s", many(eventstore.MaxAppend+1, event("x")), codes.InvalidArgument},
		"no event":               {"s", nil, codes.OK},
		"an event without type":  {"s", []esdb.EventData{{Data: []byte("1")}}, codes.InvalidArgument},
		"a stream without name":  {"", events("x"), codes.InvalidArgument},
		"a name too long": {strings.Repeat("s", eventstore.MaxStreamName+1), events("x"),
			codes.InvalidArgument},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := n.AppendToStream(t.Context(), c.stream, esdb.AppendToStreamOptions{}, c.events...)
			if status.Code(err) != c.want {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// TestAppendOfNothingTellsWhetherTheStreamIsAsExpected, and writes nothing.
func TestAppendOfNothingTellsWhetherTheStreamIsAsExpected(t *testing.T) {
	n := start(t, options{})
	n.append(t, "two", events("a", "b")...)
	n.append(t, "gone", event("c"))
	if _, err := n.TombstoneStream(t.Context(), "gone", esdb.TombstoneStreamOptions{}); err != nil {
		t.Fatal(err)
	}
	const none, wrong, deleted = 0, esdb.ErrorCodeWrongExpectedVersion, esdb.ErrorCodeStreamDeleted
	for _, c := range []struct {
		stream   string
		expected esdb.ExpectedRevision
		want     esdb.ErrorCode
	}{
		{"new", esdb.Any{}, none}, {"new", esdb.NoStream{}, none},
		{"new", esdb.StreamExists{}, wrong}, {"new", esdb.Revision(0), wrong},
		{"two", esdb.Any{}, none}, {"two", esdb.StreamExists{}, none}, {"two", esdb.Revision(1), none},
		{"two", esdb.NoStream{}, wrong}, {"two", esdb.Revision(0), wrong}, {"two", esdb.Revision(2), wrong},
		{"gone", esdb.Any{}, deleted},
	} {
		got, err := n.AppendToStream(t.Context(), c.stream, esdb.AppendToStreamOptions{ExpectedRevision: c.expected})
		if err == nil && (c.want != none || c.stream == "two" && got.NextExpectedVersion != 1) ||
			err != nil && codeOf(err) != c.want {
			t.Errorf("%s, expecting %v: %v, %v", c.stream, c.expected, got, err)
		}
	}
	if got, err := all(n.ReadStream(t.Context(), "new", esdb.ReadStreamOptions{}, 10)); codeOf(err) !=
		esdb.ErrorCodeResourceNotFound {
		t.Errorf("what was appended nothing to: %v, %v", got, err)
	}
}

func TestAppendRefusesWhatIsNotTheProtocol(t *testing.T) {
	n := start(t, options{})
	client := streams.NewStreamsClient(n.dial(t))
	named := &shared.StreamIdentifier{StreamName: []byte("s")}
	header := &streams.AppendReq{Content: &streams.AppendReq_Options_{Options: &streams.AppendReq_Options{
		StreamIdentifier:       named,
		ExpectedStreamRevision: &streams.AppendReq_Options_Any{Any: &shared.Empty{}}}}}
	proposed := func(id string) *streams.AppendReq {
		return &streams.AppendReq{Content: &streams.AppendReq_ProposedMessage_{
			ProposedMessage: &streams.AppendReq_ProposedMessage{
				Id:       &shared.UUID{Value: &shared.UUID_String_{String_: id}},
				Metadata: map[string]string{"type": "said"}}}}
	}
	good := proposed(uuid.NewString())
	for name, messages := range map[string][]*streams.AppendReq{
		"nothing said": {{}, good},
		"no expected revision": {{Content: &streams.AppendReq_Options_{
			Options: &streams.AppendReq_Options{StreamIdentifier: named}}}, good},
		"an impossible revision": {{Content: &streams.AppendReq_Options_{Options: &streams.AppendReq_Options{
			StreamIdentifier:       named,
			ExpectedStreamRevision: &streams.AppendReq_Options_Revision{Revision: math.MaxUint64}}}}, good},
		"options twice":      {header, header, good},
		"an id that is none": {header, proposed("seven")},
	} {
		t.Run(name, func(t *testing.T) {
			call, err := client.Append(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range messages {
				if err := call.Send(m); err != nil && err != io.EOF { // EOF: it was refused already
					t.Fatal(err)
				}
			}
			if _, err := call.CloseAndRecv(); status.Code(err) != codes.InvalidArgument {
				t.Errorf("answered %v", err)
			}
		})
	}
}
