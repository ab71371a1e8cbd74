package face_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/go-cmp/cmp"
)

func TestStreamMetadataDecidesWhatAStreamShows(t *testing.T) {
	var clock atomic.Int64
	now := func() time.Time { return time.Unix(1_800_000_000+clock.Load(), 0) }
	n := start(t, options{now: now})
	for name, c := range map[string]struct {
		metadata func(*esdb.StreamMetadata)
		want     string
	}{
		"max count":       {func(m *esdb.StreamMetadata) { m.SetMaxCount(2) }, "de"},
		"truncate before": {func(m *esdb.StreamMetadata) { m.SetTruncateBefore(1) }, "bcde"},
		"max age":         {func(m *esdb.StreamMetadata) { m.SetMaxAge(90 * time.Second) }, "cde"},
		"all of them": {func(m *esdb.StreamMetadata) {
			m.SetMaxCount(4)
			m.SetTruncateBefore(2)
			m.SetMaxAge(30 * time.Second)
		}, "e"},
		"none": {func(*esdb.StreamMetadata) {}, "abcde"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, word := range []string{"a", "b", "c", "d", "e"} {
				clock.Add(40)
				n.append(t, name, event(word))
			}
			var set esdb.StreamMetadata
			c.metadata(&set)
			set.AddCustomProperty("owner", "sales")
			for _, m := range []esdb.StreamMetadata{{}, set} {
				if _, err := n.SetStreamMetadata(t.Context(), name, esdb.AppendToStreamOptions{}, m); err != nil {
					t.Fatal(err)
				}
			}
			got, err := n.GetStreamMetadata(t.Context(), name, esdb.ReadStreamOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(set, *got, cmp.AllowUnexported(esdb.StreamMetadata{})); diff != "" {
				t.Errorf("the metadata that was set last: %s", diff)
			}
			shown, err := all(n.ReadStream(t.Context(), name, esdb.ReadStreamOptions{}, 100))
			if words(shown) != c.want || err != nil {
				t.Errorf("the stream says %q, %v; want %q", words(shown), err, c.want)
			}
		})
	}
}

func TestAStreamWithoutMetadata(t *testing.T) {
	n := start(t, options{})
	n.append(t, "s", event("a"))
	_, err := n.GetStreamMetadata(t.Context(), "s", esdb.ReadStreamOptions{})
	if codeOf(err) != esdb.ErrorCodeResourceNotFound {
		t.Errorf("metadata that nobody set: %v", err)
	}
}

func TestATombstonedStreamHasNoMetadata(t *testing.T) {
	n := start(t, options{})
	n.append(t, "s", event("a"))
	if _, err := n.TombstoneStream(t.Context(), "s", esdb.TombstoneStreamOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := n.GetStreamMetadata(t.Context(), "s", esdb.ReadStreamOptions{}); codeOf(err) != esdb.ErrorCodeStreamDeleted {
		t.Errorf("metadata of what is gone: %v", err)
	}
}
