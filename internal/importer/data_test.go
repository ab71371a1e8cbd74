package importer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// dataSet answers a file of the public data sets, which are no part of this repository.
func dataSet(t *testing.T, path string) string {
	t.Helper()
	dir := os.Getenv("RAPPORT_TEST_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	file := filepath.Join(dir, path)
	if _, err := os.Stat(file); err != nil {
		t.Skip("needs a public data set; name the folder of them in RAPPORT_TEST_DATA: ", err)
	}
	return file
}

func TestWholeDataSets(t *testing.T) {
	for _, c := range []struct {
		preset, path string
		want         Report
		isReturn     func(number string) bool // by another sign than the quantities'
	}{
		{"online-retail", "uci_online_retail/onlineretail.csv.gz", Report{
			Lines: 541_909, Customers: 4_372, Holds: []Content{{"purchases", 18_536}, {"returns", 3_654}},
			Skipped: []Count{{Reason: "no_customer", Count: 135_080}}},
			func(number string) bool { return strings.HasPrefix(number, "C") }},
		{"cdnow", "cdnow_sample/CDNOW_sample.txt", Report{
			Lines: 6_919, Customers: 2_357, Holds: []Content{{"purchases", 6_919}, {"returns", 0}}},
			func(string) bool { return false }},
	} {
		t.Run(c.preset, func(t *testing.T) {
			o := Options{Path: dataSet(t, c.path), Preset: c.preset}
			if err := o.setDefaults(); err != nil {
				t.Fatal(err)
			}
			b, err := readBook(t.Context(), &story{Options: o, parties: map[string]*party{}})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range b.entries {
				if e.back != c.isReturn(e.number) {
					t.Errorf("%s: came back is %t", e.number, e.back)
				}
			}
			s, err := read(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, s.report(""), cmpopts.IgnoreUnexported(Report{}), cmpopts.EquateEmpty(),
				cmpopts.IgnoreFields(Count{}, "Examples")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
