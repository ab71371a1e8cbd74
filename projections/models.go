package projections

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/domain/walk"
	"github.com/rapport-crm/rapport/eventstore"
)

// models is the memory behind one schema of read models. It is right only as long as every transaction
// that changed it committed; otherwise it is read anew.
type models struct {
	log      logReader
	timeline *walk.Timeline
	families *families
	bands    priceBands
	people   *people
	fill     fill
	skipped  map[eventstore.Position]bool // events that were left out by policy
	caches   map[any]interface{ forget(limit int) }
	judged   int // persons whose turn it was, to tell what a closed day costs
}

func newModels(log logReader, memory int) *models {
	return &models{log: log, timeline: walk.NewTimeline(), families: newFamilies(), people: newPeople(memory),
		fill: fill{ahead: map[uuid.UUID]int{}}, skipped: map[eventstore.Position]bool{}, bands: defaultBands(),
		caches: map[any]interface{ forget(int) }{}}
}

// loadModels reads the memory that a schema holds, people apart: those are folded from the log when they are needed.
func loadModels(p *page) error {
	for _, load := range []func() error{p.loadTimeline, p.loadFamilies, p.loadPriceBands, p.loadFill, p.loadSkipped} {
		if err := load(); err != nil {
			return err
		}
	}
	return nil
}

// timeline keeps what the log says of all customers, so that a start need not read the log.
var timeline = Projector{Tables: tables{timelineEntryRows}}

type timelineEntryRow struct {
	Position int64       `db:"position,key" note:"place in the log"`
	FromOn   *domain.Day `db:"from_on" note:"business day at whose end the change holds; null where nothing had happened before it"`
	Type     string      `db:"type" note:"of the event"`
	Data     string      `db:"data" note:"the event, as JSON"`
}

var timelineEntryRows = kept[timelineEntryRow]("projection_timeline",
	"Internal: the changes of the rules that everybody is judged by.")

// keepEntry writes down the entry that an event made.
func (p *page) keepEntry(r domain.Recorded) error {
	text, err := json.Marshal(r.Event)
	if err != nil {
		return fmt.Errorf("write down a change of the rules: %w", err)
	}
	row := timelineEntryRow{Position: int64(r.Position), Type: r.Event.EventType(), Data: string(text)}
	if from := p.timeline.Entries[len(p.timeline.Entries)-1].From; from != walk.Always {
		row.FromOn = &from
	}
	rowsFor(&p.rowSets, timelineEntryRows).put(row)
	return nil
}

// timelineTypes are the events that a timeline is made of anew.
var timelineTypes = map[string]func([]byte) (domain.Event, error){
	policy.Published{}.EventType(): eventOf[policy.Published],
	segment.Defined{}.EventType():  eventOf[segment.Defined],
	segment.Retired{}.EventType():  eventOf[segment.Retired],
	value.Fitted{}.EventType():     eventOf[value.Fitted],
}

func eventOf[E domain.Event](text []byte) (domain.Event, error) {
	var e E
	err := json.NewDecoder(bytes.NewReader(text)).Decode(&e)
	return e, err
}

const timelineEntriesSQL = `SELECT position, from_on, type, data FROM projection_timeline ORDER BY position`

func (p *page) loadTimeline() error {
	t, err := readTimeline(p.ctx, p.tx)
	if err == nil {
		p.timeline = t
	}
	return err
}

