package notary

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// session is the connection that holds the lease, and the right edge of the tree.
type session struct {
	conn *pgx.Conn
	checkpoint
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
func (n *Notary) open(ctx context.Context, conn *pgx.Conn) (*session, error) {
	if _, err := conn.Exec(ctx, schema); err != nil {
		return nil, fmt.Errorf("make the schema proof: %w", err)
	}
	s := &session{conn: conn}
	var err error
	if s.checkpoint, err = n.kept.checkpoint(ctx, n.config.Key.Check()); err != nil {
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
		return s, n.tellOfBeginning(ctx)
	}
	return s, n.resume(ctx, s)
}

// tellOfBeginning says that nothing was written down of what the log holds already.
func (n *Notary) tellOfBeginning(ctx context.Context) error {
	held, err := n.config.Store.Distance(ctx, 0, 1000)
	if err == nil && held == 1000 {
		n.config.Logger.Warn("nothing was written down yet to prove this log by, which has many events already: it is taken " +
			"as it is. If heads of it were signed before, hold it against them: rapport verify --head")
	}
	return err
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
	err := pgx.BeginFunc(ctx, s.conn, func(tx pgx.Tx) error { return w.commit(ctx, tx, s.size, next) })
	if err != nil {
		return fmt.Errorf("write the tree: %w", err)
	}
	s.checkpoint = next
	return nil
}

// write writes a head.
func (s *session) write(ctx context.Context, h proof.Head) error {
	_, err := s.conn.Exec(ctx, "INSERT INTO proof.heads (size, position, root, signed_at, note) VALUES ($1, $2, $3, $4, $5)",
		h.Size, int64(h.Position), h.Root[:], h.SignedAt, h.Note)
	if err != nil {
		return fmt.Errorf("write a head: %w", err)
	}
	return nil
}
