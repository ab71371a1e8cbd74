package eventstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sort"
	"time"

	fastjson "github.com/go-json-experiment/json" // reads three times as fast; encoding/json writes faster
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

var (
	// ErrUnknownType: the event's type is not among the registered ones.
	ErrUnknownType = errors.New("unknown event type")
	// ErrForeignType: the event is another application's, to be passed over. It is also ErrUnknownType.
	ErrForeignType = fmt.Errorf("%w of another application", ErrUnknownType)
)

// Codec turns facts into what the log holds and back. The event struct itself is the wire shape.
type Codec struct {
	types map[string]shape
	vault Vault // nil where nothing is sealed
}

// shape is how the events of a type are read.
type shape struct {
	stored   reflect.Type // storedOf what is on the wire
	event    func(reflect.Value) domain.Event
	personal personal
}

// storedOf answers a struct as the log holds it: its own members, and the sealed one.
func storedOf(t reflect.Type) reflect.Type {
	return reflect.StructOf([]reflect.StructField{
		{Name: "Event", Type: t, Tag: `json:",embed"`},
		{Name: "Sealed", Type: reflect.TypeFor[[]byte](), Tag: `json:"` + sealedMember + `"`},
	})
}

// NewCodec answers a codec for every type of Types, and for the old types that upcast to them. It seals nothing, as is
// good for tests and tools.
func NewCodec() *Codec {
	c := &Codec{types: map[string]shape{}}
	for _, e := range Types {
		c.register(e.EventType(), reflect.TypeOf(e), func(v reflect.Value) domain.Event {
			return v.Interface().(domain.Event)
		})
	}
	return c
}

// Upcast registers an old wire shape that is read as a newer event.
func Upcast[Old any](c *Codec, oldType string, to func(Old) domain.Event) {
	c.register(oldType, reflect.TypeFor[Old](), func(v reflect.Value) domain.Event { return to(v.Interface().(Old)) })
}

// register says that what is written under a name has the shape of a struct, and what event that is.
func (c *Codec) register(name string, t reflect.Type, event func(reflect.Value) domain.Event) {
	if _, twice := c.types[name]; twice {
		panic("event type registered twice: " + name)
	}
	c.types[name] = shape{stored: storedOf(t), event: event, personal: personalOf(t)}
}

// TypeNames answers every type that can be read, sorted.
func (c *Codec) TypeNames() []string {
	names := make([]string, 0, len(c.types))
	for name := range c.types {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Encode makes an event ready to append to a stream.
func (c *Codec) Encode(ctx context.Context, stream string, id uuid.UUID, e domain.Event, m domain.Metadata) (Proposed, error) {
	shape, known := c.types[e.EventType()]
	if !known {
		return Proposed{}, fmt.Errorf("encode %s: %w", e.EventType(), ErrUnknownType)
	}
	data, err := c.marshal(ctx, stream, m.Of, id, e, shape.personal)
	if err != nil {
		return Proposed{}, fmt.Errorf("encode %s: %w", e.EventType(), err)
	}
	metadata, err := json.Marshal(m)
	if err != nil {
		return Proposed{}, fmt.Errorf("encode metadata of %s: %w", e.EventType(), err)
	}
	return Proposed{ID: id, Type: e.EventType(), Data: data, Metadata: metadata}, nil
}

// Decode reads an event back. The type need not be of ours: ErrUnknownType. Personal fields whose key was destroyed
// are empty; where a key is lost, ErrKeyLost.
func (c *Codec) Decode(ctx context.Context, r Record) (domain.Recorded, error) {
	return c.decode(ctx, r, nil, false)
}

// DecodeClosed reads an event back, its personal fields empty: for who need not know them.
func (c *Codec) DecodeClosed(r Record) (domain.Recorded, error) {
	return c.decode(context.Background(), r, nil, true)
}

// OccurredAt reads when an event happened, and nothing else of it. It reports false for a type that cannot be read.
func (c *Codec) OccurredAt(r Record) (at time.Time, ok bool) {
	if _, known := c.types[r.Type]; !known {
		return at, false
	}
	var m struct {
		OccurredAt time.Time `json:"occurred_at"`
	}
	err := fastjson.Unmarshal(r.Metadata, &m)
	return m.OccurredAt, err == nil
}

// Decoded is an event that was read back, or as much of it as could be, and why not the rest.
type Decoded struct {
	domain.Recorded
	Err error
}

// DecodeAll reads many events back. It costs less than one by one, and fails with ErrUnavailable alone, when trying
// again later may help.
func (c *Codec) DecodeAll(ctx context.Context, records []Record) ([]Decoded, error) {
	keys, err := c.keysOf(ctx, records)
	if err != nil {
		return nil, err
	}
	out := make([]Decoded, len(records))
	for i, r := range records {
		d := &out[i]
		if d.Recorded, d.Err = c.decode(ctx, r, keys, false); errors.Is(d.Err, ErrUnavailable) {
			return nil, d.Err
		}
	}
	return out, nil
}

func (c *Codec) decode(ctx context.Context, r Record, keys keyring, closed bool) (domain.Recorded, error) {
	out := domain.Recorded{ID: r.ID, Stream: r.Stream, Revision: r.Revision, Position: uint64(r.Position),
		RecordedAt: r.RecordedAt}
	shape, known := c.types[r.Type]
	if !known {
		unknown := ErrUnknownType
		if Foreign(r.Type) {
			unknown = ErrForeignType
		}
		return out, fmt.Errorf("%s at position %d: %w", r.Type, r.Position, unknown)
	}
	if err := fastjson.Unmarshal(r.Metadata, &out.Metadata); err != nil {
		return out, fmt.Errorf("decode metadata of %s at position %d: %w", r.Type, r.Position, err)
	}
	stored := reflect.New(shape.stored)
	err := fastjson.Unmarshal(r.Data, stored.Interface())
	event, sealed := stored.Elem().Field(0), stored.Elem().Field(1).Bytes()
	switch {
	case err != nil:
	case closed:
		shape.personal.redact(event)
	case len(sealed) > 0:
		err = c.open(ctx, r, out.Metadata.Of, sealed, event, shape.personal, keys)
	}
	if err != nil {
		return out, fmt.Errorf("decode %s at position %d: %w", r.Type, r.Position, err)
	}
	out.Event = shape.event(event)
	return out, nil
}
