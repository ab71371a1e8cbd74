package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
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
			r := row{place: record.place}
			if err == nil {
				err = t.read(&r, record.fields)
			}
			if err != nil {
				r.perhaps = t.invoices(record.fields)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// record is one line of a CSV file. Its fields last until the next one is read.
type record struct {
	place
	fields []string
}

// records yields what follows the header, which find has to accept. A *fault is an error of one line, any other ends
// the file.
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
		at, columns := place{src.name, 1}, len(header)
		for {
			src.next()
			fields, err := r.Read()
			miscounted := errors.Is(err, csv.ErrFieldCount)
			if err == nil || miscounted {
				at.line, _ = r.FieldPos(0)
			}
			switch {
			case err == io.EOF:
				return
			case miscounted:
				err = &fault{place: at, reason: "fields_miscounted",
					detail: fmt.Sprintf("%d, not %d as in the header", len(fields), columns)}
			case err != nil:
				yield(record{}, readFault(at.line, err))
				return
			default:
				err = checkText(at.line, fields...)
			}
			if !yield(record{at, fields}, err) {
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
	zone    *time.Location
	digits  int // of the currency, after the point
	columns int

	customer, date, price, total, invoice, sku, name, category, quantity, country int
	number                                                                        int
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
	places := []*int{&t.customer, &t.date, &t.price, &t.total, &t.invoice, &t.sku, &t.name, &t.category, &t.quantity,
		&t.country}
	for i, field := range Fields {
		*places[i] = -1
		if place, ok := found[t.Columns[field]]; ok {
			*places[i] = place
		}
	}
	t.columns, t.number = len(header), -1
	if t.invoice < 0 {
		t.number = slices.Index(header, numberColumn)
	}
	var err error
	t.digits, err = t.Currency.MinorDigits()
	return err
}

// invoices returns the numbers of the invoices that a line with a fault may belong to: of a line with too many or too
// few fields nobody knows whether they are missing before the number or after it.
func (t *table) invoices(record []string) (numbers []string) {
	if t.invoice < 0 {
		return nil
	}
	for _, place := range slices.Compact([]int{t.invoice, t.invoice + len(record) - t.columns}) {
		if place < 0 || place >= len(record) {
			continue
		}
		if number := strings.TrimSpace(record[place]); number != "" {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

// read reads a line whose fields are as many as those of the header.
func (t *table) read(r *row, record []string) error {
	field := func(place int) string {
		if place < 0 {
			return ""
		}
		return strings.TrimSpace(record[place])
	}
	refuse := func(reason string) error { return &fault{place: r.place, reason: reason} }
	malformed := func(reason, text string) error {
		return &fault{place: r.place, reason: reason, detail: strconv.Quote(clip(text))}
	}
	r.customer, r.invoice, r.country = field(t.customer), field(t.invoice), field(t.country)
	r.number = field(t.number)
	if r.customer == "" {
		return &fault{place: r.place, reason: "no_customer", passed: true}
	}
	if t.invoice >= 0 && r.invoice == "" {
		return refuse("no_invoice")
	}
	var ok bool
	if r.at, ok = t.parseTime(field(t.date), t.zone); !ok {
		return malformed("date_malformed", field(t.date))
	}
	r.item = item{line: r.line, sku: field(t.sku), name: field(t.name), category: field(t.category), quantity: decimal.One}
	switch {
	case t.sku >= 0 && r.item.sku == "":
		return refuse("no_sku")
	case r.item.sku == "" && r.item.name != "":
		r.item.sku = r.item.name
	case r.item.sku == "":
		r.item.sku = "unspecified"
	}
	if t.quantity >= 0 {
		if r.item.quantity, ok = t.parseNumber(field(t.quantity)); !ok {
			return malformed("quantity_malformed", field(t.quantity))
		}
	}
	if r.item.quantity.IsZero() {
		return refuse("quantity_zero")
	}
	if t.total < 0 {
		if r.item.price, ok = t.parseNumber(field(t.price)); !ok {
			return malformed("price_malformed", field(t.price))
		}
		return nil
	}
	total, ok := t.parseNumber(field(t.total))
	if !ok {
		return malformed("total_malformed", field(t.total))
	}
	var reason string
	if r.item.price, reason = totalled(total, r.item.quantity, t.digits); reason != "" {
		return malformed(reason, field(t.total))
	}
	return nil
}
