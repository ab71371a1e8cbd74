package bench

import (
	"context"
	"net/http"
	"time"
)

// sustained loads a server fully for ten minutes, as they are when measuring takes ten seconds, and compares the tenth with
// the second.
func (r *run) sustained(ctx context.Context) error {
	const minutes = 10
	bought, err := purchases()
	if err != nil {
		return err
	}
	return r.serve(ctx, "sustained", func(ctx context.Context, s *Server) error {
		customers, past := regulars(max(connections, min(5000, r.scaled(5000))), bought)
		if err := s.inhabit(ctx, past); err != nil {
			return err
		}
		senders, err := bareConnections(ctx, s.Address, connections)
		if err != nil {
			return err
		}
		defer hangUpAll(senders)
		l := &load{status: http.StatusCreated, senders: senders, customers: customers, purchases: bought}
		advance, end := r.progress("full load", minutes)
		defer end()
		var rates [minutes]float64
		for n := range rates {
			began := time.Now()
			done, err := l.send(ctx, time.Duration(6*r.Seconds*float64(time.Second)))
			if err != nil {
				return err
			}
			rates[n] = perSecond(done.requests, time.Since(began))
			advance(1)
		}
		answered := time.Now()
		if err := s.caughtUpWithin(ctx, patience); err != nil {
			return err
		}
		r.report.set("scale.sustained_per_s", rates[minutes-1])
		r.report.set("scale.sustained_ratio", rates[minutes-1]/rates[1])
		r.report.set("scale.sustained_lag_ms", ms(time.Since(answered)))
		return nil
	})
}
