package importer_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/importer"
)

// sales is a file of 40 customers over 60 days, every fifth of them quiet, not quite in the order of time.
func sales(t *testing.T) (path string, purchases, returns int) {
	t.Helper()
	var b strings.Builder
	b.WriteString("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n")
	for n := range 600 {
		day := n / 10
		if day%5 == 4 {
			continue
		}
		number, quantity := fmt.Sprint(1000+n), 1+n%7
		if n%9 == 8 {
			number, quantity = "C"+number, -quantity
			returns++
		} else {
			purchases++
		}
		at := time.Date(2011, 1, 1+day, 17-n%10, n%60, 0, 0, time.UTC).Format(time.DateTime)
		for line := range 1 + n%4 {
			fmt.Fprintf(&b, "%s,SKU-%d,Good %d,%d,%s,%d.%02d5,%d,Norway\n",
				number, line, line, quantity, at, n%30, n%100, n*7%40)
		}
	}
	path = filepath.Join(t.TempDir(), "sales.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, purchases, returns
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	path, purchases, returns := sales(t)
	server := serve(t)
	o := importer.Options{Client: server.client(t, client.Options{}), Paths: []string{path}, Preset: "online-retail",
		BatchLines: 50}
	first, err := importer.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	const days, gaps = 48, 11
	if first.Customers != 40 || !cmp.Equal(first.Holds, []importer.Content{{What: "purchases", Count: purchases}, {What: "returns", Count: returns}}) || len(first.Refused) > 0 ||
		first.DaysClosed != days+gaps || first.EventsKnown != 0 ||
		first.EventsAppended != 40+purchases+returns+days+gaps {
		t.Errorf("%+v", first)
	}
	before := server.recorded(t)
	second, err := importer.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if second.EventsAppended != 0 || second.EventsKnown != first.EventsAppended || len(second.Refused) > 0 {
		t.Errorf("%+v", second)
	}
	if after := server.recorded(t); len(after) != len(before) {
		t.Errorf("%d events became %d", len(before), len(after))
	}
}

func TestBatchesDoNotMatter(t *testing.T) {
	path, _, _ := sales(t)
	streams := func(batchLines int) map[string][]string {
		server := serve(t)
		o := importer.Options{Client: server.client(t, client.Options{}), Paths: []string{path}, Preset: "online-retail",
			BatchLines: batchLines}
		if _, err := importer.Run(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		closedBeforeTheirEvents(t, server.recorded(t))
		return server.streams(t)
	}
	want := streams(0)
	for _, batchLines := range []int{1, 7, 100} {
		if diff := cmp.Diff(want, streams(batchLines)); diff != "" {
			t.Errorf("in batches of %d:\n%s", batchLines, diff)
		}
	}
}

// closedBeforeTheirEvents looks for a day that was closed while something of it was still to come.
func closedBeforeTheirEvents(t *testing.T, log []domain.Recorded) {
	t.Helper()
	var last domain.Day
	for _, r := range log {
		if _, ok := customer.IDOf(r.Stream); ok {
			if day := domain.DayOf(r.Metadata.OccurredAt, time.UTC); day <= last {
				t.Errorf("%s of %s came after the close of %s", r.Event.EventType(), day, last)
			}
		}
		if closed, ok := r.Event.(calendar.DayClosed); ok {
			last = closed.Date
		}
	}
}

// cutOff lets some requests through, and then none.
type cutOff struct{ left int }

func (c *cutOff) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.left--; c.left < 0 {
		return nil, syscall.ECONNREFUSED
	}
	return http.DefaultTransport.RoundTrip(r)
}

func TestAnInterruptedImportGoesOn(t *testing.T) {
	path, _, _ := sales(t)
	whole, cut := serve(t), serve(t)
	run := func(c *client.Client) (importer.Report, error) {
		return importer.Run(t.Context(), importer.Options{Client: c, Paths: []string{path}, Preset: "online-retail", BatchLines: 40})
	}
	if _, err := run(whole.client(t, client.Options{})); err != nil {
		t.Fatal(err)
	}
	first, err := run(cut.client(t, client.Options{HTTP: &http.Client{Transport: &cutOff{left: 5}}, Attempts: 1}))
	if err == nil || !strings.Contains(err.Error(), "stopped after 200 of 579 commands") ||
		!strings.Contains(err.Error(), "run the same import again to go on") {
		t.Fatal(err)
	}
	second, err := run(cut.client(t, client.Options{}))
	if err != nil || first.EventsAppended != 200 || second.EventsKnown != 200 {
		t.Errorf("appended %d, then knew %d: %v", first.EventsAppended, second.EventsKnown, err)
	}
	if diff := cmp.Diff(whole.streams(t), cut.streams(t)); diff != "" {
		t.Error(diff)
	}
}

func TestRefusalsAreCounted(t *testing.T) {
	path, purchases, returns := sales(t)
	server := serve(t)
	c := server.client(t, client.Options{})
	id := customer.IDFrom(customer.ExternalID{System: "online-retail", ID: "0"})
	_, err := c.Batch(t.Context(), []client.Line{client.Register(id, customer.Register{Kind: customer.Organisation},
		client.Circumstances{})})
	if err != nil {
		t.Fatal(err)
	}
	report, err := importer.Run(t.Context(), importer.Options{Client: c, Paths: []string{path}, Preset: "online-retail"})
	if err != nil || len(report.Refused) != 1 || report.EventsAppended != 39+purchases+returns+report.DaysClosed {
		t.Fatalf("%+v, %v", report, err)
	}
	r := report.Refused[0]
	if r.Reason != customer.ErrRegisteredOtherwise.Code || r.Count != 1 || r.Examples[0].Line == 0 {
		t.Errorf("%+v", r)
	}
	var text strings.Builder
	const want = "1 commands refused: customer_registered_otherwise"
	if err := report.Print(&text); err != nil || !strings.Contains(text.String(), want) {
		t.Errorf("%s, %v", &text, err)
	}
}
