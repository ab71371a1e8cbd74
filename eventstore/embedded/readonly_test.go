package embedded_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"

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
