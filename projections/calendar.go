package projections

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/judgement"
)

// Calendar keeps the business date, on which everything that depends on time rests.
var Calendar = Projector{
	Name: "calendar",
	Schema: `
-- The business date, on which everything that depends on time rests: one row.
CREATE TABLE business_date (
	one boolean PRIMARY KEY DEFAULT true CHECK (one), -- there is one row
	business_date date, -- the last closed day; before the first, the newest day on which something happened
	last_closed_on date, -- the last closed day
	newest_on date, -- the newest day on which something of a customer happened
	live_since date, -- the first day whose happenings were recorded within two days: from then on days close by themselves
	time_zone text NOT NULL, -- in which days are counted, IANA name
	currency text -- in which the books are kept, ISO 4217
);
INSERT INTO business_date (time_zone) VALUES ('UTC');
`,
	On: []Handler{
		On(func(e calendar.DayClosed, _ domain.Recorded, p *page) error { return p.closeDay(e.Date) }),
		On(func(e business.TimeZoneSet, _ domain.Recorded, p *page) error {
			zone, err := time.LoadLocation(e.TimeZone)
			if err != nil {
				return err
			}
			p.clock.zone = zone
			p.keepClock()
			return nil
		}),
		On(func(e business.CurrencySet, _ domain.Recorded, p *page) error {
			p.clock.currency = e.Currency
			p.keepClock()
			return nil
		}),
	},
}

// clock is the log's own time as far as it was read.
type clock struct {
	closed, newest, liveSince *domain.Day
	zone                      *time.Location
	currency                  domain.Currency
	// on is the business date; it means something once started.
	on      domain.Day
	started bool
}

// liveWithin is how soon something must be recorded for the log to count as following live business.
const liveWithin = 48 * time.Hour

// observe moves the clock by the fact that something of a customer happened on a day.
func (p *page) observe(day domain.Day, r domain.Recorded) error {
	if p.clock.newest == nil || day > *p.clock.newest {
		if p.clock.closed == nil {
			if err := p.advance(day); err != nil {
				return err
			}
		}
		p.clock.newest = &day
		p.keepClock()
	}
	if p.clock.liveSince == nil && r.RecordedAt.Sub(r.Metadata.OccurredAt) < liveWithin {
		p.clock.liveSince = &day
		p.keepClock()
	}
	return nil
}

// closeDay moves the clock by a closed day. The first one may lie before the day that the clock had for
// want of better; then all that rested on it is judged anew.
func (p *page) closeDay(day domain.Day) error {
	back := p.clock.closed == nil && p.clock.started && day < p.clock.on
	if back {
		if err := p.judgeAllStirred(); err != nil {
			return err
		}
		p.clock.on = day
		if err := p.judgeEveryone(judgement.ByTime); err != nil {
			return err
		}
	} else if err := p.advance(day); err != nil {
		return err
	}
	p.clock.closed = &day
	p.keepClock()
	return nil
}

// advance moves the business date on, day by day as far as the days change anything: whoever is on the
// agenda is judged on their day.
func (p *page) advance(to domain.Day) error {
	if err := p.judgeAllStirred(); err != nil {
		return err
	}
	if p.clock.started {
		var due []domain.Day
		for day := range p.agenda {
			if day <= to {
				due = append(due, day)
			}
		}
		slices.Sort(due)
		for len(due) > 0 {
			day := due[0]
			due = due[1:]
			p.clock.on = max(p.clock.on, day)
			again, err := p.judgeDue(day, to)
			if err != nil {
				return err
			}
			for _, d := range again {
				if i, found := slices.BinarySearch(due, d); !found {
					due = slices.Insert(due, i, d)
				}
			}
		}
	}
	p.clock.on, p.clock.started = to, true
	return nil
}

// judgeDue judges the customers of one day of the agenda. It answers the days up to a limit on which some
// of them are due again.
func (p *page) judgeDue(day, to domain.Day) ([]domain.Day, error) {
	ids := make([]uuid.UUID, 0, len(p.agenda[day]))
	for id := range p.agenda[day] {
		ids = append(ids, id)
	}
	if err := p.load(ids); err != nil {
		return nil, err
	}
	var again []domain.Day
	for _, id := range ids {
		c := p.relations[id]
		if err := p.judge(id, c, judgement.ByTime); err != nil {
			return nil, err
		}
		if c.wakes && c.wake <= to {
			again = append(again, c.wake)
		}
	}
	return again, nil
}

type clockRow struct {
	One          bool        `db:"one"`
	BusinessDate *domain.Day `db:"business_date"`
	LastClosedOn *domain.Day `db:"last_closed_on"`
	NewestOn     *domain.Day `db:"newest_on"`
	LiveSince    *domain.Day `db:"live_since"`
	TimeZone     string      `db:"time_zone"`
	Currency     *string     `db:"currency"`
}

var clockRows = kept[clockRow]("business_date", 1)

// keepClock writes the clock at the end of the page.
func (p *page) keepClock() {
	if p.replaying {
		return
	}
	s := setOf(p, clockRows, func() *clockSet { return &clockSet{p: p} })
	s.changed = true
}

// clockSet writes the clock as it stands when the page is written.
type clockSet struct {
	p       *page
	changed bool
}

func (s *clockSet) write(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
	if !s.changed {
		return nil
	}
	s.changed = false
	c := s.p.clock
	row := clockRow{One: true, LastClosedOn: c.closed, NewestOn: c.newest, LiveSince: c.liveSince,
		TimeZone: c.zone.String(), Currency: optional(c.currency)}
	if c.started {
		row.BusinessDate = &c.on
	}
	rows := rowSet[clockRow]{table: clockRows, rows: []clockRow{row}}
	return rows.write(ctx, tx, b)
}

func (p *page) loadClock() error {
	var on, closed, newest, live *time.Time
	var zone string
	var currency *string
	err := p.tx.QueryRow(p.ctx, `SELECT business_date, last_closed_on, newest_on, live_since, time_zone, currency
		FROM business_date`).Scan(&on, &closed, &newest, &live, &zone, &currency)
	if err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	p.clock = clock{closed: dayOf(closed), newest: dayOf(newest), liveSince: dayOf(live), zone: location}
	if currency != nil {
		p.clock.currency = domain.Currency(*currency)
	}
	if on != nil {
		p.clock.on, p.clock.started = *dayOf(on), true
	}
	return nil
}

// dayOf reads a date column.
func dayOf(t *time.Time) *domain.Day {
	if t == nil {
		return nil
	}
	d := domain.DayOf(*t, time.UTC)
	return &d
}
