package calendar_test

import (
	"testing"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

type story = domaintest.Story[calendar.State, calendar.Needs]

func TestCalendar(t *testing.T) { domaintest.Tell(t, stories()) }

func TestRefusalsOverHTTP(t *testing.T) {
	apitest.Suite[calendar.State, calendar.Needs]{Stories: stories(), Stream: calendar.Stream, Now: domain.Day(102).Time()}.Refusals(t)
}

// on asks to close a day on another.
func on(today, date domain.Day) calendar.Command {
	return domaintest.In(calendar.CloseDay{Date: date}, func(g *calendar.Given) { g.Now = today.Time() })
}

func stories() []story {
	closed := []calendar.Event{calendar.DayClosed{Date: 100}}
	return []story{
		{Name: "the first day", When: on(200, 0),
			Then: []calendar.Event{calendar.DayClosed{Date: 0}}},
		{Name: "a day long ago", When: on(200, -9000),
			Then: []calendar.Event{calendar.DayClosed{Date: -9000}}},
		{Name: "the next day", Given: closed, When: on(102, 101),
			Then: []calendar.Event{calendar.DayClosed{Date: 101}}},
		{Name: "a later day closes those between", Given: closed, When: on(151, 150),
			Then: []calendar.Event{calendar.DayClosed{Date: 150}}},
		{Name: "the same day again", Given: closed, When: on(102, 100)},
		{Name: "an earlier day", Given: closed, When: on(102, 99)},
		{Name: "today", Given: closed, When: on(102, 102),
			Then: []calendar.Event{calendar.DayClosed{Date: 102}}},
		{Name: "tomorrow", Given: closed, When: on(102, 103),
			Refused: calendar.ErrDayNotOver},
	}
}
