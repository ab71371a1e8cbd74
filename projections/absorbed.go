package projections

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const newestMergesSQL = `SELECT DISTINCT absorbed_id FROM
	(SELECT absorbed_id FROM customer_merges ORDER BY position DESC LIMIT $1) newest ORDER BY absorbed_id`

const checkpointSQL = `SELECT position FROM projection_checkpoint`

// NewestMerges returns whom the newest merges and splits concern that the tables know, and how far those are.
func (r *Reader) NewestMerges(ctx context.Context, limit int) (absorbed []uuid.UUID, position int64, err error) {
	if err := r.pool.QueryRow(ctx, checkpointSQL).Scan(&position); err != nil {
		return nil, 0, unavailable(err)
	}
	rows, err := r.pool.Query(ctx, newestMergesSQL, limit)
	if err != nil {
		return nil, 0, unavailable(err)
	}
	absorbed, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	return absorbed, position, unavailable(err)
}

const absorbedSQL = `SELECT absorbed_id FROM merged_customers ORDER BY absorbed_id`

// Absorbed returns all for whom others stand.
func (r *Reader) Absorbed(ctx context.Context) ([]uuid.UUID, error) {
	rows, err := r.pool.Query(ctx, absorbedSQL)
	if err != nil {
		return nil, unavailable(err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	return ids, unavailable(err)
}
