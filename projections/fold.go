package projections

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/walk"
)

// fold is one person's facts in the order in which they happened, folded as far as they are known, and the person's rows.
// It is a cache: it can always be made again from the log.
type fold struct {
	walk.Person
	id       uuid.UUID // the survivor's, after a merge
	charges  charges
	erasedOn *domain.Day
	// revision is of the person's own stream; last the moment of the newest fact that was folded.
	revision int64
	last     moment
	// void is the newest fact, by the log, that voids another, of a command that may record what was meant right after.
	void struct {
		position uint64
		command  uuid.UUID
	}
	drafts map[any]draft

	// Of the fact that is being applied: its day and place in the log, and for whom it was recorded, where that is another.
	timeline    *walk.Timeline
	day         domain.Day
	position    uint64
	recordedFor *uuid.UUID
	voided      customer.Strike // where it does not count
	inVain      bool            // a purchase whose order was cancelled, or a return of it

	// emitting takes the rows that follow from one fact alone; retracting takes them back.
	emitting   *rowSets
	retracting bool
}

// moment orders facts by when they happened; the place in the log breaks ties.
type moment struct {
	at       time.Time
	position uint64
}

func momentOf(r *domain.Recorded) moment { return moment{r.Metadata.OccurredAt, r.Position} }

func (m moment) compare(o moment) int {
	return cmp.Or(m.at.Compare(o.at), cmp.Compare(m.position, o.position))
}

// inOrder sorts facts by when they happened.
func inOrder(events []domain.Recorded) {
	slices.SortFunc(events, func(a, b domain.Recorded) int { return momentOf(&a).compare(momentOf(&b)) })
}

// corrects reports whether facts say what was meant by one that was voided before.
func (f *fold) corrects(events []domain.Recorded) bool {
	return f.void.command != uuid.Nil && slices.ContainsFunc(events, func(r domain.Recorded) bool {
		return r.Metadata.CommandID == f.void.command
	})
}

func newFold(id uuid.UUID, merged bool) *fold {
	f := &fold{id: id, Person: walk.NewPerson(facts.Customer{ID: id}), revision: -1, drafts: map[any]draft{}}
	if merged {
		f.Joined()
	}
	return f
}

// take folds a fact that happened after all before, and reports whether it counts: what was recorded again under the id
// of an absorbed customer does not.
func (f *fold) take(h *handlers, t *walk.Timeline, r *domain.Recorded) (counts bool, err error) {
	f.pass(r)
	of, _ := customer.OwnerOf(r)
	f.about(t, r, of)
	if _, void := r.Event.(customer.FactVoided); void && r.Position > f.void.position {
		f.void.position, f.void.command = r.Position, r.Metadata.CommandID
	}
	switch taken, err := f.Take(t, r, journal{f}); {
	case err != nil, taken == walk.Passed:
		return true, err
	case taken == walk.Again:
		return false, nil
	case taken == walk.Ended: // what is open ends
		on := f.day
		f.erasedOn = &on
	}
	return true, f.handle(h, r)
}

// pass notes that a fact was come to, whether or not it counts.
func (f *fold) pass(r *domain.Recorded) {
	if own, _ := customer.IDOf(r.Stream); own == f.id {
		f.revision = max(f.revision, int64(r.Revision))
	}
	f.last = momentOf(r)
}

// about says of which fact the rows are that come next.
func (f *fold) about(t *walk.Timeline, r *domain.Recorded, of uuid.UUID) {
	f.timeline, f.day, f.position, f.recordedFor = t, t.DayOf(r.Metadata.OccurredAt), r.Position, nil
	if of != f.id {
		f.recordedFor = &of
	}
}

// finish walks to the business date of a timeline.
func (f *fold) finish(t *walk.Timeline) error {
	f.timeline = t
	err := f.Finish(t, journal{f})
	f.rank()
	return err
}

func (f *fold) handle(h *handlers, r *domain.Recorded) error {
	for _, on := range h.folded[r.Event.EventType()] {
		if err := on.fold(*r, f); err != nil {
			return err
		}
	}
	return nil
}

// emit hands over the rows that follow from one fact alone, or their removal.
func emit(h *handlers, t *walk.Timeline, person uuid.UUID, r *told, retract bool, w *rowSets) error {
	of, _ := customer.OwnerOf(&r.Recorded)
	f := fold{id: person, emitting: w, retracting: retract, voided: r.voided, inVain: r.inVain}
	f.about(t, &r.Recorded, of)
	for _, on := range h.everyFact {
		if err := on.fold(r.Recorded, &f); err != nil {
			return err
		}
	}
	if !r.counts {
		return nil
	}
	for _, on := range h.oneFact[r.Event.EventType()] {
		if err := on.fold(r.Recorded, &f); err != nil {
			return err
		}
	}
	return nil
}

// known reports whether there is such a person: whether a row of customer_summary tells of them.
func (f *fold) known() bool { return f.revision >= 0 }

// flush hands over the rows that changed since the last flush, after a fact, which changes the summary.
func (f *fold) flush(w *rowSets) error {
	for _, d := range f.drafts {
		d.flush(w)
	}
	return f.summarize(w)
}

// flushDifference is flush where nothing happened to the person: most of those whom a day or a rule passes stay as they
// are, and so does what their summary was before.
func (f *fold) flushDifference(before summaryRow, w *rowSets) error {
	for _, d := range f.drafts {
		d.flush(w)
	}
	row, err := summaryOf(f)
	if err == nil && !reflect.DeepEqual(row, before) {
		rowsFor(w, summaryRows).put(row)
	}
	return err
}

// replace hands over what makes of the rows of another fold of the person, nil for none, the rows of this one: those that
// differ, or all.
func (f *fold) replace(before *fold, all bool, w *rowSets) error {
	for key, d := range f.drafts {
		var old draft
		if before != nil {
			old = before.drafts[key]
		}
		d.replace(old, all, w)
	}
	if before != nil {
		for key, d := range before.drafts {
			if f.drafts[key] == nil {
				d.drop(w)
			}
		}
	}
	return f.summarize(w)
}

// drop hands over the removal of all rows.
func (f *fold) drop(w *rowSets) {
	for _, d := range f.drafts {
		d.drop(w)
	}
	s := rowsFor(w, summaryRows)
	s.gone = append(s.gone, summaryRow{CustomerID: f.id})
}

func (f *fold) summarize(w *rowSets) error {
	row, err := summaryOf(f)
	if err != nil {
		return err
	}
	rowsFor(w, summaryRows).put(row)
	return nil
}

// weight estimates how much memory the fold takes, in bytes.
func (f *fold) weight() int {
	rows := 0
	for _, d := range f.drafts {
		rows += 1 + d.count()
	}
	v := &f.Facts
	return 2500 + 400*rows + 56*len(v.Value.Days) + 16*len(v.Contacts.Days) + 80*len(v.Tastes)
}

// evidence writes down the facts that decided.
func evidence(values map[string]any) (json.RawMessage, error) {
	text, err := json.Marshal(values)
	if err != nil {
		return nil, fmt.Errorf("write down the evidence: %w", err)
	}
	return text, nil
}

// journal writes what is judged of a person into their drafts.
type journal struct{ *fold }
