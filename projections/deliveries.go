package projections

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/eventstore"
)

// Delivery is how far a subscription is.
type Delivery struct {
	Position      int64      `json:"position" db:"position"` // of the log: what stands before was sent, or is a letter
	Waiting       int64      `json:"waiting" db:"waiting"`   // letters that are tried again
	Dead          int64      `json:"dead" db:"dead"`         // letters that were given up
	Delivered     int64      `json:"delivered" db:"delivered"`
	Superseded    int64      `json:"superseded" db:"superseded"` // letters that told what held no more
	DeliveredAt   *time.Time `json:"delivered_at" db:"delivered_at"`
	OldestWaiting *time.Time `json:"oldest_waiting_at" db:"oldest"`
	FailingSince  *time.Time `json:"failing_since" db:"failing_since"` // since when nothing goes through
	LastError     *string    `json:"last_error" db:"error"`
}

const deliverySQL = `SELECT position, delivered, superseded, delivered_at, failing_since, error,
	(SELECT count(*) FROM integration.letter WHERE subscription = @name AND status = 'waiting') AS waiting,
	(SELECT count(*) FROM integration.letter WHERE subscription = @name AND status = 'dead') AS dead,
	(SELECT min(since) FROM integration.letter WHERE subscription = @name AND status = 'waiting') AS oldest
	FROM integration.subscription WHERE name = @name`

// Delivery returns how far a subscription is; ErrNotFound where nothing is known of it yet.
func (r *Reader) Delivery(ctx context.Context, name string) (Delivery, error) {
	return one[Delivery](ctx, r, deliverySQL, pgx.NamedArgs{"name": name})
}

// Letter is an event that a subscription could not send.
type Letter struct {
	Position    int64      `json:"position" db:"position"`
	ID          uuid.UUID  `json:"id" db:"id"`
	Type        string     `json:"type" db:"type"`
	Subject     string     `json:"subject" db:"subject"` // the customer, or the stream where it is of none
	Status      string     `json:"status" db:"status" enum:"waiting,dead"`
	Attempts    int64      `json:"attempts" db:"attempts"` // 0: it waits behind another of the same subject
	NextAttempt *time.Time `json:"next_attempt_at" db:"next_attempt_at"`
	Since       time.Time  `json:"since" db:"since"`
	Error       *string    `json:"error" db:"error"` // why the newest attempt failed
}

// Letters returns what a subscription could not send, dead first, then in order.
func (r *Reader) Letters(ctx context.Context, name string, limit int) ([]Letter, error) {
	return all[Letter](ctx, r, `SELECT position, id, type, subject, status, attempts, next_attempt_at, since, error
		FROM integration.letter WHERE subscription = @name ORDER BY status, position, seq LIMIT @limit`,
		pgx.NamedArgs{"name": name, "limit": limit})
}

// RetryDead makes the dead letters of a subscription wait again, and returns how many.
func (r *Reader) RetryDead(ctx context.Context, name string) (int64, error) {
	tag, err := r.pool.Exec(ctx, `UPDATE integration.letter SET status = 'waiting', attempts = 0, next_attempt_at = NULL
		WHERE subscription = $1 AND status = 'dead'`, name)
	return tag.RowsAffected(), unavailable(err)
}

// ErrReplayAhead refuses a replay from where the read models are not yet.
var ErrReplayAhead = &domain.Rejection{Kind: domain.Invalid, Code: "position_ahead", Field: "position",
	Reason: "the log is not that far yet"}

// Replay sends what stands behind a position again. Letters from there on are read again, too.
func (r *Reader) Replay(ctx context.Context, name string, from eventstore.Position) error {
	return unavailable(pgx.BeginFunc(ctx, r.pool, func(tx pgx.Tx) error {
		var ahead bool
		if err := tx.QueryRow(ctx, "SELECT position < $1 FROM integration.checkpoint", int64(from)).Scan(&ahead); err != nil {
			return fmt.Errorf("look how far the outbox is: %w", err)
		}
		if ahead {
			return ErrReplayAhead
		}
		tag, err := tx.Exec(ctx, "UPDATE integration.subscription SET position = $2, seq = 0 WHERE name = $1", name, int64(from))
		if err == nil && tag.RowsAffected() == 0 {
			return ErrNotFound
		}
		if err == nil {
			_, err = tx.Exec(ctx, "DELETE FROM integration.letter WHERE subscription = $1 AND position > $2", name, int64(from))
		}
		return err
	}))
}
