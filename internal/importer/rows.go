package importer

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/govalues/decimal"
)

// place is a line of a file. A record of several lines stands at its first.
type place struct {
	file string
	line int
}

func (p place) String() string { return fmt.Sprintf("%s, line %d", p.file, p.line) }

// row is one line of a file of sales. Without an invoice it stands for itself. With a fault, only the place holds, and
// the invoices that the line may belong to.
type row struct {
	place
	customer, invoice, country string
	at                         time.Time
	item                       item
	number                     string // of a line without an invoice that was refused before: see rejection
	perhaps                    []string
}

// item is one good of a purchase, or of a return where the quantity is negative. One with a negative price is a
// discount.
type item struct {
	line                int
	sku, name, category string
	quantity, price     decimal.Decimal
	listPrice           *decimal.Decimal // before discounts of the invoice
}

// rows yields the lines of a file. A *fault is an error of one line, any other ends the file.
type rows = iter.Seq2[row, error]

// fault says why a line, or what belongs together, is refused.
type fault struct {
	place
	of     string // lines, unless it is told
	reason string // snake_case
	detail string
	// passed: the line is left out as it should be, since it tells of nobody or nothing.
	passed bool
}

func (f *fault) Error() string {
	text := fmt.Sprintf("line %d: %s", f.line, strings.ReplaceAll(f.reason, "_", " "))
	if f.detail != "" {
		text += ": " + f.detail
	}
	return text
}

// in says of an error in which file it is, once.
func in(path string, err error) error { return fmt.Errorf("%s: %w", path, err) }

// checkText refuses what is no UTF-8, or no text at all.
func checkText(line int, fields ...string) error {
	for _, f := range fields {
		if !utf8.ValidString(f) {
			return fmt.Errorf("line %d is not UTF-8: %s; name the file's encoding, perhaps latin1",
				line, strconv.QuoteToASCII(clip(f)))
		}
		if strings.IndexByte(f, 0) >= 0 {
			return fmt.Errorf("line %d holds a zero byte: this is no text file", line)
		}
	}
	return nil
}

// clip shortens what is shown of a field to a length that fits on a line.
func clip(s string) string { return clipTo(60, s) }

func clipTo(most int, s string) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}
