package embedded_test

import (
	"path/filepath"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// The index of a log that was used in every way fits its events; whatever is changed in it is found.
func TestCheckIndex(t *testing.T) {
	names := []string{"customer-1", "customer-2", "segment-x"}
	fill := func() *vfs.MemFS {
		disk := vfs.NewMem()
		log, err := embedded.Open("log", embedded.Options{FS: disk})
		if err != nil {
			t.Fatal(err)
		}
		events := func(n int, typ string) (all []eventstore.Proposed) {
			for range n {
				all = append(all, eventstore.Proposed{ID: uuid.New(), Type: typ, Data: []byte(`{}`)})
			}
			return all
		}
		for _, name := range append(names, "gone", "dead", names[0]) {
			if _, err := log.Append(t.Context(), name, eventstore.Any, events(5, "test.happened.v1")); err != nil {
				t.Fatal(err)
			}
		}
		_, err = log.Append(t.Context(), "$$"+names[1], eventstore.Any, []eventstore.Proposed{{ID: uuid.New(), Type: "$metadata", Data: []byte(`{"$maxCount":2}`)}})
		if err == nil {
			_, err = log.Delete(t.Context(), "gone", eventstore.Any)
		}
		if err == nil {
			_, err = log.Tombstone(t.Context(), "dead", eventstore.Any)
		}
		if err == nil {
			err = log.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return disk
	}
	found := func(disk vfs.FS) (all []string) {
		log, err := embedded.Open("log", embedded.Options{FS: disk, ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer log.Close()
		if err := log.CheckIndex(t.Context(), func(_ eventstore.Position, detail string) bool {
			all = append(all, detail)
			return len(all) < 5
		}); err != nil {
			t.Fatal(err)
		}
		return all
	}
	if odd := found(fill()); len(odd) > 0 {
		t.Errorf("an untouched log: %q", odd)
	}
	index := func(stream string, revision byte) []byte {
		return append(append([]byte{'s', 0, byte(len(stream))}, stream...), 0, 0, 0, 0, 0, 0, 0, revision)
	}
	position := func(at byte) []byte { return []byte{0, 0, 0, 0, 0, 0, 0, at} }
	for name, change := range map[string]func(*pebble.DB) error{
		"an entry removed":        func(db *pebble.DB) error { return db.Delete(index(names[0], 4), nil) },
		"the last entry removed":  func(db *pebble.DB) error { return db.Delete(index(names[2], 4), nil) },
		"an entry leads wrong":    func(db *pebble.DB) error { return db.Set(index(names[0], 1), position(1), nil) },
		"an entry leads nowhere":  func(db *pebble.DB) error { return db.Set(index(names[0], 1), position(99), nil) },
		"an entry too many":       func(db *pebble.DB) error { return db.Set(index(names[2], 5), position(3), nil) },
		"an entry that is none":   func(db *pebble.DB) error { return db.Set([]byte("s?"), nil, nil) },
		"a stream without a head": func(db *pebble.DB) error { return db.Delete([]byte("h"+names[1]), nil) },
		"a head of no stream": func(db *pebble.DB) error {
			return db.Set([]byte("hnobody"), append([]byte{0, 0, 0, 0, 0, 0, 0, 0, 3}, make([]byte, 24)...), nil)
		},
		"a head set back": func(db *pebble.DB) error {
			return db.Set([]byte("h"+names[0]), append([]byte{0, 0, 0, 0, 0, 0, 0, 0, 3}, make([]byte, 24)...), nil)
		},
		"a head cut short": func(db *pebble.DB) error { return db.Set([]byte("h"+names[0]), []byte{0}, nil) },
	} {
		disk := fill()
		dir, err := filepath.Abs("log")
		if err != nil {
			t.Fatal(err)
		}
		db, err := pebble.Open(dir, &pebble.Options{FS: disk, FormatMajorVersion: pebble.FormatTableFormatV6})
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{change(db), db.Close()} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if odd := found(disk); len(odd) == 0 {
			t.Errorf("%s: nothing was found", name)
		}
	}
}
