package integration

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/history"
)

// contentType is that of a cloudEvent.
const contentType = "application/cloudevents+json"

// cloudEvent is an event as CloudEvents 1.0 writes it in JSON, with its extensions for the place in an order, the time of the
// record, and what keeps its order.
type cloudEvent struct {
	SpecVersion     string          `json:"specversion"`
	ID              uuid.UUID       `json:"id"`
	Source          string          `json:"source"`
	Type            string          `json:"type"`
	Subject         string          `json:"subject"`
	Time            time.Time       `json:"time"`
	RecordedTime    time.Time       `json:"recordedtime"`
	Sequence        string          `json:"sequence"`
	PartitionKey    string          `json:"partitionkey"`
	DataContentType string          `json:"datacontenttype"`
	Data            json.RawMessage `json:"data"`
}

// place is where an event stands: an event of the log at a position, announcements behind it by their numbers.
type place struct{ position, seq int64 }

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.position, q.position), cmp.Compare(p.seq, q.seq))
}

// event is what may be sent.
type event struct {
	place
	cloudEvent
	customer uuid.UUID // zero: it is of none
}

func fromLog(e *history.Told) (event, error) {
	data, err := json.Marshal(e.Event)
	if err != nil {
		return event{}, fmt.Errorf("write event %s: %w", e.ID, err)
	}
	out := event{place: place{position: int64(e.Position)}, cloudEvent: cloudEvent{ID: e.ID, Type: e.Type, Subject: e.Stream,
		Time: e.Metadata.OccurredAt, RecordedTime: e.RecordedAt, Data: data}}
	if id, ok := customer.IDOf(e.Stream); ok {
		out.customer, out.Subject = id, id.String()
	}
	return out.settled(), nil
}

func (e event) settled() event {
	e.SpecVersion, e.Source, e.DataContentType = "1.0", "rapport", "application/json"
	e.Sequence, e.PartitionKey = strconv.FormatInt(e.position, 10), e.Subject
	return e
}

// typeKey is where a message has the type of its event.
const typeKey = "type"

// message is the event as publishers take it.
func (e cloudEvent) message(ctx context.Context) (*message.Message, error) {
	payload, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("write event %s: %w", e.ID, err)
	}
	m := message.NewMessage(e.ID.String(), payload)
	m.Metadata.Set(typeKey, e.Type)
	m.SetContext(ctx)
	return m, nil
}

const (
	announcedColumns = "SELECT position, seq, id, type, subject, data, created_at FROM integration.outbox "
	announcedSQL     = announcedColumns + `WHERE (position, seq) > ($1, $2) AND position <= $3 ORDER BY position, seq LIMIT $4`
	oneAnnouncedSQL  = announcedColumns + "WHERE seq = $1"
)

func scanAnnounced(row pgx.CollectableRow) (e event, err error) {
	err = row.Scan(&e.position, &e.seq, &e.ID, &e.Type, &e.customer, &e.Data, &e.Time)
	e.Subject, e.RecordedTime = e.customer.String(), e.Time
	return e.settled(), err
}

// atOnce is how many events are read at once.
const atOnce = 500

// read returns what comes behind a place, as far as the read models are, in order, and the place up to which that is all.
func (d *sender) read(ctx context.Context, from place) (events []event, to place, err error) {
	to = from
	if err := d.pool.QueryRow(ctx, "SELECT position FROM integration.checkpoint").Scan(&to.position); err != nil {
		return nil, to, err
	}
	rows, err := d.pool.Query(ctx, announcedSQL, from.position, from.seq, to.position, atOnce)
	if err != nil {
		return nil, to, err
	}
	if events, err = pgx.CollectRows(rows, scanAnnounced); err != nil {
		return nil, to, err
	}
	if to.position > from.position {
		to.seq = 0 // announcements may come at this position yet
	}
	if n := len(events); n > 0 && (n == atOnce || events[n-1].position == to.position) {
		to = events[n-1].place
	}
	if to.position > from.position && !d.announcedOnly() {
		if to, err = d.readLog(ctx, from, to, &events); err != nil {
			return nil, to, err
		}
	}
	events = slices.DeleteFunc(events, func(e event) bool { return e.compare(to) > 0 || !d.wants(e.Type) })
	slices.SortFunc(events, func(a, b event) int { return a.compare(b.place) })
	return events, to, nil
}

// readLog adds events of the log between two places, and returns up to where that is all.
func (d *sender) readLog(ctx context.Context, from, to place, events *[]event) (place, error) {
	for run, err := range d.config.Log.Follow(ctx, eventstore.Position(from.position), atOnce) {
		if err != nil {
			return to, err
		}
		for i := range run.Events {
			if e := &run.Events[i]; int64(e.Position) <= to.position && d.wants(e.Type) {
				told, err := fromLog(e)
				if err != nil {
					return to, err
				}
				*events = append(*events, told)
			}
		}
		if end := int64(run.Next); end < to.position && !run.CaughtUp {
			to = place{position: end}
			for _, e := range *events { // announcements at this very position were read too
				if e.position == end && e.compare(to) > 0 {
					to = e.place
				}
			}
		}
		if to.compare(from) < 0 {
			to = from
		}
		return to, nil
	}
	return to, ctx.Err()
}

// one reads an event again; false where it is no more.
func (d *sender) one(ctx context.Context, at place) (event, bool, error) {
	if at.seq == 0 {
		e, err := d.config.Log.Event(ctx, eventstore.Position(at.position))
		if err != nil {
			return event{}, false, err
		}
		told, err := fromLog(&e)
		return told, true, err
	}
	rows, err := d.pool.Query(ctx, oneAnnouncedSQL, at.seq)
	if err != nil {
		return event{}, false, err
	}
	found, err := pgx.CollectRows(rows, scanAnnounced)
	if err != nil || len(found) == 0 {
		return event{}, false, err
	}
	return found[0], true, nil
}

// concerned leaves out what is about customers for whom the rule does not hold. That somebody was erased is for all.
func (d *sender) concerned(ctx context.Context, events []event) ([]event, error) {
	if d.Rule == nil || len(events) == 0 {
		return events, nil
	}
	ids := make([]uuid.UUID, 0, len(events))
	for i := range events {
		if id := events[i].customer; id != uuid.Nil {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	ids = slices.Compact(ids)
	holds, err := d.config.Judge(ctx, d.Rule, ids)
	if err != nil {
		return nil, err
	}
	held := map[uuid.UUID]bool{}
	for i, id := range ids {
		held[id] = holds[i]
	}
	return slices.DeleteFunc(events, func(e event) bool {
		return !held[e.customer] && e.Type != subscription.CustomerErased && e.Type != (customer.Erased{}).EventType()
	}), nil
}
