package embedded

import (
	"context"
	"time"
)

// clock says when events are recorded. It never steps back, whatever the machine's clock does, so that the times in the
// log are in the log's order. Only the writer reads it.
type clock struct {
	now    func() time.Time
	newest time.Time
}

func (c *clock) read() time.Time {
	// Without the monotonic reading, by which no clock ever steps back.
	if t := c.now().Round(0); t.After(c.newest) {
		c.newest = t
	}
	return c.newest
}

// NewestRecordedAt returns when the newest event was recorded; the zero time where there is none.
func (l *Log) NewestRecordedAt(ctx context.Context) (time.Time, error) {
	v, err := l.hold(ctx)
	if err != nil {
		return time.Time{}, err
	}
	defer v.release()
	return v.newestRecordedAt()
}

func (v *view) newestRecordedAt() (time.Time, error) {
	if v.last == 0 {
		return time.Time{}, nil
	}
	p, err := v.events(extent{low: uint64(v.last), high: uint64(v.last) + 1}, 1, true)
	if err != nil || len(p.records) == 0 {
		return time.Time{}, err
	}
	return p.records[0].RecordedAt, nil
}
