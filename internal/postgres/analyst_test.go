package postgres

import (
	"errors"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// refused runs statements in a connection of its own until one is refused, and answers why: its SQLSTATE.
func refused(t *testing.T, url string, statements ...string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err == nil {
		defer conn.Close(t.Context())
	}
	for _, sql := range statements {
		if err == nil {
			_, err = conn.Exec(t.Context(), sql)
		}
	}
	var refusal *pgconn.PgError
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	t.Errorf("%s: %v", statements, err)
	return ""
}

const notPermitted, readOnly = "42501", "25006"

func TestAnalyst(t *testing.T) {
	s := mustStart(t, Options{Dir: closedDir(t)})
	query(t, s.URL(), createProbe,
		"CREATE SCHEMA crm", "CREATE TABLE crm.seen AS SELECT 'granted' AS word", "CREATE TABLE crm.unseen (n int)",
		"CREATE SCHEMA vault", "CREATE TABLE vault.keys (n int)",
		"GRANT USAGE ON SCHEMA crm TO crm_analyst", "GRANT SELECT ON crm.seen TO crm_analyst")
	if word := query(t, s.AnalystURL(), "SELECT word FROM crm.seen"); word != "granted" {
		t.Errorf("an analyst reads %q", word)
	}
	const rights = `SELECT concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolconnlimit,
		current_setting('default_transaction_read_only'), current_setting('statement_timeout'),
		(SELECT count(*) FROM pg_auth_members WHERE member = pg_roles.oid)) FROM pg_roles WHERE rolname = current_user`
	if got, want := query(t, s.AnalystURL(), rights), "f f f f f 20 on 5min 0"; got != want {
		t.Errorf("the analysts' role has the rights %q, want %q", got, want)
	}
	if code := refused(t, s.AnalystURL(), "CREATE TABLE crm.mine (n int)"); code != readOnly {
		t.Errorf("writing is refused as %s", code)
	}
	refusesAll(t, s.AnalystURL())
}

// refusesAll tries what a reader shall not do, whatever the session's settings are.
func refusesAll(t *testing.T, url string) {
	t.Helper()
	for _, sql := range []string{
		"INSERT INTO crm.seen VALUES ('written')", "SELECT * FROM crm.seen FOR UPDATE", "CREATE TABLE crm.mine (n int)",
		"CREATE TABLE public.mine (n int)", "CREATE TEMPORARY TABLE mine (n int)", "CREATE SCHEMA mine",
		"SELECT * FROM crm.unseen", "SELECT * FROM vault.keys", "SELECT * FROM public.probe",
		"SET ROLE rapport", "SELECT pg_read_file('PG_VERSION')", "COPY crm.seen TO PROGRAM 'cat'",
		// What would hold up others.
		"SELECT pg_advisory_lock(1)", "SELECT pg_advisory_lock(1, 2)", "SELECT pg_advisory_lock_shared(1)",
		"SELECT pg_advisory_xact_lock(1)", "SELECT pg_try_advisory_lock(1)", "SELECT pg_try_advisory_xact_lock_shared(1)",
		"SET temp_file_limit = -1", "ALTER ROLE crm_analyst SET temp_file_limit = -1", "ALTER ROLE crm_analyst CONNECTION LIMIT -1",
		"SELECT pg_export_snapshot()", "SELECT pg_notify('vault', 'word')",
		// What would stay after an erasure.
		"SELECT lo_create(0)", "SELECT lo_creat(-1)", "SELECT lo_from_bytea(0, 'name')", "SELECT lo_put(1, 0, 'name')",
		"SELECT lo_open(1, 131072)", "SELECT lowrite(0, 'name')", "SELECT pg_logical_emit_message(false, 'p', 'name')",
		"COMMENT ON SCHEMA crm IS 'name'",
	} {
		if code := refused(t, url, "SET default_transaction_read_only = off", sql); code != notPermitted {
			t.Errorf("%s is refused as %s, want %s", sql, code, notPermitted)
		}
	}
}

// A query that spills sorts to files ends at the limit.
func TestAnalystsTemporaryFiles(t *testing.T) {
	s := mustStart(t, Options{Dir: closedDir(t), Ephemeral: true})
	if limit := query(t, s.AnalystURL(), "SHOW temp_file_limit"); limit != "2GB" {
		t.Errorf("the limit is %s", limit)
	}
	query(t, s.AdminURL(), "ALTER ROLE crm_analyst SET temp_file_limit = '1MB'") // sooner than the real one
	code := refused(t, s.AnalystURL(), "SET work_mem = '64kB'",
		"SELECT count(*) FROM (SELECT g, repeat('x', 100) FROM generate_series(1, 100000) g ORDER BY 2, 1 OFFSET 1) AS sorted")
	if code != "53400" { // configuration_limit_exceeded
		t.Errorf("ended as %s", code)
	}
}

// A role may always change its own password and settings; they do not stay.
func TestAnalystsChangesDoNotStay(t *testing.T) {
	o := Options{Dir: closedDir(t)}
	s := mustStart(t, o)
	const settings = `SELECT coalesce(string_agg(setconfig::text, ' '), '') FROM pg_db_role_setting WHERE setrole = 'crm_analyst'::regrole`
	want := query(t, s.AdminURL(), settings)
	meddle := func(s *Server) {
		t.Helper()
		query(t, s.AnalystURL(), "SET default_transaction_read_only = off", "ALTER ROLE crm_analyst SET statement_timeout = 0",
			"ALTER ROLE crm_analyst SET application_name = 'Ann Example'", "ALTER ROLE crm_analyst IN DATABASE postgres SET application_name = 'Ann Example'",
			"ALTER ROLE crm_analyst PASSWORD 'mine'")
		if code := refused(t, s.AnalystURL(), "SELECT 1"); code != "28P01" {
			t.Errorf("the old password is refused as %s", code)
		}
	}
	same := func(s *Server) {
		t.Helper()
		if got := query(t, s.AnalystURL(), "SELECT current_user::text"); got != analyst {
			t.Errorf("the password lets in %q", got)
		}
		if got := query(t, s.AdminURL(), settings); got != want {
			t.Errorf("the settings are %s, want %s", got, want)
		}
	}
	meddle(s)
	mustStop(t, s)
	s = mustStart(t, o)
	same(s)

	w := &warden{url: s.AdminURL(), password: s.passwords.analyst, logger: slog.New(slog.DiscardHandler)}
	if err := w.admit(t.Context()); err != nil {
		t.Fatal(err)
	}
	meddle(s)
	if err := w.look(t.Context(), time.Minute); err != nil {
		t.Fatal(err)
	}
	same(s)
}

// Whatever limits a session has lifted, its transaction does not keep the files from being cleaned for ever.
func TestAnalystsLongTransactionEnds(t *testing.T) {
	s := mustStart(t, Options{Dir: closedDir(t), Ephemeral: true})
	conn, err := pgx.Connect(t.Context(), s.AnalystURL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), "SET idle_in_transaction_session_timeout = 0; BEGIN; SELECT 1"); err != nil {
		t.Fatal(err)
	}
	w := &warden{url: s.AdminURL(), password: s.passwords.analyst, logger: slog.New(slog.DiscardHandler)}
	if err := w.admit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.look(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "SELECT 1"); err != nil {
		t.Errorf("a transaction within the limit was ended: %v", err)
	}
	if err := w.look(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "SELECT 1"); err == nil {
		t.Error("a transaction beyond the limit goes on")
	}
}

