package facts

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/rapport-crm/rapport/domain"
)

// Day is what the customer bought and brought back on one day.
type Day struct {
	On            domain.Day
	Orders        int64
	GrossMinor    int64
	Returns       int64
	ReturnedMinor int64
	CostMinor     int64 // of the lines whose cost is known
}

func (d Day) on() domain.Day { return d.On }

// Days are sorted, each day once. Their JSON form is one array a day, without its trailing zeros:
// [day since 1970, orders, gross, returns, returned, cost].
type Days []Day

// MarshalJSON writes the arrays.
func (days Days) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 2+24*len(days)), '[')
	for _, d := range days {
		b = appendRow(b, int64(d.On), d.Orders, d.GrossMinor, d.Returns, d.ReturnedMinor, d.CostMinor)
	}
	return append(b, ']'), nil
}

// UnmarshalJSON reads them.
func (days *Days) UnmarshalJSON(data []byte) error {
	var rows [][6]int64
	if err := json.Unmarshal(data, &rows); err != nil {
		return err
	}
	*days = make(Days, len(rows))
	for i, r := range rows {
		(*days)[i] = Day{On: domain.Day(r[0]), Orders: r[1], GrossMinor: r[2], Returns: r[3], ReturnedMinor: r[4],
			CostMinor: r[5]}
	}
	return nil
}

// ContactDay is how often we were in contact with the customer on one day.
type ContactDay struct {
	On           domain.Day
	Interactions int64
}

func (d ContactDay) on() domain.Day { return d.On }

// ContactDays are sorted, each day once. Their JSON form is one array a day: [day since 1970, interactions].
type ContactDays []ContactDay

// MarshalJSON writes the arrays.
func (days ContactDays) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 2+12*len(days)), '[')
	for _, d := range days {
		b = appendRow(b, int64(d.On), d.Interactions)
	}
	return append(b, ']'), nil
}

// UnmarshalJSON reads them.
func (days *ContactDays) UnmarshalJSON(data []byte) error {
	var rows [][2]int64
	if err := json.Unmarshal(data, &rows); err != nil {
		return err
	}
	*days = make(ContactDays, len(rows))
	for i, r := range rows {
		(*days)[i] = ContactDay{On: domain.Day(r[0]), Interactions: r[1]}
	}
	return nil
}

// appendRow adds one array to a JSON array of them, leaving out trailing zeros.
func appendRow(b []byte, row ...int64) []byte {
	for len(row) > 1 && row[len(row)-1] == 0 {
		row = row[:len(row)-1]
	}
	if b[len(b)-1] == ']' {
		b = append(b, ',')
	}
	b = append(b, '[')
	for i, n := range row {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return append(b, ']')
}

// dated is what happened on one day.
type dated interface{ on() domain.Day }

// at answers the place of a day in a sorted list, made from empty where the day is missing. What happens
// comes nearly always in order, so the end is tried first.
func at[L ~[]D, D dated](days *L, day domain.Day, empty D) *D {
	last := len(*days) - 1
	if last < 0 || (*days)[last].on() < day {
		*days = append(*days, empty)
		return &(*days)[last+1]
	}
	if (*days)[last].on() == day {
		return &(*days)[last]
	}
	i, found := find(*days, day)
	if !found {
		*days = slices.Insert(*days, i, empty)
	}
	return &(*days)[i]
}

// find answers where a day stands in a sorted list, or would stand.
func find[L ~[]D, D dated](days L, day domain.Day) (int, bool) {
	return slices.BinarySearchFunc(days, day, func(d D, day domain.Day) int { return cmp.Compare(d.on(), day) })
}
