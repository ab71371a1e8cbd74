package projections

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Names that are spelt alike are found by PostgreSQL's pg_trgm, where the database has it or lets it be made. Its index is one
// more of the definition's: the tables are the same without it, and names are found by how they begin then.

const (
	makeTrigrams = `DO $$ BEGIN
	IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
		CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
	END IF;
EXCEPTION WHEN insufficient_privilege OR invalid_schema_name OR unique_violation THEN NULL;
END $$`
	haveTrigrams = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm' AND extnamespace = to_regnamespace('public'))"
	indexedAlike = `SELECT EXISTS (SELECT FROM pg_indexes WHERE schemaname = current_schema() AND tablename = 'customer_summary'
		AND indexdef LIKE '%gin_trgm_ops%')`

	trigramIndex = "CREATE INDEX ON customer_summary USING gin (lower(name) public.gin_trgm_ops);"
	trigramNote  = "COMMENT ON INDEX customer_summary_lower_idx1 IS 'customers whose names are spelt alike';\n"
)

// trigrams adds the index by which names that are spelt alike are found, where the database can have it.
func (d *definition) trigrams(ctx context.Context, conn *pgx.Conn) error {
	var have bool
	_, err := conn.Exec(ctx, makeTrigrams)
	if err == nil {
		err = conn.QueryRow(ctx, haveTrigrams).Scan(&have)
	}
	if err != nil {
		return fmt.Errorf("look for pg_trgm: %w", err)
	}
	if have && !d.alike {
		d.alike, d.indexes, d.notes = true, append(d.indexes, trigramIndex), d.notes+trigramNote
		d.look = hash(d.views + d.comments + d.index())
	}
	return nil
}

// FindsAlike reports whether names that are spelt alike can be looked for.
func (r *Reader) FindsAlike(ctx context.Context) (bool, error) {
	if r.alike.Load() {
		return true, nil
	}
	var alike bool
	if err := r.pool.QueryRow(ctx, indexedAlike).Scan(&alike); err != nil {
		return false, unavailable(err)
	}
	r.alike.Store(alike)
	return alike, nil
}
