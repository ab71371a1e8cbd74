package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/govalues/decimal"
)

// csvRows reads CSV with a header, by the columns that the layout names.
func csvRows(l Layout, o Options, src *source) rows {
	return func(yield func(row, error) bool) {
		r := csv.NewReader(src)
		r.Comma, r.ReuseRecord = l.Delimiter, true
		header, err := r.Read()
		if err != nil {
			yield(row{}, readFault(0, err))
			return
		}
		t := table{Layout: l, zone: o.Zone}
		if err := t.find(header); err != nil {
			yield(row{}, err)
			return
		}
		line := 1
		for {
			src.next()
			record, err := r.Read()
			miscounted := errors.Is(err, csv.ErrFieldCount)
			if err == nil || miscounted {
				line, _ = r.FieldPos(0)
			}
			switch {
			case err == io.EOF:
				return
			case miscounted:
				err = &skipped{line, "fields_miscounted",
					fmt.Sprintf("%d, not %d as in the header", len(record), len(header))}
			case err != nil:
				yield(row{}, readFault(line, err))
				return
			default:
				err = checkText(line, record...)
			}
			var r row
			if err == nil {
				r, err = t.row(line, record)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// readFault says where the file cannot be read on; last is the line of the last record that could.
func readFault(last int, err error) error {
	var syntax *csv.ParseError
	switch {
	case errors.As(err, &syntax) && syntax.Line != syntax.StartLine:
		return fmt.Errorf("line %d: broken quotes in the record that begins at line %d: %w",
			syntax.Line, syntax.StartLine, syntax.Err)
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d, column %d: broken quotes: %w", syntax.Line, syntax.Column, syntax.Err)
	case err == io.EOF:
		return errEmpty
	}
	return fmt.Errorf("after line %d: %w", last, err)
}

// table knows at which place of a record each field stands; -1 where the file has none.
type table struct {
	Layout
	zone *time.Location

	customer, date, price, invoice, sku, name, category, quantity, country int
}

func (t *table) find(header []string) error {
	if err := checkText(1, header...); err != nil {
		return err
	}
	places := []*int{&t.customer, &t.date, &t.price, &t.invoice, &t.sku, &t.name, &t.category, &t.quantity, &t.country}
	var missing []string
	for i, field := range Fields {
		*places[i] = -1
		column := t.Columns[field]
		if column == "" {
			continue
		}
		*places[i] = slices.IndexFunc(header, func(h string) bool { return strings.TrimSpace(h) == column })
		if *places[i] < 0 {
			missing = append(missing, column)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("the header has no %s; it has %s",
			strings.Join(missing, ", "), clipTo(500, strings.Join(header, ", ")))
	}
	return nil
}

func (t *table) row(line int, record []string) (row, error) {
	field := func(place int) string {
		if place < 0 {
			return ""
		}
		return strings.TrimSpace(record[place])
	}
	fail := func(reason, text string) (row, error) {
		return row{}, &skipped{line, reason, strconv.Quote(clip(text))}
	}
	r := row{line: line, customer: field(t.customer), invoice: field(t.invoice), country: field(t.country)}
	if r.customer == "" {
		return row{}, &skipped{line: line, reason: noCustomer}
	}
	if t.invoice >= 0 && r.invoice == "" {
		return row{}, &skipped{line: line, reason: "no_invoice"}
	}
	var ok bool
	if r.at, ok = t.parseTime(field(t.date), t.zone); !ok {
		return fail("date_malformed", field(t.date))
	}
	r.item = item{sku: field(t.sku), name: field(t.name), category: field(t.category), quantity: decimal.One}
	switch {
	case t.sku >= 0 && r.item.sku == "":
		return row{}, &skipped{line: line, reason: "no_sku"}
	case r.item.sku == "" && r.item.name != "":
		r.item.sku = r.item.name
	case r.item.sku == "":
		r.item.sku = "unspecified"
	}
	if t.quantity >= 0 {
		if r.item.quantity, ok = t.parseNumber(field(t.quantity)); !ok {
			return fail("quantity_malformed", field(t.quantity))
		}
	}
	if r.item.quantity.IsZero() {
		return row{}, &skipped{line: line, reason: "quantity_zero"}
	}
	if r.item.price, ok = t.parseNumber(field(t.price)); !ok {
		return fail("price_malformed", field(t.price))
	}
	if r.item.price.IsNeg() {
		return fail("price_negative", field(t.price))
	}
	return r, nil
}
