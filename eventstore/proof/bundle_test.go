package proof_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/eventstore/proof"
)

func (l log) of(stream string) []proof.Event {
	var events []proof.Event
	for i, r := range l {
		if r.Stream == stream {
			events = append(events, proof.Event{Ordinal: int64(i), Record: r})
		}
	}
	return events
}

// A bundle of any stream, under any head, opens to what was sealed.
func TestBundles(t *testing.T) {
	key, all := newKey(t), history(1500)
	rapid.Check(t, func(rt *rapid.T) {
		l := all[:rapid.IntRange(1, len(all)).Draw(rt, "events")].clone()
		for range rapid.IntRange(0, 3).Draw(rt, "others") { // so that some neighbours are of one stream, and some far apart
			from := rapid.IntRange(0, len(l)-1).Draw(rt, "from")
			for i := from; i < min(from+200, len(l)); i++ {
				l[i].Stream = "other"
			}
		}
		revisions := map[string]uint64{}
		for i := range l {
			l[i].Revision = revisions[l[i].Stream]
			revisions[l[i].Stream]++
		}
		kept := newMemory()
		kept.take(l...)
		stream := l[rapid.IntRange(0, len(l)-1).Draw(rt, "event")].Stream
		want := proof.Bundle{Head: kept.sign(t, key), Stream: stream, Events: l.of(stream)}
		sealed, err := key.Seal(t.Context(), want, kept)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := proof.OpenBundle(sealed, key.Check())
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// Whatever byte of a bundle changes, it is not the bundle any more.
func TestChangedBundles(t *testing.T) {
	key, l, kept := newKey(t), history(5), newMemory()
	kept.take(l...)
	sealed, err := key.Seal(t.Context(), proof.Bundle{Head: kept.sign(t, key), Stream: "customer-1", Events: l.of("customer-1")}, kept)
	if err != nil {
		t.Fatal(err)
	}
	everyChange(sealed, func(how, changed string) {
		if _, err := proof.OpenBundle(changed, key.Check()); err == nil {
			t.Fatalf("%s was not noticed:\n%s", how, changed)
		}
	})
	if _, err := proof.OpenBundle(sealed, newKey(t).Check()); !errors.Is(err, proof.ErrForged) {
		t.Errorf("by another key: %v", err)
	}
	if _, err := proof.OpenBundle(kept.heads[0], key.Check()); err == nil {
		t.Error("a head was taken for a bundle")
	}
}

// Even who has the key cannot seal, or pass for sealed, events that are not in the tree as they are told.
func TestFalseBundles(t *testing.T) {
	key, l, kept := newKey(t), history(300), newMemory()
	kept.take(l...)
	head := kept.sign(t, key)
	for name, change := range map[string]func(*proof.Bundle){
		"an event altered":      func(b *proof.Bundle) { b.Events[3].Data = []byte(`{}`) },
		"an event left out":     func(b *proof.Bundle) { b.Events = slices.Delete(b.Events, 3, 4) },
		"the first left out":    func(b *proof.Bundle) { b.Events = b.Events[1:] },
		"two events swapped":    func(b *proof.Bundle) { b.Events[3], b.Events[4] = b.Events[4], b.Events[3] },
		"an event twice":        func(b *proof.Bundle) { b.Events = slices.Insert(b.Events, 3, b.Events[3]) },
		"an event put in":       func(b *proof.Bundle) { b.Events = append(b.Events, b.Events[3]) },
		"another stream":        func(b *proof.Bundle) { b.Stream = "customer-2" },
		"no events":             func(b *proof.Bundle) { b.Events = nil },
		"beyond the head":       func(b *proof.Bundle) { b.Events[len(b.Events)-1].Ordinal = head.Size },
		"at another ordinal":    func(b *proof.Bundle) { b.Events[len(b.Events)-1].Ordinal++ },
		"under another root":    func(b *proof.Bundle) { b.Head.Root[0] ^= 1 },
		"under a smaller head":  func(b *proof.Bundle) { b.Head.Size-- },
		"before the first leaf": func(b *proof.Bundle) { b.Events[0].Ordinal = -1 },
	} {
		b := proof.Bundle{Head: head, Stream: "customer-1", Events: l.of("customer-1")}
		change(&b)
		if _, err := key.Seal(t.Context(), b, kept); !errors.Is(err, proof.ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzOpenBundle(f *testing.F) {
	key, l, kept := newKey(f), history(5), newMemory()
	kept.take(l...)
	sealed, err := key.Seal(f.Context(), proof.Bundle{Head: kept.sign(f, key), Stream: "customer-1", Events: l.of("customer-1")}, kept)
	if err != nil {
		f.Fatal(err)
	}
	body := strings.SplitN(sealed, "\n", 3)[1]
	head := kept.sign(f, key)
	gathered, err := proof.Gather(f.Context(), l, "customer-1", head, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add("rapport bundle 1", body)
	f.Add("rapport bundle 1", strings.SplitN(gathered, "\n", 3)[1])
	f.Add("rapport head 1", "\r\n"+strings.ReplaceAll(head.Note, "\n", "\r\n")+"\r\n\r\n")
	f.Add("rapport bundle 1", `{"head":"","events":[{"ordinal":-1}],"hashes":[""]}`)
	f.Fuzz(func(t *testing.T, tag, body string) {
		// Signed by anything, so that what is inside is read at all.
		text := tag + "\n" + body + "\n"
		// What nobody signed, and what came by mail.
		_, _ = proof.OpenBundle(text, trusting{})
		_, _ = proof.Trust(trusting{}).ReadHead(body)
		signed, err := note.Sign(&note.Note{Text: text}, trusting{})
		if err != nil {
			return
		}
		_, _ = proof.OpenBundle(string(signed), trusting{})
		_, _ = proof.OpenHead(string(signed), trusting{})
	})
}

// trusting signs and takes everything.
type trusting struct{}

func (trusting) Name() string                    { return "trusting" }
func (trusting) KeyHash() uint32                 { return 1 }
func (trusting) Sign([]byte) ([]byte, error)     { return []byte("signed"), nil }
func (trusting) Verify(_, signature []byte) bool { return string(signature) == "signed" }
