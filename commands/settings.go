package commands

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/policy"
)

// settings are those of the business, as far as they are settled: then they never change.
type settings struct {
	currency atomic.Pointer[domain.Currency]
	zone     atomic.Pointer[time.Location]
}

// priced is a command whose amounts go into the books.
type priced[S any] interface {
	Priced() domain.Currency
	Reported(in domain.Currency) domain.CommandOf[S]
}

// books is who knows the reporting currency.
type books interface {
	// reporting answers the currency of the books; empty while they have none.
	reporting(context.Context) (domain.Currency, error)
	// settle keeps the books in a currency from now on; errOtherBooks when they are kept in another.
	settle(context.Context, domain.Currency) error
}

// inBooks answers the command for the books as they are kept. While no currency is settled, it is the
// command's own, and settles tells which that is.
func (d *decision[S]) inBooks(ctx context.Context, c domain.CommandOf[S]) (_ domain.CommandOf[S],
	settles domain.Currency, err error) {
	p, ok := c.(priced[S])
	if !ok {
		return c, "", nil
	}
	if !d.asked {
		if d.reporting, err = d.handler.books.reporting(ctx); err != nil {
			return nil, "", err
		}
		d.asked = true
	}
	if d.reporting == "" {
		return p.Reported(p.Priced()), p.Priced(), nil
	}
	return p.Reported(d.reporting), "", nil
}

func (s *Service) reporting(ctx context.Context) (domain.Currency, error) {
	if known := s.settings.currency.Load(); known != nil {
		return *known, nil
	}
	if err := s.readSettings(ctx); err != nil {
		return "", err
	}
	if known := s.settings.currency.Load(); known != nil {
		return *known, nil
	}
	return "", nil
}

func (s *Service) settle(ctx context.Context, c domain.Currency) error {
	_, err := s.Business.Handle(ctx, Request[business.State]{Stream: business.Stream,
		Command: business.SetCurrency{Currency: c}, Metadata: system()})
	if errors.Is(err, business.ErrSettled) {
		return errOtherBooks
	}
	if err == nil {
		s.settings.currency.Store(&c)
	}
	return err
}

// today fills in the day that it is now where the business is.
func (s *Service) today(ctx context.Context, c calendar.Command) (calendar.Command, error) {
	day, ok := c.(calendar.CloseDay)
	if !ok {
		return c, nil
	}
	zone, err := s.zone(ctx)
	if err != nil {
		return nil, err
	}
	day.Today = domain.DayOf(s.log.now(), zone)
	return day, nil
}

// zone answers the time zone in which days are counted.
func (s *Service) zone(ctx context.Context) (*time.Location, error) {
	if known := s.settings.zone.Load(); known != nil {
		return known, nil
	}
	if err := s.readSettings(ctx); err != nil {
		return nil, err
	}
	if known := s.settings.zone.Load(); known != nil {
		return known, nil
	}
	return time.UTC, nil
}

func (s *Service) readSettings(ctx context.Context) error {
	var now business.State
	if err := s.Business.view(ctx, business.Stream, func(b *business.State) { now = *b }); err != nil {
		return err
	}
	if now.Currency != "" {
		s.settings.currency.Store(&now.Currency)
	}
	if now.TimeZone == "" {
		return nil
	}
	zone, err := time.LoadLocation(now.TimeZone)
	if err != nil {
		return err
	}
	s.settings.zone.Store(zone)
	return nil
}

// Settle keeps the books in a currency and counts days in a time zone (IANA name) from now on; an empty one
// is left open. It is refused when they were settled otherwise before.
func (s *Service) Settle(ctx context.Context, c domain.Currency, zone string) error {
	var requests []Request[business.State]
	if c != "" {
		requests = append(requests, Request[business.State]{Metadata: system(),
			Command: business.SetCurrency{Currency: c}})
	}
	if zone != "" {
		requests = append(requests, Request[business.State]{Metadata: system(),
			Command: business.SetTimeZone{TimeZone: zone}})
	}
	var errs []error
	for _, result := range s.Business.HandleAll(ctx, business.Stream, requests) {
		errs = append(errs, result.Err)
	}
	return errors.Join(errs...)
}

// EnsureLadder publishes the default loyalty ladder unless one was ever published.
func (s *Service) EnsureLadder(ctx context.Context) error {
	_, err := s.Policies.Handle(ctx, Request[policy.State]{Stream: policy.Stream(policy.LadderName),
		Command: policy.PublishLadder{Ladder: policy.DefaultLadder()}, Metadata: system(), onlyFirst: true})
	return err
}
