package face_test

import (
	"io"
	"math"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func TestReadStreamFromAnywhere(t *testing.T) {
	n := start(t, options{})
	n.append(t, "s", events("a", "b", "c", "d", "e", "f", "g")...)
	n.append(t, "other", event("z"))
	for _, c := range []struct {
		direction esdb.Direction
		from      esdb.StreamPosition
		count     uint64
		want      string
	}{
		{esdb.Forwards, esdb.Start{}, 100, "abcdefg"},
		{esdb.Forwards, esdb.Start{}, 3, "abc"},
		{esdb.Forwards, esdb.Start{}, 0, ""},
		{esdb.Forwards, esdb.Revision(2), 4, "cdef"},
		{esdb.Forwards, esdb.Revision(6), math.MaxUint64, "g"},
		{esdb.Forwards, esdb.Revision(7), 10, ""},
		{esdb.Forwards, esdb.End{}, 10, ""},
		{esdb.Backwards, esdb.End{}, math.MaxUint64, "gfedcba"},
		{esdb.Backwards, esdb.End{}, 2, "gf"},
		{esdb.Backwards, esdb.Revision(3), 3, "dcb"},
		{esdb.Backwards, esdb.Revision(100), 1, "g"},
		{esdb.Backwards, esdb.Start{}, 10, "a"},
	} {
		got, err := all(n.ReadStream(t.Context(), "s",
			esdb.ReadStreamOptions{Direction: c.direction, From: c.from}, c.count))
		if words(got) != c.want || err != nil {
			t.Errorf("%d from %v, direction %d: %q, %v; want %q", c.count, c.from, c.direction, words(got), err, c.want)
		}
	}
}

func TestReadAllFromAnywhere(t *testing.T) {
	n := start(t, options{})
	n.append(t, "one", events("a", "b")...)
	n.append(t, "two", events("c")...)
	n.append(t, "one", events("d", "e")...)
	log, err := all(n.ReadAll(t.Context(), esdb.ReadAllOptions{}, math.MaxUint64))
	if words(log) != "abcde" || err != nil {
		t.Fatalf("the log says %q, %v", words(log), err)
	}
	c := log[2].Position
	for _, test := range []struct {
		direction esdb.Direction
		from      esdb.AllPosition
		count     uint64
		want      string
	}{
		{esdb.Forwards, esdb.Start{}, 3, "abc"},
		{esdb.Forwards, c, 2, "cd"},
		{esdb.Forwards, esdb.Position{Commit: c.Commit + 1, Prepare: c.Commit + 1}, 100, "de"},
		{esdb.Forwards, esdb.End{}, 100, ""},
		{esdb.Backwards, esdb.End{}, 100, "edcba"},
		{esdb.Backwards, esdb.End{}, 2, "ed"},
		{esdb.Backwards, c, 100, "ba"},
		{esdb.Backwards, log[0].Position, 100, ""},
		{esdb.Backwards, esdb.Position{}, 100, ""},
		{esdb.Backwards, esdb.Start{}, 100, ""},
		{esdb.Backwards, esdb.Position{Commit: math.MaxUint64, Prepare: math.MaxUint64}, 1, "e"},
	} {
		got, err := all(n.ReadAll(t.Context(),
			esdb.ReadAllOptions{Direction: test.direction, From: test.from}, test.count))
		if words(got) != test.want || err != nil {
			t.Errorf("%d from %v, direction %d: %q, %v; want %q", test.count, test.from, test.direction, words(got), err,
				test.want)
		}
	}
}

func TestReadAnswersTheWholeEvent(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 30, 0, 123_456_000, time.UTC)
	n := start(t, options{now: func() time.Time { return at }})
	for _, sent := range []esdb.EventData{
		{EventID: uuid.New(), EventType: "said", ContentType: esdb.ContentTypeJson, Data: []byte(`{"a":1}`),
			Metadata: []byte(`{"b":2}`)},
		{EventID: uuid.New(), EventType: "looks like JSON", ContentType: esdb.ContentTypeBinary, Data: []byte(`{"a":1}`)},
		{EventID: uuid.New(), EventType: "should be JSON", ContentType: esdb.ContentTypeJson, Data: []byte(`{"a":`)},
		{EventID: uuid.New(), EventType: "drawn", ContentType: esdb.ContentTypeBinary, Data: []byte{0xff, 0},
			Metadata: []byte{0xfe}},
	} {
		stream := "s-" + sent.EventType + "-ü"
		where := n.append(t, stream, sent)
		contentType := map[esdb.ContentType]string{esdb.ContentTypeJson: "application/json",
			esdb.ContentTypeBinary: "application/octet-stream"}[sent.ContentType]
		want := []*esdb.RecordedEvent{{EventID: sent.EventID, EventType: sent.EventType, ContentType: contentType,
			StreamID: stream, Position: esdb.Position{Commit: where.CommitPosition, Prepare: where.PreparePosition},
			CreatedDate: at, Data: sent.Data, UserMetadata: sent.Metadata,
			SystemMetadata: map[string]string{"type": sent.EventType, "content-type": contentType,
				"created": "17723682001234560"}}}
		got, err := all(n.ReadStream(t.Context(), stream, esdb.ReadStreamOptions{}, 1))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestReadTellsWhatIsNotThere(t *testing.T) {
	n := start(t, options{})
	n.append(t, "deleted", event("a"))
	n.append(t, "tombstoned", event("a"))
	if _, err := n.DeleteStream(t.Context(), "deleted", esdb.DeleteStreamOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := n.TombstoneStream(t.Context(), "tombstoned", esdb.TombstoneStreamOptions{}); err != nil {
		t.Fatal(err)
	}
	for stream, want := range map[string]esdb.ErrorCode{
		"never there": esdb.ErrorCodeResourceNotFound,
		"deleted":     esdb.ErrorCodeResourceNotFound,
		"tombstoned":  esdb.ErrorCodeStreamDeleted,
	} {
		for _, direction := range []esdb.Direction{esdb.Forwards, esdb.Backwards} {
			_, err := all(n.ReadStream(t.Context(), stream,
				esdb.ReadStreamOptions{Direction: direction, From: esdb.End{}}, 1))
			if codeOf(err) != want {
				t.Errorf("%s: %v", stream, err)
			}
		}
	}
}

func TestReadAsOtherClientsDo(t *testing.T) {
	n := start(t, options{})
	sent := events("a", "b", "c", "d")
	sent[1].EventType, sent[3].EventType = "sung", "sung"
	sent[1].EventID = uuid.New()
	n.append(t, "s", sent...)
	got := n.rawRead(t, &streams.ReadReq_Options{
		StreamOption: &streams.ReadReq_Options_All{All: &streams.ReadReq_Options_AllOptions{
			AllOption: &streams.ReadReq_Options_AllOptions_End{End: &shared.Empty{}}}},
		ReadDirection: streams.ReadReq_Options_Backwards,
		CountOption:   &streams.ReadReq_Options_Count{Count: 2},
		FilterOption: &streams.ReadReq_Options_Filter{Filter: &streams.ReadReq_Options_FilterOptions{
			Filter: &streams.ReadReq_Options_FilterOptions_EventType{
				EventType: &streams.ReadReq_Options_FilterOptions_Expression{Prefix: []string{"su"}}},
			Window:                       &streams.ReadReq_Options_FilterOptions_Count{Count: &shared.Empty{}},
			CheckpointIntervalMultiplier: 1}},
		UuidOption: &streams.ReadReq_Options_UUIDOption{
			Content: &streams.ReadReq_Options_UUIDOption_String_{String_: &shared.Empty{}}},
	})
	if len(got) != 2 {
		t.Fatalf("%d answers, want d and b", len(got))
	}
	b := got[1].GetEvent().GetEvent()
	if string(b.GetData()) != `"b"` || b.GetId().GetString_() != sent[1].EventID.String() {
		t.Errorf("the last answer is %s, with the id %v", b.GetData(), b.GetId())
	}
}

func TestReadRefusesWhatIsNotTheProtocol(t *testing.T) {
	n := start(t, options{})
	count := &streams.ReadReq_Options_Count{Count: 1}
	whole := &streams.ReadReq_Options_All{All: &streams.ReadReq_Options_AllOptions{
		AllOption: &streams.ReadReq_Options_AllOptions_Start{Start: &shared.Empty{}}}}
	named := &shared.StreamIdentifier{StreamName: []byte("s")}
	filtered := func(f *streams.ReadReq_Options_FilterOptions) *streams.ReadReq_Options {
		return &streams.ReadReq_Options{StreamOption: whole, CountOption: count,
			FilterOption: &streams.ReadReq_Options_Filter{Filter: f}}
	}
	sure := &streams.ReadReq_Options_FilterOptions_EventType{
		EventType: &streams.ReadReq_Options_FilterOptions_Expression{Regex: "a"}}
	for name, o := range map[string]*streams.ReadReq_Options{
		"nothing said":        nil,
		"no count":            {StreamOption: whole},
		"neither stream, all": {CountOption: count},
		"a stream without name": {CountOption: count,
			StreamOption: &streams.ReadReq_Options_Stream{Stream: &streams.ReadReq_Options_StreamOptions{}}},
		"a stream from nowhere": {CountOption: count, StreamOption: &streams.ReadReq_Options_Stream{
			Stream: &streams.ReadReq_Options_StreamOptions{StreamIdentifier: named}}},
		"the log from nowhere": {CountOption: count,
			StreamOption: &streams.ReadReq_Options_All{All: &streams.ReadReq_Options_AllOptions{}}},
		"a subscription backwards": {StreamOption: whole, ReadDirection: streams.ReadReq_Options_Backwards,
			CountOption: &streams.ReadReq_Options_Subscription{}},
		"a filter of nothing": filtered(&streams.ReadReq_Options_FilterOptions{CheckpointIntervalMultiplier: 1}),
		"a window of nothing": filtered(&streams.ReadReq_Options_FilterOptions{Filter: sure,
			Window: &streams.ReadReq_Options_FilterOptions_Max{}, CheckpointIntervalMultiplier: 1}),
		"no checkpoint interval": filtered(&streams.ReadReq_Options_FilterOptions{Filter: sure}),
	} {
		t.Run(name, func(t *testing.T) {
			read, err := streams.NewStreamsClient(n.dial(t)).Read(t.Context(), &streams.ReadReq{Options: o})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := read.Recv(); status.Code(err) != codes.InvalidArgument {
				t.Errorf("answered %v", err)
			}
		})
	}
}

// rawRead reads past the official client.
func (n *node) rawRead(t *testing.T, o *streams.ReadReq_Options) (answers []*streams.ReadResp) {
	t.Helper()
	read, err := streams.NewStreamsClient(n.dial(t)).Read(t.Context(), &streams.ReadReq{Options: o})
	for err == nil {
		var answer *streams.ReadResp
		if answer, err = read.Recv(); err == nil {
			answers = append(answers, answer)
		}
	}
	if err != io.EOF {
		t.Fatal(err)
	}
	return answers
}
