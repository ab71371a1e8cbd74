package walk

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/judgement"
)

// Taken is what became of a fact that a person was walked through.
type Taken uint8

const (
	// Passed: it says who the person is, or what counts, and not what happened to them.
	Passed Taken = iota
	// Again: it was recorded before, under another id of theirs, and counts once.
	Again
	// Aside: it is of an absorbed customer alone, such as what they are called.
	Aside
	// Counted: it happened to the person.
	Counted
	// Ended: they were erased.
	Ended
)

// Joined says that the person has several ids, so that what was recorded under two of them counts once. It is called
// before the first fact.
func (p *Person) Joined() { p.begun = map[customer.Name]bool{} }

// Take takes a fact that happened after all before. It is the one place that decides which facts of a person count, of
// those that were not struck out: for the read models, for the history, and for what is asked as of a day.
func (p *Person) Take(t *Timeline, r *domain.Recorded, j judgement.Journal) (Taken, error) {
	day := t.DayOf(r.Metadata.OccurredAt)
	of, _ := customer.OwnerOf(r)
	own := of == p.Facts.ID
	switch e := r.Event.(type) {
	case customer.MergeBegun, customer.Absorbed, customer.Separated, customer.Merged, customer.SplitOff, customer.FactVoided:
		return Passed, nil
	case customer.Erased:
		if !own {
			return Passed, nil
		}
		p.Facts.Apply(*r, day)
		return Ended, nil
	case customer.Registered:
		if !own {
			p.Facts.AlsoKnown(e.ExternalIDs)
			return Aside, nil
		}
	case customer.ProfileChanged:
		if !own {
			return Aside, nil
		}
	}
	if name, named := customer.Named(r.Event); named && p.begun != nil {
		if p.begun[name] {
			return Again, nil
		}
		p.begun[name] = true
	}
	if err := p.Reach(t, day, j); err != nil {
		return Counted, err
	}
	switch r.Event.(type) {
	case customer.PurchaseRecorded, customer.ReturnRecorded:
		p.Revalued = true
	}
	p.Facts.Apply(*r, day)
	p.Unjudged = true
	return Counted, nil
}
