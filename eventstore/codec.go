package eventstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sort"

	fastjson "github.com/go-json-experiment/json" // reads three times as fast; encoding/json writes faster
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// ErrUnknownType: the event's type is not among the registered ones.
var ErrUnknownType = errors.New("unknown event type")

// Codec turns facts into what the log holds and back. The event struct itself is the wire shape.
type Codec struct {
	types map[string]shape
}

// shape is how the events of a type are read.
type shape struct {
	decode   func(data []byte, closed bool) (domain.Event, error)
	personal personal
}

// NewCodec answers a codec for every type of Types, and for the old types that upcast to them.
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
	if c.types[name].decode != nil {
		panic("event type registered twice: " + name)
	}
	p := personalOf(t)
	c.types[name] = shape{personal: p, decode: func(data []byte, closed bool) (domain.Event, error) {
		v := reflect.New(t)
		if err := fastjson.Unmarshal(data, v.Interface()); err != nil {
			return nil, err
		}
		if closed {
			p.redact(v.Elem())
		}
		return event(v.Elem()), nil
	}}
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
func (c *Codec) Encode(_ context.Context, _ string, id uuid.UUID, e domain.Event, m domain.Metadata) (Proposed, error) {
	if c.types[e.EventType()].decode == nil {
		return Proposed{}, fmt.Errorf("encode %s: %w", e.EventType(), ErrUnknownType)
	}
	data, err := json.Marshal(e)
	if err != nil {
		return Proposed{}, fmt.Errorf("encode %s: %w", e.EventType(), err)
	}
	metadata, err := json.Marshal(m)
	if err != nil {
		return Proposed{}, fmt.Errorf("encode metadata of %s: %w", e.EventType(), err)
	}
	return Proposed{ID: id, Type: e.EventType(), Data: data, Metadata: metadata}, nil
}

// Decode reads an event back. The type need not be of ours: ErrUnknownType.
func (c *Codec) Decode(_ context.Context, r Record) (domain.Recorded, error) {
	return c.decode(r, false)
}

// DecodeClosed reads an event back, its personal fields empty: for who need not know them.
func (c *Codec) DecodeClosed(r Record) (domain.Recorded, error) { return c.decode(r, true) }

// Decoded is an event that was read back, or as much of it as could be, and why not the rest.
type Decoded struct {
	domain.Recorded
	Err error
}

// DecodeAll reads many events back. It costs less than one by one, and fails with ErrUnavailable alone, when trying
// again later may help.
func (c *Codec) DecodeAll(ctx context.Context, records []Record) ([]Decoded, error) {
	out := make([]Decoded, len(records))
	for i, r := range records {
		out[i].Recorded, out[i].Err = c.Decode(ctx, r)
	}
	return out, nil
}

func (c *Codec) decode(r Record, closed bool) (domain.Recorded, error) {
	out := domain.Recorded{ID: r.ID, Stream: r.Stream, Revision: r.Revision, Position: uint64(r.Position),
		RecordedAt: r.RecordedAt}
	shape, known := c.types[r.Type]
	if !known {
		return out, fmt.Errorf("%s at position %d: %w", r.Type, r.Position, ErrUnknownType)
	}
	var err error
	if out.Event, err = shape.decode(r.Data, closed); err != nil {
		return out, fmt.Errorf("decode %s at position %d: %w", r.Type, r.Position, err)
	}
	if err := fastjson.Unmarshal(r.Metadata, &out.Metadata); err != nil {
		return out, fmt.Errorf("decode metadata of %s at position %d: %w", r.Type, r.Position, err)
	}
	return out, nil
}
