package importer

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// Layout says what a file of sales looks like. Lines with the same invoice and customer are one purchase; those of
// them with a negative quantity are a return that names no purchase, those with a negative price or total discounts of
// their invoice. Where the file has no invoices, each line is one of its own.
type Layout struct {
	// System names where the file comes from. Ids are derived from it: the same system, the same customers.
	System   string
	Currency domain.Currency // ISO 4217
	// Rate is what one unit of Currency is worth in the currency of the books, needed where that is another.
	Rate *decimal.Decimal
	// Columns maps what is needed (see Fields) to the names in the header.
	Columns map[string]string
	// DateLayout is written as Go writes its reference time. Empty: ISO 8601, with or without a time, or else the one
	// layout with slashes, hyphens or points between day, month and year that all dates fit.
	DateLayout   string
	Delimiter    rune // comma by default
	DecimalComma bool // numbers are written 1.234,5

	// parse reads the lines of a file that is no CSV with a header.
	parse func(Layout, Options, *input) rows
}

// Fields are what columns can be mapped to. A line has a price per unit, or a total. Without a quantity it is 1; without
// a sku it is the name, or "unspecified".
var Fields = []string{"customer", "date", "price", "total", "invoice", "sku", "name", "category", "quantity", "country"}

func (l Layout) overruledBy(o Layout) Layout {
	if o.System != "" {
		l.System = o.System
	}
	if o.Currency != "" {
		l.Currency = o.Currency
	}
	if o.Rate != nil {
		l.Rate = o.Rate
	}
	if o.DateLayout != "" {
		l.DateLayout = o.DateLayout
	}
	if o.Delimiter != 0 {
		l.Delimiter = o.Delimiter
	}
	l.DecimalComma = l.DecimalComma || o.DecimalComma
	if len(o.Columns) > 0 {
		columns := maps.Clone(l.Columns)
		if columns == nil {
			columns = map[string]string{}
		}
		if o.Columns["total"] != "" {
			delete(columns, "price")
		}
		maps.Copy(columns, o.Columns)
		l.Columns = columns
	}
	return l
}

// validate reports all faults at once.
func (l *Layout) validate() error {
	var faults []error
	if l.System == "" {
		faults = append(faults, errors.New("name the system that the file comes from: its customers' ids depend on it"))
	}
	if _, err := l.Currency.MinorDigits(); err != nil {
		faults = append(faults, err)
	}
	if l.parse == nil {
		faults = append(faults, l.columnFaults()...)
	}
	for _, field := range slices.Sorted(maps.Keys(l.Columns)) {
		if !slices.Contains(Fields, field) {
			faults = append(faults, fmt.Errorf("a column cannot be mapped to %q: there are %s",
				field, strings.Join(Fields, ", ")))
		}
	}
	if l.Delimiter == 0 {
		l.Delimiter = ','
	}
	if l.Delimiter == '"' || l.Delimiter == '\r' || l.Delimiter == '\n' || l.Delimiter == utf8.RuneError {
		faults = append(faults, fmt.Errorf("%q cannot stand between columns", l.Delimiter))
	}
	return errors.Join(faults...)
}

func (l *Layout) columnFaults() (faults []error) {
	for _, field := range []string{"customer", "date"} {
		if l.Columns[field] == "" {
			faults = append(faults, fmt.Errorf("name the column that holds the %s", field))
		}
	}
	switch price, total := l.Columns["price"], l.Columns["total"]; {
	case price == "" && total == "":
		faults = append(faults, errors.New("name the column that holds the price of a unit, or the total of a line"))
	case price != "" && total != "":
		faults = append(faults, errors.New("name the column of the price or that of the total, not both"))
	}
	return faults
}

// isCSV reports whether the file has a header and columns.
func (l *Layout) isCSV() bool { return l.parse == nil }

func (l *Layout) rows(o Options, src *input) rows {
	if l.parse != nil {
		return l.parse(*l, o, src)
	}
	return csvRows(*l, o, src)
}
