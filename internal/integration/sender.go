package integration

import (
	"context"
	"errors"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// sender sends one subscription what it asks for, in order. What is not taken becomes a letter, which is tried again later;
// whatever concerns the same customer waits behind it, and the rest goes on. Where many customers' letters wait and nothing
// goes through, the receiver seems to be away: then nothing new is tried, and nothing dies.
type sender struct {
	*Subscription
	*Service
	publisher message.Publisher
	end       context.CancelFunc
	ended     chan struct{}

	failed  int             // attempts in a row
	waiting map[string]bool // subjects that have letters
}

// awayAfter is how many customers' letters wait, and how many attempts in a row failed, where the receiver seems to be away.
const awayAfter = 10

func (d *sender) away() bool { return d.failed >= awayAfter && len(d.waiting) >= awayAfter }

// errMoved: the place is not where this sender left it, since somebody asked for a replay.
var errMoved = errors.New("the place of the subscription was moved")

func (d *sender) run(ctx context.Context) {
	for ctx.Err() == nil {
		n, err := d.step(ctx)
		if err != nil && ctx.Err() == nil && !errors.Is(err, errMoved) {
			d.config.Logger.Warn("send to a subscription", "subscription", d.Name, "error", err)
		}
		if n == 0 || err != nil {
			pause(ctx, d.config.Poll)
		}
	}
}

// step tries the letters that are due, and then what is new. It returns how many events were settled.
func (d *sender) step(ctx context.Context) (settled int, err error) {
	settled, err = d.tryLetters(ctx)
	if err != nil || d.away() {
		return settled, err
	}
	var at place
	if err := d.pool.QueryRow(ctx, "SELECT position, seq FROM integration.subscription WHERE name = $1", d.Name).
		Scan(&at.position, &at.seq); err != nil {
		return settled, err
	}
	events, to, err := d.read(ctx, at)
	if err != nil || to == at {
		return settled, err
	}
	if events, err = d.concerned(ctx, events); err != nil {
		return settled, err
	}
	for i := range events {
		if err := d.sendNew(ctx, at, &events[i]); err != nil {
			return settled, err
		}
		at = events[i].place
		if settled++; d.away() {
			return settled, nil
		}
	}
	return settled, d.move(ctx, at, to, nil)
}

// sendNew sends an event behind a place, or writes a letter of it where it must wait.
func (d *sender) sendNew(ctx context.Context, at place, e *event) error {
	if d.waiting[e.Subject] {
		return d.move(ctx, at, e.place, func(b *pgx.Batch) { d.write(b, e, 0, nil) })
	}
	err := d.send(ctx, e)
	if ctx.Err() != nil {
		return ctx.Err() // what is interrupted by the end was not refused
	}
	if err == nil {
		return d.move(ctx, at, e.place, d.delivered)
	}
	d.waiting[e.Subject] = true
	return d.move(ctx, at, e.place, func(b *pgx.Batch) { d.write(b, e, 1, err) })
}

// move goes on to a place, with what else is to be written down.
func (d *sender) move(ctx context.Context, from, to place, also func(*pgx.Batch)) error {
	return pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		b := &pgx.Batch{}
		moved := int64(0)
		b.Queue("UPDATE integration.subscription SET position = $2, seq = $3 WHERE name = $1 AND (position, seq) = ($4, $5)",
			d.Name, to.position, to.seq, from.position, from.seq).Exec(func(tag pgconn.CommandTag) error { moved = tag.RowsAffected(); return nil })
		if also != nil {
			also(b)
		}
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		if moved == 0 {
			return errMoved
		}
		return nil
	})
}

// delivered writes down that something went through.
func (d *sender) delivered(b *pgx.Batch) {
	b.Queue(`UPDATE integration.subscription SET delivered = delivered + 1, delivered_at = $2, failing_since = NULL, error = NULL
		WHERE name = $1`, d.Name, d.config.Now())
}

// send makes one attempt.
func (d *sender) send(ctx context.Context, e *event) error {
	data, err := d.Disclosure.disclosed(ctx, e.ID, e.customer, e.Data)
	if err != nil {
		return err
	}
	told := e.cloudEvent
	told.Data = data
	m, err := told.message(ctx)
	if err != nil {
		return err
	}
	if err = d.publisher.Publish("integration", m); err != nil {
		d.failed++
		d.config.Logger.Warn("an event was not taken", "subscription", d.Name, "event", e.ID, "error", err)
		return err
	}
	d.failed = 0
	return nil
}

// again returns when an event is tried again after so many attempts.
func (d *sender) again(attempts int) time.Time {
	wait := d.config.RetryMost
	if n := max(attempts-1, 0); n < 40 && d.config.Retry<<n < wait {
		wait = d.config.Retry << n
	}
	return d.config.Now().Add(wait)
}
