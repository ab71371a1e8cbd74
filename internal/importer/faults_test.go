package importer

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLinesThatMakeNoSenseAreRefused(t *testing.T) {
	const good = "1,A,,1,2010-12-01 08:26:00,2.55,17850,UK\n"
	for _, c := range []struct{ name, line, reason, detail string }{
		{"no invoice", ",A,,1,2010-12-01 08:26:00,2.55,17850,UK", "no_invoice", ""},
		{"no sku", "2, ,,1,2010-12-01 08:26:00,2.55,17850,UK", "no_sku", ""},
		{"date", "2,A,,1,01/12/2010 8:26,2.55,17850,UK", "date_malformed", `"01/12/2010 8:26"`},
		{"no such date", "2,A,,1,2010-02-30 08:26:00,2.55,17850,UK", "date_malformed", `"2010-02-30 08:26:00"`},
		{"too early", "2,A,,1,0201-02-03 08:26:00,2.55,17850,UK", "date_out_of_range", "0201-02-03 08:26:00"},
		{"too late", "2,A,,1,2026-01-03 08:26:00,2.55,17850,UK", "date_out_of_range", "2026-01-03 08:26:00"},
		{"quantity", "2,A,,six,2010-12-01 08:26:00,2.55,17850,UK", "quantity_malformed", `"six"`},
		{"nothing", "2,A,,0,2010-12-01 08:26:00,2.55,17850,UK", "quantity_zero", ""},
		{"price", "2,A,,1,2010-12-01 08:26:00,\"2,55\",17850,UK", "price_malformed", `"2,55"`},
		{"too many digits", "2,A,,1,2010-12-01 08:26:00,1.2345678901234567890123,17850,UK", "price_malformed",
			`"1.2345678901234567890123"`},
		{"nothing but a discount", "2,A,,1,2010-12-01 08:26:00,-2.55,17850,UK", "discount_above_invoice",
			`"2": 2.55 GBP off, of 0.00 GBP`},
		{"fields", "2,A,,1,2010-12-01 08:26:00,2.55,17850", "fields_miscounted", "7, not 8 as in the header"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, report, err := told(t, header+good+c.line+"\n", Options{Preset: "online-retail"})
			want := []Count{{Of: "lines", Reason: c.reason, Count: 1, Examples: []Example{{File: "sales.csv", Line: 3, Detail: c.detail}}}}
			if diff := cmp.Diff(want, report.Refused); diff != "" || err != nil || len(got) != 3 || report.Lines != 2 {
				t.Errorf("%v, %q of %d lines\n%s", err, got, report.Lines, diff)
			}
			_, _, err = told(t, header+good+c.line+"\n", Options{Preset: "online-retail", Strict: true})
			if err == nil || !strings.Contains(err.Error(), "sales.csv: line 3: "+strings.ReplaceAll(c.reason, "_", " ")) {
				t.Errorf("strict: %v", err)
			}
		})
	}
	for _, line := range []string{" 00004 19970101  2", " 00004 1997-01-01  2   29.33", " 00004 19970101  -2   29.33",
		" 00004 19970101  2   -29.33", " 00004 19970101  2   29.33 1 1"} {
		_, report, err := told(t, " 00004 19970101  2   29.33\n"+line+"\n", Options{Preset: "cdnow"})
		if err != nil || len(report.Refused) != 1 || len(report.Holds) == 0 || report.Holds[0] != (Content{"purchases", 1}) {
			t.Errorf("%q: %+v, %v", line, report, err)
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	const line = "1,A,,1,2010-12-01 08:26:00,2.55,17850,UK\n"
	packed := zip(t, header+strings.Repeat(line, 5000))
	damaged := []byte(packed)
	damaged[len(damaged)-6] ^= 0xff // within the checksum
	for _, c := range []struct{ name, content, want string }{
		{"empty", "", "the file is empty"},
		{"only a mark", "\ufeff", "the file is empty"},
		{"another header", "InvoiceNo,Item,Quantity\n" + line,
			"the header has no CustomerID, InvoiceDate, UnitPrice, StockCode, Description, Country; " +
				"it has InvoiceNo, Item, Quantity"},
		{"open quote", header + line + "2,A,\"HOLDER,1,2010-12-01 08:26:00,2.55,17850,UK\n" + line,
			"line 4: broken quotes in the record that begins at line 3"},
		{"open quote in a big file", header + line + "2,A,\"" + strings.Repeat(line, 60_000),
			"after line 2: it is longer than 1 MiB: perhaps a quote is never closed"},
		{"stray quote", header + line + "2,A,12\" PLATE,1,2010-12-01 08:26:00,2.55,17850,UK\n",
			"line 3, column 7: broken quotes"},
		{"latin1", header + line + "2,A,CAF\xc9,1,2010-12-01 08:26:00,2.55,17850,UK\n",
			`line 3 is not UTF-8: "CAF\xc9"; name the file's encoding, perhaps latin1`},
		{"latin1 in the header", "Invoice\xa3\n", `line 1 is not UTF-8: "Invoice\xa3"`},
		{"utf-16", "\xff\xfeI\x00n\x00", "the file is UTF-16: save it as UTF-8"},
		{"zeros", header + "1,A,\x00,1,2010-12-01 08:26:00,2.55,17850,UK\n",
			"line 2 holds a zero byte: this is no text file"},
		{"cut off", packed[:len(packed)/2], "the gzip file is cut off: unexpected EOF"},
		{"cut off at once", packed[:5], "the gzip file is cut off: unexpected EOF"},
		{"damaged", string(damaged), "the gzip file is damaged: gzip: invalid checksum"},
		{"too long", header + strings.Repeat(line, 6000), "more than 5500 lines: split the file, or raise the limit"},
		{"nothing but nonsense", header + strings.ReplaceAll(line, "2010-12-01", "12/1/10"),
			`no line makes sense: 1 date malformed (line 2) "12/1/10 08:26:00"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := told(t, c.content, Options{Preset: "online-retail", MaxLines: 5500})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v; want %s", err, c.want)
			}
		})
	}
	if _, _, err := told(t, strings.Repeat("x", 2<<20), Options{Preset: "cdnow"}); !errors.Is(err, errTooLong) {
		t.Errorf("%v; want %v", err, errTooLong)
	}
}

func TestCancellingEndsTheReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o := Options{Preset: "online-retail", Now: time.Now,
		Paths: []string{file(t, header+strings.Repeat("1,A,,1,2010-12-01 08:26:00,2.55,17850,UK\n", 5000))}}
	if _, err := Run(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestOptionsTellAllFaultsAtOnce(t *testing.T) {
	_, err := Run(t.Context(), Options{Paths: []string{"sales.csv"}, Layout: Layout{Currency: "eur",
		Columns: map[string]string{"customer": "a", "when": "b"}}})
	for _, want := range []string{
		"name the system", "ISO 4217", "holds the date", "holds the price of a unit, or the total", `mapped to "when"`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	_, err = Run(t.Context(), Options{Preset: "amazon", Paths: []string{"sales.csv"}})
	if err == nil || !strings.Contains(err.Error(), "online-retail, cdnow") {
		t.Errorf("%v", err)
	}
}
