package importer

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rapport-crm/rapport/domain"
)

var now = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sales.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// told answers the report of a file and what its commands say: when, which, of whom, and the body.
func told(t *testing.T, content string, o Options) ([]string, Report, error) {
	t.Helper()
	return toldOf(t, []string{file(t, content)}, o)
}

func toldOf(t *testing.T, paths []string, o Options) ([]string, Report, error) {
	t.Helper()
	o.Paths, o.Now = paths, func() time.Time { return now }
	if err := o.setDefaults(); err != nil {
		t.Fatal(err)
	}
	b, err := read(t.Context(), o)
	if err != nil {
		return nil, Report{}, err
	}
	names := map[string]string{}
	for _, p := range b.parties {
		names[p.id.String()] = p.externalID
	}
	var out []string
	for l := range b.lines(now) {
		var body struct {
			Date       string           `json:"date"`
			OccurredAt time.Time        `json:"occurred_at"`
			Reference  string           `json:"reference"`
			Country    string           `json:"country"`
			Currency   string           `json:"currency"`
			Items      []map[string]any `json:"lines"`
		}
		encoded, err := json.Marshal(l.Body)
		if err == nil {
			err = json.Unmarshal(encoded, &body)
		}
		if err != nil {
			t.Fatal(err)
		}
		if l.Command == "close_day" {
			out = append(out, "close "+body.Date)
			continue
		}
		text := body.OccurredAt.Format("2006-01-02 15:04 ") + l.Command + " " + names[l.CustomerID.String()]
		for _, word := range []string{body.Reference, body.Country, body.Currency} {
			if word != "" {
				text += " " + word
			}
		}
		for _, i := range body.Items {
			text += " [" + i["quantity"].(string) + " × " + i["unit_price"].(string) + " " + i["sku"].(string)
			if name, ok := i["name"]; ok {
				text += " " + name.(string)
			}
			text += "]"
		}
		out = append(out, text)
	}
	report := b.report()
	report.finish(b, time.Second)
	return out, unplaced(report), nil
}

// unplaced names the files of a report by their names alone.
func unplaced(r Report) Report {
	for i := range r.Files {
		r.Files[i] = filepath.Base(r.Files[i])
	}
	for _, counts := range [][]Count{r.Skipped, r.Refused} {
		for _, c := range counts {
			for i := range c.Examples {
				c.Examples[i].File = filepath.Base(c.Examples[i].File)
			}
		}
	}
	for _, h := range r.HeldBack {
		h.File = filepath.Base(h.File)
	}
	return r
}

const header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"

