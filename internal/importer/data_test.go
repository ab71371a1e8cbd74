package importer

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/internal/client"
)

// dataSet answers a file of the public data sets, which are no part of this repository.
func dataSet(t *testing.T, path string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("real purchases are for tests without -short")
	}
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

func day(t *testing.T, text string) *domain.Day {
	t.Helper()
	d, err := domain.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

func TestWholeDataSets(t *testing.T) {
	for _, c := range []struct {
		preset, path string
		want         Report
		isReturn     func(number string) bool // by another sign than the quantities'
	}{
		{"online-retail", "uci_online_retail/onlineretail.csv.gz", Report{
			DryRun: true, Lines: 541_909, Customers: 4_372, Holds: []Content{{"purchases", 18_536}, {"returns", 3_654}},
			Sums: []Sum{{What: "purchases", Currency: "GBP", Amount: "8911407.90", Refused: "0.00"},
				{What: "returns", Currency: "GBP", Amount: "611342.09", Refused: "0.00"}},
			FirstDay: day(t, "2010-12-01"), LastDay: day(t, "2011-12-09"),
			Skipped: []Count{{Of: "lines", Reason: "no_customer", Count: 135_080}}},
			func(number string) bool { return strings.HasPrefix(number, "C") }},
		{"cdnow", "cdnow_sample/CDNOW_sample.txt", Report{
			DryRun: true, Lines: 6_919, Customers: 2_357, Holds: []Content{{"purchases", 6_919}, {"returns", 0}},
			Sums:     []Sum{{What: "purchases", Currency: "USD", Amount: "244091.94", Refused: "0.00"}},
			FirstDay: day(t, "1997-01-01"), LastDay: day(t, "1998-06-30")},
			func(string) bool { return false }},
	} {
		t.Run(c.preset, func(t *testing.T) {
			o := Options{Paths: []string{dataSet(t, c.path)}, Preset: c.preset}
			if err := o.setDefaults(); err != nil {
				t.Fatal(err)
			}
			b, err := readBook(t.Context(), &story{Options: o, parties: map[string]*party{}, rejects: map[place]rejection{}})
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
			report := s.report()
			report.finish(s, time.Second)
			if diff := cmp.Diff(c.want, report, cmpopts.IgnoreUnexported(Sum{}), cmpopts.EquateEmpty(),
				cmpopts.IgnoreFields(Report{}, "Files", "DurationS", "LinesPerSecond"),
				cmpopts.IgnoreFields(Count{}, "Examples")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOpportunitiesOfTheDataSet(t *testing.T) {
	o := Options{Paths: []string{dataSet(t, "crm_sales")}, Preset: "crm-opportunities"}
	if err := o.setDefaults(); err != nil {
		t.Fatal(err)
	}
	s, err := read(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	want := []Content{{"opportunities", 8_800}, {"of them Won", 4_238}, {"of them Lost", 2_473},
		{"of them Engaging", 1_589}, {"of them Prospecting", 500},
		{"of them without an account, each of which gets an unnamed customer of its own", 1_425},
		{"of them without a day, opened on the last day that the source tells of", 500}}
	if diff := cmp.Diff(want, s.report().Holds); diff != "" || len(s.skipped) > 0 {
		t.Error(diff, s.skipped)
	}
	opened := map[uuid.UUID]time.Time{}
	won, daysToWin, daysToLose := decimal.Zero, 0.0, 0.0
	for _, f := range s.facts {
		body, err := json.Marshal(f.command(client.Circumstances{}))
		if err != nil {
			t.Fatal(err)
		}
		var l struct {
			Command string
			Body    struct {
				OpportunityID uuid.UUID `json:"opportunity_id"`
				Amount        decimal.Decimal
			}
		}
		if err := json.Unmarshal(body, &l); err != nil {
			t.Fatal(err)
		}
		days := f.at.Sub(opened[l.Body.OpportunityID]).Hours() / 24
		switch l.Command {
		case "open_opportunity":
			opened[l.Body.OpportunityID] = f.at
		case "win_opportunity":
			daysToWin += days
			if won, err = won.Add(l.Body.Amount); err != nil {
				t.Fatal(err)
			}
		case "lose_opportunity":
			daysToLose += days
		}
	}
	got := fmt.Sprintf("%s %.2f %.2f", won, daysToWin/4_238, daysToLose/2_473)
	if want := "10005534 51.78 41.48"; got != want {
		t.Errorf("won for, mean days to win and to lose: %s; want %s", got, want)
	}
}
