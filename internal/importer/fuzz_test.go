package importer

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// FuzzRead: whatever stands in a file, it is read, skipped line by line with a reason, or refused; what is read makes
// commands that can be sent.
func FuzzRead(f *testing.F) {
	const sales = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
	for i := range len(presets) + 1 {
		for _, content := range []string{"", sales + "1,A,Tea,2,2011-01-01 10:00:00,3.5,7,Norway\nC1,A,Tea,-1,2011-01-02 10:00:00,3.5,7,Norway\n",
			sales + "1,A,\"Tea", sales + "\x00,,,,,,,", "\xef\xbb\xbf" + sales, "\xff\xfe", "\x1f\x8b\x08", sales + "1,A,Tea,1e99,2011-13-01,NaN,7,Norway\n",
			"00004 19970101 2 29.33\n00004 19970118 2 29.73\n", "00004 1 19970101 2 29.33\n",
			strings.ReplaceAll(tillHeader, ",", ";") + "A;1;5/4/2024;tea;2;1.234,50\nA;1;13/4/2024;off;1;-4,50\nA;1;6/4/2024;tea;-1;-1.5\nB;2;7/4/2024;tea;2\nB;2;7/4/2024;tea;2;1\n",
			"opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n1C1I7A6R,Moses,GTX,Cancity,Won,2016-10-20,2017-03-01,1054\n"} {
			f.Add(uint8(i), content)
		}
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, which uint8, content string) {
		preset := source{name: "a till"}
		if of := int(which) % (len(presets) + 1); of < len(presets) {
			preset = presets[of]
		}
		path := filepath.Join(dir, "file.csv")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		o := Options{Preset: preset.name, Paths: []string{path}, Now: func() time.Time { return now }}
		if preset.read == nil {
			o = till("total", "price", "price", "")
			o.Layout.DecimalComma, o.Layout.Delimiter = true, ';'
			o.Paths, o.Now, o.Rejects = []string{path}, func() time.Time { return now }, filepath.Join(t.TempDir(), "rejects.csv")
		}
		if err := o.setDefaults(); err != nil {
			t.Fatal(err)
		}
		b, err := read(t.Context(), o)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("refused without a word")
			}
			return
		}
		if lines, err := b.writeRejects(t.Context()); err != nil || lines != len(b.rejects) && b.Rejects != "" {
			t.Fatalf("%d lines of %d were written out: %v", lines, len(b.rejects), err)
		}
		for l := range b.lines(now) {
			if _, err := json.Marshal(l); err != nil {
				t.Fatalf("%s: %q: %v", preset.name, content, err)
			}
		}
	})
}
