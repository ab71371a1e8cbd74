package bench

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/demo"
)

// inhabit defines the example segments and registers customers, and waits until the tables show them.
func (s *Server) inhabit(ctx context.Context, customers int) ([]uuid.UUID, error) {
	api, err := s.client()
	if err != nil {
		return nil, err
	}
	if err := defineSegments(ctx, api); err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, customers)
	for i := range ids {
		ids[i] = uuid.New()
	}
	lines := func(yield func(client.Line) bool) {
		for _, id := range ids {
			if !yield(client.Register(id, customer.Register{Kind: customer.Person, Country: "DE"}, client.Circumstances{})) {
				return
			}
		}
	}
	if _, err := send(ctx, api, lines, func(int) {}); err != nil {
		return nil, err
	}
	return ids, s.caughtUp(ctx)
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
func send(ctx context.Context, api *client.Client, lines func(func(client.Line) bool), advance func(int)) (sent int, err error) {
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
