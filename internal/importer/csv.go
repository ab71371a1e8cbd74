package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/govalues/decimal"
)

// csvRows reads CSV with a header, by the columns that the layout names.
func csvRows(l Layout, o Options, src *input) rows {
	return func(yield func(row, error) bool) {
		t := table{Layout: l, zone: o.Zone}
		for record, err := range records(src, l.Delimiter, t.find) {
			var r row
			if err == nil {
				r, err = t.row(record.origin, record.fields)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// record is one line of a CSV file. Its fields last until the next one is read.
type record struct {
	origin int
	fields []string
}

// records yields what follows the header, which find has to accept. A *skipped is an error of one line, any
// other ends the file.
func records(src *input, delimiter rune, find func(header []string) error) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		r := csv.NewReader(src)
		r.Comma, r.ReuseRecord = delimiter, true
		header, err := r.Read()
		if err != nil {
			yield(record{}, readFault(0, err))
			return
		}
		if err := find(header); err != nil {
			yield(record{}, err)
			return
		}
		line, columns := 1, len(header)
		for {
			src.next()
			fields, err := r.Read()
			miscounted := errors.Is(err, csv.ErrFieldCount)
			if err == nil || miscounted {
				line, _ = r.FieldPos(0)
			}
			switch {
			case err == io.EOF:
				return
			case miscounted:
				err = &skipped{line, "fields_miscounted", fmt.Sprintf("%d, not %d as in the header", len(fields), columns)}
			case err != nil:
				yield(record{}, readFault(line, err))
				return
			default:
				err = checkText(line, fields...)
			}
			if !yield(record{line, fields}, err) {
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
	var wanted []string
	for _, field := range Fields {
		if column := t.Columns[field]; column != "" {
			wanted = append(wanted, column)
		}
	}
	found := map[string]int{}
	if err := findColumns(header, wanted, found); err != nil {
		return err
	}
	places := []*int{&t.customer, &t.date, &t.price, &t.invoice, &t.sku, &t.name, &t.category, &t.quantity, &t.country}
	for i, field := range Fields {
		*places[i] = -1
		if place, ok := found[t.Columns[field]]; ok {
			*places[i] = place
		}
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
