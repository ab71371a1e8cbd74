package commands

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/customer"
)

// A clock that runs out at four in the morning of Tokyo runs out on the day before in Greenwich. It is breached when
// Tokyo's day is over, not before it ran out.
func TestAClockRunsOutOnADayOfTheBusiness(t *testing.T) {
	s := newService(newLog(t))
	_, err := s.Business.Handle(context.Background(), Request[business.State, business.Needs]{Stream: business.Stream,
		Command: business.SetTimeZone{TimeZone: "Asia/Tokyo"}})
	if err != nil {
		t.Fatal(err)
	}
	handle(t, s, of(register()))
	r := of(customer.OpenCase{CaseID: uuid.UUID{1}, Type: customer.Incident, Priority: customer.Normal})
	r.Metadata.OccurredAt = time.Date(2024, 4, 20, 11, 0, 0, 0, time.UTC) // 20:00 in Tokyo; 8 hours to respond
	handle(t, s, r)
	breaches := func() (days []string) {
		for _, r := range recorded(t, s.log.store, customer.Stream(alice)) {
			if e, ok := r.Event.(customer.CaseBreached); ok {
				days = append(days, string(e.Clock)+" "+r.Metadata.OccurredAt.Format(time.DateTime))
			}
		}
		return days
	}
	saturday, err := domain.ParseDay("2024-04-20")
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range [][]string{nil, {"response 2024-04-21 14:59:59"}, {"response 2024-04-21 14:59:59"},
		{"response 2024-04-21 14:59:59", "resolution 2024-04-23 14:59:59"}} {
		if _, err := s.Calendar.Handle(context.Background(), closing(saturday+domain.Day(day))); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, breaches()); diff != "" {
			t.Errorf("after %s was closed:\n%s", saturday+domain.Day(day), diff)
		}
	}
}
