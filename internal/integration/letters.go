package integration

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain/subscription"
)

// letter is an event that waits to be sent again.
type letter struct {
	place
	subject  string
	attempts int
	due      bool
}

// write queues a letter: of an event that was not taken, or, with no attempts, of one that waits behind such.
func (d *sender) write(b *pgx.Batch, e *event, attempts int, fault error) {
	var reason *string
	if fault != nil {
		text := fault.Error()
		reason = &text
		d.failing(b, fault)
	}
	b.Queue(`INSERT INTO integration.letter (subscription, position, seq, id, type, subject, attempts, next_attempt_at, since, error)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
		d.Name, e.position, e.seq, e.ID, e.Type, e.Subject, attempts, d.again(attempts), d.config.Now(), reason)
}

// waitingSQL finds the first letter of each customer.
const waitingSQL = `SELECT DISTINCT ON (subject) position, seq, subject, attempts,
		coalesce(next_attempt_at <= $2, true) OR attempts = 0 AS due
	FROM integration.letter WHERE subscription = $1 AND status = 'waiting' ORDER BY subject, position, seq`

// tryLetters tries the first letter of each customer that is due, the oldest first, and returns how many were settled. While
// the receiver seems to be away, one is enough to know that it still is.
func (d *sender) tryLetters(ctx context.Context) (settled int, err error) {
	rows, err := d.pool.Query(ctx, waitingSQL, d.Name, d.config.Now())
	if err != nil {
		return 0, err
	}
	letters, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (l letter, err error) {
		err = row.Scan(&l.position, &l.seq, &l.subject, &l.attempts, &l.due)
		return l, err
	})
	if err != nil {
		return 0, err
	}
	d.waiting = map[string]bool{}
	for _, l := range letters {
		d.waiting[l.subject] = true
	}
	slices.SortFunc(letters, func(a, b letter) int { return a.compare(b.place) })
	for _, l := range letters {
		if !l.due {
			continue
		}
		taken, err := d.tryLetter(ctx, l)
		if err != nil {
			return settled, err
		}
		if taken {
			settled++
		} else if d.away() {
			break
		}
	}
	return settled, nil
}

// tryLetter reports whether a letter is settled: it was sent, tells what holds no more, or is given up.
func (d *sender) tryLetter(ctx context.Context, l letter) (settled bool, err error) {
	e, there, err := d.one(ctx, l.place)
	if err != nil {
		return false, err
	}
	b := &pgx.Batch{}
	stale := !there
	if there && l.seq > 0 {
		if err := d.pool.QueryRow(ctx, supersededSQL, d.Name, l.position, l.seq).Scan(&stale); err != nil {
			return false, err
		}
	}
	if stale {
		b.Queue("UPDATE integration.subscription SET superseded = superseded + 1 WHERE name = $1", d.Name)
		b.Queue(removeSQL, d.Name, l.position, l.seq)
		return true, d.pool.SendBatch(ctx, b).Close()
	}
	fault := d.send(ctx, &e)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if fault == nil {
		d.delivered(b)
		b.Queue(removeSQL, d.Name, l.position, l.seq)
		return true, d.pool.SendBatch(ctx, b).Close()
	}
	status := "waiting"
	if l.attempts+1 >= d.config.Attempts && !d.away() {
		status = "dead"
		d.config.Logger.Error("an event is given up", "subscription", d.Name, "event", e.ID, "error", fault)
	}
	d.failing(b, fault)
	b.Queue(`UPDATE integration.letter SET attempts = attempts + 1, next_attempt_at = $4, error = $5, status = $6
		WHERE subscription = $1 AND position = $2 AND seq = $3`, d.Name, l.position, l.seq, d.again(l.attempts+1), fault.Error(), status)
	return status == "dead", d.pool.SendBatch(ctx, b).Close()
}

// failing writes down that an attempt failed, and since when they do.
func (d *sender) failing(b *pgx.Batch, fault error) {
	b.Queue(`UPDATE integration.subscription SET failing_since = coalesce(failing_since, $2), error = $3 WHERE name = $1`,
		d.Name, d.config.Now(), fault.Error())
}

const removeSQL = "DELETE FROM integration.letter WHERE subscription = $1 AND position = $2 AND seq = $3"

// supersededSQL finds out whether an announcement tells what holds no more: a newer one about the same customer and segment,
// or of the same kind without a segment, or the customer's erasure, was sent before it. That is so where it was given up once.
const supersededSQL = `SELECT EXISTS (SELECT FROM integration.outbox o JOIN integration.outbox n ON n.subject = o.subject
	JOIN integration.subscription s ON s.name = $1
	WHERE o.seq = $3 AND (n.position, n.seq) > ($2, $3) AND (n.position, n.seq) <= (s.position, s.seq)
	AND (n.data->>'segment' = o.data->>'segment' OR n.type = o.type AND o.data->>'segment' IS NULL OR n.type = '` + subscription.CustomerErased + `')
	AND NOT EXISTS (SELECT FROM integration.letter l WHERE l.subscription = $1 AND l.position = n.position AND l.seq = n.seq))`
