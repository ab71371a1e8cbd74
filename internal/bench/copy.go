package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// copyAgain takes the rows of all read models, and answers how long COPY takes to write them into empty tables
// with the same definition, indexes included, and how many they are. As the projectors do, it does not wait for
// the disk when it commits.
func (r *run) copyAgain(ctx context.Context, databaseURL string) (took time.Duration, rows int, err error) {
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
		once, n, err := r.copyTable(ctx, conn.PgConn(), pgx.Identifier{table}.Sanitize())
		if err != nil {
			return 0, 0, fmt.Errorf("copy %s: %w", table, err)
		}
		took, rows = took+once, rows+n
	}
	_, err = conn.Exec(ctx, "DROP SCHEMA copied CASCADE")
	return took, rows, err
}

// copyTable fetches the rows into a file before it takes the time, and drops the copy again.
func (r *run) copyTable(ctx context.Context, conn *pgconn.PgConn, table string) (took time.Duration, rows int, err error) {
	file, err := os.Create(filepath.Join(r.Dir, "rows"))
	if err != nil {
		return 0, 0, err
	}
	defer file.Close()
	if _, err := conn.CopyTo(ctx, file, "COPY crm."+table+" TO STDOUT (FORMAT binary)"); err != nil {
		return 0, 0, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return 0, 0, err
	}
	_, err = conn.Exec(ctx, "CREATE TABLE copied."+table+" (LIKE crm."+table+" INCLUDING ALL)").ReadAll()
	if err != nil {
		return 0, 0, err
	}
	began := time.Now()
	tag, err := conn.CopyFrom(ctx, file, "COPY copied."+table+" FROM STDIN (FORMAT binary)")
	if took = time.Since(began); err != nil {
		return 0, 0, err
	}
	_, err = conn.Exec(ctx, "DROP TABLE copied."+table).ReadAll()
	return took, int(tag.RowsAffected()), err
}
