package bench

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
)

// sealing compares commands on a server that seals what is personal with the same on one that does not, side by
// side. Read models keep up.
func (r *run) sealing(ctx context.Context) error {
	bought, err := purchases()
	if err != nil {
		return err
	}
	customers, past := regulars(connections*r.scaled(15), bought)
	return r.serve(ctx, "sealed", func(ctx context.Context, sealed *Server) error {
		if err := sealed.inhabit(ctx, past); err != nil {
			return err
		}
		return r.serveUnsealed(ctx, "unsealed", func(ctx context.Context, open *Server) error {
			if err := open.inhabit(ctx, past); err != nil {
				return err
			}
			for _, asked := range []struct {
				figure  string
				request func(n int, customer string) []byte
			}{
				{"commands.ratio_sealed", func(n int, customer string) []byte {
					p := &bought[n%len(bought)]
					return p.appendRequest(nil, []byte(customer))
				}},
				{"commands.ratio_sealed_interactions", interaction},
				{"commands.ratio_sealed_registrations", registration},
			} {
				ratio, err := r.compareSealing(ctx, sealed, open, customers, asked.request)
				if err != nil {
					return fmt.Errorf("%s: %w", asked.figure, err)
				}
				r.report.set(asked.figure, ratio)
			}
			return nil
		})
	})
}

// compareSealing sends the same kind of commands to both servers in turns and answers the ratio of the rates.
func (r *run) compareSealing(ctx context.Context, sealed, open *Server, customers []uuid.UUID,
	request func(n int, customer string) []byte) (float64, error) {
	advance, end := r.progress("commands, sealed and not", rounds+warmUps)
	defer end()
	var ratios []float64
	for round := range rounds + warmUps {
		var rates [2]float64
		for i, s := range []*Server{sealed, open} {
			began := time.Now()
			done, err := s.flood(ctx, r.share(10), customers, request)
			if err == nil {
				err = s.caughtUp(ctx)
			}
			if err != nil {
				return 0, err
			}
			rates[i] = perSecond(done, time.Since(began))
		}
		advance(1)
		if round >= warmUps {
			ratios = append(ratios, rates[0]/rates[1])
		}
	}
	return median(ratios), nil
}

// flood sends commands over as many bare connections as there are apps, and answers how many there were.
func (s *Server) flood(ctx context.Context, during time.Duration, customers []uuid.UUID,
	request func(n int, customer string) []byte) (int, error) {
	senders, err := dialAll(ctx, s.Address, connections)
	if err != nil {
		return 0, err
	}
	defer hangUp(senders)
	group, ctx := errgroup.WithContext(ctx)
	sent, each := make([]int, len(senders)), len(customers)/len(senders)
	end := time.Now().Add(during)
	for i, c := range senders {
		group.Go(func() error {
			for n := 0; time.Now().Before(end) && ctx.Err() == nil; n++ {
				if err := c.expect(http.StatusCreated, request(n, customers[i*each+n%each].String())); err != nil {
					return err
				}
				sent[i]++
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	total := 0
	for _, n := range sent {
		total += n
	}
	return total, nil
}

// said is what somebody tells on the phone, of a usual length.
var said = strings.Repeat("The parcel came on Monday, but one of the boxes was open. ", 4)

// interaction is a request that records one with a text.
func interaction(_ int, customer string) []byte {
	return post("/v1/customers/"+customer+"/interactions", fmt.Sprintf(
		`{"interaction_id":"%s","kind":"call","direction":"inbound","subject":"delivery","text":"%s"}`, uuid.New(), said))
}

// registration is a request that registers somebody by name.
func registration(n int, _ string) []byte {
	return post("/v1/customers", fmt.Sprintf(`{"customer_id":"%s","kind":"person","name":"Zoë Example the %dth","country":"DE"}`,
		uuid.New(), n))
}

func post(path, body string) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, len(body), body)
}
