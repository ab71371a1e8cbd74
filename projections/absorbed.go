package projections

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

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
