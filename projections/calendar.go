package projections

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/walk"
)

// Calendar keeps the business date, on which everything that depends on time rests.
var Calendar = Projector{
	Name:   "calendar",
	Tables: tables{clockRows},
	Schema: `
INSERT INTO business_date (one, time_zone) VALUES (true, 'UTC');
`,
}

type clockRow struct {
	One          bool        `db:"one,key" check:"one" note:"there is one row"`
	BusinessDate *domain.Day `db:"business_date" note:"the last closed day; before the first, the newest day on which something happened"`
	LastClosedOn *domain.Day `db:"last_closed_on" note:"the last closed day"`
	NewestOn     *domain.Day `db:"newest_on" note:"the newest day on which something of a customer happened"`
	LiveSince    *domain.Day `db:"live_since" note:"the first day whose happenings were recorded within two days: from then on days close by themselves"`
	TimeZone     string      `db:"time_zone" note:"in which days are counted, IANA name"`
	Currency     *string     `db:"currency" note:"in which the books are kept, ISO 4217"`
}

var clockRows = kept[clockRow]("business_date",
	"The business date, on which everything that depends on time rests: one row.")

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
