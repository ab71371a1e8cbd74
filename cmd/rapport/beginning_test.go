package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/notary"
)

// A new log that grew before anything was written down of it is still one that began under this server, however it
// ended; once it was written down, it is not.
func TestANewLogIsNotTakenForAnOldOne(t *testing.T) {
	t.Parallel()
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "data", "proof.new")
	start := func() *beginning { return &beginning{store: log, file: file, logger: slog.New(slog.DiscardHandler)} }
	if err := start().look(t.Context()); err != nil {
		t.Errorf("an empty log: %v", err)
	}
	proposed := []eventstore.Proposed{{ID: uuid.New(), Type: "customer.registered.v1", Data: []byte(`{}`)}}
	if _, err := log.Append(t.Context(), "customer-1", eventstore.NoStream, proposed); err != nil {
		t.Fatal(err)
	}
	killed := start()
	if err := killed.look(t.Context()); err != nil {
		t.Errorf("after a kill: %v", err)
	}
	killed.end()
	old := start()
	if err := old.look(t.Context()); !errors.Is(err, notary.ErrUnadopted) {
		t.Errorf("once it was written down: %v", err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	away := start()
	if err := away.look(t.Context()); !errors.Is(err, eventstore.ErrUnavailable) {
		t.Errorf("of a log that is away nothing is known, and no command may come first: %v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("a log that is away was taken for a new one")
	}
}
