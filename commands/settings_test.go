package commands

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/eventstore"
)

func TestFirstPurchaseSettlesTheCurrency(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	handle(t, s, of(register()))
	nothing := purchase(1)
	nothing.Lines = nil
	refused(t, s, of(nothing), customer.ErrNothingBought) // and settles nothing
	pounds := purchase(2)
	pounds.Currency = "GBP"
	results := s.Customers.HandleAll(context.Background(), customer.Stream(alice), []request{
		{Command: purchase(1)}, {Command: pounds}})
	if results[0].Err != nil || !errors.Is(results[1].Err, customer.ErrRate) {
		t.Errorf("got %+v", results)
	}
	if diff := cmp.Diff([]string{"business.currency_set.v1"}, types(recorded(t, store, business.Stream))); diff != "" {
		t.Error(diff)
	}
	rate := decimal.MustParse("1.25")
	pounds.Rate = &rate
	handle(t, newService(store), of(pounds))
	last := recorded(t, store, customer.Stream(alice))[2].Event.(customer.PurchaseRecorded)
	if last.ReportingCurrency != "EUR" || last.TotalMinor != 700 || last.ReportingTotalMinor != 875 {
		t.Errorf("got %+v", last)
	}
}

func TestCurrencyIsSettledOnceAmongRivals(t *testing.T) {
	log := newLog(t)
	theirs := newService(log)
	store := &countingStore{Store: log}
	s := newService(store)
	handle(t, s, of(register()))
	store.before = func(ctx context.Context, stream string) error {
		store.before = nil // they are quicker, once
		return theirs.Settle(ctx, "GBP", "")
	}
	if _, err := s.Customers.Handle(context.Background(), of(purchase(1))); !errors.Is(err, customer.ErrRate) {
		t.Errorf("decided on other books than are kept: %v", err)
	}
	if n := len(recorded(t, store, customer.Stream(alice))); n != 1 {
		t.Errorf("%d events", n)
	}
	sameFold(t, s, customer.Stream(alice))
}

func TestSettle(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	for range 2 {
		if err := s.Settle(context.Background(), "EUR", "Europe/Berlin"); err != nil {
			t.Fatal(err)
		}
	}
	if err := newService(store).Settle(context.Background(), "", ""); err != nil {
		t.Error(err)
	}
	if err := newService(store).Settle(context.Background(), "GBP", "Europe/Berlin"); !errors.Is(err, business.ErrSettled) {
		t.Error(err)
	}
	if err := newService(store).Settle(context.Background(), "", "Mars"); !errors.Is(err, business.ErrTimeZone) {
		t.Error(err)
	}
	if n := len(recorded(t, store, business.Stream)); n != 2 {
		t.Errorf("%d events", n)
	}
}

func TestDaysEndWhereTheBusinessIs(t *testing.T) {
	may1, err := domain.ParseDay("2024-05-01")
	if err != nil {
		t.Fatal(err)
	}
	late := func() time.Time { return time.Date(2024, 5, 1, 22, 30, 0, 0, time.UTC) } // May 2 in Berlin
	closeDay := func(s *Service, d domain.Day) error {
		_, err := s.Calendar.Handle(context.Background(), Request[calendar.State, calendar.Needs]{Stream: calendar.Stream,
			Command: calendar.CloseDay{Date: d}})
		return err
	}
	utc := New(newLog(t), codec, Options{Now: late})
	if err := closeDay(utc, may1+1); !errors.Is(err, calendar.ErrDayNotOver) {
		t.Errorf("UTC: %v", err)
	}
	store := newLog(t)
	if err := newService(store).Settle(context.Background(), "", "Europe/Berlin"); err != nil {
		t.Fatal(err)
	}
	berlin := New(store, codec, Options{Now: late})
	if err := closeDay(berlin, may1+1); err != nil {
		t.Errorf("Berlin: %v", err)
	}
	if err := closeDay(berlin, may1+2); !errors.Is(err, calendar.ErrDayNotOver) {
		t.Errorf("Berlin: %v", err)
	}
}

func TestEnsureLadder(t *testing.T) {
	store := newLog(t)
	for range 2 {
		if err := newService(store).EnsureLadder(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	own := policy.Ladder{Stages: []policy.Stage{{Name: "known", Rule: "true"}}}
	s := newService(store)
	if _, err := s.Policies.Handle(context.Background(), Request[policy.State, policy.Needs]{Stream: policy.Stream(policy.LadderName),
		Command: policy.PublishLadder{Ladder: own}}); err != nil {
		t.Fatal(err)
	}
	if err := s.EnsureLadder(context.Background()); err != nil {
		t.Fatal(err)
	}
	newest, ok, err := s.Newest(context.Background(), policy.Stream(policy.LadderName))
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if got := newest.Event.(policy.Published); got.Version != 2 || len(got.Ladder.Stages) != 1 {
		t.Errorf("got %+v", got)
	}
	if _, ok, err := s.Newest(context.Background(), "policy-none"); ok || err != nil {
		t.Errorf("an empty stream: %t, %v", ok, err)
	}
}

func TestUnreachableLogIsNotARefusal(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	handle(t, s, of(register()))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := s.Customers.Handle(ctx, of(purchase(1)))
	var rejection *domain.Rejection
	if err == nil || errors.As(err, &rejection) {
		t.Errorf("got %v", err)
	}
	if _, err := s.Customers.Handle(context.Background(), request{Stream: "customer-" + uuid.Nil.String() +
		string(make([]byte, eventstore.MaxStreamName)), Command: register()}); !errors.Is(err, eventstore.ErrInvalid) {
		t.Errorf("got %v", err)
	}
}
