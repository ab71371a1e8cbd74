package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/rapport-crm/rapport/eventstore/history"
)

type diffCmd struct {
	remote
	ID   customerID `arg:"" help:"The customer."`
	From string     `help:"The first moment: a date, whose end is meant, or an RFC 3339 time; known:TIME for what the log held by then, revision:N of the customer's stream, or position:N of the log." placeholder:"MOMENT" required:""`
	To   string     `help:"The second moment, likewise; now without it." placeholder:"MOMENT"`
	JSON bool       `help:"Answer as JSON."`
}

func (c diffCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	q := url.Values{"limit": {atOnce}}
	for prefix, moment := range map[string]string{"from_": c.From, "to_": c.To} {
		name, value, err := placeOf(moment)
		if err != nil {
			return err
		}
		if value != "" {
			q.Set(prefix+name, value)
		}
	}
	client, err := c.client(std)
	if err != nil {
		return err
	}
	d, err := readAll(ctx, client, "/v1/customers/"+c.ID.String()+"/diff", q,
		func(d *history.Difference) *history.Timeline { return &d.Timeline },
		func(d *history.Difference) { q.Set("to_position", strconv.FormatUint(d.To.Position, 10)) })
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(d)
	}
	return tellDifference(std.out, d)
}

// placeOf reads a moment of a comparison: which parameter it is, and its value.
func placeOf(text string) (name, value string, err error) {
	kind, of, told := strings.Cut(text, ":")
	switch {
	case told && (kind == "revision" || kind == "position"):
		if _, err := strconv.ParseUint(of, 10, 63); err != nil {
			return "", "", fmt.Errorf("%q: a %s is a whole number of zero or more", text, kind)
		}
		return kind, of, nil
	case told && kind == "known":
		value, err = momentOf(of)
		return "known_at", value, err
	}
	value, err = momentOf(text)
	return "as_of", value, err
}

// tellDifference writes a difference as a person reads it: what changed, from what to what, and what happened between.
func tellDifference(w io.Writer, d history.Difference) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "customer\t%s\n", d.To.CustomerID)
	fmt.Fprintf(t, "from\t%s\n", momentText(d.From))
	fmt.Fprintf(t, "to\t%s\n", momentText(d.To))
	for _, part := range []struct {
		title   string
		changes []history.Change
	}{{"figures", d.Figures}, {"facts", d.Facts}, {"standing", d.Standing}, {"value", d.Value}} {
		if len(part.changes) > 0 {
			fmt.Fprintf(t, "\n%s\n", part.title)
		}
		for _, c := range part.changes {
			fmt.Fprintf(t, "  %s\t%s → %s\n", c.Name, valueText(c.From), valueText(c.To))
		}
	}
	if len(d.Entered)+len(d.Left) > 0 {
		fmt.Fprint(t, "\nsegments\n")
	}
	for _, s := range d.Left {
		fmt.Fprintf(t, "  left %s\tversion %d, since %s: %s\n", s.Segment, s.Version, s.Since, evidence(s.Evidence))
	}
	for _, s := range d.Entered {
		fmt.Fprintf(t, "  entered %s\tversion %d, since %s: %s\n", s.Segment, s.Version, s.Since, evidence(s.Evidence))
	}
	if len(d.Rules) > 0 {
		fmt.Fprint(t, "\nrules\n")
	}
	for _, r := range d.Rules {
		fmt.Fprintf(t, "  %s\t%s → %s\n", r.Rule, versionText(r.From), versionText(r.To))
	}
	tellEntries(t, fmt.Sprintf("%d facts more", d.EntriesTotal), d.Entries)
	tellEntries(t, fmt.Sprintf("%d facts that count no more", len(d.Gone)), d.Gone)
	return t.Flush()
}

func tellEntries(t io.Writer, title string, entries []history.Entry) {
	if len(entries) == 0 {
		return
	}
	fmt.Fprintf(t, "\n%s\n", title)
	for _, e := range entries {
		fmt.Fprintf(t, "  %s\t%s\n", e.OccurredAt.UTC().Format("2006-01-02 15:04"), e.Summary)
	}
}

func momentText(m history.Moment) string {
	if !m.Known {
		return "nothing of the customer counted"
	}
	return fmt.Sprintf("%s (business date), revision %d, log position %d", m.BusinessDate, m.Revision, m.Position)
}

func versionText(v *history.RuleVersion) string {
	if v == nil {
		return "none"
	}
	return fmt.Sprintf("version %d at log position %d", v.Version, v.Position)
}

// valueText writes a value: texts as they are, the rest as JSON.
func valueText(v any) string {
	if text, ok := v.(string); ok {
		return text
	}
	if v == nil {
		return "none"
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
