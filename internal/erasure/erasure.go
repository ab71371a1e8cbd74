// Package erasure finishes what the log says of who was erased: it destroys the keys that still stand, and takes what
// was deleted out of PostgreSQL's files, where it would stay otherwise. It decides when that is due, and must not
// know what the rows are about.
package erasure

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rapport-crm/rapport/internal/durable"
)

// Config is what a Runner needs. DatabaseURL must be given.
type Config struct {
	DatabaseURL string
	// AdminURL is a superuser's on the same database, where there is one: without, what needs his rights is left out.
	AdminURL string
	// Destroy destroys the key of a customer for good; once destroyed it does nothing. Nil: there are no keys.
	Destroy func(context.Context, uuid.UUID) error
	// DropReplaced drops the tables that a rebuild has replaced. Nil: there are none.
	DropReplaced func(context.Context, *pgx.Conn) error
	Logger       *slog.Logger
}

// Runner does what is due after erasures. It is safe for concurrent use.
type Runner struct {
	config Config
	pool   *pgxpool.Pool
	due    chan struct{}

	scrubbing sync.Mutex // one scrub at a time
	left      int        // by the scrub under way, to the administrator
}

// kept says what the files were cleaned of, and who is to be erased. It is apart from the read models, which a rebuild
// replaces.
var kept = durable.Part{Schema: "erasure", Name: "erasures", Migrations: []string{`
COMMENT ON SCHEMA erasure IS 'What was done to the files of this database after customers were erased.';
CREATE TABLE IF NOT EXISTS erasure.scrub (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	position bigint NOT NULL,
	tables oid NOT NULL,
	finished_at timestamptz NOT NULL,
	whole boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE erasure.scrub IS 'The last time that deleted rows were taken out of the files: one row.';
COMMENT ON COLUMN erasure.scrub.position IS 'Whoever was erased up to this log position is out of the files.';
COMMENT ON COLUMN erasure.scrub.tables IS 'The read models that were cleaned: a rebuild replaces them.';
COMMENT ON COLUMN erasure.scrub.finished_at IS 'When that was done.';
COMMENT ON COLUMN erasure.scrub.whole IS 'False where something was left to the administrator of the database.';
CREATE TABLE IF NOT EXISTS erasure.planned (
	customer_id uuid NOT NULL,
	rule text NOT NULL,
	policy_version bigint NOT NULL,
	stay_from date NOT NULL,
	planned_at timestamptz NOT NULL,
	planned_at_database timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (customer_id, rule, policy_version, stay_from)
);
CREATE INDEX IF NOT EXISTS planned_at ON erasure.planned (planned_at);
COMMENT ON TABLE erasure.planned IS 'Whom the retention policy is to erase once the period of grace is over.';
COMMENT ON COLUMN erasure.planned.rule IS 'The rule by which they are due.';
COMMENT ON COLUMN erasure.planned.policy_version IS 'The version of the policy that has the rule: under another one they are planned anew.';
COMMENT ON COLUMN erasure.planned.stay_from IS 'When the stay in the segment began that makes them due.';
COMMENT ON COLUMN erasure.planned.planned_at IS 'When they were planned, by the clock of the server.';
COMMENT ON COLUMN erasure.planned.planned_at_database IS 'When they were planned, by the clock of the database.';
`}}

// migrate makes room for what is kept.
func (r *Runner) migrate(ctx context.Context) error {
	return pgx.BeginFunc(ctx, r.pool, func(tx pgx.Tx) error { return kept.Migrate(ctx, tx) })
}

// New answers a runner that does nothing before Run.
func New(ctx context.Context, c Config) (*Runner, error) {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	config, err := pgxpool.ParseConfig(c.DatabaseURL)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	config.MaxConns = 2
	config.ConnConfig.ConnectTimeout = 5 * time.Second
	config.ConnConfig.RuntimeParams["application_name"] = "rapport erasure"
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec // a rebuild replaces the tables between statements
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	return &Runner{config: c, pool: pool, due: make(chan struct{}, 1)}, nil
}

