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

	"github.com/rapport-crm/rapport/projections/lease"
)

// outbox is a message.Subscriber on the table that the projectors write: a message an event, in their order. One
// process a database reads it, by a lease; others wait.
type outbox struct {
	pool       *pgxpool.Pool
	lease      *lease.Lease
	disclosure Disclosure
	poll       time.Duration
	logger     *slog.Logger

	running sync.WaitGroup
}

const (
	// leaseName is the lease of the process that publishes.
	leaseName = "integration"
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

// hold delivers as long as it has the lease.
func (o *outbox) hold(ctx context.Context, out chan<- *message.Message) error {
	held, err := o.lease.Hold(ctx)
	if err != nil {
		return fmt.Errorf("take the lease: %w", err)
	}
	defer held.Release()
	ctx, end := held.Context(ctx)
	defer end()
	forgotten := time.Time{}
	for ctx.Err() == nil {
		if time.Since(forgotten) > time.Hour {
			if _, err := o.pool.Exec(ctx, forgetSQL, keptFor); err != nil {
				return err
			}
			forgotten = time.Now()
		}
		n, err := o.deliver(ctx, out)
		if err != nil {
			return err
		}
		if n == 0 {
			pause(ctx, o.poll)
		}
	}
	return ctx.Err()
}

// forgetSQL removes what was settled long ago, but for what tells that an older dead event is superseded.
const forgetSQL = `DELETE FROM integration.outbox o WHERE status IN ('delivered', 'superseded') AND settled_at < now() - $1::interval
	AND NOT EXISTS (SELECT FROM integration.outbox d WHERE d.subject = o.subject AND d.status = 'dead' AND d.seq < o.seq)`

// pendingSQL finds the oldest pending events. One that was dead and is tried again is superseded where a newer one about the
// same customer and segment, or the customer's erasure, was delivered meanwhile: it would tell what holds no more.
const pendingSQL = `SELECT seq, id, type, subject, data, created_at, EXISTS (SELECT FROM integration.outbox n
		WHERE n.subject = o.subject AND n.seq > o.seq AND n.status = 'delivered'
		AND (n.data->>'segment' IS NOT DISTINCT FROM o.data->>'segment' OR n.type = '` + erasedType + `')) AS superseded
	FROM integration.outbox o WHERE status = 'pending' ORDER BY seq LIMIT $1`

// erasedType is the type of the event that nothing personal of a customer is left.
const erasedType = "rapport.customer.erased.v1"

// deliver sends the oldest pending events one by one, and answers how many were taken.
func (o *outbox) deliver(ctx context.Context, out chan<- *message.Message) (taken int, err error) {
	rows, err := o.pool.Query(ctx, pendingSQL, atOnce)
	if err != nil {
		return 0, err
	}
	type event struct {
		seq        int64
		subject    uuid.UUID
		superseded bool
		cloudEvent
	}
	events, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e event, err error) {
		e.SpecVersion, e.Source, e.DataContentType = "1.0", "rapport", "application/json"
		err = row.Scan(&e.seq, &e.ID, &e.Type, &e.subject, &e.Data, &e.Time, &e.superseded)
		e.Subject = e.subject.String()
		return e, err
	})
	if err != nil {
		return 0, err
	}
	for _, e := range events {
		if e.superseded {
			if err := o.settle(ctx, e.seq, "superseded"); err != nil {
				return taken, err
			}
			taken++
			continue
		}
		if e.Data, err = o.disclosure.disclosed(ctx, e.ID, e.subject, e.Data); err != nil {
			return taken, err
		}
		payload, err := json.Marshal(e.cloudEvent)
		if err != nil {
			return taken, fmt.Errorf("write event %s: %w", e.ID, err)
		}
		m := message.NewMessage(e.ID.String(), payload)
		if !send(ctx, m, out) {
			return taken, ctx.Err()
		}
		// The dead are marked already, by deadLetters.
		if err := o.settle(ctx, e.seq, "delivered"); err != nil {
			return taken, err
		}
		taken++
	}
	return taken, nil
}

// settle says what became of a pending event.
func (o *outbox) settle(ctx context.Context, seq int64, status string) error {
	_, err := o.pool.Exec(ctx, `UPDATE integration.outbox SET status = $2, settled_at = now(), error = NULL
		WHERE seq = $1 AND status = 'pending'`, seq, status)
	return err
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
