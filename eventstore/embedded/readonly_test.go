package embedded_test

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// TestReadOnly reads a log whose files stay as they are, byte for byte.
func TestReadOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "log")
	log := open(t, dir, embedded.Options{})
	mustAppend(t, log, "customer-1", eventstore.NoStream, facts(3, 20))
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	before := contents(t, dir)
	log = open(t, dir, embedded.Options{ReadOnly: true})
	n, err := last(log.ReadAll(t.Context(), 0))
	if n != 3 || err != nil {
		t.Errorf("%d events, %v", n, err)
	}
	if _, err := log.Append(t.Context(), "customer-2", eventstore.Any, facts(1, 20)); !errors.Is(err, eventstore.ErrReadOnly) {
		t.Errorf("append: %v", err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
		t.Errorf("the files changed:\n%s", diff)
	}
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	if _, err := embedded.Open(nowhere, embedded.Options{ReadOnly: true}); err == nil {
		t.Error("opened a log that there is not")
	}
	if _, err := os.Stat(nowhere); err == nil {
		t.Error("made a directory")
	}
}

// medium is a file system on which nothing can be made or changed.
type medium struct{ vfs.FS }

var errMedium = &fs.PathError{Op: "write", Path: "medium", Err: syscall.EROFS}

func (medium) Lock(string) (io.Closer, error)                         { return nil, errMedium }
func (medium) Create(string, vfs.DiskWriteCategory) (vfs.File, error) { return nil, errMedium }
func (medium) OpenReadWrite(string, vfs.DiskWriteCategory, ...vfs.OpenOption) (vfs.File, error) {
	return nil, errMedium
}
func (medium) ReuseForWrite(string, string, vfs.DiskWriteCategory) (vfs.File, error) {
	return nil, errMedium
}
func (medium) MkdirAll(string, os.FileMode) error { return errMedium }
func (medium) Remove(string) error                { return errMedium }
func (medium) Rename(string, string) error        { return errMedium }
func (medium) Link(string, string) error          { return errMedium }

// A log on a medium that cannot be written is read all the same; to write it is refused.
func TestReadOnlyMedium(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "log")
	log := open(t, dir, embedded.Options{})
	mustAppend(t, log, "customer-1", eventstore.NoStream, facts(3, 20))
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	log = open(t, dir, embedded.Options{FS: medium{vfs.Default}, ReadOnly: true})
	if n, err := last(log.ReadAll(t.Context(), 0)); n != 3 || err != nil {
		t.Errorf("%d events, %v", n, err)
	}
	if err := log.Close(); err != nil {
		t.Error(err)
	}
	if _, err := embedded.Open(dir, embedded.Options{FS: medium{vfs.Default}}); err == nil {
		t.Error("opened to be written")
	}
}

// contents answers the files of a directory that have any.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = string(text)
	}
	maps.DeleteFunc(all, func(_, text string) bool { return text == "" })
	return all
}
