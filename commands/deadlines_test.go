package commands

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
)

func closing(day domain.Day) Request[calendar.State, calendar.Needs] {
	return Request[calendar.State, calendar.Needs]{Stream: calendar.Stream, Command: calendar.CloseDay{Date: day}}
}

// promised is a customer with promises due on three days, made ten days ago; service handled them.
func promised(t *testing.T, s *Service, today domain.Day) {
	t.Helper()
	handle(t, s, of(register()))
	for i := range 3 {
		r := of(customer.MakePromise{PromiseID: uuid.UUID{0: 1, 15: byte(i)}, What: "a call", DueOn: today - 9 + domain.Day(i)})
		r.Metadata.OccurredAt = noon.AddDate(0, 0, -10)
		handle(t, s, r)
	}
}

func broken(t *testing.T, s *Service) (days []string) {
	t.Helper()
	for _, r := range recorded(t, s.log.store, customer.Stream(alice)) {
		if e, ok := r.Event.(customer.PromiseBroken); ok && e.Overdue {
			days = append(days, r.Metadata.OccurredAt.Format(time.DateTime))
		}
	}
	return days
}

func TestWhatFellDueIsRecordedWhenItsDayIsClosed(t *testing.T) {
	s := newService(newLog(t))
	today := domain.DayOf(noon, time.UTC)
	promised(t, s, today)
	for _, c := range []struct {
		close domain.Day
		want  []string
	}{
		{today - 10, nil},
		{today - 9, []string{"2024-04-22 23:59:59"}},
		{today - 9, []string{"2024-04-22 23:59:59"}},
		// Two days at once: each promise is broken at the end of its own day.
		{today - 1, []string{"2024-04-22 23:59:59", "2024-04-23 23:59:59", "2024-04-24 23:59:59"}},
	} {
		if _, err := s.Calendar.Handle(context.Background(), closing(c.close)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, broken(t, s)); diff != "" {
			t.Errorf("after %s was closed:\n%s", c.close, diff)
		}
	}
}

func TestDeadlinesOfCustomersNotSeenYet(t *testing.T) {
	store := newLog(t)
	today := domain.DayOf(noon, time.UTC)
	promised(t, newService(store), today)
	s := newService(store)
	if _, err := s.Calendar.Handle(context.Background(), closing(today-8)); err != nil {
		t.Fatal(err)
	}
	if days := broken(t, s); len(days) != 0 {
		t.Fatalf("the service knew what it cannot know: %v", days)
	}
	s.Expect(customer.Stream(alice), today-9)
	s.Expect(customer.Stream(uuid.UUID{1}), today-9) // mistaken: nothing is due
	if err := s.PassDay(context.Background()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"2024-04-22 23:59:59", "2024-04-23 23:59:59"}, broken(t, s)); diff != "" {
		t.Error(diff)
	}
}
