package projections

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/eventstore"
)

const customerSQL = `SELECT customer_id, kind, name, country, locale, external_ids, registered_on, stage,
	stage_since, segments, first_purchase_on, last_purchase_on, orders, purchase_days, returns, frequency,
	recency_days, currency, gross_revenue_minor, returns_value_minor, net_revenue_minor, interactions,
	last_contact_on, business_date, erased_on, revision
	FROM customer_360
	WHERE customer_id = ` + survivorSQL

// Customer answers one customer at a glance, or who stands for them after a merge; ErrNotFound.
func (r *Reader) Customer(ctx context.Context, id uuid.UUID) (Customer360, error) {
	return one[Customer360](ctx, r, customerSQL, pgx.NamedArgs{"id": [16]byte(id)})
}

const timelineSQL = `SELECT customer_id, recorded_for, revision, position, occurred_at, recorded_at, type, summary, ids,
	amount_minor, currency, actor, source, department, channel, voided, voided_by, corrected_by
	FROM customer_timeline WHERE customer_id = ` + survivorSQL + ` AND (@below::bigint IS NULL OR position < @below)
	ORDER BY position DESC LIMIT @limit`

// Timeline answers the touchpoints of a customer and of all who are the same customer after a merge, newest
// first, beginning below a position in the log (nil: the newest).
func (r *Reader) Timeline(ctx context.Context, id uuid.UUID, below *int64, limit int) ([]TimelineEntry, error) {
	return all[TimelineEntry](ctx, r, timelineSQL,
		pgx.NamedArgs{"id": [16]byte(id), "below": below, "limit": limit})
}

const segmentsSQL = `WITH filling AS (
		SELECT t.data::jsonb ->> 'name' AS segment,
			CASE WHEN f.target > f.base AND f.total > 0 THEN least(f.done::float8 / f.total, 1) ELSE 0 END AS progress
		FROM projection_fill f, LATERAL (SELECT * FROM projection_timeline ORDER BY position OFFSET f.base) t
		WHERE t.type LIKE 'segment.%')
	SELECT DISTINCT ON (d.segment) d.segment, d.version, d.title, d.rule, d.status, d.defined_on,
	d.ended_on, (SELECT count(*) FROM segment_membership m WHERE m.segment = d.segment AND m.valid_to IS NULL)
	AS members, CASE WHEN f.segment IS NULL THEN 'live' ELSE 'filling' END AS state, coalesce(f.progress, 1) AS progress
	FROM segment_definition d LEFT JOIN filling f ON f.segment = d.segment WHERE @name::text IS NULL OR d.segment = @name
	ORDER BY d.segment, d.version DESC`

// Segments answers the latest definition of every segment, by name.
func (r *Reader) Segments(ctx context.Context) ([]Segment, error) {
	return all[Segment](ctx, r, segmentsSQL, pgx.NamedArgs{"name": nil})
}

// Segment answers one definition; ErrNotFound.
func (r *Reader) Segment(ctx context.Context, name string) (Segment, error) {
	return one[Segment](ctx, r, segmentsSQL, pgx.NamedArgs{"name": name})
}

const membersSQL = `SELECT segment, customer_id, valid_from, valid_to, version, evidence,
		CASE WHEN @purpose <> '' THEN ` + reachSQL + ` END AS reach
	FROM segment_membership m WHERE segment = @name AND customer_id > @after
	AND ((@on::date IS NULL AND valid_to IS NULL)
		OR (valid_from <= @on::date AND (valid_to IS NULL OR valid_to > @on::date)))
	ORDER BY customer_id LIMIT @limit`

