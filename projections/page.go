package projections

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/walk"
)

// page is the work on consecutive events within one transaction. What concerns everybody is taken in the order of the
// log; then every person to whom something happened has one turn, in which all of it is taken in the order in which it
// happened.
type page struct {
	*models
	rowSets
	ctx      context.Context
	tx       pgx.Tx
	handlers *handlers

	// checkpoint is how far the tables are, and before the timeline as of there.
	checkpoint uint64
	before     walk.Timeline
	position   uint64 // of the event being applied, or of the last one

	events  []domain.Recorded
	arrived map[uuid.UUID][]int       // events by whose stream they are in
	order   []uuid.UUID               // whose streams, in the order of arrival
	regroup []int                     // events that say who is one person with whom, or what counts
	was     map[uuid.UUID][]uuid.UUID // who was one person with a survivor, where that may change
	done    map[uuid.UUID]bool        // persons whose turn is over

	sums      contributions
	erasedIDs []uuid.UUID // who was erased
	wiped     []uuid.UUID // whose rows go, whatever they hold

	filledAtOnce int         // persons who are judged by changed rules in the page that brings the change
	announces    bool        // whether other systems are told what is found out
	slices       bool        // it is a slice between pages, at a position that was announced already
	resort       bool        // other price bands are in force
	demanded     []demandKey // weeks of demand that changed
}

func newPage(ctx context.Context, tx pgx.Tx, m *models, h *handlers, checkpoint uint64) *page {
	p := &page{models: m, ctx: ctx, tx: tx, handlers: h, checkpoint: checkpoint, position: checkpoint, before: *m.timeline,
		arrived: map[uuid.UUID][]int{}, done: map[uuid.UUID]bool{}, was: map[uuid.UUID][]uuid.UUID{}, sums: newContributions()}
	p.before.Entries = slices.Clip(p.before.Entries)
	return p
}

// apply takes one event as far as it concerns everybody, and gives it to the person to whom it happened.
func (p *page) apply(r domain.Recorded) error {
	p.position = r.Position
	id, ok := customer.IDOf(r.Stream)
	if !ok {
		return p.applyToAll(r)
	}
	if p.timeline.Observe(r) {
		p.keepClock()
	}
	if p.arrived[id] == nil {
		p.order = append(p.order, id)
	}
	p.arrived[id] = append(p.arrived[id], len(p.events))
	if p.identified(r, id) || changesWhatCounts(r.Event) {
		p.regroup = append(p.regroup, len(p.events))
	}
	p.events = append(p.events, r)
	return nil
}

// changesWhatCounts reports whether an event says of earlier ones that they do not count.
func changesWhatCounts(e domain.Event) bool {
	switch e.(type) {
	case customer.FactVoided, customer.OrderCancelled:
		return true
	}
	return false
}

// identified writes down what an event says of who is one person with whom or was erased, and reports whether it does.
func (p *page) identified(r domain.Recorded, id uuid.UUID) bool {
	switch e := r.Event.(type) {
	case customer.Merged:
		p.merged(r, id, e.Into, "merged")
	case customer.SplitOff:
		p.merged(r, id, e.From, "split")
	case customer.Erased:
		p.erased(r, id, e)
	default:
		return false
	}
	return true
}

// applyToAll takes an event that is of no customer.
func (p *page) applyToAll(r domain.Recorded) error {
	if walk.Concerns(r.Event) {
		n := len(p.timeline.Entries)
		if err := p.timeline.Take(r); err != nil {
			return err
		}
		if len(p.timeline.Entries) > n {
			if err := p.keepEntry(r); err != nil {
				return err
			}
		} else {
			p.keepClock()
		}
		if _, zone := r.Event.(business.TimeZoneSet); zone && p.timeline.Newest != nil {
			p.timeline.Rewound++ // days are other days now
		}
	}
	for _, on := range p.handlers.log[r.Event.EventType()] {
		if err := on.log(r, p); err != nil {
			return err
		}
	}
	return nil
}

// rewound reports whether days are other days than before the page.
func (p *page) rewound() bool { return p.timeline.Rewound != p.before.Rewound }

// settle gives every person their turn: those to whom something happened, those about whom time alone changes an
// answer, and some of those who are to be judged by rules that changed.
func (p *page) settle() error {
	for _, t := range p.turns() {
		if err := p.turn(t); err != nil {
			return err
		}
	}
	if p.rewound() {
		if err := p.everybodyAnew(); err != nil {
			return err
		}
	} else if p.timeline.Started && (!p.before.Started || p.timeline.Date > p.before.Date) {
		if err := p.passDue(); err != nil {
			return err
		}
	}
	return p.beginFill()
}

// writeRows sends all rows that wait, with more statements if given.
func (p *page) writeRows(more func(*pgx.Batch)) error {
	b := &pgx.Batch{}
	if len(p.wiped) > 0 {
		for _, name := range p.handlers.drafted {
			b.Queue("DELETE FROM "+name+" WHERE customer_id = ANY($1)", p.wiped)
		}
		p.wiped = nil
	}
	for _, s := range p.inTurn {
		if err := s.write(p.ctx, p.tx, b); err != nil {
			return err
		}
	}
	for key := range p.sums.demand.rows {
		p.demanded = append(p.demanded, key)
	}
	p.sums.write(p.ctx, b)
	p.keepFill(b)
	if more != nil {
		more(b)
	}
	if b.Len() == 0 {
		return nil
	}
	if err := p.tx.SendBatch(p.ctx, b).Close(); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// finish gives everybody their turn and writes all rows, with more statements if given.
func (p *page) finish(more func(*pgx.Batch)) error {
	if err := p.settle(); err != nil {
		return err
	}
	if err := p.writeRows(more); err != nil {
		return err
	}
	if p.resort {
		if err := p.sortDemandAnew(); err != nil {
			return err
		}
	}
	if err := p.foresee(p.demanded); err != nil {
		return err
	}
	return p.forgetBeside()
}
