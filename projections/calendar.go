package projections

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/walk"
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

// clockOf returns the row of a timeline.
func clockOf(t *walk.Timeline) clockRow {
	row := clockRow{One: true, LastClosedOn: t.Closed, NewestOn: t.Newest, LiveSince: t.LiveSince,
		TimeZone: t.Zone.String(), Currency: optional(t.Currency)}
	if t.Started {
		on := t.Date
		row.BusinessDate = &on
	}
	return row
}

// today returns the business date, from which what is published now is in force; nil while there is none.
func (p *page) today() *domain.Day {
	if !p.timeline.Started {
		return nil
	}
	on := p.timeline.Date
	return &on
}

// keepClock writes the clock at the end of the page.
func (p *page) keepClock() {
	s := rowsFor(&p.rowSets, clockRows)
	s.rows = s.rows[:0]
	s.put(clockOf(p.timeline))
}
