package projections

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// A change of the rules concerns everybody. It is filled in beside the events that go on arriving, in slices of persons
// by their ids: a few in the page that brings the change, the rest between pages. Whoever has a turn for another reason
// is judged by all rules then. The rows that come out are the same, however it was sliced, since a person's rows follow
// from the days on which rules hold and not from when that was found.

// fill says how far everybody is with the changes of the rules, which are counted as entries of the timeline.
type fill struct {
	base    int       // everybody has seen these
	target  int       // what is being filled in; base where nothing is
	through uuid.UUID // everybody up to this one has seen the target
	done    int64     // persons
	total   int64
	since   time.Time
	// ahead are those who have seen more, since they had a turn.
	ahead map[uuid.UUID]int
	moved bool // since it was written
}

func (f *fill) running() bool { return f.target > f.base }

// seen returns how many entries a person has seen, as the tables have them, of so many that there are.
func (f *fill) seen(id uuid.UUID, entries int) int {
	n, ahead := f.ahead[id]
	switch {
	case ahead:
	case f.running() && compareIDs(id, f.through) <= 0:
		n = f.target
	default:
		n = f.base
	}
	return min(n, entries)
}

// saw takes that a person has seen entries.
func (f *fill) saw(p *page, id uuid.UUID, entries int) {
	if f.seen(id, entries) == entries {
		return
	}
	f.ahead[id] = entries
	rowsFor(&p.rowSets, aheadRows).put(aheadRow{id, int64(entries)})
}

// FillStatus is how far a change of the rules is that concerns everybody: segments, ladders, tiers, fits.
type FillStatus struct {
	Changes   int       `json:"changes"`        // that are being filled in or wait for it
	Done      int64     `json:"customers_done"` // who are judged by them
	Customers int64     `json:"customers"`      // there were when it began
	StartedAt time.Time `json:"started_at"`
}

// status returns how far the filling is; nil where everybody has seen all entries.
func (f *fill) status(entries int) *FillStatus {
	if entries <= f.base {
		return nil
	}
	return &FillStatus{Changes: entries - f.base, Done: min(f.done, f.total), Customers: f.total, StartedAt: f.since.UTC()}
}

// filled has the status tell how far the filling is. The engine is locked.
func (e *Engine) filled() {
	var s *FillStatus
	if m := e.writer.models; m != nil {
		s = m.fill.status(len(m.timeline.Entries))
	}
	e.health.set(func() { e.health.filling = s })
}

// filling keeps how far everybody is with the changes of the rules.
var filling = Projector{Tables: tables{fillRows, aheadRows}, Schema: `
INSERT INTO projection_fill (one, base, target, through, done, total)
	VALUES (true, 0, 0, '00000000-0000-0000-0000-000000000000', 0, 0);
`}

type fillRow struct {
	One     bool       `db:"one,key" check:"one" note:"there is one row"`
	Base    int64      `db:"base" note:"changes that everybody is judged by"`
	Target  int64      `db:"target" note:"changes that are being filled in; base where none are"`
	Through uuid.UUID  `db:"through" note:"customers up to this one are judged by them"`
	Done    int64      `db:"done" note:"customers who are"`
	Total   int64      `db:"total" note:"customers there were when it began"`
	Since   *time.Time `db:"since" note:"when it began"`
}

type aheadRow struct {
	CustomerID uuid.UUID `db:"customer_id,key" note:"who"`
	Entries    int64     `db:"entries" note:"changes"`
}

var (
	fillRows = kept[fillRow]("projection_fill",
		"Internal: how far everybody is with the changes of the rules: one row.")
	aheadRows = kept[aheadRow]("projection_ahead",
		"Internal: customers who are judged by more changes of the rules than their turn in the filling would have it.")
)

func (p *page) loadFill() error {
	f := fill{ahead: map[uuid.UUID]int{}}
	var since *time.Time
	err := p.tx.QueryRow(p.ctx, "SELECT base, target, through, done, total, since FROM projection_fill").
		Scan(&f.base, &f.target, &f.through, &f.done, &f.total, &since)
	if err != nil {
		return fmt.Errorf("read what is being filled in: %w", err)
	}
	if since != nil {
		f.since = *since
	}
	rows, err := p.tx.Query(p.ctx, "SELECT customer_id, entries FROM projection_ahead")
	if err != nil {
		return fmt.Errorf("read who is ahead: %w", err)
	}
	var id uuid.UUID
	var entries int
	_, err = pgx.ForEachRow(rows, []any{&id, &entries}, func() error {
		f.ahead[id] = entries
		return nil
	})
	if err != nil {
		return fmt.Errorf("read who is ahead: %w", err)
	}
	p.fill = f
	return nil
}

