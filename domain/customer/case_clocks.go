package customer

import (
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A case has clocks for the first response and for the resolution, which run day and night from when the case is
// opened, and one for the next response, which runs from when the customer writes again until we answer. They run
// for as long as the terms of service allow, and stop while the case is paused and when it is resolved. A clock that
// runs out is breached: at once where an answer, a pause or a resolution comes too late, and otherwise when the
// business day on which it ran out is closed. Each clock is breached once, that for the next response each time
// that the customer waits.

// Priority says how long service may take.
type Priority string

const (
	Low    Priority = "low"
	Normal Priority = "normal"
	High   Priority = "high"
	Urgent Priority = "urgent"
)

// ServiceClock names one of the clocks of a case.
type ServiceClock string

const (
	ResponseClock     ServiceClock = "response"
	NextResponseClock ServiceClock = "next_response"
	ResolutionClock   ServiceClock = "resolution"
)

// PauseCase asks to stop the clocks, such as while we wait for the customer.
type PauseCase struct {
	CaseID uuid.UUID `json:"case_id"`
	Reason string    `json:"reason,omitempty"`
}

func (PauseCase) Needs() Needs { return Needs{} }

// Decide does not let a pause hide that a clock ran out before.
func (c PauseCase) Decide(s *State, g Given) ([]Event, error) {
	k, err := s.openCase(c.CaseID, g)
	if err != nil {
		return nil, err
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	if k.paused {
		return nil, nil
	}
	if err := s.began.notBefore(aPhase, c.CaseID, g); err != nil {
		return nil, err
	}
	return append(k.ranOut(c.CaseID, g.When), CasePaused{CaseID: c.CaseID, Reason: c.Reason,
		RespondLeftS: k.respond.left(g.When), NextLeftS: k.next.left(g.When), ResolveLeftS: k.resolve.left(g.When)}), nil
}

// CasePaused is the fact that the clocks of a case were stopped.
type CasePaused struct {
	CaseID       uuid.UUID `json:"case_id"`
	Reason       string    `json:"reason,omitempty" personal:"true"`
	RespondLeftS *int64    `json:"respond_left_s,omitempty"` // left to respond, s; absent once answered or breached
	NextLeftS    *int64    `json:"next_left_s,omitempty"`    // left to respond to what the customer wrote since, s
	ResolveLeftS *int64    `json:"resolve_left_s,omitempty"` // left to resolve, s; absent once breached
}

func (CasePaused) EventType() string { return "customer.case_paused.v1" }

func (e CasePaused) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aPhase, e.CaseID, m)
	s.cases.change(e.CaseID, func(k *caseState) {
		k.paused = true
		k.respond, k.next, k.resolve = stands(e.RespondLeftS), stands(e.NextLeftS), stands(e.ResolveLeftS)
	})
}

// Summary implements Told.
func (e CasePaused) Summary() string { return "a case was paused" }

// ResumeCase asks to let the clocks run on.
type ResumeCase struct {
	CaseID uuid.UUID `json:"case_id"`
}

func (ResumeCase) Needs() Needs { return Needs{} }

// Decide yields nothing for a case that is not paused.
func (c ResumeCase) Decide(s *State, g Given) ([]Event, error) {
	k, err := s.openCase(c.CaseID, g)
	if err != nil || !k.paused {
		return nil, err
	}
	if err := s.began.notBefore(aPhase, c.CaseID, g); err != nil {
		return nil, err
	}
	return []Event{CaseResumed{CaseID: c.CaseID, RespondBy: k.respond.until(g.When), NextBy: k.next.until(g.When),
		ResolveBy: k.resolve.until(g.When)}}, nil
}

// CaseResumed is the fact that the clocks of a case run on.
type CaseResumed struct {
	CaseID    uuid.UUID  `json:"case_id"`
	RespondBy *time.Time `json:"respond_by,omitempty"` // in the business's time zone; absent once answered or breached
	NextBy    *time.Time `json:"next_by,omitempty"`    // to respond to what the customer wrote since, in the business's time zone
	ResolveBy *time.Time `json:"resolve_by,omitempty"` // in the business's time zone; absent once breached
}

