package importer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// till is a file of a till, as its users map it.
func till(more ...string) Options {
	columns := map[string]string{"customer": "customer", "invoice": "invoice", "date": "date", "sku": "sku",
		"quantity": "quantity", "price": "price"}
	for i := 0; i < len(more); i += 2 {
		if columns[more[i]] = more[i+1]; more[i+1] == "" {
			delete(columns, more[i])
		}
	}
	return Options{Layout: Layout{System: "till", Currency: "EUR", Columns: columns}}
}

const tillHeader = "customer,invoice,date,sku,quantity,price\n"

// files writes files into one folder and returns their paths.
func files(t *testing.T, contents ...string) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for i, content := range contents {
		path := filepath.Join(dir, string(rune('a'+i))+".csv")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// sold returns what becomes of each purchase and return, without days and registrations.
func sold(all []string) (out []string) {
	for _, text := range all {
		if _, what, ok := strings.Cut(text, " record_"); ok {
			out = append(out, what)
		}
	}
	return out
}

func TestAnInvoiceWithALineThatCannotBeReadIsHeldBackWhole(t *testing.T) {
	for _, c := range []struct {
		name, lines string
		want        []string
		held        []*Held
	}{
		{"its last line", "K7,R1,2024-03-01,tea,2,12.50\nK7,R1,2024-03-01,cups,1,\"2,400.00\"\nK8,R2,2024-03-01,tea,1,12.50\n",
			[]string{"purchase K8 R2 EUR [1 × 12.50 tea]"},
			[]*Held{{Invoice: "R1", Customer: "K7", Line: 2, Lines: 2, Reason: "price_malformed", At: 3, Detail: `"2,400.00"`}}},
		{"its first line, and the others stand apart",
			"K7,R1,soon,tea,2,12.50\nK8,R2,2024-03-01,tea,1,12.50\nK7,R1,2024-03-01,cups,1,24.00\nK7,R1,2024-03-01,jug,1,24.00\n",
			[]string{"purchase K8 R2 EUR [1 × 12.50 tea]"},
			[]*Held{{Invoice: "R1", Customer: "K7", Line: 2, Lines: 3, Reason: "date_malformed", At: 2, Detail: `"soon"`}}},
		{"what it brings back too", "K7,R1,2024-03-01,tea,2,12.50\nK7,R1,2024-03-01,jug,-1,24.00\nK7,R1,2024-03-01,cups,none,24.00\n",
			nil, []*Held{{Invoice: "R1", Customer: "K7", Line: 2, Lines: 3, Reason: "quantity_malformed", At: 4, Detail: `"none"`}}},
		{"a field too much, before its number or after it",
			"K7,R1,2024-03-01,tea,2,12.50\nK,7,R1,2024-03-01,cups,1,24.00\nK8,R2,2024-03-01,tea,1,12.50\nK8,R2,2024-03-01,jug,1,12,50\n",
			nil, []*Held{{Invoice: "R1", Customer: "K7", Line: 2, Lines: 2, Reason: "fields_miscounted", At: 3, Detail: "7, not 6 as in the header"},
				{Invoice: "R2", Customer: "K8", Line: 4, Lines: 2, Reason: "fields_miscounted", At: 5, Detail: "7, not 6 as in the header"}}},
		{"two customers", "K7,R1,2024-03-01,tea,2,12.50\nK8,R1,2024-03-01,cups,1,24.00\n", nil,
			[]*Held{{Invoice: "R1", Customer: "K7", Line: 2, Lines: 2, Reason: "invoice_of_another_customer", At: 3,
				Detail: `"R1" is of "K7", not of "K8"`}}},
		{"a customer on some lines only", "K7,R1,2024-03-01,tea,2,12.50\n,R1,2024-03-01,cups,1,24.00\n", nil,
			[]*Held{{Invoice: "R1", Customer: "K7", Line: 2, Lines: 2, Reason: "customer_missing_in_part", At: 3, Detail: `"R1" is of "K7"`}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, report, err := told(t, tillHeader+c.lines, till())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, sold(got)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.held, report.HeldBack, cmpopts.IgnoreFields(Held{}, "File")); diff != "" {
				t.Error(diff)
			}
			if !report.AnyRefused() || len(report.Refused) != 1 {
				t.Errorf("refused: %+v", report.Refused)
			}
			o := till()
			o.Strict = true
			if _, _, err := told(t, tillHeader+c.lines, o); err == nil {
				t.Error("strict: it was accepted")
			}
		})
	}
}

