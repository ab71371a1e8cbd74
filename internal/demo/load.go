package demo

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/rapport-crm/rapport/internal/client"
)

// Loaded says what a load did. Repeating it with the same options appends nothing.
type Loaded struct {
	Commands int `json:"commands"`
	Appended int `json:"appended"`
	Known    int `json:"known"`
	Refused  int `json:"refused"`
	// FirstRefusal is why the first refused command was refused, nil if none was.
	FirstRefusal error `json:"-"`
}

// Segments are examples to begin with.
var Segments = []struct{ Name, Title, Rule string }{
	{"big_spenders", "Big spenders of late", "net_revenue >= 1000.0 && recency_days <= 90"},
	{"slipping_away", "Good customers who stay away", "orders >= 3 && recency_days > 120"},
	{"newcomers", "Registered in the last month", "days_since_registration <= 30"},
}

// Load sends the shop's history to a server, then defines the example segments and adopts the ready-made guidance. Progress is shown on w.
func Load(ctx context.Context, c *client.Client, o Options, w io.Writer) (Loaded, error) {
	history := slices.Collect(Generate(o))
	done := Loaded{Commands: len(history)}
	advance, end := client.Progress(w, "making up customers", done.Commands)
	defer end()
	err := c.Send(ctx, slices.Values(history), 0, func(lines []client.Line, results []client.Result) {
		for i, r := range results {
			switch {
			case r.Problem != nil:
				done.Refused++
				if done.FirstRefusal == nil {
					done.FirstRefusal = fmt.Errorf("%s: %w", lines[i].Command, r.Problem)
				}
			case r.Appended():
				done.Appended++
			default:
				done.Known++
			}
		}
		advance(len(results))
	})
	if err != nil {
		return done, fmt.Errorf("load the generated customers: %w", err)
	}
	for _, s := range Segments {
		definition := map[string]string{"title": s.Title, "rule": s.Rule}
		if err := c.Do(ctx, http.MethodPut, "/v1/segments/"+s.Name, definition, nil); err != nil {
			return done, fmt.Errorf("define the segment %s: %w", s.Name, err)
		}
	}
	if err := c.Do(ctx, http.MethodPost, "/v1/guidance/adopt", nil, nil); err != nil {
		return done, fmt.Errorf("adopt the ready-made guidance: %w", err)
	}
	return done, nil
}