// reachSQL is an expression for the Reach of a member m for a purpose.
const reachSQL = `(SELECT jsonb_build_object('name', nullif(c.name, ''), 'locale', nullif(c.locale, ''), 'channels', allowed.channels,
		'contact_points', coalesce((SELECT jsonb_agg(jsonb_build_object('contact_point_id', p.contact_point_id, 'kind', p.kind,
				'value', p.value, 'preferred', p.preferred, 'verified_on', p.verified_on)
			ORDER BY p.preferred DESC, p.kind, p.added_on DESC, p.contact_point_id) FROM contact_points p
			WHERE p.customer_id = c.customer_id AND p.removed_on IS NULL AND allowed.channels <> '[]'), '[]'))
	FROM customer_summary c, LATERAL (SELECT coalesce(jsonb_agg(channel ORDER BY channel), '[]') AS channels FROM consent_current g
		WHERE g.customer_id = c.customer_id AND g.purpose = @purpose AND g.state = 'granted') allowed
	WHERE c.customer_id = m.customer_id)`

// Members returns who belongs to a segment now (on nil) or on a day, by customer id beginning after one; with a purpose also by
// what they may be addressed for it.
func (r *Reader) Members(ctx context.Context, name string, on *domain.Day, after uuid.UUID, limit int, purpose string) ([]Membership, error) {
	return all[Membership](ctx, r, membersSQL,
		pgx.NamedArgs{"name": name, "on": date(on), "after": [16]byte(after), "limit": limit, "purpose": purpose})
}

const stagesSQL = `SELECT stage, count(*) AS customers FROM loyalty_stage GROUP BY stage ORDER BY 2 DESC, 1`

// Stages counts customers by stage.
func (r *Reader) Stages(ctx context.Context) ([]StageCount, error) {
	return all[StageCount](ctx, r, stagesSQL, pgx.NamedArgs{})
}

// TransitionQuery selects steps on the ladder; zero fields select everything. Rows come newest first.
type TransitionQuery struct {
	CustomerID uuid.UUID
	Reason     string
	From, To   string
	Since      *domain.Day
	Limit      int
}

const transitionsSQL = `SELECT customer_id, changed_on, from_stage, to_stage, reason, policy_version, evidence
	FROM loyalty_stage_history
	WHERE (@id::uuid IS NULL OR customer_id = @id) AND (@reason::text IS NULL OR reason = @reason)
	AND (@from::text IS NULL OR from_stage = @from) AND (@to::text IS NULL OR to_stage = @to)
	AND (@since::date IS NULL OR changed_on >= @since)
	ORDER BY changed_on DESC, customer_id LIMIT @limit`

// Transitions answers steps on the ladder.
func (r *Reader) Transitions(ctx context.Context, q TransitionQuery) ([]Transition, error) {
	var id *[16]byte
	if q.CustomerID != uuid.Nil {
		id = (*[16]byte)(&q.CustomerID)
	}
	return all[Transition](ctx, r, transitionsSQL, pgx.NamedArgs{"id": id, "reason": optional(q.Reason),
		"from": optional(q.From), "to": optional(q.To), "since": date(q.Since), "limit": q.Limit})
}

const statusSQL = `SELECT position, head, lag_events, lag_seconds, events_per_second, state, last_error, updated_at, age_seconds
	FROM projection_status`

// Status answers how far the read models are, as the tables say it.
func (r *Reader) Status(ctx context.Context) (Status, error) {
	rows, err := r.pool.Query(ctx, statusSQL)
	if err != nil {
		return Status{}, unavailable(err)
	}
	s, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByNameLax[Status])
	return s, unavailable(err)
}

const failuresSQL = `SELECT position, type, stream, error, status, failed_at
	FROM projection_failures ORDER BY position LIMIT 1000`

// Failures answers the events that could not be taken, at most 1,000.
func (r *Reader) Failures(ctx context.Context) ([]Failure, error) {
	return all[Failure](ctx, r, failuresSQL, pgx.NamedArgs{})
}

// Clock is the business date and what the log says of time: the row of crm.business_date.
type Clock struct {
	BusinessDate *domain.Day `json:"business_date" db:"business_date"`
	LastClosedOn *domain.Day `json:"last_closed_on" db:"last_closed_on"`
	NewestOn     *domain.Day `json:"newest_on" db:"newest_on"`
	LiveSince    *domain.Day `json:"live_since" db:"live_since"`
	TimeZone     string      `json:"time_zone" db:"time_zone"`
	Currency     *string     `json:"currency" db:"currency"`
}

