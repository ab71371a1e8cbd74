package embedded

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"

	"github.com/rapport-crm/rapport/eventstore"
)

// CheckIndex compares the index of the streams, and their heads, with the events, system events too, as of one
// moment. It yields what does not fit, with the position of the event where it is about one, until yield returns
// false. What cannot be read of the events themselves is for their readers to find.
func (l *Log) CheckIndex(ctx context.Context, yield func(at eventstore.Position, detail string) bool) error {
	v, err := l.hold(ctx)
	if err != nil {
		return err
	}
	defer v.release()
	c := &indexCheck{view: v, ctx: ctx, yield: yield}
	for _, step := range []struct {
		what string
		do   func() error
	}{{"events", c.events}, {"index", c.index}, {"heads", c.heads}} {
		err := damage(step.do())
		if errors.Is(err, ErrCorrupt) {
			if step.what != "events" { // who reads these finds what cannot be read of them
				c.odd(0, "the %s of the streams cannot be read: %v", step.what, err)
			}
			continue
		}
		if err != nil || c.done {
			return err
		}
	}
	return nil
}

// indexCheck is one CheckIndex.
type indexCheck struct {
	view  *view
	ctx   context.Context
	yield func(eventstore.Position, string) bool
	done  bool
}

func (c *indexCheck) odd(at eventstore.Position, format string, args ...any) {
	c.done = c.done || !c.yield(at, fmt.Sprintf(format, args...))
}

// each calls visit with what stands under a prefix.
func (c *indexCheck) each(prefix byte, visit func(key, value []byte) error) (err error) {
	it, err := c.view.snapshot.NewIter(&pebble.IterOptions{LowerBound: []byte{prefix}, UpperBound: []byte{prefix + 1}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	for ok := it.First(); ok && !c.done; ok = it.Next() {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		value, err := it.ValueAndErr()
		if err != nil {
			return err
		}
		if err := visit(it.Key(), value); err != nil {
			return err
		}
	}
	return it.Error()
}

// get returns what stands under a key, nil where nothing does.
func (c *indexCheck) get(key []byte) ([]byte, error) {
	value, closer, err := c.view.snapshot.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, damage(err)
	}
	defer closer.Close()
	return append([]byte{}, value...), nil
}

// events finds those that their stream's index does not lead to, or that stand behind its end.
func (c *indexCheck) events() error {
	return c.each(eventPrefix, func(key, value []byte) error {
		at := eventstore.Position(number(key))
		raw, err := parseRecord(at, value)
		if len(key) != positionKeySize || err != nil || raw.revision >= tombstoneRevision {
			return nil
		}
		stream := string(raw.stream)
		led, err := c.get(indexKey(stream, raw.revision))
		if err != nil {
			return err
		}
		if len(led) != 8 || binary.BigEndian.Uint64(led) != uint64(at) {
			c.odd(at, "the index of stream %s does not lead to its event here, revision %d", stream, raw.revision)
		}
		return nil
	})
}

// index finds entries that lead to no event, or to another one.
func (c *indexCheck) index() error {
	return c.each(indexPrefix, func(key, value []byte) error {
		if len(key) < 11 || len(key) != 11+int(binary.BigEndian.Uint16(key[1:])) || len(value) != 8 {
			c.odd(0, "the index of the streams has an entry that is none")
			return nil
		}
		stream, revision := string(key[3:len(key)-8]), number(key)
		at := eventstore.Position(binary.BigEndian.Uint64(value))
		b, err := c.get(positionKey(eventPrefix, at))
		if errors.Is(err, ErrCorrupt) {
			return nil
		}
		if err != nil {
			return err
		}
		raw, err := parseRecord(at, b)
		if b == nil || err == nil && (string(raw.stream) != stream || raw.revision != revision) {
			c.odd(at, "the index says that revision %d of stream %s is here, and it is not", revision, stream)
		}
		return nil
	})
}

// heads finds streams whose head counts other events than their index has.
func (c *indexCheck) heads() error {
	stream, next := "", uint64(0)
	compare := func() error {
		h, err := c.view.streamHead(stream)
		if errors.Is(err, ErrCorrupt) || err == nil && h.count != next {
			c.odd(0, "the head of stream %s says that it has %d events, its index has %d", stream, h.count, next)
			return nil
		}
		return err
	}
	err := c.each(indexPrefix, func(key, _ []byte) error {
		if len(key) < 11 {
			return nil
		}
		if of := string(key[3 : len(key)-8]); of != stream {
			if stream != "" {
				if err := compare(); err != nil {
					return err
				}
			}
			stream, next = of, 0
		}
		if revision := number(key); revision < tombstoneRevision {
			next = revision + 1
		}
		return nil
	})
	if err == nil && stream != "" && !c.done {
		err = compare()
	}
	if err != nil {
		return err
	}
	return c.each(headPrefix, func(key, value []byte) error {
		if len(value) != headSize {
			return nil // compare has said so, or nothing was ever written there
		}
		count := binary.BigEndian.Uint64(value[1:])
		if count == 0 {
			return nil
		}
		last, err := c.get(indexKey(string(key[1:]), count-1))
		if err == nil && last == nil {
			c.odd(0, "the head of stream %s says that it has %d events, and the last of them is not in its index", key[1:], count)
		}
		return err
	})
}
