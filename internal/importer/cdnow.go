package importer

import (
	"bufio"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/govalues/decimal"
)

// cdnow reads the CDNOW data set: the customer's id in the master file, in the sample also their id there,
// the date, how many CDs were bought, and what they came to in dollars.
func cdnow(l Layout, o Options, src *input) rows {
	return func(yield func(row, error) bool) {
		scanner := bufio.NewScanner(src)
		scanner.Buffer(nil, maxRecordBytes)
		for line := 1; scanner.Scan(); line++ {
			src.next()
			var r row
			fields := strings.Fields(scanner.Text())
			at := place{src.name, line}
			err := checkText(line, fields...)
			if err == nil {
				r, err = cdnowRow(l, o, at, fields)
			}
			if !yield(r, err) {
				return
			}
		}
		err := scanner.Err()
		if errors.Is(err, bufio.ErrTooLong) {
			err = errTooLong
		}
		if err != nil {
			yield(row{}, err)
		}
	}
}

func cdnowRow(l Layout, o Options, from place, fields []string) (row, error) {
	const master, sample = 4, 5
	if len(fields) != master && len(fields) != sample {
		return row{}, &fault{place: from, reason: "fields_miscounted",
			detail: fmt.Sprintf("%d, not %d or %d", len(fields), master, sample)}
	}
	rest := fields[len(fields)-3:]
	at, ok := l.parseTime(rest[0], o.Zone)
	if !ok {
		return row{}, &fault{place: from, reason: "date_malformed", detail: strconv.Quote(clip(rest[0]))}
	}
	cds, err := strconv.ParseUint(rest[1], 10, 31)
	if err != nil {
		return row{}, &fault{place: from, reason: "quantity_malformed", detail: strconv.Quote(clip(rest[1]))}
	}
	price, ok := l.parseNumber(rest[2])
	if !ok || price.IsNeg() {
		return row{}, &fault{place: from, reason: "price_malformed", detail: strconv.Quote(clip(rest[2]))}
	}
	name := fmt.Sprintf("%d CDs", cds)
	if cds == 1 {
		name = "1 CD"
	}
	return row{place: from, customer: fields[0], at: at,
		item: item{line: from.line, sku: "cd", name: name, category: "music", quantity: decimal.One, price: price}}, nil
}
