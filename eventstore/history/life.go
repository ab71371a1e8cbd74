package history

import (
	"math"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/segment"
)

// life goes through what happened to one customer, and through what the log says of all, and judges the customer when
// the read models do: when a day of theirs is over, when time alone changes an answer, and when a rule changes.
type life struct {
	id     uuid.UUID
	with   map[uuid.UUID]bool // those for whom the customer stands
	family []domain.Recorded  // what happened to all of them, and to those for whom they will stand
	undone map[uint64]bool    // the positions of merges that were split again: they are as if they had never been
	zone   *time.Location
	date   domain.Day // the business date; it means something once begun
	begun  bool
	closed bool // a day was

	rules    judgement.Rules
	inForce  InForce
	facts    facts.Customer
	standing judgement.Standing
	erasedOn *domain.Day
	known    bool // something of the customer happened
	stirred  bool // since they were last judged
	wake     domain.Day
	wakes    bool
	// horizon is the newest business date before something happens to the customer again.
	horizon domain.Day

	// Life is its own journal: reasons are the facts by which stays began, promotions the steps between tiers, value is
	// what was last predicted.
	judgement.Unheard
	reasons    map[stay]map[string]any
	promotions []judgement.Step
	value      *BelievedValue
}

func newLife(f family) *life {
	return &life{id: f.survivor, with: map[uuid.UUID]bool{}, undone: customer.SplitAgain(f.events), zone: time.UTC,
		facts:    facts.Customer{ID: f.survivor},
		standing: judgement.Unjudged(), rules: judgement.Rules{Segments: map[string]*judgement.Segment{}},
		inForce: InForce{Policies: map[string]RuleVersion{}, Segments: map[string]RuleVersion{}},
		reasons: map[stay]map[string]any{}}
}

// live goes through all that is told.
func (l *life) live(sequence []domain.Recorded) error {
	horizons := make([]domain.Day, len(sequence))
	own, horizon := customer.Stream(l.id), domain.Day(math.MinInt32)
	for i, e := range slices.Backward(sequence) {
		switch e := e.Event.(type) {
		case dawned:
			horizon = max(horizon, e.day)
		case calendar.DayClosed:
			horizon = max(horizon, e.Date)
		}
		horizons[i] = horizon
		if e.Stream == own {
			horizon = math.MinInt32
		}
	}
	for i, e := range sequence {
		l.horizon = horizons[i]
		if err := l.take(e); err != nil {
			return err
		}
	}
	return l.settle()
}

// take takes what comes next, of a customer or of all.
func (l *life) take(r domain.Recorded) error {
	if id, ok := customer.IDOf(r.Stream); ok {
		return l.happened(id, r)
	}
	switch e := r.Event.(type) {
	case dawned:
		if !l.closed {
			return l.advance(e.day)
		}
	case calendar.DayClosed:
		return l.closeDay(e.Date)
	case business.TimeZoneSet:
		zone, err := time.LoadLocation(e.TimeZone)
		l.zone = zone
		return err
	case published:
		return l.publish(e, r.Position)
	case defined:
		return l.define(e, r.Position)
	case segment.Retired:
		return l.retire(e)
	case fitted:
		return l.adopt(e, r.Position)
	}
	return nil
}

// happened takes a fact of the customer, or of somebody for whom they stand or will.
func (l *life) happened(id uuid.UUID, r domain.Recorded) error {
	l.family = append(l.family, r)
	if merged, ok := r.Event.(customer.Merged); ok && merged.Into == l.id && !l.undone[r.Position] {
		return l.unite(id)
	}
	if id != l.id && !l.with[id] {
		return nil
	}
	day := domain.DayOf(r.Metadata.OccurredAt, l.zone)
	if day > l.standing.Effective(&l.facts, l.date) {
		if err := l.settle(); err != nil {
			return err
		}
	}
	switch r.Event.(type) {
	case customer.PurchaseRecorded, customer.ReturnRecorded:
		l.standing.Revalued = true
	case customer.Erased:
		if id == l.id {
			l.erasedOn = &day
		}
	}
	l.facts.Apply(r, day)
	l.known, l.stirred = true, true
	return nil
}

// unite lets the customer stand for another one too.
func (l *life) unite(other uuid.UUID) error {
	if err := l.settle(); err != nil {
		return err
	}
	l.with[other] = true
	var events []domain.Recorded
	for _, e := range l.family {
		if id, _ := customer.IDOf(e.Stream); id == l.id || l.with[id] {
			events = append(events, e)
		}
	}
	l.facts = facts.Unite(l.id, events, l.zone)
	l.standing.Revalued, l.known, l.stirred = true, true, true
	return nil
}

// closeDay moves the business date to a closed day. The first one may lie before the day that it was for want of better.
func (l *life) closeDay(day domain.Day) error {
	back := !l.closed && l.begun && day < l.date
	l.closed = true
	if !back {
		return l.advance(day)
	}
	if err := l.settle(); err != nil {
		return err
	}
	l.date = day
	return l.judge(judgement.ByTime)
}

// advance moves the business date on, by way of the days on which time alone changes an answer.
func (l *life) advance(to domain.Day) error {
	if err := l.settle(); err != nil {
		return err
	}
	for l.begun && l.wakes && l.wake <= to {
		l.date = max(l.date, l.wake)
		if err := l.judge(judgement.ByTime); err != nil {
			return err
		}
	}
	l.date, l.begun = to, true
	return nil
}

// settle judges the customer if something happened since they last were.
func (l *life) settle() error {
	if !l.stirred {
		return nil
	}
	return l.judge(judgement.ByEvent)
}

func (l *life) judge(why judgement.Trigger) (err error) {
	l.stirred = false
	if l.known {
		l.wake, l.wakes, err = l.rules.Judge(&l.standing, &l.facts, l.date, l.horizon, why, l)
	}
	return err
}

func (l *life) publish(e published, position uint64) error {
	version := RuleVersion{int64(e.Version), position}
	l.inForce.Policies[e.Policy] = version
	scale, ok := judgement.ScaleOf(e.Policy)
	if !ok || e.ladder == nil {
		return nil
	}
	if err := l.settle(); err != nil {
		return err
	}
	l.rules.Ladders[scale] = &judgement.Ladder{CompiledLadder: e.ladder, Version: version.Version}
	return l.judge(judgement.ByRule)
}

func (l *life) define(e defined, position uint64) error {
	if err := l.settle(); err != nil {
		return err
	}
	version := RuleVersion{int64(e.Version), position}
	l.inForce.Segments[e.Name] = version
	l.rules.Segments[e.Name] = &judgement.Segment{Version: version.Version, Rule: e.rule}
	return l.judge(judgement.ByRule)
}

func (l *life) retire(e segment.Retired) error {
	if err := l.settle(); err != nil {
		return err
	}
	delete(l.inForce.Segments, e.Name)
	l.rules.Segments[e.Name] = &judgement.Segment{Version: int64(e.Version), Rule: judgement.Nobody}
	err := l.judge(judgement.ByRule)
	delete(l.rules.Segments, e.Name)
	return err
}

func (l *life) adopt(e fitted, position uint64) error {
	if err := l.settle(); err != nil {
		return err
	}
	fit := RuleVersion{1, position}
	if before := l.inForce.ValueModel; before != nil {
		fit.Version += before.Version
	}
	l.inForce.ValueModel = &fit
	l.rules.Model = &judgement.Model{Predictor: e.predictor, Version: fit.Version}
	return l.judge(judgement.ByFit)
}
