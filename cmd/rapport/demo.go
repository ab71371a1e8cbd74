package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/demo"
)

type demoCmd struct {
	serveCmd
	Customers int `help:"How many customers to make up." default:"500"`
}

func (c demoCmd) Run(ctx context.Context, std streams, logger *slog.Logger) error {
	return c.serve(ctx, logger, func(ctx context.Context, s *server) error {
		if !s.open(ctx) {
			return errors.New("tokens were issued for this data directory: use rapport serve, or give the demo a --data of its own")
		}
		api, err := client.New(s.url(), client.Options{})
		if err != nil {
			return err
		}
		customers := "the customers that were there"
		inhabited, err := s.inhabited(ctx)
		if err == nil && !inhabited {
			customers = fmt.Sprintf("%d customers that are made up", c.Customers)
			_, err = demo.Load(ctx, api, demo.Options{Customers: c.Customers, Currency: c.currency(), Departments: true}, std.err)
		}
		if err == nil {
			err = s.shown(ctx)
		}
		if err != nil {
			return err
		}
		introduce(ctx, std.out, s, customers)
		return nil
	})
}

// makeUp makes up a shop when the console asks for it.
func (c serveCmd) makeUp(s *server) func(context.Context, *client.Client, io.Writer) error {
	return func(ctx context.Context, api *client.Client, progress io.Writer) error {
		done, err := demo.Load(ctx, api, demo.Options{Customers: madeUpCustomers, Currency: c.currency(), Departments: true}, progress)
		if err == nil {
			err = done.FirstRefusal
		}
		if err == nil {
			err = s.shown(ctx)
		}
		return err
	}
}

// madeUpCustomers is how many customers a made-up shop has.
const madeUpCustomers = 500

// shown waits until the tables show what was made up, and guidance has recommended what there is to do.
func (s *server) shown(ctx context.Context) error {
	if err := s.caughtUp(ctx); err != nil {
		return err
	}
	return s.advised(ctx)
}

func (c serveCmd) currency() domain.Currency {
	if c.Currency == "" {
		return "EUR"
	}
	return domain.Currency(c.Currency)
}

// inhabited tells whether the log knows any customer: then nobody is made up.
func (s *server) inhabited(ctx context.Context) (bool, error) {
	for r, err := range s.store.ReadAll(ctx, 0) {
		if err != nil || strings.HasPrefix(r.Stream, customer.StreamPrefix) {
			return err == nil, err
		}
	}
	return false, nil
}

// caughtUp waits until the tables hold what the log holds now, and everybody is judged by its rules.
func (s *server) caughtUp(ctx context.Context) error {
	head, err := s.store.Head(ctx)
	if err != nil {
		return err
	}
	return s.reader.WaitJudged(ctx, head)
}

// introduce says what to try next: commands for a shell, each under what it shows.
func introduce(ctx context.Context, w io.Writer, s *server, customers string) {
	base := s.url()
	fmt.Fprintf(w, `
Open the console in a browser: %[1]s/

Rapport serves %[1]s, with %[2]s.
The API is described at %[1]s/docs. Try next:

  # How many customers stand on each stage of loyalty
  curl -s %[1]s/v1/loyalty/stages

  # Who was won back, and by what
  curl -s '%[1]s/v1/loyalty/transitions?reason=won_back&limit=5'

  # The members of a segment
  curl -s '%[1]s/v1/segments/big_spenders/members?limit=5'

  # What guidance recommends, and what came of it
  curl -s %[1]s/v1/guidance

  # A segment of your own
  curl -s -X PUT %[1]s/v1/segments/fans -H 'Content-Type: application/json' -d '{"title":"Fans","rule":"orders_in(90) >= 3"}'
`, base, customers)
	if s.analystURLFile != "" {
		fmt.Fprintf(w, `
  # The best customers, by SQL
  %[1]s -c 'SELECT name, stage, orders, net_revenue_minor FROM crm.customer_360 ORDER BY net_revenue_minor DESC LIMIT 5'

  # What colleagues are recommended to do, and why
  %[1]s -c "SELECT assignee, action, evidence FROM crm.recommendation WHERE state = 'open' ORDER BY expected_minor DESC NULLS LAST LIMIT 5"

  # The history of one of them, replayed from the log
  %[2]s replay --server %[3]s "$(%[1]s -Atc 'SELECT customer_id FROM crm.customer_360 ORDER BY orders DESC LIMIT 1')"
`, s.psql(ctx), os.Args[0], base)
	}
	fmt.Fprintln(w, "\nCtrl-C ends it; the data stays.")
}
