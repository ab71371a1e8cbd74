package projections

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/eventstore"
)

// Previews judge the same customers again and again, while somebody writes a rule. To fold one from the log costs most of it, so
// those who were folded are remembered, as long as nothing that happened concerns them.

const (
	previewed      = 5_000                  // how many customers a preview judges at most, more or less
	previewedLeast = 1_000                  // and how many at least, however long that takes
	previewTime    = 200 * time.Millisecond // how long it folds those beyond
	sampleKept     = 10 * time.Minute       // since the last preview
	newsRead       = 10_000                 // events since then that are looked through; for more, all are folded anew
)

// samples are customers who were folded for previews.
type samples struct {
	turn     chan struct{} // one preview at a time: folds are not safe for concurrent use
	mu       sync.Mutex    // of what follows
	forget   *time.Timer
	position uint64
	date     domain.Day
	skipped  int
	folds    map[uuid.UUID]*fold
}

func newSamples() *samples {
	s := &samples{turn: make(chan struct{}, 1), folds: map[uuid.UUID]*fold{}}
	return s
}

// take lets one preview go on; give ends it.
func (s *samples) take(ctx context.Context) error {
	select {
	case s.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *samples) give() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.forget == nil {
		s.forget = time.AfterFunc(sampleKept, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			clear(s.folds)
		})
	}
	s.forget.Reset(sampleKept)
	<-s.turn
}

// refresh forgets those of whom something happened up to a view's position, or all where it concerns everybody.
func (s *samples) refresh(ctx context.Context, v *view) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.position
	s.position = v.position
	if before > v.position || s.date != v.timeline.Date || s.skipped != len(v.skipped) {
		clear(s.folds)
	}
	s.date, s.skipped = v.timeline.Date, len(v.skipped)
	if len(s.folds) == 0 {
		return nil
	}
	read := 0
	for r, err := range v.log.store.ReadAll(ctx, eventstore.Position(before)) {
		if err != nil {
			clear(s.folds)
			return err
		}
		if uint64(r.Position) > v.position {
			break
		}
		id, of := customer.IDOf(r.Stream)
		if read++; read > newsRead || !of && !slices.ContainsFunc(ofNobody, func(p string) bool { return strings.HasPrefix(r.Stream, p) }) {
			clear(s.folds)
			return nil
		}
		if of {
			delete(s.folds, id)
			delete(s.folds, v.families.survivor(id))
		}
	}
	return nil
}

// ofNobody are what streams begin with of which no person is made.
var ofNobody = []string{"reads", "access", identity.StreamPrefix}

// fold returns a customer as a view has them, from memory where they are there.
func (s *samples) fold(ctx context.Context, v *view, id uuid.UUID) (f *fold, remembered bool, err error) {
	s.mu.Lock()
	f, remembered = s.folds[id]
	s.mu.Unlock()
	if remembered {
		return f, true, nil
	}
	if f, err = v.person(ctx, id); err != nil {
		return nil, false, err
	}
	s.mu.Lock()
	s.folds[id] = f
	s.mu.Unlock()
	return f, false, nil
}

// The seed is fixed, so that asking again about other rules looks at the same customers.
const previewSQL = `SELECT customer_id FROM customer_summary TABLESAMPLE BERNOULLI ($1) REPEATABLE (1)`

// sample returns customers picked at random, in an order at random that is the same each time: so the first of them are a
// sample, too.
func (v *view) sample(ctx context.Context, of int64) ([]uuid.UUID, error) {
	rows, err := v.tx.Query(ctx, previewSQL, min(100, 100*float64(previewed)/float64(of)))
	if err != nil {
		return nil, err
	}
	ids, err := collectIDs(rows)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	return ids, err
}