func TestNegativeLinesAreDiscountsOfTheirInvoice(t *testing.T) {
	for _, c := range []struct {
		name, lines string
		want        []string
		sum         string
	}{
		{"one line", "K7,R1,2024-03-01,tea,4,12.50\nK7,R1,2024-03-01,voucher,1,-5.00\n",
			[]string{"purchase K7 R1 EUR [4 × 11.25 tea]"}, "45.00"},
		{"in proportion, and exact to the cent",
			"K7,R1,2024-03-01,rebate,1,-10.00\nK7,R1,2024-03-01,tea,3,3.33\nK7,R1,2024-03-01,cups,1,20.00\nK7,R1,2024-03-01,spoon,7,0.01\n",
			[]string{"purchase K7 R1 EUR [3 × 2.223 tea] [1 × 13.34 cups] [7 × 0.007 spoon]"}, "20.06"},
		{"all of it", "K7,R1,2024-03-01,tea,4,12.50\nK7,R1,2024-03-01,gift,2,-25.00\n",
			[]string{"purchase K7 R1 EUR [4 × 0.00 tea]"}, "0.00"},
		{"of what comes back", "K7,R1,2024-03-01,tea,-4,12.50\nK7,R1,2024-03-01,voucher,-1,-5.00\n",
			[]string{"return K7 R1 EUR [4 × 11.25 tea]"}, "45.00"},
		{"not of what comes back with the invoice", "K7,R1,2024-03-01,tea,4,12.50\nK7,R1,2024-03-01,jug,-1,20.00\nK7,R1,2024-03-01,voucher,1,-5.00\n",
			[]string{"purchase K7 R1 EUR [4 × 11.25 tea]", "return K7 R1 EUR [1 × 20.00 jug]"}, "45.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, report, err := told(t, tillHeader+c.lines, till())
			if err != nil || report.AnyRefused() {
				t.Fatalf("%v: %+v", err, report)
			}
			if diff := cmp.Diff(c.want, sold(got)); diff != "" || report.Sums[0].Amount != c.sum {
				t.Errorf("%s\n%+v", diff, report.Sums)
			}
		})
	}
	got, report, err := told(t, tillHeader+"K7,R1,2024-03-01,tea,1,4.00\nK7,R1,2024-03-01,voucher,1,-5.00\n", till())
	if want := `"R1": 5.00 EUR off, of 4.00 EUR`; err != nil || got != nil || len(report.HeldBack) != 1 || report.HeldBack[0].Detail != want {
		t.Errorf("more off than it costs: %q, %+v, %v", got, report, err)
	}
}

func TestTheTotalOfALineInsteadOfAPrice(t *testing.T) {
	const header = "customer,invoice,date,sku,quantity,amount\n"
	total := till("price", "", "total", "amount")
	got, report, err := told(t, header+"K7,R1,2024-03-01,tea,3,10.00\nK7,R2,2024-03-01,tea,4,10.00\nK7,R3,2024-03-01,tea,1000,9.99\n"+
		"K7,R4,2024-03-01,tea,-2,-5.00\nK7,R5,2024-03-01,tea,2,10.00\nK7,R5,2024-03-01,off,1,-1.00\nK7,R6,2024-03-01,tea,-2,5.00\n"+
		"K7,R7,2024-03-01,tea,0.5,3.00\nK7,R8,2024-03-01,tea,2,1.2.3\n", total)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"purchase K7 R1 EUR [3 × 3.333 tea]", "purchase K7 R2 EUR [4 × 2.50 tea]",
		"purchase K7 R3 EUR [1000 × 0.00999 tea]", "return K7 R4 EUR [2 × 2.50 tea]", "purchase K7 R5 EUR [2 × 4.50 tea]",
		"purchase K7 R7 EUR [0.5 × 6.0 tea]"}
	if diff := cmp.Diff(want, sold(got)); diff != "" {
		t.Error(diff)
	}
	if len(report.Refused) != 2 || report.Refused[0].Reason != "total_contradicts_quantity" ||
		report.Refused[1].Reason != "total_malformed" || report.Sums[0].Amount != "41.99" || report.Sums[1].Amount != "5.00" {
		t.Errorf("%+v", report)
	}
	got, _, err = told(t, "customer,date,amount\nK7,2024-03-01,19.90\n", till("price", "", "total", "amount", "invoice", "", "sku", "", "quantity", ""))
	if diff := cmp.Diff([]string{"purchase K7 K7-2024-03-01-1 EUR [1 × 19.90 unspecified]"}, sold(got)); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, _, err := options(till("total", "amount")); err == nil || !strings.Contains(err.Error(), "not both") {
		t.Errorf("a price and a total: %v", err)
	}
	o := Options{Preset: "online-retail", Layout: Layout{Columns: map[string]string{"total": "Amount"}}}
	if o, _, err := options(o); err != nil || o.Layout.Columns["price"] != "" {
		t.Errorf("a total instead of the preset's price: %v, %v", o.Layout.Columns, err)
	}
}

