package proof

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
)

// Bundle is a whole stream up to a head, with the proof that it stands in the log just so. As a text it is a
// signed note, so that nothing in it can be changed, left out or added: it can be checked by whoever has the public
// key, without the log. Counted proves that the stream had no further events under the head.
type Bundle struct {
	Head    Head
	Stream  string
	Events  []Event
	Counted *Counted // nil under a head of before streams were counted
}

// bundleTag is the first line of a bundle. The first line of a head is the name of a key, which has no spaces.
const bundleTag = "rapport bundle 1\n"

// wireBundle is what a bundle holds beside its tag, in one line of JSON. Data and metadata are base64 of the very
// bytes that the log has.
type wireBundle struct {
	Head    string      `json:"head"` // the note
	Stream  string      `json:"stream"`
	Events  []wireEvent `json:"events"`
	Hashes  []tlog.Hash `json:"hashes"` // that, with the events, lead to the root
	Counted *Counted    `json:"counted,omitempty"`
}

type wireEvent struct {
	Ordinal    int64               `json:"ordinal"`
	Position   eventstore.Position `json:"position"`
	Revision   uint64              `json:"revision"`
	ID         uuid.UUID           `json:"id"`
	Type       string              `json:"type"`
	RecordedAt time.Time           `json:"recorded_at"`
	Metadata   []byte              `json:"metadata"`
	Data       []byte              `json:"data"`
}

// Seal answers the bundle as a text, signed by the key. ErrBroken when what is kept does not prove the events.
func (k *Key) Seal(ctx context.Context, b Bundle, kept Tiles) (string, error) {
	text, err := b.text(ctx, kept)
	if err != nil {
		return "", err
	}
	signed, err := note.Sign(&note.Note{Text: text}, k.signer)
	if err != nil {
		return "", fmt.Errorf("sign a bundle: %w", err)
	}
	return string(signed), nil
}

// text is the bundle as it is signed.
func (b Bundle) text(ctx context.Context, kept Tiles) (string, error) {
	wire := wireBundle{Head: b.Head.Note, Stream: b.Stream, Events: []wireEvent{}, Counted: b.Counted}
	for _, e := range b.Events {
		wire.Events = append(wire.Events, wireEvent{Ordinal: e.Ordinal, Position: e.Position, Revision: e.Revision,
			ID: e.ID, Type: e.Type, RecordedAt: e.RecordedAt.UTC(), Metadata: e.Metadata, Data: e.Data})
	}
	if err := b.check(); err != nil {
		return "", err
	}
	var err error
	if wire.Hashes, err = proveMany(b.branch(), reader(ctx, b.Head, kept)); err != nil {
		return "", broken(ctx, err)
	}
	if err := b.prove(wire.Hashes); err != nil {
		return "", err
	}
	text, err := json.Marshal(wire)
	if err != nil {
		return "", fmt.Errorf("write a bundle: %w", err)
	}
	return bundleTag + string(text) + "\n", nil
}

// OpenBundle reads a bundle and checks all of it: its signature, the head's, and that the head's root follows from
// the events. ErrForged or ErrBroken say which of these fails. One that Gather made is not signed itself: its head must
// prove how many events the stream has.
func OpenBundle(signed string, by note.Verifier) (Bundle, error) {
	text, err := signed, error(nil)
	gathered := strings.HasPrefix(signed, bundleTag) && strings.Count(signed, "\n") == 2
	if !gathered {
		text, err = open(signed, by)
	}
	if err != nil {
		return Bundle{}, fmt.Errorf("the bundle: %w", err)
	}
	body, ok := strings.CutPrefix(text, bundleTag)
	if !ok {
		return Bundle{}, errors.New("the note is signed, but it is no bundle")
	}
	var wire wireBundle
	if err := json.Unmarshal([]byte(body), &wire); err != nil {
		return Bundle{}, fmt.Errorf("read the bundle: %w", err)
	}
	b := Bundle{Stream: wire.Stream, Counted: wire.Counted}
	if b.Head, err = OpenHead(wire.Head, by); err != nil {
		return Bundle{}, err
	}
	if gathered && b.Head.Streams == (tlog.Hash{}) {
		return Bundle{}, fmt.Errorf("the bundle is not signed, and its head does not say how many events streams have: %w", ErrForged)
	}
	for _, e := range wire.Events {
		b.Events = append(b.Events, Event{e.Ordinal, eventstore.Record{ID: e.ID, Stream: wire.Stream, Type: e.Type,
			Data: e.Data, Metadata: e.Metadata, Revision: e.Revision, Position: e.Position, RecordedAt: e.RecordedAt}})
	}
	if err := b.check(); err != nil {
		return Bundle{}, err
	}
	return b, b.prove(wire.Hashes)
}

// check finds out whether the events are a stream from its beginning, in order.
func (b Bundle) check() error {
	if len(b.Events) == 0 {
		return fmt.Errorf("the stream %q has no events: %w", b.Stream, ErrBroken)
	}
	for i, e := range b.Events {
		if e.Stream != b.Stream || e.Revision != uint64(i) {
			return fmt.Errorf("the event at position %d is not revision %d of %s: %w", e.Position, i, b.Stream, ErrBroken)
		}
		if e.Ordinal < 0 || e.Ordinal >= b.Head.Size || i > 0 && e.Ordinal <= b.Events[i-1].Ordinal {
			return fmt.Errorf("the event at position %d is out of order: %w", e.Position, ErrBroken)
		}
	}
	return b.Counted.Check(b.Head, b.Stream, len(b.Events))
}

func (b Bundle) branch() branch {
	all := branch{high: b.Head.Size}
	for _, e := range b.Events {
		all.leaves = append(all.leaves, e.Ordinal)
	}
	return all
}

// prove finds out whether the events and the hashes lead to the root of the head.
func (b Bundle) prove(hashes []tlog.Hash) error {
	events, hasher := b.Events, Hasher{}
	root, rest, err := rootOf(b.branch(), func(ordinal int64) tlog.Hash {
		e := events[0] // leaves come in their order
		events = events[1:]
		return hasher.Leaf(ordinal, e.Record)
	}, hashes)
	if err != nil || len(rest) > 0 || root != b.Head.Root {
		return fmt.Errorf("the events are not those of the log of %d events: %w", b.Head.Size, ErrBroken)
	}
	return nil
}
