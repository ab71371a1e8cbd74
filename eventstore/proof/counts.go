package proof

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"sort"

	"golang.org/x/mod/sumdb/tlog"
)

// How many events each stream has is under every head, so that a bundle that leaves out a stream's newest events is
// found out. Streams fall into 65,536 buckets by the first two bytes of their keys; a bucket lists its streams' keys and
// counts in order, and its hash is a leaf of a Merkle tree, whose root the head has.
const (
	bucketBits = 16
	// Buckets is how many there are.
	Buckets   = 1 << bucketBits
	entrySize = sha256.Size + 8
)

// streamKey is what a bucket lists of a stream, so that it does not name others than it is shown for.
func streamKey(stream string) [sha256.Size]byte {
	return sha256.Sum256([]byte("rapport stream 1\n" + stream))
}

// BucketOf returns the bucket of a stream.
func BucketOf(stream string) int {
	key := streamKey(stream)
	return int(binary.BigEndian.Uint16(key[:]))
}

// Bucket is the entries of one bucket: for each stream its key and how many events it has, in the order of the keys.
type Bucket []byte

// search returns where the entry of a key is, or belongs.
func (b Bucket) search(key [sha256.Size]byte) (at int, found bool) {
	n := len(b) / entrySize
	i := sort.Search(n, func(i int) bool { return string(b[i*entrySize:i*entrySize+sha256.Size]) >= string(key[:]) })
	return i * entrySize, i < n && string(b[i*entrySize:i*entrySize+sha256.Size]) == string(key[:])
}

// Count returns how many events a stream has.
func (b Bucket) Count(stream string) uint64 {
	if at, found := b.search(streamKey(stream)); found {
		return binary.BigEndian.Uint64(b[at+sha256.Size:])
	}
	return 0
}

// With returns the bucket with another count of a stream. It may use the bucket's memory.
func (b Bucket) With(stream string, count uint64) Bucket {
	key := streamKey(stream)
	at, found := b.search(key)
	if !found {
		b = append(b, make([]byte, entrySize)...)
		copy(b[at+entrySize:], b[at:])
		copy(b[at:], key[:])
	}
	binary.BigEndian.PutUint64(b[at+sha256.Size:], count)
	return b
}

// check finds out whether the entries are whole and in order.
func (b Bucket) check() error {
	if len(b)%entrySize != 0 {
		return errors.New("the counts of streams are cut short")
	}
	for at := entrySize; at < len(b); at += entrySize {
		if string(b[at-entrySize:at-8]) >= string(b[at:at+sha256.Size]) {
			return errors.New("the counts of streams are not in order")
		}
	}
	return nil
}

func (b Bucket) hash() tlog.Hash { return tlog.RecordHash(b) }

// Counts is the tree over the buckets, in 4 MiB of memory. Its zero value is of no use: NewCounts.
type Counts struct {
	nodes []tlog.Hash // a heap: the root at 1, the leaves from Buckets on
	dirty map[int]struct{}
}

// NewCounts returns the tree over empty buckets.
func NewCounts() *Counts {
	c := &Counts{nodes: make([]tlog.Hash, 2*Buckets), dirty: map[int]struct{}{}}
	h := Bucket(nil).hash()
	for width := Buckets; width > 0; width /= 2 {
		for i := range width {
			c.nodes[width+i] = h
		}
		h = tlog.NodeHash(h, h)
	}
	return c
}

// Set puts a bucket into the tree.
func (c *Counts) Set(number int, b Bucket) {
	c.nodes[Buckets+number] = b.hash()
	c.dirty[(Buckets+number)/2] = struct{}{}
}

// Root returns the hash over all buckets.
func (c *Counts) Root() tlog.Hash {
	for level := c.dirty; len(level) > 0; {
		above := map[int]struct{}{}
		for i := range level {
			c.nodes[i] = tlog.NodeHash(c.nodes[2*i], c.nodes[2*i+1])
			if i > 1 {
				above[i/2] = struct{}{}
			}
		}
		level = above
	}
	clear(c.dirty)
	return c.nodes[1]
}

// Path returns the hashes that lead from a bucket to the root.
func (c *Counts) Path(number int) []tlog.Hash {
	c.Root()
	path := make([]tlog.Hash, 0, bucketBits)
	for i := Buckets + number; i > 1; i /= 2 {
		path = append(path, c.nodes[i^1])
	}
	return path
}

// Counted proves how many events a stream has: its bucket, and the hashes that lead from there to the root of a head.
type Counted struct {
	Bucket Bucket      `json:"bucket"`
	Path   []tlog.Hash `json:"path"`
}

// Check finds out whether the head says that a stream has so many events.
func (c *Counted) Check(h Head, stream string, events int) error {
	if h.Streams == (tlog.Hash{}) {
		return nil // a head of before streams were counted
	}
	if c == nil || len(c.Path) != bucketBits {
		return fmt.Errorf("how many events stream %s has is not proven: %w", stream, ErrBroken)
	}
	if err := c.Bucket.check(); err != nil {
		return fmt.Errorf("%w: %w", err, ErrBroken)
	}
	root := c.Bucket.hash()
	for level, i := 0, BucketOf(stream); level < bucketBits; level, i = level+1, i/2 {
		if i&1 == 0 {
			root = tlog.NodeHash(root, c.Path[level])
		} else {
			root = tlog.NodeHash(c.Path[level], root)
		}
	}
	switch count := c.Bucket.Count(stream); {
	case root != h.Streams:
		return fmt.Errorf("the counts of streams are not those under the head: %w", ErrBroken)
	case count != uint64(events):
		return fmt.Errorf("stream %s has %d events under the head, here are %d: %w", stream, count, events, ErrBroken)
	}
	return nil
}
