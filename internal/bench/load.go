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
	status    int // that each answer must have
	senders   []sender
	customers []uuid.UUID
	purchases []purchase
}

// sender is how one app speaks HTTP.
type sender interface {
	// send sends a purchase of a customer under a new id, and fails unless it is answered with that status.
	send(ctx context.Context, status int, p *purchase, customer string) error
	hangUp()
}

// tally is what a load came to.
type tally struct {
	requests int
	took     []time.Duration // of each request
}

// send goes on for a while.
func (l *load) send(ctx context.Context, during time.Duration) (tally, error) {
	tallies := make([]tally, len(l.senders))
	each := len(l.customers) / len(l.senders)
	group, ctx := errgroup.WithContext(ctx)
	end := time.Now().Add(during)
	for n, s := range l.senders {
		group.Go(func() error {
			return l.sendAlone(ctx, s, l.customers[n*each:(n+1)*each], end, &tallies[n])
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

func (l *load) sendAlone(ctx context.Context, s sender, customers []uuid.UUID, end time.Time, t *tally) error {
	names := make([]string, len(customers))
	for i, id := range customers {
		names[i] = id.String()
	}
	for now := time.Now(); now.Before(end) && ctx.Err() == nil; {
		i := t.requests
		if err := s.send(ctx, l.status, &l.purchases[i%len(l.purchases)], names[i%len(names)]); err != nil {
			return err
		}
		answered := time.Now()
		t.took = append(t.took, answered.Sub(now))
		t.requests++
		now = answered
	}
	return ctx.Err()
}
