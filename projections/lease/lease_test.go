package lease_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/projections/lease"
)

const short = 800 * time.Millisecond

func open(t *testing.T, url string, o lease.Options) *lease.Lease {
	t.Helper()
	if o.Name == "" {
		o.Name = "read-models"
	}
	l, err := lease.Open(url, o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func hold(t *testing.T, l *lease.Lease) *lease.Held {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	h, err := l.Hold(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Release)
	return h
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func run(t *testing.T, conn *pgx.Conn, sql string, args ...any) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func read(t *testing.T, conn *pgx.Conn) lease.Status {
	t.Helper()
	s, err := lease.Read(t.Context(), conn, "read-models")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fenced runs f in a transaction that passes the fence first.
func fenced(ctx context.Context, conn *pgx.Conn, h *lease.Held, f func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if err := h.Fence(ctx, tx); err != nil {
			return err
		}
		return f(tx)
	})
}

func nothing(pgx.Tx) error { return nil }

func ended(t *testing.T, h *lease.Held, within time.Duration) error {
	t.Helper()
	select {
	case <-h.Done():
	case <-time.After(within):
		t.Fatalf("the holder did not learn within %v that it lost the lease", within)
	}
	return h.Err()
}

func TestOptionsAreChecked(t *testing.T) {
	_, err := lease.Open("postgres://localhost/x", lease.Options{TTL: time.Second, Heartbeat: time.Second})
	if err == nil || !strings.Contains(err.Error(), "no name") || !strings.Contains(err.Error(), "too seldom") {
		t.Errorf("want both faults, got %v", err)
	}
	if _, err := lease.Open("postgres://[", lease.Options{Name: "x"}); err == nil {
		t.Error("a URL that is none was taken")
	}
}

func TestOneHolds(t *testing.T) {
	url := postgrestest.Database(t)
	db := connect(t, url)
	if s := read(t, db); s != (lease.Status{}) {
		t.Errorf("before anybody asked: %+v", s)
	}
	first := hold(t, open(t, url, lease.Options{Program: "v1.2.0", Logic: 3}))
	if err := fenced(t.Context(), db, first, nothing); err != nil {
		t.Errorf("the holder is not let through: %v", err)
	}
	s := read(t, db)
	if !s.Held || s.Program != "v1.2.0" || s.Logic != 3 || s.PID == 0 || s.Epoch != first.Epoch() ||
		time.Since(s.Since).Abs() > time.Minute || s.HeartbeatAge < 0 || s.HeartbeatAge > 5*time.Second {
		t.Errorf("status of the holder: %+v", s)
	}

	waits := make(chan lease.Status, 10)
	second := open(t, url, lease.Options{Program: "v1.2.0", Logic: 3, OnWait: func(s lease.Status) { waits <- s }})
	took := make(chan *lease.Held)
	go func() {
		h, err := second.Hold(t.Context())
		if err != nil {
			t.Error(err)
		}
		took <- h
	}()
	if s := <-waits; s.Epoch != first.Epoch() || !strings.Contains(s.Waiting(3), "holds the lease") {
		t.Errorf("who stands by was told %+v, %q", s, s.Waiting(3))
	}
	var locks int
	err := db.QueryRow(t.Context(), `SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
		WHERE application_name = 'rapport lease' AND state <> 'active' OR locktype = 'advisory'`).Scan(&locks)
	if err != nil || locks != 0 {
		t.Errorf("%d locks are held while standing by (%v)", locks, err)
	}
	first.Release()
	first.Release()
	h := <-took
	defer h.Release()
	if h.Epoch() <= first.Epoch() {
		t.Errorf("epoch %d after %d", h.Epoch(), first.Epoch())
	}
	if err := fenced(t.Context(), db, first, nothing); !errors.Is(err, lease.ErrLost) {
		t.Errorf("who released the lease gets through the fence: %v", err)
	}
	if err := first.Err(); err != nil {
		t.Errorf("a released lease is no fault: %v", err)
	}
}

func TestHoldEndsWithItsContext(t *testing.T) {
	url := postgrestest.Database(t)
	hold(t, open(t, url, lease.Options{}))
	ctx, cancel := context.WithCancel(t.Context())
	waiting := open(t, url, lease.Options{OnWait: func(lease.Status) { cancel() }})
	if _, err := waiting.Hold(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Hold ended with %v", err)
	}
}

// An older program would rebuild the read models as they were before.
func TestOlderStandsBy(t *testing.T) {
	url := postgrestest.Database(t)
	newer := hold(t, open(t, url, lease.Options{Logic: 8, Program: "v2.0.0"}))
	reasons := make(chan string, 10)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	older := open(t, url, lease.Options{Logic: 7, Program: "v1.9.0", OnWait: func(s lease.Status) { reasons <- s.Waiting(7) }})
	stopped := make(chan error)
	go func() {
		_, err := older.Hold(ctx)
		stopped <- err
	}()
	if reason := <-reasons; !strings.Contains(reason, "v2.0.0") || !strings.Contains(reason, "older (logic 7)") {
		t.Errorf("the reason while the newer one is there: %s", reason)
	}
	newer.Release()
	if reason := <-reasons; !strings.Contains(reason, "does not rebuild") {
		t.Errorf("the reason when the newer one is gone: %s", reason)
	}
	cancel()
	if err := <-stopped; !errors.Is(err, context.Canceled) {
		t.Errorf("the older one stopped waiting with %v", err)
	}
	back := hold(t, open(t, url, lease.Options{Logic: 7, TakeOlder: true})) // by a person's word
	back.Release()
	hold(t, open(t, url, lease.Options{Logic: 7})) // which counts from then on
}

func TestAnalystsCannotTouchIt(t *testing.T) {
	url := postgrestest.Database(t)
	h := hold(t, open(t, url, lease.Options{}))
	guest := connect(t, postgrestest.Analyst(t, url))
	for _, sql := range []string{
		"SELECT * FROM rapport_engine.lease",
		"SELECT * FROM rapport_engine.fence FOR SHARE",
		"LOCK TABLE rapport_engine.lease IN ACCESS SHARE MODE",
		"BEGIN READ WRITE; LOCK TABLE rapport_engine.fence",
		"UPDATE rapport_engine.lease SET held = false",
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'rapport%'",
	} {
		if _, err := guest.Exec(t.Context(), sql); err == nil {
			t.Errorf("crm_analyst may do: %s", sql)
		}
		run(t, guest, "ROLLBACK")
	}
	if err := fenced(t.Context(), connect(t, url), h, nothing); err != nil {
		t.Error(err)
	}
}

// A heartbeat's connection may break and come again.
func TestHeartbeatConnectsAgain(t *testing.T) {
	url := postgrestest.Database(t)
	h := hold(t, open(t, url, lease.Options{TTL: short}))
	db := connect(t, url)
	for range 3 {
		run(t, db, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rapport lease' AND datname = current_database()")
		waitUntil(t, func() bool { return read(t, db).Held })
	}
	if err := fenced(t.Context(), db, h, nothing); err != nil {
		t.Errorf("after broken connections: %v", err)
	}
	if s := read(t, db); s.Epoch != h.Epoch() {
		t.Errorf("epoch %d became %d", h.Epoch(), s.Epoch)
	}
}

// A clock that was set back must not keep a dead holder's lease.
func TestHeartbeatOfTheFuture(t *testing.T) {
	url := postgrestest.Database(t)
	hold(t, open(t, url, lease.Options{TTL: time.Hour, Heartbeat: 10 * time.Minute}))
	db := connect(t, url)
	run(t, db, "UPDATE rapport_engine.lease SET beat_at = clock_timestamp() + interval '2 hours'")
	if read(t, db).Held {
		t.Error("a heartbeat of the future counts")
	}
	hold(t, open(t, url, lease.Options{}))
}

// The transaction that an earlier holder left open must not keep who holds the lease now from writing.
func TestTakeoverEndsOpenTransactions(t *testing.T) {
	url := postgrestest.Database(t)
	db := connect(t, url)
	run(t, db, "CREATE TABLE shelf (id int PRIMARY KEY, by text)")
	first := hold(t, open(t, url, lease.Options{TTL: short}))
	writer := connect(t, url)
	tx, err := writer.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Fence(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "INSERT INTO shelf VALUES (1, 'first')"); err != nil {
		t.Fatal(err)
	}
	first.Release() // it is no more, for all that others know
	second := hold(t, open(t, url, lease.Options{TTL: short}))
	err = fenced(t.Context(), db, second, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), "INSERT INTO shelf VALUES (1, 'second')")
		return err
	})
	if err != nil {
		t.Fatalf("the new holder cannot write: %v", err)
	}
	if err := tx.Commit(t.Context()); err == nil {
		t.Error("the earlier holder's transaction was committed after the takeover")
	}
}

func TestContextEndsWithTheLease(t *testing.T) {
	url := postgrestest.Database(t)
	h := hold(t, open(t, url, lease.Options{TTL: short}))
	ctx, cancel := h.Context(t.Context())
	defer cancel()
	db := connect(t, url)
	run(t, db, "UPDATE rapport_engine.lease SET epoch = epoch + 1") // as another process does that takes it over
	if err := ended(t, h, 10*time.Second); !errors.Is(err, lease.ErrLost) {
		t.Errorf("the holder was told %v", err)
	}
	<-ctx.Done()
	if !errors.Is(context.Cause(ctx), lease.ErrLost) {
		t.Errorf("the context's cause is %v", context.Cause(ctx))
	}
}

func waitUntil(t *testing.T, ok func() bool) {
	t.Helper()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for deadline := time.Now().Add(20 * time.Second); !ok(); <-again.C {
		if time.Now().After(deadline) {
			t.Fatal("it did not come about within 20 s")
		}
	}
}
