package eventstore

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	fastjson "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Vault keeps a key for each customer, by which the personal fields of their events are sealed. Implementations are
// safe for concurrent use.
type Vault interface {
	// Key answers a customer's key, durably made if they had none yet.
	Key(ctx context.Context, customer uuid.UUID) (Key, error)
	// Keys answers the keys of customers, in their order; nil where there is none. It makes none.
	Keys(ctx context.Context, customers []uuid.UUID) ([]Key, error)
	// Forget drops what is remembered of a customer's key, so that it is looked up anew: others may have renewed it.
	Forget(customer uuid.UUID)
}

// Key seals and opens. What is sealed opens only under the same binding, which itself is not kept. Both fail with
// ErrKeyDestroyed where the key was destroyed.
type Key interface {
	Seal(plain, binding []byte) ([]byte, error)
	Open(sealed, binding []byte) ([]byte, error)
}

var (
	// ErrVaultUnavailable: the vault cannot be reached now, so that a key is missing. It is also ErrUnavailable.
	ErrVaultUnavailable = fmt.Errorf("%w: its vault of keys does not answer", ErrUnavailable)
	// ErrKeyDestroyed: the customer's key was destroyed, and there will not be another one.
	ErrKeyDestroyed = errors.New("the customer's key was destroyed")
	// ErrKeyLost: something is sealed by a key that the vault does not have.
	ErrKeyLost = errors.New("the vault has not the key by which it was sealed: " +
		"restore the vault's backup that belongs to this log")
)

// NewSealingCodec answers a codec that seals what is personal.
func NewSealingCodec(v Vault) *Codec {
	c := NewCodec()
	c.vault = v
	return c
}

// NewClosedCodec answers a codec for who reads without the keys: what is sealed reads as empty, and nothing can be written.
func NewClosedCodec() *Codec { return NewSealingCodec(closed{}) }

// closed is a vault that gives no key to anybody.
type closed struct{}

var errReadOnly = errors.New("without the keys, the log can only be read")

func (closed) Key(context.Context, uuid.UUID) (Key, error) { return nil, errReadOnly }
func (closed) Forget(uuid.UUID)                            {}
func (closed) Keys(_ context.Context, customers []uuid.UUID) ([]Key, error) {
	keys := make([]Key, len(customers))
	for i := range keys {
		keys[i] = closed{}
	}
	return keys, nil
}

func (closed) Seal([]byte, []byte) ([]byte, error) { return nil, errReadOnly }
func (closed) Open([]byte, []byte) ([]byte, error) { return nil, ErrKeyDestroyed }

// sealedMember is the member of an event's JSON that holds what is sealed, in base64.
const sealedMember = "sealed"

// Sealed reports whether an event's JSON has a sealed member.
func Sealed(data []byte) bool { return bytes.Contains(data, sealedMark) }

// sealedMark cannot stand within a JSON string, whose quotes are escaped.
var sealedMark = []byte(`"` + sealedMember + `":"`)

// marshal answers an event's JSON. What is personal is taken out of it, and added as one sealed member.
func (c *Codec) marshal(ctx context.Context, stream string, of, id uuid.UUID, e domain.Event, p personal) ([]byte, error) {
	if c.vault == nil || p == nil {
		return json.Marshal(e)
	}
	v := reflect.New(reflect.TypeOf(e))
	v.Elem().Set(reflect.ValueOf(e))
	plain, err := p.take(v.Elem())
	if err != nil {
		return nil, err
	}
	if plain == nil {
		return json.Marshal(e)
	}
	owner, ok := ownerOf(stream, of)
	if !ok {
		return nil, fmt.Errorf("what is personal belongs in a customer's stream, not in %s", stream)
	}
	key, err := c.vault.Key(ctx, owner)
	if err != nil {
		return nil, err
	}
	sealed, err := key.Seal(plain, binding(stream, e.EventType(), id))
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	data, err := json.Marshal(v.Interface())
	if err != nil {
		return nil, err
	}
	if data = data[:len(data)-1]; len(data) > 1 {
		data = append(data, ',')
	}
	data = append(data, `"`+sealedMember+`":"`...)
	return append(base64.StdEncoding.AppendEncode(data, sealed), `"}`...), nil
}

// ownerOf returns by whose key what is personal is sealed: that of the absorbed customer whose thing it is, so that each can
// be erased after a split; else that of the customer whose stream it is.
func ownerOf(stream string, of uuid.UUID) (uuid.UUID, bool) {
	owner, ok := customer.IDOf(stream)
	if ok && of != uuid.Nil {
		owner = of
	}
	return owner, ok
}

