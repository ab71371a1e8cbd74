package calendar_test

import (
	"testing"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

type story = domaintest.Story[calendar.State]

func TestCalendar(t *testing.T) { domaintest.Tell(t, stories()) }

func TestRefusalsOverHTTP(t *testing.T) {
	apitest.Suite[calendar.State]{Stories: stories(), Stream: calendar.Stream, Now: domain.Day(102).Time()}.Refusals(t)
}

func stories() []story {
	closed := []calendar.Event{calendar.DayClosed{Date: 100}}
	return []story{
		{Name: "the first day", When: calendar.CloseDay{Date: 0, Today: 200},
			Then: []calendar.Event{calendar.DayClosed{Date: 0}}},
		{Name: "a day long ago", When: calendar.CloseDay{Date: -9000, Today: 200},
			Then: []calendar.Event{calendar.DayClosed{Date: -9000}}},
		{Name: "the next day", Given: closed, When: calendar.CloseDay{Date: 101, Today: 102},
			Then: []calendar.Event{calendar.DayClosed{Date: 101}}},
		{Name: "a later day closes those between", Given: closed, When: calendar.CloseDay{Date: 150, Today: 151},
			Then: []calendar.Event{calendar.DayClosed{Date: 150}}},
		{Name: "the same day again", Given: closed, When: calendar.CloseDay{Date: 100, Today: 102}},
		{Name: "an earlier day", Given: closed, When: calendar.CloseDay{Date: 99, Today: 102}},
		{Name: "today", Given: closed, When: calendar.CloseDay{Date: 102, Today: 102},
			Then: []calendar.Event{calendar.DayClosed{Date: 102}}},
		{Name: "tomorrow", Given: closed, When: calendar.CloseDay{Date: 103, Today: 102},
			Refused: calendar.ErrDayNotOver},
	}
}
