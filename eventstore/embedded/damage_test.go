package embedded_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// damaged is a log of five events, 1 and 3 to 5 in customer-1, of which somebody changed what Pebble holds.
func damaged(t *testing.T, change func(db *pebble.DB) error) *embedded.Log {
	t.Helper()
	disk := vfs.NewMem()
	log := open(t, "data", embedded.Options{FS: disk})
	mustAppend(t, log, "customer-1", eventstore.NoStream, facts(1, 20))
	mustAppend(t, log, "customer-2", eventstore.NoStream, facts(1, 20))
	mustAppend(t, log, "customer-1", eventstore.Exactly(0), facts(3, 20))
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	changePebble(t, disk, change)
	return open(t, "data", embedded.Options{FS: disk})
}

func changePebble(t *testing.T, disk vfs.FS, change func(db *pebble.DB) error) {
	t.Helper()
	dir, err := filepath.Abs("data")
	if err != nil {
		t.Fatal(err)
	}
	db, err := pebble.Open(dir, &pebble.Options{FS: disk, FormatMajorVersion: pebble.FormatTableFormatV6,
		LoggerAndTracer: quiet{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(change(db), db.Close()); err != nil {
		t.Fatal(err)
	}
}

// quiet is a pebble.LoggerAndTracer that tells nothing.
type quiet struct{ pebble.LoggerAndTracer }

func (quiet) Infof(string, ...any)                   {}
func (quiet) Eventf(context.Context, string, ...any) {}
func (quiet) IsTracingEnabled(context.Context) bool  { return false }

func eventKey(position uint64) []byte { return binary.BigEndian.AppendUint64([]byte("e"), position) }

func eventAt(db *pebble.DB, position uint64) ([]byte, error) {
	value, closer, err := db.Get(eventKey(position))
	if err != nil {
		return nil, err
	}
	return append([]byte(nil), value...), closer.Close()
}

// tellsOfDamage reads the log and the stream of an event, both ways: what comes before it is read, and the
// error names it.
func tellsOfDamage(t *testing.T, log *embedded.Log, position int) {
	t.Helper()
	name := fmt.Sprintf("event at position %d", position)
	isDamage := func(what string, err error) {
		if !errors.Is(err, embedded.ErrCorrupt) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v, want an error that names the %s", what, err, name)
		}
	}
	n, err := last(log.ReadAll(t.Context(), 0))
	isDamage("ReadAll", err)
	same(t, "events before it in the log", n, position-1)
	n, err = last(log.Scan(t.Context(), eventstore.End, true))
	isDamage("Scan", err)
	same(t, "events after it in the log", n, 5-position)
	_, err = last(log.ReadStream(t.Context(), "customer-1", 0))
	isDamage("ReadStream", err)
	_, err = last(log.ReadStreamBackwards(t.Context(), "customer-1", eventstore.End))
	isDamage("ReadStreamBackwards", err)
	for page, err := range log.Follow(t.Context(), 0, 100) {
		if err != nil {
			isDamage("Follow", err)
			break
		}
		same(t, "events followed", len(page.Records), position-1)
	}
}

func last(records func(func(eventstore.Record, error) bool)) (n int, err error) {
	for _, err := range records {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// TestFlippedBytes changes each byte of an event in turn.
func TestFlippedBytes(t *testing.T) {
	size := 1
	for i := 0; i < size; i++ {
		log := damaged(t, func(db *pebble.DB) error {
			event, err := eventAt(db, 3)
			if err != nil {
				return err
			}
			size = len(event)
			event[i] ^= 0x10
			return db.Set(eventKey(3), event, nil)
		})
		tellsOfDamage(t, log, 3)
		if t.Failed() {
			t.Fatalf("when byte %d of %d was changed", i, size)
		}
	}
}

func TestLostEvent(t *testing.T) {
	tellsOfDamage(t, damaged(t, func(db *pebble.DB) error { return db.Delete(eventKey(3), nil) }), 3)
}

// TestSwappedEvents puts an event in another's place, whole as it is.
func TestSwappedEvents(t *testing.T) {
	tellsOfDamage(t, damaged(t, func(db *pebble.DB) error {
		event, err := eventAt(db, 4)
		if err != nil {
			return err
		}
		return db.Set(eventKey(3), event, nil)
	}), 3)
}

// TestDamagedIndex leads a stream to another's event, and to none.
func TestDamagedIndex(t *testing.T) {
	key := binary.BigEndian.AppendUint64([]byte("s\x00\x0acustomer-1"), 1)
	for name, change := range map[string]func(*pebble.DB) error{
		"led astray": func(db *pebble.DB) error {
			return db.Set(key, binary.BigEndian.AppendUint64(nil, 2), nil)
		},
		"lost":  func(db *pebble.DB) error { return db.Delete(key, nil) },
		"short": func(db *pebble.DB) error { return db.Set(key, []byte{1}, nil) },
	} {
		log := damaged(t, change)
		n, err := last(log.ReadStream(t.Context(), "customer-1", 0))
		if n != 1 || !errors.Is(err, embedded.ErrCorrupt) || !strings.Contains(err.Error(), "customer-1") {
			t.Errorf("%s: %d events, then %v", name, n, err)
		}
	}
}

// TestForeignDirectory refuses what something else, or a later version, has written.
func TestForeignDirectory(t *testing.T) {
	for name, key := range map[string]string{"another program": "x", "another version": "f"} {
		disk := vfs.NewMem()
		changePebble(t, disk, func(db *pebble.DB) error { return db.Set([]byte(key), []byte("?"), nil) })
		if log, err := embedded.Open("data", embedded.Options{FS: disk}); err == nil {
			t.Errorf("opened what %s has written", name)
			_ = log.Close()
		}
	}
}
