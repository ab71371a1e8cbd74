package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/projections"
)

type projectionsCmd struct {
	Status   projectionStatusCmd   `cmd:"" help:"How far the read models are."`
	Rebuild  projectionRebuildCmd  `cmd:"" help:"Make the read models anew from the log, beside the live ones, and swap them in."`
	Verify   projectionVerifyCmd   `cmd:"" help:"Make the read models anew beside the live ones, and name the rows that differ. Exit status: 0 none, 1 it could not be found out, 3 some."`
	Checksum projectionChecksumCmd `cmd:"" help:"Sum up every table: one line for each."`
	Failures projectionFailuresCmd `cmd:"" help:"List the events that could not be projected."`
	Resume   projectionResumeCmd   `cmd:"" help:"Try again the event at which the projectors stopped."`

	AcceptGap projectionAcceptGapCmd `cmd:"" help:"Go on without revisions that a stream lacks for good. It is recorded in the log; then resume, or rebuild."`
	Gaps      projectionGapsCmd      `cmd:"" help:"List the missing revisions that people accepted."`
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
		s, err := watchRebuild(ctx, std, api, "rebuilding")
		if err != nil {
			return err
		}
		if err := rebuildOutcome(s); err != nil {
			return err
		}
	}
	fmt.Fprintf(std.out, "rebuilt in %s\n", time.Since(began).Round(time.Millisecond))
	return nil
}

// watchRebuild shows how far a rebuild is until it has ended, and returns the status then.
func watchRebuild(ctx context.Context, std streams, api *client.Client, what string) (projections.Status, error) {
	var advance func(int)
	end := func() {}
	defer func() { end() }()
	shown := int64(0)
	for {
		var s projections.Status
		if err := api.Do(ctx, "GET", "/v1/projections", nil, &s); err != nil {
			return s, err
		}
		r := s.Rebuild
		if r == nil {
			return s, nil
		}
		if advance == nil {
			advance, end = client.Progress(std.err, what, int(r.Head))
		}
		advance(int(r.Position - shown))
		shown = r.Position
		select {
		case <-time.After(200 * time.Millisecond):
		case <-ctx.Done():
			return s, ctx.Err()
		}
	}
}

func rebuildOutcome(s projections.Status) error {
	if s.RebuildError != nil {
		return fmt.Errorf("the rebuild failed, the tables are as they were: %s", *s.RebuildError)
	}
	return nil
}

type projectionVerifyCmd struct {
	remote
	JSON bool `help:"Answer as JSON."`
}

func (c projectionVerifyCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	api, err := c.client(std)
	if err != nil {
		return err
	}
	if err := api.Do(ctx, "POST", "/v1/projections/verify", nil, nil); err != nil {
		return err
	}
	if _, err := watchRebuild(ctx, std, api, "verifying"); err != nil {
		return err
	}
	var s projections.VerificationStatus
	if err := api.Do(ctx, "GET", "/v1/projections/verification", nil, &s); err != nil {
		return err
	}
	switch {
	case s.Error != nil:
		return fmt.Errorf("the read models could not be verified: %s", *s.Error)
	case s.Found == nil:
		return errors.New("another verification has begun meanwhile; rapport projections verify asks again")
	case c.JSON:
		err = json.NewEncoder(std.out).Encode(s.Found)
	default:
		err = printVerification(std.out, s.Found)
	}
	if err == nil && len(s.Found.Differences) > 0 {
		return fmt.Errorf("the read models differ from the log (rapport projections rebuild makes them anew): %w", errDiffers)
	}
	return err
}

func printVerification(out io.Writer, v *projections.Verification) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, d := range v.Differences {
		differ := fmt.Sprintf("%d differ", d.Differing)
		if d.Differing == 0 {
			differ = "a view, as its tables differ"
		}
		fmt.Fprintf(t, "%s\t%d rows, the log makes %d\t%s\n", d.Table, d.Live, d.Rebuilt, differ)
		for _, r := range d.Rows {
			fmt.Fprintf(t, "  %s\t%s\t%s\n", r.Key, r.What, strings.Join(r.Columns, ", "))
		}
	}
	if len(v.Differences) == 0 {
		fmt.Fprintf(t, "%d tables and views with %d rows are what the log makes, at position %d\n", v.Tables, v.Rows, v.Position)
	}
	return t.Flush()
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
