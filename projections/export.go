package projections

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
)

// survivorSQL is an expression for who stands for the customer @id.
const survivorSQL = `coalesce((SELECT survivor_id FROM merged_customers WHERE absorbed_id = @id), @id::uuid)`

// familySQL selects the survivor, if there is such a customer, and all for whom they stand.
const familySQL = `WITH survivor AS (SELECT customer_id AS id FROM customer_summary WHERE customer_id = ` + survivorSQL + `)
	SELECT id FROM survivor UNION ALL (
	SELECT absorbed_id FROM merged_customers WHERE survivor_id = (SELECT id FROM survivor) ORDER BY absorbed_id)`

// Family answers who a customer is: whoever stands for them, and all for whom that one stands; ErrNotFound.
func (r *Reader) Family(ctx context.Context, id uuid.UUID) ([]uuid.UUID, error) {
	rows, err := r.pool.Query(ctx, familySQL, pgx.NamedArgs{"id": [16]byte(id)})
	if err != nil {
		return nil, unavailable(err)
	}
	ids, err := collectIDs(rows)
	if err == nil && len(ids) == 0 {
		err = ErrNotFound
	}
	return ids, unavailable(err)
}

// Export answers every row that tables hold of customers, one by one, as JSON objects with the columns' names: the tables
// by name, all as of one moment. What is in memory is a row.
func (r *Reader) Export(ctx context.Context, ids []uuid.UUID, take func(table string, row []byte) error) error {
	keys := make([][16]byte, len(ids))
	for i, id := range ids {
		keys[i] = id
	}
	err := pgx.BeginTxFunc(ctx, r.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly},
		func(tx pgx.Tx) error {
			rows, err := tx.Query(ctx, `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
				WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attname = 'customer_id'
				ORDER BY 1`)
			if err != nil {
				return err
			}
			tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if err != nil {
				return err
			}
			for _, table := range tables {
				if err := exportRows(ctx, tx, table, keys, take); err != nil {
					return fmt.Errorf("export %s: %w", table, err)
				}
			}
			return nil
		})
	return unavailable(err)
}

func exportRows(ctx context.Context, tx pgx.Tx, table string, keys [][16]byte, take func(string, []byte) error) error {
	rows, err := tx.Query(ctx, "SELECT row_to_json(t)::text FROM "+pgx.Identifier{table}.Sanitize()+
		" t WHERE customer_id = ANY($1) ORDER BY 1", keys)
	if err != nil {
		return err
	}
	var row []byte
	_, err = pgx.ForEachRow(rows, []any{&row}, func() error { return take(table, row) })
	return err
}

// Erasure is a row of crm.erasures, and what became of it.
type Erasure struct {
	CustomerID uuid.UUID  `json:"customer_id" db:"customer_id"`
	ErasedOn   domain.Day `json:"erased_on" db:"erased_on"`
	Reason     string     `json:"reason" db:"reason"`
	SurvivorID *uuid.UUID `json:"survivor_id" db:"survivor_id"` // who stood for all who were erased together; null where it was one alone
	Position   int64      `json:"position" db:"position"`
	// KeyDestroyedAt is when nobody could read any more what was sealed; FilesCleanedAt when the deleted rows were out of
	// the database's files; null until then.
	KeyDestroyedAt *time.Time `json:"key_destroyed_at" db:"-"`
	FilesCleanedAt *time.Time `json:"files_cleaned_at" db:"-"`
}

const erasureSQL = `SELECT customer_id, erased_on, reason, survivor_id, position FROM erasures WHERE customer_id = @id`

// Erasure answers when a customer was erased; ErrNotFound where they were not.
func (r *Reader) Erasure(ctx context.Context, id uuid.UUID) (Erasure, error) {
	return one[Erasure](ctx, r, erasureSQL, pgx.NamedArgs{"id": [16]byte(id)})
}
