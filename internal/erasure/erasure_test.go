package erasure_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/internal/erasure"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

// database is one as the projectors and the vault leave it, as far as a runner looks.
const database = `
CREATE SCHEMA vault;
CREATE TABLE vault.keys (customer_id uuid PRIMARY KEY, destroyed_at timestamptz);
CREATE SCHEMA crm;
` + tables

const tables = `
CREATE TABLE crm.erasures (customer_id uuid PRIMARY KEY, position bigint NOT NULL);
CREATE TABLE crm.customer_summary (customer_id uuid PRIMARY KEY, name text);
COMMENT ON COLUMN crm.customer_summary.name IS 'Personal: as registered';
`

// A process that died between the fact and the deed leaves a key, which the next one destroys; the files are cleaned once,
// and again when more is to be cleaned.
func TestWhatADeadProcessLeftIsDone(t *testing.T) {
	ctx, url := t.Context(), postgrestest.Database(t)
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := conn.Exec(ctx, sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(database)
	gone, standing, keyless, somebody := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}, uuid.UUID{4}
	exec("INSERT INTO vault.keys VALUES ($1, now()), ($2, NULL), ($3, NULL)", gone, standing, somebody)
	exec("INSERT INTO crm.erasures VALUES ($1, 10), ($2, 20), ($3, 30)", gone, standing, keyless)

	var destroyed []uuid.UUID
	r, err := erasure.New(ctx, erasure.Config{DatabaseURL: url, AdminURL: postgrestest.Administrator(t, url), Logger: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Destroy: func(_ context.Context, id uuid.UUID) error {
			destroyed = append(destroyed, id)
			_, err := conn.Exec(ctx, `INSERT INTO vault.keys VALUES ($1, now())
				ON CONFLICT (customer_id) DO UPDATE SET destroyed_at = now()`, id)
			return err
		}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	cleaned := func(id uuid.UUID, position int64) (key, files bool) {
		t.Helper()
		k, f, err := r.Progress(ctx, id, position)
		if err != nil {
			t.Fatal(err)
		}
		return k != nil, f != nil
	}
	if key, files := cleaned(standing, 20); key || files {
		t.Errorf("done before anything was: key %v, files %v", key, files)
	}
	if err := r.Scrub(ctx); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(destroyed, []uuid.UUID{standing, keyless}) {
		t.Errorf("destroyed the keys of %v", destroyed)
	}
	if key, files := cleaned(standing, 20); !key || !files {
		t.Errorf("key %v, files %v", key, files)
	}
	exec("INSERT INTO crm.erasures VALUES ($1, 40)", somebody)
	if _, files := cleaned(somebody, 40); files {
		t.Error("the files are clean of somebody who was erased since")
	}
	r.Erased(ctx, somebody)
	if err := r.Scrub(ctx); err != nil {
		t.Fatal(err)
	}
	if key, files := cleaned(somebody, 40); !key || !files || len(destroyed) != 3 {
		t.Errorf("key %v, files %v; destroyed %v", key, files, destroyed)
	}
	exec("DROP SCHEMA crm CASCADE; CREATE SCHEMA crm;" + tables)
	exec("INSERT INTO crm.erasures VALUES ($1, 40)", somebody)
	if _, files := cleaned(somebody, 40); files {
		t.Error("tables that a rebuild made count as clean")
	}
	if err := r.Scrub(ctx); err != nil {
		t.Fatal(err)
	}
	if _, files := cleaned(somebody, 40); !files {
		t.Error("not clean after a rebuild")
	}
}

// A role that is no administrator does as much as it may, and does not say that all of it was done.
func TestWhatIsLeftToTheAdministrator(t *testing.T) {
	ctx, url := t.Context(), postgrestest.Database(t)
	r, exec := runner(t, url)
	gone := uuid.UUID{1}
	exec(database)
	exec("INSERT INTO crm.erasures VALUES ($1, 10)", gone)
	if err := r.Scrub(ctx); err != nil {
		t.Fatal(err)
	}
	if _, files, err := r.Progress(ctx, gone, 10); err != nil || files != nil {
		t.Errorf("the files count as clean since %v (%v)", files, err)
	}
}

// What a rebuild has written so far may hold who was erased since: the files are clean when it is gone.
func TestARebuildIsWaitedFor(t *testing.T) {
	ctx, url := t.Context(), postgrestest.Database(t)
	r, exec := runner(t, url, func(c *erasure.Config) { c.AdminURL = postgrestest.Administrator(t, url) })
	gone := uuid.UUID{1}
	exec(database)
	exec("INSERT INTO crm.erasures VALUES ($1, 10)", gone)
	exec("CREATE SCHEMA crm_rebuild")
	for _, clean := range []bool{false, true} {
		if err := r.Scrub(ctx); err != nil {
			t.Fatal(err)
		}
		if _, files, err := r.Progress(ctx, gone, 10); err != nil || (files != nil) != clean {
			t.Errorf("the files count as clean since %v, want %v (%v)", files, clean, err)
		}
		exec("DROP SCHEMA IF EXISTS crm_rebuild")
	}
}

// A reader's session cannot keep what it has read of somebody who is erased.
func TestReadersSessionsEnd(t *testing.T) {
	ctx, url := t.Context(), postgrestest.Database(t)
	r, exec := runner(t, url, func(c *erasure.Config) { c.AdminURL = postgrestest.Administrator(t, url) })
	exec(database)
	exec("INSERT INTO crm.customer_summary VALUES ($1, 'Ann Example')", uuid.UUID{1})
	exec("GRANT USAGE ON SCHEMA crm TO crm_analyst; GRANT SELECT ON ALL TABLES IN SCHEMA crm TO crm_analyst")
	reader, err := pgx.Connect(ctx, postgrestest.Analyst(t, url))
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close(ctx)
	if _, err := reader.Exec(ctx, "BEGIN; DECLARE kept CURSOR WITH HOLD FOR SELECT name FROM crm.customer_summary; COMMIT"); err != nil {
		t.Fatal(err)
	}
	exec("DELETE FROM crm.customer_summary")
	exec("INSERT INTO crm.erasures VALUES ($1, 10)", uuid.UUID{1})
	if err := r.Scrub(ctx); err != nil {
		t.Fatal(err)
	}
	var name string
	if err := reader.QueryRow(ctx, "FETCH ALL FROM kept").Scan(&name); err == nil {
		t.Errorf("the session still reads %q", name)
	}
}

// runner makes a runner without keys, and what runs statements in its database.
func runner(t *testing.T, url string, adjust ...func(*erasure.Config)) (*erasure.Runner, func(sql string, args ...any)) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	c := erasure.Config{DatabaseURL: url, Logger: slog.New(slog.NewTextHandler(t.Output(), nil))}
	for _, a := range adjust {
		a(&c)
	}
	r, err := erasure.New(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r, func(sql string, args ...any) {
		t.Helper()
		if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
}
