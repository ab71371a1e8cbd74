package projections

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/walk"
)

// turn is whose streams are looked at together: of one person, or of all whom merges and splits concern.
type turn struct {
	before, after []uuid.UUID // the persons, by their survivors, before the page and after it
	events        []int
	anew          bool // who is one person with whom changed, or somebody was erased
}

// turns finds whose turn it is. It moves the families on by what the page says of them.
func (p *page) turns() []turn {
	if len(p.regroup) == 0 {
		return p.turnsOfOne()
	}
	// Streams that belong together at any place of this page are looked at together.
	g := newGroups()
	join := func(id uuid.UUID) {
		survivor := p.families.survivor(id)
		if _, known := p.was[survivor]; known {
			g.join(id, survivor)
			return
		}
		members := p.families.members(survivor)
		p.was[survivor] = members
		for _, member := range members {
			g.join(member, survivor)
		}
	}
	concerned, survivors := map[uuid.UUID]bool{}, map[uuid.UUID]uuid.UUID{}
	for _, id := range p.order {
		join(id)
	}
	for _, i := range p.regroup {
		id, _ := customer.IDOf(p.events[i].Stream)
		concerned[id] = true
		if e, ok := p.events[i].Event.(customer.Merged); ok {
			join(e.Into)
		}
	}
	for survivor, members := range p.was {
		for _, id := range members {
			survivors[id] = survivor
		}
	}
	for _, i := range p.regroup {
		id, _ := customer.IDOf(p.events[i].Stream)
		switch e := p.events[i].Event.(type) {
		case customer.Merged:
			g.join(id, e.Into)
			p.families.merge(id, e.Into)
		case customer.SplitOff:
			p.families.split(id)
		}
	}
	p.keepFamilies(survivors)
	var turns []turn
	for _, members := range g.groups() {
		t := turn{}
		for _, id := range members {
			t.anew = t.anew || concerned[id]
			t.events = append(t.events, p.arrived[id]...)
			t.before, t.after = append(t.before, survivors[id]), append(t.after, p.families.survivor(id))
		}
		t.before, t.after = unique(t.before), unique(t.after)
		slices.Sort(t.events)
		turns = append(turns, t)
	}
	return turns
}

func (p *page) turnsOfOne() []turn {
	turns := make([]turn, 0, len(p.order))
	at := make(map[uuid.UUID]int, len(p.order))
	for _, id := range p.order {
		survivor := p.families.survivor(id)
		i, known := at[survivor]
		if !known {
			i = len(turns)
			at[survivor] = i
			turns = append(turns, turn{before: []uuid.UUID{survivor}, after: []uuid.UUID{survivor}})
		}
		turns[i].events = append(turns[i].events, p.arrived[id]...)
	}
	return turns
}

func unique(ids []uuid.UUID) []uuid.UUID {
	slices.SortFunc(ids, compareIDs)
	return slices.Compact(ids)
}

func compareIDs(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }

// turn takes what happened to one person, or to all of a group.
func (p *page) turn(t turn) error {
	for _, id := range append(slices.Clone(t.before), t.after...) {
		p.done[id] = true
	}
	p.judged += len(t.after)
	if t.anew = t.anew || p.rewound(); t.anew {
		return p.at(t.events, p.foldAnew(t))
	}
	id := t.after[0]
	events := make([]domain.Recorded, len(t.events))
	for i, at := range t.events {
		events[i] = p.events[at]
	}
	inOrder(events)
	f, err := p.person(id, events)
	if err != nil {
		return p.at(t.events, err)
	}
	if t.anew = f.corrects(events); t.anew || !p.follow(f, events) {
		return p.at(t.events, p.foldAnew(t))
	}
	return p.at(t.events, p.goOn(f, events, p.decidedBy(t.events)))
}

// at says which event is at fault: the one at whose position the fault is, else the first.
func (p *page) at(events []int, err error) error {
	if err == nil {
		return nil
	}
	var fault *factFault
	if errors.As(err, &fault) {
		for _, i := range events {
			if p.events[i].Position == fault.position {
				return &eventFault{position: fault.position, err: err}
			}
		}
	}
	return &eventFault{position: p.events[events[0]].Position, err: err}
}

// person returns the fold of a person as the tables have them.
func (p *page) person(id uuid.UUID, events []domain.Recorded) (*fold, error) {
	if f := p.people.get(id); f != nil {
		return f, nil
	}
	members := p.families.members(id)
	if len(members) == 1 && len(events) > 0 && slices.ContainsFunc(events, func(r domain.Recorded) bool { return r.Revision == 0 }) {
		return newFold(id, false), nil // nothing came before
	}
	h, err := p.asOfTables(members)
	return h.fold, err
}

