package importer_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/importer"
)

// folder writes the files of a source.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestOpportunities(t *testing.T) {
	path := folder(t, map[string]string{
		"accounts.csv": "account,sector,office_location\nAcme,technolgy,Kenya\n",
		"sales_pipeline.csv": "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n" +
			"A,Eve,GTXPro,Acme,Won,20-10-2011,22-10-2011,1054\n" +
			"B,Eve,MG Special,,Lost,20-10-2011,20-10-2011,0\n" +
			"C,Eve,MG Special,Acme,Prospecting,,,\n" +
			"D,Eve,MG Special,Acme,Engaging,21-10-2011,,\n" +
			"E,Eve,MG Special,Acme,Engaging,,,\n" +
			"F,Eve,MG Special,Acme,Lost,20-10-2011,19-10-2011,0\n" +
			"G,Eve,MG Special,Nobody,Engaging,20-10-2011,,\n" +
			"H,Eve,MG Special,Acme,Won,20-10-2011,21-10-2011,\n" +
			"I,Eve,MG Special,Acme,Thinking,20-10-2011,,\n" +
			"J,Eve,MG Special,Acme,Won,20-10-2011,21-10-2011,-1\n" +
			",Eve,MG Special,Acme,Engaging,20-10-2011,,\n",
	})
	server := serve(t)
	o := importer.Options{Client: server.client(t, client.Options{}), Paths: []string{path}, Preset: "crm-opportunities"}
	report, err := importer.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	want := []importer.Count{{Of: "lines", Reason: "account_unknown", Count: 1}, {Of: "lines", Reason: "closed_before_engaged", Count: 1},
		{Of: "lines", Reason: "date_malformed", Count: 1}, {Of: "lines", Reason: "no_opportunity_id", Count: 1},
		{Of: "lines", Reason: "number_malformed", Count: 1}, {Of: "lines", Reason: "stage_unknown", Count: 1}, {Of: "lines", Reason: "value_negative", Count: 1}}
	if diff := cmp.Diff(want, report.Refused, cmpopts.IgnoreFields(importer.Count{}, "Examples")); diff != "" {
		t.Error(diff)
	}
	if report.Lines != 12 || report.Customers != 2 || report.EventsAppended != 2+4+2+report.DaysClosed {
		t.Errorf("%+v", report)
	}
	told := map[string][]string{} // by stream: in which order the streams grow on one day is the server's choice
	for _, r := range server.recorded(t) {
		if e, ok := r.Event.(customer.Told); ok {
			told[r.Stream] = append(told[r.Stream], r.Metadata.OccurredAt.Format("02 ")+e.Summary())
		}
	}
	if diff := cmp.Diff([][]string{
		{"20 registered as an organisation", "20 an opportunity was opened: engaging",
			"21 an opportunity was opened: engaging",
			"22 an opportunity was won for 1054.00 USD", "22 an opportunity was opened: prospecting"},
		{"20 registered as an organisation", "20 an opportunity was opened: engaging", "20 an opportunity was lost"},
	}, slices.SortedFunc(maps.Values(told), func(a, b []string) int { return len(b) - len(a) })); diff != "" {
		t.Error(diff)
	}
	again, err := importer.Run(t.Context(), o)
	if err != nil || again.EventsAppended != 0 || again.EventsKnown != report.EventsAppended || !cmp.Equal(again.Refused, report.Refused) {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestTheDataSetOfOpportunitiesImportsTwice(t *testing.T) {
	server := serve(t)
	o := importer.Options{Client: server.client(t, client.Options{}), Preset: "crm-opportunities",
		Paths: []string{importer.DataSet(t, "crm_sales")}}
	first, err := importer.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	second, err := importer.Run(t.Context(), o)
	if err != nil || second.EventsAppended != 0 || second.EventsKnown != first.EventsAppended {
		t.Errorf("%+v, then %+v, %v", first, second, err)
	}
	if customers := 85 + 1_425; first.EventsAppended != customers+8_800+4_238+2_473+first.DaysClosed ||
		len(first.Refused)+len(second.Refused) > 0 {
		t.Errorf("%+v, then %+v", first, second)
	}
}

func TestSourcesThatCannotBeRead(t *testing.T) {
	accounts := "account,sector,office_location\nAcme,technolgy,Kenya\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"no sheet":  {map[string]string{"accounts.csv": accounts}, "there is no sales_pipeline.csv, nor sales_pipeline.csv.gz"},
		"no column": {map[string]string{"accounts.csv": "account\n"}, "accounts.csv: the header has no office_location"},
		"broken":    {map[string]string{"accounts.csv": accounts + "\"a\n"}, "accounts.csv: line 3, column 4: broken quotes"},
	} {
		_, err := importer.Run(t.Context(), importer.Options{Paths: []string{folder(t, c.files)}, Preset: "crm-opportunities"})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %s", name, err, c.want)
		}
	}
	_, err := importer.Run(t.Context(), importer.Options{Paths: []string{filepath.Join(t.TempDir(), "none")}, Preset: "crm-opportunities"})
	if err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("no folder: %v", err)
	}
	_, err = importer.Run(t.Context(), importer.Options{Preset: "crm-opportunities", Paths: []string{"."}, Layout: importer.Layout{System: "other"}})
	if err == nil || !strings.Contains(err.Error(), "what crm-opportunities looks like is known") {
		t.Errorf("a layout: %v", err)
	}
}
