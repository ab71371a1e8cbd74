package main

import (
	"context"
	"fmt"
	"log/slog"
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
		api, err := client.New("http://"+s.address, client.Options{})
		if err != nil {
			return err
		}
		inhabited, err := s.inhabited(ctx)
		if err == nil && !inhabited {
			_, err = demo.Load(ctx, api, demo.Options{Customers: c.Customers, Currency: c.currency()}, std.err)
		}
		if err != nil {
			return err
		}
		c.introduce(std, s)
		return nil
	})
}

func (c demoCmd) currency() domain.Currency {
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

// introduce says what to try next.
func (c demoCmd) introduce(std streams, s *server) {
	base := "http://" + s.address
	fmt.Fprintf(std.out, `
Rapport runs at %[1]s. Its customers are made up. Try next:

  The API, to read and try           %[1]s/docs
  Loyalty stages                     curl -s %[1]s/v1/loyalty/stages
  Who was won back                   curl -s '%[1]s/v1/loyalty/transitions?reason=won_back&limit=5'
  A segment and its members          curl -s %[1]s/v1/segments/big_spenders/members
  Your own segment                   curl -s -X PUT %[1]s/v1/segments/fans -H 'Content-Type: application/json' \
                                       -d '{"title":"Fans","rule":"orders_in(90) >= 3"}'
`, base)
	if s.postgresURLFile != "" {
		fmt.Fprintf(std.out, `  The tables, by SQL                 psql "$(cat '%[1]s')" -c 'SELECT * FROM crm.customer_360 ORDER BY net_revenue_minor DESC LIMIT 5'
  A customer's history, replayed     rapport replay --server %[2]s \
                                       "$(psql "$(cat '%[1]s')" -Atc 'SELECT customer_id FROM crm.customer_360 LIMIT 1')"
`, s.postgresURLFile, base)
	}
	fmt.Fprintln(std.out, "\nCtrl-C ends it; the data stays.")
}
