package main

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// limitMemory makes the garbage collector work harder as the server's memory nears the limit. Whoever set GOMEMLIMIT
// knows better.
func limitMemory(limit int64) {
	if os.Getenv("GOMEMLIMIT") == "" && limit > 0 {
		debug.SetMemoryLimit(limit)
	}
}

// spendMemory lets the garbage collector run less often while the program is small: most of what a command
// allocates is garbage at once, and collecting it five times less often saves a sixth of its cost. As the live
// heap grows the collector returns to Go's own pace, so a large server does not become five times as large. When the
// program comes to rest, what it does not need goes back to the operating system. Whoever set GOGC or GOMEMLIMIT
// knows better.
func spendMemory(ctx context.Context) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	look := time.NewTicker(time.Second)
	defer look.Stop()
	samples := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/gc/heap/allocs:bytes"}}
	var s spending
	for {
		metrics.Read(samples)
		percent, rests := s.look(samples[0].Value.Uint64(), samples[1].Value.Uint64())
		debug.SetGCPercent(percent)
		if rests {
			runtime.GC() // what pools keep goes with the second collection only
			debug.FreeOSMemory()
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return
		}
	}
}

const (
	spareBytes = 256 << 20 // that garbage may take beside the live heap
	restBytes  = 2 << 20   // allocated from one look to the next by a program at rest: it looks after itself
	quietLooks = 10        // in a row that a program at rest is at rest
	leftBytes  = 64 << 20  // allocated since memory was last given back, before it is worth while again
)

// spending is what is remembered from one look at the heap to the next.
type spending struct {
	allocated uint64 // until the last look
	freed     uint64 // until memory was last given back
	quiet     int    // looks in a row
}

// look returns the percentage for debug.SetGCPercent, and whether the program has come to rest. The bytes are those that
// the last collection found alive, and those that were allocated since the program began.
func (s *spending) look(live, allocated uint64) (percent int, rests bool) {
	percent = 400
	if live > 0 {
		percent = int(min(400, max(100, spareBytes*100/live)))
	}
	if s.quiet++; allocated-s.allocated > restBytes {
		s.quiet = 0
	}
	s.allocated = allocated
	if rests = s.quiet >= quietLooks && allocated-s.freed > leftBytes; rests {
		s.freed = allocated
	}
	return percent, rests
}
