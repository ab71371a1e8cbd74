package notary

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/durable"
)

// written is what was written down of the log. It is apart from the read models, which a rebuild replaces.
var written = durable.Part{Schema: "proof", Name: "tree", Migrations: []string{`
COMMENT ON SCHEMA proof IS 'What the log was while it grew, to prove it by. Never change it: rapport verify finds out.';
CREATE TABLE IF NOT EXISTS proof.tiles (
	level smallint NOT NULL,
	number bigint NOT NULL,
	hashes bytea NOT NULL CHECK (length(hashes) % 32 = 0 AND length(hashes) BETWEEN 32 AND 8192),
	first_position bigint,
	positions bytea,
	PRIMARY KEY (level, number),
	CHECK ((level = 0) = (first_position IS NOT NULL) AND (level = 0) = (positions IS NOT NULL))
);
CREATE INDEX IF NOT EXISTS tiles_by_position ON proof.tiles (first_position) WHERE level = 0;
COMMENT ON TABLE proof.tiles IS 'The Merkle tree over the log, 256 neighbouring hashes a row; RFC 6962, SHA-256.';
COMMENT ON COLUMN proof.tiles.level IS '0: hashes of events; above: hashes of the tiles of the level below, 8 levels of the tree at a time';
COMMENT ON COLUMN proof.tiles.number IS 'Place of the tile on its level, from 0';
COMMENT ON COLUMN proof.tiles.hashes IS 'Up to 256 hashes of 32 bytes, one after the other; the last tile of a level grows';
COMMENT ON COLUMN proof.tiles.first_position IS 'Log position of the first event of the tile; null above level 0';
COMMENT ON COLUMN proof.tiles.positions IS 'Log positions of the others, each as the difference to the one before, in bytes of 7 bits (varint); null above level 0';
CREATE TABLE IF NOT EXISTS proof.checkpoint (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	size bigint NOT NULL,
	position bigint NOT NULL,
	root bytea NOT NULL CHECK (length(root) = 32)
);
COMMENT ON TABLE proof.checkpoint IS 'How far the tree is: one row, moved in the transaction that writes the tiles.';
COMMENT ON COLUMN proof.checkpoint.one IS 'There is one row';
COMMENT ON COLUMN proof.checkpoint.size IS 'Number of events in the tree';
COMMENT ON COLUMN proof.checkpoint.position IS 'Log position of the newest of them, 0 without any';
COMMENT ON COLUMN proof.checkpoint.root IS 'Hash of the whole tree';
CREATE TABLE IF NOT EXISTS proof.heads (
	size bigint PRIMARY KEY,
	position bigint NOT NULL,
	root bytea NOT NULL CHECK (length(root) = 32),
	signed_at timestamptz NOT NULL,
	note text NOT NULL
);
COMMENT ON TABLE proof.heads IS 'Signed heads: what the whole log was at a moment.';
COMMENT ON COLUMN proof.heads.size IS 'Number of events that the log had';
COMMENT ON COLUMN proof.heads.position IS 'Log position of the newest of them, 0 without any';
COMMENT ON COLUMN proof.heads.root IS 'Hash of the tree over them';
COMMENT ON COLUMN proof.heads.signed_at IS 'When it was signed, by the clock of who signed';
COMMENT ON COLUMN proof.heads.note IS 'The signed note that says all this: what counts, and what is to be published elsewhere';
`, `
CREATE TABLE IF NOT EXISTS proof.counts (
	bucket integer PRIMARY KEY CHECK (bucket BETWEEN 0 AND 65535),
	entries bytea NOT NULL CHECK (length(entries) % 40 = 0)
);
COMMENT ON TABLE proof.counts IS 'How many events each stream has, in 65,536 buckets by the first bytes of the hash of its name.';
COMMENT ON COLUMN proof.counts.bucket IS 'The first two bytes of the streams'' hashes, as a number';
COMMENT ON COLUMN proof.counts.entries IS 'For each stream its hash (32 bytes) and its events (8 bytes, big-endian), in the order of the hashes';
ALTER TABLE proof.checkpoint ADD COLUMN IF NOT EXISTS counted bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN proof.checkpoint.counted IS 'How many of the events are counted by stream; less than size only while they are counted anew';
`, `
CREATE TABLE IF NOT EXISTS proof.foreign_events (
	stream text PRIMARY KEY,
	events bigint NOT NULL,
	newest bigint NOT NULL
);
COMMENT ON TABLE proof.foreign_events IS 'Events of other applications in streams that are Rapport''s own: they are passed over.';
COMMENT ON COLUMN proof.foreign_events.stream IS 'The stream';
COMMENT ON COLUMN proof.foreign_events.events IS 'How many of its events are not Rapport''s';
COMMENT ON COLUMN proof.foreign_events.newest IS 'Log position of the newest of them';
UPDATE proof.checkpoint SET counted = 0; -- so that what others wrote before is counted
`}}

// kept reads what was written down: it is a proof.Kept.
type kept struct{ pool *pgxpool.Pool }

