package projections

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// A rebuild puts new tables in the place of the live ones by renaming schemas. What others built on the old tables, such
// as analysts' views in schemas of their own, is pointed at the new ones, and then the old ones go. Neither waits for a
// reader who holds them in an open transaction: it is tried again.

// replacedPrefix begins the names of schemas that were replaced.
const replacedPrefix = "crm_old_"

// replacedName returns the name of a schema that is replaced at a moment.
func replacedName(at time.Time) string { return replacedPrefix + strconv.FormatInt(at.UnixMicro(), 10) }

const replacedSQL = `SELECT nspname FROM pg_namespace WHERE nspname LIKE 'crm\_old\_%' ORDER BY nspname`

// dependent is something in another schema that was built on ours.
type dependent struct {
	name    string // quoted
	what    string
	view    bool // that may be replaced by whom asks
	def     string
	options *string
}

// dependentsSQL finds what depends on the relations, their row types and the functions of a schema, and stands in another.
const dependentsSQL = `WITH ours AS (
	SELECT 'pg_class'::regclass AS classid, oid AS objid FROM pg_class WHERE relnamespace = $1::text::regnamespace
	UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typnamespace = $1::text::regnamespace
	UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE pronamespace = $1::text::regnamespace
), found AS (
	SELECT DISTINCT d.classid, d.objid, d.objsubid FROM pg_depend d
	JOIN ours ON d.refclassid = ours.classid AND d.refobjid = ours.objid WHERE d.deptype = 'n'
), views AS (
	SELECT DISTINCT c.oid, c.relkind, c.relname, c.relnamespace, c.relowner, c.reloptions FROM found
	JOIN pg_rewrite r ON found.classid = 'pg_rewrite'::regclass AND r.oid = found.objid
	JOIN pg_class c ON c.oid = r.ev_class WHERE c.relnamespace <> $1::text::regnamespace
)
SELECT quote_ident(n.nspname) || '.' || quote_ident(v.relname), CASE v.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END,
	v.relkind = 'v' AND pg_has_role(v.relowner, 'USAGE'), pg_get_viewdef(v.oid), array_to_string(v.reloptions, ', ')
FROM views v JOIN pg_namespace n ON n.oid = v.relnamespace
UNION ALL
SELECT i.identity, i.type, false, '', NULL FROM found,
	LATERAL pg_identify_object(found.classid, found.objid, found.objsubid) i
WHERE found.classid <> 'pg_rewrite'::regclass AND i.schema IS DISTINCT FROM $1::text
	AND split_part(i.identity, '.', 1) NOT LIKE '% ' || $1::text AND strpos(i.identity, ' ' || $1::text || '.') = 0
ORDER BY 1`

// querier is a connection or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// dependents returns what was built on a schema. The search path must not hold it.
func dependents(ctx context.Context, db querier, schema string) ([]dependent, error) {
	rows, err := db.Query(ctx, dependentsSQL, schema)
	if err != nil {
		return nil, fmt.Errorf("look for what was built on %s: %w", schema, err)
	}
	var found []dependent
	var d dependent
	_, err = pgx.ForEachRow(rows, []any{&d.name, &d.what, &d.view, &d.def, &d.options}, func() error {
		found = append(found, d)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for what was built on %s: %w", schema, err)
	}
	return found, nil
}

// BlockedError says what keeps tables from being replaced.
type BlockedError struct{ By []string }

func (e *BlockedError) Error() string {
	return "the read models cannot be replaced while others than plain views that the database's user may change are built on them: " +
		strings.Join(e.By, ", ") + "; drop them, and make them again afterwards"
}

// replaceable fails with a BlockedError where something was built on the live tables that cannot be pointed at new ones.
func (e *Engine) replaceable(ctx context.Context) error {
	return e.administer(ctx, func(conn *pgx.Conn) error {
		var there bool
		if err := conn.QueryRow(ctx, "SELECT to_regnamespace($1) IS NOT NULL", liveSchema).Scan(&there); err != nil || !there {
			return err
		}
		found, err := dependents(ctx, conn, liveSchema)
		if err != nil {
			return err
		}
		var by []string
		for _, d := range found {
			if !d.view {
				by = append(by, d.what+" "+d.name)
			}
		}
		if len(by) > 0 {
			return &BlockedError{by}
		}
		return nil
	})
}

// administer carries f out on a connection of whoever may change what analysts built.
func (e *Engine) administer(ctx context.Context, f func(*pgx.Conn) error) error {
	url := e.config.AdminURL
	if url == "" {
		url = e.config.DatabaseURL
	}
	conn, err := connect(ctx, url, "pg_catalog")
	if err != nil {
		return err
	}
	defer closeConn(conn)
	return f(conn)
}

// dropReplaced drops the tables that rebuilds replaced, and points what was built on them at the live ones first.
func (e *Engine) dropReplaced(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return e.administer(ctx, func(conn *pgx.Conn) error { return DropReplaced(ctx, conn) })
}

// DropReplaced drops the tables that rebuilds replaced, and points what was built on them at the live ones first. It
// fails where a reader holds some, and leaves those as they are.
func DropReplaced(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, replacedSQL)
	if err != nil {
		return fmt.Errorf("look for replaced read models: %w", err)
	}
	schemas, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("look for replaced read models: %w", err)
	}
	var held []error
	for _, schema := range schemas {
		held = append(held, pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return dropSchema(ctx, tx, schema) }))
	}
	return errors.Join(held...)
}

func dropSchema(ctx context.Context, tx pgx.Tx, schema string) error {
	if _, err := tx.Exec(ctx, "SET LOCAL lock_timeout = '2s'; SET LOCAL search_path = pg_catalog"); err != nil {
		return err
	}
	found, err := dependents(ctx, tx, schema)
	if err != nil {
		return err
	}
	for _, d := range found {
		if !d.view {
			return &BlockedError{[]string{d.what + " " + d.name}}
		}
		options := ""
		if d.options != nil {
			options = " WITH (" + *d.options + ")"
		}
		sql := "CREATE OR REPLACE VIEW " + d.name + options + " AS " + strings.ReplaceAll(d.def, schema+".", liveSchema+".")
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("point the view %s at the new read models: %w", d.name, err)
		}
	}
	if _, err := tx.Exec(ctx, "DROP SCHEMA "+pgx.Identifier{schema}.Sanitize()+" CASCADE"); err != nil {
		return fmt.Errorf("drop replaced read models: %w", err)
	}
	return nil
}

// keepDroppingReplaced drops replaced tables until that is done: at once, unless a reader holds them.
func (e *Engine) keepDroppingReplaced(ctx context.Context) {
	told := ""
	for ctx.Err() == nil {
		err := e.dropReplaced(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		if err.Error() != told {
			e.config.Logger.Warn("the replaced read models are not dropped yet; it is tried again", "error", err)
			told = err.Error()
		}
		pause(ctx, 5*time.Second)
	}
}
