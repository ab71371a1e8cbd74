package projections

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// keepTidy gathers statistics of tables that a rebuild has made, and drops the replaced ones as soon as nobody reads them.
// It is asked for at each beginning of a session, and after a swap.
func (e *Engine) keepTidy(ctx context.Context) {
	for {
		select {
		case <-e.tidying:
			if err := e.analyze(ctx); err != nil && ctx.Err() == nil {
				e.config.Logger.Warn("gather statistics of the rebuilt tables; PostgreSQL's autovacuum will", "error", err)
			}
			e.keepDroppingReplaced(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// unknownTables are the live tables with rows of whose values PostgreSQL has no statistics, as after a rebuild.
const unknownTables = `SELECT quote_ident(c.relname) FROM pg_class c WHERE c.relnamespace = to_regnamespace($1) AND c.relkind = 'r'
	AND pg_relation_size(c.oid) > 0 AND NOT EXISTS (SELECT FROM pg_stats s WHERE s.schemaname = $1 AND s.tablename = c.relname)
	ORDER BY pg_relation_size(c.oid) DESC`

// analyze gathers statistics of live tables that have none, so that queries are planned well. It takes no time from the
// rebuild that made them: they are in use meanwhile.
func (e *Engine) analyze(ctx context.Context) error {
	conn, err := connect(ctx, e.config.DatabaseURL, liveSchema)
	if err != nil {
		return err
	}
	defer closeConn(conn)
	rows, err := conn.Query(ctx, unknownTables, liveSchema)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	for _, name := range names {
		if err == nil {
			_, err = conn.Exec(ctx, "ANALYZE "+name)
		}
	}
	return err
}

// keepGoingOn goes on with a rebuild that was cut off.
func (e *Engine) keepGoingOn(ctx context.Context) {
	for {
		select {
		case <-e.cutOff:
		case <-ctx.Done():
			return
		}
		switch err := e.Rebuild(ctx); {
		case err == nil, ctx.Err() != nil, errors.Is(err, ErrRebuilding), errors.Is(err, ErrStandby):
		default:
			e.config.Logger.Error("go on with a rebuild that was cut off", "error", err)
		}
	}
}

// clearRebuild has a rebuild that was cut off go on, and drops what one has left that cannot: of another program or log.
func (e *Engine) clearRebuild(ctx context.Context) error {
	conn, err := connect(ctx, e.config.DatabaseURL, rebuildSchema)
	if err != nil {
		return err
	}
	defer closeConn(conn)
	if e.config.Scratch != "" {
		if err := removeSpools(e.config.Scratch); err != nil {
			return err
		}
	}
	goesOn, err := e.canGoOn(ctx, conn)
	if err != nil {
		return err
	}
	if !goesOn {
		return dropRebuild(ctx, conn)
	}
	e.goesOn = true
	return nil
}