// unavailable tells a database that does not answer from one that has nothing yet.
func unavailable(what string, err error) error {
	var refused *pgconn.PgError
	if errors.As(err, &refused) && (refused.Code == "42P01" || refused.Code == "3F000") { // no such table, no such schema
		return fmt.Errorf("%s: nothing was written down to prove the log by: %w", what, ErrNotFound)
	}
	return fmt.Errorf("%s: %w: %w", what, ErrUnavailable, err)
}

// end answers where the tree ends.
func (k kept) end(ctx context.Context) (c checkpoint, err error) {
	var root []byte
	err = k.pool.QueryRow(ctx, "SELECT size, position, root FROM proof.checkpoint").Scan(&c.size, &c.position, &root)
	if errors.Is(err, pgx.ErrNoRows) {
		c.root, err = (&proof.Tree{}).Root(), nil
	} else if err == nil {
		c.root = tlog.Hash(root)
	}
	if err != nil {
		return c, unavailable("read how far the tree is", err)
	}
	return c, nil
}

// Root implements proof.Kept.
func (k kept) Root(ctx context.Context) (int64, tlog.Hash, error) {
	c, err := k.end(ctx)
	return c.size, c.root, err
}

// checkpoint answers where the tree ends, with the newest head, which the key must have signed.
func (k kept) checkpoint(ctx context.Context, keys proof.Keys) (c checkpoint, err error) {
	if c, err = k.end(ctx); err != nil {
		return c, err
	}
	notes, err := k.notes(ctx, nil, 1)
	if err != nil || len(notes) == 0 {
		return c, err
	}
	h, err := keys.OpenHead(notes[0])
	if err != nil {
		return c, fmt.Errorf("the newest head was not signed by the key of this server, whose name is %s: %w: %w", keys.Name(), err, proof.ErrBroken)
	}
	c.newest = &h
	return c, nil
}

// notes answers signed heads, the largest first, below a size.
func (k kept) notes(ctx context.Context, below *int64, limit int) ([]string, error) {
	rows, err := k.pool.Query(ctx, "SELECT note FROM proof.heads WHERE size < $1 OR $1 IS NULL ORDER BY size DESC LIMIT $2", below, limit)
	if err != nil {
		return nil, unavailable("read heads", err)
	}
	notes, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, unavailable("read heads", err)
	}
	return notes, nil
}

// ReadTiles implements proof.Tiles.
func (k kept) ReadTiles(ctx context.Context, tiles []tlog.Tile) ([][]byte, error) {
	if len(tiles) == 0 {
		return nil, nil
	}
	levels, numbers := make([]int16, len(tiles)), make([]int64, len(tiles))
	for i, t := range tiles {
		levels[i], numbers[i] = int16(t.L), t.N
	}
	rows, err := k.pool.Query(ctx, `SELECT t.hashes FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY
		AS asked (level, number, place) JOIN proof.tiles t USING (level, number) ORDER BY place`, levels, numbers)
	if err != nil {
		return nil, unavailable("read the tree", err)
	}
	data, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil {
		return nil, unavailable("read the tree", err)
	}
	if len(data) != len(tiles) {
		return nil, fmt.Errorf("of %d tiles of the tree, %d are missing: %w", len(tiles), len(tiles)-len(data), proof.ErrBroken)
	}
	return data, nil
}

// tile is a row of proof.tiles on level 0.
type tile struct {
	number    int64
	hashes    []byte
	positions []eventstore.Position
}

// first is the ordinal of the first event.
func (t tile) first() int64 { return t.number * proof.TileWidth }

func (t tile) hash(i int) tlog.Hash { return tlog.Hash(t.hashes[i*tlog.HashSize:]) }

const tileSQL = "SELECT number, hashes, first_position, positions FROM proof.tiles WHERE level = 0 "

// scanTile reads a tile, whose positions must ascend and be as many as its hashes.
func scanTile(row pgx.CollectableRow) (t tile, err error) {
	var first int64
	var others []byte
	if err := row.Scan(&t.number, &t.hashes, &first, &others); err != nil {
		return t, err
	}
	t.positions = append(make([]eventstore.Position, 0, proof.TileWidth), eventstore.Position(first))
	for len(others) > 0 {
		step, n := binary.Uvarint(others)
		if n <= 0 || step == 0 {
			break
		}
		t.positions = append(t.positions, t.positions[len(t.positions)-1]+eventstore.Position(step))
		others = others[n:]
	}
	if len(others) > 0 || len(t.positions)*tlog.HashSize != len(t.hashes) {
		return t, fmt.Errorf("the positions of tile %d are not those of its hashes: %w", t.number, proof.ErrBroken)
	}
	return t, nil
}

// oneTile answers the tile that a condition finds, or none.
func (k kept) oneTile(ctx context.Context, condition string, args ...any) (t tile, found bool, err error) {
	rows, err := k.pool.Query(ctx, tileSQL+condition+" LIMIT 1", args...)
	if err != nil {
		return t, false, unavailable("read the tree", err)
	}
	t, err = pgx.CollectOneRow(rows, scanTile)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return t, false, nil
	case errors.Is(err, proof.ErrBroken):
		return t, false, err
	case err != nil:
		return t, false, unavailable("read the tree", err)
	}
	return t, true, nil
}

