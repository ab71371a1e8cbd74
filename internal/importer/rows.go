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

// row is one line of a file that makes sense. Without an invoice it stands for itself.
type row struct {
	line                       int
	customer, invoice, country string
	at                         time.Time
	item                       item
}

// item is one good of a purchase, or of a return where the quantity is negative.
type item struct {
	sku, name, category string
	quantity, price     decimal.Decimal
}

// rows yields the lines of a file. A *skipped is an error of one line, any other ends the file.
type rows = iter.Seq2[row, error]

// skipped says why a line is left out.
type skipped struct {
	line   int
	reason string // snake_case
	detail string
}

func (s *skipped) Error() string {
	text := fmt.Sprintf("line %d: %s", s.line, strings.ReplaceAll(s.reason, "_", " "))
	if s.detail != "" {
		text += ": " + s.detail
	}
	return text
}

const noCustomer = "no_customer" // the one reason that is no fault of the line

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

// parseNumber reads a decimal exactly; one with more digits than can be held exactly is none.
func (l Layout) parseNumber(text string) (decimal.Decimal, bool) {
	if l.DecimalComma {
		text = strings.Replace(text, ",", ".", 1)
	}
	n, err := decimal.Parse(text)
	if err != nil || len(strings.TrimLeft(text, "+-0.")) > decimal.MaxPrec {
		return decimal.Decimal{}, false
	}
	return n, true
}

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
