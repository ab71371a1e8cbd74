package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
)

// decision is what a run of commands decided over one state, before it is appended.
type decision[S any, N domain.Needing] struct {
	handler *Handler[S, N]
	entry   *entry[S]
	current bool // the state was compared with the log since the call began

	expected eventstore.Expected
	events   []eventstore.Proposed
	weight   int // of the events

	// pending is the last accepted command's part, which the state does not hold yet: so a single command that
	// meets a conflict leaves the state as it was. ahead tells that the state holds what is not appended.
	pending *accepted[S, N]
	// releases are identities that are given up once all is appended.
	releases []customer.Identity
	along    []*along // what is recorded of others
	erases   bool     // the customer, once all is appended
	ahead    bool

	reporting domain.Currency // of the books, or of the first priced command while they have none
	asked     bool            // whether reporting was looked up
	unsettled bool            // the books are to be settled in reporting before the append
}

type accepted[S any, N domain.Needing] struct {
	order    *order[S, N]
	facts    []domain.EventOf[S]
	metadata []domain.Metadata // of each fact
}

// errOtherBooks: others settled the reporting currency, and not as was supposed.
var errOtherBooks = errors.New("the books were settled in another currency meanwhile")

// errOutdated: what was decided needs a state that was compared with the log.
var errOutdated = errors.New("the state may be outdated")

// decideAll decides one order after the other, until all are decided or no more fits in one append, and
// answers how many it decided. The answers lack the position of what is yet to be appended.
func (d *decision[S, N]) decideAll(ctx context.Context, orders []order[S, N], results []Result) (int, error) {
	d.expected = d.entry.expected()
	for i := range orders {
		if d.mends() {
			return i, nil // what the next one is decided on is folded anew, once this is appended
		}
		d.adopt()
		answer, full, err := d.decide(ctx, &orders[i])
		if full {
			return i, nil
		}
		var fault *faultError
		if errors.As(err, &fault) {
			return 0, fault.error
		}
		if err != nil {
			answer = Answer{}
		}
		results[i] = Result{Answer: answer, Err: err}
	}
	return len(orders), nil
}

// faultError is an error that no caller of a command is to blame for.
type faultError struct{ error }

func (d *decision[S, N]) decide(ctx context.Context, o *order[S, N]) (a Answer, full bool, err error) {
	e := d.entry
	if o.err != nil {
		return a, false, o.err
	}
	if d.handler.moved(e, o) {
		return a, false, &faultError{errMoved}
	}
	if half, err := d.handler.half(ctx, e, o.completes); err != nil {
		return a, false, &faultError{err}
	} else if half != nil {
		return a, false, &faultError{half}
	}
	if e.apart && !d.handler.persons.byMerges(o.command) {
		if len(d.events) > 0 {
			return a, true, nil // what was decided before is appended first, to be read
		}
		if err := d.handler.whole(ctx, e); err != nil {
			return a, false, &faultError{err}
		}
	}
	a = Answer{Stream: e.stream, Position: e.position}
	if e.next > 0 {
		a.Revision = e.next - 1
	}
	if o.digest != "" {
		if known, ok := e.recent.find(o.metadata.CommandID); ok {
			if known.digest != o.digest {
				return a, false, ErrKeyReused
			}
			return Answer{Stream: e.stream, Revision: known.revision, Position: known.position}, false, nil
		}
	}
	if o.ifRevision != nil && (e.next == 0 || *o.ifRevision != e.next-1) {
		return a, false, stale(e.next)
	}
	if o.onlyFirst && e.next > 0 {
		return a, false, nil
	}
	given := o.given
	given.Events = e.next
	settles, err := d.inBooks(ctx, &given)
	if err != nil {
		return a, false, &faultError{err}
	}
	if need := toldNeed(&given.Needs); need != nil && need.Asked {
		if len(d.events) > 0 {
			return a, true, nil // what was decided before is appended first, to be read
		}
		if need.Events, err = d.handler.told(ctx, e); err != nil {
			return a, false, &faultError{err}
		}
		if err := d.handler.tellAnew(ctx, o, any(&given).(*customer.Given)); err != nil {
			return a, false, &faultError{err}
		}
	}
	facts, err := d.handler.decide(&e.state, o.command, given)
	if d.handler.persons != nil && d.handler.persons.late(&e.state, o.command, &given) {
		if len(d.events) > 0 {
			return a, true, nil // what was decided before is appended first, to be read
		}
		need, fault := toldNeed(&given.Needs), error(nil)
		if need.Events, fault = d.handler.told(ctx, e); fault != nil {
			return a, false, &faultError{fault}
		}
		if anew := d.handler.persons.inTime(&e.state, o.command, &given); len(anew) > 0 {
			facts, err = anew, nil
		}
	}
	if err == nil && len(facts) == 0 && e.contents.differ(o.content) {
		err = ErrToldOtherwise
	}
	if err != nil || len(facts) == 0 {
		return a, false, err
	}
	metadata := d.metadata(o, &given, facts)
	events, size, err := d.handler.encode(ctx, e.stream, o, facts, metadata)
	if errors.Is(err, eventstore.ErrKeyDestroyed) && !d.current {
		err = &faultError{errOutdated} // the customer was erased, which the state does not know yet
	}
	if err != nil {
		return a, false, err
	}
	if len(events) > eventstore.MaxAppend || size > eventstore.MaxAppendBytes {
		return a, false, ErrTooLarge
	}
	weight := d.weight + weightOf(events)
	if len(d.events) > 0 && !d.handler.store.Limits().Fits(len(d.events)+len(events), weight) {
		return a, true, nil
	}
	if d.handler.claims != nil && reachesOut(facts) {
		// What is done to other streams stays there, even if this one proves to have grown and all is decided anew.
		if !d.current {
			return a, false, &faultError{errOutdated}
		}
		along, err := reachOut(ctx, d.handler.claims, e.stream, facts, metadata)
		if err != nil {
			return a, false, refusalOrFault(err)
		}
		if len(along) > 0 && !d.handler.store.Limits().Joint {
			if len(d.events) > 0 {
				return a, true, nil // what was decided before is appended first
			}
			if err := d.announce(ctx, o, facts); err != nil {
				return a, false, &faultError{err}
			}
		}
		d.along = append(d.along, along...)
	}
	d.events, d.weight = append(d.events, events...), weight
	d.releases = append(d.releases, givenUp(&e.state, facts)...)
	d.erases = d.erases || slices.ContainsFunc(facts, isErasure[S])
	d.pending = &accepted[S, N]{order: o, facts: facts, metadata: metadata}
	if settles != "" {
		d.reporting, d.unsettled = settles, true
	}
	return Answer{Stream: e.stream, Revision: e.next + uint64(len(facts)) - 1, Appended: len(facts)}, false, nil
}

