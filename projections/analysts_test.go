package projections

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

// Analysts log in by a role of their own. It reads every table and view of the live schema, on after a rebuild, and
// nothing else.
func TestAnalystsReadTheLiveTablesAlone(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Announce = true })
	analyst, err := pgx.Connect(t.Context(), postgrestest.Analyst(t, w.url))
	if err != nil {
		t.Fatal(err)
	}
	defer analyst.Close(t.Context())
	w.query("CREATE SCHEMA vault")
	w.query("CREATE TABLE vault.keys (keyset bytea)")
	w.register("ann", "2024-01-01")
	w.start()
	w.settle()
	reads := func(when string) {
		t.Helper()
		var name string
		err := analyst.QueryRow(t.Context(), "SELECT name FROM crm.customer_360").Scan(&name)
		if err != nil || name != "ann" {
			t.Errorf("%s an analyst reads %q, %v", when, name, err)
		}
		expect(t, when+" unreadable", w.text(`SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
			WHERE nspname = 'crm' AND relkind IN ('r', 'v') AND NOT has_table_privilege('crm_analyst', c.oid, 'SELECT')`), "")
		expect(t, when+" writable, or elsewhere", w.text(`SELECT c.oid::regclass::text
			FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND relkind IN ('r', 'v') AND (
				nspname <> 'crm' AND has_schema_privilege('crm_analyst', n.oid, 'USAGE')
				OR has_table_privilege('crm_analyst', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'))`), "")
		for _, sql := range []string{"DELETE FROM crm.projection_checkpoint", "CREATE TABLE crm.mine (n int)",
			"SELECT keyset FROM vault.keys", "SELECT data FROM integration.outbox"} {
			_, err := analyst.Exec(t.Context(), sql)
			if refusal := (*pgconn.PgError)(nil); !errors.As(err, &refusal) || refusal.Code != "42501" {
				t.Errorf("%s: %s gives %v", when, sql, err)
			}
		}
	}
	if _, err := analyst.Exec(t.Context(), "SET default_transaction_read_only = off"); err != nil {
		t.Fatal(err)
	}
	reads("at first")
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	reads("after a rebuild")

	w.stop()
	w.query("REVOKE ALL ON SCHEMA crm FROM crm_analyst") // as if the role were newer than the tables
	w.start()
	w.closeDay("2024-01-02")
	w.settle()
	reads("after a restart")
}
