package proof_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// Who has the log, a head and the public key alone can make a bundle that proves as much as a signed one.
func TestBundlesAreGathered(t *testing.T) {
	key, l := newKey(t), history(1500)
	kept := newMemory()
	kept.take(l[:1000]...)
	head := signCounted(t, key, kept, l[:1000])
	for _, stream := range []string{"customer-0", "customer-4"} {
		text, err := proof.Gather(t.Context(), l, stream, head, nil)
		if err != nil {
			t.Fatal(err)
		}
		b, err := proof.OpenBundle(text, key.Check())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(l[:1000].of(stream), b.Events); diff != "" || b.Stream != stream {
			t.Error(diff)
		}
		for name, doctored := range map[string]string{
			"another stream":  strings.Replace(text, stream, "customer-1", 1),
			"another event":   strings.Replace(text, `"revision":3,`, `"revision":5,`, 1),
			"another counted": strings.Replace(text, `"counted":{`, `"counted":{"x":1},"y":{`, 1),
		} {
			if doctored == text {
				t.Fatalf("%s: nothing was changed", name)
			}
			if _, err := proof.OpenBundle(doctored, key.Check()); err == nil {
				t.Errorf("%s: the bundle opens", name)
			}
		}
	}
	other := l.clone()
	other[7].Data[3] ^= 1
	if _, err := proof.Gather(t.Context(), other, "customer-0", head, nil); !errors.Is(err, proof.ErrBroken) {
		t.Errorf("of a log that was altered: %v", err)
	}
	if _, err := proof.Gather(t.Context(), l, "nobody", head, nil); err == nil {
		t.Error("of a stream without events")
	}
	// A head of before streams were counted does not say whether these are all events: somebody must sign that.
	text, err := proof.Gather(t.Context(), l, "customer-0", kept.sign(t, key), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := proof.OpenBundle(text, key.Check()); !errors.Is(err, proof.ErrForged) {
		t.Errorf("a bundle that nobody signed, under such a head: %v", err)
	}
}

func signCounted(t *testing.T, key *proof.Key, kept *memory, l log) proof.Head {
	t.Helper()
	counts, buckets := map[string]uint64{}, map[int]proof.Bucket{}
	for _, r := range l {
		counts[r.Stream]++
	}
	tree := proof.NewCounts()
	for stream, n := range counts {
		number := proof.BucketOf(stream)
		buckets[number] = buckets[number].With(stream, n)
		tree.Set(number, buckets[number])
	}
	h := kept.sign(t, key)
	h.Streams = tree.Root()
	h, err := key.Sign(h)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Streams that hide events of the log are named, though nothing was altered.
func TestHiddenEventsAreFound(t *testing.T) {
	key, l := newKey(t), history(300)
	kept := newMemory()
	kept.take(l...)
	kept.sign(t, key)
	for name, c := range map[string]struct {
		from, to uint64 // what customer-1 shows
		deleted  bool
		want     []string
	}{
		"nothing":          {0, 1000, false, nil},
		"the oldest":       {5, 1000, false, []string{"customer-1 is not whole: revisions 0 to 4 are"}},
		"the newest":       {0, 5, false, []string{"customer-1 is not whole: revisions 5 to"}},
		"all":              {0, 0, false, []string{"customer-1 is not whole: revisions 0 to"}},
		"all, by deletion": {0, 0, true, []string{"customer-1 is not whole: the revisions from 0 on are"}},
	} {
		report, err := proof.Verify(t.Context(), proof.Verification{Log: hiding{l, c.from, c.to, c.deleted}, Kept: kept,
			Heads: kept.heads, Key: key.Check()})
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Findings) != len(c.want) || report.Intact() != (c.want == nil) {
			t.Errorf("%s: %v", name, report.Findings)
			continue
		}
		for i, f := range report.Findings {
			if f.Kind != proof.Hidden || !strings.Contains(f.Detail, c.want[i]) {
				t.Errorf("%s: %v, want %s", name, f, c.want[i])
			}
		}
	}
}

// What a person accepted is a warning, and says who did; what they did not is a finding as before.
func TestAcceptedGapsAreWarnings(t *testing.T) {
	key, l := newKey(t), history(300)
	kept := newMemory()
	kept.take(l...)
	kept.sign(t, key)
	for until, intact := range map[uint64]bool{4: true, 3: false} {
		accepted := eventstore.Record{Stream: custody.Stream, Type: custody.GapsAccepted{}.EventType(), Metadata: []byte(`{"actor":"ann"}`),
			Data: fmt.Appendf(nil, `{"gaps":[{"stream":"customer-1","first":0,"last":%d}],"reason":"scavenged"}`, until)}
		report, err := proof.Verify(t.Context(), proof.Verification{Log: accepting{hiding{l, 5, 1000, false}, accepted}, Kept: kept,
			Heads: kept.heads, Key: key.Check()})
		if err != nil {
			t.Fatal(err)
		}
		if report.Intact() != intact || (len(report.Warnings) == 1) != intact {
			t.Errorf("accepted up to %d: %v, warnings %v", until, report.Findings, report.Warnings)
		}
		for _, w := range report.Warnings {
			if w.Kind != proof.Accepted || !strings.Contains(w.Detail, "revisions 0 to 4 are hidden or missing, accepted by ann") {
				t.Errorf("warned: %v", w)
			}
		}
	}
}

// accepting is a log in which a person accepted a gap.
type accepting struct {
	hiding
	accepted eventstore.Record
}

func (a accepting) ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	if stream == custody.Stream {
		return func(yield func(eventstore.Record, error) bool) { yield(a.accepted, nil) }
	}
	return a.hiding.ReadStream(ctx, stream, from)
}

// hiding is a log of which one stream shows some of its revisions.
type hiding struct {
	log
	from, to uint64
	deleted  bool
}

func (h hiding) Curtailed(context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, stream := range []string{"customer-1", "shop", "customer-1", "customer-none"} {
			if !yield(stream, nil) {
				return
			}
		}
	}
}

func (h hiding) ReadStream(_ context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		if h.deleted {
			yield(eventstore.Record{}, eventstore.ErrDeleted)
			return
		}
		for _, r := range h.log {
			if r.Stream == stream && r.Revision >= max(from, h.from) && r.Revision < h.to && !yield(r, nil) {
				return
			}
		}
	}
}