func (h *Handler[S, N]) encode(ctx context.Context, stream string, o *order[S, N], facts []domain.EventOf[S],
	metadata []domain.Metadata) ([]eventstore.Proposed, int, error) {
	events, size := make([]eventstore.Proposed, len(facts)), 0
	for i, fact := range facts {
		id, err := o.eventID(i, fact)
		if err != nil {
			return nil, 0, &faultError{err}
		}
		event, err := h.codec.Encode(ctx, stream, id, fact, metadata[i])
		if err != nil {
			return nil, 0, &faultError{err}
		}
		n := len(event.Data) + len(event.Metadata)
		if n > eventstore.MaxEventBytes {
			return nil, 0, ErrTooLarge.Because("it comes to %d bytes, and at most %d fit", n, eventstore.MaxEventBytes)
		}
		events[i] = event
		size += n
	}
	return events, size, nil
}

// weightOf is what events count against the limits of the store.
func weightOf(events []eventstore.Proposed) (weight int) {
	for _, e := range events {
		weight += e.Weight()
	}
	return weight
}

// adopt brings the pending facts into the state, as if they were appended. Their position is 0 until then.
func (d *decision[S, N]) adopt() {
	if d.pending == nil {
		return
	}
	e, p := d.entry, d.pending
	d.pending, d.ahead = nil, true
	for i, fact := range p.facts {
		e.contents.add(p.metadata[i].Content)
		// Its place in the log is not known yet; it is behind all that is.
		d.handler.takeNext(e, fact, domain.Recorded{Event: fact, Metadata: p.metadata[i], Stream: e.stream,
			Revision: e.next + uint64(i), Position: e.behind() + 1})
	}
	e.unplaced += len(p.facts)
	e.next += uint64(len(p.facts))
	e.position = 0
	if p.order.digest != "" {
		e.recent.remember(handled{id: p.order.metadata.CommandID, digest: p.order.digest, revision: e.next - 1})
	}
}

// metadata returns that of each fact: whose thing it is, where that is not the survivor's.
func (d *decision[S, N]) metadata(o *order[S, N], given *domain.Given[N], facts []domain.EventOf[S]) []domain.Metadata {
	all := make([]domain.Metadata, len(facts))
	said := false
	for i, fact := range facts {
		all[i] = o.metadata
		_, void := any(fact).(customer.FactVoided)
		if said || void {
			all[i].Content = "" // one fact says so, which counts
		}
		if need := toldNeed(&given.Needs); void && !need.Asked { // nobody asked for it: the calendar withdraws what it said
			all[i].Actor, all[i].Source = system().Actor, system().Source
		}
		said = said || all[i].Content != ""
		if d.handler.persons != nil {
			all[i].Of = d.handler.persons.owner(&d.entry.state, fact, given)
		}
	}
	return all
}

