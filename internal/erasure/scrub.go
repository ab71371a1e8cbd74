package erasure

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// PostgreSQL keeps what was deleted: rows stay in the pages of tables, their values in indexes, in samples for the
// planner, and in the write-ahead log. A scrub writes the tables that hold what is personal anew, gathers the samples
// anew, and makes the server let go of its old log.

// state is how far the files were cleaned, and how far they would have to be.
type state struct {
	erased   int64  // position of the last erasure that is in the tables; 0 before any
	tables   uint32 // which tables these are
	position int64  // up to which the files were cleaned
	scrubbed uint32 // which tables were
	finished *time.Time
	whole    bool // all of it was done; what only an administrator may is left out otherwise
}

func (s state) due() bool { return s.erased > 0 && (s.erased > s.position || s.tables != s.scrubbed) }

func (r *Runner) state(ctx context.Context) (s state, err error) {
	if there, err := r.exists(ctx, "crm.erasures"); err != nil || !there {
		return s, err
	}
	if err := r.migrate(ctx); err != nil {
		return s, err
	}
	err = r.pool.QueryRow(ctx, `SELECT coalesce((SELECT max(position) FROM crm.erasures), 0), 'crm.erasures'::regclass::oid,
		coalesce(d.position, 0), coalesce(d.tables, 0), d.finished_at, coalesce(d.whole, false)
		FROM (VALUES (1)) AS one LEFT JOIN erasure.scrub d ON true`).Scan(&s.erased, &s.tables, &s.position, &s.scrubbed, &s.finished, &s.whole)
	if err != nil {
		return s, fmt.Errorf("look what is to be scrubbed: %w", err)
	}
	return s, nil
}

// Scrub takes out of the files what the tables held of whoever was erased before. It returns when that is done,
// at once where nothing is to be done.
func (r *Runner) Scrub(ctx context.Context) error {
	_, err := r.scrubIfDue(ctx)
	return err
}

func (r *Runner) scrubIfDue(ctx context.Context) (bool, error) {
	r.scrubbing.Lock()
	defer r.scrubbing.Unlock()
	s, err := r.state(ctx)
	if err != nil || !s.due() {
		return false, err
	}
	if err := r.destroyKeys(ctx); err != nil {
		return false, err
	}
	// What a rebuild has written so far may hold who was erased since, and goes or becomes live with its end.
	if rebuilding, err := r.rebuilding(ctx); err != nil || rebuilding {
		return false, err
	}
	began := time.Now()
	r.left = 0
	if err := r.scrub(ctx); err != nil {
		return true, fmt.Errorf("scrub the database's files: %w", err)
	}
	_, err = r.pool.Exec(ctx, `INSERT INTO erasure.scrub (position, tables, finished_at, whole) VALUES ($1, $2, now(), $3)
		ON CONFLICT (one) DO UPDATE SET position = EXCLUDED.position, tables = EXCLUDED.tables,
			finished_at = EXCLUDED.finished_at, whole = EXCLUDED.whole`, s.erased, s.tables, r.left == 0)
	if err != nil {
		return true, fmt.Errorf("remember the scrub: %w", err)
	}
	r.config.Logger.Info("what was erased is out of the database's files", "took", time.Since(began).Round(time.Millisecond),
		"left_to_the_administrator", r.left)
	return true, nil
}

func (r *Runner) rebuilding(ctx context.Context) (there bool, err error) {
	err = r.pool.QueryRow(ctx, "SELECT to_regnamespace('crm_rebuild') IS NOT NULL").Scan(&there)
	if err != nil {
		return false, fmt.Errorf("look for a rebuild: %w", err)
	}
	return there, nil
}

