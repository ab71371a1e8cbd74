package importer_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/internal/importer"
)

func TestGuessLayout(t *testing.T) {
	for name, c := range map[string]struct {
		text, encoding string
		delimiter      rune
		comma          bool
		columns        map[string]string
		dates          []string
	}{
		"a till": {"Customer ID,Order No.,Order date,SKU,Qty,Unit price,Total,Country\n7,A-1,2024-05-01,tea,2,3.50,7.00,DE\n",
			"utf-8", ',', false, map[string]string{"customer": "Customer ID", "invoice": "Order No.", "date": "Order date", "sku": "SKU",
				"quantity": "Qty", "price": "Unit price", "country": "Country"}, nil},
		"a German one, of Windows": {"Kundennr;Beleg;Datum;Artikel;Menge;Betrag\n7;1;13.05.2024;Gr\xfcner Tee;2;1.234,50\n8;2;01.06.2024;Tee;1;3,00\n",
			"windows-1252", ';', true, map[string]string{"customer": "Kundennr", "date": "Datum", "name": "Artikel", "quantity": "Menge", "total": "Betrag"},
			[]string{"2.1.2006"}},
		"day or month first": {"customer\tdate\tprice\n7\t01/02/2024\t1.00\n", "utf-8", '\t', false,
			map[string]string{"customer": "customer", "date": "date", "price": "price"}, []string{"2/1/2006", "1/2/2006"}},
		"nothing known": {"a|b\n1|2\n", "utf-8", '|', false, map[string]string{}, nil},
	} {
		path := filepath.Join(t.TempDir(), "sales.csv")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		g, err := importer.GuessLayout(path)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if g.Encoding != c.encoding || g.Layout.Delimiter != c.delimiter || g.Layout.DecimalComma != c.comma {
			t.Errorf("%s: %s, %q, %t", name, g.Encoding, g.Layout.Delimiter, g.Layout.DecimalComma)
		}
		if diff := cmp.Diff(c.columns, g.Layout.Columns); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if !slices.Equal(g.DateLayouts, c.dates) {
			t.Errorf("%s: dates fit %q, want %q", name, g.DateLayouts, c.dates)
		}
	}
	for name, text := range map[string]string{"empty": "", "prose": "Dear Sir,\nno table is here.\n", "one column": "customer\n7\n"} {
		path := filepath.Join(t.TempDir(), "sales.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if g, err := importer.GuessLayout(path); err == nil {
			t.Errorf("%s is taken for %v", name, g.Header)
		}
	}
}
