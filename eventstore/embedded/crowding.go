package embedded

import (
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"
)

// crowding holds the writer back while Pebble is behind with its flushes and compactions. Pebble would do so by
// itself, but within a commit: where the disk refuses every flush that commit never returns, and those who wait for
// it are never told of the fault. So Pebble's own thresholds are out of reach, and the writer waits here, before a
// commit, for room or for a fault.
type crowding struct {
	grew  atomic.Bool   // a memtable was added since the writer last looked
	eased chan struct{} // a flush or compaction ended; has room for one
}

const (
	crowdedMemTables = 3  // of full size
	crowdedSublevels = 12 // of level 0: a reader looks into each
	unreachable      = 1 << 30
)

func newCrowding() *crowding { return &crowding{eased: make(chan struct{}, 1)} }

// listen adds to a listener what crowding must hear. Pebble begins a write-ahead log with each memtable.
func (c *crowding) listen(to *pebble.EventListener) *pebble.EventListener {
	ease := func() {
		select {
		case c.eased <- struct{}{}:
		default:
		}
	}
	to.WALCreated = func(pebble.WALCreateInfo) { c.grew.Store(true) }
	to.FlushEnd = func(pebble.FlushInfo) { ease() }
	to.CompactionEnd = func(pebble.CompactionInfo) { ease() }
	return to
}

// wait returns once there is room for another commit, or will be none: because of a fault, or since the log closes.
func (c *crowding) wait(l *Log) {
	if !c.grew.Swap(false) {
		return
	}
	for l.crowded() {
		select {
		case <-c.eased:
		case <-l.fault.found:
			return
		case <-l.fault.down:
			return
		}
	}
}

func (l *Log) crowded() bool {
	m := l.db.Metrics()
	return m.MemTable.Size >= crowdedMemTables*l.options.MemTableBytes || m.Levels[0].Sublevels >= crowdedSublevels
}
