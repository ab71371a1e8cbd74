package importer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/govalues/decimal"
)

// sheet reads a CSV file with a header and hands each line to take, which may answer a fault of that line
// (see line.fault) or any other that ends the reading. Where the source is a folder, name is the file's name
// there, of which the stored one may be packed: name.gz; where it is a file, it is this one.
func (s *story) sheet(ctx context.Context, name string, columns []string, take func(line) error) error {
	path, err := s.sheetPath(name)
	if err != nil {
		return err
	}
	src, err := open(path, s.Encoding)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer src.Close()
	src.name = name
	places := map[string]int{}
	find := func(header []string) error { return findColumns(header, columns, places) }
	for r, err := range records(src, ',', find) {
		if err := s.count(ctx, err); err != nil {
			return err
		}
		if err == nil {
			err = take(line{place: r.place, fields: r.fields, places: places})
		}
		if err := s.pass(err); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (s *story) sheetPath(name string) (string, error) {
	about, err := os.Stat(s.Paths[0])
	if err != nil {
		return "", errors.Unwrap(err) // the caller names the path
	}
	if !about.IsDir() {
		return s.Paths[0], nil
	}
	path := filepath.Join(s.Paths[0], name)
	for _, p := range []string{path, path + ".gz"} {
		if _, err := os.Stat(p); !errors.Is(err, fs.ErrNotExist) {
			return p, err
		}
	}
	return "", fmt.Errorf("there is no %s, nor %s.gz", name, name)
}

// findColumns finds where each column stands. One that is there twice has no place.
func findColumns(header, columns []string, places map[string]int) error {
	if err := checkText(1, header...); err != nil {
		return err
	}
	var missing, doubled []string
	for _, column := range columns {
		var found []int
		for place, name := range header {
			if strings.TrimSpace(name) == column {
				found = append(found, place)
			}
		}
		switch len(found) {
		case 0:
			missing = append(missing, column)
		case 1:
			places[column] = found[0]
		default:
			doubled = append(doubled, fmt.Sprintf("%d columns %s", len(found), strconv.Quote(clip(column))))
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("the header has no %s; it has %s",
			strings.Join(missing, ", "), clipTo(500, strings.Join(header, ", ")))
	}
	if len(doubled) > 0 {
		return fmt.Errorf("the header has %s: rename those that are not meant",
			strings.Join(slices.Compact(doubled), " and "))
	}
	return nil
}

// line is one line of a sheet.
type line struct {
	place
	fields []string
	places map[string]int
}

// fault says why the line is refused: by a reason in snake_case, and what stands there.
func (l line) fault(reason, text string) error {
	if text != "" {
		text = strconv.Quote(clip(text))
	}
	return &fault{place: l.place, reason: reason, detail: text}
}

// passed says why the line is left out as it should be.
func (l line) passed(reason string) error {
	return &fault{place: l.place, reason: reason, passed: true}
}

// text answers a field that may stay in memory.
func (l line) text(column string) string { return strings.Clone(l.field(column)) }

// field answers a field that lasts as long as the line.
func (l line) field(column string) string {
	place, ok := l.places[column]
	if !ok {
		panic("importer: column " + column + " was not asked for")
	}
	return strings.TrimSpace(l.fields[place])
}

// time reads a moment that a source could have written.
func (l line) time(s *story, column, layout string) (time.Time, error) {
	at, err := time.ParseInLocation(layout, l.field(column), s.Zone)
	switch {
	case err != nil:
		return time.Time{}, l.fault("date_malformed", l.field(column))
	case outOfRange(at, s.Now()):
		return time.Time{}, l.fault("date_out_of_range", l.field(column))
	}
	return at.UTC(), nil
}

// number reads a decimal exactly.
func (l line) number(column string) (decimal.Decimal, error) {
	n, ok := Layout{}.parseNumber(l.field(column))
	if !ok {
		return decimal.Decimal{}, l.fault("number_malformed", l.field(column))
	}
	return n, nil
}

// whole reads a whole number.
func (l line) whole(column string) (int64, error) {
	n, err := strconv.ParseInt(l.field(column), 10, 64)
	if err != nil {
		return 0, l.fault("number_malformed", l.field(column))
	}
	return n, nil
}

// flag reads 0 or 1.
func (l line) flag(column string) (bool, error) {
	switch l.field(column) {
	case "0":
		return false, nil
	case "1":
		return true, nil
	}
	return false, l.fault("flag_malformed", l.field(column))
}
