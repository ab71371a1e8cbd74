package bench

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// copyAgain takes the rows of all read models, and answers how long COPY takes to write them into empty tables
// with the same definition, indexes included, and how many they are. As the projectors do, it does not wait for
// the disk when it commits.
func copyAgain(ctx context.Context, databaseURL string) (took time.Duration, rows int, err error) {
	conn, err := pgx.Connect(ctx, databaseURL)
	if err != nil {
		return 0, 0, err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "SET synchronous_commit = off; DROP SCHEMA IF EXISTS copied CASCADE; CREATE SCHEMA copied")
	if err != nil {
		return 0, 0, fmt.Errorf("prepare the copies: %w", err)
	}
	found, err := conn.Query(ctx, "SELECT relname FROM pg_class WHERE relnamespace = 'crm'::regnamespace AND relkind = 'r'")
	if err != nil {
		return 0, 0, fmt.Errorf("list the read models: %w", err)
	}
	tables, err := pgx.CollectRows(found, pgx.RowTo[string])
	if err != nil {
		return 0, 0, fmt.Errorf("list the read models: %w", err)
	}
	for _, table := range tables {
		once, n, err := copyTable(ctx, conn.PgConn(), pgx.Identifier{table}.Sanitize())
		if err != nil {
			return 0, 0, fmt.Errorf("copy %s: %w", table, err)
		}
		took, rows = took+once, rows+n
	}
	_, err = conn.Exec(ctx, "DROP SCHEMA copied CASCADE")
	return took, rows, err
}

func copyTable(ctx context.Context, conn *pgconn.PgConn, table string) (took time.Duration, rows int, err error) {
	var data bytes.Buffer
	if _, err := conn.CopyTo(ctx, &data, "COPY crm."+table+" TO STDOUT (FORMAT binary)"); err != nil {
		return 0, 0, err
	}
	_, err = conn.Exec(ctx, "CREATE TABLE copied."+table+" (LIKE crm."+table+" INCLUDING ALL)").ReadAll()
	if err != nil {
		return 0, 0, err
	}
	began := time.Now()
	tag, err := conn.CopyFrom(ctx, &data, "COPY copied."+table+" FROM STDIN (FORMAT binary)")
	return time.Since(began), int(tag.RowsAffected()), err
}
