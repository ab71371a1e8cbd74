package projections

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/walk"
	"github.com/rapport-crm/rapport/internal/durable"
)

// Who entered or left a segment is announced to other systems: written to an outbox, from where it is published.
// The outbox is in a schema of its own and keeps to the log's order by a checkpoint of its own: whatever tables
// a page is written to, live or rebuilt, what that checkpoint has passed is not announced again. So a rebuild
// announces nothing old, and loses nothing that only the rebuilt tables took.

// announcementTypes are the types of integration events.
const (
	enteredType = "rapport.segment.entered.v1"
	leftType    = "rapport.segment.left.v1"

	erasedAnnouncement = "rapport.customer.erased.v1"
)

// OutboxTables keep what is announced, in the order in which it came about, and what became of it.
var OutboxTables = durable.Part{Schema: "integration", Name: "outbox", Migrations: []string{`
CREATE TABLE IF NOT EXISTS integration.checkpoint (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	position bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS integration.outbox (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id uuid NOT NULL UNIQUE,
	type text NOT NULL,
	subject uuid NOT NULL,
	data json NOT NULL,
	status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'dead', 'superseded')),
	error text,
	created_at timestamptz NOT NULL DEFAULT now(),
	settled_at timestamptz
);
CREATE INDEX IF NOT EXISTS outbox_pending ON integration.outbox (seq) WHERE status = 'pending';
CREATE INDEX IF NOT EXISTS outbox_settled ON integration.outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS outbox_subject ON integration.outbox (subject, seq);
`}}

// awaitPast finds out up to where the log was there before this engine.
func (e *Engine) awaitPast(ctx context.Context) {
	for e.config.Announce && ctx.Err() == nil {
		head, err := e.config.Store.Head(ctx)
		if err == nil {
			e.past = head
			return
		}
		e.health.failed(stateUnavailable, err)
		pause(ctx, time.Second)
	}
}

// openOutbox makes the outbox where it is missing. What the log held before is not announced, but for what the
// tables have not taken yet.
func (e *Engine) openOutbox(ctx context.Context, conn *pgx.Conn) error {
	if !e.config.Announce {
		return nil
	}
	version, err := schemaVersion(ctx, conn, liveSchema)
	if err != nil {
		return err
	}
	from := int64(e.past)
	if version != "" {
		if err := conn.QueryRow(ctx, "SELECT position FROM "+liveSchema+".projection_checkpoint").Scan(&from); err != nil {
			return fmt.Errorf("make the outbox: %w", err)
		}
	}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if err := OutboxTables.Migrate(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO integration.checkpoint (position) VALUES ($1) ON CONFLICT DO NOTHING", from)
		return err
	})
}

// announced answers up to which position of the log everything was announced.
func announced(ctx context.Context, conn *pgx.Conn) (position uint64, err error) {
	var at int64
	if err := conn.QueryRow(ctx, "SELECT position FROM integration.checkpoint").Scan(&at); err != nil {
		return 0, fmt.Errorf("read how far the outbox is: %w", err)
	}
	return uint64(at), nil
}

// Outbox is what became of the announcements.
type Outbox struct {
	Pending   int64      `json:"pending" db:"pending"`
	Delivered int64      `json:"delivered" db:"delivered"` // of the last seven days
	Dead      int64      `json:"dead" db:"dead"`           // given up after many attempts
	Oldest    *time.Time `json:"oldest_pending_at" db:"oldest"`
	LastError *string    `json:"last_error" db:"last_error"` // why the newest dead one was given up
	// Superseded counts those of the last seven days that a newer one was delivered before.
	Superseded int64 `json:"superseded" db:"superseded"`
}

const outboxSQL = `SELECT count(*) FILTER (WHERE status = 'pending') AS pending,
	count(*) FILTER (WHERE status = 'delivered') AS delivered, count(*) FILTER (WHERE status = 'superseded') AS superseded, count(*) FILTER (WHERE status = 'dead') AS dead,
	min(created_at) FILTER (WHERE status = 'pending') AS oldest,
	(SELECT error FROM integration.outbox WHERE status = 'dead' ORDER BY seq DESC LIMIT 1) AS last_error
	FROM integration.outbox`

// Outbox answers what became of the announcements; ErrNotFound where none are made.
func (r *Reader) Outbox(ctx context.Context) (Outbox, error) {
	o, err := one[Outbox](ctx, r, outboxSQL, pgx.NamedArgs{})
	return o, withoutOutbox(err)
}

// SendAgain makes the dead announcements pending again, and answers how many.
func (r *Reader) SendAgain(ctx context.Context) (int64, error) {
	tag, err := r.pool.Exec(ctx, `UPDATE integration.outbox SET status = 'pending', settled_at = NULL
		WHERE status = 'dead'`)
	return tag.RowsAffected(), withoutOutbox(unavailable(err))
}

// withoutOutbox tells that there is no outbox from that it cannot be read.
func withoutOutbox(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "42P01" {
		return ErrNotFound
	}
	return err
}

