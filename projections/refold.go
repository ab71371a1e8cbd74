package projections

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/eventstore"
)

// refold is the part of a rebuild that makes the rows of all persons, some piles at a time. Several run side by side, each
// on a connection and in transactions of its own; they share what the scan found, which does not change.
type refold struct {
	models *models
	writer *writer         // whose policy says whether facts that cannot be taken are left out
	gaps   eventstore.Gaps // that people accepted
	until  uint64
	seen   func(events int)
}

// piles makes the rows of all customers in some piles but of those who are or were one person with others. No more of
// them is held at a time than a pile as it was sorted, and a part of it read back.
func (r *refold) piles(ctx context.Context, conn *pgx.Conn, number int, from *spool, piles []int) error {
	return r.transact(ctx, conn, number, func(p *page, one bool) error {
		for _, n := range piles {
			records, err := from.read(n)
			if err != nil {
				return err
			}
			histories, err := byCustomer(records, r.gaps)
			if err != nil {
				return err
			}
			histories = slices.DeleteFunc(histories, func(h *historyOf) bool {
				return r.models.families.survivor(h.id) != h.id || len(r.models.families.kin[h.id]) > 0
			})
			for some := range together(histories, readBackAtOnce) {
				if err := r.persons(ctx, p, some, one); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// readBackAtOnce is about how many events of a pile are held read back.
const readBackAtOnce = 2000

// together yields customers one after the other who have that many events together, or a single one who has more.
func together(all []*historyOf, events int) iter.Seq[[]*historyOf] {
	return func(yield func([]*historyOf) bool) {
		for len(all) > 0 {
			n, sum := 0, 0
			for n < len(all) && (n == 0 || sum+len(all[n].records) <= events) {
				sum += len(all[n].records)
				n++
			}
			if !yield(all[:n]) {
				return
			}
			all = all[n:]
		}
	}
}

// persons adds the rows of customers to the page, and sends them when there are many.
func (r *refold) persons(ctx context.Context, p *page, histories []*historyOf, one bool) error {
	facts, err := r.decode(ctx, histories, p.skipped)
	if err != nil {
		return err
	}
	for i, h := range histories {
		if err := r.personOrFault(p, h.id, false, facts[i], one); err != nil {
			return err
		}
	}
	if p.rowCount() < rowsAtOnce {
		return nil
	}
	return p.fillRows()
}

// rowsAtOnce is how many rows wait at the most before they are sent.
const rowsAtOnce = 20_000

// families makes the rows of all who are one person with others.
func (r *refold) families(ctx context.Context, conn *pgx.Conn, number int) error {
	return r.transact(ctx, conn, number, func(p *page, one bool) error {
		for _, id := range slices.SortedFunc(maps.Keys(p.families.kin), compareIDs) {
			if p.families.survivor(id) != id {
				continue
			}
			members := p.families.members(id)
			facts, err := p.facts(ctx, members, r.until)
			if err == nil {
				err = r.personOrFault(p, id, len(members) > 1, facts, one)
			}
			if err != nil {
				return err
			}
			if p.rowCount() > rowsAtOnce {
				if err := p.fillRows(); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// transact carries f out, again without a fact that cannot be taken, if that is the policy.
func (r *refold) transact(ctx context.Context, conn *pgx.Conn, number int, f func(p *page, one bool) error) error {
	one := false // whether each person is looked at, for rows that PostgreSQL does not take
	for own := map[eventstore.Position]error{}; ; {
		err := r.once(ctx, conn, number, own, func(p *page) error { return f(p, one) })
		var fault *factFault
		switch {
		case err == nil:
			return nil
		case isDatabaseFault(conn, err), errors.Is(err, eventstore.ErrHole):
			return err
		case !errors.As(err, &fault):
			if one {
				return err
			}
			one = true
			continue
		case !r.writer.skip:
			return fmt.Errorf("%w: position %d: %w", errStopped, fault.position, err)
		}
		own[eventstore.Position(fault.position)] = err
	}
}

// once carries f out on a page without some facts, writes its rows, and writes down that a part is done.
func (r *refold) once(ctx context.Context, conn *pgx.Conn, number int, without map[eventstore.Position]error, f func(*page) error) error {
	return r.writer.inTx(ctx, conn, func(tx pgx.Tx) error {
		m := *r.models
		m.skipped = make(map[eventstore.Position]bool, len(without))
		b := &pgx.Batch{}
		for at, err := range without {
			m.skipped[at] = true
			record, missing := r.writer.log.store.At(ctx, at)
			if missing != nil {
				return missing
			}
			r.writer.logger.Error("an event cannot be projected", "position", at, "type", record.Type, "stream", record.Stream,
				"status", "skipped", "error", err)
			b.Queue(recordFailure, int64(at), record.Type, record.Stream, err.Error(), "skipped")
		}
		p := newPage(ctx, tx, &m, r.writer.handlers, r.until)
		if err := recovered(func() error { return f(p) }); err != nil {
			return err
		}
		if err := p.fillRows(); err != nil {
			return err
		}
		p.sums.write(ctx, b) // at the end, since others wait for these rows
		b.Queue("UPDATE projection_rebuild SET done = done || $1::integer", number)
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return fmt.Errorf("write a part of a rebuild: %w", err)
		}
		return nil
	})
}

// fillRows writes the rows that wait into tables that hold none of them.
func (p *page) fillRows() error {
	for _, s := range p.inTurn {
		if err := s.fill(p.ctx, p.tx); err != nil {
			return err
		}
	}
	return nil
}

// isolate finds the fact of a person that PostgreSQL does not take: the one behind which, in the order of the log, the
// person's rows cannot be written.
func (r *refold) isolate(p *page, id uuid.UUID, merged bool, facts []told) error {
	byPosition := slices.SortedFunc(slices.Values(facts), func(a, b told) int { return cmp.Compare(a.Position, b.Position) })
	try := func(n int) (err error) {
		_, err = p.tx.Exec(p.ctx, "SAVEPOINT person")
		if err != nil {
			return err
		}
		first := slices.Clone(byPosition[:n])
		inOrderTold(first)
		own := newPage(p.ctx, p.tx, p.models, r.writer.handlers, r.until)
		if err = r.person(own, id, merged, first); err == nil {
			err = own.fillRows()
		}
		if _, rollback := p.tx.Exec(p.ctx, "ROLLBACK TO SAVEPOINT person"); rollback != nil {
			return rollback
		}
		return err
	}
	var fault error
	n := sort.Search(len(byPosition), func(i int) bool {
		err := try(i + 1)
		if err != nil {
			fault = err
		}
		return err != nil
	})
	if n == len(byPosition) {
		return nil
	}
	return fmt.Errorf("customer %s: %w", id, &factFault{byPosition[n].Position, fault})
}

// decode reads back what happened to customers, in the order in which it happened.
func (r *refold) decode(ctx context.Context, histories []*historyOf, skipped map[eventstore.Position]bool) ([][]told, error) {
	var open []eventstore.Record
	for _, h := range histories {
		if !h.erased {
			open = append(open, h.records...)
		}
	}
	decoded, err := r.writer.log.codec.DecodeAll(ctx, open)
	if err != nil {
		return nil, errors.Join(err, errLog)
	}
	out := make([][]told, len(histories))
	for i, h := range histories {
		out[i] = make([]told, 0, len(h.records))
		for j := range h.records {
			var e eventstore.Decoded
			if h.erased {
				e.Recorded, e.Err = r.writer.log.codec.DecodeClosed(h.records[j])
			} else {
				e, decoded = decoded[0], decoded[1:]
			}
			if skipped[h.records[j].Position] {
				continue
			}
			all, err := ourFacts(out[i], &h.records[j], &e, h.erased)
			if err != nil {
				return nil, err
			}
			out[i] = all
		}
		inOrderTold(out[i])
	}
	return out, nil
}

// personOrFault is person; where each person is looked at, it fails at the fact that is at fault.
func (r *refold) personOrFault(p *page, id uuid.UUID, merged bool, facts []told, one bool) error {
	if one {
		if err := r.isolate(p, id, merged, facts); err != nil {
			return err
		}
	}
	return r.person(p, id, merged, facts)
}

// person adds the rows of one person to the page.
func (r *refold) person(p *page, id uuid.UUID, merged bool, facts []told) error {
	h, err := foldOf(r.writer.handlers, id, merged, facts, p.timeline)
	if err != nil {
		return fmt.Errorf("customer %s: %w", id, err)
	}
	r.seen(len(facts))
	if !h.known() && len(facts) == 0 {
		return nil
	}
	p.sums.replace(contributed{}, h.contributes())
	if err := h.flush(&p.rowSets); err != nil {
		return fmt.Errorf("customer %s: %w", id, err)
	}
	for _, fact := range h.facts {
		if err := p.emit(id, fact, false); err != nil {
			return fmt.Errorf("customer %s: %w", id, &factFault{fact.Position, err})
		}
	}
	return nil
}