// everybodyAtOnce is how many persons are folded anew between two writes where all are at once.
const everybodyAtOnce = 1000

// beginFill begins to fill in what the page changed of the rules, and goes on as far as a page may.
func (p *page) beginFill() error {
	if p.fill.running() || len(p.timeline.Entries) == p.fill.base {
		return nil
	}
	if p.position == p.checkpoint {
		return nil
	}
	if err := p.startFill(); err != nil {
		return err
	}
	return p.fillSome(p.filledAtOnce)
}

func (p *page) startFill() error {
	f := &p.fill
	f.target, f.through, f.done, f.since, f.moved = len(p.timeline.Entries), uuid.UUID{}, 0, time.Now(), true
	if err := p.tx.QueryRow(p.ctx, "SELECT count(*) FROM customer_summary").Scan(&f.total); err != nil {
		return fmt.Errorf("count the customers: %w", err)
	}
	return nil
}

// everybodyBehind returns the next persons by id.
func (p *page) everybodyBehind(after uuid.UUID, limit int) ([]uuid.UUID, error) {
	rows, err := p.tx.Query(p.ctx, "SELECT customer_id FROM customer_summary WHERE customer_id > $1 ORDER BY customer_id LIMIT $2",
		[16]byte(after), limit)
	if err != nil {
		return nil, fmt.Errorf("read everybody: %w", err)
	}
	ids, err := collectIDs(rows)
	if err != nil {
		return nil, fmt.Errorf("read everybody: %w", err)
	}
	return ids, nil
}

// sliceMost is how long persons are given turns in one slice, so that the pages between are not held up. Writing
// their rows takes about as long again.
const sliceMost = 25 * time.Millisecond

// fillSome gives so many persons a turn, fewer where these take long, and ends the filling where there are no more.
func (p *page) fillSome(limit int) error {
	f := &p.fill
	ids, err := p.everybodyBehind(f.through, limit)
	if err != nil {
		return err
	}
	t := *p.timeline
	t.Entries = t.Entries[:f.target]
	f.moved = true
	for began := time.Now(); len(ids) > 0 && time.Since(began) < sliceMost; ids = ids[1:] {
		limit--
		id := ids[0]
		if f.seen(id, f.target) < f.target {
			if err := p.pass(id, &t); err != nil {
				return fmt.Errorf("customer %s: %w", id, err)
			}
		}
		f.through = id
		f.done++
	}
	if len(ids) > 0 || limit == 0 {
		return nil
	}
	f.base = f.target
	for id, entries := range f.ahead {
		if entries <= f.base {
			delete(f.ahead, id)
		}
	}
	return nil
}

// keepFill writes down how far the filling is.
func (p *page) keepFill(b *pgx.Batch) {
	f := &p.fill
	if !f.moved {
		return
	}
	f.moved = false
	row := fillRow{One: true, Base: int64(f.base), Target: int64(f.target), Through: f.through, Done: f.done, Total: f.total}
	if f.running() {
		row.Since = &f.since
	} else {
		b.Queue("DELETE FROM projection_ahead WHERE entries <= $1", f.base)
	}
	s := rowSet[fillRow]{table: fillRows}
	s.put(row)
	b.Queue(s.upsert, s.all(len(s.columns))...)
}

// fillOn fills in one more slice, in a transaction of its own, and reports whether there is more to do.
func (w *writer) fillOn(ctx context.Context, conn *pgx.Conn) (more bool, err error) {
	if !w.behind() {
		return false, nil
	}
	err = w.inTx(ctx, conn, func(tx pgx.Tx) error {
		p := newPage(ctx, tx, w.models, w.handlers, uint64(w.position))
		p.announces, p.slices = w.announce || w.listened, true
		if !p.fill.running() {
			if err := p.startFill(); err != nil {
				return err
			}
		}
		if err := p.fillSome(w.slice); err != nil {
			return err
		}
		return p.writeRows(func(b *pgx.Batch) { w.unmoved(b) })
	})
	if err != nil {
		w.models = nil
		return true, err
	}
	w.models.people.forget()
	return w.behind(), nil
}

// behind reports whether there are changes of the rules that everybody has not seen.
func (w *writer) behind() bool {
	return w.models != nil && (w.models.fill.running() || len(w.models.timeline.Entries) > w.models.fill.base)
}
