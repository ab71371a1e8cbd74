package bench

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// touchpoints of a busy customer.
const touchpoints = 10_000

// busy compares commands on a customer with a long history with the first purchases of new customers, one at a
// time and in turns.
func (r *run) busy(ctx context.Context) error {
	pairs := r.scaled(50) // over HTTP; as many again in process
	bought, err := purchases()
	if err != nil {
		return err
	}
	busy := uuid.New()
	err = r.serve(ctx, "busy", func(ctx context.Context, s *Server) error {
		if err := live(ctx, s.Commands, busy, touchpoints, bought); err != nil {
			return err
		}
		if err := s.caughtUp(ctx); err != nil {
			return err
		}
		fresh, past := newcomers(2 * pairs)
		if err := s.inhabit(ctx, past); err != nil {
			return err
		}
		if err := r.compareBusy(ctx, s, busy, fresh[:pairs], bought); err != nil {
			return err
		}
		return r.compareBusyInProcess(ctx, s, busy, fresh[pairs:], bought)
	})
	if err != nil {
		return err
	}
	return r.serve(ctx, "busy", func(ctx context.Context, s *Server) error {
		c, err := dial(ctx, s.Address)
		if err != nil {
			return err
		}
		defer hangUp([]*connection{c})
		began := time.Now()
		if err := c.expect(http.StatusCreated, bought[0].appendRequest(nil, []byte(busy.String()))); err != nil {
			return err
		}
		r.report.set("busy_customer.cold_ms", ms(time.Since(began)))
		return nil
	})
}

// live gives a customer a history of so many touchpoints, half of them purchases, ten a day, which ends now.
func live(ctx context.Context, service *commands.Service, id uuid.UUID, touchpoints int, bought []purchase) error {
	requests := make([]commands.Request[customer.State, customer.Needs], touchpoints)
	at := time.Now().Add(-time.Duration(touchpoints) * 24 * time.Hour / 10)
	for i := range requests {
		request := &requests[i]
		request.Metadata = domain.Metadata{Source: "bench", OccurredAt: at.Add(time.Duration(i) * 24 * time.Hour / 10)}
		switch {
		case i == 0:
			request.Command = customer.Register{Kind: customer.Organisation, Country: "DE"}
		case i%2 == 0:
			request.Command = customer.RecordInteraction{InteractionID: uuid.New(), Kind: "call", Direction: customer.Inbound}
		default:
			request.Command = bought[i%len(bought)].anew()
		}
	}
	for _, result := range service.Customers.HandleAll(ctx, customer.Stream(id), requests) {
		if result.Err != nil {
			return fmt.Errorf("make a customer with a history: %w", result.Err)
		}
	}
	return nil
}

// compareBusy sends commands over HTTP. The read models catch up between any two.
func (r *run) compareBusy(ctx context.Context, s *Server, busy uuid.UUID, fresh []uuid.UUID, bought []purchase) error {
	c, err := dial(ctx, s.Address)
	if err != nil {
		return err
	}
	defer hangUp([]*connection{c})
	var request []byte
	once := func(id uuid.UUID, p *purchase) (answer, visible time.Duration, err error) {
		request = p.appendRequest(request[:0], []byte(id.String()))
		began := time.Now()
		if err := c.expect(http.StatusCreated, request); err != nil {
			return 0, 0, err
		}
		answered := time.Now()
		err = s.caughtUp(ctx)
		return answered.Sub(began), time.Since(answered), err
	}
	var took, newTook, visible, newVisible []time.Duration
	advance, end := r.progress("busy customer", len(fresh))
	defer end()
	for i, id := range fresh {
		p := &bought[i%len(bought)]
		a, v, err := once(busy, p)
		if err != nil {
			return err
		}
		took, visible = append(took, a), append(visible, v)
		if a, v, err = once(id, p); err != nil {
			return err
		}
		newTook, newVisible = append(newTook, a), append(newVisible, v)
		advance(1)
	}
	r.report.set("busy_customer.ratio_to_new", ms(median(took))/ms(median(newTook)))
	r.report.set("busy_customer.ms", ms(median(took)))
	r.report.set("busy_customer.new_ms", ms(median(newTook)))
	r.report.set("busy_customer.visible_ratio_to_new", ms(median(visible))/ms(median(newVisible)))
	return nil
}

func (r *run) compareBusyInProcess(ctx context.Context, s *Server, busy uuid.UUID, fresh []uuid.UUID, bought []purchase) error {
	once := func(id uuid.UUID, p *purchase) (time.Duration, error) {
		began := time.Now()
		_, err := s.Commands.Customers.Handle(ctx, commands.Request[customer.State, customer.Needs]{Stream: customer.Stream(id), Command: p.anew()})
		took := time.Since(began)
		if err != nil {
			return 0, err
		}
		return took, s.caughtUp(ctx)
	}
	var took, newTook []time.Duration
	for i, id := range fresh {
		p := &bought[i%len(bought)]
		a, err := once(busy, p)
		if err != nil {
			return err
		}
		b, err := once(id, p)
		if err != nil {
			return err
		}
		took, newTook = append(took, a), append(newTook, b)
	}
	r.report.set("busy_customer.in_process_ratio_to_new", ms(median(took))/ms(median(newTook)))
	return nil
}
