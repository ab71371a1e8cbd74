package projections

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/eventstore"
)

// dropKeys drops the primary keys of all tables of customers, and writes down how to make them again.
const dropKeys = `
INSERT INTO projection_rebuild (keys) SELECT coalesce(array_agg(format('ALTER TABLE %I ADD CONSTRAINT %I %s',
	t.relname, k.conname, pg_get_constraintdef(k.oid)) ORDER BY t.relname), '{}')
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
WHERE k.connamespace = '` + rebuildSchema + `'::regnamespace AND k.contype = 'p' AND EXISTS (SELECT FROM pg_attribute a
	WHERE a.attrelid = t.oid AND a.attnum = ANY (k.conkey) AND a.attname = 'customer_id')
	AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_constraint'::regclass AND d.refobjid = k.oid); -- a view groups by it
DO $$ DECLARE statement text; BEGIN
	FOR statement IN SELECT regexp_replace(unnest(keys), ' ADD CONSTRAINT (\S+) .*', ' DROP CONSTRAINT \1') FROM projection_rebuild LOOP
		EXECUTE statement;
	END LOOP;
END $$`

// index makes keys and indexes, and says that all up to a position is in the tables.
func (r *rebuild) index(ctx context.Context, m *models, until eventstore.Position) error {
	if err := r.indexAll(ctx); err != nil {
		return fmt.Errorf("index the rebuilt tables: %w", err)
	}
	return r.writer.inTx(ctx, r.conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, r.engine.definition.notes); err != nil {
			return fmt.Errorf("comment on the indexes: %w", err)
		}
		p := newPage(ctx, tx, m, r.writer.handlers, uint64(until))
		if over, told := foreseenBy(p.timeline); told {
			all := forecasts{over: over, everything: true}
			if err := all.make(ctx, tx); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, "UPDATE projection_checkpoint SET position = $1", int64(until))
		if err == nil {
			_, err = tx.Exec(ctx, "DROP TABLE projection_rebuild")
		}
		if err != nil {
			return fmt.Errorf("end the filling of the rebuilt tables: %w", err)
		}
		return nil
	})
}

// indexAll makes the keys and indexes of all tables that have none yet, some tables side by side, each in a transaction of
// its own.
func (r *rebuild) indexAll(ctx context.Context) error {
	var keys, done []string
	if err := r.conn.QueryRow(ctx, "SELECT keys, indexed FROM projection_rebuild").Scan(&keys, &done); err != nil {
		return err
	}
	d := &r.engine.definition
	of := map[string][]string{}
	for _, s := range append(keys, d.indexes...) {
		table := indexed.FindStringSubmatch(s)[1]
		of[table] = append(of[table], s)
	}
	tables := make(chan string, len(d.names))
	for _, name := range d.names {
		if !slices.Contains(done, name) {
			tables <- name
		}
	}
	close(tables)
	return r.sideBySide(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		for name := range tables {
			err := r.writer.inTx(ctx, conn, func(tx pgx.Tx) error {
				sql := append([]string{"SET LOCAL maintenance_work_mem = '128MB'"}, of[name]...)
				if _, err := tx.Exec(ctx, strings.Join(sql, ";")); err != nil {
					return err
				}
				_, err := tx.Exec(ctx, "UPDATE projection_rebuild SET indexed = indexed || $1::text", name)
				return err
			})
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	})
}

// indexed finds the table of a key or an index.
var indexed = regexp.MustCompile(`^(?:ALTER TABLE|CREATE INDEX ON) (\w+)`)
