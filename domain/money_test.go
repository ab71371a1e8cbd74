package domain

import (
	"errors"
	"testing"

	"github.com/govalues/decimal"
)

func TestMinorRoundsHalfEvenOnce(t *testing.T) {
	for _, c := range []struct {
		digits   int
		a, b     string
		want     int64
		rejected bool
	}{
		{2, "3", "0.085", 26, false},  // 0.255 → the even neighbour
		{2, "1", "0.085", 8, false},   // 0.085 → 0.08
		{2, "-1", "0.085", -8, false}, // symmetric
		{0, "2", "0.75", 2, false},    // 1.50 → 2
		{3, "1", "0.0005", 0, false},  // KWD
		{2, "80995", "1.04", 8423480, false},
		{2, "1000000000", "1000000000", 0, true},
		{2, "1.234567890123", "1.23456789012", 0, true},
	} {
		got, err := Minor(c.digits, decimal.MustParse(c.a), decimal.MustParse(c.b))
		if got != c.want || errors.Is(err, ErrMoney) != c.rejected {
			t.Errorf("Minor(%d, %s, %s) = %d, %v; want %d", c.digits, c.a, c.b, got, err, c.want)
		}
	}
}

func TestMinorDigits(t *testing.T) {
	for code, want := range map[Currency]int{"EUR": 2, "GBP": 2, "JPY": 0, "KWD": 3} {
		if got, err := code.MinorDigits(); got != want || err != nil {
			t.Errorf("%s: %d, %v; want %d", code, got, err, want)
		}
	}
	for _, code := range []Currency{"", "eur", "EURO", "XXX", "ZZZ"} {
		if _, err := code.MinorDigits(); !errors.Is(err, ErrCurrency) {
			t.Errorf("%q was accepted", code)
		}
	}
}