func options(o Options) (Options, time.Duration, error) {
	o.Paths = []string{"sales.csv"}
	err := o.setDefaults()
	return o, 0, err
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		amount int64
		parts  []int64
		want   []int64
	}{
		{0, []int64{5, 0}, []int64{0, 0}},
		{1, []int64{1, 1, 1}, []int64{1, 0, 0}},
		{2, []int64{1, 2, 0, 3}, []int64{0, 1, 0, 1}},
		{6, []int64{1, 2, 0, 3}, []int64{1, 2, 0, 3}},
		{99_999_999_999_999, []int64{100_000_000_000_000, 100_000_000_000_000}, []int64{50_000_000_000_000, 49_999_999_999_999}},
	} {
		var sum int64
		for _, p := range c.parts {
			sum += p
		}
		if diff := cmp.Diff(c.want, spread(c.amount, sum, c.parts)); diff != "" {
			t.Errorf("%d over %v: %s", c.amount, c.parts, diff)
		}
	}
}

func TestTwoColumnsOfOneNameAreRefused(t *testing.T) {
	_, _, err := told(t, "customer,invoice,date,sku,quantity,price, price \nK7,R1,2024-03-01,tea,1,12.50,40.00\n", till())
	if err == nil || !strings.Contains(err.Error(), `the header has 2 columns "price": rename those that are not meant`) {
		t.Errorf("%v", err)
	}
	got, _, err := told(t, "customer,note,invoice,date,sku,quantity,price,note\nK7,a,R1,2024-03-01,tea,1,12.50,b\n", till())
	if err != nil || len(sold(got)) != 1 {
		t.Errorf("columns that are not asked for: %q, %v", got, err)
	}
}

func TestSeveralFilesAreOne(t *testing.T) {
	paths := files(t,
		tillHeader+"K7,R3,2024-03-03,tea,1,1.00\nK7,R1,2024-03-01,tea,1,1.00\nK9,R5,2024-03-04,tea,1,bad\n",
		tillHeader+"K8,R2,2024-03-02,tea,1,2.00\nK7,R1,2024-03-01,tea,1,1.00\nK7,R3,2024-03-03,tea,1,3.00\nK9,R5,2024-03-04,tea,1,5.00\n")
	o := till()
	got, report, err := toldOf(t, paths, o)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"purchase K7 R1 EUR [1 × 1.00 tea]", "purchase K8 R2 EUR [1 × 2.00 tea]", "purchase K9 R5 EUR [1 × 5.00 tea]"}
	if diff := cmp.Diff(want, sold(got)); diff != "" {
		t.Error(diff)
	}
	var held []string
	for _, h := range report.HeldBack {
		held = append(held, h.File+" "+h.Invoice+" "+h.Reason)
	}
	if diff := cmp.Diff([]string{"a.csv R3 invoice_differs", "b.csv R3 invoice_differs"}, held); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Content{{"invoices that an earlier file has too, told once", 1}, {"purchases", 3}, {"returns", 0}}, report.Holds); diff != "" {
		t.Error(diff)
	}
	closed := -1
	for i, text := range got {
		if text == "close 2024-03-01" {
			closed = i
		}
	}
	if closed < 0 || !strings.Contains(strings.Join(got[closed:], "\n"), "K8 R2") {
		t.Errorf("the files are not merged by time: %q", got)
	}
	if _, err := Run(t.Context(), Options{Paths: paths, Preset: "olist"}); err == nil || !strings.Contains(err.Error(), "one file or folder") {
		t.Errorf("%v", err)
	}
	// Without invoices, what is bought on one day is told apart across the files.
	columns := till("invoice", "", "sku", "", "quantity", "")
	got, _, err = toldOf(t, files(t, "customer,date,price\nK7,2024-03-01,1.00\n", "customer,date,price\nK7,2024-03-01,1.00\n"), columns)
	if want := []string{"purchase K7 K7-2024-03-01-1 EUR [1 × 1.00 unspecified]", "purchase K7 K7-2024-03-01-2 EUR [1 × 1.00 unspecified]"}; err != nil || !cmp.Equal(want, sold(got)) {
		t.Errorf("%q, %v", got, err)
	}
}
