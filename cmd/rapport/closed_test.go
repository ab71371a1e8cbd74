package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// However the record of tokens is emptied, shortened or deleted, the next start opens nothing, and says the cure.
func TestALostRecordOfTokensNeverOpensAServer(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	p := serve(t, data)
	p.must("POST", "/v1/tokens", `{"name":"root","role":"admin"}`, nil)
	p.end(syscall.SIGTERM)

	log := filepath.Join(data, "log")
	kept := filepath.Join(t.TempDir(), "log")
	if err := os.CopyFS(kept, os.DirFS(log)); err != nil {
		t.Fatal(err)
	}
	hidden := func(metadata string) func(*embedded.Log) error {
		return func(l *embedded.Log) error {
			_, err := l.Append(t.Context(), "$$"+access.Stream, eventstore.Any,
				[]eventstore.Proposed{{ID: [16]byte{1}, Type: "$metadata", Data: []byte(metadata)}})
			return err
		}
	}
	mark := filepath.Join(data, "access.mark")
	for _, loss := range []struct {
		name   string
		change func()
	}{
		{"truncated", func() { changed(t, log, hidden(`{"$tb":1}`)) }},
		{"deleted", func() {
			changed(t, log, func(l *embedded.Log) error {
				_, err := l.Delete(t.Context(), access.Stream, eventstore.Any)
				return err
			})
		}},
		{"tombstoned, and the file is gone", func() {
			changed(t, log, func(l *embedded.Log) error {
				_, err := l.Tombstone(t.Context(), access.Stream, eventstore.Any)
				return err
			})
			if err := os.Remove(mark); err != nil {
				t.Fatal(err)
			}
		}},
		{"emptied in the files", func() {
			db, err := pebble.Open(log, &pebble.Options{FormatMajorVersion: pebble.FormatTableFormatV6})
			if err != nil {
				t.Fatal(err)
			}
			for _, err := range []error{db.Delete([]byte("h"+access.Stream), pebble.Sync), db.Close()} {
				if err != nil {
					t.Fatal(err)
				}
			}
		}},
		{"aged", func() { changed(t, log, hidden(`{"$maxAge":1}`)) }}, // the token is older than a second by now
	} {
		name := loss.name
		if err := os.RemoveAll(log); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(log, os.DirFS(kept)); err != nil {
			t.Fatal(err)
		}
		loss.change()
		_, why, err := withoutServer(t, nil, "serve", "--data", data, "--listen", "127.0.0.1:0")
		if err == nil || !strings.Contains(why, "rapport proof adopt --reason") {
			t.Errorf("%s: %v, %s", name, err, why)
		}
		if _, why, err := withoutServer(t, nil, "tokens", "issue", "--role", "admin", "--name", "me", "--data", data); err == nil &&
			!strings.Contains(name, "file is gone") {
			t.Errorf("%s: a token was issued: %s", name, why)
		}
		if _, err := os.Stat(mark); err != nil { // as the next one finds it
			if err := os.WriteFile(mark, []byte("1\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// changed changes the log of a directory that no server uses.
func changed(t *testing.T, dir string, change func(*embedded.Log) error) {
	t.Helper()
	log, err := embedded.Open(dir, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{change(log), log.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
}
