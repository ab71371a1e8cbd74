package proof_test

import (
	"errors"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore/proof"
)

// The tree over the counts is the same in whatever order and steps they came, and proves each of them.
func TestCounts(t *testing.T) {
	buckets := map[int]proof.Bucket{}
	stepwise := proof.NewCounts()
	const streams = 3000
	for i := range streams {
		name := fmt.Sprintf("customer-%d", i*7919%streams)
		b := proof.BucketOf(name)
		for _, n := range []uint64{1, 5 + uint64(i)} {
			buckets[b] = buckets[b].With(name, n)
			stepwise.Set(b, buckets[b])
		}
		if i%500 == 0 {
			stepwise.Root()
		}
	}
	atOnce := proof.NewCounts()
	for b, entries := range buckets {
		atOnce.Set(b, entries)
	}
	if atOnce.Root() != stepwise.Root() || atOnce.Root() == proof.NewCounts().Root() {
		t.Fatal("the roots differ")
	}
	head := proof.Head{Streams: stepwise.Root()}
	for i := range streams {
		name := fmt.Sprintf("customer-%d", i*7919%streams)
		b := proof.BucketOf(name)
		c := &proof.Counted{Bucket: buckets[b], Path: stepwise.Path(b)}
		if err := c.Check(head, name, 5+i); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := c.Check(head, name, 4+i); !errors.Is(err, proof.ErrBroken) {
			t.Fatalf("%s with an event too few: %v", name, err)
		}
	}
	b := proof.BucketOf("nobody")
	none := &proof.Counted{Bucket: buckets[b], Path: stepwise.Path(b)}
	if err := none.Check(head, "nobody", 0); err != nil {
		t.Errorf("a stream without events: %v", err)
	}
	for name, c := range map[string]*proof.Counted{
		"nothing":        nil,
		"no path":        {Bucket: buckets[b]},
		"another bucket": {Bucket: buckets[proof.BucketOf("customer-1")], Path: stepwise.Path(b)},
		"cut short":      {Bucket: append(proof.Bucket{}, 1), Path: stepwise.Path(b)},
		"another path":   {Bucket: buckets[b], Path: make([]tlog.Hash, 16)},
	} {
		if err := c.Check(head, "nobody", 0); !errors.Is(err, proof.ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
