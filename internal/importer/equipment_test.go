package importer_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/importer"
)

// machines is a folder of three machines, one of which never fails, and with lines that make no sense.
func machines(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"PdM_machines.csv": "\"machineID\",\"model\",\"age\"\n1,\"model3\",18\n2,\"model4\",0\n3,\"model4\",7\n3,\"model4\",8\n",
		"PdM_errors.csv": "\"datetime\",\"machineID\",\"errorID\"\n" +
			"2020-01-03 07:00:00,1,\"error1\"\n2020-01-04 07:00:00,9,\"error1\"\n",
		"PdM_failures.csv": "\"datetime\",\"machineID\",\"failure\"\n" +
			"2020-01-05 06:00:00,1,\"comp4\"\n2020-01-05 06:00:00,2,\"comp4\"\n2020-01-07 06:00:00,1,\"comp1\"\n",
		"PdM_maint.csv": "\"datetime\",\"machineID\",\"comp\"\n" +
			"2019-06-01 06:00:00,1,\"comp2\"\n2020-01-05 06:00:00,1,\"comp4\"\n2020-01-05 06:00:00,1,\"comp2\"\n" +
			"soon,1,\"comp2\"\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestEquipment(t *testing.T) {
	server := serve(t)
	o := importer.Options{Client: server.client(t, client.Options{}), Paths: []string{machines(t)}, Preset: "equipment"}
	report, err := importer.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	holds := []importer.Content{{What: "assets", Count: 3}, {What: "defects", Count: 1}, {What: "breakdowns", Count: 3},
		{What: "maintenances", Count: 3}, {What: "maintenances for a breakdown", Count: 1}}
	if diff := cmp.Diff(holds, report.Holds); diff != "" {
		t.Error(diff)
	}
	var skipped []string
	for _, s := range report.Refused {
		skipped = append(skipped, s.Reason)
	}
	if diff := cmp.Diff([]string{"date_malformed", "machine_malformed", "machine_unknown"}, skipped); diff != "" {
		t.Error(diff)
	}
	if report.Customers != 1 {
		t.Errorf("%+v", report)
	}
	var installed []string
	for _, r := range server.recorded(t) {
		if e, ok := r.Event.(customer.AssetInstalled); ok {
			installed = append(installed, e.InstalledOn.String())
		}
	}
	if diff := cmp.Diff([]string{"2001-06-01", "2019-06-01", "2012-06-01"}, installed); diff != "" {
		t.Error(diff)
	}
	again, err := importer.Run(t.Context(), o)
	if err != nil || again.EventsAppended != 0 || again.EventsKnown != report.EventsAppended || !cmp.Equal(again.Refused, report.Refused) {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestAllTheEquipmentThatThereIs(t *testing.T) {
	server := serve(t)
	o := importer.Options{Client: server.client(t, client.Options{}), Paths: []string{importer.DataSet(t, "azure_pdm")}, Preset: "equipment"}
	report, err := importer.Run(t.Context(), o)
	if err != nil || len(report.Refused)+len(report.Skipped) > 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	got, failed := map[string]int{}, map[any]bool{}
	for _, r := range server.recorded(t) {
		got[r.Event.EventType()]++
		switch e := r.Event.(type) {
		case customer.MaintenancePerformed:
			got[string(e.Kind)]++
		case customer.BreakdownReported:
			failed[e.AssetID] = true
		}
	}
	for what, want := range map[string]int{"customer.asset_installed.v1": 100, "customer.defect_found.v1": 3_919,
		"customer.maintenance_performed.v1": 3_286, "reactive": 743, "customer.breakdown_reported.v1": 761,
		"customer.registered.v1": 1} {
		if got[what] != want {
			t.Errorf("%d × %s, want %d", got[what], what, want)
		}
	}
	if len(failed) != 98 {
		t.Errorf("%d machines failed", len(failed))
	}
	before := len(server.recorded(t))
	again, err := importer.Run(t.Context(), o)
	if err != nil || again.EventsAppended != 0 || len(server.recorded(t)) != before {
		t.Errorf("%+v, %v", again, err)
	}
}
