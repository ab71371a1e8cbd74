package projections

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/domain/walk"
	"github.com/rapport-crm/rapport/internal/durable"
)

// Who entered or left a segment is announced to other systems: written to an outbox, from where it is published.
// The outbox is in a schema of its own and keeps to the log's order by a checkpoint of its own: whatever tables
// a page is written to, live or rebuilt, what that checkpoint has passed is not announced again. So a rebuild
// announces nothing old, and loses nothing that only the rebuilt tables took.

// OutboxTables keep what is announced, in the order in which it came about, and how far each subscription is. What a subscription
// could not send yet, or has given up, is a letter. The second migration makes the one reader of an older outbox the subscription
// that the server is started with.
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
`, `
CREATE TABLE integration.subscription (
	name text PRIMARY KEY,
	position bigint NOT NULL,
	seq bigint NOT NULL DEFAULT 0,
	delivered bigint NOT NULL DEFAULT 0,
	superseded bigint NOT NULL DEFAULT 0,
	delivered_at timestamptz,
	failing_since timestamptz,
	error text
);
CREATE TABLE integration.letter (
	subscription text NOT NULL REFERENCES integration.subscription (name) ON DELETE CASCADE,
	position bigint NOT NULL,
	seq bigint NOT NULL,
	id uuid NOT NULL,
	type text NOT NULL,
	subject text NOT NULL,
	status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'dead')),
	attempts bigint NOT NULL DEFAULT 0,
	next_attempt_at timestamptz,
	since timestamptz NOT NULL DEFAULT now(),
	error text,
	PRIMARY KEY (subscription, position, seq)
);
CREATE INDEX letter_waiting ON integration.letter (subscription, subject, position, seq) WHERE status = 'waiting';
ALTER TABLE integration.outbox ADD COLUMN position bigint;
UPDATE integration.outbox SET position = coalesce((data->>'position')::bigint, 0);
ALTER TABLE integration.outbox ALTER COLUMN position SET NOT NULL;
INSERT INTO integration.subscription (name, position, seq)
	SELECT 'publish', position, seq FROM (
		(SELECT 1, position, seq - 1 FROM integration.outbox WHERE status = 'pending' ORDER BY position, seq LIMIT 1)
		UNION ALL (SELECT 2, position, seq FROM integration.outbox ORDER BY position DESC, seq DESC LIMIT 1)) p (first, position, seq)
	ORDER BY first LIMIT 1;
INSERT INTO integration.letter (subscription, position, seq, id, type, subject, status, error)
	SELECT 'publish', position, seq, id, type, subject::text, status, error FROM integration.outbox WHERE status = 'dead';
ALTER TABLE integration.outbox DROP COLUMN status, DROP COLUMN error, DROP COLUMN settled_at;
CREATE INDEX outbox_position ON integration.outbox (position, seq);
`}}

// awaitPast finds out up to where the log was there before this engine.
func (e *Engine) awaitPast(ctx context.Context) {
	for ctx.Err() == nil {
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

// announcement is the data of an integration event.
type announcement struct {
	Segment    string         `json:"segment,omitempty"`
	From       string         `json:"from,omitempty"` // stage of loyalty; empty where there was none
	To         string         `json:"to,omitempty"`
	Version    int64          `json:"version,omitempty"`
	CustomerID uuid.UUID      `json:"customer_id"`
	On         domain.Day     `json:"on"` // business day
	Position   uint64         `json:"position"`
	Evidence   map[string]any `json:"evidence,omitempty"` // why somebody entered
}

// announcements is the space of the ids of integration events, which follow from what they say.
var announcements = uuid.MustParse("6c1e8a52-4d0c-4b7f-9a43-0d5f2b9f3f11")

// standing is what others are told when it changes: to which segments a person belongs, and their stage of loyalty.
type standing struct {
	in    map[string]judgement.Stay
	stage string
}

// stood returns how a person stands; nothing where nobody is told.
func (p *page) stood(f *fold) standing {
	if !p.announces || f.erasedOn != nil { // whoever is erased belongs nowhere any more
		return standing{}
	}
	s := standing{in: maps.Clone(f.In)}
	if f.Stage != nil {
		s.stage = f.Stage.Stage
	}
	return s
}

// announceDifference tells other systems what the turn of a person made of their standing at present, and by which event it
// was decided. What was rewritten of the past is not told.
func (p *page) announceDifference(f *fold, before standing, decided uint64) {
	if !p.announces {
		return
	}
	now := p.stood(f)
	names := slices.Collect(maps.Keys(before.in))
	for name := range now.in {
		if _, was := before.in[name]; !was {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		was, belonged := before.in[name]
		is, belongs := now.in[name]
		switch {
		case belonged && !belongs:
			p.announceStay(f, subscription.SegmentLeft, name, was.Version, f.left(name, was, p.timeline), decided)
		case belongs && !belonged:
			p.announceStay(f, subscription.SegmentEntered, name, is.Version, is.From, decided)
		}
	}
	if now.stage != before.stage && now.stage != "" {
		p.tell(subscription.StageChanged, f.id, fmt.Sprint(subscription.StageChanged, now.stage, f.Stage.Version, f.id, decided),
			announcement{From: before.stage, To: now.stage, Version: f.Stage.Version, CustomerID: f.id, On: f.Stage.Since, Position: decided})
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

// announceStay tells that a person entered a segment or left it. The id follows from the event that decided, wherever a page
// ends.
func (p *page) announceStay(f *fold, kind, name string, version int64, on domain.Day, decided uint64) {
	a := announcement{Segment: name, Version: version, CustomerID: f.id, On: on, Position: decided}
	if s := p.timeline.Rules().Segments[name]; kind == subscription.SegmentEntered && s != nil {
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
		p.tell(subscription.CustomerErased, id, fmt.Sprint(subscription.CustomerErased, id), announcement{CustomerID: id, On: on, Position: p.position})
	}
}

func (p *page) tell(kind string, id uuid.UUID, said string, a announcement) {
	out := setOf(&p.rowSets, announcements, func() *outbox { return &outbox{slices: p.slices} })
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
	slices        bool // they are of a slice, at a position that was announced already
}

// write leaves what is told of an erasure for the end: whoever hears it forgets the customer.
func (o *outbox) write(_ context.Context, _ pgx.Tx, b *pgx.Batch) error {
	if len(o.ids) > 0 {
		b.Queue(`INSERT INTO integration.outbox (id, type, subject, data, position)
			SELECT a.id, a.type, a.subject, a.data, a.position
			FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::json[], $5::bigint[]) WITH ORDINALITY
				AS a (id, type, subject, data, position, n)
			WHERE a.position > (SELECT position FROM integration.checkpoint FOR UPDATE) OR $6
			ORDER BY a.type = '`+subscription.CustomerErased+`', a.n
			ON CONFLICT (id) DO NOTHING`, o.ids, o.types, o.subjects, o.data, o.positions, o.slices)
	}
	*o = outbox{slices: o.slices}
	return nil
}

// fill does nothing: what is rebuilt was announced before.
func (o *outbox) fill(context.Context, pgx.Tx) error { *o = outbox{}; return nil }

func (o *outbox) count() int { return len(o.ids) }