// Close lets go of the database.
func (r *Runner) Close() { r.pool.Close() }

// Erased is told of a customer who was just erased: their key is destroyed before it returns, or later by Run.
func (r *Runner) Erased(ctx context.Context, customer uuid.UUID) {
	defer func() {
		select {
		case r.due <- struct{}{}:
		default:
		}
	}()
	if r.config.Destroy == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := r.config.Destroy(ctx, customer); err != nil {
		r.config.Logger.Warn("the key of an erased customer will be destroyed later", "customer", customer, "error", err)
	}
}

const (
	lookEvery   = time.Minute // for what another process, or this one before it died, left undone
	gather      = time.Minute // erasures that are cleaned up after together
	scrubAtMost = 20          // a scrub waits that many times as long as the one before took
)

// Run does what is due until ctx ends.
func (r *Runner) Run(ctx context.Context) {
	var next time.Time // no scrub before
	for {
		err := r.destroyKeys(ctx)
		if err == nil && time.Now().After(next) {
			began := time.Now()
			var done bool
			if done, err = r.scrubIfDue(ctx); done {
				next = time.Now().Add(scrubAtMost * time.Since(began))
			}
		}
		if err != nil && ctx.Err() == nil && !isUnavailable(err) {
			r.config.Logger.Warn("finish erasures", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-r.due:
			if !wait(ctx, gather) {
				return
			}
		case <-time.After(lookEvery):
		}
	}
}

// destroyKeys destroys what keys the erased still have, where a process died between the fact and the deed.
func (r *Runner) destroyKeys(ctx context.Context) error {
	if r.config.Destroy == nil {
		return nil
	}
	if there, err := r.exists(ctx, "crm.erasures", "vault.keys"); err != nil || !there {
		return err
	}
	rows, err := r.pool.Query(ctx, `SELECT e.customer_id FROM crm.erasures e LEFT JOIN vault.keys k USING (customer_id)
		WHERE k.destroyed_at IS NULL ORDER BY e.position`)
	if err != nil {
		return fmt.Errorf("look for keys of the erased: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return fmt.Errorf("look for keys of the erased: %w", err)
	}
	for _, id := range ids {
		if err := r.config.Destroy(ctx, id); err != nil {
			return fmt.Errorf("destroy the key of customer %s: %w", id, err)
		}
	}
	return nil
}

// Progress answers what was done after the erasure of a customer, which stands at a position of the log: when their key
// was destroyed, and when their rows were last taken out of the files; nil for what is yet to be done, and for files that
// only the administrator of the database can clean.
func (r *Runner) Progress(ctx context.Context, customer uuid.UUID, position int64) (key, files *time.Time, err error) {
	there, err := r.exists(ctx, "vault.keys")
	if err == nil && there {
		err = r.pool.QueryRow(ctx, "SELECT destroyed_at FROM vault.keys WHERE customer_id = $1", customer).Scan(&key)
		if errors.Is(err, pgx.ErrNoRows) {
			err = nil
		}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("look for a customer's key: %w", err)
	}
	s, err := r.state(ctx)
	if err == nil && s.position >= position && s.scrubbed == s.tables && s.whole {
		files = s.finished
	}
	return key, files, err
}

// exists tells whether there are tables.
func (r *Runner) exists(ctx context.Context, tables ...string) (bool, error) {
	for _, table := range tables {
		var there bool
		if err := r.pool.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", table).Scan(&there); err != nil || !there {
			return false, err
		}
	}
	return true, nil
}

// isUnavailable tells that the database is away or about to be: others say so already.
func isUnavailable(err error) bool {
	var pg *pgconn.PgError
	return !errors.As(err, &pg) || pg.Code[:2] == "57" || pg.Code[:2] == "08"
}

func wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
