package projections

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
)

// Merges keeps who stands for whom. While a merge lasts, the survivor's figures, stage and memberships rest on
// what happened to both; rows of single events stay with whom they were recorded. A split takes back what
// rested on the merge: the rows of all whom it concerned are written anew from their streams, as if that
// merge had never been.
var Merges = Projector{
	Name: "merges",
	Schema: `
-- Every merge of two customers, and every split.
CREATE TABLE customer_merges (
	customer_id uuid NOT NULL, -- the absorbed one
	revision bigint NOT NULL, -- place in their stream
	happened text NOT NULL CHECK (happened IN ('merged', 'split')), -- merged or split
	survivor_id uuid NOT NULL, -- who stands for them from then on, or no more
	happened_on date NOT NULL, -- business day
	PRIMARY KEY (customer_id, revision)
);
`,
	On: []Handler{
		On(func(e customer.Merged, r domain.Recorded, p *page) error {
			add(p, mergeRows, mergeRow{p.id, int64(r.Revision), "merged", e.Into, p.day})
			return p.merge(p.id, e.Into)
		}),
		On(func(e customer.SplitOff, r domain.Recorded, p *page) error {
			add(p, mergeRows, mergeRow{p.id, int64(r.Revision), "split", e.From, p.day})
			return p.split(p.id, e.From)
		}),
	},
}

type mergeRow struct {
	CustomerID uuid.UUID  `db:"customer_id"`
	Revision   int64      `db:"revision"`
	Happened   string     `db:"happened"`
	SurvivorID uuid.UUID  `db:"survivor_id"`
	HappenedOn domain.Day `db:"happened_on"`
}

var mergeRows = added[mergeRow]("customer_merges")

// merge lets a survivor stand for another customer.
func (p *page) merge(absorbed, survivor uuid.UUID) error {
	if p.overruled[p.position] {
		return nil
	}
	if err := p.judgeAllStirred(); err != nil {
		return err
	}
	b, err := p.relation(absorbed)
	if err != nil {
		return err
	}
	a, err := p.relation(survivor)
	if err != nil {
		return err
	}
	b.Begin(&b.Facts, p.clock.on)
	for name := range b.In {
		b.Leave(name, &journal{p, absorbed, b})
		p.announce(absorbed, b, name, p.rules.Segments[name], false)
	}
	if b.wakes {
		p.agenda.remove(b.wake, absorbed)
		b.wakes = false
	}
	p.revalue(absorbed, b)
	p.revalue(survivor, a)
	p.forgetPredictions(absorbed, b)
	b.Into = &survivor
	streams := []string{customer.Stream(survivor), customer.Stream(absorbed)}
	for _, id := range a.Absorbed {
		other, err := p.relation(id)
		if err != nil {
			return err
		}
		if id != absorbed && other.Into != nil && *other.Into == survivor {
			streams = append(streams, customer.Stream(id))
		}
	}
	all, err := p.history(streams...)
	if err != nil {
		return err
	}
	a.Facts = facts.Unite(survivor, all, p.clock.zone)
	a.Charges.add(b.Charges)
	if !slices.Contains(a.Absorbed, absorbed) {
		a.Absorbed = append(a.Absorbed, absorbed)
	}
	p.stale[absorbed], p.stale[survivor] = b, a
	p.stirred[survivor] = a
	return nil
}

// split writes all whom a merge concerned anew from the log, as if that merge had never been.
func (p *page) split(absorbed, survivor uuid.UUID) error {
	if p.overruled[p.position] {
		return nil
	}
	if err := p.flush(nil); err != nil {
		return err
	}
	a, err := p.relation(survivor)
	if err != nil {
		return err
	}
	return p.rewrite(append([]uuid.UUID{absorbed, survivor}, a.Absorbed...))
}

// rewrite writes customers anew from the log: all of whom it is said, and whom that concerns.
func (p *page) rewrite(concerned []uuid.UUID) error {
	slices.SortFunc(concerned, func(x, y uuid.UUID) int { return slices.Compare(x[:], y[:]) })
	concerned = slices.Compact(concerned)
	before, closed := make([]map[string]judgement.Stay, len(concerned)), map[uuid.UUID]bool{}
	for i, id := range concerned {
		c, err := p.relation(id)
		if err != nil {
			return err
		}
		before[i], closed[id] = c.In, c.ErasedOn != nil
		p.devalue(id, c)
	}
	if err := p.flush(nil); err != nil {
		return err
	}
	if err := p.forgetRows(concerned); err != nil {
		return err
	}
	if err := p.replay(concerned, closed); err != nil {
		return err
	}
	for i, id := range concerned {
		p.announceDifference(id, before[i])
	}
	return nil
}

// announceDifference tells what writing a customer anew made of their memberships.
func (p *page) announceDifference(id uuid.UUID, before map[string]judgement.Stay) {
	c := p.relations[id]
	if c == nil {
		return
	}
	for name, s := range p.rules.Segments {
		_, was := before[name]
		if _, is := c.In[name]; is != was {
			p.announce(id, c, name, s, is)
		}
	}
}

