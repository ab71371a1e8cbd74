package projections

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Schemas of the read models. The live one is swapped with the one that a rebuild fills.
const (
	liveSchema    = "crm"
	rebuildSchema = "crm_rebuild"
)

// definition is what makes all tables and views, in an empty schema on the search path.
type definition struct {
	tables   string // and functions
	views    string // which may speak of any of them
	comments string
	indexes  []string // apart, since a rebuild makes them when the tables are full
	notes    string   // the indexes' comments
	names    []string // of the tables
	// version is of what the tables hold: Logic, and the tables' structure. Where it is another the tables are made anew.
	version string
	// look is of views, comments and indexes, which are changed in place.
	look string
	// alike: there is an index by which names that are spelt alike are found.
	alike bool
}

// index makes all indexes, and their comments.
func (d definition) index() string { return strings.Join(d.indexes, "\n") + "\n" + d.notes }

func define(projectors []Projector) definition {
	var b strings.Builder
	b.WriteString(engineSchema)
	for _, p := range slices.Concat([]Projector{timeline, filling}, projectors) {
		for _, t := range p.Tables {
			b.WriteString(t.defined().sql())
		}
		b.WriteString(p.Schema)
	}
	d := definition{views: strings.Join(createView.FindAllString(b.String(), -1), "\n"), comments: comments(b.String())}
	d.indexes, d.notes = createIndex.FindAllString(b.String(), -1), indexComments(b.String())
	for _, m := range createTable.FindAllStringSubmatch(b.String(), -1) {
		d.names = append(d.names, m[1])
	}
	d.tables = createView.ReplaceAllString(createIndex.ReplaceAllString(b.String(), ""), "")
	d.version = fmt.Sprintf("%d-%s", Logic, hash(strings.Join(strings.Fields(note.ReplaceAllString(d.tables, "")), " ")))
	d.look = hash(d.views + d.comments + d.index())
	return d
}

// note is what a definition says to its readers.
var note = regexp.MustCompile(`(?m)--.*$`)

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

