package lease

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Schema is where leases are. Readers are granted nothing in it.
const Schema = "rapport_engine"

// The heartbeat has a row of its own, so that it never waits for the fence, which transactions of the holder lock.
const createSchema = `CREATE SCHEMA IF NOT EXISTS rapport_engine;
REVOKE ALL ON SCHEMA rapport_engine FROM PUBLIC;
CREATE TABLE IF NOT EXISTS rapport_engine.lease (
	name text PRIMARY KEY,
	-- Begins with the time, so that it goes on rising where somebody drops the schema.
	epoch bigint NOT NULL DEFAULT floor(extract(epoch FROM clock_timestamp()) * 1000),
	held boolean NOT NULL DEFAULT false,
	-- The server process of the heartbeat's connection.
	backend integer NOT NULL DEFAULT 0,
	backend_start timestamptz,
	logic bigint NOT NULL DEFAULT 0,
	program text NOT NULL DEFAULT '',
	host text NOT NULL DEFAULT '',
	pid bigint NOT NULL DEFAULT 0,
	held_since timestamptz NOT NULL DEFAULT clock_timestamp(),
	beat_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	ttl interval NOT NULL DEFAULT '0');
CREATE TABLE IF NOT EXISTS rapport_engine.fence (
	name text PRIMARY KEY,
	epoch bigint NOT NULL DEFAULT 0);
REVOKE ALL ON ALL TABLES IN SCHEMA rapport_engine FROM PUBLIC;`

const (
	schemaExists = `SELECT to_regclass('rapport_engine.lease') IS NOT NULL AND to_regclass('rapport_engine.fence') IS NOT NULL`

	insertLease = `INSERT INTO rapport_engine.lease (name) VALUES ($1) ON CONFLICT DO NOTHING`
	insertFence = `INSERT INTO rapport_engine.fence (name) VALUES ($1) ON CONFLICT DO NOTHING`

	// The lease ends with the connection of its heartbeat, as when its holder was killed, and by age otherwise. A
	// heartbeat of the future is one from before the database's clock was set back: it says nothing. Another role
	// sees of a connection only that it is there.
	expired = `(NOT held OR clock_timestamp() NOT BETWEEN beat_at - ttl AND beat_at + ttl
		OR NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = lease.backend
			AND coalesce(a.backend_start, lease.backend_start) = lease.backend_start))`

	backendStart = `(SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())`

	takeLease = `UPDATE rapport_engine.lease SET epoch = epoch + 1, held = true, logic = @logic, program = @program,
		host = @host, pid = @pid, held_since = clock_timestamp(), beat_at = clock_timestamp(), ttl = @ttl,
		backend = pg_backend_pid(), backend_start = ` + backendStart + `
		WHERE name = @name AND (logic <= @logic OR @take_older) AND ` + expired + ` RETURNING epoch`

	// A heartbeat need not outlive a crash of the server, and must not wait for its disk.
	beatLease = `UPDATE rapport_engine.lease SET beat_at = clock_timestamp(), backend = pg_backend_pid(),
		backend_start = ` + backendStart + ` FROM (SELECT set_config('synchronous_commit', 'off', true)) AS relaxed
		WHERE name = $1 AND epoch = $2 AND held`

	freeLease = `UPDATE rapport_engine.lease SET held = false WHERE name = $1 AND epoch = $2`

	readLease = `SELECT epoch, NOT ` + expired + `, logic, program, host, pid, held_since,
		extract(epoch FROM clock_timestamp() - beat_at)::float8 FROM rapport_engine.lease WHERE name = $1`

	// closeFence waits for the transactions that have passed it.
	closeFence = `UPDATE rapport_engine.fence SET epoch = $2 WHERE name = $1 AND epoch < $2`

	passFence = `SELECT epoch FROM rapport_engine.fence WHERE name = $1 AND epoch = $2 FOR SHARE`

	endBlocking = `SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM unnest(pg_blocking_pids($1)) pid`
)

const (
	serializationFailure = "40001"
	queryCanceled        = "57014"
	uniqueViolation      = "23505"
	duplicateSchema      = "42P06"
	duplicateTable       = "42P07"
	concurrentUpdate     = "XX000" // "tuple concurrently updated", of two who revoke at once
)

// session is a connection by which the lease is taken and held.
type session struct {
	conn  *pgx.Conn
	lease *Lease
}

func (s *session) pid() uint32 { return s.conn.PgConn().PID() }

// ensureSchema makes what is missing. Two processes may do so at once, and none waits for a lock that others could
// hold: the one that comes second tries again.
func (s *session) ensureSchema(ctx context.Context, name string) error {
	for attempt := 1; ; attempt++ {
		err := s.makeSchema(ctx, name)
		switch code(err) {
		case uniqueViolation, duplicateSchema, duplicateTable, concurrentUpdate:
			if attempt < 5 {
				continue
			}
		}
		if err != nil {
			return fmt.Errorf("make the schema of leases: %w", err)
		}
		return nil
	}
}

func (s *session) makeSchema(ctx context.Context, name string) error {
	var exists bool
	if err := s.conn.QueryRow(ctx, schemaExists).Scan(&exists); err != nil {
		return err
	}
	if !exists {
		if _, err := s.conn.Exec(ctx, createSchema); err != nil {
			return err
		}
	}
	return pgx.BeginFunc(ctx, s.conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, insertLease, name); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, insertFence, name)
		return err
	})
}

// take returns the new epoch, or 0 where the lease is not to be had.
func (s *session) take(ctx context.Context) (epoch int64, err error) {
	o := s.lease.options
	err = s.conn.QueryRow(ctx, takeLease, pgx.NamedArgs{"name": o.Name, "logic": o.Logic, "program": o.Program,
		"host": s.lease.holder.host, "pid": s.lease.holder.pid, "ttl": o.TTL, "take_older": o.TakeOlder}).Scan(&epoch)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("take the lease: %w", err)
	}
	return epoch, nil
}

// beat reports whether the lease is still of the epoch.
func (s *session) beat(ctx context.Context, epoch int64) (bool, error) {
	tag, err := s.conn.Exec(ctx, beatLease, s.lease.options.Name, epoch)
	if err != nil {
		return false, fmt.Errorf("heartbeat of the lease: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

func (s *session) free(ctx context.Context, epoch int64) error {
	_, err := s.conn.Exec(ctx, freeLease, s.lease.options.Name, epoch)
	return err
}

func (s *session) status(ctx context.Context) (Status, error) {
	return Read(ctx, s.conn, s.lease.options.Name)
}

// closeFence lets only the epoch pass from now on.
func (s *session) closeFence(ctx context.Context, epoch int64) error {
	for {
		tag, err := s.conn.Exec(ctx, closeFence, s.lease.options.Name, epoch)
		switch {
		case code(err) == queryCanceled: // whom it waits for has not ended within the statement's time
			continue
		case err != nil:
			return fmt.Errorf("close the fence of the lease: %w", err)
		case tag.RowsAffected() == 0:
			return ErrLost // who came later was faster
		}
		return nil
	}
}

// endBlocking ends the sessions for which the server process pid waits.
func (s *session) endBlocking(ctx context.Context, pid uint32) (ended int, err error) {
	if err = s.conn.QueryRow(ctx, endBlocking, int32(pid)).Scan(&ended); err != nil {
		return 0, fmt.Errorf("end what an earlier holder of the lease left open: %w", err)
	}
	return ended, nil
}

func (s *session) close() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = s.conn.Close(ctx) // it is given up either way
}
