package bench

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/demo"
)

// inhabit defines the example segments and sends what the customers did so far, and waits until the tables show it.
func (s *Server) inhabit(ctx context.Context, past iter.Seq[client.Line]) error {
	api, err := s.client()
	if err != nil {
		return err
	}
	if err := defineSegments(ctx, api); err != nil {
		return err
	}
	if _, err := send(ctx, api, past, func(int) {}); err != nil {
		return err
	}
	return s.caughtUp(ctx)
}

// newcomers are customers who have only been registered.
func newcomers(count int) (ids []uuid.UUID, past iter.Seq[client.Line]) {
	ids = someIDs(count)
	return ids, func(yield func(client.Line) bool) {
		for _, id := range ids {
			if !yield(client.Register(id, person, client.Circumstances{})) {
				return
			}
		}
	}
}

// regulars are customers who were registered a year ago and have bought since, so that one more purchase is, for
// most of them, no turn in their life.
func regulars(count int, bought []purchase) (ids []uuid.UUID, past iter.Seq[client.Line]) {
	ids = someIDs(count)
	yearAgo, monthsAgo := time.Now().AddDate(-1, 0, 0), time.Now().AddDate(0, -3, 0)
	return ids, func(yield func(client.Line) bool) {
		for i, id := range ids {
			if !yield(client.Register(id, person, client.Circumstances{OccurredAt: yearAgo})) ||
				!yield(client.RecordPurchase(id, bought[i%len(bought)].anew(), client.Circumstances{OccurredAt: monthsAgo})) {
				return
			}
		}
	}
}

var person = customer.Register{Kind: customer.Person, Country: "DE"}

func someIDs(count int) []uuid.UUID {
	ids := make([]uuid.UUID, count)
	for i := range ids {
		ids[i] = uuid.New()
	}
	return ids
}

func (s *Server) client() (*client.Client, error) {
	return client.New("http://"+s.Address, client.Options{})
}

func defineSegments(ctx context.Context, api *client.Client) error {
	for _, d := range demo.Segments {
		body := map[string]string{"title": d.Title, "rule": d.Rule}
		if err := api.Do(ctx, http.MethodPut, "/v1/segments/"+d.Name, body, nil); err != nil {
			return fmt.Errorf("define the segment %s: %w", d.Name, err)
		}
	}
	return nil
}

// send sends commands in batches, none of which may be refused, and answers how many there were.
func send(ctx context.Context, api *client.Client, lines iter.Seq[client.Line], advance func(int)) (sent int, err error) {
	var refused error
	err = api.Send(ctx, lines, 0, func(batch []client.Line, results []client.Result) {
		for i, result := range results {
			if result.Problem != nil && refused == nil {
				refused = fmt.Errorf("%s: %w", batch[i].Command, result.Problem)
			}
		}
		sent += len(results)
		advance(len(results))
	})
	if err == nil {
		err = refused
	}
	return sent, err
}
