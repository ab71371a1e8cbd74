package embedded

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// What Pebble holds. Numbers are big-endian, so that keys sort as the numbers do.
//
//	f                            → the format of all this
//	e position                   → an event
//	s len(stream) stream revision → the event's position
//	h stream                     → the stream's head
//	i hash(stream, event's id)   → the event's position, in streams whose head says so
//	$ position                   → nothing: the event there is a system one
const (
	eventPrefix  = 'e'
	indexPrefix  = 's'
	headPrefix   = 'h'
	idPrefix     = 'i'
	systemPrefix = '$'
)

const format = "rapport log 1"

const positionKeySize = 9

var formatKey = []byte("f")

func positionKey(prefix byte, p eventstore.Position) []byte {
	return binary.BigEndian.AppendUint64([]byte{prefix}, uint64(p))
}

// positionBounds answers the keys of the positions in [low, high).
func positionBounds(prefix byte, low, high eventstore.Position) (lower, upper []byte) {
	return positionKey(prefix, low), positionKey(prefix, high)
}

func indexKey(stream string, revision uint64) []byte {
	key := make([]byte, 0, 3+len(stream)+8)
	key = append(key, indexPrefix)
	key = binary.BigEndian.AppendUint16(key, uint16(len(stream)))
	key = append(key, stream...)
	return binary.BigEndian.AppendUint64(key, revision)
}

func headKey(stream string) []byte { return append([]byte{headPrefix}, stream...) }

// idKeySize leaves so much of the hash that no two events of a log ever share a key.
const idKeySize = 1 + 12

// idKey is short whatever the stream's name: it is written for every event of the streams that have such keys.
func idKey(stream string, id uuid.UUID) (key [idKeySize]byte) {
	hashed := make([]byte, 0, 128)
	hash := sha256.Sum256(append(append(hashed, id[:]...), stream...))
	key[0] = idPrefix
	copy(key[1:], hash[:])
	return key
}

// number reads the big-endian number at the end of a key; 0 where the key is none of ours.
func number(key []byte) uint64 {
	if len(key) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(key[len(key)-8:])
}

// metadataPrefix begins the name of the stream that holds another stream's metadata.
const metadataPrefix = "$$"

// described answers the stream that a metadata stream is about.
func described(stream string) (string, bool) {
	base, ok := strings.CutPrefix(stream, metadataPrefix)
	return base, ok && base != ""
}

// tombstoneRevision is the revision that EventStoreDB gives to the event that deletes a stream for ever.
const tombstoneRevision = math.MaxInt64
