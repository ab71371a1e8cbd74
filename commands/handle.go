package commands

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
)

// Request asks for a command to be carried out on a stream.
type Request[S any, N domain.Needing] struct {
	Stream  string
	Command domain.CommandOf[S, N]
	// Metadata is what the caller knows of the circumstances. OccurredAt is now unless it is given, and
	// CorrelationID the command's own id; CommandID and CommandDigest are always set here.
	Metadata domain.Metadata
	// IdempotencyKey makes the command safe to repeat: under the same key the same command is carried out
	// once and answered alike each time, and another command is refused.
	IdempotencyKey string
	// IfRevision refuses the command unless the stream's newest event has that revision.
	IfRevision *uint64

	onlyFirst bool // nothing is done unless the stream is empty
	alone     bool // asked of the customer of the stream, whoever stands for them
}

// Answer says where the command's facts stand, or, when it was true already, where the stream stood.
type Answer struct {
	Stream   string
	Revision uint64
	// Position is the place in the log that a reader must have reached to know what the command led to.
	Position uint64
	// Appended counts the new facts.
	Appended int
}

// Result is an Answer, or why there is none: a *domain.Rejection, or a fault of the log.
type Result struct {
	Answer Answer
	Err    error
}

// Handler carries out commands on the streams whose state is S. The commands declare N.
type Handler[S any, N domain.Needing] struct {
	*log
	cache *cache[S]
	// books knows the reporting currency.
	books books
	// claims knows whose an identity is; nil where nothing is claimed.
	claims claims
	// decide asks the noun's guard, and lets the command decide.
	decide func(*S, domain.CommandOf[S, N], domain.Given[N]) ([]domain.EventOf[S], error)
	// lookUp fills in what a command needs to know of other streams; nil where commands need nothing of them.
	lookUp func(context.Context, *N) error
	// zone knows in which time zone days are counted.
	zone func(context.Context) (*time.Location, error)
	// persons knows how several streams make up one state; nil where none do.
	persons *persons[S]
	// known is told of each state that is as the log has it, and whether it is whole; nil where nobody wants to know.
	known func(stream string, state *S, whole bool)
	// after follows up on what was carried out; nil where nothing follows.
	after func(ctx context.Context, results []Result)
}

func newHandler[P domain.StateOf[S], S any, N domain.Needing](s *Service) *Handler[S, N] {
	return &Handler[S, N]{log: s.log, cache: newCache[S](s.memory), zone: s.zone, books: s,
		decide: func(state *S, c domain.CommandOf[S, N], g domain.Given[N]) ([]domain.EventOf[S], error) {
			return domain.Decide(P(state), c, g)
		}}
}

// Handle carries out one command.
func (h *Handler[S, N]) Handle(ctx context.Context, r Request[S, N]) (Answer, error) {
	results := h.HandleAll(ctx, r.Stream, []Request[S, N]{r})
	return results[0].Answer, results[0].Err
}

// HandleAll carries out commands on one stream, in order, each over the state that the ones before it left, and
// appends what they decided at once (in as few appends as the log's limits allow). A refused one leaves
// nothing and does not stop the others; a fault of the log stops all that are not appended yet. The requests'
// own Stream is not looked at.
func (h *Handler[S, N]) HandleAll(ctx context.Context, stream string, requests []Request[S, N]) []Result {
	results := make([]Result, len(requests))
	if err := h.halted(ctx); err != nil {
		failAll(results, err)
		return results
	}
	orders := make([]order[S, N], len(requests))
	now := h.now()
	// Asked for once: while no zone is settled, the answer has to be read.
	zone := sync.OnceValues(func() (*time.Location, error) { return h.zone(ctx) })
	for i := range requests {
		orders[i] = h.prepare(ctx, stream, &requests[i], now, zone)
	}
	h.handleTurns(ctx, stream, orders, results)
	if h.after != nil {
		h.after(ctx, results)
	}
	return results
}

// maxMoves bounds how often orders follow a customer who is merged and split meanwhile.
const maxMoves = 8

// handleTurns carries out the orders on the stream, or on that of who stands for its customer.
func (h *Handler[S, N]) handleTurns(ctx context.Context, stream string, orders []order[S, N], results []Result) {
	for moves := 0; len(orders) > 0; moves++ {
		itself, run := orders[0].given.Needs.Common().Itself, 1
		for run < len(orders) && orders[run].given.Needs.Common().Itself == itself {
			run++
		}
		e, of, err := (*entry[S])(nil), uuid.Nil, error(nil)
		if orders[0].alone {
			e, err = h.cache.acquire(ctx, stream)
		} else {
			e, of, err = h.follow(ctx, stream, itself)
		}
		if err != nil {
			failAll(results, fmt.Errorf("wait for %s: %w", stream, err))
			return
		}
		self, _ := customer.IDOf(e.stream)
		for i := range orders[:run] {
			orders[i].given.ID, orders[i].given.Of = self, of
		}
		done, err := h.handleTurn(ctx, e, orders[:run], results[:run])
		var half *halfError
		switch {
		case moves >= maxMoves:
		case errors.As(err, &half):
			err = h.heal(ctx, half)
		case errors.Is(err, errMoved):
			err = pause(ctx, moves)
		}
		if err != nil {
			failAll(results[done:], err)
			return
		}
		orders, results = orders[done:], results[done:]
	}
}

