package domain

import (
	"fmt"

	"github.com/govalues/decimal"
	"golang.org/x/text/currency"
)

// Currency is an ISO 4217 code, upper case.
type Currency string

var (
	ErrCurrency = &Rejection{Kind: Invalid, Code: "currency_unknown", Field: "currency",
		Reason: "name the currency by its ISO 4217 code, such as EUR"}
	ErrMoney = &Rejection{Kind: Invalid, Code: "money_out_of_range",
		Reason: "the amount is beyond what can be held exactly"}
)

// MinorDigits answers how many decimals the currency's minor unit has (EUR 2, JPY 0, KWD 3).
// An unknown code is ErrCurrency.
func (c Currency) MinorDigits() (int, error) {
	unit, err := currency.ParseISO(string(c))
	if err != nil || unit.String() != string(c) || c == "XXX" {
		return 0, ErrCurrency
	}
	digits, _ := currency.Standard.Rounding(unit)
	return digits, nil
}

// Format writes an amount for people: 45.30 GBP.
func (c Currency) Format(minor int64) string {
	digits, err := c.MinorDigits()
	if err != nil {
		return fmt.Sprintf("%d minor units of %s", minor, c)
	}
	return Major(minor, digits).String() + " " + string(c)
}

// MaxMinor bounds one amount, so that sums over a customer cannot overflow an int64.
const MaxMinor = 1_000_000_000_000_00

// Minor answers a × b in minor units of a currency with that many digits, rounded half-even once. Factors
// with more significant digits than an exact product can hold, and results beyond ±MaxMinor, are ErrMoney.
func Minor(digits int, a, b decimal.Decimal) (int64, error) {
	if a.Trim(0).Prec()+b.Trim(0).Prec() > decimal.MaxPrec {
		return 0, ErrMoney
	}
	product, err := a.Mul(b)
	if err != nil {
		return 0, ErrMoney
	}
	whole, frac, ok := product.Int64(digits)
	scale := pow10(digits)
	if !ok || whole > MaxMinor/scale || whole < -MaxMinor/scale {
		return 0, ErrMoney
	}
	return whole*scale + frac, nil
}

// Major answers an amount of minor units as a decimal in major units, exactly.
func Major(minor int64, digits int) decimal.Decimal { return decimal.MustNew(minor, digits) }

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}
