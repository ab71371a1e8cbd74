package projections

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
)

// Reads keeps who was shown personal data.
var Reads = Projector{
	Name:   "reads",
	Tables: tables{readRows},
	Schema: `
CREATE INDEX ON personal_data_reads (customer_id, position); -- who has looked at a customer, the newest first
CREATE INDEX ON personal_data_reads (position) WHERE customer_id IS NULL; -- the looks that may have told of anybody, the newest first
`,
	On: []Handler{
		OnLog(func(e access.PersonalDataRead, r domain.Recorded, p *page) error {
			row := readRow{Position: int64(r.Position), ReadAt: r.Metadata.OccurredAt, Reader: e.Reader, Role: e.Role,
				Operation: e.Operation, Purpose: optional(e.Purpose), TableName: optional(e.Table)}
			if e.CustomerID != uuid.Nil {
				row.CustomerID = &e.CustomerID
			}
			if len(e.Conditions) > 0 {
				var err error
				if row.Conditions, err = json.Marshal(e.Conditions); err != nil {
					return fmt.Errorf("conditions of a read: %w", err)
				}
			}
			insert(p, readRows, row)
			return nil
		}),
	},
}

type readRow struct {
	Position   int64           `db:"position,key" note:"in the log"`
	CustomerID *uuid.UUID      `db:"customer_id" note:"whose data; null for tables and lists, which show many"`
	ReadAt     time.Time       `db:"read_at" note:"when"`
	Reader     string          `db:"reader" note:"who was shown them"`
	Role       string          `db:"role" note:"as what they asked"`
	Operation  string          `db:"operation" note:"what they asked for, as the API's documentation names it"`
	Purpose    *string         `db:"purpose" note:"why, as they said it"`
	TableName  *string         `db:"table_name" note:"the table or view, where they asked for one"`
	Conditions json.RawMessage `db:"conditions,null" note:"which of its rows: [{\"column\",\"comparison\",\"values\",\"withheld\"}]; values of personal columns are withheld"`
}

var readRows = added[readRow]("personal_data_reads",
	"Every time that personal data were shown by the API. Who queries these tables by SQL leaves no trace here.")

// Read is one time that personal data were shown: a row of crm.personal_data_reads.
type Read struct {
	Position   int64           `json:"position" db:"position"`
	CustomerID *uuid.UUID      `json:"customer_id" db:"customer_id"` // null: a table or list of many
	ReadAt     time.Time       `json:"read_at" db:"read_at"`
	Reader     string          `json:"reader" db:"reader"`
	Role       string          `json:"role" db:"role"`
	Operation  string          `json:"operation" db:"operation"`
	Purpose    *string         `json:"purpose" db:"purpose"`
	Table      *string         `json:"table" db:"table_name"`
	Conditions json.RawMessage `json:"conditions" db:"conditions"`
}

const (
	readColumns = `position, customer_id, read_at, reader, role, operation, purpose, table_name, conditions`

	readsSQL = `SELECT * FROM (
	(SELECT t.* FROM unnest(@same::uuid[]) AS same (id) CROSS JOIN LATERAL (
		SELECT ` + readColumns + ` FROM personal_data_reads
		WHERE customer_id = same.id AND (@below::bigint IS NULL OR position < @below)
		ORDER BY position DESC LIMIT @limit) t)
	UNION ALL
	(SELECT ` + readColumns + ` FROM personal_data_reads
		WHERE @everybody AND customer_id IS NULL AND (@below::bigint IS NULL OR position < @below)
		ORDER BY position DESC LIMIT @limit)
) reads ORDER BY position DESC LIMIT @limit`
)

// Reads answers who was shown data of a customer, or of whoever is the same customer after a merge, the newest first,
// beginning below a position in the log (nil: the newest); with everybody, also who was shown tables and lists,
// which may have told of the customer. ErrNotFound where there is no such customer.
func (r *Reader) Reads(ctx context.Context, id uuid.UUID, everybody bool, below *int64, limit int) ([]Read, error) {
	rows, err := r.pool.Query(ctx, familySQL, pgx.NamedArgs{"id": [16]byte(id)})
	if err != nil {
		return nil, unavailable(err)
	}
	same, err := collectIDs(rows)
	if err == nil && len(same) == 0 {
		err = pgx.ErrNoRows
	}
	if err != nil {
		return nil, unavailable(err)
	}
	keys := make([][16]byte, len(same))
	for i, id := range same {
		keys[i] = id
	}
	return all[Read](ctx, r, readsSQL, pgx.NamedArgs{"same": keys, "everybody": everybody, "below": below, "limit": limit})
}
