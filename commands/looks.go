package commands

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sort"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
)

// ErrNobody: there is no such customer.
var ErrNobody = errors.New("there is no such customer")

// Looks returns who was shown data of a customer, or of those who are the same customer after a merge, the newest
// first, below a position in the log (nil: from the newest on); with everybody, also who was shown tables and lists,
// which may have told of the customer. It reads the log alone: who may change tables cannot hide a look. ErrNobody where
// there is no such customer.
func (s *Service) Looks(ctx context.Context, id uuid.UUID, everybody bool, below *int64, limit int) ([]domain.Recorded, error) {
	same, err := s.same(ctx, id)
	if err != nil {
		return nil, err
	}
	var streams []string
	for _, one := range same {
		streams = append(streams, access.ReadsStream(one))
	}
	if everybody {
		streams = append(streams, access.EveryonesReads)
	}
	newest := make([]*looks, 0, len(streams))
	defer func() {
		for _, l := range newest {
			l.stop()
		}
	}()
	for _, stream := range streams {
		l, err := s.looksOf(ctx, stream, below)
		if err != nil {
			return nil, err
		}
		newest = append(newest, l)
	}
	var found []domain.Recorded
	for len(found) < limit {
		l := slices.MaxFunc(newest, func(a, b *looks) int { return int(a.at()) - int(b.at()) })
		if l.at() == 0 {
			break
		}
		look, err := s.log.codec.Decode(ctx, l.head)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", l.head.Stream, err)
		}
		found = append(found, look)
		if err := l.advance(); err != nil {
			return nil, err
		}
	}
	return found, ctx.Err()
}

// looks goes through a stream, the newest first.
type looks struct {
	next func() (eventstore.Record, error, bool)
	stop func()
	head eventstore.Record // zero at the end
}

func (l *looks) at() eventstore.Position { return l.head.Position }

func (l *looks) advance() error {
	r, err, more := l.next()
	if err != nil {
		return fmt.Errorf("read who was shown what: %w", err)
	}
	if l.head = r; !more {
		l.head = eventstore.Record{}
	}
	return nil
}

// looksOf begins at the newest event of a stream that stands below a position.
func (s *Service) looksOf(ctx context.Context, stream string, below *int64) (*looks, error) {
	from := uint64(eventstore.End)
	if below != nil {
		before, err := s.revisionsBelow(ctx, stream, eventstore.Position(*below))
		if err != nil {
			return nil, err
		}
		if before == 0 {
			return &looks{stop: func() {}}, nil
		}
		from = before - 1
	}
	l := &looks{}
	l.next, l.stop = iter.Pull2(s.log.store.ReadStreamBackwards(ctx, stream, from))
	if err := l.advance(); err != nil {
		l.stop()
		return nil, err
	}
	return l, nil
}

// revisionsBelow counts the revisions of a stream that stand below a position.
func (s *Service) revisionsBelow(ctx context.Context, stream string, below eventstore.Position) (n uint64, fault error) {
	for r, err := range s.log.store.ReadStreamBackwards(ctx, stream, eventstore.End) {
		if err != nil {
			return 0, fmt.Errorf("read %s: %w", stream, err)
		}
		n = r.Revision + 1
		break
	}
	return uint64(sort.Search(int(n), func(i int) bool {
		for r, err := range s.log.store.ReadStream(ctx, stream, uint64(i)) {
			fault = errors.Join(fault, err)
			return err != nil || r.Position >= below
		}
		return true
	})), errors.Join(fault, ctx.Err())
}

// same returns the customers who are the same person now: who stands for a customer, and those who are merged into
// them.
func (s *Service) same(ctx context.Context, id uuid.UUID) ([]uuid.UUID, error) {
	merged, into, err := s.merges(ctx, id)
	if err != nil || into == uuid.Nil {
		return append([]uuid.UUID{id}, merged...), err
	}
	merged, _, err = s.merges(ctx, into)
	return append([]uuid.UUID{into}, merged...), err
}

// merges reads from a customer's stream who is merged into them, and into whom they are.
func (s *Service) merges(ctx context.Context, id uuid.UUID) (absorbed []uuid.UUID, into uuid.UUID, err error) {
	types := []string{customer.Absorbed{}.EventType(), customer.Separated{}.EventType(), customer.Merged{}.EventType(),
		customer.SplitOff{}.EventType(), customer.MergeBegun{}.EventType()}
	var begun []uuid.UUID
	known := false
	for r, err := range s.log.store.ReadStream(ctx, customer.Stream(id), 0) {
		if err != nil {
			return nil, into, fmt.Errorf("read %s: %w", customer.Stream(id), err)
		}
		if known = true; !slices.Contains(types, r.Type) {
			continue
		}
		fact, err := s.log.codec.Decode(ctx, r)
		if err != nil {
			return nil, into, fmt.Errorf("read %s: %w", customer.Stream(id), err)
		}
		switch e := fact.Event.(type) {
		case customer.Absorbed:
			absorbed = append(absorbed, e.AbsorbedID)
		case customer.Separated:
			absorbed = slices.DeleteFunc(absorbed, func(one uuid.UUID) bool { return one == e.AbsorbedID })
		case customer.MergeBegun:
			begun = append(begun, e.AbsorbedID)
		case customer.Merged:
			into = e.Into
		case customer.SplitOff:
			into = uuid.Nil
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, into, err
	}
	if !known {
		return nil, into, ErrNobody
	}
	for _, other := range begun {
		if e, err := s.beside(ctx, other); err != nil {
			return nil, into, err
		} else if e.state.Survivor() == id {
			absorbed = append(absorbed, other)
		}
	}
	slices.SortFunc(absorbed, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(absorbed), into, nil
}
