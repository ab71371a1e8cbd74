package main

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// spendMemory lets the garbage collector run less often while the program is small: most of what a command
// allocates is garbage at once, and collecting it five times less often saves a sixth of its cost. As the live
// heap grows the collector returns to Go's own pace, so a large server does not become five times as large.
// Whoever set GOGC or GOMEMLIMIT knows better.
func spendMemory(ctx context.Context) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	const spare = 512 << 20 // bytes that garbage may take beside the live heap
	look := time.NewTicker(5 * time.Second)
	defer look.Stop()
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	for {
		metrics.Read(live)
		percent := 400
		if bytes := live[0].Value.Uint64(); bytes > 0 {
			percent = int(min(400, max(100, spare*100/bytes)))
		}
		debug.SetGCPercent(percent)
		select {
		case <-look.C:
		case <-ctx.Done():
			return
		}
	}
}
