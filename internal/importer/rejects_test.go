package importer_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/importer"
)

// shop is how the files of these tests are laid out.
var shop = importer.Layout{System: "shop", Currency: "EUR", Delimiter: ';', DecimalComma: true, Columns: map[string]string{
	"customer": "Kunde", "invoice": "Beleg", "date": "Tag", "sku": "Artikel", "quantity": "Menge", "price": "Preis"}}

const shopHeader = "Kunde;Beleg;Tag;Artikel;Menge;Preis;Notiz\n"

func bought(t *testing.T, s *testServer) (all []string) {
	t.Helper()
	for _, r := range s.recorded(t) {
		if e, ok := r.Event.(customer.PurchaseRecorded); ok {
			all = append(all, e.Reference+" "+e.Currency.Format(e.TotalMinor))
		}
	}
	slices.Sort(all)
	return all
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRejectsAreRepairedAndSentAgain(t *testing.T) {
	latin, err := charmap.ISO8859_1.NewEncoder().String(shopHeader +
		"M;1;2021-03-01;Käse;2;3,50;\"a; \"\"b\"\"\"\nM;1;2021-03-01;Brot;1;4.20;\nN;2;2021-03-02;Käse;1;3,50;ü\n" +
		"N;3;2021-03-02;Käse;1;3,50;fehlt;hier\nO;;2021-03-02;Tee;1;1,00;\n;4;2021-03-02;Tee;1;1,00;\n")
	if err != nil {
		t.Fatal(err)
	}
	server := serve(t)
	rejects := filepath.Join(t.TempDir(), "rejects.csv")
	o := importer.Options{Client: server.client(t, client.Options{}), Layout: shop, Encoding: "latin1", Rejects: rejects,
		Paths: []string{write(t, "march.csv", latin)}}
	report, err := importer.Run(t.Context(), o)
	if err != nil || report.Rejects != 4 || !report.AnyRefused() {
		t.Fatalf("%+v, %v", report, err)
	}
	if diff := cmp.Diff([]string{"2 3.50 EUR"}, bought(t, server)); diff != "" {
		t.Error(diff)
	}
	text, err := charmap.ISO8859_1.NewDecoder().String(read(t, rejects))
	if err != nil {
		t.Fatal(err)
	}
	want := "rapport_refusal;Kunde;Beleg;Tag;Artikel;Menge;Preis;Notiz\n" +
		"march.csv:2: held back: price_malformed at line 3;M;1;2021-03-01;Käse;2;3,50;\"a; \"\"b\"\"\"\n" +
		"march.csv:3: price_malformed;M;1;2021-03-01;Brot;1;4.20;\n" +
		"march.csv:5: fields_miscounted;N;3;2021-03-02;Käse;1;3,50;fehlt;hier\n" +
		"march.csv:6: no_invoice;O;;2021-03-02;Tee;1;1,00;\n"
	if diff := cmp.Diff(want, text); diff != "" {
		t.Fatal(diff)
	}
	if info, err := os.Stat(rejects); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}

	// Half of it is repaired; the rest goes into another file of the same form.
	repaired := strings.NewReplacer("4.20", "4,20", "fehlt;hier", "hier").Replace(read(t, rejects))
	again := filepath.Join(t.TempDir(), "rejects.csv")
	o.Paths, o.Rejects = []string{write(t, "repaired.csv", repaired)}, again
	if report, err = importer.Run(t.Context(), o); err != nil || report.Rejects != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	if diff := cmp.Diff([]string{"1 11.20 EUR", "2 3.50 EUR", "3 3.50 EUR"}, bought(t, server)); diff != "" {
		t.Error(diff)
	}
	want = "rapport_refusal;Kunde;Beleg;Tag;Artikel;Menge;Preis;Notiz\n" +
		"repaired.csv:5: no_invoice;O;;2021-03-02;Tee;1;1,00;\n"
	if diff := cmp.Diff(want, read(t, again)); diff != "" {
		t.Error(diff)
	}

	// An existing file is never written over, and nothing is done in vain.
	before := len(server.recorded(t))
	if _, err = importer.Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "is there already") || len(server.recorded(t)) != before {
		t.Errorf("%v", err)
	}
	o.Rejects = filepath.Join(t.TempDir(), "none", "rejects.csv")
	if _, err = importer.Run(t.Context(), o); err == nil {
		t.Error("a folder that is not there was accepted")
	}
	o.Rejects = filepath.Join(t.TempDir(), "rejects.csv")
	o.Paths = append(o.Paths, write(t, "april.csv", strings.Replace(shopHeader, "Notiz", "Text", 1)))
	if _, err = importer.Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "another header") {
		t.Errorf("%v", err)
	}
	o = importer.Options{Paths: []string{olistFolder(t)}, Preset: "olist", Rejects: o.Rejects}
	if _, err = importer.Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "only lines of CSV files of sales") {
		t.Errorf("%v", err)
	}
}

