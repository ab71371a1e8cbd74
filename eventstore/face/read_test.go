package face_test

import (
	"math"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
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
