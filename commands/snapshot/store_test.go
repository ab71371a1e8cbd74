package snapshot

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func open(t interface{ Fatal(...any) }, dir, version string, most int64) *Store {
	s, err := Open(Options{Dir: dir, Version: version, Bytes: most})
	if err != nil {
		t.Fatal(err)
	}
	s.Found()
	return s
}

// Whatever is put, forgotten and opened again: what is there is the newest value, and the folder stays within its
// bound. Without a bound that bites, all is there.
func TestNewestValueWins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "store")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		most := rapid.SampledFrom([]int64{256 << 10, 64 << 20}).Draw(t, "most")
		s := open(t, dir, "1", most)
		want := map[uuid.UUID][]byte{}
		ids := []uuid.UUID{{1}, {2}, {3}, {4}}
		for n := range rapid.IntRange(1, 40).Draw(t, "steps") {
			id := rapid.SampledFrom(ids).Draw(t, "id")
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0:
				s.Close()
				s = open(t, dir, "1", most)
			default:
				want[id] = bytes.Repeat(fmt.Appendf(nil, "%d ", n), rapid.IntRange(0, 5000).Draw(t, "size"))
				s.Put(id, want[id])
			}
			for id, value := range want {
				got, _, ok := s.Get(id)
				if ok && !bytes.Equal(got, value) || !ok && most > 1<<20 {
					t.Fatalf("%s has %d bytes (%t), not %d", id, len(got), ok, len(value))
				}
			}
			if total := size(t, dir); total > most+s.fileBytes {
				t.Fatalf("%d bytes", total)
			}
		}
		s.Close()
	})
}

func size(t interface{ Fatal(...any) }, dir string) (total int64) {
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if info, err := os.Stat(name); err == nil {
			total += info.Size()
		}
	}
	return total
}

func TestWhatCannotBeTrustedIsNotThere(t *testing.T) {
	dir, id := t.TempDir(), uuid.UUID{7}
	s := open(t, dir, "1", 1<<20)
	s.Put(id, []byte("value"))
	if _, own, ok := s.Get(id); !own || !ok {
		t.Error("an own value is not there")
	}
	s.Close()
	if _, _, ok := s.Get(id); ok {
		t.Error("a value is there though the store is closed")
	}
	s.Put(id, []byte("late"))

	s = open(t, dir, "1", 1<<20)
	if value, own, ok := s.Get(id); own || !ok || string(value) != "value" {
		t.Errorf("an earlier process's value: %q %t %t", value, own, ok)
	}
	s.Forget(id)
	if _, _, ok := s.Get(id); ok {
		t.Error("a value is there though it was forgotten")
	}
	s.Close()

	name := filepath.Join(dir, "00000001"+suffix)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x10
		if err := os.WriteFile(name, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir, "1", 1<<20)
		if value, _, ok := s.Get(id); ok {
			t.Errorf("byte %d is damaged, and %q is read", at, value)
		}
		s.Close()
		if err := os.WriteFile(name, whole[:at], 0o600); err != nil {
			t.Fatal(err)
		}
		s = open(t, dir, "1", 1<<20)
		if value, _, ok := s.Get(id); ok {
			t.Errorf("cut off at byte %d, and %q is read", at, value)
		}
		s.Close()
	}

	if err := os.WriteFile(name, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, "2", 1<<20)
	defer s.Close()
	if _, _, ok := s.Get(id); ok {
		t.Error("another version's value is there")
	}
	if size(t, dir) > 0 {
		t.Error("another version's files are there")
	}
}

// A disk without room, or a folder that is gone, is no fault of who puts.
func TestNoRoom(t *testing.T) {
	room := false
	s, err := Open(Options{Dir: t.TempDir(), Version: "1", Bytes: 1 << 20, Room: func(int64) bool { return room }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	id := uuid.UUID{7}
	s.Put(id, []byte("value"))
	if _, _, ok := s.Get(id); ok {
		t.Error("it was written without room")
	}
	if room = true; os.RemoveAll(s.o.Dir) != nil {
		t.Fatal("remove")
	}
	s.Put(id, []byte("value"))
	if _, _, ok := s.Get(id); ok {
		t.Error("it was written nowhere")
	}
}
