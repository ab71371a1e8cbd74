package integration

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// outbox is a message.Subscriber on the table that the projectors write: a message an event, in their order. One
// process a database reads it, by an advisory lock; others wait.
type outbox struct {
	pool   *pgxpool.Pool
	poll   time.Duration
	logger *slog.Logger

	running sync.WaitGroup
}

const (
	// leaseKey is the advisory lock of whoever publishes.
	leaseKey = 0x7261_7070_6f72_75
	// keptFor is how long an event stays after it was delivered, so that it is not announced twice.
	keptFor = 7 * 24 * time.Hour
	atOnce  = 100 // events read from the table
)

// contentType is that of a cloudEvent.
const contentType = "application/cloudevents+json"

// cloudEvent is an integration event as CloudEvents 1.0 writes it in JSON.
type cloudEvent struct {
	SpecVersion     string          `json:"specversion"`
	ID              uuid.UUID       `json:"id"`
	Source          string          `json:"source"`
	Type            string          `json:"type"`
	Subject         string          `json:"subject"`
	Time            time.Time       `json:"time"`
	DataContentType string          `json:"datacontenttype"`
	Data            json.RawMessage `json:"data"`
}

// Subscribe delivers what is pending until ctx ends; the topic does not matter.
func (o *outbox) Subscribe(ctx context.Context, _ string) (<-chan *message.Message, error) {
	out := make(chan *message.Message)
	o.running.Go(func() {
		defer close(out)
		for ctx.Err() == nil {
			// While the database is away, the projectors say so.
			if err := o.hold(ctx, out); err != nil && ctx.Err() == nil {
				o.logger.Debug("read the outbox", "error", err)
			}
			pause(ctx, max(o.poll, time.Second))
		}
	})
	return out, nil
}

// Close waits for the subscriptions, whose contexts the router ends.
func (o *outbox) Close() error { o.running.Wait(); return nil }

// hold delivers as long as it has the lease, which its connection holds.
func (o *outbox) hold(ctx context.Context, out chan<- *message.Message) error {
	conn, err := o.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	lease := conn.Hijack()
	defer func() {
		end, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = lease.Close(end) // it is given up either way
	}()
	if _, err := lease.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(leaseKey)); err != nil {
		return fmt.Errorf("take the lease: %w", err)
	}
	forgotten := time.Time{}
	for ctx.Err() == nil {
		if time.Since(forgotten) > time.Hour {
			if _, err := lease.Exec(ctx, "DELETE FROM integration.outbox WHERE status = 'delivered' AND settled_at < now() - $1::interval",
				keptFor); err != nil {
				return err
			}
			forgotten = time.Now()
		}
		n, err := o.deliver(ctx, lease, out)
		if err != nil {
			return err
		}
		if n == 0 {
			pause(ctx, o.poll)
		}
	}
	return ctx.Err()
}

const pendingSQL = `SELECT seq, id, type, subject, data, created_at FROM integration.outbox WHERE status = 'pending'
	ORDER BY seq LIMIT $1`

// deliver sends the oldest pending events one by one, and answers how many were taken.
func (o *outbox) deliver(ctx context.Context, lease *pgx.Conn, out chan<- *message.Message) (taken int, err error) {
	rows, err := lease.Query(ctx, pendingSQL, atOnce)
	if err != nil {
		return 0, err
	}
	type event struct {
		seq int64
		cloudEvent
	}
	events, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e event, err error) {
		var subject uuid.UUID
		e.SpecVersion, e.Source, e.DataContentType = "1.0", "rapport", "application/json"
		err = row.Scan(&e.seq, &e.ID, &e.Type, &subject, &e.Data, &e.Time)
		e.Subject = subject.String()
		return e, err
	})
	if err != nil {
		return 0, err
	}
	for _, e := range events {
		payload, err := json.Marshal(e.cloudEvent)
		if err != nil {
			return taken, fmt.Errorf("write event %s: %w", e.ID, err)
		}
		m := message.NewMessage(e.ID.String(), payload)
		if !send(ctx, m, out) {
			return taken, ctx.Err()
		}
		// The dead are marked already, by deadLetters.
		if _, err := lease.Exec(ctx, `UPDATE integration.outbox SET status = 'delivered', settled_at = now(), error = NULL
			WHERE seq = $1 AND status = 'pending'`, e.seq); err != nil {
			return taken, err
		}
		taken++
	}
	return taken, nil
}

// send delivers a message and tells whether it was acknowledged.
func send(ctx context.Context, m *message.Message, out chan<- *message.Message) bool {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	m.SetContext(ctx)
	select {
	case out <- m:
	case <-ctx.Done():
		return false
	}
	select {
	case <-m.Acked():
		return true
	case <-m.Nacked():
		return false
	case <-ctx.Done():
		return false
	}
}

// deadLetters is a message.Publisher that marks an event as given up, with the reason.
type deadLetters struct{ *outbox }

func (d deadLetters) Publish(_ string, messages ...*message.Message) error {
	for _, m := range messages {
		reason := m.Metadata.Get(middleware.ReasonForPoisonedKey)
		d.logger.Error("an integration event is given up", "id", m.UUID, "error", reason)
		_, err := d.pool.Exec(m.Context(), `UPDATE integration.outbox SET status = 'dead', settled_at = now(), error = $2
			WHERE id = $1`, m.UUID, reason)
		if err != nil {
			return fmt.Errorf("give up event %s: %w", m.UUID, err)
		}
	}
	return nil
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
