package charts

import (
	"math"
	"strconv"
	"strings"
)

// Formatter writes a number for people.
type Formatter func(float64) string

// Number writes a number with all of its digits: 1,234.5.
func Number(v float64) string {
	return group(strconv.FormatFloat(v, 'f', -1, 64))
}

// Fixed writes a number with so many digits after the point.
func Fixed(digits int) Formatter {
	return func(v float64) string { return group(strconv.FormatFloat(v, 'f', digits, 64)) }
}

// Percent writes a share, of which 1 is all, in percent.
func Percent(digits int) Formatter {
	return func(v float64) string { return Fixed(digits)(v*100) + "%" }
}

// Unit writes what a formatter writes, and the unit behind it: Unit(Fixed(2), "EUR").
func Unit(of Formatter, unit string) Formatter {
	return func(v float64) string { return of(v) + " " + unit }
}

// Compact writes a number with three digits at most and k, M, G or T for the thousands: 1.23M.
func Compact(v float64) string {
	switch {
	case v == 0:
		return "0"
	case math.Abs(v) < 0.001 || math.Abs(v) >= 1e15:
		return minus(strconv.FormatFloat(v, 'g', 3, 64))
	}
	suffixes := []string{"", "k", "M", "G", "T"}
	thousands := 0
	for thousands < len(suffixes)-1 && math.Abs(v) >= 999.5 {
		v /= 1000
		thousands++
	}
	digits := 2
	if thousands == 0 && math.Abs(v) < 1 {
		digits = 3
	}
	switch {
	case math.Abs(v) >= 99.95:
		digits = 0
	case math.Abs(v) >= 9.995:
		digits = 1
	}
	text := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return minus(text) + suffixes[thousands]
}

// group puts commas between groups of three digits before the point.
func group(text string) string {
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	whole, fraction, ok := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if ok {
		whole += "." + fraction
	}
	if strings.Trim(whole, "0.,") == "" {
		sign = "" // a rounded -0
	}
	return minus(sign + whole)
}

func minus(text string) string { return strings.Replace(text, "-", "−", 1) }
