package main

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/projections"
)

func TestReadsAreToldLineByLine(t *testing.T) {
	at := time.Date(2024, 5, 1, 12, 0, 0, 0, time.FixedZone("", 3600))
	var told strings.Builder
	for _, r := range []projections.Read{
		{CustomerID: &uuid.UUID{1}, ReadAt: at, Reader: "zoe", Role: "app", Operation: "getCustomer", Purpose: new("complaint:4711")},
		{ReadAt: at, Reader: "max", Role: "analyst", Operation: "getTable", Table: new("customer_360"),
			Conditions: []byte(`[{"column":"stage","comparison":"=","values":["client","lost"]},{"column":"name","comparison":"!=","withheld":2}]`)},
	} {
		if err := tellRead(&told, r); err != nil {
			t.Fatal(err)
		}
	}
	const want = "2024-05-01T11:00:00Z\tzoe\tapp\tgetCustomer\tcomplaint:4711\n" +
		"2024-05-01T11:00:00Z\tmax\tanalyst\tgetTable customer_360 where stage=client|lost and name!=[2 withheld] (many customers)\t\n"
	if diff := cmp.Diff(want, told.String()); diff != "" {
		t.Error(diff)
	}
}

// Who looks at a customer is told to whoever asks, also after a restart and a rebuild; and looking is no business.
func TestWhoLookedAtACustomer(t *testing.T) {
	data := t.TempDir()
	p := serve(t, data)
	var ann struct {
		ID string `json:"customer_id"`
	}
	p.must("POST", "/v1/customers", `{"kind":"person","name":"Ann","occurred_at":"2020-01-01T00:00:00Z"}`, &ann)
	p.settled()
	p.rapport("replay", ann.ID, "--purpose", "complaint:4711")
	if code, text := p.http("GET", "/v1/tables/customer_360.csv?name=Ann", ""); code != 200 {
		t.Fatalf("%d %s", code, text)
	}
	const want = `
local admin getTable customer_360 where name=[1 withheld] (many customers)
local admin getHistory complaint:4711`
	told := func() (lines string) {
		t.Helper()
		for line := range strings.Lines(p.rapport("reads", ann.ID)) {
			lines += "\n" + strings.Join(strings.Fields(line)[1:], " ")
		}
		return lines
	}
	if diff := cmp.Diff(want, told()); diff != "" {
		t.Error(diff)
	}
	if live := p.sql("SELECT FROM crm.business_date WHERE live_since IS NULL"); len(live) != 1 {
		t.Error("a look at imported customers makes the log live")
	}
	p.end(syscall.SIGTERM)
	p = serve(t, data)
	p.equalsRebuild()
	if diff := cmp.Diff(want, told()); diff != "" {
		t.Errorf("after a restart and a rebuild: %s", diff)
	}
	if got := p.rapport("reads", ann.ID, "--no-everybody", "--json"); strings.Count(got, "\n") != 1 || !strings.Contains(got, ann.ID) {
		t.Errorf("of the customer alone: %s", got)
	}
}