// asOfTables folds a person from the log as the tables have them.
func (p *page) asOfTables(members []uuid.UUID) (foldHistory, error) {
	seen := p.before
	seen.Entries = seen.Entries[:p.fill.seen(members[0], len(seen.Entries))]
	return p.foldFrom(p.ctx, p.handlers, members, p.checkpoint, &seen)
}

// follow reports whether all that happened lies behind what was folded.
func (p *page) follow(f *fold, events []domain.Recorded) bool {
	if !f.Current(p.timeline) || f.erasedOn != nil {
		return false
	}
	first := &events[0]
	return f.last.compare(momentOf(first)) < 0 && f.InOrder(p.timeline, p.timeline.DayOf(first.Metadata.OccurredAt))
}

// goOn takes what happened behind what was folded, and writes what that changes.
func (p *page) goOn(f *fold, events []domain.Recorded, decided uint64) error {
	valued := slices.ContainsFunc(events, func(r domain.Recorded) bool { return changesValue(r.Event) })
	var before contributed
	if valued {
		before = f.contributes()
	}
	stood := p.stood(f)
	for i := range events {
		counts, err := f.take(p.handlers, p.timeline, &events[i])
		if err == nil {
			err = p.emit(f.id, told{Recorded: events[i], counts: counts, inVain: f.Facts.InVain(events[i].Event)}, false)
		}
		if err != nil {
			return &factFault{events[i].Position, err}
		}
	}
	if err := f.finish(p.timeline); err != nil {
		return err
	}
	if valued {
		p.sums.replace(before, f.contributes())
	}
	p.announceDifference(f, stood, decided)
	return p.keep(f, f.flush(&p.rowSets))
}

// emit hands over what follows from one fact alone, or takes it back.
func (p *page) emit(id uuid.UUID, r told, retract bool) error {
	if err := emit(p.handlers, p.timeline, id, &r, retract, &p.rowSets); err != nil {
		return err
	}
	if e, ok := r.Event.(customer.PurchaseRecorded); ok && r.counts && !r.inVain {
		sign := int64(1)
		if retract {
			sign = -1
		}
		return p.sums.demanded(p.bands, e, r, weekOf(p.timeline.DayOf(r.Metadata.OccurredAt)), sign)
	}
	return nil
}

// keep remembers a fold whose rows were handed over.
func (p *page) keep(f *fold, err error) error {
	if err == nil {
		p.people.put(f)
		p.fill.saw(p, f.id, f.Entry)
	}
	return err
}

// foldAnew folds all persons of a turn from the log, as the tables have them and as they are now, and writes the
// difference. So a late fact, a merge, a split, an erasure and a rule with an earlier day are one operation.
func (p *page) foldAnew(t turn) error {
	same, erased, decided := !t.anew, p.erasedOf(t), p.decidedBy(t.events)
	before, after := map[uuid.UUID]foldHistory{}, map[uuid.UUID]foldHistory{}
	for _, id := range t.before {
		h := foldHistory{fold: p.people.get(id)}
		if h.fold == nil || !same {
			var err error
			if h, err = p.asOfTables(p.membersBefore(id)); err != nil {
				return err
			}
		}
		before[id] = h
	}
	for _, id := range t.after {
		h, err := p.foldFrom(p.ctx, p.handlers, p.families.members(id), p.position, p.timeline)
		if err != nil {
			return err
		}
		after[id] = h
	}
	if erased {
		p.wiped = append(p.wiped, t.before...)
	}
	for id, h := range before {
		p.sums.replace(h.contributes(), contributed{})
		if _, still := after[id]; !still {
			p.announceDifference(newFold(id, false), p.stood(h.fold), decided)
			h.drop(&p.rowSets)
			p.people.drop(id)
		}
	}
	for _, id := range t.after {
		h, old := after[id], before[id].fold
		if !h.known() && len(h.facts) == 0 {
			continue
		}
		p.sums.replace(contributed{}, h.contributes())
		if old == nil {
			old = newFold(id, false)
		}
		p.announceDifference(h.fold, p.stood(old), decided)
		if err := p.keep(h.fold, h.replace(before[id].fold, erased, &p.rowSets)); err != nil {
			return err
		}
	}
	if same {
		return p.emitNew(after[t.after[0]])
	}
	return p.emitDifference(before, after)
}

