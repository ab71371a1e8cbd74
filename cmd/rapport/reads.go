package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/projections"
)

type readsCmd struct {
	remote
	ID        customerID `arg:"" help:"The customer."`
	Everybody bool       `help:"Also who was shown tables and lists, which show many customers." default:"true" negatable:""`
	JSON      bool       `help:"Answer as JSON, one read a line."`
}

func (c readsCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	lines := json.NewEncoder(std.out)
	q := url.Values{"everybody": {strconv.FormatBool(c.Everybody)}, "limit": {"1000"}}
	for {
		var page struct {
			Reads      []projections.Read `json:"reads"`
			NextCursor string             `json:"next_cursor"`
		}
		if err := client.Do(ctx, "GET", "/v1/customers/"+c.ID.String()+"/reads?"+q.Encode(), nil, &page); err != nil {
			return err
		}
		for _, r := range page.Reads {
			if c.JSON {
				err = lines.Encode(r)
			} else {
				err = tellRead(t, r)
			}
			if err != nil {
				return err
			}
		}
		if page.NextCursor == "" {
			return t.Flush()
		}
		q.Set("cursor", page.NextCursor)
	}
}

// tellRead writes a line: when, who, what they were shown, and why.
func tellRead(w io.Writer, r projections.Read) error {
	shown := r.Operation
	if r.Table != nil {
		shown += " " + *r.Table
	}
	if len(r.Conditions) > 0 {
		var conditions []access.Condition
		if err := json.Unmarshal(r.Conditions, &conditions); err != nil {
			return fmt.Errorf("read the conditions at position %d: %w", r.Position, err)
		}
		for i, c := range conditions {
			shown += cmp.Or(map[int]string{0: " where "}[i], " and ") + tellCondition(c)
		}
	}
	if r.CustomerID == nil {
		shown += " (many customers)"
	}
	why := ""
	if r.Purpose != nil {
		why = *r.Purpose
	}
	_, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.ReadAt.UTC().Format(time.RFC3339), r.Reader, r.Role, shown, why)
	return err
}

func tellCondition(c access.Condition) string {
	values := c.Values
	if c.Withheld > 0 {
		values = append(values, fmt.Sprintf("[%d withheld]", c.Withheld))
	}
	return c.Column + c.Comparison + strings.Join(values, "|")
}