var (
	createView  = regexp.MustCompile(`(?ms)^CREATE VIEW .*?;$`)
	notedView   = regexp.MustCompile(`(?ms)((?:^-- [^\n]*\n)*)^CREATE VIEW (\w+) (.*?;)$`)
	createIndex = regexp.MustCompile(`(?m)^CREATE INDEX [^;]*;`)
	indexNote   = regexp.MustCompile(`(?m)^CREATE INDEX ON (\w+) \(((?:[^()]|\([^()]*\))*)\)[^;]*; -- (.+)$`)
	indexCall   = regexp.MustCompile(`(\w+)\([^()]*\)`)
	createTable = regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`)
	createLine  = regexp.MustCompile(`(?m)^CREATE (TABLE|VIEW|FUNCTION) (\w+)`)
	tableColumn = regexp.MustCompile(`^\s+(\w+) .*-- (.+)$`)
	viewColumn  = regexp.MustCompile(`(\w+),?\s+-- (.+)$`)
	aboveLine   = regexp.MustCompile(`^-- (.+)$`)
)

// comments turns the notes in the DDL into COMMENTs, so that what a reader of the source sees is what
// analysts see in their tools: a -- line above CREATE is about the table, view or function, a -- at the end of a
// column's line about that column.
func comments(schema string) string {
	var b strings.Builder
	var above []string
	var kind, name string
	for line := range strings.Lines(schema) {
		line = strings.TrimRight(line, "\n")
		if m := aboveLine.FindStringSubmatch(line); m != nil {
			above = append(above, m[1])
			continue
		}
		if m := createLine.FindStringSubmatch(line); m != nil {
			kind, name = m[1], m[2]
			fmt.Fprintf(&b, "COMMENT ON %s %s IS %s;\n", kind, name, quote(strings.Join(above, " ")))
		}
		above = nil
		pattern := tableColumn
		if kind == "VIEW" {
			pattern = viewColumn
		}
		if m := pattern.FindStringSubmatch(line); m != nil && name != "" {
			fmt.Fprintf(&b, "COMMENT ON COLUMN %s.%s IS %s;\n", name, m[1], quote(m[2]))
		}
		if strings.HasSuffix(line, ";") {
			name = ""
		}
	}
	return b.String()
}

// indexComments turns what stands behind an index in the DDL into its COMMENT: what it is there for. PostgreSQL names it
// by its table and columns, and what is computed by the function.
func indexComments(schema string) string {
	var b strings.Builder
	for _, m := range indexNote.FindAllStringSubmatch(schema, -1) {
		columns := strings.NewReplacer(" DESC", "", " text_pattern_ops", "", ", ", "_").Replace(indexCall.ReplaceAllString(m[2], "$1"))
		fmt.Fprintf(&b, "COMMENT ON INDEX %s_%s_idx IS %s;\n", m[1], columns, quote(m[3]))
	}
	return b.String()
}

// quote writes a text constant of SQL.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// create makes a schema anew with all tables and views, empty. What had that name before is gone.
func (d definition) create(ctx context.Context, tx pgx.Tx, schema string) error {
	id := pgx.Identifier{schema}.Sanitize()
	_, err := tx.Exec(ctx, "DROP SCHEMA IF EXISTS "+id+" CASCADE; CREATE SCHEMA "+id+
		"; SET LOCAL search_path = "+id+";"+d.tables+d.views+"\n"+d.comments)
	if err == nil {
		_, err = tx.Exec(ctx, "INSERT INTO projection_checkpoint (position, schema_version, look) VALUES (0, $1, $2)",
			d.version, d.look)
	}
	if err != nil {
		return fmt.Errorf("create schema %s: %w", schema, err)
	}
	return nil
}

// refresh brings views, comments and indexes up to this program, where another one made them. It fails with
// errOtherViews where a view cannot be replaced as it is.
func (d definition) refresh(ctx context.Context, tx pgx.Tx) error {
	var look string
	if err := tx.QueryRow(ctx, "SELECT look FROM projection_checkpoint").Scan(&look); err != nil || look == d.look {
		return err
	}
	if _, err := tx.Exec(ctx, "SET LOCAL lock_timeout = '10s'; SET LOCAL check_function_bodies = off"); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, strings.ReplaceAll(d.views, "CREATE VIEW ", "CREATE OR REPLACE VIEW ")); err != nil {
		return fmt.Errorf("%w: %w", errOtherViews, err)
	}
	const gone = `SELECT format('DROP VIEW %I', relname) FROM pg_class
		WHERE relnamespace = $1::text::regnamespace AND relkind = 'v' AND relname <> ALL ($2)`
	const indexes = `SELECT format('DROP INDEX %I', c.relname) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
		WHERE c.relnamespace = $1::text::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid)`
	var names []string
	for _, m := range createLine.FindAllStringSubmatch(d.views, -1) {
		names = append(names, m[2])
	}
	drop, err := statements(ctx, tx, gone, liveSchema, names)
	if err == nil {
		if _, err := tx.Exec(ctx, strings.Join(drop, ";")); err != nil {
			return fmt.Errorf("%w: %w", errOtherViews, err)
		}
		drop, err = statements(ctx, tx, indexes, liveSchema)
	}
	if err != nil {
		return fmt.Errorf("look for views and indexes: %w", err)
	}
	if _, err := tx.Exec(ctx, strings.Join(append(drop, d.index(), d.comments), ";")); err != nil {
		return fmt.Errorf("make indexes and comments: %w", err)
	}
	_, err = tx.Exec(ctx, "UPDATE projection_checkpoint SET look = $1", d.look)
	return err
}

func statements(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]string, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// errOtherViews: a view has other columns than it had, so all is made anew.
var errOtherViews = errors.New("a view cannot be changed in place")

// admitAnalysts lets the role of the analysts read the live tables and views, where it exists. A private PostgreSQL
// has it; whoever runs their own may make it.
const admitAnalysts = `DO $$ BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'crm_analyst') THEN
		GRANT USAGE ON SCHEMA ` + liveSchema + ` TO crm_analyst;
		GRANT SELECT ON ALL TABLES IN SCHEMA ` + liveSchema + ` TO crm_analyst;
	END IF;
