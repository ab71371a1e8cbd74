package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/projections"
)

// parts answers the parts of a server that stand behind its schedules, in this process, at a time of its own.
func parts(t *testing.T, now *time.Time) *server {
	t.Helper()
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem(), Now: func() time.Time { return *now }})
	if err != nil {
		t.Fatal(err)
	}
	s := &server{store: log, codec: eventstore.NewCodec()}
	s.commands = commands.New(s.store, s.codec, commands.Options{Now: func() time.Time { return *now }, Purchases: s.purchaseBase})
	url := postgrestest.Database(t)
	s.engine = projections.NewEngine(projections.Config{Store: log, Codec: s.codec, DatabaseURL: url,
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if s.reader, err = projections.NewReader(t.Context(), url, s.engine); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.engine.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := errors.Join(<-ended, log.Close()); err != nil {
			t.Error(err)
		}
		s.reader.Close()
	})
	return s
}

// bought records on which days of the year customers bought.
func (s *server) bought(t *testing.T, customers int, day func(customer, n int) int, often func(customer int) int) {
	t.Helper()
	first := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
	for i := range customers {
		stream := customer.Stream(uuid.UUID{1, byte(i)})
		for n := range often(i) {
			p, err := s.codec.Encode(t.Context(), stream, uuid.New(), customer.PurchaseRecorded{PurchaseID: uuid.New(), Currency: "EUR", ReportingCurrency: "EUR",
				TotalMinor: 1000, ReportingTotalMinor: int64(1000 + 100*(i%9)), Lines: make([]customer.PurchasedLine, 1)},
				domain.Metadata{CommandID: uuid.New(), OccurredAt: first.AddDate(0, 0, day(i, n))})
			if err == nil {
				_, err = s.store.Append(t.Context(), stream, eventstore.Any, []eventstore.Proposed{p})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

func (s *server) close(t *testing.T, date string) {
	t.Helper()
	day, err := domain.ParseDay(date)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := s.commands.Calendar.Handle(t.Context(), commands.Request[calendar.State, calendar.Needs]{Stream: calendar.Stream,
		Command: calendar.CloseDay{Date: day}})
	if err == nil {
		err = s.reader.WaitFor(t.Context(), eventstore.Position(answer.Position))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// due answers the day on which a fit is due, for people.
func (s *server) due(t *testing.T) string {
	t.Helper()
	on, err := refitDue(t.Context(), s, 30)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(on)
}

func TestTheModelIsFittedAnewAfterSoManyClosedDays(t *testing.T) {
	now := time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC)
	s := parts(t, &now)
	often := []int{1, 1, 1, 1, 1, 2, 2, 3, 5, 12}
	s.bought(t, 200, func(i, n int) int { return i%50 + n*(2+i%6) }, func(i int) int { return often[i%10] })
	s.close(t, "2024-06-30")
	if got := s.due(t); got != "<nil>" {
		t.Errorf("a log that holds only what was imported is fitted on %s", got)
	}
	s.bought(t, 1, func(int, int) int { return 181 }, func(int) int { return 1 }) // 2024-06-30: live
	s.close(t, "2024-07-01")
	if got := s.due(t); got != "2024-07-01" {
		t.Errorf("the first fit is due on %s", got)
	}
	if err := s.refit(t.Context()); err != nil {
		t.Fatal(err)
	}
	newest, _, err := s.commands.Newest(t.Context(), value.Stream)
	if e, ok := newest.Event.(value.Fitted); err != nil || !ok || e.Customers != 200 || e.AsOf.String() != "2024-07-01" ||
		newest.Metadata.Source != "scheduler" {
		t.Errorf("%+v, %v", newest, err)
	}
	now = time.Date(2024, 8, 10, 0, 0, 0, 0, time.UTC)
	s.close(t, "2024-07-30")
	if got := s.due(t); got != "<nil>" {
		t.Errorf("29 days later it is due again on %s", got)
	}
	s.close(t, "2024-07-31")
	if got := s.due(t); got != "2024-07-31" {
		t.Errorf("30 days later it is due on %s", got)
	}
}
