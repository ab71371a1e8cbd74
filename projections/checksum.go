package projections

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Checksum sums up the rows of one table or view, whatever their order.
type Checksum struct {
	Table  string `json:"table"`
	Rows   int64  `json:"rows"`
	Digest string `json:"digest"`
}

// Checksums sums up every table and view of the read models but the engine's own, all as of one moment.
// Columns that say when and where the log recorded something (recorded_…, position) are left out, and who looked at
// it, so that two logs that hold the same history compare equal.
func (r *Reader) Checksums(ctx context.Context) ([]Checksum, error) { return r.checksums(ctx, false) }

// BusinessChecksums sums up what the tables say of the business: all columns but those that tell of the recording, which
// are places in the log and in streams, and moments of recording. So two orders in which the same facts arrived can be
// compared.
func (r *Reader) BusinessChecksums(ctx context.Context) ([]Checksum, error) {
	return r.summed(ctx, ofBusiness)
}

// summing is which columns and tables are summed up.
type summing int

const (
	ofEverything summing = iota
	withoutRecording
	ofBusiness
)

// checksums begins anew when a rebuild swaps the tables in between: the names then mean tables in which the
// transaction does not see all rows.
func (r *Reader) checksums(ctx context.Context, withRecording bool) (sums []Checksum, err error) {
	if withRecording {
		return r.summed(ctx, ofEverything)
	}
	return r.summed(ctx, withoutRecording)
}

func (r *Reader) summed(ctx context.Context, what summing) (sums []Checksum, err error) {
	for {
		before, err := r.incarnation(ctx)
		if err != nil {
			return nil, err
		}
		if sums, err = r.checksumsOnce(ctx, what); rolledBack(err) {
			continue
		} else if err != nil {
			return nil, err
		}
		after, err := r.incarnation(ctx)
		if err != nil || before == after {
			return sums, err
		}
	}
}

// incarnation tells the live tables from those that will be swapped in for them.
func (r *Reader) incarnation(ctx context.Context) (id uint32, err error) {
	err = r.pool.QueryRow(ctx, "SELECT tableoid FROM projection_checkpoint").Scan(&id)
	return id, unavailable(err)
}

func (r *Reader) checksumsOnce(ctx context.Context, what summing) ([]Checksum, error) {
	var sums []Checksum
	err := pgx.BeginTxFunc(ctx, r.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly},
		func(tx pgx.Tx) (err error) {
			sums, err = checksums(ctx, tx, liveSchema, what)
			return err
		})
	return sums, unavailable(err)
}

func checksums(ctx context.Context, tx pgx.Tx, schema string, what summing) ([]Checksum, error) {
	rows, err := tx.Query(ctx, `SELECT c.relname, array_agg(quote_ident(a.attname) ORDER BY a.attnum)
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE n.nspname = $1 AND c.relkind IN ('r', 'v') AND c.relname NOT LIKE 'projection\_%'
		AND ($2 = 0 OR c.relname <> 'personal_data_reads') AND ($2 < 2 OR c.relname <> 'data_quality')
		AND ($2 = 0 OR a.attname NOT IN ('position', 'live_since', 'voided_by', 'corrected_by')
			AND (a.attname NOT LIKE 'recorded\_%' OR a.attname = 'recorded_for'))
		AND ($2 < 2 OR a.attname NOT IN ('revision', 'fit_position'))
		GROUP BY c.relname ORDER BY c.relname`, schema, int(what))
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	type relation struct {
		name    string
		columns []string
	}
	relations, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r relation, err error) {
		err = row.Scan(&r.name, &r.columns)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	sums := make([]Checksum, len(relations))
	for i, rel := range relations {
		sums[i].Table = rel.name
		err := tx.QueryRow(ctx, fmt.Sprintf(`SELECT count(*),
			lpad(coalesce(to_hex((sum(('x' || left(md5(row(%s)::text), 15))::bit(60)::bigint) %% 1152921504606846976)::bigint), '0'), 15, '0')
			FROM %s`, strings.Join(rel.columns, ", "), pgx.Identifier{schema, rel.name}.Sanitize())).
			Scan(&sums[i].Rows, &sums[i].Digest)
		if err != nil {
			return nil, fmt.Errorf("sum up %s: %w", rel.name, err)
		}
	}
	return sums, nil
}
