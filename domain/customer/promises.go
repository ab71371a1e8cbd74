package customer

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A promise is what we told the customer we would do by a day. It is kept, or it is broken: at the latest
// when its day is over and nobody said that it was kept.

// MakePromise asks to remember that we promised the customer something.
type MakePromise struct {
	PromiseID uuid.UUID  `json:"promise_id"`
	What      string     `json:"what"`
	DueOn     domain.Day `json:"due_on"`
}

func (MakePromise) Needs() Needs { return Needs{} }

// Decide accepts each PromiseID once.
func (c MakePromise) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.PromiseID == uuid.Nil:
		return nil, ErrPromiseID
	case c.What == "":
		return nil, ErrPromiseEmpty
	case c.DueOn < g.On || c.DueOn > g.On+maxPromiseDays:
		return nil, ErrPromiseDueOn
	}
	if err := checkText(c.What, 1000, "what"); err != nil {
		return nil, err
	}
	e := PromiseMade{PromiseID: c.PromiseID, What: c.What, DueOn: c.DueOn}
	if known, ok := s.promises.known[c.PromiseID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrPromiseOtherwise
	}
	return []Event{e}, nil
}

// PromiseMade is the fact that we promised the customer something.
type PromiseMade struct {
	PromiseID uuid.UUID  `json:"promise_id"`
	What      string     `json:"what" personal:"true"`
	DueOn     domain.Day `json:"due_on"`
}

func (PromiseMade) EventType() string { return "customer.promise_made.v1" }

func (e PromiseMade) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aPromise, e.PromiseID, m)
	remember(&s.promises.known, e.PromiseID, e.digest())
	remember(&s.promises.open, e.PromiseID, e.DueOn)
}

// Summary implements Told.
func (e PromiseMade) Summary() string { return "we promised something by " + e.DueOn.String() }

func (e PromiseMade) digest() domain.Digest {
	return domain.NewDigest().Text(e.What).Int(int64(e.DueOn))
}

// KeepPromise asks to remember that we did what we promised.
type KeepPromise struct {
	PromiseID uuid.UUID `json:"promise_id"`
}

func (KeepPromise) Needs() Needs { return Needs{} }

// Decide refuses to keep what was broken already: a late promise is broken, whatever comes after.
func (c KeepPromise) Decide(s *State, g Given) ([]Event, error) {
	switch s.promises.state(c.PromiseID) {
	case promiseUnknown:
		return nil, ErrPromiseUnknown
	case promiseKept:
		return nil, nil
	case promiseBroken:
		return nil, ErrPromiseBroken
	}
	if err := s.began.notBefore(aPromise, c.PromiseID, g); err != nil {
		return nil, err
	}
	return []Event{PromiseKept(c)}, nil
}

// PromiseKept is the fact that we did what we promised.
type PromiseKept struct {
	PromiseID uuid.UUID `json:"promise_id"`
}

func (PromiseKept) EventType() string { return "customer.promise_kept.v1" }

func (e PromiseKept) Evolve(s *State, _ domain.Metadata) {
	delete(s.promises.open, e.PromiseID)
	remember(&s.promises.kept, e.PromiseID, true)
}

// Summary implements Told.
func (e PromiseKept) Summary() string { return "we kept a promise" }

// BreakPromise asks to remember that we did not do what we promised.
type BreakPromise struct {
	PromiseID uuid.UUID `json:"promise_id"`
	Reason    string    `json:"reason,omitempty"`
}

func (BreakPromise) Needs() Needs { return Needs{} }

// Decide refuses to break what was kept.
func (c BreakPromise) Decide(s *State, g Given) ([]Event, error) {
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	switch s.promises.state(c.PromiseID) {
	case promiseUnknown:
		return nil, ErrPromiseUnknown
	case promiseKept:
		return nil, ErrPromiseKept
	case promiseBroken:
		return nil, nil
	}
	if err := s.began.notBefore(aPromise, c.PromiseID, g); err != nil {
		return nil, err
	}
	return []Event{PromiseBroken{PromiseID: c.PromiseID, Reason: c.Reason}}, nil
}

// PromiseBroken is the fact that we did not do what we promised; Overdue, because its day was over.
type PromiseBroken struct {
	PromiseID uuid.UUID `json:"promise_id"`
	Reason    string    `json:"reason,omitempty" personal:"true"`
	Overdue   bool      `json:"overdue,omitempty"`
}

func (PromiseBroken) EventType() string { return "customer.promise_broken.v1" }

func (e PromiseBroken) Evolve(s *State, _ domain.Metadata) {
	delete(s.promises.open, e.PromiseID)
	remember(&s.promises.kept, e.PromiseID, false)
}

// Summary implements Told.
func (e PromiseBroken) Summary() string {
	if e.Overdue {
		return "a promise was broken: its day is over"
	}
	return "we broke a promise"
}

type promisesState struct {
	known map[uuid.UUID]domain.Digest
	open  map[uuid.UUID]domain.Day // by when
	kept  map[uuid.UUID]bool       // of those that are not open any more
}

type promiseState int

const (
	promiseUnknown promiseState = iota
	promiseOpen
	promiseKept
	promiseBroken
)

func (p *promisesState) state(id uuid.UUID) promiseState {
	if _, known := p.known[id]; !known {
		return promiseUnknown
	}
	if _, open := p.open[id]; open {
		return promiseOpen
	}
	if p.kept[id] {
		return promiseKept
	}
	return promiseBroken
}

func (p *promisesState) next() (domain.Day, bool) { return firstDue(p.open) }

func (p *promisesState) fall(day domain.Day) []Event {
	return fallen(p.open, day, func(id uuid.UUID) Event { return PromiseBroken{PromiseID: id, Overdue: true} })
}

// maxPromiseDays bounds how far ahead we promise: ten years.
const maxPromiseDays = 3653

var (
	ErrPromiseID = &domain.Rejection{Kind: domain.Invalid, Code: "promise_id_missing", Field: "promise_id",
		Reason: "name the promise by a UUID"}
	ErrPromiseEmpty = &domain.Rejection{Kind: domain.Invalid, Code: "promise_empty", Field: "what",
		Reason: "say what was promised"}
	ErrPromiseDueOn = &domain.Rejection{Kind: domain.Invalid, Code: "promise_due_on_out_of_range", Field: "due_on",
		Reason: "a promise falls due on the day it is made or within ten years"}
	ErrPromiseOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "promise_made_otherwise",
		Field: "promise_id", Reason: "this promise was made before, with other content"}
	ErrPromiseUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "promise_unknown", Field: "promise_id",
		Reason: "the customer was promised no such thing"}
	ErrPromiseKept = &domain.Rejection{Kind: domain.Refused, Code: "promise_kept", Field: "promise_id",
		Reason: "this promise was kept"}
	ErrPromiseBroken = &domain.Rejection{Kind: domain.Refused, Code: "promise_broken", Field: "promise_id",
		Reason: "this promise was broken: its day was over, or somebody said so"}
)