// handleTurn carries out the orders while the stream's entry is ours, and answers how many it did.
func (h *Handler[S, N]) handleTurn(ctx context.Context, e *entry[S], orders []order[S, N], results []Result) (done int, err error) {
	defer h.cache.release(e)
	for done < len(orders) && err == nil {
		var n int
		n, err = h.handleSome(ctx, e, orders[done:], results[done:])
		done += n
	}
	h.secure(ctx, e)
	if h.known != nil && e.loaded {
		h.known(e.stream, &e.state, !e.apart)
	}
	return done, err
}

func failAll(results []Result, err error) {
	for i := range results {
		results[i] = Result{Err: err}
	}
}

// handleSome carries out as many of the orders as fit in one append, and answers how many.
func (h *Handler[S, N]) handleSome(ctx context.Context, e *entry[S], orders []order[S, N], results []Result) (int, error) {
	sound := false // the state is what the log holds, as far as it was read
	defer func() {
		if !sound {
			e.drop()
		}
	}()
	current := false // the state was compared with the log since the call began
	for attempt := 1; ; attempt++ {
		if !e.loaded && !h.recall(ctx, e) {
			if _, err := h.catchUp(ctx, e); err != nil {
				sound = true
				return 0, err
			}
			current = true
		}
		d := decision[S, N]{handler: h, entry: e, current: current}
		taken, err := d.decideAll(ctx, orders, results)
		if errors.Is(err, errMoved) {
			sound = !d.ahead
			return 0, err
		}
		if err != nil && !errors.Is(err, errOutdated) {
			return 0, err
		}
		if err == nil && len(d.events) == 0 {
			// An append checks the state on which all was decided. Where nothing is appended, a cached state
			// must be compared with the log, since others may have written there.
			grown := false
			if !current {
				if grown, err = h.catchUp(ctx, e); err != nil {
					sound = true
					return 0, err
				}
				current = true
			}
			if !grown {
				sound = true
				return taken, nil
			}
			continue
		}
		if err == nil {
			err = d.append(ctx, results[:taken])
		}
		switch {
		case err == nil:
			sound = true
			return taken, nil
		case errors.Is(err, eventstore.ErrTooLarge):
			orders = smaller(orders, results[:taken], err)
		case errors.Is(err, errOtherBooks), errors.Is(err, errOutdated):
		case !errors.Is(err, eventstore.ErrWrongRevision) || attempt >= h.maxAttempts:
			return 0, err
		default:
			if err := pause(ctx, attempt); err != nil {
				return 0, err
			}
		}
		if d.ahead {
			e.drop()
			continue
		}
		if _, err := h.catchUp(ctx, e); err != nil {
			sound = true
			return 0, err
		}
		current = true
	}
}

// smaller answers what to try when the store refused the facts of some orders as too large together: fewer of them. A
// single one that is too large by itself is refused.
func smaller[S any, N domain.Needing](orders []order[S, N], results []Result, err error) []order[S, N] {
	var accepted []int
	for i := range results {
		if results[i].Answer.Appended > 0 {
			accepted = append(accepted, i)
		}
	}
	if len(accepted) > 1 {
		return orders[:accepted[len(accepted)/2]]
	}
	orders[accepted[0]].err = ErrTooLarge.Because("%v", err)
	return orders
}

// catchUp folds what the log holds beyond the state, and tells whether there was anything.
func (h *Handler[S, N]) catchUp(ctx context.Context, e *entry[S]) (grown bool, err error) {
	h.recall(ctx, e)
	e.loaded = false
	for record, err := range h.newer(ctx, e) {
		if err != nil {
			return grown, fmt.Errorf("read %s: %w", e.stream, err)
		}
		recorded, err := h.codec.Decode(ctx, record)
		if errors.Is(err, eventstore.ErrForeignType) { // passed over, as by all who read
			e.next, e.position, grown = recorded.Revision+1, recorded.Position, true
			e.took(record.ID, nil)
			continue
		}
		if err != nil {
			return grown, fmt.Errorf("read %s: %w", e.stream, err)
		}
		event, ok := recorded.Event.(domain.EventOf[S])
		if !ok {
			return grown, fmt.Errorf("read %s: an event of type %s does not belong there", e.stream, record.Type)
		}
		if at, merged := mergedAt(recorded.Event, recorded.RecordedAt); merged {
			e.since = at
		}
		h.takeNext(e, event, recorded)
		e.next, e.position, grown = recorded.Revision+1, recorded.Position, true
		e.took(record.ID, record.Data)
		e.contents.add(recorded.Metadata.Content)
		if recorded.Metadata.CommandDigest != "" {
			e.recent.remember(handled{id: recorded.Metadata.CommandID, digest: recorded.Metadata.CommandDigest,
				revision: recorded.Revision, position: recorded.Position})
		}
	}
	// A sequence may end without an error when its context did.
	if err := ctx.Err(); err != nil {
		return grown, fmt.Errorf("read %s: %w", e.stream, err)
	}
	e.loaded = true
	if grown {
		return grown, h.whole(ctx, e)
	}
	return grown, nil
}

// view lets f look at a stream's state as the log has it now.
func (h *Handler[S, N]) view(ctx context.Context, stream string, f func(*S)) error {
	e, err := h.cache.acquire(ctx, stream)
	if err != nil {
		return fmt.Errorf("wait for %s: %w", stream, err)
	}
	defer h.cache.release(e)
	if _, err := h.catchUp(ctx, e); err != nil {
		return err
	}
	if err := h.whole(ctx, e); err != nil {
		return err
	}
	h.secure(ctx, e)
	f(&e.state)
	return nil
}

// pause waits a little before deciding anew, longer each time and never as long as the rival does.
func pause(ctx context.Context, attempt int) error {
	most := time.Millisecond << min(attempt, 5)
	timer := time.NewTimer(rand.N(most))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