// tilesOf answers the tiles that hold some positions, in their order.
func (k kept) tilesOf(ctx context.Context, positions []int64) ([]tile, error) {
	rows, err := k.pool.Query(ctx, tileSQL+`AND number IN (SELECT (SELECT t.number FROM proof.tiles t
		WHERE t.level = 0 AND t.first_position <= asked.position ORDER BY t.first_position DESC LIMIT 1)
		FROM unnest($1::bigint[]) AS asked (position)) ORDER BY number`, positions)
	if err != nil {
		return nil, unavailable("read the tree", err)
	}
	tiles, err := pgx.CollectRows(rows, scanTile)
	if err != nil && !errors.Is(err, proof.ErrBroken) {
		err = unavailable("read the tree", err)
	}
	return tiles, err
}

func (k kept) lastTile(ctx context.Context) (tile, error) {
	t, found, err := k.oneTile(ctx, "ORDER BY number DESC")
	if err == nil && !found {
		err = fmt.Errorf("the tree has no tiles any more: %w", proof.ErrBroken)
	}
	return t, err
}

// Leaves implements proof.Kept, as of one moment.
func (k kept) Leaves(ctx context.Context) iter.Seq2[proof.KeptLeaf, error] {
	return k.leavesFrom(ctx, 0, math.MaxInt)
}

// leavesFrom goes through so many leaves from an ordinal on. No more tiles are asked for than hold them: who stops reading rows
// is sent the others all the same.
func (k kept) leavesFrom(ctx context.Context, from int64, limit int) iter.Seq2[proof.KeptLeaf, error] {
	return func(yield func(proof.KeptLeaf, error) bool) {
		rows, err := k.pool.Query(ctx, tileSQL+"AND number >= $1 ORDER BY number LIMIT $2", from/proof.TileWidth, limit/proof.TileWidth+2)
		if err != nil {
			yield(proof.KeptLeaf{}, unavailable("read the tree", err))
			return
		}
		defer rows.Close()
		for next := from / proof.TileWidth * proof.TileWidth; rows.Next(); {
			t, err := scanTile(rows)
			if err == nil && t.first() != next {
				err = fmt.Errorf("tile %d of the tree is missing, or the one before it is not full: %w", next/proof.TileWidth, proof.ErrBroken)
			}
			if err != nil {
				yield(proof.KeptLeaf{}, err)
				return
			}
			for i, position := range t.positions {
				if t.first()+int64(i) < from {
					continue
				}
				if limit--; limit < 0 {
					return
				}
				if !yield(proof.KeptLeaf{Position: position, Hash: t.hash(i)}, nil) {
					return
				}
			}
			next += int64(len(t.positions))
		}
		if err := rows.Err(); err != nil {
			yield(proof.KeptLeaf{}, unavailable("read the tree", err))
		}
	}
}

// writes are rows of proof.tiles.
type writes struct {
	levels    []int16
	numbers   []int64
	hashes    [][]byte
	firsts    []*int64
	positions [][]byte
}

// add adds a tile; positions are those of the leaves of the last one.
func (w *writes) add(t tlog.Tile, hashes []tlog.Hash, positions []eventstore.Position) {
	b := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		b = append(b, h[:]...)
	}
	var first *int64
	var others []byte
	if t.L == 0 {
		first, others = new(int64(positions[0])), make([]byte, 0, len(positions))
		for i, p := range positions[1:] {
			others = binary.AppendUvarint(others, uint64(p-positions[i]))
		}
	}
	w.levels, w.numbers, w.hashes = append(w.levels, int16(t.L)), append(w.numbers, t.N), append(w.hashes, b)
	w.firsts, w.positions = append(w.firsts, first), append(w.positions, others)
}

// commit writes the tiles and moves the checkpoint, which must be where it was left.
func (w *writes) commit(ctx context.Context, tx pgx.Tx, size int64, next checkpoint) error {
	moved, err := tx.Exec(ctx, `INSERT INTO proof.checkpoint AS c (size, position, root) SELECT $2, $3, $4
		WHERE $1 = 0 OR EXISTS (SELECT FROM proof.checkpoint)
		ON CONFLICT (one) DO UPDATE SET size = EXCLUDED.size, position = EXCLUDED.position, root = EXCLUDED.root
		WHERE c.size = $1`, size, next.size, int64(next.position), next.root[:])
	if err != nil {
		return err
	}
	if moved.RowsAffected() != 1 {
		return errors.New("somebody else has moved the checkpoint")
	}
	_, err = tx.Exec(ctx, `INSERT INTO proof.tiles (level, number, hashes, first_position, positions)
		SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[], $4::bigint[], $5::bytea[])
		ON CONFLICT (level, number) DO UPDATE SET hashes = EXCLUDED.hashes, positions = EXCLUDED.positions`,
		w.levels, w.numbers, w.hashes, w.firsts, w.positions)
	return err
}