func (r *Runner) scrub(ctx context.Context) error {
	conn, err := r.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := awaitReaders(ctx, conn); err != nil {
		return err
	}
	if err := r.administer(ctx, conn, endSessions); err != nil {
		return fmt.Errorf("end the readers' sessions: %w", err)
	}
	tables, err := personalTables(ctx, conn)
	if err != nil {
		return err
	}
	// What a rebuild has replaced goes with its end, unless that was cut off.
	if r.config.DropReplaced != nil {
		if err := r.config.DropReplaced(ctx, conn); err != nil {
			return err
		}
	}
	// What is sampled anew replaces what was, but of a table that has become empty.
	if err := r.administer(ctx, conn, "DELETE FROM "+samples+" WHERE starelid = ANY($1::text[]::regclass[])", tables); err != nil {
		return err
	}
	for _, table := range append(tables, samples) {
		if table == samples { // they were gathered anew just now, so the old ones may be seen by others still
			if err := awaitReaders(ctx, conn); err != nil {
				return err
			}
		}
		if err := rewrite(ctx, conn, table); err != nil {
			return err
		}
	}
	// The log since the tables were rewritten holds nothing of the erased; all before it goes.
	if err := r.administer(ctx, conn, "SELECT pg_switch_wal()"); err != nil {
		return err
	}
	return r.administer(ctx, conn, "CHECKPOINT")
}

// endSessions ends the readers' sessions that are from before: a cursor that outlives its transaction, or a setting, can
// hold what they have read. Those who read by a pool connect again.
const endSessions = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	WHERE usename = 'crm_analyst' AND datname = current_database() AND backend_start < statement_timestamp()`

// administer does what an administrator may. It is left to them where we are none.
func (r *Runner) administer(ctx context.Context, conn *pgx.Conn, sql string, args ...any) error {
	_, err := conn.Exec(ctx, sql, args...)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "42501" { // insufficient privilege
		r.left++
		r.config.Logger.Info("something is left to the administrator of the database", "statement", sql)
		return nil
	}
	return err
}

func (r *Runner) connect(ctx context.Context) (*pgx.Conn, error) {
	url := r.config.AdminURL
	if url == "" {
		url = r.config.DatabaseURL
	}
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.RuntimeParams["application_name"] = "rapport scrub"
	config.RuntimeParams["lock_timeout"] = "10s" // who waits for a table makes all others wait behind them
	config.ConnectTimeout = 5 * time.Second
	return pgx.ConnectConfig(ctx, config)
}

// awaitReaders waits for transactions that began before: what they may see, a table that is written anew keeps.
func awaitReaders(ctx context.Context, conn *pgx.Conn) error {
	var began time.Time
	if err := conn.QueryRow(ctx, "SELECT clock_timestamp()").Scan(&began); err != nil {
		return err
	}
	for {
		var reading bool
		err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
			AND pid <> pg_backend_pid() AND xact_start < $1)`, began).Scan(&reading)
		if err != nil || !reading {
			return err
		}
		if !wait(ctx, 200*time.Millisecond) {
			return ctx.Err()
		}
	}
}

// personalTables answers the tables that hold, or held, what is personal: those whose columns say so, what the
// engine remembers of customers, what waits for other systems, and the keys.
func personalTables(ctx context.Context, conn *pgx.Conn) ([]string, error) {
	rows, err := conn.Query(ctx, `SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
		JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND (
			n.nspname = 'crm' AND (c.relname IN ('projection_failures', 'projection_health') OR EXISTS (
				SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
				AND col_description(c.oid, a.attnum) LIKE 'Personal: %'))
			OR n.nspname = 'integration' AND c.relname = 'outbox'
			OR n.nspname = 'vault' AND c.relname = 'keys')
		ORDER BY 1`)
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// samples is where the planner keeps samples of all tables.
const samples = "pg_catalog.pg_statistic"

// attempts bounds how often a table is asked for that others use.
const attempts = 30

// rewrite writes a table anew with its indexes, and gathers the planner's samples of it.
func rewrite(ctx context.Context, conn *pgx.Conn, table string) error {
	for attempt := 1; ; attempt++ {
		_, err := conn.Exec(ctx, "VACUUM (FULL, ANALYZE) "+table)
		var pg *pgconn.PgError
		switch {
		case err == nil:
			return nil
		case errors.As(err, &pg) && pg.Code == "42P01": // a rebuild has replaced it meanwhile
			return nil
		case errors.As(err, &pg) && (pg.Code == "55P03" || pg.Code == "40P01") && attempt < attempts: // others hold it
		default:
			return fmt.Errorf("rewrite %s: %w", table, err)
		}
		if !wait(ctx, time.Second) {
			return ctx.Err()
		}
	}
}