// announcement is the data of an integration event.
type announcement struct {
	Segment    string         `json:"segment,omitempty"`
	Version    int64          `json:"version,omitempty"`
	CustomerID uuid.UUID      `json:"customer_id"`
	On         domain.Day     `json:"on"` // business day
	Position   uint64         `json:"position"`
	Evidence   map[string]any `json:"evidence,omitempty"` // why somebody entered
}

// announcements is the space of the ids of integration events, which follow from what they say.
var announcements = uuid.MustParse("6c1e8a52-4d0c-4b7f-9a43-0d5f2b9f3f11")

// belonged returns to which segments a person belongs; nil where nobody is told.
func (p *page) belonged(f *fold) map[string]judgement.Stay {
	if !p.announces {
		return nil
	}
	if f.erasedOn != nil {
		return map[string]judgement.Stay{} // nobody belongs there any more
	}
	return maps.Clone(f.In)
}

// announceDifference tells other systems what the turn of a person made of their memberships at present, and by which
// event it was decided. What was rewritten of the past is not told.
func (p *page) announceDifference(f *fold, before map[string]judgement.Stay, decided uint64) {
	if !p.announces {
		return
	}
	now := f.In
	if f.erasedOn != nil {
		now = nil
	}
	names := slices.Collect(maps.Keys(before))
	for name := range now {
		if _, was := before[name]; !was {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		was, belonged := before[name]
		is, belongs := now[name]
		switch {
		case belonged && !belongs:
			p.announce(f, leftType, name, was.Version, f.left(name, was, p.timeline), decided)
		case belongs && !belonged:
			p.announce(f, enteredType, name, is.Version, is.From, decided)
		}
	}
}

// decidedBy returns the position of the event that decided a turn: the newest of its events, or of the page, where days
// or rules gave a person a turn.
func (p *page) decidedBy(events []int) uint64 {
	if len(events) == 0 {
		return p.position
	}
	return p.events[slices.Max(events)].Position
}

// announce tells that a person entered a segment or left it. The id follows from the event that decided, wherever a page
// ends.
func (p *page) announce(f *fold, kind, name string, version int64, on domain.Day, decided uint64) {
	a := announcement{Segment: name, Version: version, CustomerID: f.id, On: on, Position: decided}
	if s := p.timeline.Rules().Segments[name]; kind == enteredType && s != nil {
		a.Evidence = s.Rule.Evidence(&f.Facts, f.Day)
	}
	p.tell(kind, f.id, fmt.Sprint(kind, name, version, f.id, decided), a)
}

// left returns the day on which a stay of a person ended: the business date where it was taken back.
func (f *fold) left(name string, s judgement.Stay, t *walk.Timeline) domain.Day {
	if row := draftIn[stayKey](f, stayRows).rows[stayKey{name, s.From}]; row != nil && row.ValidTo != nil {
		return *row.ValidTo
	}
	return max(f.Day, t.Date)
}

// announceErased tells that nothing personal of a customer is left.
func (p *page) announceErased(id uuid.UUID, on domain.Day) {
	if p.announces {
		p.tell(erasedAnnouncement, id, fmt.Sprint(erasedAnnouncement, id), announcement{CustomerID: id, On: on, Position: p.position})
	}
}

func (p *page) tell(kind string, id uuid.UUID, said string, a announcement) {
	out := setOf(&p.rowSets, announcements, func() *outbox { return &outbox{} })
	data, err := json.Marshal(a)
	if err != nil {
		panic(fmt.Sprintf("announce %v: %v", a, err)) // facts are numbers, texts and lists
	}
	out.ids, out.types = append(out.ids, uuid.NewSHA1(announcements, []byte(said))), append(out.types, kind)
	out.subjects, out.data = append(out.subjects, id), append(out.data, string(data))
	out.positions = append(out.positions, int64(a.Position))
}

// outbox is what a page announces.
type outbox struct {
	ids, subjects []uuid.UUID
	types, data   []string
	positions     []int64
}

// write leaves what is told of an erasure for the end: whoever hears it forgets the customer.
func (o *outbox) write(_ context.Context, _ pgx.Tx, b *pgx.Batch) error {
	if len(o.ids) > 0 {
		b.Queue(`INSERT INTO integration.outbox (id, type, subject, data)
			SELECT a.id, a.type, a.subject, a.data
			FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::json[], $5::bigint[]) WITH ORDINALITY
				AS a (id, type, subject, data, position, n)
			WHERE a.position > (SELECT position FROM integration.checkpoint FOR UPDATE)
			ORDER BY a.type = '`+erasedAnnouncement+`', a.n
			ON CONFLICT (id) DO NOTHING`, o.ids, o.types, o.subjects, o.data, o.positions)
	}
	*o = outbox{}
	return nil
}

// fill does nothing: what is rebuilt was announced before.
func (o *outbox) fill(context.Context, pgx.Tx) error { *o = outbox{}; return nil }

func (o *outbox) count() int { return len(o.ids) }