// readTimeline reads what a schema's tables know of all customers.
func readTimeline(ctx context.Context, tx pgx.Tx) (*walk.Timeline, error) {
	t := walk.NewTimeline()
	rows, err := tx.Query(ctx, timelineEntriesSQL)
	if err != nil {
		return nil, fmt.Errorf("read the timeline: %w", err)
	}
	var row timelineEntryRow
	_, err = pgx.ForEachRow(rows, []any{&row.Position, &row.FromOn, &row.Type, &row.Data}, func() error {
		e, err := timelineTypes[row.Type]([]byte(row.Data))
		if err != nil {
			return err
		}
		if err := t.Take(domain.Recorded{Event: e, Position: uint64(row.Position)}); err != nil {
			return err
		}
		if row.FromOn != nil {
			t.Entries[len(t.Entries)-1].From = *row.FromOn
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the timeline: %w", err)
	}
	var on *domain.Day
	var zone string
	var currency *string
	err = tx.QueryRow(ctx, `SELECT business_date, last_closed_on, newest_on, live_since, time_zone, currency
		FROM business_date`).Scan(&on, &t.Closed, &t.Newest, &t.LiveSince, &zone, &currency)
	if err != nil {
		return nil, fmt.Errorf("read the clock: %w", err)
	}
	if t.Zone, err = time.LoadLocation(zone); err != nil {
		return nil, fmt.Errorf("read the clock: %w", err)
	}
	if currency != nil {
		t.Currency = domain.Currency(*currency)
	}
	if on != nil {
		t.Date, t.Started = *on, true
	}
	return t, nil
}

func (p *page) loadSkipped() error {
	rows, err := p.tx.Query(p.ctx, "SELECT position FROM projection_failures WHERE status = 'skipped'")
	if err != nil {
		return fmt.Errorf("read what was skipped: %w", err)
	}
	var position int64
	_, err = pgx.ForEachRow(rows, []any{&position}, func() error {
		p.skipped[eventstore.Position(position)] = true
		return nil
	})
	if err != nil {
		return fmt.Errorf("read what was skipped: %w", err)
	}
	return nil
}

// families is who stands for whom at present.
type families struct {
	into map[uuid.UUID]uuid.UUID
	with map[uuid.UUID][]uuid.UUID
	kin  map[uuid.UUID][]uuid.UUID // with whom they ever were one person: their streams may hold each other's things
}

func newFamilies() *families {
	return &families{into: map[uuid.UUID]uuid.UUID{}, with: map[uuid.UUID][]uuid.UUID{},
		kin: map[uuid.UUID][]uuid.UUID{}}
}

// survivor returns who stands for a customer: they themselves, unless they were absorbed.
func (f *families) survivor(id uuid.UUID) uuid.UUID {
	if into, absorbed := f.into[id]; absorbed {
		return into
	}
	return id
}

// members returns a survivor and all for whom they stand.
func (f *families) members(survivor uuid.UUID) []uuid.UUID {
	return append([]uuid.UUID{survivor}, f.with[survivor]...)
}

func (f *families) merge(absorbed, survivor uuid.UUID) {
	f.split(absorbed)
	f.into[absorbed] = survivor
	f.with[survivor] = append(f.with[survivor], absorbed)
	f.akin(absorbed, survivor)
}

func (f *families) akin(absorbed, survivor uuid.UUID) {
	if !slices.Contains(f.kin[absorbed], survivor) {
		f.kin[absorbed] = append(f.kin[absorbed], survivor)
		f.kin[survivor] = append(f.kin[survivor], absorbed)
	}
}

// streams returns the members of a person, and after them all in whose streams their things may stand.
func (f *families) streams(members []uuid.UUID) []uuid.UUID {
	all := slices.Clip(members)
	seen := make(map[uuid.UUID]bool, len(members))
	for _, id := range members {
		seen[id] = true
	}
	for _, id := range members {
		for _, other := range f.kin[id] {
			if !seen[other] {
				seen[other] = true
				all = append(all, other)
			}
		}
	}
	return all
}

func (f *families) split(absorbed uuid.UUID) {
	survivor, was := f.into[absorbed]
	if !was {
		return
	}
	delete(f.into, absorbed)
	f.with[survivor] = slices.DeleteFunc(slices.Clone(f.with[survivor]), func(id uuid.UUID) bool { return id == absorbed })
}

func (p *page) loadFamilies() error {
	rows, err := p.tx.Query(p.ctx, "SELECT absorbed_id, survivor_id FROM merged_customers ORDER BY absorbed_id")
	if err != nil {
		return fmt.Errorf("read who was merged: %w", err)
	}
	var absorbed, survivor uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&absorbed, &survivor}, func() error {
		p.families.merge(absorbed, survivor)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read who was merged: %w", err)
	}
	rows, err = p.tx.Query(p.ctx, "SELECT DISTINCT absorbed_id, survivor_id FROM customer_merges ORDER BY 1, 2")
	if err != nil {
		return fmt.Errorf("read who was merged once: %w", err)
	}
	_, err = pgx.ForEachRow(rows, []any{&absorbed, &survivor}, func() error {
		p.families.akin(absorbed, survivor)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read who was merged once: %w", err)
	}
	return nil
}
