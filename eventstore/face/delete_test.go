package face_test

import (
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

func TestADeletedStreamGoesOnWhereItEnded(t *testing.T) {
	n := start(t, options{})
	last := n.append(t, "s", events("a", "b")...)
	deleted, err := n.DeleteStream(t.Context(), "s", esdb.DeleteStreamOptions{ExpectedRevision: esdb.Revision(1)})
	if err != nil {
		t.Fatal(err)
	}
	if deleted.Position.Commit <= last.CommitPosition || deleted.Position.Prepare != deleted.Position.Commit {
		t.Errorf("deleted at %v, after %d", deleted.Position, last.CommitPosition)
	}
	if again := n.append(t, "s", event("c")); again.NextExpectedVersion != 2 {
		t.Errorf("the stream goes on with revision %d", again.NextExpectedVersion)
	}
	got, err := all(n.ReadStream(t.Context(), "s", esdb.ReadStreamOptions{}, 10))
	if words(got) != "c" || err != nil {
		t.Errorf("the stream says %q, %v", words(got), err)
	}
}

func TestATombstonedStreamIsGoneForEver(t *testing.T) {
	n := start(t, options{})
	for _, stream := range []string{"s", "with\nbreak-ü"} {
		last := n.append(t, stream, event("a"))
		gone, err := n.TombstoneStream(t.Context(), stream,
			esdb.TombstoneStreamOptions{ExpectedRevision: esdb.Revision(0)})
		if err != nil {
			t.Fatal(err)
		}
		if gone.Position.Commit <= last.CommitPosition {
			t.Errorf("deleted at %v, after %d", gone.Position, last.CommitPosition)
		}
		_, err = n.AppendToStream(t.Context(), stream, esdb.AppendToStreamOptions{}, event("b"))
		if codeOf(err) != esdb.ErrorCodeStreamDeleted {
			t.Errorf("an append: %v", err)
		}
		_, err = n.DeleteStream(t.Context(), stream, esdb.DeleteStreamOptions{})
		if codeOf(err) != esdb.ErrorCodeStreamDeleted {
			t.Errorf("a deletion: %v", err)
		}
	}
}

func TestDeletionsTellTheRevisionThatTheyFound(t *testing.T) {
	n := start(t, options{})
	n.append(t, "s", events("a", "b")...)
	client := streams.NewStreamsClient(n.dial(t))
	for _, c := range []struct {
		stream           string
		options          *streams.DeleteReq_Options
		expected, actual string
	}{
		{"s", &streams.DeleteReq_Options{
			ExpectedStreamRevision: &streams.DeleteReq_Options_Revision{Revision: 7}}, "7", "1"},
		{"s", &streams.DeleteReq_Options{
			ExpectedStreamRevision: &streams.DeleteReq_Options_NoStream{NoStream: &shared.Empty{}}}, "-1", "1"},
		{"none", &streams.DeleteReq_Options{
			ExpectedStreamRevision: &streams.DeleteReq_Options_Any{Any: &shared.Empty{}}}, "-2", "-1"},
	} {
		c.options.StreamIdentifier = &shared.StreamIdentifier{StreamName: []byte(c.stream)}
		var got metadata.MD
		_, err := client.Delete(t.Context(), &streams.DeleteReq{Options: c.options}, grpc.Trailer(&got))
		if status.Code(err) != codes.FailedPrecondition {
			t.Errorf("%s: %v", c.stream, err)
		}
		want := metadata.Pairs("exception", "wrong-expected-version", "stream-name", c.stream,
			"expected-version", c.expected, "actual-version", c.actual)
		delete(got, "content-type")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: trailers: %s", c.stream, diff)
		}
	}
	exists := &streams.DeleteReq{Options: &streams.DeleteReq_Options{
		StreamIdentifier:       &shared.StreamIdentifier{StreamName: []byte("s")},
		ExpectedStreamRevision: &streams.DeleteReq_Options_StreamExists{StreamExists: &shared.Empty{}}}}
	if _, err := client.Delete(t.Context(), exists); status.Code(err) != codes.Internal {
		t.Errorf("a deletion that expects an existing stream: %v", err)
	}
	if _, err := client.Delete(t.Context(), &streams.DeleteReq{}); status.Code(err) != codes.InvalidArgument {
		t.Errorf("a deletion that expects nothing: %v", err)
	}
}
