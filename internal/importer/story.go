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

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// story is what a whole source tells, in memory: facts, and the parties that they are about.
type story struct {
	Options
	system  string // where the source comes from; ids are derived from it
	rows    int
	parties map[string]*party
	facts   []fact
	holds   []Content
	skipped tally
}

// party is somebody whom the source knows by an id of its own.
type party struct {
	id         uuid.UUID
	externalID string
	register   customer.Register
}

// fact is something that happened, as one command. Its party, if it has one, is registered before.
type fact struct {
	at      time.Time
	line    int // of the source
	party   *party
	command func(client.Circumstances) client.Line
}

// read takes in a whole source, or fails without a trace.
func read(ctx context.Context, o Options) (*story, error) {
	s := &story{Options: o, system: o.source.name, parties: map[string]*party{}}
	if err := o.source.read(ctx, s); err != nil {
		return nil, err
	}
	if faults := s.skipped.count() - s.skipped.of(noCustomer); len(s.facts) == 0 && faults > 0 {
		return nil, fmt.Errorf("no line makes sense: %s", s.skipped)
	}
	slices.SortStableFunc(s.facts, func(x, y fact) int { return x.at.Compare(y.at) })
	return s, nil
}

// party answers whom the source means by an id, as a person until the caller says more.
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

// id answers the same id for the same thing of the source, always.
func (s *story) id(kind, number string) uuid.UUID {
	return uuid.NewSHA1(idSpace, []byte(kind+"\x00"+s.system+"\x00"+number))
}

// tell adds a fact of a party (nil: of nobody in particular). Facts of the same moment stay in the order in
// which they are told.
func (s *story) tell(at time.Time, line int, p *party, command func(client.Circumstances) client.Line) {
	s.facts = append(s.facts, fact{at, line, p, command})
}

// hold says in the report how many of something the source holds, or what was made of them.
func (s *story) hold(what string, count int) {
	s.holds = append(s.holds, Content{What: what, Count: count})
}

// count takes note of a line that was read, with its fault if it has one.
func (s *story) count(ctx context.Context, fault error) error {
	if fault == nil || errors.As(fault, new(*skipped)) {
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

// pass goes on after a line that is to be skipped; any other fault stays one.
func (s *story) pass(fault error) error {
	var skip *skipped
	if errors.As(fault, &skip) && (!s.Strict || skip.reason == noCustomer) {
		s.skipped.add(skip.reason, skip.line, skip.detail)
		return nil
	}
	return fault
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
		for i, f := range s.facts {
			day := domain.DayOf(f.at, s.Zone)
			if i > 0 && day > open && !closeUntil(open, day-1, today, f.line, yield) {
				return
			}
			open = day
			how := client.Circumstances{OccurredAt: f.at, Actor: "rapport import", Source: s.system}
			if p := f.party; p != nil && !known[p] {
				known[p] = true
				line := client.Register(p.id, p.register, how)
				line.Origin = f.line
				if !yield(line) {
					return
				}
			}
			line := f.command(how)
			line.Origin = f.line
			if !yield(line) {
				return
			}
		}
		if n := len(s.facts); n > 0 {
			closeUntil(open, open, today, s.facts[n-1].line, yield)
		}
	}
}

func closeUntil(day, eve, today domain.Day, origin int, yield func(client.Line) bool) bool {
	for _, d := range slices.Compact([]domain.Day{day, eve}) {
		line := client.CloseDay(d)
		line.Origin = origin
		if d < today && !yield(line) {
			return false
		}
	}
	return true
}

// commands answers how many lines there are.
func (s *story) commands(now time.Time) int {
	n := 0
	for range s.lines(now) {
		n++
	}
	return n
}
