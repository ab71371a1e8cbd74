package postgres

import (
	"errors"
	"net/url"
	"os"
	"testing"

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
	for _, sql := range []string{
		"INSERT INTO crm.seen VALUES ('written')", "SELECT * FROM crm.seen FOR UPDATE", "CREATE TABLE crm.mine (n int)",
		"CREATE TABLE public.mine (n int)", "CREATE TEMPORARY TABLE mine (n int)", "CREATE SCHEMA mine",
		"SELECT * FROM crm.unseen", "SELECT * FROM vault.keys", "SELECT * FROM public.probe",
		"SET ROLE rapport", "SELECT pg_read_file('PG_VERSION')", "COPY crm.seen TO PROGRAM 'cat'",
	} {
		if code := refused(t, s.AnalystURL(), "SET default_transaction_read_only = off", sql); code != notPermitted {
			t.Errorf("%s is refused as %s, want %s", sql, code, notPermitted)
		}
	}
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
