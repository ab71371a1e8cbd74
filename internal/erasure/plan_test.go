package erasure_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/internal/erasure"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

// retained is what the read models tell of retention, as far as a plan rests on it.
const retained = `
CREATE SCHEMA crm;
CREATE TABLE crm.retention_policy (version bigint);
CREATE TABLE crm.business_date (last_closed_on date);
CREATE TABLE crm.retention_due (customer_id uuid, rule text, version bigint, action text, stay_from date, due_on date);
INSERT INTO crm.business_date VALUES ('2024-03-01');
INSERT INTO crm.retention_due VALUES ($1, 'forget', 1, 'erase', '2024-01-01', '2024-03-01'),
	($2, 'forget', 1, 'erase', '2024-01-02', '2024-03-02'), ($2, 'rest', 1, 'archive', '2024-01-01', '2024-02-01');
`

// An erasure is carried out once the period of grace is over by the clocks of server and database alike, and only for
// whoever is still due.
func TestErasuresArePlannedFirst(t *testing.T) {
	ctx, url := t.Context(), postgrestest.Database(t)
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := conn.Exec(ctx, sql, append([]any{pgx.QueryExecModeSimpleProtocol}, args...)...); err != nil {
			t.Fatal(err)
		}
	}
	due, later := uuid.UUID{1}, uuid.UUID{2}
	exec(retained, due, later)
	r, err := erasure.New(ctx, erasure.Config{DatabaseURL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	const grace = time.Hour
	now := time.Now()
	plan := func(want int64) {
		t.Helper()
		if n, err := r.Plan(ctx, now); err != nil || n != want {
			t.Errorf("%d were planned: %v, want %d", n, err, want)
		}
	}
	ripe := func(now time.Time, want int) {
		t.Helper()
		got, err := r.Ripe(ctx, now, grace, 10)
		if err != nil || len(got) != want || want == 1 && got[0].CustomerID != due {
			t.Errorf("to be erased: %v, %v; want %d", got, err, want)
		}
	}
	plan(1)
	plan(0)
	ripe(now, 0)
	ripe(now.Add(550*24*time.Hour), 0) // the server's clock alone has jumped
	exec("UPDATE erasure.planned SET planned_at_database = planned_at_database - interval '2 hours'")
	ripe(now, 0) // the database's clock alone has jumped
	ripe(now.Add(2*time.Hour), 1)
	exec("UPDATE crm.retention_due SET stay_from = '2024-02-01' WHERE version = 1")
	ripe(now.Add(2*time.Hour), 0) // they were away in between
	plan(1)
	ripe(now.Add(2*time.Hour), 0)
	exec("DELETE FROM crm.retention_due")
	plan(0)
	if n, _, err := r.Waiting(ctx); err != nil || n != 0 {
		t.Errorf("%d are planned still: %v", n, err)
	}
}