func TestOnlineRetail(t *testing.T) {
	got, report, err := told(t, header+
		"536365,85123A,WHITE HOLDER,6,2010-12-01 08:27:00,2.55,17850,United Kingdom\n"+
		"C536379,D,Discount,-1,2010-12-01 09:41:00,27.50,14527,France\n"+
		"536370,22728,,24,2010-12-05 08:45:00,0.085,12583,\n"+
		"536365,71053,\"LANTERN, METAL\",6,2010-12-01 08:26:00,3.39,17850,Malta\n"+ // not contiguous, and earlier
		"536414,22139,,56,2010-12-01 11:52:00,0,,United Kingdom\n"+
		"536371,22086,PAPER CHAIN,80,2010-12-06 00:00:00,2.55,17850,United Kingdom\n",
		Options{Preset: "online-retail"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"2010-12-01 08:26 register_customer 17850 United Kingdom",
		"2010-12-01 08:26 record_purchase 17850 536365 GBP " +
			"[6 × 2.55 85123A WHITE HOLDER] [6 × 3.39 71053 LANTERN, METAL]",
		"2010-12-01 09:41 register_customer 14527 France",
		"2010-12-01 09:41 record_return 14527 C536379 GBP [1 × 27.50 D Discount]",
		"close 2010-12-01",
		"close 2010-12-04",
		"2010-12-05 08:45 register_customer 12583",
		"2010-12-05 08:45 record_purchase 12583 536370 GBP [24 × 0.085 22728]",
		"close 2010-12-05",
		"2010-12-06 00:00 record_purchase 17850 536371 GBP [80 × 2.55 22086 PAPER CHAIN]",
		"close 2010-12-06",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	first, last := domain.Day(14_944), domain.Day(14_949)
	wantReport := Report{Files: []string{"sales.csv"}, DryRun: true, Lines: 6, Customers: 3,
		Holds: []Content{{"purchases", 3}, {"returns", 1}}, FirstDay: &first, LastDay: &last,
		Sums: []Sum{{What: "purchases", Currency: "GBP", Amount: "241.68", Refused: "0.00"},
			{What: "returns", Currency: "GBP", Amount: "27.50", Refused: "0.00"}},
		Skipped: []Count{{Of: "lines", Reason: "no_customer", Count: 1, Examples: []Example{{File: "sales.csv", Line: 6}}}}}
	if diff := cmp.Diff(wantReport, report, cmpopts.IgnoreUnexported(Sum{}), cmpopts.EquateEmpty(),
		cmpopts.IgnoreFields(Report{}, "DurationS", "LinesPerSecond")); diff != "" {
		t.Error(diff)
	}
}

func TestCDNOW(t *testing.T) {
	sample := " 00004 0001 19970101  2   29.33\r\n 00004 0001 19970101  1    0.00\r\n 00021 0002 19970103  3   63.34\r\n"
	master := " 00004 19970101  2   29.33\n 00004 19970101  1    0.00\n 00021 19970103  3   63.34\n"
	want := []string{
		"1997-01-01 00:00 register_customer 00004",
		"1997-01-01 00:00 record_purchase 00004 00004-1997-01-01-1 USD [1 × 29.33 cd 2 CDs]",
		"1997-01-01 00:00 record_purchase 00004 00004-1997-01-01-2 USD [1 × 0.00 cd 1 CD]",
		"close 1997-01-01",
		"close 1997-01-02",
		"1997-01-03 00:00 register_customer 00021",
		"1997-01-03 00:00 record_purchase 00021 00021-1997-01-03-1 USD [1 × 63.34 cd 3 CDs]",
		"close 1997-01-03",
	}
	for _, content := range []string{sample, master} {
		got, _, err := told(t, content, Options{Preset: "cdnow"})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(err, diff)
		}
	}
}

func TestColumnsOfAnyFile(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zone data: ", err)
	}
	got, _, err := told(t, "Kunde;Tag;Betrag;Artikel\n"+
		"A;2.3.2025 00:30;1,50;Brot\nA;2.3.2025 00:30;-1;Brot\nB;1.3.2025 09:00;+2;\n",
		Options{Zone: berlin, Layout: Layout{System: "kasse", Currency: "EUR", Delimiter: ';', DecimalComma: true,
			DateLayout: "2.1.2006 15:04",
			Columns:    map[string]string{"customer": "Kunde", "date": "Tag", "price": "Betrag", "name": "Artikel"}}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"2025-03-01 08:00 register_customer B",
		"2025-03-01 08:00 record_purchase B B-2025-03-01-1 EUR [1 × 2 unspecified]",
		"close 2025-03-01",
		"2025-03-01 23:30 register_customer A",
		"2025-03-01 23:30 record_purchase A A-2025-03-02-1 EUR [1 × 1.50 Brot Brot]",
		"close 2025-03-02",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsSetOverrulesThePreset(t *testing.T) {
	got, _, err := told(t, "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,Price,CustomerID,Country\n"+
		"1,A,,1,2010-12-01 08:27:00,2.55,17850,\n",
		Options{Preset: "online-retail",
			Layout: Layout{System: "shop", Currency: "EUR", Columns: map[string]string{"price": "Price"}}})
	if err != nil || len(got) != 3 || got[1] != "2010-12-01 08:27 record_purchase 17850 1 EUR [1 × 2.55 A]" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestIDsDependOnNothingButTheFile(t *testing.T) {
	content := header + "1,A,,1,2010-12-01 08:26:00,2.55,17850,UK\n1,A,,-1,2010-12-01 08:26:00,2.55,17850,UK\n"
	var texts []string
	for range 2 {
		o := Options{Preset: "online-retail", Paths: []string{file(t, content)}}
		if err := o.setDefaults(); err != nil {
			t.Fatal(err)
		}
		b, err := read(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		var all bytes.Buffer
		for l := range b.lines(now) {
			if err := json.NewEncoder(&all).Encode(l); err != nil {
				t.Fatal(err)
			}
		}
		texts = append(texts, all.String())
	}
	if texts[0] != texts[1] {
		t.Errorf("%s\nand then\n%s", texts[0], texts[1])
	}
	for _, id := range []string{ // never to change: an import must know what an earlier release imported
		`"customer_id":"aac997f0-3326-538a-baeb-02a051ab00bf"`,
		`"purchase_id":"f8e0c6e4-e557-5169-8aba-25ebf6d6e7d5"`, `"return_id":"66727e76-47dc-59d9-9967-505dfc39d459"`,
	} {
		if !strings.Contains(texts[0], id) {
			t.Errorf("%s is not in\n%s", id, texts[0])
		}
	}
}

func TestADayThatIsNotOverStaysOpen(t *testing.T) {
	got, _, err := told(t, header+"1,A,,1,2025-12-31 08:00:00,1,7,UK\n2,A,,1,2026-01-01 08:00:00,1,7,UK\n",
		Options{Preset: "online-retail"})
	if err != nil || len(got) != 4 || got[2] != "close 2025-12-31" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestForms(t *testing.T) {
	const line = "1,A,CAFÉ,1,2010-12-01 08:26:00,2.55,17850,UK\n"
	for _, c := range []struct{ name, content, encoding string }{
		{"plain", header + line, ""},
		{"marked", "\ufeff" + header + line, "utf-8"},
		{"gzip", zip(t, header+line), ""},
		{"gzip, marked", zip(t, "\ufeff"+header+line), ""},
		{"gzip in parts", zip(t, header) + zip(t, line), ""},
		{"latin1", header + strings.ReplaceAll(line, "É", "\xc9"), "latin1"},
		{"windows-1252", header + strings.ReplaceAll(line, "É", "\xc9"), "Windows-1252"},
		{"CRLF", strings.ReplaceAll(header+line, "\n", "\r\n"), ""},
		{"no line end", strings.TrimSpace(header + line), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := told(t, c.content, Options{Preset: "online-retail", Encoding: c.encoding})
			if err != nil || len(got) != 3 || !strings.HasSuffix(got[1], "[1 × 2.55 A CAFÉ]") {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
	if _, _, err := told(t, header, Options{Preset: "online-retail", Encoding: "ebcdic"}); err == nil {
		t.Error("an unknown encoding was accepted")
	}
}

func TestAFileWithoutLinesIsNoFault(t *testing.T) {
	got, report, err := told(t, header, Options{Preset: "online-retail"})
	if err != nil || len(got) != 0 || report.Lines != 0 {
		t.Errorf("%q, %+v, %v", got, report, err)
	}
}

func zip(t *testing.T, text string) string {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte(text))
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}
