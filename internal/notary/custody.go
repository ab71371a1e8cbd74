package notary

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// leaseWait is how long a change of custody waits for a server to end.
const leaseWait = 15 * time.Second

// Adopt writes the log down as it is, by a person's word, and signs a head of it. What was written down before is kept
// in a schema of another name, as evidence. record makes the word an event: it is given the head, and the newest note
// that was signed before, if any. No server may follow the log meanwhile.
func (n *Notary) Adopt(ctx context.Context, record func(h proof.Head, before string) error) (h proof.Head, err error) {
	before, err := n.kept.notes(ctx, nil, 1)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return h, err
	}
	err = n.alone(ctx, func(conn *pgx.Conn) error {
		return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			if err := setAside(ctx, tx, n.config.Now()); err != nil {
				return err
			}
			s := &session{db: tx, fence: unfenced, tree: &proof.Tree{}, counts: proof.NewCounts()}
			s.root = s.tree.Root()
			if err := n.takeAll(ctx, s); err != nil {
				return err
			}
			if h, err = n.config.Key.Sign(s.head(n.config.Now())); err != nil {
				return err
			}
			if err := s.write(ctx, h); err != nil {
				return err
			}
			return record(h, append(before, "")[0])
		})
	})
	return h, err
}

// Rotate makes another key the one that signs heads: both sign the change, record makes it an event, and the new key
// signs the first head of its own. No server may follow the log meanwhile.
func (n *Notary) Rotate(ctx context.Context, next *proof.Key, record func(statement string) error) (h proof.Head, err error) {
	err = n.alone(ctx, func(conn *pgx.Conn) error {
		s, err := n.open(ctx, conn, unfenced)
		if err != nil {
			return err
		}
		n.lend(s)
		defer n.lend(nil)
		if err := n.takeAll(ctx, s); err != nil {
			return err
		}
		last, err := n.sign(ctx)
		if err != nil {
			return err
		}
		statement, err := n.config.Key.Change(next, last)
		if err != nil {
			return err
		}
		if err := record(statement); err != nil {
			return err
		}
		n.config.Key = next
		if err := n.takeAll(ctx, s); err != nil {
			return err
		}
		h, err = n.sign(ctx)
		return err
	})
	return h, err
}

// alone carries f out on a connection of its own while no other process keeps the tree.
func (n *Notary) alone(ctx context.Context, f func(*pgx.Conn) error) error {
	waiting, cancel := context.WithTimeout(ctx, leaseWait)
	defer cancel()
	held, err := n.lease.Hold(waiting)
	if err != nil && waiting.Err() != nil && ctx.Err() == nil {
		return errors.New("a server follows this log: end it first")
	}
	if err != nil {
		return fmt.Errorf("%w: take the lease: %w", ErrUnavailable, err)
	}
	defer held.Release()
	pooled, err := n.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	conn := pooled.Hijack()
	defer closeConn(conn)
	return f(conn)
}

func unfenced(context.Context, pgx.Tx) error { return nil }

// setAside keeps what was written down under another name, and makes room for what will be.
func setAside(ctx context.Context, tx pgx.Tx, now time.Time) error {
	var there bool
	if err := tx.QueryRow(ctx, "SELECT to_regnamespace('proof') IS NOT NULL").Scan(&there); err != nil {
		return err
	}
	if there {
		name := "proof_until_" + now.UTC().Format("20060102t150405.000000")
		if _, err := tx.Exec(ctx, "ALTER SCHEMA proof RENAME TO "+pgx.Identifier{name}.Sanitize()); err != nil {
			return fmt.Errorf("keep what was written down: %w", err)
		}
	}
	return written.Migrate(ctx, tx)
}

// takeAll writes down what the log has beyond the tree.
func (n *Notary) takeAll(ctx context.Context, s *session) error {
	page := make([]eventstore.Record, 0, pageEvents)
	for r, err := range n.config.Store.ReadAll(ctx, s.position) {
		if err != nil {
			return fmt.Errorf("read the log: %w", err)
		}
		if page = append(page, r); len(page) == pageEvents {
			if err := s.take(ctx, page); err != nil {
				return err
			}
			page = page[:0]
		}
	}
	if err := ctx.Err(); err != nil || len(page) == 0 {
		return err
	}
	return s.take(ctx, page)
}