// binding is what a sealed part belongs to: moved anywhere else, it does not open.
func binding(stream, eventType string, id uuid.UUID) []byte {
	b := make([]byte, 0, len(stream)+len(eventType)+len(id)+2)
	b = append(append(b, stream...), 0)
	b = append(append(b, eventType...), 0)
	return append(b, id[:]...)
}

// open puts what is sealed in a record back where it belongs, or leaves it empty where the key was destroyed.
func (c *Codec) open(ctx context.Context, r Record, whose uuid.UUID, sealed []byte, of reflect.Value, p personal, keys keyring) error {
	if c.vault == nil {
		return errors.New("it is sealed, and there is no vault to open it")
	}
	owner, ok := ownerOf(r.Stream, whose)
	if !ok {
		return fmt.Errorf("it is sealed, but %s is nobody's stream", r.Stream)
	}
	plain, err := c.openBy(ctx, keys[owner], owner, r, sealed)
	switch {
	case errors.Is(err, ErrKeyDestroyed):
		p.redact(of)
		return nil
	case err != nil:
		return err
	}
	return p.restore(of, plain)
}

// openBy opens by a key that is at hand, or by the one that the vault has now.
func (c *Codec) openBy(ctx context.Context, key Key, owner uuid.UUID, r Record, sealed []byte) ([]byte, error) {
	binding := binding(r.Stream, r.Type, r.ID)
	for fresh := false; ; fresh = true {
		if key == nil {
			keys, err := c.vault.Keys(ctx, []uuid.UUID{owner})
			if err != nil {
				return nil, err
			}
			if key = keys[0]; key == nil {
				return nil, ErrKeyLost
			}
		}
		plain, err := key.Open(sealed, binding)
		if err == nil || errors.Is(err, ErrKeyDestroyed) {
			return plain, err
		}
		if fresh {
			return nil, fmt.Errorf("%w (%w)", ErrKeyLost, err)
		}
		c.vault.Forget(owner)
		key = nil
	}
}

// keyring holds keys that were asked for together.
type keyring map[uuid.UUID]Key

// keysOf asks for the keys that records may need.
func (c *Codec) keysOf(ctx context.Context, records []Record) (keyring, error) {
	if c.vault == nil {
		return nil, nil
	}
	ring, owners := keyring{}, []uuid.UUID(nil)
	for _, r := range records {
		if c.types[r.Type].personal == nil {
			continue
		}
		if owner, ok := customer.IDOf(r.Stream); ok {
			if _, asked := ring[owner]; !asked {
				ring[owner] = nil
				owners = append(owners, owner)
			}
		}
	}
	if len(owners) == 0 {
		return nil, nil
	}
	keys, err := c.vault.Keys(ctx, owners)
	if err != nil {
		return nil, err
	}
	for i, owner := range owners {
		ring[owner] = keys[i]
	}
	return ring, nil
}

// take takes the personal values out of an event, as JSON by their paths; nil where there is none. What the
// event shares with others stays as it is.
func (p personal) take(event reflect.Value) (plain []byte, err error) {
	p.own(event)
	p.each(event, nil, func(path []byte, field reflect.Value) {
		if field.IsZero() || err != nil {
			return
		}
		var value []byte
		value, err = json.Marshal(field.Interface())
		separator := byte(',')
		if plain == nil {
			separator = '{'
		}
		plain = append(append(append(plain, separator, '"'), path...), '"', ':')
		plain = append(plain, value...)
		field.SetZero()
	})
	if plain != nil {
		plain = append(plain, '}')
	}
	return plain, err
}

// restore puts personal values back. All of them must have a place.
func (p personal) restore(event reflect.Value, plain []byte) error {
	var values map[string]jsontext.Value
	err := fastjson.Unmarshal(plain, &values)
	p.each(event, nil, func(path []byte, field reflect.Value) {
		value, ok := values[string(path)]
		if !ok || err != nil {
			return
		}
		err = fastjson.Unmarshal(value, field.Addr().Interface())
		delete(values, string(path))
	})
	if err != nil {
		return fmt.Errorf("read what was sealed: %w", err)
	}
	if len(values) > 0 {
		return errors.New("read what was sealed: it names fields that the event does not have")
	}
	return nil
}
