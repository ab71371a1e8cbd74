package domain

import (
	"fmt"
	"time"
)

// Day is a calendar day of the business, counted from 1970-01-01. Its text and JSON form is 2006-01-02.
type Day int32

// DayOf answers the day on which t falls in the business's time zone.
func DayOf(t time.Time, zone *time.Location) Day {
	_, offset := t.In(zone).Zone()
	seconds := t.Unix() + int64(offset)
	days := seconds / 86400
	if seconds%86400 < 0 {
		days--
	}
	return Day(days)
}

// ParseDay reads 2006-01-02.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date like 2006-01-02", s)
	}
	return DayOf(t, time.UTC), nil
}

// Time answers the day's midnight in UTC, as database drivers want a date.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Start answers the moment at which the day begins in a time zone.
func (d Day) Start(zone *time.Location) time.Time {
	y, m, day := d.Time().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, zone)
}

func (d Day) String() string { return d.Time().Format(time.DateOnly) }

// MarshalText writes 2006-01-02.
func (d Day) MarshalText() ([]byte, error) { return d.Time().AppendFormat(nil, time.DateOnly), nil }

// UnmarshalText reads 2006-01-02.
func (d *Day) UnmarshalText(text []byte) error {
	day, err := ParseDay(string(text))
	*d = day
	return err
}