// What an administrator runs on a PostgreSQL of their own does the same.
func TestAnalystOnAnotherPostgreSQL(t *testing.T) {
	text, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	_, sql, found := strings.Cut(string(text), "```sql\nCREATE ROLE crm_analyst")
	sql, _, closed := strings.Cut(sql, "```")
	if !found || !closed {
		t.Fatal("docs/operations.md has no SQL that makes the analysts' role")
	}
	sql = "CREATE ROLE crm_analyst" + sql
	if !strings.Contains(sql, strings.ReplaceAll(functions, "{application}", application)) {
		t.Error("the documented SQL takes away other functions than a private PostgreSQL does")
	}
	s := mustStart(t, Options{Dir: closedDir(t), Ephemeral: true})
	query(t, s.AdminURL(), "DROP OWNED BY crm_analyst", "DROP ROLE crm_analyst")
	query(t, s.SuperuserURL(), "DROP DATABASE rapport", "CREATE DATABASE rapport OWNER rapport TEMPLATE template0")
	admin, err := pgx.Connect(t.Context(), s.AdminURL())
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(t.Context())
	if _, err := admin.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
	query(t, s.AdminURL(), "GRANT ALL ON SCHEMA public TO rapport")
	query(t, s.URL(), createProbe, "CREATE SCHEMA crm", "CREATE TABLE crm.seen AS SELECT 'granted' AS word",
		"CREATE TABLE crm.unseen (n int)", "CREATE SCHEMA vault", "CREATE TABLE vault.keys (n int)",
		"GRANT USAGE ON SCHEMA crm TO crm_analyst", "GRANT SELECT ON crm.seen TO crm_analyst",
		"SELECT pg_advisory_lock(1)::text", "SELECT lo_create(0)::text") // which the server's own role may
	u, err := url.Parse(s.AnalystURL())
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(analyst, "choose one")
	refusesAll(t, u.String())
}

