package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/history"
	"github.com/rapport-crm/rapport/internal/client"
)

type replayCmd struct {
	remote
	outside
	ID       customerID `arg:"" optional:"" help:"The customer; of a bundle, whom it is of."`
	Bundle   string     `help:"A file that rapport export wrote: it is verified, and replayed without a server. What is sealed in it stays so." type:"existingfile" placeholder:"FILE"`
	Key      string     `help:"With --bundle: the public key, or a file with it." placeholder:"KEY"`
	Changes  []string   `help:"With --bundle: a file with statements about changes of the key." type:"existingfile" placeholder:"FILE"`
	AsOf     string     `help:"Only what had happened by then: a date, whose end is meant, or an RFC 3339 time." placeholder:"TIME"`
	KnownAt  string     `help:"Only what the log held by then: a date, whose end is meant, or an RFC 3339 time." placeholder:"TIME"`
	Revision *uint64    `help:"Only up to this revision of the customer's stream."`
	Position *uint64    `help:"Only up to this position of the log."`
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

func (c replayCmd) Run(ctx context.Context, std streams, logger *slog.Logger) error {
	if c.Bundle != "" {
		return c.bundle(ctx, std)
	}
	if c.ID.UUID == uuid.Nil {
		return errors.New("say of which customer, or of which --bundle")
	}
	h, err := c.history(ctx, std, logger)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(h)
	}
	return tell(std.out, h)
}

func (c replayCmd) history(ctx context.Context, std streams, logger *slog.Logger) (h history.History, err error) {
	if c.Eventstore != "" {
		return c.fromLog(ctx, logger)
	}
	q := url.Values{"limit": {atOnce}}
	for name, value := range map[string]string{"as_of": c.AsOf, "known_at": c.KnownAt} {
		moment, err := momentOf(value)
		if err != nil {
			return h, err
		}
		if moment != "" {
			q.Set(name, moment)
		}
	}
	for name, place := range map[string]*uint64{"revision": c.Revision, "position": c.Position} {
		if place != nil {
			q.Set(name, strconv.FormatUint(*place, 10))
		}
	}
	client, err := c.client(std)
	if err != nil {
		return h, err
	}
	return readAll(ctx, client, "/v1/customers/"+c.ID.String()+"/history", q,
		func(h *history.History) *history.Timeline { return &h.Timeline },
		func(h *history.History) { q.Set("position", strconv.FormatUint(h.Position, 10)) })
}

// fromLog replays without a server, from the log itself.
func (c replayCmd) fromLog(ctx context.Context, logger *slog.Logger) (h history.History, err error) {
	q := history.Query{Revision: c.Revision, Position: (*eventstore.Position)(c.Position)}
	for _, moment := range []struct {
		text string
		to   **time.Time
	}{{c.AsOf, &q.AsOf}, {c.KnownAt, &q.KnownAt}} {
		text, err := momentOf(moment.text)
		if err != nil {
			return h, err
		}
		if text != "" {
			t, err := time.Parse(time.RFC3339Nano, text)
			if err != nil {
				return h, err
			}
			*moment.to = &t
		}
	}
	store, err := openEventStore(ctx, c.Eventstore, true, logger)
	if err != nil {
		return h, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return history.NewReader(store, eventstore.NewClosedCodec()).Replay(ctx, c.ID.UUID, q)
}

// atOnce is how many entries are asked for at once.
const atOnce = "10000"

// readAll reads an answer with all of its timeline, as of one place in the log: settle asks for that of the first part.
func readAll[A any](ctx context.Context, client *client.Client, path string, q url.Values, timeline func(*A) *history.Timeline,
	settle func(*A)) (A, error) {
	var whole A
	for part := &whole; ; part = new(A) {
		if err := client.Do(ctx, "GET", path+"?"+q.Encode(), nil, part); err != nil {
			return whole, err
		}
		all, more := timeline(&whole), timeline(part)
		if part != &whole {
			all.Entries = append(all.Entries, more.Entries...)
		}
		if all.NextCursor = more.NextCursor; all.NextCursor == "" {
			return whole, nil
		}
		settle(part)
		q.Set("cursor", all.NextCursor)
	}
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
