// Package postgrestest gives tests empty databases on a real PostgreSQL: one private server for each test
// binary, started when the first test asks, gone with the process even if that is killed.
//
// RAPPORT_TEST_POSTGRES=postgres://… names an existing server to use instead, by a role that may create
// databases.
package postgrestest

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/internal/postgres"
)

// Database makes an empty database for a test and answers its URL, for a role that owns the database and
// nothing more. It goes when the test ends. Without a server the test fails; it is never skipped.
func Database(t testing.TB) string {
	t.Helper()
	s, err := server()
	if err != nil {
		t.Fatalf("a test needs PostgreSQL: %v", err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	s.exec(t, "CREATE DATABASE "+name+" OWNER "+pgx.Identifier{s.tester.User.Username()}.Sanitize()+" TEMPLATE template0")
	t.Cleanup(func() { s.exec(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	u := *s.tester
	u.Path = "/" + name
	return u.String()
}

// Analyst answers the URL by which the role crm_analyst logs in to a test's database. It may do there what the test
// grants it.
func Analyst(t testing.TB, database string) string {
	t.Helper()
	s, err := server()
	if err != nil {
		t.Fatalf("a test needs PostgreSQL: %v", err)
	}
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	if s.analyst == nil { // an existing server: the password of every test, since there is but one role
		s.exec(t, "DO $$ BEGIN CREATE ROLE crm_analyst; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
		s.exec(t, "ALTER ROLE crm_analyst LOGIN PASSWORD 'rapport-test'")
		s.analyst = url.UserPassword("crm_analyst", "rapport-test")
	}
	u.User = s.analyst
	return u.String()
}

// Administrator returns the URL by which a superuser logs in to a test's database.
func Administrator(t testing.TB, database string) string {
	t.Helper()
	s, err := server()
	if err != nil {
		t.Fatalf("a test needs PostgreSQL: %v", err)
	}
	u, err := url.Parse(s.administrator)
	if err != nil {
		t.Fatal(err)
	}
	of, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = of.Path
	return u.String()
}

// testServer is where the databases are made: by an administrator, for a tester.
type testServer struct {
	administrator string
	tester        *url.URL
	analyst       *url.Userinfo // nil until somebody asks for one on an existing server
}

var server = sync.OnceValues(func() (*testServer, error) {
	if existing := os.Getenv("RAPPORT_TEST_POSTGRES"); existing != "" {
		u, err := url.Parse(existing)
		return &testServer{administrator: existing, tester: u}, err
	}
	s, err := postgres.Start(context.Background(), postgres.Options{
		Dir:       filepath.Join(os.TempDir(), "rapport-test-"+rand.Text()),
		Ephemeral: true,
		Logger:    slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, err
	}
	tester, err := url.Parse(s.URL())
	if err != nil {
		return nil, err
	}
	analyst, err := url.Parse(s.AnalystURL())
	if err != nil {
		return nil, err
	}
	return &testServer{administrator: s.SuperuserURL(), tester: tester, analyst: analyst.User}, nil
})

// exec runs one statement, also after the test's own context has ended.
func (s *testServer) exec(t testing.TB, sql string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.administrator)
	if err != nil {
		t.Fatalf("connect to the test server: %v", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}
