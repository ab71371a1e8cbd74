package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
)

// steadyPerS is how many commands a second come, however long each takes.
const steadyPerS = 100

// visible takes the time from a command's answer until a query, which waits for the position that was answered
// and runs on a connection of its own to the database, shows what the command led to.
func (r *run) visible(ctx context.Context) error {
	return r.serve(ctx, "visible", func(ctx context.Context, s *Server) error {
		bought, err := purchases()
		if err != nil {
			return err
		}
		customers, past := regulars(r.scaled(100), bought)
		if err := s.inhabit(ctx, past); err != nil {
			return err
		}
		all, err := dialAll(ctx, s.Address, connections)
		if err != nil {
			return err
		}
		defer hangUp(all)
		idle := make(chan *connection, len(all))
		for _, c := range all {
			idle <- c
		}
		took := make([]time.Duration, r.scaled(steadyPerS))
		advance, end := r.progress("from accepted to visible", len(took))
		defer end()
		group, ctx := errgroup.WithContext(ctx)
		tick := time.NewTicker(time.Second / steadyPerS)
		defer tick.Stop()
		for i := range took {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return group.Wait()
			}
			advance(1)
			group.Go(func() (err error) {
				var c *connection
				select {
				case c = <-idle:
				default:
					return errors.New("the server does not keep up with 100 commands a second")
				}
				defer func() { idle <- c }()
				took[i], err = seen(c, &bought[i%len(bought)], customers[i%len(customers)])
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
		r.report.set("visible.p50_ms", ms(median(took)))
		r.report.set("visible.p99_ms", ms(quantile(took, 0.99)))
		return nil
	})
}

// seen sends a purchase, and answers how long after the answer the customer's timeline shows it.
func seen(c *connection, p *purchase, id uuid.UUID) (time.Duration, error) {
	if err := c.expect(http.StatusCreated, p.appendRequest(nil, []byte(id.String()))); err != nil {
		return 0, err
	}
	answered := time.Now()
	var answer struct {
		Position int64 `json:"position"`
	}
	if err := json.Unmarshal(c.body, &answer); err != nil {
		return 0, fmt.Errorf("read the answer to a purchase: %w", err)
	}
	query := fmt.Appendf(nil, "GET /v1/customers/%s/timeline?after=%d&limit=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
		id, answer.Position)
	status, err := c.exchange(query)
	for err == nil && status == http.StatusServiceUnavailable { // the tables were behind for longer than a query waits
		status, err = c.exchange(query)
	}
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("answered %d, not 200: %s", status, c.body)
	}
	if err != nil {
		return 0, err
	}
	took := time.Since(answered)
	var timeline struct {
		Entries []struct {
			Position int64 `json:"position"`
		} `json:"entries"`
	}
	if err := json.Unmarshal(c.body, &timeline); err != nil {
		return 0, fmt.Errorf("read a timeline: %w", err)
	}
	if len(timeline.Entries) != 1 || timeline.Entries[0].Position < answer.Position {
		return 0, fmt.Errorf("the timeline after position %d does not show it: %s", answer.Position, c.body)
	}
	return took, nil
}
