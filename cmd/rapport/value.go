package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/projections"
)

type valueCmd struct {
	Fit   valueFitCmd   `cmd:"" help:"Fit a model of the customers' value to what they bought, and put it in force."`
	Model valueModelCmd `cmd:"" help:"Tell which model is in force, and how well it foresaw what it had not seen."`
}

type valueFitCmd struct {
	remote
	Model    value.Kind `help:"The model of repeat buying: bg_nbd, mbg_nbd or pareto_nbd." default:"bg_nbd"`
	Holdout  *period    `help:"Last days or weeks on which to test the model, such as 39w or 90d; a third of the time, at most 39w, unless given." placeholder:"39w"`
	Discount *float64   `help:"By how much less a purchase a month later is worth." placeholder:"0.01"`
	JSON     bool       `help:"Answer as JSON."`
}

// period is a number of days, written as days or weeks.
type period int

// UnmarshalText reads 39w or 90d.
func (p *period) UnmarshalText(text []byte) error {
	number, days := string(text), 1
	if weeks, ok := strings.CutSuffix(number, "w"); ok {
		number, days = weeks, 7
	} else {
		number = strings.TrimSuffix(number, "d")
	}
	n, err := strconv.ParseUint(number, 10, 16)
	if err != nil {
		return fmt.Errorf("%q is no period such as 39w or 90d", text)
	}
	*p = period(int(n) * days)
	return nil
}

func (c valueFitCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	api, err := c.patientClient(std)
	if err != nil {
		return err
	}
	fit := value.Fit{Model: c.Model, HoldoutDays: (*int)(c.Holdout), MonthlyDiscount: c.Discount}
	var done struct {
		Position uint64 `json:"position"`
	}
	if err := api.Do(ctx, "POST", "/v1/value/fits", fit, &done); err != nil {
		return err
	}
	return tellModel(ctx, std, api, done.Position, c.JSON) // when the predictions are in the tables
}

type valueModelCmd struct {
	remote
	JSON bool `help:"Answer as JSON."`
}

func (c valueModelCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	api, err := c.client(std)
	if err != nil {
		return err
	}
	return tellModel(ctx, std, api, 0, c.JSON)
}

// tellModel says which model is in force, once the read models have reached a position of the log.
func tellModel(ctx context.Context, std streams, api *client.Client, after uint64, asJSON bool) error {
	var answer struct {
		Version  int          `json:"version"`
		FittedAt time.Time    `json:"fitted_at"`
		Fit      value.Fitted `json:"fit"`
	}
	if err := api.Do(ctx, "GET", fmt.Sprintf("/v1/value/model?after=%d", after), nil, &answer); err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(std.out).Encode(answer)
	}
	fmt.Fprintf(std.out, "version %d, fitted as of %s\n", answer.Version, answer.Fit.AsOf)
	tellFit(std.out, answer.Fit)
	return nil
}

// tellFit says for people what a fit says.
func tellFit(out io.Writer, e value.Fitted) {
	fmt.Fprintf(out, "%s: %s, log-likelihood %.3f, %d customers, %d of whom bought again\n",
		e.Model, parameters(e.Parameters), e.LogLikelihood, e.Customers, e.Repeaters)
	if e.Fallback != "" {
		fmt.Fprintf(out, "instead of what was asked for: %s\n", e.Fallback)
	}
	if s := e.Spend; s.Model == value.GammaGamma {
		fmt.Fprintf(out, "%s: p %.5g, q %.5g, v %.5g\n", s.Model, s.P, s.Q, s.V)
	} else {
		fmt.Fprintf(out, "spending by the %s, %.2f: %s\n", s.Model, s.Mean, s.Fallback)
	}
	switch h := e.Holdout; {
	case h == nil:
		fmt.Fprintln(out, "not tested: nothing was held out")
	case h.Reason != "":
		fmt.Fprintf(out, "not tested on the last %d days: %s\n", h.Days, h.Reason)
	default:
		fmt.Fprintf(out, "tested on the last %d days: %.1f purchases expected, %.0f came, %+.1f %%; mean absolute error %.3f a customer\n",
			h.Days, h.Expected, h.Actual, 100*h.Error, h.MeanAbsoluteError)
	}
}

func parameters(p value.Parameters) string {
	if p.S != 0 {
		return fmt.Sprintf("r %.5g, alpha %.5g, s %.5g, beta %.5g", p.R, p.Alpha, p.S, p.Beta)
	}
	return fmt.Sprintf("r %.5g, alpha %.5g, a %.5g, b %.5g", p.R, p.Alpha, p.A, p.B)
}

// purchaseBase answers what customers bought, once the tables hold all that is in the log by now.
func (s *server) purchaseBase(ctx context.Context, asked value.Fit) (value.Base, error) {
	head, err := s.store.Head(ctx)
	if err != nil {
		return value.Base{}, err
	}
	if err := s.reader.WaitFor(ctx, head); err != nil {
		return value.Base{}, err
	}
	return s.reader.PurchaseBase(ctx, asked)
}

// refitTime bounds a fit that nobody waits for.
const refitTime = 30 * time.Minute

// refitValue fits the model of value anew whenever so many days were closed since the last fit, or none was made yet. It
// leaves a log alone that holds only imported history. What cannot be fitted is tried again when another day is over.
func refitValue(ctx context.Context, s *server, logger *slog.Logger, everyDays int) {
	if everyDays == 0 {
		return
	}
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	var tried *domain.Day
	for {
		on, err := refitDue(ctx, s, everyDays)
		if err == nil && on != nil && (tried == nil || *tried < *on) {
			tried = on
			err = s.refit(ctx)
		}
		var refused *domain.Rejection
		switch {
		case errors.As(err, &refused):
			logger.Info("the model of value was not fitted", "reason", refused.Reason)
		case err != nil && !errors.Is(err, projections.ErrUnavailable) && ctx.Err() == nil:
			logger.Warn("fit the model of value", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// refitDue answers the last closed day if a fit is due by then, else nil.
func refitDue(ctx context.Context, s *server, everyDays int) (*domain.Day, error) {
	clock, err := s.reader.Clock(ctx)
	if err != nil || clock.LiveSince == nil || clock.LastClosedOn == nil {
		return nil, err
	}
	newest, fitted, err := s.commands.Newest(ctx, value.Stream)
	if err != nil {
		return nil, err
	}
	if fitted && *clock.LastClosedOn < newest.Event.(value.Fitted).AsOf+domain.Day(everyDays) {
		return nil, nil
	}
	return clock.LastClosedOn, nil
}

func (s *server) refit(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, refitTime)
	defer cancel()
	_, err := s.commands.ValueModel.Handle(ctx, commands.Request[value.State, value.Needs]{Stream: value.Stream, Command: value.Fit{},
		Metadata: domain.Metadata{Actor: "rapport", Source: "scheduler"}})
	return err
}