// erasedOf reports whether somebody of a turn was erased. What their rows held cannot be said from the log any more.
func (p *page) erasedOf(t turn) bool {
	return slices.ContainsFunc(p.erasedIDs, func(id uuid.UUID) bool {
		return slices.Contains(t.before, id) || slices.Contains(t.after, p.families.survivor(id))
	})
}

// membersBefore returns who was one person with a survivor before the page.
func (p *page) membersBefore(survivor uuid.UUID) []uuid.UUID {
	if members, known := p.was[survivor]; known {
		return members
	}
	return p.families.members(survivor)
}

// emitNew hands over what follows from the facts that the tables do not have yet.
func (p *page) emitNew(h foldHistory) error {
	for _, r := range h.facts {
		if r.Position > p.checkpoint {
			if err := p.emit(h.id, r, false); err != nil {
				return &factFault{r.Position, err}
			}
		}
	}
	return nil
}

// whose says what rows that follow from one fact depend on beside the fact.
type whose struct {
	person uuid.UUID
	counts bool
	closed bool
	voided customer.Strike
	inVain bool
}

// emitDifference takes back what followed from facts that are somebody else's now, do not count any more, came to nothing or are closed,
// and hands over what follows from them.
func (p *page) emitDifference(before, after map[uuid.UUID]foldHistory) error {
	was := map[uint64]whose{}
	for id, h := range before {
		for _, r := range h.facts {
			was[r.Position] = whose{id, r.counts, r.closed, r.voided, r.inVain}
		}
	}
	is := map[uint64]whose{}
	for id, h := range after {
		for _, r := range h.facts {
			is[r.Position] = whose{id, r.counts, r.closed, r.voided, r.inVain}
		}
	}
	for id, h := range before {
		for _, r := range h.facts {
			if p.rewound() || is[r.Position] != was[r.Position] {
				if err := p.emit(id, r, true); err != nil {
					return &factFault{r.Position, err}
				}
			}
		}
	}
	for _, id := range slices.SortedFunc(maps.Keys(after), compareIDs) {
		for _, r := range after[id].facts {
			if now := is[r.Position]; p.rewound() || was[r.Position] != now {
				if err := p.emit(id, r, false); err != nil {
					return &factFault{r.Position, err}
				}
			}
		}
	}
	return nil
}

const passDueSQL = `SELECT customer_id FROM customer_summary WHERE wake_on <= $1 ORDER BY customer_id`

// passDue gives those a turn about whom time alone changes an answer by the business date.
func (p *page) passDue() error {
	rows, err := p.tx.Query(p.ctx, passDueSQL, date(&p.timeline.Date))
	if err != nil {
		return fmt.Errorf("read the agenda: %w", err)
	}
	ids, err := collectIDs(rows)
	if err != nil {
		return fmt.Errorf("read the agenda: %w", err)
	}
	for _, id := range ids {
		if err := p.pass(id, p.timeline); err != nil {
			return fmt.Errorf("customer %s: %w", id, err)
		}
	}
	return nil
}

// pass gives a person a turn to whom nothing happened.
func (p *page) pass(id uuid.UUID, t *walk.Timeline) error {
	if p.done[id] {
		return nil
	}
	p.done[id] = true
	p.judged++
	f, err := p.person(id, nil)
	if err != nil {
		return err
	}
	if f.Entry > len(t.Entries) {
		return nil // ahead already
	}
	if !f.Current(t) {
		return p.foldAnew(turn{before: []uuid.UUID{id}, after: []uuid.UUID{id}})
	}
	stood := p.stood(f)
	summary, err := summaryOf(f)
	if err != nil {
		return err
	}
	if err := f.finish(t); err != nil {
		return err
	}
	p.announceDifference(f, stood, p.position)
	return p.keep(f, f.flushDifference(summary, &p.rowSets))
}

// everybodyAnew folds everybody anew, because days are other days than they were.
func (p *page) everybodyAnew() error {
	for after := (uuid.UUID{}); ; {
		ids, err := p.everybodyBehind(after, everybodyAtOnce)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if !p.done[id] {
				p.done[id] = true
				if err := p.foldAnew(turn{anew: true, before: []uuid.UUID{id}, after: []uuid.UUID{id}}); err != nil {
					return err
				}
			}
		}
		if len(ids) < everybodyAtOnce {
			return nil
		}
		if err := p.writeRows(nil); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}
