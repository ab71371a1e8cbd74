package bench

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
)

const (
	connections = 64
	rounds      = 6
	warmUps     = 1 // rounds before those that count
)

// commands compares purchases over HTTP, durable when they are answered and followed by the read models, with
// what the same requests cost when they lead to nothing.
func (r *run) commands(ctx context.Context) error {
	return r.serve(ctx, "commands", func(ctx context.Context, s *Server) error {
		bought, err := purchases()
		if err != nil {
			return err
		}
		customers, past := regulars(connections*r.scaled(15), bought)
		if err := s.inhabit(ctx, past); err != nil {
			return err
		}
		nothing, end, err := serveNothing()
		if err != nil {
			return err
		}
		defer end()
		empty := &load{status: http.StatusOK, customers: customers, purchases: bought}
		durable := &load{status: http.StatusCreated, customers: customers, purchases: bought}
		empty.senders, durable.senders = apps(nothing, connections), apps(s.Address, connections)
		if err := r.compare(ctx, s, durable, empty, "commands.ratio_to_empty_handler", r.reportCommands); err != nil {
			return err
		}
		hangUpAll(empty.senders)
		hangUpAll(durable.senders)
		if empty.senders, err = bareConnections(ctx, nothing, connections); err != nil {
			return err
		}
		defer hangUpAll(empty.senders)
		if durable.senders, err = bareConnections(ctx, s.Address, connections); err != nil {
			return err
		}
		defer hangUpAll(durable.senders)
		return r.compare(ctx, s, durable, empty, "commands.bare_ratio_to_empty_handler", r.reportBareCommands)
	})
}

// compared is what two loads in turns came to.
type compared struct {
	perS, emptyPerS []float64
	lags, took      []time.Duration
}

// compare sends both loads in turns, in many short rounds, and reports the ratio under a name.
func (r *run) compare(ctx context.Context, s *Server, durable, empty *load, name string, report func(compared)) error {
	var ratios []float64
	var c compared
	advance, end := r.progress("commands over HTTP", rounds+warmUps)
	defer end()
	for round := range rounds + warmUps {
		began := time.Now()
		base, err := empty.send(ctx, r.share(20))
		if err != nil {
			return fmt.Errorf("empty handler: %w", err)
		}
		baseRate := perSecond(base.requests, time.Since(began))

		began = time.Now()
		done, err := durable.send(ctx, r.share(5))
		if err != nil {
			return err
		}
		answered := time.Now()
		if err := s.caughtUp(ctx); err != nil {
			return err
		}
		rate := perSecond(done.requests, time.Since(began))
		advance(1)
		if round < warmUps {
			continue
		}
		ratios, c.perS, c.emptyPerS = append(ratios, rate/baseRate), append(c.perS, rate), append(c.emptyPerS, baseRate)
		c.lags, c.took = append(c.lags, time.Since(answered)), append(c.took, done.took...)
	}
	r.report.set(name, median(ratios))
	report(c)
	return nil
}

func (r *run) reportCommands(c compared) {
	r.report.set("commands.per_s", median(c.perS))
	r.report.set("commands.empty_per_s", median(c.emptyPerS))
	r.report.set("commands.p50_ms", ms(median(c.took)))
	r.report.set("commands.p99_ms", ms(quantile(c.took, 0.99)))
	r.report.set("commands.lag_ms", ms(median(c.lags)))
}

func (r *run) reportBareCommands(c compared) {
	r.report.set("commands.bare_per_s", median(c.perS))
	r.report.set("commands.bare_empty_per_s", median(c.emptyPerS))
}

// serveNothing serves the route of purchases by a handler that reads the body and answers 200 without one.
func serveNothing() (address string, end func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	router := chi.NewRouter()
	router.Post("/v1/customers/{customer_id}/purchases", func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // a body that ends early shows at the sender
	})
	web := &http.Server{Handler: router, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = web.Serve(listener) }() // a server that fails shows at the senders
	return listener.Addr().String(), func() { web.Close() }, nil
}