const clockSQL = `SELECT business_date, last_closed_on, newest_on, live_since, time_zone, currency FROM business_date`

// Clock answers the business date.
func (r *Reader) Clock(ctx context.Context) (Clock, error) {
	return one[Clock](ctx, r, clockSQL, pgx.NamedArgs{})
}

// WaitFor waits until the read models have reached a position; ErrBehind or ErrUnavailable when ctx ends
// before.
func (r *Reader) WaitFor(ctx context.Context, position eventstore.Position) error {
	for {
		at, changed, err := r.position(ctx)
		if err == nil && at >= position {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return errors.Join(ErrBehind, err)
		}
	}
}

const judgedSQL = `SELECT NOT EXISTS (SELECT FROM
	(SELECT position FROM projection_timeline ORDER BY position OFFSET (SELECT base FROM projection_fill)) t
	WHERE position <= $1)`

// WaitJudged waits until the read models have reached a position and everybody is judged by the rules as they were there;
// ErrBehind or ErrUnavailable when ctx ends before.
func (r *Reader) WaitJudged(ctx context.Context, position eventstore.Position) error {
	if err := r.WaitFor(ctx, position); err != nil {
		return err
	}
	for judged := false; ; {
		err := unavailable(r.pool.QueryRow(ctx, judgedSQL, int64(position)).Scan(&judged))
		if err == nil && judged {
			return nil
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return errors.Join(ErrBehind, err)
		}
	}
}

// position answers how far the read models are, and a channel on which to wait for more: from the engine
// in this process while it writes them, else from the tables.
func (r *Reader) position(ctx context.Context) (eventstore.Position, <-chan struct{}, error) {
	if r.progress != nil {
		if at, leading, changed := r.progress.get(); leading {
			return at, changed, nil
		}
	}
	later := make(chan struct{})
	time.AfterFunc(20*time.Millisecond, func() { close(later) })
	s, err := r.Status(ctx)
	return eventstore.Position(s.Position), later, err
}

const dueSQL = `SELECT customer_id, due_on FROM customer_summary WHERE due_on <= $1`

// Due answers of which customers something falls due by itself by the end of a business day, and on which
// day first.
func (r *Reader) Due(ctx context.Context, by domain.Day) (map[uuid.UUID]domain.Day, error) {
	rows, err := r.pool.Query(ctx, dueSQL, date(&by))
	if err != nil {
		return nil, unavailable(err)
	}
	due := map[uuid.UUID]domain.Day{}
	var id uuid.UUID
	var on domain.Day
	_, err = pgx.ForEachRow(rows, []any{&id, &on}, func() error { due[id] = on; return nil })
	return due, unavailable(err)
}

// one answers the only row of a query; ErrNotFound.
func one[T any](ctx context.Context, r *Reader, sql string, args pgx.NamedArgs) (T, error) {
	rows, err := r.pool.Query(ctx, sql, args)
	if err != nil {
		var zero T
		return zero, unavailable(err)
	}
	row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
	return row, unavailable(err)
}

// all answers the rows of a query.
func all[T any](ctx context.Context, r *Reader, sql string, args pgx.NamedArgs) ([]T, error) {
	rows, err := r.pool.Query(ctx, sql, args)
	if err != nil {
		return nil, unavailable(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
	return out, unavailable(err)
}

// unavailable tells a database that does not answer, or has no tables yet, from a fault of ours.
func unavailable(err error) error {
	var pg *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		return ErrNotFound
	case errors.As(err, &pg):
		switch pg.Code[:2] {
		case "08", "40", "53", "57", "3F": // connection, rollback, resources, operator intervention, no such schema
		default:
			if pg.Code != "42P01" { // no such table: the projectors have not made it yet
				return fmt.Errorf("query: %w", err)
			}
		}
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

// rolledBack tells that a transaction met another one, such as that which drops the tables before a rebuild.
func rolledBack(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code[:2] == "40"
}
