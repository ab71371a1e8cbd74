package proof

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// A tile holds up to 256 neighbouring hashes, of leaves or of whole tiles of the level below.
const (
	TileHeight = 8
	TileWidth  = 1 << TileHeight
)

// Tiles is where the hashes of a tree are kept. For each tile it answers the hashes that were asked for, one
// after the other in bytes: at least W of them.
type Tiles interface {
	ReadTiles(ctx context.Context, tiles []tlog.Tile) ([][]byte, error)
}

// Tree is a tree that grows. In memory is only its right edge: of each level the tile that is not full.
type Tree struct {
	size int64
	edge [][]tlog.Hash
}

// Resume answers a tree as it was kept at a size.
func Resume(ctx context.Context, size int64, kept Tiles) (*Tree, error) {
	t := &Tree{size: size}
	var tiles []tlog.Tile
	for level := 0; size>>(TileHeight*level) > 0; level++ {
		t.edge = append(t.edge, nil)
		n := size >> (TileHeight * level)
		if w := int(n % TileWidth); w > 0 {
			tiles = append(tiles, tlog.Tile{H: TileHeight, L: level, N: n / TileWidth, W: w})
		}
	}
	data, err := kept.ReadTiles(ctx, tiles)
	if err != nil {
		return nil, err
	}
	for i, tile := range tiles {
		if len(data[i]) < tile.W*tlog.HashSize {
			return nil, fmt.Errorf("tile %s is short: %w", tile.Path(), ErrBroken)
		}
		for w := range tile.W {
			t.edge[tile.L] = append(t.edge[tile.L], tlog.Hash(data[i][w*tlog.HashSize:]))
		}
	}
	return t, nil
}

// Size is the number of leaves.
func (t *Tree) Size() int64 { return t.size }

// Add appends a leaf. full learns of each tile that is full by it; it must not keep the hashes.
func (t *Tree) Add(leaf tlog.Hash, full func(tlog.Tile, []tlog.Hash)) {
	t.size++
	for level, h := 0, leaf; ; level++ {
		if level == len(t.edge) {
			t.edge = append(t.edge, make([]tlog.Hash, 0, TileWidth))
		}
		t.edge[level] = append(t.edge[level], h)
		if len(t.edge[level]) < TileWidth {
			return
		}
		full(tlog.Tile{H: TileHeight, L: level, N: t.size>>(TileHeight*(level+1)) - 1, W: TileWidth}, t.edge[level])
		h = perfect(t.edge[level])
		t.edge[level] = t.edge[level][:0]
	}
}

// Edge goes through the tiles that are not full, nor empty. visit must not keep the hashes.
func (t *Tree) Edge(visit func(tlog.Tile, []tlog.Hash)) {
	for level, hashes := range t.edge {
		if w := len(hashes); w > 0 {
			visit(tlog.Tile{H: TileHeight, L: level, N: t.size >> (TileHeight * (level + 1)), W: w}, hashes)
		}
	}
}

// Root is the hash of the whole tree.
func (t *Tree) Root() tlog.Hash {
	var subtrees []tlog.Hash // whole ones, from left to right
	for level := len(t.edge) - 1; level >= 0; level-- {
		hashes := t.edge[level]
		for width := TileWidth / 2; width > 0; width /= 2 {
			if len(hashes)&width != 0 {
				at := len(hashes) &^ (2*width - 1)
				subtrees = append(subtrees, perfect(hashes[at:at+width]))
			}
		}
	}
	if len(subtrees) == 0 {
		return emptyRoot
	}
	root := subtrees[len(subtrees)-1]
	for i := len(subtrees) - 2; i >= 0; i-- {
		root = tlog.NodeHash(subtrees[i], root)
	}
	return root
}

// perfect is the root over a power of two of hashes.
func perfect(hashes []tlog.Hash) tlog.Hash {
	if len(hashes) == 1 {
		return hashes[0]
	}
	half := len(hashes) / 2
	return tlog.NodeHash(perfect(hashes[:half]), perfect(hashes[half:]))
}

var emptyRoot = func() tlog.Hash {
	root, err := tlog.TreeHash(0, nil) // reads nothing
	if err != nil {
		panic(err)
	}
	return root
}()

// reader reads hashes of the tree under a head from tiles, and finds out whether they belong to it.
func reader(ctx context.Context, h Head, kept Tiles) tlog.HashReader {
	return tlog.TileHashReader(tlog.Tree{N: h.Size, Hash: h.Root}, tiles{ctx, kept})
}

// tiles is a tlog.TileReader.
type tiles struct {
	ctx  context.Context
	kept Tiles
}

func (tiles) Height() int { return TileHeight }

func (t tiles) ReadTiles(asked []tlog.Tile) ([][]byte, error) {
	data, err := t.kept.ReadTiles(t.ctx, asked)
	if err != nil {
		return nil, err
	}
	for i, tile := range asked {
		if len(data[i]) < tile.W*tlog.HashSize {
			return nil, fmt.Errorf("tile %s is short: %w", tile.Path(), ErrBroken)
		}
		data[i] = data[i][:tile.W*tlog.HashSize]
	}
	return data, nil
}

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}
