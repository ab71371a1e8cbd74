package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"text/tabwriter"
	"time"

	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/projections"
)

type projectionsCmd struct {
	Status   projectionStatusCmd   `cmd:"" help:"How far the read models are."`
	Rebuild  projectionRebuildCmd  `cmd:"" help:"Make the read models anew from the log, beside the live ones, and swap them in."`
	Checksum projectionChecksumCmd `cmd:"" help:"Sum up every table: one line for each."`
	Failures projectionFailuresCmd `cmd:"" help:"List the events that could not be projected."`
	Resume   projectionResumeCmd   `cmd:"" help:"Try again the event at which the projectors stopped."`
}

type projectionStatusCmd struct {
	remote
	JSON bool `help:"Answer as JSON."`
}

func (c projectionStatusCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	var s projections.Status
	if err := client.Do(ctx, "GET", "/v1/projections", nil, &s); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(s)
	}
	lag := fmt.Sprintf("how far behind is not known (as of %.0f s ago)", s.AgeSeconds)
	if s.LagEvents != nil && s.LagSeconds != nil {
		lag = fmt.Sprintf("%d events (%.1f s) behind", *s.LagEvents, *s.LagSeconds)
	}
	fmt.Fprintf(std.out, "%s at position %d of %d: %s, %.0f events/s\n", s.State, s.Position, s.Head, lag, s.Rate)
	if s.Rebuild != nil {
		fmt.Fprintf(std.out, "rebuilding since %s: at position %d of %d\n",
			s.Rebuild.StartedAt.Format(time.RFC3339), s.Rebuild.Position, s.Rebuild.Head)
	}
	if f := s.Filling; f != nil {
		fmt.Fprintf(std.out, "filling in %d changes of the rules since %s: %d of %d customers\n",
			f.Changes, f.StartedAt.Format(time.RFC3339), f.Done, f.Customers)
	}
	if s.LastError != nil {
		fmt.Fprintf(std.out, "last error: %s\n", *s.LastError)
	}
	return nil
}

type projectionRebuildCmd struct {
	remote
	Wait bool `help:"Wait until it is done, and show how far it is." default:"true" negatable:""`
}

func (c projectionRebuildCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	api, err := c.client(std)
	if err != nil {
		return err
	}
	began := time.Now()
	var started struct {
		State string `json:"state"`
	}
	if err := api.Do(ctx, "POST", "/v1/projections/rebuild", nil, &started); err != nil {
		return err
	}
	if started.State == "rebuilding" {
		if !c.Wait {
			fmt.Fprintln(std.out, "rebuilding in the background; rapport projections status tells how far it is")
			return nil
		}
		if err := c.watch(ctx, std, api); err != nil {
			return err
		}
	}
	fmt.Fprintf(std.out, "rebuilt in %s\n", time.Since(began).Round(time.Millisecond))
	return nil
}

// watch shows the progress of a rebuild until it has ended.
func (c projectionRebuildCmd) watch(ctx context.Context, std streams, api *client.Client) error {
	var advance func(int)
	end := func() {}
	defer func() { end() }()
	shown := int64(0)
	for {
		var s projections.Status
		if err := api.Do(ctx, "GET", "/v1/projections", nil, &s); err != nil {
			return err
		}
		r := s.Rebuild
		if r == nil {
			return rebuildOutcome(s)
		}
		if advance == nil {
			advance, end = client.Progress(std.err, "rebuilding", int(r.Head))
		}
		advance(int(r.Position - shown))
		shown = r.Position
		select {
		case <-time.After(200 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func rebuildOutcome(s projections.Status) error {
	if s.RebuildError != nil {
		return fmt.Errorf("the rebuild failed, the tables are as they were: %s", *s.RebuildError)
	}
	return nil
}

type projectionChecksumCmd struct {
	remote
	Business bool `help:"Leave out what tells of the recording, so that two orders in which the same facts arrived can be compared."`
	JSON     bool `help:"Answer as JSON."`
}

func (c projectionChecksumCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	var answer struct {
		Tables []projections.Checksum `json:"tables"`
	}
	if err := client.Do(ctx, "GET", fmt.Sprint("/v1/projections/checksum?business=", c.Business), nil, &answer); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(answer)
	}
	t := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	for _, s := range answer.Tables {
		fmt.Fprintf(t, "%s\t%d rows\t%s\n", s.Table, s.Rows, s.Digest)
	}
	return t.Flush()
}

type projectionFailuresCmd struct {
	remote
	JSON bool `help:"Answer as JSON."`
}

func (c projectionFailuresCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	var answer struct {
		Failures []projections.Failure `json:"failures"`
	}
	if err := client.Do(ctx, "GET", "/v1/projections/failures", nil, &answer); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(answer)
	}
	for _, f := range answer.Failures {
		fmt.Fprintf(std.out, "position %d, %s in %s, %s: %s\n", f.Position, f.Type, f.Stream, f.Status, f.Error)
	}
	return nil
}

type projectionResumeCmd struct{ remote }

func (c projectionResumeCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	return client.Do(ctx, "POST", "/v1/projections/resume", nil, nil)
}
