// Package proof lets anybody find out whether the log is what it was. It decides how an event becomes a leaf of
// a Merkle tree (RFC 6962, by golang.org/x/mod/sumdb/tlog), what a signed tree head says, and how events, heads
// and bundles are checked against one. It must not know where the tree is kept, or what the events mean.
package proof

import (
	"encoding/binary"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
)

// leafTag begins every leaf, so that nothing else that is hashed can be taken for one.
const leafTag = "rapport event 1\n"

// Leaf answers the hash of an event as the leaf of that ordinal, from 0.
func Leaf(ordinal int64, r eventstore.Record) tlog.Hash {
	return tlog.RecordHash(appendLeaf(nil, ordinal, r))
}

// appendLeaf writes all that the log holds of an event so that no two events are written alike: numbers have
// their whole width, big-endian, and texts have their length before them.
//
//	"rapport event 1\n"
//	ordinal, position, revision        8 bytes each
//	id                                16 bytes
//	recorded at                        8 bytes of seconds since 1970, 4 of nanoseconds
//	stream, type, metadata, data       each with 4 bytes of length before it
func appendLeaf(b []byte, ordinal int64, r eventstore.Record) []byte {
	b = append(b, leafTag...)
	b = binary.BigEndian.AppendUint64(b, uint64(ordinal))
	b = binary.BigEndian.AppendUint64(b, uint64(r.Position))
	b = binary.BigEndian.AppendUint64(b, r.Revision)
	b = append(b, r.ID[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(r.RecordedAt.Unix()))
	b = binary.BigEndian.AppendUint32(b, uint32(r.RecordedAt.Nanosecond()))
	b = appendText(b, r.Stream)
	b = appendText(b, r.Type)
	b = appendText(b, r.Metadata)
	return appendText(b, r.Data)
}

func appendText[T string | []byte](b []byte, text T) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(text)))
	return append(b, text...)
}

// Hasher makes leaves one after the other, in memory that it keeps.
type Hasher struct{ b []byte }

// Leaf is what the function Leaf answers.
func (h *Hasher) Leaf(ordinal int64, r eventstore.Record) tlog.Hash {
	h.b = appendLeaf(h.b[:0], ordinal, r)
	return tlog.RecordHash(h.b)
}
