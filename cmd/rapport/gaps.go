package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/eventstore"
)

type projectionAcceptGapCmd struct {
	remote
	Gaps   []gap  `arg:"" help:"The stream and the revisions that it lacks, as the fault names them: customer-…:0-221" placeholder:"STREAM:FIRST-LAST"`
	Reason string `help:"Why it is right to go on without them: it stands in the log." required:"" placeholder:"WHY"`
}

// gap is written as STREAM:FIRST-LAST.
type gap custody.Gap

// UnmarshalText implements encoding.TextUnmarshaler.
func (g *gap) UnmarshalText(text []byte) (err error) {
	at := strings.LastIndexByte(string(text), ':')
	first, last, ok := strings.Cut(string(text[at+1:]), "-")
	if at <= 0 || !ok {
		return fmt.Errorf("%q: write STREAM:FIRST-LAST", text)
	}
	g.Stream = string(text[:at])
	if g.First, err = strconv.ParseUint(first, 10, 64); err == nil {
		g.Last, err = strconv.ParseUint(last, 10, 64)
	}
	return err
}

func (c projectionAcceptGapCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	api, err := c.client(std)
	if err != nil {
		return err
	}
	accept := custody.AcceptGaps{Reason: c.Reason}
	for _, g := range c.Gaps {
		accept.Gaps = append(accept.Gaps, custody.Gap(g))
	}
	if err := api.Do(ctx, "POST", "/v1/projections/gaps", accept, nil); err != nil {
		return err
	}
	fmt.Fprintln(std.out, "accepted, and recorded in the log; go on by rapport projections resume, or rebuild")
	return nil
}

type projectionGapsCmd struct {
	remote
	JSON bool `help:"Answer as JSON."`
}

func (c projectionGapsCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	api, err := c.client(std)
	if err != nil {
		return err
	}
	var answer struct {
		Gaps eventstore.Gaps `json:"gaps"`
	}
	if err := api.Do(ctx, "GET", "/v1/projections/gaps", nil, &answer); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(answer)
	}
	for _, g := range answer.Gaps {
		fmt.Fprintf(std.out, "%s: accepted by %s on %s: %s\n", g.Gap, g.By, g.At.Format(time.DateOnly), g.Reason)
	}
	return nil
}
