package history

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/walk"
)

// person is a customer, and all for whom they stand, walked through what happened to them as the read models walk.
type person struct {
	walk.Person
	id       uuid.UUID
	timeline *walk.Timeline
	date     domain.Day // the business date
	inForce  InForce
	erasedOn *domain.Day

	// A person is their own journal: reasons are the facts by which stays began, promotions the steps between tiers, value
	// is what was last predicted.
	judgement.Unheard
	reasons    map[stay]map[string]any
	promotions []judgement.Step
	value      *BelievedValue
}

// walked walks a family through what happened, by what was said of all by a place in the log, up to a business date: that
// of the timeline unless another is given.
func walked(f family, said chronicled, asOf *domain.Day) (*person, error) {
	p := &person{id: f.survivor, Person: walk.NewPerson(facts.Customer{ID: f.survivor}), timeline: said.timeline,
		date: said.timeline.Date, reasons: map[stay]map[string]any{}}
	if asOf != nil {
		p.date = *asOf
	}
	p.inForce = said.inForce(p.date)
	happened := slices.Clone(f.counting())
	slices.SortFunc(happened, func(a, b domain.Recorded) int {
		return cmp.Or(a.Metadata.OccurredAt.Compare(b.Metadata.OccurredAt), cmp.Compare(a.Position, b.Position))
	})
	if len(f.others) > 0 {
		p.Joined()
	}
	for i := range happened {
		p.Facts.Foresee(happened[i].Event)
	}
	for i := range happened {
		taken, err := p.Take(p.timeline, &happened[i], p)
		if err != nil {
			return nil, err
		}
		if taken == walk.Ended {
			day := p.timeline.DayOf(happened[i].Metadata.OccurredAt)
			p.erasedOn = &day
		}
	}
	return p, p.FinishAt(p.timeline, p.date, p)
}

// on returns the day as of which the person was judged.
func (p *person) on() domain.Day { return max(p.date, p.Day) }
