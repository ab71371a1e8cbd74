// Package calendar is the log's own clock. That a day has passed is a fact like any other, so whatever
// depends on time gives the same answer at every rebuild.
package calendar

import "github.com/rapport-crm/rapport/domain"

// Stream holds the passing of the days.
const Stream = "calendar"

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Needs   = domain.Needs
	Given   = domain.Given[Needs]
)

// State is the last day that was closed, if any was.
type State struct {
	Last   domain.Day
	Closed bool
}

// Guard implements domain.StateOf: every command may be the first.
func (s *State) Guard(domain.Needs) error { return nil }

// CloseDay asks to declare a day over, and with it every day before.
type CloseDay struct {
	Date domain.Day `json:"date"`
}

func (CloseDay) Needs() Needs { return Needs{Founds: true} }

// Decide yields nothing for a day that is closed already, alone or by a later one.
func (c CloseDay) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.Date > g.Today():
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

func (e DayClosed) Evolve(s *State, _ domain.Metadata) { *s = State{Last: e.Date, Closed: true} }

var ErrDayNotOver = &domain.Rejection{Kind: domain.Refused, Code: "day_not_over", Field: "date",
	Reason: "a day in the future cannot be closed"}
