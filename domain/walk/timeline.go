// Package walk goes through what happened to one person, in the order in which it happened, and judges them by the
// rules that held on each day. It is pure, and the one clock of days and rules: the read models, the history of a
// customer and what is asked as of a day all walk. It must not know where facts are read or rows are written.
//
// A person's walk is a function of their facts, of the rules with the days from which they hold, and of the business
// date. Neither the order in which facts were recorded nor how often the walk was interrupted shows.
package walk

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/value"
)

// Always is the day from which a rule holds that came before anything had happened.
const Always = domain.Day(math.MinInt32)

// liveWithin is how soon something must be recorded for the log to count as following live business.
const liveWithin = 48 * time.Hour

// Rules are those in force at a place of the timeline. They never change: what comes makes others.
type Rules struct {
	judgement.Rules
	Costs *policy.Costs // of activities; nil before any are in force
}

// Entry is a change of the rules.
type Entry struct {
	// From is the business day at whose end the change holds, after all that happened on it.
	From     domain.Day
	Position uint64 // in the log
	Rules    *Rules // from here on

	what    change
	scale   judgement.Scale
	segment string
	rule    *judgement.Segment // of the segment; holds for nobody where it was retired
}

type change int

const (
	changedCosts change = iota
	changedLadder
	changedSegment
	changedModel
)

// Timeline is what the log says of all customers at once, as far as it was read: the time zone, the business date, and
// the rules with the days from which they hold.
type Timeline struct {
	Zone     *time.Location
	Currency domain.Currency // of the books; empty until it is settled
	// Closed is the last closed day; Newest the newest day on which something of a customer happened; LiveSince the
	// first day whose happenings were recorded within two days. Each is nil until there is one.
	Closed, Newest, LiveSince *domain.Day
	// Date is the business date, once Started: the last closed day, or the newest day while none was closed.
	Date    domain.Day
	Started bool
	Entries []Entry
	// Rewound counts how often the business date went back, so that all must be walked anew. That happens once at the
	// most: when the first closed day lies before the newest day.
	Rewound int
}

// NewTimeline returns the timeline of an empty log.
func NewTimeline() *Timeline { return &Timeline{Zone: time.UTC} }

// Rules returns the rules in force after all entries so far.
func (t *Timeline) Rules() *Rules { return t.after(len(t.Entries)) }

var none = &Rules{Rules: judgement.Rules{Segments: map[string]*judgement.Segment{}}}

func (t *Timeline) after(entries int) *Rules {
	if entries == 0 {
		return none
	}
	return t.Entries[entries-1].Rules
}

// DayOf returns the business day of a moment.
func (t *Timeline) DayOf(at time.Time) domain.Day { return domain.DayOf(at, t.Zone) }

// Observe takes that something happened to a customer, and reports whether that moved the timeline.
func (t *Timeline) Observe(r domain.Recorded) bool {
	day, moved := t.DayOf(r.Metadata.OccurredAt), false
	if t.Newest == nil || day > *t.Newest {
		t.Newest, moved = &day, true
		if t.Closed == nil {
			t.Date, t.Started = day, true
		}
	}
	if t.LiveSince == nil && r.RecordedAt.Sub(r.Metadata.OccurredAt) < liveWithin {
		t.LiveSince, moved = &day, true
	}
	return moved
}

// Concerns reports whether an event belongs on the timeline.
func Concerns(e domain.Event) bool {
	switch e := e.(type) {
	case calendar.DayClosed, business.TimeZoneSet, business.CurrencySet, segment.Defined, segment.Retired, value.Fitted:
		return true
	case policy.Published:
		return e.Ladder != nil || e.Costs != nil
	}
	return false
}

// Take takes what the log says of all customers. Events that concern nobody are passed over.
func (t *Timeline) Take(r domain.Recorded) (err error) {
	switch e := r.Event.(type) {
	case calendar.DayClosed:
		t.closeDay(e.Date)
	case business.TimeZoneSet:
		zone, err := time.LoadLocation(e.TimeZone)
		if err != nil {
			return err
		}
		t.Zone = zone
	case business.CurrencySet:
		t.Currency = e.Currency
	case policy.Published:
		return t.publish(e, r.Position)
	case segment.Defined:
		rule, err := rules.Compile(e.Rule)
		if err != nil {
			return err
		}
		t.setSegment(e.Name, &judgement.Segment{Version: int64(e.Version), Rule: rule}, r.Position)
	case segment.Retired:
		before := t.Rules().Segments[e.Name]
		if before == nil {
			return fmt.Errorf("segment %q is retired but was never defined", e.Name)
		}
		t.setSegment(e.Name, &judgement.Segment{Version: before.Version, Rule: judgement.Nobody}, r.Position)
		delete(t.Entries[len(t.Entries)-1].Rules.Segments, e.Name)
	case value.Fitted:
		next := t.change(Entry{what: changedModel, Position: r.Position})
		version := int64(1)
		if next.Model != nil {
			version = next.Model.Version + 1
		}
		next.Model = &judgement.Model{Predictor: e.Predictor(), Version: version, Position: r.Position}
	}
	return nil
}

func (t *Timeline) publish(e policy.Published, position uint64) error {
	if e.Costs != nil {
		t.change(Entry{what: changedCosts, Position: position}).Costs = e.Costs
		return nil
	}
	scale, ok := judgement.ScaleOf(e.Policy)
	if !ok || e.Ladder == nil {
		return nil
	}
	ladder, err := policy.CompileLadder(*e.Ladder)
	if err != nil {
		return err
	}
	next := t.change(Entry{what: changedLadder, scale: scale, Position: position})
	next.Ladders[scale] = &judgement.Ladder{CompiledLadder: ladder, Version: int64(e.Version)}
	return nil
}

func (t *Timeline) setSegment(name string, s *judgement.Segment, position uint64) {
	next := t.change(Entry{what: changedSegment, segment: name, rule: s, Position: position})
	next.Segments = maps.Clone(next.Segments)
	next.Segments[name] = s
}

// change adds an entry from the business date on, and returns its rules, which are still those before.
func (t *Timeline) change(e Entry) *Rules {
	e.From = Always
	if t.Started {
		e.From = t.Date
	}
	next := *t.Rules()
	e.Rules = &next
	t.Entries = append(t.Entries, e)
	return e.Rules
}

// closeDay moves the business date to a closed day. The first one may lie before the day that it was for want of
// better: then the rules that came by that day hold from the closed one on.
func (t *Timeline) closeDay(day domain.Day) {
	if t.Closed == nil && t.Started && day < t.Date {
		t.Rewound++
		t.Entries = slices.Clone(t.Entries)
		for i := range t.Entries {
			t.Entries[i].From = min(t.Entries[i].From, day)
		}
	}
	t.Closed, t.Date, t.Started = &day, day, true
}
