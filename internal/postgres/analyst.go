package postgres

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// analyst is the role of those who read the tables by SQL. What it may read is granted by whoever makes them.
const analyst = "crm_analyst"

// admission makes the role as it shall be, and takes from everybody what PostgreSQL gives to everybody: it can be
// repeated. The privileges, the limit of connections and that of temporary files are what counts. The other settings
// are for mistakes, since a session may change its own; how long a transaction may take is seen to by the warden.
//
// A role may always change its own password, and settings that its later sessions begin with. No privilege prevents
// that, so every start puts them back, and so does the warden.
const admission = `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{analyst}') THEN CREATE ROLE {analyst}; END IF; END $$;
` + ownSettings + `
ALTER ROLE {analyst} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS LOGIN PASSWORD '{password}' CONNECTION LIMIT 20;
ALTER ROLE {analyst} SET default_transaction_read_only = on;
ALTER ROLE {analyst} SET statement_timeout = '5min';
ALTER ROLE {analyst} SET idle_in_transaction_session_timeout = '5min';
ALTER ROLE {analyst} SET temp_file_limit = '2GB'; -- which a session may not raise
REVOKE ALL ON DATABASE {database}, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {analyst};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO {application};
` + functions

// ownSettings takes away what the role has set for itself, in whatever database.
const ownSettings = `DO $$ DECLARE name text; BEGIN
	ALTER ROLE {analyst} RESET ALL;
	FOR name IN SELECT d.datname FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
		WHERE s.setrole = '{analyst}'::regrole
	LOOP
		EXECUTE format('ALTER ROLE {analyst} IN DATABASE %I RESET ALL', name);
	END LOOP;
END $$;`

// functions takes from everybody the functions by which a role that may only read can hold up others or leave
// something behind: advisory locks, large objects, notifications, snapshots for others, messages in the log.
const functions = `DO $$ DECLARE name regprocedure; BEGIN
	FOR name IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
		AND proname ~ '^(pg_(try_)?advisory_.*|lo_.*|loread|lowrite|pg_notify|pg_export_snapshot|pg_logical_emit_message)$'
		AND has_function_privilege('public', oid, 'EXECUTE')
	LOOP
		EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', name);
		EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {application}', name);
	END LOOP;
END $$;
`

// asAdmitted sums up what a role may change of itself.
const asAdmitted = `SELECT md5(concat(
	(SELECT rolpassword FROM pg_authid WHERE rolname = '{analyst}'),
	(SELECT string_agg(concat(setdatabase, setconfig), ' ' ORDER BY setdatabase)
		FROM pg_db_role_setting WHERE setrole = '{analyst}'::regrole)))`

// overlong ends transactions of readers that keep the files from being cleaned of what was erased, whatever limits
// their sessions have given themselves.
const overlong = `SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
	WHERE usename = '{analyst}' AND xact_start < clock_timestamp() - make_interval(secs => $1)`

const (
	transactionLimit = 15 * time.Minute
	wardenInterval   = 30 * time.Second
)

// warden sees to it that the analysts' role stays what it was made.
type warden struct {
	url, password string
	logger        *slog.Logger
	admitted      string // asAdmitted, as of the last admission
}

func (w *warden) fill(sql string) string {
	return strings.NewReplacer("{analyst}", analyst, "{password}", w.password, "{database}", database,
		"{application}", application).Replace(sql)
}

func (w *warden) connect(ctx context.Context) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(w.url)
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["application_name"] = "rapport warden"
	config.RuntimeParams["statement_timeout"] = "10s"
	config.ConnectTimeout = 5 * time.Second
	return pgx.ConnectConfig(ctx, config)
}

// admit makes the analysts' role what it shall be.
func (w *warden) admit(ctx context.Context) error {
	conn, err := w.connect(ctx)
	if err != nil {
		return fmt.Errorf("let analysts in: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return w.admitBy(ctx, conn)
}

func (w *warden) admitBy(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, w.fill(admission))
	if err == nil {
		err = conn.QueryRow(ctx, w.fill(asAdmitted)).Scan(&w.admitted)
	}
	if err != nil {
		return fmt.Errorf("let analysts in: %w", err)
	}
	return nil
}

// watch looks after the role until the server has ended.
func (w *warden) watch(done <-chan struct{}) {
	again := time.NewTicker(wardenInterval)
	defer again.Stop()
	for {
		select {
		case <-done:
			return
		case <-again.C:
		}
		ctx, cancel := context.WithTimeout(context.Background(), wardenInterval)
		err := w.look(ctx, transactionLimit)
		cancel()
		select {
		case <-done: // which is why it failed
		default:
			if err != nil {
				w.logger.Warn("look after the analysts' role", "error", err)
			}
		}
	}
}

func (w *warden) look(ctx context.Context, limit time.Duration) error {
	conn, err := w.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var ended int
	if err := conn.QueryRow(ctx, w.fill(overlong), limit.Seconds()).Scan(&ended); err != nil {
		return err
	}
	if ended > 0 {
		w.logger.Warn("ended transactions of analysts that took too long", "transactions", ended, "limit", limit)
	}
	var now string
	if err := conn.QueryRow(ctx, w.fill(asAdmitted)).Scan(&now); err != nil || now == w.admitted {
		return err
	}
	w.logger.Warn("an analyst changed the password or the settings of the role, which are put back", "role", analyst)
	return w.admitBy(ctx, conn)
}
