package notary

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// buckets reads some buckets of the counts.
func buckets(ctx context.Context, db querier, numbers []int32) (map[int32]proof.Bucket, error) {
	rows, err := db.Query(ctx, "SELECT bucket, entries FROM proof.counts WHERE bucket = ANY($1) OR $1 IS NULL", numbers)
	if err != nil {
		return nil, unavailable("read the counts of streams", err)
	}
	found := map[int32]proof.Bucket{}
	var number int32
	var entries []byte
	if _, err = pgx.ForEachRow(rows, []any{&number, &entries}, func() error {
		found[number] = append(proof.Bucket{}, entries...)
		return nil
	}); err != nil {
		return nil, unavailable("read the counts of streams", err)
	}
	return found, nil
}

// openCounts makes the tree over the counts that are kept.
func (s *session) openCounts(ctx context.Context) error {
	all, err := buckets(ctx, s.db, nil)
	if err != nil {
		return err
	}
	s.counts = proof.NewCounts()
	for number, b := range all {
		s.counts.Set(int(number), b)
	}
	if err := s.db.QueryRow(ctx, "SELECT coalesce((SELECT counted FROM proof.checkpoint), 0)").Scan(&s.counted); err != nil {
		return unavailable("read the counts of streams", err)
	}
	return nil
}

// recount counts the events of a tree that was kept before streams were counted.
func (n *Notary) recount(ctx context.Context, s *session) error {
	if s.counted == s.size {
		return nil
	}
	n.config.Logger.Info("counting the events of each stream, once")
	s.counts, s.counted = proof.NewCounts(), 0
	if _, err := s.db.Exec(ctx, "UPDATE proof.checkpoint SET counted = 0; DELETE FROM proof.counts; DELETE FROM proof.foreign_events"); err != nil {
		return fmt.Errorf("count events: %w", err)
	}
	page := make([]eventstore.Record, 0, pageEvents)
	flush := func() error {
		err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.count(ctx, tx, page) })
		page = page[:0]
		return err
	}
	for r, err := range n.config.Store.ReadAll(ctx, 0) {
		if err != nil {
			return fmt.Errorf("count events: %w", err)
		}
		if r.Position > s.position {
			break
		}
		if page = append(page, r); len(page) == pageEvents {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil || ctx.Err() != nil {
		return errors.Join(err, ctx.Err())
	}
	if s.counted != s.size {
		return fmt.Errorf("%d events were written down, and the log has %d of them: %w", s.size, s.counted, proof.ErrBroken)
	}
	return nil
}

// count adds events to the counts, and finds out whether each goes on where its stream was.
func (s *session) count(ctx context.Context, tx pgx.Tx, records []eventstore.Record) error {
	if len(records) == 0 {
		return nil
	}
	var numbers []int32
	asked := map[int32]bool{}
	for _, r := range records {
		if b := int32(proof.BucketOf(r.Stream)); !asked[b] {
			asked[b], numbers = true, append(numbers, b)
		}
	}
	found, err := buckets(ctx, tx, numbers)
	if err != nil {
		return err
	}
	now := map[string]uint64{}
	for _, r := range records {
		count, known := now[r.Stream]
		if !known {
			count = found[int32(proof.BucketOf(r.Stream))].Count(r.Stream)
		}
		if r.Revision != count && eventstore.Owned(r.Stream) {
			return &CrookedError{r.Stream, r.Position, r.Revision, count}
		}
		now[r.Stream] = count + 1
	}
	for stream, n := range now {
		b := int32(proof.BucketOf(stream))
		found[b] = found[b].With(stream, n)
	}
	entries := make([][]byte, len(numbers))
	for i, b := range numbers {
		entries[i] = found[b]
	}
	_, err = tx.Exec(ctx, `INSERT INTO proof.counts (bucket, entries) SELECT * FROM unnest($1::integer[], $2::bytea[])
		ON CONFLICT (bucket) DO UPDATE SET entries = EXCLUDED.entries`, numbers, entries)
	if err == nil {
		_, err = tx.Exec(ctx, "UPDATE proof.checkpoint SET counted = $1", s.counted+int64(len(records)))
	}
	if err == nil {
		err = countForeign(ctx, tx, records)
	}
	if err != nil {
		return fmt.Errorf("write the counts of streams: %w", err)
	}
	s.counted += int64(len(records))
	for _, b := range numbers {
		s.counts.Set(int(b), found[b])
	}
	return nil
}

// CrookedError says that an event is not the next of its stream, so some were taken out of it, or stand in it twice. It is an
// ErrBroken.
type CrookedError struct {
	Stream           string
	Position         eventstore.Position
	Revision, Events uint64
}

func (e *CrookedError) Error() string {
	return fmt.Sprintf("the event at position %d is revision %d of stream %s, which has %d events", e.Position, e.Revision, e.Stream, e.Events)
}

func (e *CrookedError) Is(target error) bool { return target == proof.ErrBroken }

// countTime is how long it is waited for the count of a stream.
const countTime = time.Second

// Whole returns why a stream is not as it was written down: it shows fewer events than were counted
// (*eventstore.HoleError), or one of them was not its next (*CrookedError). Nil also while nothing can be told.
func (n *Notary) Whole(ctx context.Context, stream string) error {
	if crooked := (*CrookedError)(nil); errors.As(n.status.fault(), &crooked) && crooked.Stream == stream {
		return crooked
	}
	number := int32(proof.BucketOf(stream))
	asked, cancel := context.WithTimeout(ctx, countTime)
	defer cancel()
	found, err := buckets(asked, n.pool, []int32{number})
	if err != nil {
		return ctx.Err() // the log can be read without the database, also while that hangs
	}
	counted := found[number].Count(stream)
	if counted == 0 {
		return nil
	}
	shown := uint64(0)
	for r, err := range n.config.Store.ReadStreamBackwards(ctx, stream, eventstore.End) {
		if err != nil {
			return err
		}
		shown = r.Revision + 1
		break
	}
	if err := ctx.Err(); err != nil || shown >= counted {
		return err
	}
	hole := &eventstore.HoleError{Stream: stream, From: shown, Until: counted - 1}
	gaps, err := eventstore.AcceptedGaps(ctx, n.config.Store)
	if err != nil || gaps.Accepted(hole) {
		return err
	}
	return hole
}

// CountsRoot implements proof.CountKeeper. All is read as of one moment: the server may count on meanwhile.
func (k kept) CountsRoot(ctx context.Context) (counted int64, root tlog.Hash, err error) {
	var s session
	err = pgx.BeginTxFunc(ctx, k.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		s.db = tx
		return s.openCounts(ctx)
	})
	switch {
	case errors.Is(err, ErrNotFound): // streams were not counted yet
		return 0, root, nil
	case err != nil && !errors.Is(err, ErrUnavailable):
		return 0, root, unavailable("read the counts of streams", err)
	case err != nil:
		return 0, root, err
	}
	return s.counted, s.counts.Root(), nil
}

// countedOf proves how many events a stream has, as counted now. The proof fits the newest head alone.
func (s *session) countedOf(ctx context.Context, stream string) (*proof.Counted, error) {
	number := proof.BucketOf(stream)
	found, err := buckets(ctx, s.db, []int32{int32(number)})
	if err != nil {
		return nil, err
	}
	return &proof.Counted{Bucket: found[int32(number)], Path: s.counts.Path(number)}, nil
}
