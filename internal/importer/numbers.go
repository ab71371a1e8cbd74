package importer

import (
	"regexp"
	"strings"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// grouped is a number with a decimal comma. Points, blanks or apostrophes may stand between groups of three digits, the
// same everywhere; what begins with 0 is no group, so that 0.500 is not taken for five hundred.
var grouped = regexp.MustCompile(
	`^[+-]?(?:\d+|[1-9]\d{0,2}(?:(?:\.\d{3})+|(?: \d{3})+|(?:'\d{3})+))(?:,\d+)?$`)

var blanks = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u2019", "'") // as they are typeset

// parseNumber reads a decimal exactly; one with more digits than can be held exactly is none.
func (l Layout) parseNumber(text string) (decimal.Decimal, bool) {
	if l.DecimalComma {
		text = blanks.Replace(text)
		if !grouped.MatchString(text) {
			return decimal.Decimal{}, false
		}
		text = strings.NewReplacer(".", "", " ", "", "'", "", ",", ".").Replace(text)
	}
	n, err := decimal.Parse(text)
	if err != nil || len(strings.TrimLeft(text, "+-0.")) > decimal.MaxPrec {
		return decimal.Decimal{}, false
	}
	return n, true
}

// unitPrice returns the shortest price at which a quantity comes to an amount of minor units, as the server rounds it.
// There is none where the quantity has too many digits for an exact product.
func unitPrice(minor int64, quantity decimal.Decimal, digits int) (decimal.Decimal, bool) {
	exact, err := domain.Major(minor, digits).Quo(quantity)
	if err != nil {
		return decimal.Decimal{}, false
	}
	for scale := digits; scale <= decimal.MaxScale; scale++ {
		price := exact.Round(scale)
		if got, err := domain.Minor(digits, quantity, price); err == nil && got == minor {
			return price, true
		}
	}
	return decimal.Decimal{}, false
}

// totalled returns the price of a unit, from the total of a line. A negative total of a positive quantity makes a
// negative price, which is a discount.
func totalled(total, quantity decimal.Decimal, digits int) (price decimal.Decimal, reason string) {
	switch {
	case quantity.IsNeg() && total.IsPos():
		return price, "total_contradicts_quantity"
	case quantity.Abs().IsOne():
		price = total.Abs()
	default:
		minor, err := domain.Minor(digits, total.Abs(), decimal.One)
		if err != nil {
			return price, "total_malformed"
		}
		var ok bool
		if price, ok = unitPrice(minor, quantity.Abs(), digits); !ok {
			return price, "total_indivisible"
		}
	}
	if total.IsNeg() && quantity.IsPos() {
		price = price.Neg()
	}
	return price, ""
}
