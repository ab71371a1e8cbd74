package importer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// story is what a whole source tells, in memory: facts, and the parties that they are about.
type story struct {
	Options
	system     string // where the source comes from; ids are derived from it
	undated    bool   // the source says of nothing when it happened: the server takes it for now, so that it can be told again
	dateLayout string // that was found out
	rows       int
	sound      int // rows without a fault
	parties    map[string]*party
	facts      []fact
	holds      []Content
	skipped    tally // lines that tell of nobody or nothing
	refused    tally
	held       []*Held
	rejects    map[place]rejection
}

// party is somebody whom the source knows by an id of its own.
type party struct {
	id         uuid.UUID
	externalID string
	register   customer.Register
}

// fact is something that happened, as one command. Its party, if it has one, is registered before.
type fact struct {
	at time.Time
	place
	party   *party
	worth   worth
	entry   *entry // of a file of sales
	command func(client.Circumstances) client.Line
}

// worth is money that a fact tells of.
type worth struct {
	what     string // plural; empty where there is none
	currency domain.Currency
	minor    int64
}

// worthOf is what amounts come to, each rounded to minor units; nothing beyond what the server accepts.
func worthOf(what string, c domain.Currency, amounts ...decimal.Decimal) worth {
	w := worth{what: what, currency: c}
	digits, _ := c.MinorDigits() // it is one of those that sources have
	for _, amount := range amounts {
		minor, err := domain.Minor(digits, amount, decimal.One)
		if err != nil {
			return worth{what: what, currency: c}
		}
		w.minor += minor
	}
	return w
}

// read takes in a whole source, or fails without a trace.
func read(ctx context.Context, o Options) (*story, error) {
	s := &story{Options: o, system: o.source.name, parties: map[string]*party{}, rejects: map[place]rejection{}}
	if err := s.prepareRejects(); err != nil {
		return nil, err
	}
	if err := o.source.read(ctx, s); err != nil {
		return nil, err
	}
	if faults := s.refused.count(); s.sound == 0 && faults > 0 {
		return nil, in(strings.Join(o.Paths, ", "), fmt.Errorf("no line makes sense: %s", s.refused))
	}
	slices.SortStableFunc(s.facts, func(x, y fact) int { return x.at.Compare(y.at) })
	return s, nil
}

// party returns whom the source means by an id, as a person until the caller says more.
func (s *story) party(externalID string) *party {
	p := s.parties[externalID]
	if p == nil {
		externalID = strings.Clone(externalID)
		known := customer.ExternalID{System: s.system, ID: externalID}
		p = &party{id: customer.IDFrom(known), externalID: externalID,
			register: customer.Register{Kind: customer.Person, ExternalIDs: []customer.ExternalID{known}}}
		s.parties[externalID] = p
	}
	return p
}

// idSpace is the namespace of the ids of what is imported.
var idSpace = uuid.MustParse("47da22a1-3978-4bb3-b87b-43bde36fe116")

// id returns the same id for the same thing of the source, always.
func (s *story) id(kind, number string) uuid.UUID {
	return uuid.NewSHA1(idSpace, []byte(kind+"\x00"+s.system+"\x00"+number))
}

// tell adds a fact. Those of the same moment stay in the order in which they are told.
func (s *story) tell(f fact) { s.facts = append(s.facts, f) }

// hold says in the report how many of something the source holds, or what was made of them.
func (s *story) hold(what string, count int) {
	s.holds = append(s.holds, Content{What: what, Count: count})
}

// count takes note of a line that was read, with its fault if it has one.
func (s *story) count(ctx context.Context, err error) error {
	if err == nil || errors.As(err, new(*fault)) {
		s.rows++
	}
	if s.rows > s.MaxLines {
		return fmt.Errorf("more than %d lines: split the file, or raise the limit", s.MaxLines)
	}
	if s.rows%4096 == 0 && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// pass goes on after a line that is left out or refused; any other fault stays one.
func (s *story) pass(err error) error {
	var f *fault
	switch {
	case err == nil:
		s.sound++
		return nil
	case !errors.As(err, &f) || (s.Strict && !f.passed):
		return err
	case f.passed:
		s.skipped.add(f)
		return nil
	}
	s.refused.add(f)
	s.reject(f.place, f.reason)
	return nil
}

// earliest is the first moment that the server believes, and a day ahead of the clock the last. A date that
// is only mistyped must not close the days up to it.
var earliest = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

func outOfRange(at, now time.Time) bool { return at.Before(earliest) || at.Sub(now) > 24*time.Hour }

// lines yields the commands: each party registered just before their first fact, the facts in the order of
// time. A day is closed once all that it brought has been told; after quiet days, so is the eve of the next
// one that brings something, and with it every day between. A day that is not over yet is left open.
func (s *story) lines(now time.Time) iter.Seq[client.Line] {
	return func(yield func(client.Line) bool) {
		today := domain.DayOf(now, s.Zone)
		known := make(map[*party]bool, len(s.parties))
		var open domain.Day
		for i := range s.facts {
			f := &s.facts[i]
			day := domain.DayOf(f.at, s.Zone)
			if i > 0 && day > open && !closeUntil(open, day-1, today, yield) {
				return
			}
			open = day
			how := s.circumstances(f)
			if p := f.party; p != nil && !known[p] {
				known[p] = true
				line := client.Register(p.id, p.register, how)
				line.Origin = registration{f}
				if !yield(line) {
					return
				}
			}
			line := f.command(how)
			line.Origin = f
			if !yield(line) {
				return
			}
		}
		if len(s.facts) > 0 {
			closeUntil(open, open, today, yield)
		}
	}
}

func (s *story) circumstances(f *fact) client.Circumstances {
	how := client.Circumstances{OccurredAt: f.at, Actor: "rapport import", Source: s.system}
	if s.undated {
		how.OccurredAt = time.Time{}
	}
	return how
}

// corrections yields the commands that make of what the server was told before what the source tells.
func (s *story) corrections(differing []*fact) iter.Seq[client.Line] {
	return func(yield func(client.Line) bool) {
		for _, f := range differing {
			line := client.Correct(f.command(s.circumstances(f)), "imported otherwise before")
			line.Origin = f
			if !yield(line) {
				return
			}
		}
	}
}

// registration is of the party of a fact.
type registration struct{ *fact }

func closeUntil(day, eve, today domain.Day, yield func(client.Line) bool) bool {
	for _, d := range slices.Compact([]domain.Day{day, eve}) {
		if d < today && !yield(client.CloseDay(d)) {
			return false
		}
	}
	return true
}

// commands returns how many lines there are.
func (s *story) commands(now time.Time) int {
	n := 0
	for range s.lines(now) {
		n++
	}
	return n
}