func (CaseResumed) EventType() string { return "customer.case_resumed.v1" }

func (e CaseResumed) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aPhase, e.CaseID, m)
	s.cases.change(e.CaseID, func(k *caseState) {
		k.paused = false
		k.respond, k.next, k.resolve = runs(e.RespondBy), runs(e.NextBy), runs(e.ResolveBy)
	})
}

// Summary implements Told.
func (e CaseResumed) Summary() string { return "a case was resumed" }

// CaseBreached is the fact that a clock of a case ran out.
type CaseBreached struct {
	CaseID uuid.UUID    `json:"case_id"`
	Clock  ServiceClock `json:"clock"` // response, next_response or resolution
	By     time.Time    `json:"by"`    // when it ran out
}

func (CaseBreached) EventType() string { return "customer.case_breached.v1" }

func (e CaseBreached) Evolve(s *State, _ domain.Metadata) {
	s.cases.change(e.CaseID, func(k *caseState) {
		*k.clock(e.Clock) = caseClock{}
	})
}

// Summary implements Told.
func (e CaseBreached) Summary() string {
	if e.Clock == ResolutionClock {
		return "a case was not resolved in time"
	}
	return "a case was not answered in time"
}

// caseClock runs until a moment, or stands with some seconds left; else it is over.
type caseClock struct {
	by       *time.Time // UTC
	on       domain.Day // of by
	standing *int64
}

// runs answers a clock that runs until a moment of the business's time zone, which tells its day.
func runs(by *time.Time) caseClock {
	if by == nil {
		return caseClock{}
	}
	utc := by.UTC()
	return caseClock{by: &utc, on: domain.DayOf(*by, by.Location())}
}

func stands(left *int64) caseClock { return caseClock{standing: left} }

// left answers the whole seconds that are left at a moment; nil where the clock is over or ran out.
func (c caseClock) left(when time.Time) *int64 {
	if c.by == nil {
		return c.standing
	}
	if c.by.Before(when) {
		return nil
	}
	seconds := int64(c.by.Sub(when) / time.Second)
	return &seconds
}

// until answers when a clock that stands runs out if it runs on from a moment; nil where it is over.
func (c caseClock) until(when time.Time) *time.Time {
	if c.standing == nil {
		return nil
	}
	by := when.Add(time.Duration(*c.standing) * time.Second)
	return &by
}

// ranOut answers the breaches that a moment reveals.
func (k *caseState) ranOut(id uuid.UUID, when time.Time) []Event {
	return k.breaches(id, func(c caseClock) bool { return c.by.Before(when) })
}

func (k *caseState) breaches(id uuid.UUID, over func(caseClock) bool) (facts []Event) {
	for _, name := range serviceClocks {
		if clock := k.clock(name); clock.by != nil && over(*clock) {
			facts = append(facts, CaseBreached{CaseID: id, Clock: name, By: *clock.by})
		}
	}
	return facts
}

var serviceClocks = []ServiceClock{ResponseClock, NextResponseClock, ResolutionClock}

func (k *caseState) clock(name ServiceClock) *caseClock {
	switch name {
	case ResponseClock:
		return &k.respond
	case NextResponseClock:
		return &k.next
	default:
		return &k.resolve
	}
}

func (c *casesState) next() (due domain.Day, ok bool) {
	for _, k := range c.open {
		for _, clock := range []caseClock{k.respond, k.next, k.resolve} {
			if clock.by != nil && (!ok || clock.on < due) {
				due, ok = clock.on, true
			}
		}
	}
	return due, ok
}

func (c *casesState) fall(day domain.Day) (facts []Event) {
	for _, id := range slices.SortedFunc(maps.Keys(c.open), compareIDs) {
		facts = append(facts, c.open[id].breaches(id, func(c caseClock) bool { return c.on <= day })...)
	}
	return facts
}