// mends reports whether the last accepted command changes which facts count.
func (d *decision[S, N]) mends() bool {
	return d.pending != nil && d.handler.persons != nil && slices.ContainsFunc(d.pending.facts,
		func(fact domain.EventOf[S]) bool { return d.handler.persons.mends(fact) })
}

// append makes the decision lasting, and completes the state and the answers.
func (d *decision[S, N]) append(ctx context.Context, results []Result) error {
	e := d.entry
	if d.unsettled {
		if err := d.handler.books.settle(ctx, d.reporting); err != nil {
			return err
		}
	}
	appended, err := d.appendAll(ctx)
	if err != nil {
		return fmt.Errorf("append to %s: %w", e.stream, err)
	}
	d.adopt()
	for _, event := range d.events {
		e.took(event.ID, event.Data)
	}
	if appended.Revision+1 != e.next { // the stream was deleted before, and went on from its old end
		return &eventstore.HoleError{Stream: e.stream, From: 0, Until: appended.Revision - uint64(len(d.events))}
	}
	e.position = uint64(appended.Position)
	e.recent.place(e.position)
	e.company.place(e.position)
	for i := range results {
		if a := &results[i].Answer; results[i].Err == nil && a.Position == 0 {
			a.Position = e.position
		}
	}
	for _, a := range d.along {
		d.handler.claims.recorded(ctx, a)
	}
	if len(d.releases) > 0 {
		d.handler.claims.release(ctx, e.stream, d.releases)
	}
	switch {
	case d.erases:
		d.handler.cache.forgetSnapshot(e.stream)
		d.handler.claims.erased(ctx, e.stream)
		e.drop() // and all that was read of it
	}
	return nil
}

// appendAll appends what was decided, and what is recorded of others along with it. What could not be recorded of them
// after it is completed at the next sight.
func (d *decision[S, N]) appendAll(ctx context.Context) (own eventstore.Appended, err error) {
	store, e := d.handler.store, d.entry
	if len(d.along) == 0 {
		return store.Append(ctx, e.stream, d.expected, d.events)
	}
	var writes []eventstore.Write
	for _, a := range d.along {
		if !a.after {
			writes = append(writes, a.Write)
		}
	}
	at := len(writes)
	writes = append(writes, eventstore.Write{Stream: e.stream, Expected: d.expected, Events: d.events})
	for _, a := range d.along {
		if a.after {
			writes = append(writes, a.Write)
		}
	}
	appended, err := store.AppendAll(ctx, writes)
	if len(appended) > at {
		return appended[at], nil
	}
	return own, err
}

// refusalOrFault tells what the caller can mend from what is nobody's fault.
func refusalOrFault(err error) error {
	var r *domain.Rejection
	if errors.As(err, &r) {
		return r
	}
	return &faultError{err}
}

// givenUp answers the identities that facts give up, of those that the state before them has.
func givenUp[S any](s *S, facts []domain.EventOf[S]) (all []customer.Identity) {
	for _, fact := range facts {
		if r, ok := fact.(releasing[S]); ok {
			all = append(all, r.Releases(s)...)
		}
	}
	return all
}

func isErasure[S any](fact domain.EventOf[S]) bool {
	_, is := domain.Event(fact).(customer.Erased)
	return is
}

func stale(next uint64) error {
	if next == 0 {
		return ErrStale.Because("nothing is there yet, so it has no revision")
	}
	return ErrStale.Because("the revision is %d by now", next-1)
}

var (
	ErrStale = &domain.Rejection{Kind: domain.Stale, Code: "revision_stale", Field: "if_revision",
		Reason: "the revision is another one by now"}
	ErrKeyReused = &domain.Rejection{Kind: domain.Conflict, Code: "idempotency_key_reused",
		Field: "idempotency_key", Reason: "another command was carried out under this idempotency key"}
	ErrToldOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "told_otherwise",
		Reason: "the same was told before, with other content, of another time or through another channel"}
	ErrTooLarge = &domain.Rejection{Kind: domain.Large, Code: "command_too_large",
		Reason: "what the command says is more than the event store takes at once"}
)

// toldNeed returns what a command needs of what was told before; nil where it cannot need any.
func toldNeed(needs any) *customer.ToldNeed {
	if n, ok := needs.(*customer.Needs); ok {
		return &n.Told
	}
	return nil
}
