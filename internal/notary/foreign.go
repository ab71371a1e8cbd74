package notary

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/eventstore"
)

// Foreign is what other applications wrote to streams that are Rapport's own.
type Foreign struct {
	Events  int64    `json:"events" doc:"How many there are: they are passed over"`
	Streams []string `json:"streams" doc:"Some of the streams that they stand in, the newest first"`
}

// foreignNamed is how many streams are named.
const foreignNamed = 5

// countForeign writes down which events are others'.
func countForeign(ctx context.Context, tx pgx.Tx, records []eventstore.Record) error {
	var streams []string
	var positions []int64
	for _, r := range records {
		if eventstore.Foreign(r.Type) && eventstore.Owned(r.Stream) {
			streams, positions = append(streams, r.Stream), append(positions, int64(r.Position))
		}
	}
	if len(streams) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `INSERT INTO proof.foreign_events AS f (stream, events, newest)
		SELECT stream, count(*), max(position) FROM unnest($1::text[], $2::bigint[]) AS n (stream, position) GROUP BY stream
		ON CONFLICT (stream) DO UPDATE SET events = f.events + EXCLUDED.events, newest = EXCLUDED.newest`, streams, positions)
	return err
}

// foreign reads what others wrote to Rapport's streams.
func foreign(ctx context.Context, db querier) (f Foreign, err error) {
	rows, err := db.Query(ctx, "SELECT stream, sum(events) OVER ()::bigint FROM proof.foreign_events ORDER BY newest DESC LIMIT $1", foreignNamed)
	if err != nil {
		return f, unavailable("read what others wrote", err)
	}
	var stream string
	if _, err = pgx.ForEachRow(rows, []any{&stream, &f.Events}, func() error {
		f.Streams = append(f.Streams, stream)
		return nil
	}); err != nil {
		return f, unavailable("read what others wrote", err)
	}
	return f, nil
}

// tellForeign says what others wrote, where a page has events of theirs.
func (n *Notary) tellForeign(ctx context.Context, records []eventstore.Record) error {
	i := slices.IndexFunc(records, func(r eventstore.Record) bool { return eventstore.Foreign(r.Type) && eventstore.Owned(r.Stream) })
	if i < 0 {
		return nil
	}
	n.config.Logger.Warn("another application wrote to a stream that is Rapport's own: its events are passed over",
		"stream", records[i].Stream, "position", records[i].Position, "type", records[i].Type)
	return n.readForeign(ctx)
}

func (n *Notary) readForeign(ctx context.Context) error {
	f, err := foreign(ctx, n.session.db)
	if err != nil {
		return err
	}
	n.status.change(func() {
		if n.status.now.Foreign = nil; f.Events > 0 {
			n.status.now.Foreign = &f
		}
	})
	return nil
}

// String says how many events are others', and where.
func (f *Foreign) String() string {
	return fmt.Sprintf("%d events of other applications stand in streams of Rapport's own and are passed over, such as in %v", f.Events, f.Streams)
}
