package projections

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/commands/commandstest"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// Whatever is asked for, nothing of it stops the projectors, and all tables are the same after a rebuild, also by
// other pages and with a memory that holds next to nothing. The lives share a database, one after the other.
func TestTablesAreTheLogs(t *testing.T) {
	commandstest.Bound(t, 3, 400)
	w := newWorld(t, nil)
	rapid.Check(t, func(rt *rapid.T) {
		store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
		if err != nil {
			rt.Fatal(err)
		}
		defer store.Close()
		service := commands.New(store, w.codec, commands.Options{Now: commandstest.Now})
		w.store, w.config.Store = store, store
		w.config.PageEvents = rapid.SampledFrom([]int{0, 1, 7}).Draw(rt, "events a page")
		w.config.Memory = rapid.SampledFrom([]int{0, 1}).Draw(rt, "customers in memory")
		w.config.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
		w.text("DROP SCHEMA IF EXISTS " + liveSchema + " CASCADE")
		w.start()
		defer w.stop()
		commandstest.Begin(rt, store, w.codec, service).Live(rt)
		live := w.settled(rt)

		w.stop()
		w.config.RebuildEvents = rapid.SampledFrom([]int{0, 3}).Draw(rt, "events a page of the rebuild")
		w.config.Memory = 0
		w.start()
		w.waitState(stateLive)
		if err := w.engine.Rebuild(context.Background()); err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(live, w.settled(rt)); diff != "" {
			rt.Fatalf("live and rebuilt:\n%s", diff)
		}
	})
}

// settled sums up the tables when they hold the whole log.
func (w *world) settled(t *rapid.T) map[string]string {
	head, err := w.store.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := w.reader.WaitFor(ctx, head); err != nil {
		status := w.engine.Status(context.Background())
		if status.LastError != nil {
			t.Fatalf("%v: %s (%+v)", err, *status.LastError, status)
		}
		t.Fatalf("%v: %+v", err, status)
	}
	return w.checksums()
}
