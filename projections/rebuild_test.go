package projections

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

func (w *world) rebuild() {
	w.t.Helper()
	if err := w.engine.Rebuild(w.ctx); err != nil {
		w.t.Fatal(err)
	}
}

// What analysts built on the tables in schemas of their own goes on, on the new tables.
func TestAnalystsViewsSurviveARebuild(t *testing.T) {
	w := newWorld(t, nil)
	w.aYear(3)
	w.start()
	w.settle()
	w.lead()
	w.text("CREATE SCHEMA analysts")
	w.text(`CREATE VIEW analysts.spenders WITH (security_barrier=true) AS
		SELECT customer_id, net_revenue_minor FROM crm.customer_value WHERE net_revenue_minor > 0`)
	w.text("CREATE VIEW analysts.how_many AS SELECT count(*) FROM analysts.spenders")
	w.text("COMMENT ON VIEW analysts.spenders IS 'who spends'")
	const view = `SELECT oid, obj_description(oid), reloptions::text FROM pg_class WHERE oid = 'analysts.spenders'::regclass`
	was, many := w.text(view), w.text("SELECT * FROM analysts.how_many")
	w.rebuild()
	expect(t, "the view", w.text(view), was)
	expect(t, "what it shows", w.text("SELECT * FROM analysts.how_many"), many)
	w.register("new", "2024-12-30")
	w.buys("new", "2024-12-31", 1000)
	w.settle()
	expect(t, "and a new customer", w.text("SELECT count(*) FROM analysts.spenders WHERE customer_id = $1", [16]byte(who("new"))), "1")
	expect(t, "schemas", w.text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'crm%'"), "crm")
	for w.text("SELECT FROM pg_stats WHERE schemaname = 'crm' AND tablename = 'customer_summary'") == "" {
		pause(w.ctx, 10*time.Millisecond) // statistics are gathered beside
	}

	w.text("CREATE MATERIALIZED VIEW analysts.stored AS SELECT * FROM crm.customer_value")
	w.text("CREATE FUNCTION analysts.one(c crm.customer_value) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'")
	var blocked *BlockedError
	if err := w.engine.Rebuild(w.ctx); !errors.As(err, &blocked) || len(blocked.By) != 2 ||
		!strings.Contains(err.Error(), "analysts.stored") || !strings.Contains(err.Error(), "analysts.one") {
		t.Errorf("rebuilding what others stand on: %v", err)
	}
}

// lateStore is a log in which something happens when it was read to its end.
type lateStore struct {
	*embedded.Log
	happens func()
}

func (s *lateStore) ReadAll(ctx context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for r, err := range s.Log.ReadAll(ctx, after) {
			if !yield(r, err) {
				return
			}
		}
		if after == 0 {
			s.happens()
		}
	}
}

// What happens after a rebuild has read the log, and is in the live tables before it is done, is in the new ones too.
func TestARebuildTakesWhatHappensMeanwhile(t *testing.T) {
	w := newWorld(t, nil)
	w.register("ann", "2024-01-01")
	w.start()
	w.settle()
	w.stop()
	late := &lateStore{w.store, func() {}}
	w.config.Store = late
	w.start()
	w.lead()
	late.happens = func() {
		w.buys("ann", "2024-01-02", 100)
		w.settle()
	}
	w.rebuild()
	w.settle()
	expect(t, "purchases", w.text("SELECT orders FROM customer_value"), "1")
}

// A reader who leaves a transaction open stops neither the projectors nor a rebuild after the next.
func TestAnOpenReaderStopsNoRebuild(t *testing.T) {
	w := newWorld(t, nil)
	w.aYear(2)
	w.start()
	w.settle()
	w.lead()
	reader, err := pgx.Connect(w.ctx, w.url)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close(context.Background())
	if _, err := reader.Exec(w.ctx, "BEGIN; SELECT count(*) FROM crm.customer_value"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		w.rebuild()
		w.buys("1", "2024-12-31", 1000)
		w.settle()
	}
	const replaced = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'crm\\_old\\_%'"
	expect(t, "tables that the reader holds", w.text(replaced), "1")
	if _, err := reader.Exec(w.ctx, "COMMIT"); err != nil {
		t.Fatal(err)
	}
	for strings.TrimSpace(w.text(replaced)) != "0" { // the test's own deadline bounds it
		pause(w.ctx, 50*time.Millisecond)
	}
}

