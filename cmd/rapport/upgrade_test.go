package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

// older unpacks what testdata/older/make.sh made: a data directory, and the database that belongs to it.
func older(t *testing.T) (data, url string) {
	t.Helper()
	data, url = filepath.Join(t.TempDir(), "data"), postgrestest.Database(t)
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("tar", "-xzf", "testdata/older/store.tar.gz", "-C", data).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	dump, err := os.ReadFile("testdata/older/database.sql.gz")
	if err != nil {
		t.Fatal(err)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(dump))
	if err != nil {
		t.Fatal(err)
	}
	sql, err := io.ReadAll(unzipped)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.PgConn().Exec(t.Context(), string(sql)).ReadAll(); err != nil {
		t.Fatalf("load the database: %v", err)
	}
	return data, url
}

func queried(t *testing.T, url, sql string) (out string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), sql).Scan(&out); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return out
}

// What an older program wrote is brought up to this one: durable schemas by their migrations, tables beside the old ones,
// which answer meanwhile. Keys open what they sealed, what was announced is not announced again, and the log is intact.
func TestAnOlderStoreIsBroughtUpToDate(t *testing.T) {
	t.Parallel()
	data, url := older(t)
	const outbox = "SELECT count(*) || ' ' || string_agg(id::text, ' ' ORDER BY seq) FROM integration.outbox"
	const version = "SELECT schema_version FROM crm.projection_checkpoint"
	const tables = "SELECT string_agg(oid::text, ' ' ORDER BY relname) FROM pg_class WHERE relnamespace = 'crm'::regnamespace AND relkind = 'r'"
	announced, before := queried(t, url, outbox), queried(t, url, version)

	p := serve(t, data, "--postgres", url, "--publish", "http://127.0.0.1:9/")
	if code, body := p.http("GET", "/v1/segments", ""); code != 200 || !strings.Contains(string(body), `"buyers"`) {
		t.Errorf("from the first moment: %d %s", code, body)
	}
	p.until("the tables are made anew", func() (bool, string) {
		now := queried(t, url, version)
		return now != before, now
	})
	p.settled()
	if got := queried(t, url, "SELECT string_agg(schema || ' ' || part || ' ' || number, ', ' ORDER BY schema, part, number) FROM ("+
		"SELECT 'vault' AS schema, part, number FROM vault.migrations UNION ALL SELECT 'proof', part, number FROM proof.migrations "+
		"UNION ALL SELECT 'integration', part, number FROM integration.migrations "+
		"UNION ALL SELECT 'erasure', part, number FROM erasure.migrations) carried_out"); got !=
		"erasure erasures 1, integration outbox 1, integration outbox 2, proof tree 1, proof tree 2, proof tree 3, vault keys 1" {
		t.Errorf("migrations: %s", got)
	}
	if again := queried(t, url, outbox); again != announced {
		t.Errorf("announced: %s, before: %s", again, announced)
	}
	if got := queried(t, url, "SELECT string_agg(coalesce(name, '-'), ', ' ORDER BY customer_id) FROM crm.customer_summary"); got != "Zoë 1, Zoë 2, -, Zoë 4" {
		t.Errorf("names: %s", got)
	}
	if got := p.rapport("projections", "verify"); !strings.Contains(got, "are what the log makes") {
		t.Errorf("tables: %s", got)
	}
	if got := p.rapport("verify"); !strings.Contains(got, "19 stand under 1 signed heads") {
		t.Errorf("the log: %s", got)
	}

	made := queried(t, url, tables)
	p.end(syscall.SIGTERM)
	p = serve(t, data, "--postgres", url)
	p.settled()
	if now := queried(t, url, tables); now != made {
		t.Error("the same program made the tables anew")
	}
}
