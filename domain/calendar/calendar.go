// Package calendar is the log's own clock. That a day has passed is a fact like any other, so whatever
// depends on time gives the same answer at every rebuild.
package calendar

import "github.com/rapport-crm/rapport/domain"

// Stream holds the passing of the days.
const Stream = "calendar"

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State]
)

// State is the last day that was closed, if any was.
type State struct {
	Last   domain.Day
	Closed bool
}

// CloseDay asks to declare a day over, and with it every day before.
type CloseDay struct {
	Date domain.Day `json:"date"`
	// Today is the day that it is now in the business's time zone; whoever handles the command fills it in.
	Today domain.Day `json:"-"`
}

// Decide yields nothing for a day that is closed already, alone or by a later one.
func (c CloseDay) Decide(s *State) ([]Event, error) {
	switch {
	case c.Date > c.Today:
		return nil, ErrDayNotOver
	case s.Closed && c.Date <= s.Last:
		return nil, nil
	}
	return []Event{DayClosed{Date: c.Date}}, nil
}

// DayClosed is the fact that a day is over.
type DayClosed struct {
	Date domain.Day `json:"date"` // in the business's time zone
}

func (DayClosed) EventType() string { return "calendar.day_closed.v1" }

func (e DayClosed) Evolve(s *State) { *s = State{Last: e.Date, Closed: true} }

var ErrDayNotOver = &domain.Rejection{Kind: domain.Refused, Code: "day_not_over", Field: "date",
	Reason: "a day in the future cannot be closed"}
