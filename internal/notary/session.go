package notary

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// querier reads.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// database is a connection, or a transaction.
type database interface {
	querier
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// session is the connection of who holds the lease, the right edge of the tree, and the tree over the counts.
type session struct {
	db    database
	fence func(context.Context, pgx.Tx) error // fails once another process keeps the tree
	checkpoint
	counts    *proof.Counts
	counted   int64 // events that the counts have
	tree      *proof.Tree
	positions []eventstore.Position // of the leaves of the last tile, which is not full
	hasher    proof.Hasher
}

// checkpoint is where the tree ends.
type checkpoint struct {
	size     int64
	position eventstore.Position
	root     tlog.Hash
	newest   *proof.Head // nil: none was signed yet
}

// open reads the tree and finds out whether it fits together, and whether the log goes on from it. ErrBroken otherwise.
func (n *Notary) open(ctx context.Context, db database, fence func(context.Context, pgx.Tx) error) (*session, error) {
	if err := pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error { return written.Migrate(ctx, tx) }); err != nil {
		return nil, err
	}
	s := &session{db: db, fence: fence}
	keys, err := n.trusted(ctx)
	if err != nil {
		return nil, err
	}
	if s.checkpoint, err = n.kept.checkpoint(ctx, keys); err != nil {
		return nil, err
	}
	if s.tree, err = proof.Resume(ctx, s.size, n.kept); err != nil {
		return nil, err
	}
	if s.tree.Root() != s.root {
		return nil, fmt.Errorf("the newest tiles do not lead to the root that was written down: %w", proof.ErrBroken)
	}
	if err := n.continues(ctx, s.newest, proof.Head{Size: s.size, Root: s.root}); err != nil {
		return nil, err
	}
	if s.size == 0 {
		if err := n.begin(ctx, s); err != nil {
			return nil, err
		}
	} else if err := n.resume(ctx, s); err != nil {
		return nil, err
	}
	n.config.Begun()
	if err := s.openCounts(ctx); err != nil {
		return nil, err
	}
	if err := n.recount(ctx, s); err != nil {
		return nil, err
	}
	if h := s.newest; h != nil && h.Size == s.size && h.Streams != (tlog.Hash{}) && h.Streams != s.counts.Root() {
		return nil, fmt.Errorf("the counts of streams are not those under the newest head: %w", proof.ErrBroken)
	}
	return s, nil
}

// begin writes down that a log is followed from its beginning. One that has gone on without being written down is not
// taken as it is: somebody may have altered it, and removed what proved that.
func (n *Notary) begin(ctx context.Context, s *session) error {
	var begun bool
	if err := s.db.QueryRow(ctx, "SELECT EXISTS (SELECT FROM proof.checkpoint)").Scan(&begun); err != nil {
		return fmt.Errorf("read how far the tree is: %w", err)
	}
	if begun {
		return nil
	}
	if n.config.Young != nil {
		if err := n.config.Young(ctx); err != nil {
			return err
		}
	}
	_, err := s.db.Exec(ctx, "INSERT INTO proof.checkpoint (size, position, root) VALUES (0, 0, $1) ON CONFLICT DO NOTHING", s.root[:])
	if err != nil {
		return fmt.Errorf("write down the beginning: %w", err)
	}
	return nil
}

// resume holds the newest events of the tree against the log: if somebody has put another log, or an older copy, in
// its place, it shows here.
func (n *Notary) resume(ctx context.Context, s *session) error {
	last, err := n.kept.lastTile(ctx)
	if err != nil {
		return err
	}
	if last.first()+int64(len(last.positions)) != s.size || last.positions[len(last.positions)-1] != s.position {
		return fmt.Errorf("the newest tile does not end with the tree: %w", proof.ErrBroken)
	}
	if len(last.positions) < proof.TileWidth {
		s.positions = last.positions
	}
	i := 0
	for r, err := range n.config.Store.ReadAll(ctx, last.positions[0]-1) {
		if damage := (*eventstore.DamageError)(nil); errors.As(err, &damage) {
			return fmt.Errorf("%w: %w", err, proof.ErrBroken)
		}
		if err != nil {
			return fmt.Errorf("read the newest events of the tree: %w", err)
		}
		if r.Position != last.positions[i] || s.hasher.Leaf(last.first()+int64(i), r) != last.hash(i) {
			return fmt.Errorf("the event at position %d is not the one that was there: %w", last.positions[i], proof.ErrBroken)
		}
		if i++; i == len(last.positions) {
			return nil
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("the log ends before position %d, up to which it was written down: %w", s.position, proof.ErrBroken)
}

// take adds events to the tree and writes what changed of it, in one transaction.
func (s *session) take(ctx context.Context, records []eventstore.Record) error {
	var w writes
	note := func(t tlog.Tile, hashes []tlog.Hash) {
		w.add(t, hashes, s.positions)
		if t.L == 0 && t.W == proof.TileWidth {
			s.positions = s.positions[:0]
		}
	}
	for _, r := range records {
		s.positions = append(s.positions, r.Position)
		s.tree.Add(s.hasher.Leaf(s.tree.Size(), r), note)
	}
	s.tree.Edge(note)
	next := checkpoint{size: s.tree.Size(), position: records[len(records)-1].Position, root: s.tree.Root(), newest: s.newest}
	counted := s.counted
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := s.fence(ctx, tx); err != nil {
			return err
		}
		if err := w.commit(ctx, tx, s.size, next); err != nil {
			return err
		}
		return s.count(ctx, tx, records)
	})
	if err != nil {
		s.counted = counted
		return fmt.Errorf("write the tree: %w", err)
	}
	s.checkpoint = next
	return nil
}

// head is the head of the tree as it is, not signed yet.
func (s *session) head(now time.Time) proof.Head {
	return proof.Head{Size: s.size, Position: s.position, Root: s.root, Streams: s.counts.Root(), SignedAt: now}
}

// write writes a head.
func (s *session) write(ctx context.Context, h proof.Head) error {
	_, err := s.db.Exec(ctx, "INSERT INTO proof.heads (size, position, root, signed_at, note) VALUES ($1, $2, $3, $4, $5)",
		h.Size, int64(h.Position), h.Root[:], h.SignedAt, h.Note)
	if err != nil {
		return fmt.Errorf("write a head: %w", err)
	}
	return nil
}
