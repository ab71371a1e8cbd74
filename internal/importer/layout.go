package importer

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// Layout says what a file of sales looks like. Lines with the same invoice and customer are one purchase;
// those of them with a negative quantity are a return that names no purchase. Where the file has no
// invoices, each line is one of its own.
type Layout struct {
	// System names where the file comes from. Ids are derived from it: the same system, the same customers.
	System   string
	Currency domain.Currency // ISO 4217
	// Rate is what one unit of Currency is worth in the currency of the books, needed where that is another.
	Rate *decimal.Decimal
	// Columns maps what is needed (see Fields) to the names in the header.
	Columns      map[string]string
	DateLayout   string // as Go writes its reference time; empty: ISO 8601, with or without a time
	Delimiter    rune   // comma by default
	DecimalComma bool   // numbers are written 1,5

	// parse reads the lines of a file that is no CSV with a header.
	parse func(Layout, Options, *input) rows
}

// Fields are what columns can be mapped to. Without a quantity it is 1; without a sku it is the name, or
// "unspecified".
var Fields = []string{"customer", "date", "price", "invoice", "sku", "name", "category", "quantity", "country"}

var requiredFields = Fields[:3]

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
		columns := maps.Clone(o.Columns)
		for field, column := range l.Columns {
			if _, overruled := columns[field]; !overruled {
				columns[field] = column
			}
		}
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
		l.parse = csvRows
		for _, field := range requiredFields {
			if l.Columns[field] == "" {
				faults = append(faults, fmt.Errorf("name the column that holds the %s", field))
			}
		}
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
	return errors.Join(faults...)
}