// A rebuild for which the disk has no room says so before it begins, and leaves all as it was.
func TestARebuildWithoutRoomDoesNotBegin(t *testing.T) {
	free := int64(1)
	w := newWorld(t, func(c *Config) { c.Room = func() (int64, error) { return free, nil } })
	w.aYear(3)
	w.start()
	w.settle()
	w.lead()
	err := w.engine.Rebuild(w.ctx)
	if !errors.Is(err, ErrNoRoom) || !strings.Contains(err.Error(), "0 MiB are free") {
		t.Errorf("it began: %v", err)
	}
	expect(t, "what it made", w.text("SELECT to_regnamespace('crm_rebuild') IS NULL"), "true")
	free = 1 << 40
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Errorf("with room: %v", err)
	}
}

// A rebuild that was cut off goes on where it was, with what was done.
func TestARebuildGoesOn(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.RebuildEvents = 20 })
	w.aYear(40)
	w.start()
	w.settle()
	w.lead()
	want := w.checksums()
	ctx, cancel := context.WithCancel(w.ctx)
	w.engine.refolded = func(parts int) {
		if parts == 5 {
			cancel()
		}
	}
	if err := w.engine.Rebuild(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	w.stop()
	done := strings.TrimSpace(w.text("SELECT cardinality(done) FROM crm_rebuild.projection_rebuild"))
	if done == "0" {
		t.Fatalf("%s parts are done", done)
	}
	var parts int
	ended := make(chan struct{})
	w.beforeStart = func(e *Engine) { e.refolded = func(n int) { parts = n } }
	w.start()
	go func() {
		defer close(ended)
		for w.text("SELECT to_regnamespace('crm_rebuild') IS NOT NULL") == "true\n" {
			pause(w.ctx, 20*time.Millisecond)
		}
	}()
	<-ended
	w.waitState(stateLive)
	if diff := cmp.Diff(want, w.checksums()); diff != "" {
		t.Errorf("cut off and gone on with:\n%s", diff)
	}
	if parts == 0 {
		t.Error("nothing was left to do")
	}
	expect(t, "schemas", w.text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'crm%'"), "crm")
}

// holed is a log in which events are missing.
type holed struct {
	*embedded.Log
	missing func(eventstore.Record) bool
}

func (h holed) without(all iter.Seq2[eventstore.Record, error]) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for r, err := range all {
			if (err != nil || !h.missing(r)) && !yield(r, err) {
				return
			}
		}
	}
}

func (h holed) ReadAll(ctx context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	return h.without(h.Log.ReadAll(ctx, after))
}

func (h holed) ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	return h.without(h.Log.ReadStream(ctx, stream, from))
}

// A rebuild that finds events missing names them, and the tables stay.
func TestARebuildFindsWhatIsMissing(t *testing.T) {
	gone := false
	w := newWorld(t, nil)
	w.config.Store = holed{w.store, func(r eventstore.Record) bool {
		return gone && r.Stream == streamOf("2") && r.Revision > 0 && r.Revision < 4
	}}
	w.aYear(3)
	w.start()
	w.settle()
	w.lead()
	want := w.checksums()
	gone = true
	var hole *eventstore.HoleError
	err := w.engine.Rebuild(w.ctx)
	if !errors.As(err, &hole) || *hole != (eventstore.HoleError{Stream: streamOf("2"), From: 1, Until: 3}) {
		t.Errorf("rebuilt with events missing: %v", err)
	}
	if diff := cmp.Diff(want, w.checksums()); diff != "" {
		t.Errorf("and the tables are others:\n%s", diff)
	}
	w.append(custody.Stream, "2024-12-31", custody.GapsAccepted{Gaps: []custody.Gap{{Stream: streamOf("2"), First: 1, Last: 3}}, Reason: "scavenged"})
	w.settle()
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Errorf("rebuilt once that was accepted: %v", err)
	}
	if diff := cmp.Diff(want, w.checksums()); diff == "" {
		t.Error("and the tables are those of before")
	}
	expect(t, "schemas", w.text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'crm%'"), "crm")
}
