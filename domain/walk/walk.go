package walk

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/rules"
)

// Person is how far a person was walked: the fold of their facts, and where they stand and belong.
type Person struct {
	Facts facts.Customer
	judgement.Standing
	// Known: something of them happened. Day is the day up to which they were walked, Entry the entries of the timeline
	// that were applied.
	Known bool
	Day   domain.Day
	Entry int
	// Unjudged: something happened on Day since they were last judged.
	Unjudged bool
	// Next is the day on which time alone next changes an answer about them; it means something while Due.
	Next domain.Day
	Due  bool

	begun map[customer.Name]bool // what was begun; nil while the person has one id
}

// NewPerson returns a person to whom nothing happened yet.
func NewPerson(c facts.Customer) Person { return Person{Facts: c, Standing: judgement.Unjudged()} }

// InOrder reports whether a fact of a day can be taken where the walk stands. It cannot where that day was passed, or
// where a rule was applied that holds from the end of that day on.
func (p *Person) InOrder(t *Timeline, day domain.Day) bool {
	return !p.Known || day >= p.Day && (p.Entry == 0 || t.Entries[p.Entry-1].From < day)
}

// Current reports whether the walk can go on by a timeline. It cannot where a rule came that holds from a day that was
// passed.
func (p *Person) Current(t *Timeline) bool {
	return !p.Known || p.Entry == len(t.Entries) || t.Entries[p.Entry].From >= p.Day
}

// Reach walks to a day on which something happened, before that is taken: the days before are judged, and this one as
// far as it changes something by itself.
func (p *Person) Reach(t *Timeline, day domain.Day, j judgement.Journal) error {
	if !p.Known {
		p.Known, p.Day = true, day
		for p.Entry < len(t.Entries) && t.Entries[p.Entry].From < day {
			p.Entry++
		}
		return nil
	}
	if day <= p.Day {
		return nil
	}
	if err := p.settle(t, day, j); err != nil {
		return err
	}
	if err := p.pass(t, day, day-1, day, j); err != nil {
		return err
	}
	p.Day = day
	return nil
}

// Finish walks to the business date, or to the newest day of the person where that is later, and finds the next day on
// which time alone changes an answer.
func (p *Person) Finish(t *Timeline, j judgement.Journal) error { return p.FinishAt(t, t.Date, j) }

// FinishAt is Finish at another business date.
func (p *Person) FinishAt(t *Timeline, date domain.Day, j judgement.Journal) error {
	if !p.Known {
		return nil
	}
	if err := p.settle(t, rules.Ever, j); err != nil {
		return err
	}
	to := p.Day
	if t.Started {
		to = max(to, date)
	}
	return p.pass(t, to, to, rules.Ever, j)
}

// settle judges the day on which the walk stands, if something happened on it since.
func (p *Person) settle(t *Timeline, until domain.Day, j judgement.Journal) error {
	if !p.Unjudged {
		return nil
	}
	return p.judge(t, judgement.ByEvent, until, j)
}

// pass goes through the days up to one on which time alone changes an answer, and through the changes of the rules from
// a day up to another on.
func (p *Person) pass(t *Timeline, day, ruled, until domain.Day, j judgement.Journal) error {
	for {
		changes := p.Entry < len(t.Entries) && t.Entries[p.Entry].From <= ruled
		switch {
		case p.Due && p.Next <= day && (!changes || p.Next <= t.Entries[p.Entry].From):
			p.Day = max(p.Day, p.Next)
			if err := p.judge(t, judgement.ByTime, until, j); err != nil {
				return err
			}
		case changes:
			p.Day = max(p.Day, t.Entries[p.Entry].From)
			if err := p.change(t, until, j); err != nil {
				return err
			}
		default:
			return nil
		}
	}
}

func (p *Person) judge(t *Timeline, why judgement.Trigger, until domain.Day, j judgement.Journal) (err error) {
	p.Unjudged = false
	p.Next, p.Due, err = t.after(p.Entry).Judge(&p.Standing, &p.Facts, p.Day, until, why, j)
	return err
}

// change applies the next change of the rules, on the day on which the walk stands. Only what it changes is judged.
func (p *Person) change(t *Timeline, until domain.Day, j judgement.Journal) (err error) {
	e := &t.Entries[p.Entry]
	p.Entry++
	switch e.what {
	case changedCosts:
		return nil
	case changedModel:
		return p.judge(t, judgement.ByFit, until, j)
	case changedLadder:
		err = e.Rules.JudgeScale(&p.Standing, &p.Facts, p.Day, e.scale, j)
	case changedSegment:
		err = e.Rules.JudgeSegment(&p.Standing, &p.Facts, p.Day, e.segment, e.rule, j)
	}
	if err == nil {
		p.Next, p.Due = e.Rules.Next(&p.Standing, &p.Facts, p.Day, until)
	}
	return err
}

// RulesNow returns the rules in force where the walk stands.
func (p *Person) RulesNow(t *Timeline) *Rules { return t.after(p.Entry) }
