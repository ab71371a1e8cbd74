package embedded_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// TestRepetition finds events again without a revision, wherever in the stream they are and whichever process wrote
// them, also those of the time when the stream's writers named revisions.
func TestRepetition(t *testing.T) {
	disk := vfs.NewMem()
	log := open(t, "data", embedded.Options{FS: disk})
	old, middle := facts(3, 10), facts(400, 10)
	first := mustAppend(t, log, "customer-1", eventstore.NoStream, old)
	second := mustAppend(t, log, "customer-1", eventstore.Exactly(2), middle)
	for range 2 {
		for _, expected := range []eventstore.Expected{eventstore.Any, eventstore.StreamExists} {
			same(t, "answer to the first", mustAppend(t, log, "customer-1", expected, old), first)
			same(t, "answer to the second", mustAppend(t, log, "customer-1", expected, middle), second)
		}
		state := stateOf(t, log, "customer-1")
		mustAppend(t, log, "customer-1", eventstore.Exactly(state.Last), facts(3000, 10))
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		log = open(t, "data", embedded.Options{FS: disk})
	}
	same(t, "events", len(everything(t, log)), 403+2*3000)
}

// TestPartsOfARepetition: what an append has in common with what stands there already.
func TestPartsOfARepetition(t *testing.T) {
	abc, d := facts(3, 10), facts(1, 10)[0]
	a, b, c := abc[0], abc[1], abc[2]
	const refused, new = -1, -2
	for name, again := range map[string]struct {
		events                 []eventstore.Proposed
		atAny, atNone, atFirst int // the revision that is answered
	}{
		"all":                      {abc, 2, 2, refused},
		"the beginning":            {abc[:2], 1, 1, refused},
		"the end":                  {abc[1:], 2, refused, 2},
		"one":                      {abc[1:2], 1, refused, 1},
		"the other way round":      {slices.Concat(abc[1:2], abc[:1]), 0, refused, refused},
		"the last, then the first": {[]eventstore.Proposed{c, a}, refused, refused, refused},
		"one twice":                {[]eventstore.Proposed{b, b}, 1, refused, refused},
		"and more":                 {[]eventstore.Proposed{a, b, c, d}, refused, refused, refused},
		"something new before":     {[]eventstore.Proposed{d, a}, new, refused, refused},
	} {
		t.Run(name, func(t *testing.T) {
			for expected, want := range map[eventstore.Expected]int{
				eventstore.Any: again.atAny, eventstore.StreamExists: again.atAny,
				eventstore.NoStream: again.atNone, eventstore.Exactly(0): again.atFirst,
			} {
				log := open(t, "data", embedded.Options{FS: vfs.NewMem()})
				mustAppend(t, log, "customer-1", eventstore.NoStream, abc)
				got, err := log.Append(t.Context(), "customer-1", expected, again.events)
				switch {
				case want == refused:
					if !errors.Is(err, eventstore.ErrWrongRevision) {
						t.Errorf("expecting %s: %v, %v, want ErrWrongRevision", expected, got, err)
					}
				case want == new:
					same(t, expected.String(), got.Revision, uint64(2+len(again.events)))
				case err != nil || got.Revision != uint64(want):
					t.Errorf("expecting %s: %v, %v, want revision %d", expected, got, err, want)
				}
				if want != new {
					same(t, "events, expecting "+expected.String(), len(everything(t, log)), 3)
				}
			}
		})
	}
}

// TestTheSameIDElsewhere: an id says something within its stream only.
func TestTheSameIDElsewhere(t *testing.T) {
	log := open(t, "data", embedded.Options{FS: vfs.NewMem()})
	events := facts(2, 10)
	for _, stream := range []string{"customer-1", "customer-2"} {
		same(t, stream, mustAppend(t, log, stream, eventstore.Any, events).Revision, uint64(1))
	}
	same(t, "events", len(everything(t, log)), 4)
}

// TestBinary keeps what the writer said of the data, whatever the data looks like.
func TestBinary(t *testing.T) {
	disk := vfs.NewMem()
	log := open(t, "data", embedded.Options{FS: disk})
	var events []eventstore.Proposed
	for _, data := range []string{`{}`, `42`, `not JSON`, ``} {
		for _, binary := range []bool{false, true} {
			e := facts(1, 0)[0]
			e.Data, e.Binary = []byte(data), binary
			events = append(events, e)
		}
	}
	mustAppend(t, log, "customer-1", eventstore.NoStream, events)
	for range 2 {
		for i, r := range everythingShown(t, log) {
			same(t, string(r.Data), r.Binary, events[i].Binary)
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		log = open(t, "data", embedded.Options{FS: disk})
	}
}
