package importer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

var isoLayouts = []string{time.DateTime, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04", time.DateOnly}

// parseTime reads a time in the zone of the file, unless it names its own.
func (l Layout) parseTime(text string, zone *time.Location) (time.Time, bool) {
	if l.DateLayout != "" {
		at, err := time.ParseInLocation(l.DateLayout, text, zone)
		return at.UTC(), err == nil
	}
	for _, layout := range isoLayouts {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at.UTC(), true
		}
	}
	return time.Time{}, false
}

// dateLayouts are those that a file may have if it is not told and is not ISO 8601: each with its twin, which has the
// month where it has the day.
var dateLayouts = func() (pairs [][2]string) {
	for _, separator := range []string{"/", "-", "."} {
		for _, year := range []string{"2006", "06"} {
			for _, clock := range []string{"", " 15:04", " 15:04:05", "T15:04", "T15:04:05", " 3:04 PM", " 3:04:05 PM"} {
				date := func(first, second string) string {
					return first + separator + second + separator + year + clock
				}
				pairs = append(pairs, [2]string{date("2", "1"), date("1", "2")})
			}
		}
	}
	return pairs
}()

// dated finds the layout of dates from all the dates of all files: the only one that they fit.
type dated struct {
	fits     map[string]bool // layouts that all dates so far fit; nil before the first
	example  string          // the first date
	narrowed string          // the date that left no more than these, and where it stands
}

// findDates finds out which layout the dates of files have that are not told of any. It is empty where dates are as in
// ISO 8601. Where two fit, which is meant is not for a program to guess.
func findDates(ctx context.Context, s *story) (string, error) {
	if !s.Layout.isCSV() || s.Layout.DateLayout != "" {
		return s.Layout.DateLayout, nil
	}
	var d dated
	for _, path := range s.Paths {
		if err := d.file(ctx, s, path); err != nil {
			return "", in(path, err)
		}
	}
	return d.layout()
}

// file looks at the dates of one file, as long as the first is not as in ISO 8601.
func (d *dated) file(ctx context.Context, s *story, path string) error {
	src, err := open(path, s.Encoding)
	if err != nil {
		return err
	}
	defer src.Close()
	t := table{Layout: s.Layout, zone: s.Zone}
	n := 0
	for record, err := range records(src, s.Layout.Delimiter, t.find) {
		if errors.As(err, new(*fault)) {
			continue // it is refused when the lines are read
		}
		if err != nil {
			return err
		}
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		text := strings.TrimSpace(record.fields[t.date])
		if _, iso := s.Layout.parseTime(text, s.Zone); iso && d.fits == nil {
			return nil
		}
		if err := d.see(text, fmt.Sprintf("%s, line %d", path, record.line)); err != nil {
			return err
		}
	}
	return nil
}

// see takes a date into account. One that fits nothing is refused when the lines are read.
func (d *dated) see(text, where string) error {
	both := map[string]bool{}
	for layout := range d.fits {
		if _, err := time.Parse(layout, text); err == nil {
			both[layout] = true
		}
	}
	if d.fits == nil {
		both, d.example = allThatFit(text), strings.Clone(text)
	}
	switch {
	case len(both) > 0 && len(both) != len(d.fits):
		d.fits, d.narrowed = both, fmt.Sprintf("%q (%s)", text, where)
	case len(both) == 0 && d.hasTwin(text):
		return fmt.Errorf("dates contradict each other: %s and %q (%s) fit no one layout; name it by --date",
			d.narrowed, text, where)
	}
	return nil
}

func allThatFit(text string) map[string]bool {
	fits := map[string]bool{}
	for _, pair := range dateLayouts {
		for _, layout := range pair {
			if _, err := time.Parse(layout, text); err == nil {
				fits[layout] = true
			}
		}
	}
	if len(fits) == 0 {
		return nil
	}
	return fits
}

// hasTwin reports whether a date fits a layout in which month and day have changed places.
func (d *dated) hasTwin(text string) bool {
	for _, pair := range dateLayouts {
		for i, layout := range pair {
			if _, err := time.Parse(pair[1-i], text); d.fits[layout] && err == nil {
				return true
			}
		}
	}
	return false
}

func (d *dated) layout() (string, error) {
	for _, pair := range dateLayouts {
		switch dayFirst, monthFirst := pair[0], pair[1]; {
		case d.fits[dayFirst] && d.fits[monthFirst]:
			return "", fmt.Errorf("dates such as %q fit two layouts: say by --date whether the day stands first (%q) or "+
				"the month (%q)", d.example, dayFirst, monthFirst)
		case d.fits[dayFirst]:
			return dayFirst, nil
		case d.fits[monthFirst]:
			return monthFirst, nil
		}
	}
	return "", nil
}
