package bench

import (
	"context"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
)

// load is apps that each send a purchase as soon as the last one is answered, over a connection of their own
// and for customers of their own.
type load struct {
	status      int // that each answer must have
	connections []*connection
	customers   []uuid.UUID
	purchases   []purchase
}

// tally is what a load came to.
type tally struct {
	requests int
	took     []time.Duration // of each request
}

// send goes on for a while.
func (l *load) send(ctx context.Context, during time.Duration) (tally, error) {
	tallies := make([]tally, len(l.connections))
	each := len(l.customers) / len(l.connections)
	group, ctx := errgroup.WithContext(ctx)
	end := time.Now().Add(during)
	for n, c := range l.connections {
		group.Go(func() error {
			return l.sendAlone(ctx, c, l.customers[n*each:(n+1)*each], end, &tallies[n])
		})
	}
	err := group.Wait()
	var all tally
	for _, t := range tallies {
		all.requests += t.requests
		all.took = append(all.took, t.took...)
	}
	return all, err
}

func (l *load) sendAlone(ctx context.Context, c *connection, customers []uuid.UUID, end time.Time, t *tally) error {
	names := make([][]byte, len(customers))
	for i, id := range customers {
		names[i] = []byte(id.String())
	}
	var request []byte
	for now := time.Now(); now.Before(end) && ctx.Err() == nil; {
		i := t.requests
		request = l.purchases[i%len(l.purchases)].appendRequest(request[:0], names[i%len(names)])
		if err := c.expect(l.status, request); err != nil {
			return err
		}
		answered := time.Now()
		t.took = append(t.took, answered.Sub(now))
		t.requests++
		now = answered
	}
	return ctx.Err()
}
