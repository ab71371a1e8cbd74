package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/history"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// bundle replays a customer's history from a bundle, after it was verified: without a server, a database or a vault, so
// that what is sealed stays so. Rules and the books are not in it: what was believed of the customer cannot be told.
func (c replayCmd) bundle(ctx context.Context, std streams) error {
	v := verifyCmd{Key: c.Key, Changes: c.Changes}
	by, err := v.key("")
	if err != nil {
		return err
	}
	changes, err := v.changes()
	if err != nil {
		return err
	}
	text, err := os.ReadFile(c.Bundle)
	if err != nil {
		return err
	}
	b, err := proof.Trust(by, changes...).OpenBundle(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w: %w", c.Bundle, errDiffers, err)
	}
	id, ok := customer.IDOf(b.Stream)
	if !ok || c.ID.UUID != uuid.Nil && c.ID.UUID != id {
		return fmt.Errorf("%s is a bundle of %s", c.Bundle, b.Stream)
	}
	q := history.Query{Revision: c.Revision, Position: (*eventstore.Position)(c.Position)}
	for text, to := range map[string]**time.Time{c.AsOf: &q.AsOf, c.KnownAt: &q.KnownAt} {
		moment, err := momentOf(text)
		if err != nil {
			return err
		}
		if moment != "" {
			t, err := time.Parse(time.RFC3339Nano, moment)
			if err != nil {
				return err
			}
			*to = &t
		}
	}
	h, err := history.NewReader(bundled{b: b}, eventstore.NewSealingCodec(sealedVault{})).Replay(ctx, id, q)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(h)
	}
	return tell(std.out, h)
}

// bundled is a log that has the events of a bundle and nothing else.
type bundled struct {
	eventstore.Store // nothing is asked of it beyond what is below
	b                proof.Bundle
}

func (l bundled) read(keep func(eventstore.Record) bool, backwards bool) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for i := range l.b.Events {
			if backwards {
				i = len(l.b.Events) - 1 - i
			}
			if r := l.b.Events[i].Record; keep(r) && !yield(r, nil) {
				return
			}
		}
	}
}

func (l bundled) ReadStream(_ context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	return l.read(func(r eventstore.Record) bool { return r.Stream == stream && r.Revision >= from }, false)
}

func (l bundled) ReadStreamBackwards(_ context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	return l.read(func(r eventstore.Record) bool { return r.Stream == stream && r.Revision <= from }, true)
}

func (l bundled) ReadAll(_ context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	return l.read(func(r eventstore.Record) bool { return r.Position > after }, false)
}

func (l bundled) Head(context.Context) (eventstore.Position, error) {
	return l.b.Events[len(l.b.Events)-1].Position, nil
}

// sealedVault has no key: what is sealed is left empty.
type sealedVault struct{}

func (sealedVault) Key(context.Context, uuid.UUID) (eventstore.Key, error) {
	return nil, errors.New("a bundle is only read")
}

func (sealedVault) Keys(_ context.Context, customers []uuid.UUID) ([]eventstore.Key, error) {
	keys := make([]eventstore.Key, len(customers))
	for i := range keys {
		keys[i] = noKey{}
	}
	return keys, nil
}

func (sealedVault) Forget(uuid.UUID) {}

// noKey opens nothing.
type noKey struct{}

func (noKey) Seal(_, _ []byte) ([]byte, error) { return nil, eventstore.ErrKeyDestroyed }

func (noKey) Open(_, _ []byte) ([]byte, error) { return nil, eventstore.ErrKeyDestroyed }
