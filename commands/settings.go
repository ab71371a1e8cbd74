package commands

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/policy"
)

// settings are those of the business, as far as they are settled: then they never change.
type settings struct {
	currency atomic.Pointer[domain.Currency]
	zone     atomic.Pointer[time.Location]
}

// books is who knows the reporting currency.
type books interface {
	// settled answers the currency of the books as far as this process knows it.
	settled() domain.Currency
	// reporting answers the currency of the books; empty while they have none.
	reporting(context.Context) (domain.Currency, error)
	// settle keeps the books in a currency from now on; errOtherBooks when they are kept in another.
	settle(context.Context, domain.Currency) error
}

// inBooks fills in the currency of the books. While none is settled, it is that of a priced command, and settles
// tells which that is.
func (d *decision[S, N]) inBooks(ctx context.Context, g *domain.Given[N]) (settles domain.Currency, err error) {
	priced := g.Needs.Common().Priced
	if priced == "" {
		g.Reporting = d.handler.books.settled()
		return "", nil
	}
	if !d.asked {
		if d.reporting, err = d.handler.books.reporting(ctx); err != nil {
			return "", err
		}
		d.asked = true
	}
	if g.Reporting = d.reporting; g.Reporting == "" {
		g.Reporting, settles = priced, priced
	}
	return settles, nil
}

func (s *Service) settled() domain.Currency {
	if known := s.settings.currency.Load(); known != nil {
		return *known
	}
	return ""
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
	_, err := s.Business.Handle(ctx, Request[business.State, business.Needs]{Stream: business.Stream,
		Command: business.SetCurrency{Currency: c}, Metadata: system()})
	if errors.Is(err, business.ErrSettled) {
		return errOtherBooks
	}
	if err == nil {
		s.settings.currency.Store(&c)
	}
	return err
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
	var requests []Request[business.State, business.Needs]
	if c != "" {
		requests = append(requests, Request[business.State, business.Needs]{Metadata: system(),
			Command: business.SetCurrency{Currency: c}})
	}
	if zone != "" {
		requests = append(requests, Request[business.State, business.Needs]{Metadata: system(),
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
	_, err := s.Policies.Handle(ctx, Request[policy.State, policy.Needs]{Stream: policy.Stream(policy.LadderName),
		Command: policy.PublishLadder{Ladder: policy.DefaultLadder()}, Metadata: system(), onlyFirst: true})
	return err
}
