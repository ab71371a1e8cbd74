package history

import (
	"sort"
	"time"

	"github.com/rapport-crm/rapport/eventstore"
)

// marks remember when some of the events were recorded: a place from which to look for what was known at a moment. A store
// need not be able to read from places at which no event stands.
type marks struct {
	count int // of events read
	every []mark
}

type mark struct {
	position eventstore.Position
	at       time.Time
}

// marked is how many events lie between two marks.
const marked = 512

func (m *marks) read(r eventstore.Record) {
	if m.count++; m.count%marked == 0 {
		m.every = append(m.every, mark{r.Position, r.RecordedAt})
	}
}

// recordedBy returns the newest mark, up to a position, of an event that was not recorded after a moment; 0 for none.
func (c *chronicle) recordedBy(moment time.Time, until eventstore.Position) eventstore.Position {
	c.turn <- struct{}{}
	defer func() { <-c.turn }()
	all := c.marks.every
	n := sort.Search(len(all), func(i int) bool { return all[i].position > until || all[i].at.After(moment) })
	if n == 0 {
		return 0
	}
	return all[n-1].position
}
