package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/eventstore/history"
)

type replayCmd struct {
	remote
	ID       customerID `arg:"" help:"The customer."`
	AsOf     string     `help:"Only what had happened by then: a date, whose end is meant, or an RFC 3339 time." placeholder:"TIME"`
	KnownAt  string     `help:"Only what the log held by then: a date, whose end is meant, or an RFC 3339 time." placeholder:"TIME"`
	Revision *uint64    `help:"Only up to this revision of the customer's stream."`
	JSON     bool       `help:"Answer as JSON."`
}

// customerID is a UUID; what is none is refused in words.
type customerID struct{ uuid.UUID }

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *customerID) UnmarshalText(text []byte) (err error) {
	if id.UUID, err = uuid.ParseBytes(text); err != nil {
		return fmt.Errorf("%q is not a customer's id, which is a UUID such as 0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d11", text)
	}
	return nil
}

func (c replayCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	q := url.Values{}
	for name, value := range map[string]string{"as_of": c.AsOf, "known_at": c.KnownAt} {
		moment, err := momentOf(value)
		if err != nil {
			return err
		}
		if moment != "" {
			q.Set(name, moment)
		}
	}
	if c.Revision != nil {
		q.Set("revision", strconv.FormatUint(*c.Revision, 10))
	}
	client, err := c.client(std)
	if err != nil {
		return err
	}
	path := "/v1/customers/" + c.ID.String() + "/history"
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	if c.JSON {
		var answer json.RawMessage
		if err := client.Do(ctx, "GET", path, nil, &answer); err != nil {
			return err
		}
		_, err := fmt.Fprintf(std.out, "%s\n", answer)
		return err
	}
	var h history.History
	if err := client.Do(ctx, "GET", path, nil, &h); err != nil {
		return err
	}
	return tell(std.out, h)
}

// momentOf reads a moment: a date stands for its end, in UTC.
func momentOf(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if day, err := domain.ParseDay(text); err == nil {
		return (day + 1).Start(time.UTC).Format(time.RFC3339), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return "", fmt.Errorf("%q is neither a date like 2006-01-02 nor a time like 2006-01-02T15:04:05Z", text)
	}
	return t.Format(time.RFC3339Nano), nil
}

// tell writes a history as a person reads it.
func tell(w io.Writer, h history.History) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "customer\t%s\n", h.CustomerID)
	if h.Name != nil && *h.Name != "" {
		fmt.Fprintf(t, "name\t%s\n", *h.Name)
	}
	fmt.Fprintf(t, "as of\t%s (business date), revision %d, log position %d\n", h.BusinessDate, h.Revision, h.Position)
	if h.Stage != nil {
		evidence, err := json.Marshal(h.Evidence)
		if err != nil {
			return err
		}
		fmt.Fprintf(t, "stage\t%s, by version %d of the ladder: %s\n", *h.Stage, *h.PolicyVersion, evidence)
	}
	fmt.Fprintf(t, "bought\t%d times on %d days\n", h.Orders, h.PurchaseDays)
	if h.Currency != nil {
		fmt.Fprintf(t, "net revenue\t%s %s\n", money(h.NetRevenue, *h.Currency), *h.Currency)
	}
	fmt.Fprintln(t)
	fmt.Fprintln(t, "revision\thappened\trecorded\twhat")
	for _, e := range h.Entries {
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\n", e.Revision, e.OccurredAt.UTC().Format(time.DateTime),
			e.RecordedAt.UTC().Format(time.DateTime), e.Summary)
	}
	return t.Flush()
}

// money writes minor units in major ones.
func money(minor int64, currency string) string {
	digits, err := domain.Currency(currency).MinorDigits()
	if err != nil {
		digits = 0
	}
	return domain.Major(minor, digits).String()
}