func TestNobodyElseIsLetIn(t *testing.T) {
	s := mustStart(t, Options{Dir: closedDir(t)})
	query(t, s.AdminURL(), "CREATE ROLE guest LOGIN PASSWORD 'known'", "GRANT CONNECT ON DATABASE rapport TO guest")
	for _, c := range []struct{ from, role, password, database, code string }{
		{s.URL(), "guest", "known", database, "28000"},
		{s.AnalystURL(), analyst, s.passwords.analyst, "postgres", "28000"},
		{s.AnalystURL(), analyst, s.passwords.analyst, "template1", "28000"},
		{s.URL(), application, s.passwords.application, "postgres", notPermitted},
	} {
		u, err := url.Parse(c.from)
		if err != nil {
			t.Fatal(err)
		}
		u.User, u.Path = url.UserPassword(c.role, c.password), "/"+c.database
		if code := refused(t, u.String(), "SELECT 1"); code != c.code {
			t.Errorf("%s is refused %s as %s, want %s", c.role, c.database, code, c.code)
		}
	}
}

// A cluster from before there were analysts lets them in at the next start, also after a server that was killed.
func TestAnalystsComeToAnOlderCluster(t *testing.T) {
	o := Options{Dir: closedDir(t)}
	first := mustStart(t, o)
	query(t, first.AdminURL(), "REVOKE ALL ON DATABASE rapport FROM crm_analyst", "DROP ROLE crm_analyst",
		"GRANT USAGE ON SCHEMA public TO PUBLIC", "GRANT CONNECT ON DATABASE rapport TO PUBLIC")
	query(t, first.URL(), createProbe)
	first.signal(os.Kill)
	<-first.Done()
	if err := os.Remove(first.dir + "/analyst.password"); err != nil {
		t.Fatal(err)
	}
	second := mustStart(t, o)
	if second.URL() != first.URL() || second.AnalystURL() == first.AnalystURL() {
		t.Error("the application's password has changed, or the analysts' has not")
	}
	if word := query(t, second.URL(), readProbe); word != "kept" {
		t.Errorf("the table holds %q", word)
	}
	if code := refused(t, second.AnalystURL(), readProbe); code != "42P01" { // it cannot see public
		t.Errorf("reading public is refused as %s", code)
	}
	mustStop(t, second)
	if third := mustStart(t, o); third.AnalystURL() != second.AnalystURL() {
		t.Error("the analysts' password does not stay")
	} else if role := query(t, third.AnalystURL(), "SELECT current_user::text"); role != analyst {
		t.Errorf("an analyst comes in as %s", role)
	}
}
