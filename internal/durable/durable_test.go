package durable

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func migrate(t *testing.T, conn *pgx.Conn, p Part) error {
	t.Helper()
	return pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) error { return p.Migrate(t.Context(), tx) })
}

func text(t *testing.T, conn *pgx.Conn, sql string) (out string) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), sql).Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

var (
	first  = Part{Schema: "kept", Name: "things", Migrations: []string{"CREATE TABLE kept.things (n bigint); INSERT INTO kept.things VALUES (1)"}}
	second = Part{Schema: "kept", Name: "things", Migrations: append(first.Migrations,
		"ALTER TABLE kept.things ADD COLUMN name text NOT NULL DEFAULT 'old'")}
)

// Each migration is carried out once, over what is there already.
func TestMigrations(t *testing.T) {
	conn := connect(t, postgrestest.Database(t))
	for _, p := range []Part{first, first, second, second} {
		if err := migrate(t, conn, p); err != nil {
			t.Fatal(err)
		}
	}
	if got := text(t, conn, "SELECT string_agg(n || ' ' || name, ',') FROM kept.things"); got != "1 old" {
		t.Errorf("rows: %s", got)
	}
	other := Part{Schema: "kept", Name: "others", Migrations: []string{"CREATE TABLE kept.others ()"}}
	if err := migrate(t, conn, other); err != nil {
		t.Error(err)
	}
	if got := text(t, conn, "SELECT string_agg(part || ' ' || number, ',' ORDER BY part, number) FROM kept.migrations"); got != "others 1,things 1,things 2" {
		t.Errorf("carried out: %s", got)
	}
	err := migrate(t, conn, first)
	if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "migration 2, this program knows 1") {
		t.Errorf("an older program: %v", err)
	}
}

// What fails leaves all as it was.
func TestAMigrationThatFails(t *testing.T) {
	conn := connect(t, postgrestest.Database(t))
	broken := Part{Schema: "kept", Name: "things", Migrations: append(first.Migrations, "ALTER TABLE kept.nothing ADD COLUMN x text")}
	if err := migrate(t, conn, broken); err == nil || !strings.Contains(err.Error(), "bring things in the schema kept up to date: migration 2") {
		t.Errorf("it failed by %v", err)
	}
	if got := text(t, conn, "SELECT coalesce(to_regnamespace('kept')::text, 'none')"); got != "none" {
		t.Errorf("the schema %s is left", got)
	}
}

// Many processes that start at once do it once.
func TestManyMigrateAtOnce(t *testing.T) {
	url := postgrestest.Database(t)
	var all sync.WaitGroup
	for range 8 {
		conn := connect(t, url)
		all.Go(func() {
			if err := migrate(t, conn, second); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := text(t, connect(t, url), "SELECT count(*)::text FROM kept.things"); got != "1" {
		t.Errorf("%s rows", got)
	}
}
