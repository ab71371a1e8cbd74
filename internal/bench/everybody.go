package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/client"
)

// everybody changes the rules that all customers are judged by, one after the other, while purchases come steadily. It
// takes the time until everybody is judged, and how long the purchases meanwhile take to be visible.
func (r *run) everybody(ctx context.Context, s *Server, shop *shop) error {
	api, err := s.client()
	if err != nil {
		return err
	}
	ladder := policy.DefaultLadder()
	for i := range ladder.Stages {
		if ladder.Stages[i].Name == "lapsed" {
			ladder.Stages[i].Rule = "recency_days > 150"
		}
	}
	changes := []struct {
		figure, method, path string
		body                 any
	}{
		{"scale.everybody_segment_ms", http.MethodPut, "/v1/segments/of_late",
			map[string]string{"rule": "recency_days <= 45 && net_revenue > 0.0"}},
		{"scale.everybody_ladder_ms", http.MethodPut, "/v1/policies/ladder", policy.PublishLadder{Ladder: ladder}},
		{"scale.everybody_fit_ms", http.MethodPost, "/v1/value/fits", map[string]string{"model": "bg_nbd"}},
	}
	advance, end := r.progress("everybody judged anew", len(changes))
	defer end()
	return r.query(ctx, "large", func(conn *pgx.Conn) error {
		changed := make(chan struct{})
		var took []time.Duration
		group, ctx := errgroup.WithContext(ctx)
		group.Go(func() (err error) {
			took, err = s.steadily(ctx, shop, changed)
			return err
		})
		group.Go(func() error {
			defer close(changed)
			for _, c := range changes {
				once, err := s.change(ctx, api, conn, c.method, c.path, c.body)
				if err != nil {
					return fmt.Errorf("%s %s: %w", c.method, c.path, err)
				}
				r.report.set(c.figure, ms(once))
				advance(1)
			}
			return nil
		})
		if err := group.Wait(); err != nil {
			return err
		}
		r.report.set("scale.visible_p99_ms", ms(quantile(took, 0.99)))
		return nil
	})
}

// change sends a command that concerns everybody, and returns how long it took until the tables show all of them as it
// has them. What the engine writes down of its filling says so.
func (s *Server) change(ctx context.Context, api *client.Client, conn *pgx.Conn, method, path string, body any,
) (time.Duration, error) {
	var answer struct {
		Position eventstore.Position `json:"position"`
	}
	began := time.Now()
	if err := api.Do(ctx, method, path, body, &answer); err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := s.Reader.WaitFor(ctx, answer.Position); err != nil {
		return 0, err
	}
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for filling := true; filling; {
		if err := conn.QueryRow(ctx, "SELECT target > base FROM crm.projection_fill").Scan(&filling); err != nil {
			return 0, err
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	return time.Since(began), nil
}

// steadily sends 100 purchases a second of customers at random, however long each takes, until it is stopped, one at
// least. It returns how long each took from its answer until it was visible.
func (s *Server) steadily(ctx context.Context, shop *shop, stop <-chan struct{}) (took []time.Duration, err error) {
	var mu sync.Mutex
	var idle, all []*connection
	defer func() { hangUp(all) }()
	group, ctx := errgroup.WithContext(ctx)
	connect := func() (*connection, error) {
		mu.Lock()
		defer mu.Unlock()
		if n := len(idle); n > 0 {
			c := idle[n-1]
			idle = idle[:n-1]
			return c, nil
		}
		c, err := dial(ctx, s.Address)
		if err == nil {
			all = append(all, c)
		}
		return c, err
	}
	tick := time.NewTicker(time.Second / steadyPerS)
	defer tick.Stop()
	for sent := 0; ; sent++ {
		group.Go(func() error {
			c, err := connect()
			if err != nil {
				return err
			}
			once, err := seen(c, &shop.bought[sent%len(shop.bought)], shop.id(rand.IntN(shop.customers)))
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			took, idle = append(took, once), append(idle, c)
			return nil
		})
		select {
		case <-tick.C:
			continue
		case <-stop:
		case <-ctx.Done():
		}
		err := group.Wait() // which ends ctx, and thereby all connections
		return took, err
	}
}