// forgetRows removes customers from all tables and from memory.
func (p *page) forgetRows(ids []uuid.UUID) error {
	rows, err := p.tx.Query(p.ctx, `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attname = 'customer_id'`)
	if err != nil {
		return fmt.Errorf("list the tables: %w", err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("list the tables: %w", err)
	}
	b := &pgx.Batch{}
	keys := make([][16]byte, len(ids))
	for i, id := range ids {
		keys[i] = id
		if c := p.relations[id]; c != nil && c.wakes {
			p.agenda.remove(c.wake, id)
		}
		delete(p.relations, id)
		delete(p.stirred, id)
		delete(p.stale, id)
	}
	for _, table := range tables {
		b.Queue("DELETE FROM "+pgx.Identifier{table}.Sanitize()+" WHERE customer_id = ANY($1)", keys)
	}
	// Rows of keyed tables are read again; the sets are empty after the flush before.
	clear(p.caches)
	clear(p.sets)
	p.order = nil
	if err := p.tx.SendBatch(p.ctx, b).Close(); err != nil {
		return fmt.Errorf("forget customers: %w", err)
	}
	return nil
}

// replay takes the streams of customers anew, and those of who looked at them, with the calendar and the rules as they
// came to be in force. Merges that were split again are left out, and of whoever is closed all that is personal.
func (p *page) replay(ids []uuid.UUID, closed map[uuid.UUID]bool) error {
	rows, err := p.tx.Query(p.ctx, "SELECT DISTINCT segment FROM segment_definition")
	if err != nil {
		return fmt.Errorf("list the segments: %w", err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("list the segments: %w", err)
	}
	streams := []string{calendar.Stream, business.Stream, policy.Stream(policy.LadderName),
		policy.Stream(policy.TiersName), policy.Stream(policy.CostsName), value.Stream}
	for _, name := range names {
		streams = append(streams, segment.Stream(name))
	}
	for _, id := range ids {
		streams = append(streams, customer.Stream(id), access.ReadsStream(id))
	}
	p.closed = closed
	events, err := p.history(streams...)
	p.closed = nil
	if err != nil {
		return err
	}
	again := newPage(p.ctx, p.tx, newModels(p.log, p.limit))
	again.handlers, again.complete = p.handlers, true
	again.replaying, again.overruled, again.closed = true, customer.SplitAgain(events), closed
	for _, e := range events {
		if err := again.apply(e); err != nil {
			return err
		}
	}
	if again.clock.on < p.clock.on {
		if err := again.advance(p.clock.on); err != nil {
			return err
		}
	}
	if err := again.flush(nil); err != nil {
		return err
	}
	for id, c := range again.relations {
		p.relations[id] = c
		if c.wakes {
			p.agenda.add(c.wake, id)
		}
	}
	return nil
}

// logReader reads streams again, for what cannot be said from memory.
type logReader struct {
	store eventstore.Store
	codec *eventstore.Codec
}

// history answers the events of streams up to the one that is being applied, in the order of the log, but for those
// that were skipped. Of whoever was erased nothing personal is read, whether or not their key is destroyed yet.
func (p *page) history(streams ...string) ([]domain.Recorded, error) {
	skipped, err := p.skipped(streams)
	if err != nil {
		return nil, err
	}
	var all []domain.Recorded
	for _, stream := range streams {
		closed := false
		if id, ok := customer.IDOf(stream); ok {
			c := p.relations[id]
			closed = p.closed[id] || c != nil && c.ErasedOn != nil
		}
		for record, err := range p.log.store.ReadStream(p.ctx, stream, 0) {
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", stream, errors.Join(err, errLog))
			}
			if uint64(record.Position) > p.position {
				break
			}
			if skipped[record.Position] {
				continue
			}
			e, err := p.log.decode(p.ctx, record, closed)
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", stream, err)
			}
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b domain.Recorded) int { return cmp.Compare(a.Position, b.Position) })
	return all, p.ctx.Err()
}

// skipped answers the positions of events that could not be taken, and were left out by policy.
func (p *page) skipped(streams []string) (map[eventstore.Position]bool, error) {
	rows, err := p.tx.Query(p.ctx, "SELECT position FROM projection_failures WHERE stream = ANY($1) AND status = 'skipped'",
		streams)
	if err != nil {
		return nil, fmt.Errorf("read what was skipped: %w", err)
	}
	out := map[eventstore.Position]bool{}
	var position int64
	_, err = pgx.ForEachRow(rows, []any{&position}, func() error {
		out[eventstore.Position(position)] = true
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read what was skipped: %w", err)
	}
	return out, nil
}

func (l logReader) decode(ctx context.Context, r eventstore.Record, closed bool) (domain.Recorded, error) {
	if closed {
		return l.codec.DecodeClosed(r)
	}
	return l.codec.Decode(ctx, r)
}

// errLog marks a fault of the log rather than of the event that made us read it.
var errLog = errors.New("the log cannot be read")