// What the server refuses is written out too: whole invoices, and none of those that it took.
func TestRejectsOfTheServer(t *testing.T) {
	server := serve(t)
	c := server.client(t, client.Options{})
	run := func(text string, rejects bool) (importer.Report, string) {
		t.Helper()
		o := importer.Options{Client: c, Layout: shop, Paths: []string{write(t, "march.csv", text)}}
		if rejects {
			o.Rejects = filepath.Join(t.TempDir(), "rejects.csv")
		}
		report, err := importer.Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if report.Rejects == 0 {
			if _, err := os.Stat(o.Rejects); rejects && !os.IsNotExist(err) {
				t.Error("an empty file of rejects was written")
			}
			return report, ""
		}
		return report, read(t, o.Rejects)
	}
	if report, rejects := run(shopHeader+"M;1;2021-03-01;Tee;2;3,50;\nM;1;2021-03-01;Brot;1;4,20;\nM;2;2021-03-02;Tee;2;3,50;\n", true); report.AnyRefused() || rejects != "" {
		t.Errorf("%+v", report)
	}
	// The first invoice is told otherwise, the second again, the third is new.
	report, rejects := run(shopHeader+"M;1;2021-03-01;Tee;2;3,50;\nM;2;2021-03-02;Tee;2;3,50;\nM;1;2021-03-01;Brot;1;4,80;\nM;3;2021-03-02;Tee;1;3,50;\n", true)
	want := []importer.Count{{Of: "commands", Reason: customer.ErrPurchaseOtherwise.Code, Count: 1, Examples: []importer.Example{{File: "march.csv", Line: 2}}}}
	for i, e := range report.Refused[0].Examples {
		if !strings.HasPrefix(e.Detail, `invoice "1" of "M", lines 2, 4: `) {
			t.Errorf("which rows differ is not told: %s", e.Detail)
		}
		report.Refused[0].Examples[i] = importer.Example{File: filepath.Base(e.File), Line: e.Line}
	}
	if diff := cmp.Diff(want, report.Refused); diff != "" {
		t.Error(diff)
	}
	if s := report.Sums[0]; s.Amount != "22.30" || s.Refused != "11.80" || report.EventsKnown == 0 {
		t.Errorf("%+v", report)
	}
	if n := strings.Count(rejects, "\n"); n != 3 {
		t.Errorf("%d lines: %s", n, rejects)
	}
	if !strings.Contains(rejects, "march.csv:4: purchase_recorded_otherwise;M;1;2021-03-01;Brot;1;4,80;\n") {
		t.Error(rejects)
	}
	if diff := cmp.Diff([]string{"1 11.20 EUR", "2 7.00 EUR", "3 3.50 EUR"}, bought(t, server)); diff != "" {
		t.Error(diff)
	}
}

// Where there are no invoices, lines of a customer on one day are numbered. One that is sent later keeps its number.
func TestRejectsWithoutInvoices(t *testing.T) {
	const header = "Kunde;Tag;Preis\n"
	layout := importer.Layout{System: "kiosk", Currency: "EUR", Delimiter: ';', DecimalComma: true,
		Columns: map[string]string{"customer": "Kunde", "date": "Tag", "price": "Preis"}}
	server := serve(t)
	rejects := filepath.Join(t.TempDir(), "rejects.csv")
	o := importer.Options{Client: server.client(t, client.Options{}), Layout: layout, Rejects: rejects,
		Paths: []string{write(t, "march.csv", header+"M;2021-03-01;x\nM;2021-03-01;2,00\nM;2021-13-01;2,00\nM;2021-03-01;2,00\n")}}
	if report, err := importer.Run(t.Context(), o); err != nil || report.Rejects != 2 {
		t.Fatalf("%+v, %v", report, err)
	}
	text := read(t, rejects)
	if want := "rapport_refusal;rapport_number;Kunde;Tag;Preis\nmarch.csv:2: price_malformed;1;M;2021-03-01;x\n" +
		"march.csv:4: date_malformed;march.csv:4;M;2021-13-01;2,00\n"; text != want {
		t.Fatal(text)
	}
	o.Paths, o.Rejects = []string{write(t, "repaired.csv", strings.NewReplacer(";x", ";2,00", "2021-13", "2021-03").Replace(text))}, ""
	for range 2 {
		if report, err := importer.Run(t.Context(), o); err != nil || report.AnyRefused() {
			t.Fatalf("%+v, %v", report, err)
		}
	}
	want := []string{"M-2021-03-01-1 2.00 EUR", "M-2021-03-01-2 2.00 EUR", "M-2021-03-01-3 2.00 EUR", "M-2021-03-01-march.csv:4 2.00 EUR"}
	if diff := cmp.Diff(want, bought(t, server)); diff != "" {
		t.Error(diff)
	}
}
