package importer

import (
	"testing"

	"github.com/govalues/decimal"
)

func TestNumbersWithADecimalComma(t *testing.T) {
	for text, want := range map[string]string{
		"1.234,50": "1234.50", "1.234": "1234", "2,50": "2.50", "1 234,50": "1234.50", "1\u00a0234,50": "1234.50",
		"25.000": "25000", "1.234.567,8": "1234567.8", "-1.234,50": "-1234.50", "+2,5": "2.5", "1234,5": "1234.5", "0,085": "0.085",
		"1'234,50": "1234.50", "1\u2019234,50": "1234.50", "1\u202f234,50": "1234.50", "7": "7", "007": "7",
		// What would have to be guessed at is no number.
		"1.23": "", "0.500": "", "1.2345": "", "12.34,5": "", "1.234 567": "", "1,234,567": "", "1,234.50": "", ",5": "", "1,": "",
		"": "", "1.": "", "1e3": "", ".500": "", "1..234": "", "1.234.56": "", "--1": "", "1,5 EUR": "",
	} {
		n, ok := Layout{DecimalComma: true}.parseNumber(text)
		if ok != (want != "") || ok && n.String() != want {
			t.Errorf("%q is read as %s, %t; want %q", text, n, ok, want)
		}
	}
	for text, want := range map[string]string{"1234.50": "1234.50", "1,000.00": "", "1.234,50": "", "2,50": ""} {
		if n, ok := (Layout{}).parseNumber(text); ok != (want != "") || ok && n.String() != want {
			t.Errorf("without: %q is read as %s, %t; want %q", text, n, ok, want)
		}
	}
}

func TestUnitPriceIsTheShortest(t *testing.T) {
	for _, c := range []struct {
		minor    int64
		quantity string
		digits   int
		want     string
	}{
		{1000, "3", 2, "3.333"}, {999, "3", 2, "3.33"}, {1, "1000", 2, "0.00001"}, {100, "3", 0, "33.3"}, {0, "7", 2, "0"},
		{1, "1000000", 3, "0.000000001"}, {100_000_000_000_000, "3", 2, "333333333333.333"},
		{1, "999999.999999", 2, "0.00000001"}, {99_999_999_999_999, "999999.999999", 2, ""},
	} {
		price, ok := unitPrice(c.minor, decimal.MustParse(c.quantity), c.digits)
		if want := c.want; ok != (want != "") || ok && price.Cmp(decimal.MustParse(want)) != 0 {
			t.Errorf("%d for %s is %s each, %t; want %s", c.minor, c.quantity, price, ok, want)
		}
	}
}