END $$`

// engineSchema holds what the engine itself keeps.
const engineSchema = `
-- Internal: how far the read models are, one row, moved in the transaction that writes the tables.
CREATE TABLE projection_checkpoint (
	one boolean PRIMARY KEY DEFAULT true CHECK (one), -- there is one row
	position bigint NOT NULL, -- every event up to this log position is in the tables
	last_stream text, -- stream of the last event in the tables; null before the first
	last_revision bigint, -- its place in that stream
	last_event uuid, -- its id: where the log has another event there, it is not the log that made the tables
	schema_version text NOT NULL, -- of the logic and the structure that made the tables
	look text NOT NULL, -- of the views, comments and indexes
	updated_at timestamptz NOT NULL DEFAULT now() -- when the checkpoint last moved
);
-- Internal: the health of the engine, one row, written about once a second.
CREATE TABLE projection_health (
	one boolean PRIMARY KEY DEFAULT true CHECK (one), -- there is one row
	position bigint NOT NULL, -- up to which every event was in the tables
	head bigint NOT NULL, -- position of the newest event of the log
	lag_events bigint, -- events of the log that were not in the tables; null: not known
	lag_seconds double precision, -- age of the oldest event that was not in the tables, s; null: not known
	events_per_second double precision NOT NULL, -- rate of the last seconds
	state text NOT NULL, -- live, catching_up, rebuilding, stopped, log_changed, unavailable or unknown
	last_error text, -- what went wrong last, as long as it stands
	measured_at timestamptz NOT NULL, -- the moment of all this
	updated_at timestamptz NOT NULL -- when this row was written
);
-- How far the read models were at one moment, and how they fare: one row. Where that moment is more than 10 s ago, the lag is not known, and null.
CREATE VIEW projection_status AS
SELECT coalesce(h.position, c.position) AS position, -- every event up to this log position was in the tables
	coalesce(h.head, c.position) AS head, -- position of the newest event of the log
	CASE WHEN h.measured_at > clock_timestamp() - interval '10 s' THEN h.lag_events END AS lag_events, -- events not in the tables; null: not known
	CASE WHEN h.measured_at > clock_timestamp() - interval '10 s' THEN h.lag_seconds END AS lag_seconds, -- age of the oldest of them, s; null: not known
	coalesce(h.events_per_second, 0) AS events_per_second, -- rate of the last seconds
	CASE WHEN h.measured_at > clock_timestamp() - interval '10 s' OR h.state IN ('stopped', 'log_changed') THEN h.state ELSE 'unknown' END AS state, -- live, catching_up, rebuilding, stopped, log_changed, unavailable or unknown
	h.last_error, -- what went wrong last, as long as it stands
	coalesce(h.measured_at, c.updated_at) AS updated_at, -- the moment of all this
	extract(epoch FROM clock_timestamp() - coalesce(h.measured_at, c.updated_at))::double precision AS age_seconds -- how long ago that was
FROM projection_checkpoint c LEFT JOIN projection_health h ON true;
-- Events that could not be turned into rows. The log keeps them; a rebuild after the fix takes them.
CREATE TABLE projection_failures (
	position bigint PRIMARY KEY, -- log position of the event
	type text NOT NULL, -- its type
	stream text NOT NULL, -- its stream
	error text NOT NULL, -- why it could not be taken
	status text NOT NULL CHECK (status IN ('stopped', 'skipped')), -- whether the projectors wait for a fix or went on
	failed_at timestamptz NOT NULL DEFAULT now() -- when it was met
);
`
