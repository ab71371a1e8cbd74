package embedded

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"sort"
	"time"

	"github.com/cockroachdb/pebble/v2"

	"github.com/rapport-crm/rapport/eventstore"
)

// head is what is known of a stream without reading its events. A stream without one was never written to.
type head struct {
	count      uint64 // of the events it ever had: its next revision
	tombstoned bool
	indexed    bool // its events are found by their ids
	limits
}

// limits is what a stream's metadata says about which of its events are shown.
type limits struct {
	maxCount       uint64 // 0: no limit
	maxAgeSeconds  uint64 // 0: no limit
	truncateBefore uint64 // a revision; deletedBefore stands for a stream that was deleted
}

// deletedBefore is the truncate-before that EventStoreDB writes when it deletes a stream.
const deletedBefore = math.MaxInt64

func (h head) deleted() bool { return h.truncateBefore >= deletedBefore }

func (h head) exists() bool { return h.count > 0 && !h.tombstoned && !h.deleted() }

const headSize = 33

// What the first byte of a head says. Nothing is looked for in a tombstoned stream.
const (
	headTombstoned = 1
	headIndexed    = 2
)

func (h head) encode() []byte {
	b := make([]byte, 1, headSize)
	switch {
	case h.tombstoned:
		b[0] = headTombstoned
	case h.indexed:
		b[0] = headIndexed
	}
	b = binary.BigEndian.AppendUint64(b, h.count)
	b = binary.BigEndian.AppendUint64(b, h.maxCount)
	b = binary.BigEndian.AppendUint64(b, h.maxAgeSeconds)
	return binary.BigEndian.AppendUint64(b, h.truncateBefore)
}

func (v *view) streamHead(stream string) (head, error) {
	b, closer, err := v.snapshot.Get(headKey(stream))
	if errors.Is(err, pebble.ErrNotFound) {
		return head{}, nil
	}
	if err != nil {
		return head{}, fmt.Errorf("head of stream %s: %w", stream, damage(err))
	}
	defer closer.Close()
	if len(b) != headSize {
		return head{}, fmt.Errorf("head of stream %s has %d bytes: %w", stream, len(b), ErrCorrupt)
	}
	return head{tombstoned: b[0] == headTombstoned, indexed: b[0] == headIndexed, count: binary.BigEndian.Uint64(b[1:]), limits: limits{
		maxCount:       binary.BigEndian.Uint64(b[9:]),
		maxAgeSeconds:  binary.BigEndian.Uint64(b[17:]),
		truncateBefore: binary.BigEndian.Uint64(b[25:]),
	}}, nil
}

// visible answers the revisions that a stream shows now.
func (v *view) visible(stream string, h head) (extent, error) {
	if !h.exists() {
		return extent{}, nil
	}
	e := extent{low: min(h.truncateBefore, h.count), high: h.count}
	if h.maxCount > 0 && h.count > h.maxCount {
		e.low = max(e.low, h.count-h.maxCount)
	}
	if h.maxAgeSeconds == 0 || h.maxAgeSeconds > math.MaxInt64/uint64(time.Second) {
		return e, nil
	}
	oldest := v.log.options.Now().Add(-time.Duration(h.maxAgeSeconds) * time.Second)
	var fault error
	young := sort.Search(int(e.high-e.low), func(i int) bool {
		revision := e.low + uint64(i)
		var recorded time.Time
		err := v.eachOf(stream, extent{low: revision, high: revision + 1},
			func(_ eventstore.Position, r rawRecord) bool { recorded = r.recorded(); return true })
		fault = errors.Join(fault, err)
		return !recorded.Before(oldest)
	})
	e.low += uint64(young)
	return e, fault
}

// metadataType is that of the events that set a stream's metadata.
const metadataType = "$metadata"

// tombstoneType is that of the event that ends a stream for ever.
const tombstoneType = "$streamDeleted"

// truncateBeforeField is the member of the metadata that hides the events below a revision.
const truncateBeforeField = "$tb"

// parseLimits reads a stream's metadata. What is malformed limits nothing, as in EventStoreDB.
func parseLimits(metadata []byte) limits {
	var m struct {
		MaxCount       uint64 `json:"$maxCount"`
		MaxAgeSeconds  uint64 `json:"$maxAge"`
		TruncateBefore uint64 `json:"$tb"`
	}
	if json.Unmarshal(metadata, &m) != nil {
		return limits{}
	}
	return limits{m.MaxCount, m.MaxAgeSeconds, m.TruncateBefore}
}

// truncates reports whether a stream's metadata says which events to hide.
func truncates(metadata []byte) bool {
	var m struct {
		TruncateBefore *uint64 `json:"$tb"`
	}
	return json.Unmarshal(metadata, &m) == nil && m.TruncateBefore != nil
}

// withTruncateBefore answers metadata with another truncate-before, and everything else as it was.
func withTruncateBefore(metadata []byte, revision uint64) ([]byte, error) {
	members := map[string]json.RawMessage{}
	if json.Unmarshal(metadata, &members) != nil || members == nil {
		members = map[string]json.RawMessage{}
	}
	members[truncateBeforeField] = fmt.Appendf(nil, "%d", revision)
	return json.Marshal(members)
}
